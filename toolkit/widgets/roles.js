export default {
  render({ model, el }) {
    el.classList.add("tk");
    let message;
    const held = new Map(); // partner -> the roles that it holds
    const out = outbox(model, { words: model.get("state").words, heard: replying(el) });

    function box(partner, role) {
      const own = held.get(partner.code);
      // On a phone the role stands beside its box; elsewhere it heads the column.
      return h("td", {}, h("label", { title: role.about },
        h("input", { type: "checkbox", checked: own.has(role.code), "aria-label": `${partner.name} – ${role.name}`, change: ({ target }) => {
          target.checked ? own.add(role.code) : own.delete(role.code);
          message.textContent = "";
          out.send(`roles/${partner.code}`, "roles", { partner: partner.code, roles: [...own] });
        } }),
        h("span", { class: "tk-role", "aria-hidden": "true" }, role.name)));
    }

    function draw() {
      const state = model.get("state");
      if (!state.title) return el.replaceChildren();
      const focused = el.contains(document.activeElement) && document.activeElement.getAttribute("aria-label");
      const head = `roles-${unique()}`, said = message?.textContent || "";
      held.clear();
      for (const { code, roles } of state.partners) held.set(code, new Set(out.waits(`roles/${code}`)?.data.roles || roles));
      message = h("p", { class: "tk-said", role: "status" }, said);
      el.replaceChildren(h("section", { class: "tk-section", lang: state.language },
        h("h2", { id: head }, state.title),
        paragraphs(state.text, "tk-about"),
        h("div", { class: "tk-scroll", tabindex: "0", role: "region", "aria-labelledby": head },
          h("table", { class: "tk-table tk-roles", "aria-labelledby": head },
            h("thead", {}, h("tr", {}, h("th", { scope: "col" }, state.words.partner),
              state.roles.map((role) => h("th", { scope: "col", title: role.about }, h("span", {}, role.name))))),
            h("tbody", {}, state.partners.map((partner) => h("tr", {},
              h("th", { scope: "row" }, partner.name), state.roles.map((role) => box(partner, role))))))),
        message,
        h("details", { class: "tk-more" }, h("summary", {}, state.words.about),
          h("dl", {}, state.roles.map((role) => [h("dt", {}, h("b", {}, role.name)), h("dd", {}, role.about)])))));
      if (focused) [...el.querySelectorAll("input")].find((input) => input.getAttribute("aria-label") === focused)?.focus();
    }

    model.on("change:state", draw);
    draw();
    return () => { model.off("change:state", draw); out.close(); };
  },
};
