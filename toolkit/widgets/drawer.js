export default {
  render({ model, el }) {
    el.classList.add("tk");

    function draw() {
      const state = model.get("state");
      if (!state.title) return el.replaceChildren();
      // Shut again with each new content: what was opened for one is not open for the next.
      redraw(el, h("details", { class: "tk-more", lang: state.language },
        h("summary", {}, state.title),
        paragraphs(state.text, "tk-about"),
        state.groups.map(({ title, items }) => [h("h3", {}, title), h("ul", {}, items.map((item) => h("li", { dir: "auto" }, item)))])));
    }

    model.on("change:state", draw);
    draw();
    return () => model.off("change:state", draw);
  },
};
