export default {
  render({ model, el }) {
    el.classList.add("tk");
    let typed = false; // whether the last change came from the keyboard
    let pace, said, subject, shown;
    const { words: first, key } = model.get("state");
    const out = outbox(model, { key, words: first, heard, line: ({ slot }) => slot === subject && said });

    function heard(item, reply) {
      const { words } = model.get("state");
      if (item.slot !== subject) return void (reply.ok || banner.say(reply.message));
      tell(said, reply.ok ? words.saved : reply.message, reply.ok ? "" : "bad");
      if (!reply.ok && !reply.retry) mark(model.get("state").given);
    }

    // What stands is what was kept, not what was tapped.
    function mark(given) {
      for (const radio of el.querySelectorAll("input")) radio.checked = given !== null && radio.value === String(given.value ?? "");
    }

    function choose(value) {
      const { words } = model.get("state");
      tell(said, words.saving, "pending");
      clearTimeout(pace);
      // Arrow keys choose every step on their way: wait until they rest.
      const of = subject;
      pace = setTimeout(() => out.send(of, "vote", { subject: of, value }, true), typed ? 450 : 0);
    }

    function step(name, value, label, anchor) {
      const id = `${name}-${value ?? "none"}`;
      return h("label", { class: value === null ? "tk-step tk-aside" : "tk-step", for: id },
        h("input", { type: "radio", id, name, value: String(value ?? ""), change: () => choose(value) }),
        h("span", { class: "tk-step-name" }, value === null ? null : h("b", {}, String(value)), label),
        anchor ? h("span", { class: "tk-anchor" }, anchor) : null);
    }

    function draw() {
      const state = model.get("state");
      const now = JSON.stringify({ ...state, given: null });
      if (now === shown) { // only the answer was kept, or came from this person's other device
        if (!out.waits(subject)) mark(state.given);
        return;
      }
      shown = now;
      if (subject !== state.subject) clearTimeout(pace);
      subject = state.subject;
      if (!state.question) return el.replaceChildren();
      const name = `ballot-${unique()}`;
      said = h("p", { class: "tk-said", role: "status" }, state.given ? state.words.saved : "");
      el.replaceChildren(h("section", { class: "tk-form", lang: state.language,
        keydown: () => { typed = true; }, pointerdown: () => { typed = false; } },
        h("div", { class: "tk-question" },
          h("fieldset", {},
            h("legend", {}, h("span", { class: "tk-ask" }, state.question)),
            h("p", { class: "tk-hint" }, state.about),
            h("div", { class: "tk-steps tk-current" }, state.steps.map(([value, label, anchor]) => step(name, value, label, anchor))),
            h("div", { class: "tk-asides" }, step(name, null, state.words.dont_know)),
            said))));
      const waits = out.waits(subject)?.data;
      mark(waits ? { value: waits.value } : state.given);
    }

    for (const { slot, data } of out.left()) if (data?.subject) out.send(slot, "vote", data, true);
    model.on("change:state", draw);
    draw();
    return () => { clearTimeout(pace); model.off("change:state", draw); out.close(); };
  },
};
