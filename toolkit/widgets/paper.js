export default {
  render({ model, el }) {
    el.classList.add("tk");

    function line(spec, words) {
      const blank = (name, rows) => h("div", { class: "tk-blank", style: `--rows:${rows}` }, h("b", {}, name));
      return h("article", { class: "tk-sheet-line" },
        h("h4", {}, `${spec.code} · ${spec.text}`),
        h("p", {}, spec.question),
        h("table", { class: "tk-hands" },
          h("thead", {}, h("tr", {}, spec.steps.map(([value, name]) => h("th", { scope: "col" }, `${value} ${name}`)), h("th", { scope: "col" }, words.dont_know))),
          h("tbody", {},
            h("tr", {}, spec.steps.map(([, , anchor]) => h("td", {}, anchor)), h("td", {})),
            h("tr", { class: "tk-boxes-for-hands" }, spec.steps.map(() => h("td", {}, h("span", {}, words.hands))), h("td", {}, h("span", {}, words.hands))))),
        blank(words.agreed, 1), blank(words.dissent, 2), blank(words.fact, 2));
    }

    function draw() {
      const state = model.get("state");
      if (!state.title) return el.replaceChildren();
      const open = Boolean(el.querySelector("details")?.open);
      redraw(el, h("details", { class: "tk-more tk-paper", lang: state.language, open },
        h("summary", {}, state.title),
        paragraphs(state.text, "tk-about"),
        h("div", { class: "tk-buttons" }, h("button", { type: "button", class: "tk-button", click: () => printAlone(el) }, state.print)),
        h("section", { class: "tk-sheet", tabindex: "0", "aria-label": state.title },
          h("h3", {}, state.head[0]), state.head.slice(1).map((text) => h("p", {}, text)),
          state.lines.map((spec) => line(spec, state.words)))));
    }

    model.on("change:state", draw);
    draw();
    return () => model.off("change:state", draw);
  },
};
