export default {
  render({ model, el }) {
    el.classList.add("tk");
    const heard = (_, reply) => { if (!reply.ok) banner.say(reply.message); };
    const out = outbox(model, { words: model.get("state").words, heard });
    let remembered = false;

    function switcher(state) {
      return h("div", { class: "tk-languages", role: "group", "aria-label": state.label },
        state.languages.map(([code, name]) => h("button", {
          type: "button", lang: code, "aria-pressed": String(code === state.language), class: "tk-language", "data-at": code,
          click: () => code !== model.get("state").language && out.send("language", "language", { language: code }),
        }, name)));
    }

    function chooser(kind, label, choices, chosen) {
      if (!choices?.length) return null;
      const id = `${kind}-${unique()}`;
      return h("div", { class: "tk-choice" },
        h("label", { for: id }, label),
        h("select", { id, class: "tk-input", "data-at": kind, change: (event) => out.send(kind, kind, { [kind]: event.target.value }) },
          choices.map(([code, name]) => h("option", { value: code, selected: code === chosen }, name))));
    }

    function progress(state) {
      if (!state.progress) return null;
      const { label, value, total } = state.progress;
      return h("div", { class: "tk-progress" },
        h("progress", { max: total, value, "aria-label": label }),
        h("span", { role: "status" }, label));
    }

    // What a screen is used for outlives its page: one that is projected and loads anew still leads nobody.
    function remember({ views, view }) {
      if (!views || !standsAlone()) return;
      const before = remembered ? view : (history.state?.view ?? view);
      remembered = true;
      if (before === view) history.replaceState({ ...history.state, view }, "");
      else out.send("view", "view", { view: before });
    }

    function draw() {
      const state = model.get("state");
      const at = el.contains(document.activeElement) && document.activeElement.dataset.at;
      if (standsAlone()) {
        document.documentElement.lang = state.language;
        document.title = state.page;
      }
      el.replaceChildren(h("header", { class: "tk-masthead", lang: state.language },
        h("div", { class: "tk-masthead-top" },
          h("div", {}, h("p", { class: "tk-coalition" }, state.subtitle), h("h1", {}, state.title)),
          switcher(state)),
        state.home ? h("a", { class: "tk-link tk-home", href: state.home[0] }, state.home[1]) : null,
        chooser("choice", state.choiceLabel, state.choices, state.choice),
        chooser("view", state.viewLabel, state.views, state.view),
        progress(state)));
      if (at) el.querySelector(`[data-at="${at}"]`)?.focus();
      remember(state);
    }

    const leave = model.get("state").followed ? present(() => out.send("here", "here", {})) : null;
    model.on("change:state", draw);
    draw();
    return () => { leave?.(); model.off("change:state", draw); out.close(); };
  },
};
