export default {
  render({ model, el }) {
    el.classList.add("tk");
    let message;
    const typed = new Map(); // way -> an example that is not saved yet
    const out = outbox(model, { words: model.get("state").words, heard });

    function heard(item, reply) {
      if (reply.ok) typed.clear();
      replying(el)(item, reply);
    }

    function parts(way, words) {
      return h("ul", { class: "tk-parts", role: "list" }, way.parts.map((part, place) =>
        place + 1 < way.parts.length
          ? h("li", {}, part)
          : h("li", { class: "tk-added" }, h("span", { class: "tk-hidden" }, `${words.added} `), h("span", { "aria-hidden": "true" }, "+ "), part)));
    }

    function example(way, { editable, words }) {
      if (!editable) {
        return way.example ? h("p", { class: "tk-example" }, h("b", {}, words.example), " ", way.example) : null;
      }
      const id = `example-${unique()}`, text = typed.get(way.code) ?? way.example;
      // Where a browser cannot size a field by its content: room for what is there.
      const rows = Math.min(12, Math.max(3, Math.ceil(text.length / 18)));
      return h("div", { class: "tk-example" },
        h("label", { for: id }, words.example, h("span", { class: "tk-hidden" }, ` (${way.name})`)),
        h("textarea", { id, class: "tk-input", rows, dir: "auto", input: (event) => typed.set(way.code, event.target.value) },
          text));
    }

    function one(way, state) {
      return h("li", { class: way.mark ? "tk-way tk-fits" : "tk-way" },
        state.ways.some(({ mark }) => mark) ? h("p", { class: "tk-mark" }, way.mark) : null,
        h("h3", {}, way.name),
        parts(way, state.words),
        h("p", {}, way.about),
        way.asks ? h("p", { class: "tk-hint" }, way.asks) : null,
        example(way, state));
    }

    function keep() {
      working(el, true);
      const ways = model.get("state").ways.map(({ code, example }) => [code, typed.get(code) ?? example]);
      out.send("keep", "keep", { examples: Object.fromEntries(ways) });
    }

    function draw() {
      const state = model.get("state");
      if (!state.title) return redraw(el);
      const head = `ladder-${unique()}`;
      const said = message?.textContent || "";
      message = h("p", { class: "tk-said", role: "status" }, said);
      redraw(el, h("section", { class: "tk-section", "aria-labelledby": head, lang: state.language },
        h("h2", { id: head }, state.title),
        paragraphs(state.text, "tk-about"),
        h("ul", { class: "tk-ways", role: "list" }, state.ways.map((way) => one(way, state))),
        state.editable ? [
          h("p", { class: "tk-hint" }, state.words.hint),
          h("div", { class: "tk-buttons" }, h("button", { type: "button", class: "tk-button", click: keep }, state.words.keep)),
          message,
        ] : null));
    }

    model.on("change:state", draw);
    draw();
    return () => { model.off("change:state", draw); out.close(); };
  },
};
