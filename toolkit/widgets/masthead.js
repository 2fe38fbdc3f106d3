export default {
  render({ model, el }) {
    el.classList.add("tk");
    const heard = ({ kind }, reply) => {
      if (kind === "choice") loading(false);
      if (reply.ok || kind === "here") return;
      draw(); // with the choice that stands
      banner.say(reply.message);
    };
    const out = outbox(model, { words: model.get("state").words, heard });
    const wait = h("p", { class: "tk-wait", role: "status" });
    let remembered = false;

    // Until another round is there, nothing of the last one stands under its name.
    function loading(on) {
      el.parentElement?.classList.toggle("tk-loading", on);
      wait.textContent = on ? model.get("state").words.working : "";
    }

    function switcher(state) {
      if (!state.languages?.length) return null;
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
        h("select", { id, class: "tk-input", "data-at": kind, change: ({ target }) => {
          if (kind === "choice") loading(true);
          out.send(kind, kind, { [kind]: target.value });
        } },
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

    // What was just given is on its way: whoever leaves then is asked about the rest.
    async function leave(event) {
      event.preventDefault();
      for (let tries = 0; tries < 30 && keepsAnswers(); tries += 1) await new Promise((go) => setTimeout(go, 100));
      location.assign(event.target.href);
    }

    function draw() {
      const state = model.get("state");
      const at = el.contains(document.activeElement) && document.activeElement.dataset.at;
      if (standsAlone()) {
        document.documentElement.lang = state.language;
        document.title = state.page || state.title;
      }
      el.replaceChildren(h("header", { class: "tk-masthead", lang: state.language },
        h("div", { class: "tk-masthead-top" },
          h("div", {}, h("p", { class: "tk-coalition" }, state.subtitle), h("h1", {}, state.title)),
          switcher(state)),
        state.home ? h("div", { class: "tk-ways" },
          h("a", { class: "tk-link tk-home", href: state.home[0] }, state.home[1]),
          state.leave ? h("a", { class: "tk-link tk-leave", href: state.leave[0], click: leave }, state.leave[1]) : null) : null,
        chooser("choice", state.choice_label, state.choices, state.choice),
        wait,
        chooser("view", state.view_label, state.views, state.view),
        progress(state)));
      if (at) el.querySelector(`[data-at="${at}"]`)?.focus();
      remember(state);
    }

    const rest = model.get("state").followed ? present(() => out.send("here", "here", {})) : null;
    model.on("change:state", draw);
    draw();
    return () => { rest?.(); model.off("change:state", draw); out.close(); };
  },
};
