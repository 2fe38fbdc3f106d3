export default {
  render({ model, el }) {
    el.classList.add("tk");
    let { words, key } = model.get("state");
    let typed = false; // whether the last change came from the keyboard
    const lines = new Map(); // question -> the line that says what became of its answer
    const lineOf = ({ data }) => data.subject === model.get("state").subject && lines.get(data.question);
    const out = outbox(model, { key, words, heard, line: lineOf });
    const slot = (question) => `${model.get("state").subject}/${question}`;

    function heard(item, reply) {
      if (item.kind !== "answer") { if (!reply.ok) banner.say(reply.message); return; }
      if (!lineOf(item)) return void (reply.ok || banner.say(reply.message));
      tell(lineOf(item), !reply.ok ? reply.message : item.data.value === null ? "" : words.saved, reply.ok ? "" : "bad");
    }

    function post(question, value, wait = 0) {
      const { subject } = model.get("state");
      const place = slot(question);
      tell(lines.get(question), words.saving, "pending");
      out.rest(place, wait, () => out.send(place, "answer", { subject, question, value }, true));
    }

    // What waits to be sent is newer than what the page was told.
    function given(code) {
      const waits = out.waits(slot(code));
      return waits ? waits.data.value : model.get("state").answers[code] ?? null;
    }

    function choice(question, name, { value, label, anchor, aside }) {
      const id = `${name}-${value}`;
      return h("label", { class: aside ? "tk-step tk-aside" : "tk-step", for: id },
        h("input", { type: "radio", id, name, value: String(value), checked: given(question.code) === value,
          // Arrow keys choose every answer on their way: wait until they rest.
          change: () => post(question.code, value, typed ? 450 : 0) }),
        label ? h("span", { class: "tk-step-name" }, label) : null,
        anchor ? h("span", { class: label ? "tk-anchor" : "tk-alone" }, anchor) : null);
    }

    function choices(question, open) {
      const name = `${question.code}-${unique()}`;
      const clear = h("button", { type: "button", class: "tk-link", click: () => {
        for (const radio of el.querySelectorAll(`input[name="${name}"]`)) radio.checked = false;
        post(question.code, null);
      } }, words.clear, h("span", { class: "tk-hidden" }, ` (${question.text})`));
      const drawn = (wanted) => question.options.filter(({ aside }) => Boolean(aside) === wanted).map((option) => choice(question, name, option));
      return h("fieldset", { disabled: !open },
        h("legend", {}, question.text),
        question.short ? null : h("div", { class: "tk-steps" }, drawn(false)),
        h("div", { class: "tk-asides" }, question.short ? drawn(false) : null, drawn(true)),
        h("div", { class: "tk-after" }, lines.get(question.code), clear));
    }

    function text(question, open) {
      const id = `text-${unique()}`;
      const change = (event, wait) => post(question.code, event.target.value.trim() || null, wait);
      return h("div", { class: "tk-field" },
        h("label", { for: id }, question.text),
        h("textarea", { id, class: "tk-input", rows: 3, dir: "auto", disabled: !open, "aria-describedby": `${id}-hint`,
          input: (event) => change(event, 500), change: (event) => change(event, 0) }, given(question.code) ?? ""),
        question.hint ? h("p", { class: "tk-hint", id: `${id}-hint` }, question.hint) : null,
        lines.get(question.code));
    }

    function ask(question, open) {
      const said = h("p", { class: "tk-said", role: "status" }, given(question.code) === null ? "" : words.saved);
      lines.set(question.code, said);
      return question.options ? choices(question, open) : text(question, open);
    }

    function part({ title, text: about, questions, more }, open) {
      const head = `part-${unique()}`;
      return h("section", { class: "tk-part", "aria-labelledby": head },
        h("h3", { id: head }, title), paragraphs(about, "tk-hint"),
        questions.map((question) => ask(question, open)),
        more ? h("details", { class: "tk-more", open: more.questions.some(({ code }) => given(code) !== null) },
          h("summary", {}, more.label, h("span", { class: "tk-hidden" }, ` (${title})`)),
          more.questions.map((question) => ask(question, open))) : null);
    }

    function draw() {
      const state = model.get("state");
      ({ words } = state);
      lines.clear();
      if (!state.title) return el.replaceChildren();
      const go = (to) => out.send("go", "go", { to });
      el.replaceChildren(h("section", { class: "tk-form", lang: state.language,
        keydown: () => { typed = true; }, pointerdown: () => { typed = false; } },
        h("h2", { tabindex: "-1" }, state.title), paragraphs(state.about, "tk-about"),
        state.parts.map((one) => part(one, state.open)),
        h("nav", { class: "tk-buttons", "aria-label": words.steps },
          state.back && h("button", { type: "button", class: "tk-button", click: () => go("back") }, state.back),
          state.next && h("button", { type: "button", class: "tk-button tk-primary", click: () => go("next") }, state.next))));
      if (state.focus) focusOn(el.querySelector("h2"));
    }

    for (const { slot: place, data } of out.left()) if (data?.question) out.send(place, "answer", data, true);
    draw();
    model.on("change:state", draw);
    return () => { model.off("change:state", draw); out.close(); };
  },
};
