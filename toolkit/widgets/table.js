export default {
  render({ model, el }) {
    el.classList.add("tk");

    function draw() {
      const state = model.get("state");
      if (!state.title) return el.replaceChildren();
      const head = `table-${unique()}`;
      el.replaceChildren(h("section", { class: "tk-section", lang: state.language },
        h("h2", { id: head }, state.title),
        paragraphs(state.text, "tk-about"),
        state.rows.length ? h("div", { class: "tk-scroll", tabindex: "0", role: "region", "aria-labelledby": head },
          h("table", { class: "tk-table", "aria-labelledby": head },
            h("thead", {}, h("tr", {}, state.headers.map((name) => h("th", { scope: "col" }, name)))),
            h("tbody", {}, state.rows.map(([first, ...rest]) => h("tr", {},
              h("th", { scope: "row" }, first), rest.map((cell) => h("td", {}, cell))))))) : null));
    }

    model.on("change:state", draw);
    draw();
    return () => model.off("change:state", draw);
  },
};
