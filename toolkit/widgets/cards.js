export default {
  render({ model, el }) {
    el.classList.add("tk");
    let message;
    const out = outbox(model, { words: model.get("state").words, heard: replying(el) });

    function action(card, spec) {
      return h("button", { type: "button", class: spec.primary ? "tk-button tk-primary" : "tk-button", click: () => {
        working(el, true);
        out.send("act", "act", { card: card.code, action: spec.name });
      } }, spec.label, h("span", { class: "tk-hidden" }, ` (${card.title})`));
    }

    function figure(card) {
      if (!card.figure) return null;
      return h("p", { class: "tk-figure" }, h("b", {}, card.figure), card.unit ? h("span", {}, ` ${card.unit}`) : null);
    }

    function one(card) {
      return h("li", { class: `tk-card tk-${card.tone || "plain"}` },
        h("h3", {}, card.title),
        figure(card),
        (card.lines || []).map((line) => h("p", {}, line)),
        card.items?.length ? h("ul", {}, card.items.map((item) => h("li", {}, item))) : null,
        card.actions?.length ? h("div", { class: "tk-buttons" }, card.actions.map((spec) => action(card, spec))) : null);
    }

    function draw() {
      const state = model.get("state");
      const said = state.message || message?.textContent || "";
      if (!state.title) return redraw(el);
      const head = `cards-${unique()}`;
      message = h("p", { class: "tk-said", role: "status" }, said);
      redraw(el, h("section", { class: "tk-section", "aria-labelledby": head, lang: state.language },
        h("h2", { id: head, tabindex: "-1" }, state.title),
        paragraphs(state.text, "tk-about"),
        state.cards.length ? h("ul", { class: "tk-cards", role: "list" }, state.cards.map(one)) : null,
        message));
      if (state.focus) focusOn(el.querySelector("h2"));
    }

    model.on("change:state", draw);
    draw();
    return () => { model.off("change:state", draw); out.close(); };
  },
};
