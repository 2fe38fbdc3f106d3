export default {
  render({ model, el }) {
    el.classList.add("tk");

    // A cell is a text, or several blocks: the first line of each names it.
    function content(cell) {
      if (!Array.isArray(cell)) return cell;
      return cell.map(([name, ...lines]) => h("p", {}, h("b", {}, name), lines.map((line) => [h("br"), line])));
    }

    function row([first, ...rest]) {
      return h("tr", {}, h("th", { scope: "row" }, first), rest.map((cell) => h("td", {}, content(cell))));
    }

    function draw() {
      const state = model.get("state");
      if (!state.title) return el.replaceChildren();
      const head = `table-${unique()}`;
      redraw(el, h("section", { class: "tk-section", lang: state.language },
        h("h2", { id: head }, state.title),
        paragraphs(state.text, "tk-about"),
        state.rows.length ? h("div", { class: "tk-scroll", tabindex: "0", role: "region", "aria-labelledby": head },
          h("table", { class: state.wide ? "tk-table tk-wide" : "tk-table", "aria-labelledby": head },
            h("thead", {}, h("tr", {}, state.headers.map((name) => h("th", { scope: "col" }, name)))),
            h("tbody", {}, state.rows.map(row)))) : null,
        state.print ? h("div", { class: "tk-buttons" },
          h("button", { type: "button", class: "tk-button", click: () => printAlone(el) }, state.print)) : null));
    }

    model.on("change:state", draw);
    draw();
    return () => model.off("change:state", draw);
  },
};
