function node(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value);
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

function table({ headers, rows, title }) {
  const head = node("tr", {}, ...headers.map((name) => node("th", { scope: "col" }, name)));
  const body = rows.map(([first, ...rest]) =>
    node("tr", {}, node("th", { scope: "row" }, first), ...rest.map((cell) => node("td", {}, cell))));
  return node("div", { class: "tk-chart-table", tabindex: "0", role: "region", "aria-label": title },
    node("table", {}, node("caption", {}, title), node("thead", {}, head), node("tbody", {}, ...body)));
}

export default {
  render({ model, el }) {
    el.classList.add("tk-chart");
    let open = false;

    function draw() {
      const state = model.get("state");
      if (!state.title) return el.replaceChildren();
      const [narrow, wide] = state.pictures;
      const pictures = node("div", { class: "tk-pictures" },
        node("img", { class: "tk-narrow", src: narrow, alt: state.description }),
        node("img", { class: "tk-wide", src: wide, alt: state.description }));
      const figures = state.rows.length && table(state);
      const toggle = figures && node("button", { type: "button", "aria-expanded": String(open), click: () => { open = !open; draw(); } },
        open ? state.words.chart : state.words.table, node("span", { class: "tk-chart-hidden" }, ` – ${state.title}`));
      const here = el.contains(document.activeElement); // figures may come while somebody reads
      el.replaceChildren(node("figure", { lang: state.language },
        node("figcaption", {}, node("h3", {}, state.title), ...(toggle ? [toggle] : [])),
        ...(state.note ? [node("p", {}, state.note)] : []),
        open ? figures : pictures));
      if (here && toggle) toggle.focus();
    }

    model.on("change:state", draw);
    draw();
    return () => model.off("change:state", draw);
  },
};
