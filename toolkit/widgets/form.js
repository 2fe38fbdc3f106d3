export default {
  render({ model, el }) {
    el.classList.add("tk");
    const lines = new Map(); // slot -> { answer, status line }
    let typed = false; // whether the last change came from the keyboard
    const refused = new Map(); // slot -> what was refused: it stays in its box until it is mended
    let { words, key } = model.get("state");
    const out = outbox(model, { key, words, heard, line: ({ slot }) => lines.get(slot)?.said });

    function heard(item, reply) {
      if (item.kind !== "answer") { if (!reply.ok) banner.say(reply.message); return; }
      if (reply.ok && lines.has(item.slot)) {
        Object.assign(lines.get(item.slot).known, item.data);
        // In place, so that nothing is drawn anew: what is drawn later shows it.
        model.get("state").answers[item.slot] = { ...lines.get(item.slot).known };
      }
      reply.ok ? refused.delete(item.slot) : refused.set(item.slot, item.data);
      tell(lines.get(item.slot)?.said, reply.ok ? words.saved : reply.message, reply.ok ? "" : "bad");
    }

    // Only what changed is sent: a page opened long ago must not bring back an old answer.
    function post(slot, change, wait = 0) {
      const line = lines.get(slot);
      if (!line.unsent && Object.entries(change).every(([name, value]) => line.answer[name] === value)) return;
      Object.assign(line.answer, change);
      line.unsent = { ...line.unsent, ...change };
      tell(line.said, words.saving, "pending");
      const [indicator, aspect] = slot.split("/");
      const go = () => {
        const data = { indicator, aspect, ...refused.get(slot), ...out.waits(slot)?.data, ...line.unsent };
        line.unsent = null;
        out.send(slot, "answer", data, true, { ...line.known });
      };
      out.rest(slot, wait, go);
    }

    function choice(slot, name, value, label, extra) {
      const { answer } = lines.get(slot);
      const id = `${name}-${value}`, number = typeof value === "number";
      return h("label", { class: number ? "tk-step" : "tk-step tk-aside", for: id },
        h("input", {
          type: "radio", id, name, value, checked: number ? answer.value === value : answer.status === value,
          // Arrow keys choose every step on their way: wait until they rest.
          change: () => post(slot, number ? { value, status: null } : { value: null, status: value }, typed ? 450 : 0),
        }),
        h("span", { class: "tk-step-name" }, number ? h("b", {}, String(value)) : null, label),
        extra ? h("span", { class: "tk-anchor" }, extra) : null);
    }

    function choices(question, aspect) {
      const slot = `${question.code}/${aspect}`;
      const name = `${question.code}-${aspect}-${unique()}`;
      const steps = question.steps.map((step) => choice(slot, name, step.value, step.name, aspect === "current" ? step.anchor : null));
      const asides = aspect === "current" ? ["dont_know", "not_applicable"] : ["dont_know"];
      const clear = h("button", { type: "button", class: "tk-link", click: () => {
        for (const radio of el.querySelectorAll(`input[name="${name}"]`)) radio.checked = false;
        post(slot, { value: null, status: "skipped" });
      } }, words.clear, h("span", { class: "tk-hidden" }, ` (${question.text})`));
      return [h("div", { class: `tk-steps tk-${aspect}` }, steps), h("div", { class: "tk-asides" }, asides.map((status) => choice(slot, name, status, words[status]))), h("div", { class: "tk-after" }, lines.get(slot).said, clear)];
    }

    function note(question) {
      const slot = `${question.code}/current`;
      const id = `note-${unique()}`;
      const change = (event, wait) => post(slot, { note: event.target.value }, wait);
      return h("details", { class: "tk-more", open: Boolean(lines.get(slot).answer.note) },
        h("summary", {}, words.note),
        h("p", { class: "tk-hint", id: `${id}-hint` }, words.note_hint),
        h("label", { class: "tk-hidden", for: id }, `${words.note} – ${question.text}`),
        h("textarea", { id, class: "tk-input", rows: 3, dir: "auto", "aria-describedby": `${id}-hint`,
          input: (event) => change(event, 500), change: (event) => change(event, 0) }, lines.get(slot).answer.note));
    }

    // Another moment than today: its steps alone, since their sentences have just been read.
    function apart(question, aspect, hint, state) {
      const label = `${aspect}-${unique()}`;
      return h("fieldset", { disabled: !state.open, "aria-labelledby": label },
        h("p", { id: label, class: "tk-hint" }, hint, h("span", { class: "tk-hidden" }, ` ${question.text}`)), choices(question, aspect));
    }

    function ask(question, state) {
      for (const aspect of ["current", "desired", "then"]) {
        const slot = `${question.code}/${aspect}`;
        const { value = null, status = null, note = "" } = { ...state.answers[slot], ...refused.get(slot), ...out.waits(slot)?.data };
        const said = h("p", { class: "tk-said", role: "status" }, state.answers[slot] && status !== "skipped" ? words.saved : "");
        lines.set(slot, { answer: { value, status, note }, known: { ...state.answers[slot] }, said });
      }
      const desired = lines.get(`${question.code}/desired`).answer;
      return h("div", { class: "tk-question" },
        h("fieldset", { disabled: !state.open },
          h("legend", {}, h("span", { class: "tk-name" }, question.text), h("span", { class: "tk-ask" }, question.question)),
          choices(question, "current")),
        question.then ? apart(question, "then", question.then, state) : null,
        state.aloud ? null : h("details", { class: "tk-more", open: Boolean(desired.value !== null || desired.status === "dont_know") },
          h("summary", {}, words.desired), apart(question, "desired", words.desired_hint, state)),
        state.aloud ? null : note(question));
    }

    function draw() {
      const state = model.get("state");
      ({ words } = state);
      lines.clear();
      if (!state.title) return el.replaceChildren();
      const go = (to) => out.send("go", "go", { to });
      el.replaceChildren(h("section", { class: state.aloud ? "tk-form tk-aloud" : "tk-form", lang: state.language,
        keydown: () => { typed = true; }, pointerdown: () => { typed = false; } },
        h("h2", { tabindex: "-1" }, state.title), paragraphs(state.about, "tk-about"),
        state.questions.map((question) => ask(question, state)),
        h("nav", { class: "tk-buttons", "aria-label": words.steps },
          state.back && h("button", { type: "button", class: "tk-button", click: () => go(state.at - 1) }, state.back),
          state.next && h("button", { type: "button", class: "tk-button tk-primary", click: () => go(state.at + 1) }, state.next))));
      trail(state.at, go);
      if (state.focus) focusOn(el.querySelector("h2"));
    }

    // What waited since an earlier visit, unless the person has answered on another device since.
    for (const item of out.left()) {
      const { slot, data, known, at } = item, { answers, given } = model.get("state");
      const now = answers[slot] ?? {};
      const like = (said) => ["value", "status", "note"].every((name) => (said?.[name] ?? now[name] ?? "") === (now[name] ?? ""));
      if (given[slot] > at && !like({ value: "", status: "", note: "", ...known }) && !like(data)) out.forget(item);
      else if (data?.indicator) out.send(slot, "answer", data, true, known);
    }
    draw();
    model.on("change:state", draw);
    return () => { model.off("change:state", draw); out.close(); };
  },
};
