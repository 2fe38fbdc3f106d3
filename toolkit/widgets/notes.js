export default {
  render({ model, el }) {
    el.classList.add("tk");
    const rows = new Map(); // code -> { typed, sent, seen, theirs, box, said, other }
    const pace = new Map();
    const opened = new Map();
    let shape, wave;
    const { words, key } = model.get("state");
    const out = outbox(model, { key, words, heard, line: ({ slot }) => rows.get(slot)?.said });

    function heard(item, reply) {
      const row = rows.get(item.slot);
      tell(row?.said, reply.message, reply.ok ? "" : "bad");
    }

    function post(code, wait = 0) {
      const row = rows.get(code), { words } = model.get("state");
      clearTimeout(pace.get(code));
      if (row.typed === row.note || row.theirs !== null) return;
      tell(row.said, words.saving, "pending");
      const own = wave;
      const go = () => {
        if (row.typed === row.sent && out.waits(code)) return;
        row.sent = row.typed;
        out.send(code, "note", { code, text: row.typed, seen: row.seen, wave: own }, true);
      };
      wait ? pace.set(code, setTimeout(go, wait)) : go();
    }

    // Take up what stands now; what was typed here meanwhile stays, beside what somebody else wrote.
    function take(line) {
      const row = rows.get(line.code);
      const mine = line.note === row.typed || line.note === row.sent;
      const fresh = row.typed === row.note;
      if (line.number !== row.seen) row.theirs = fresh || mine ? null : line.note;
      if (fresh) row.typed = line.note;
      Object.assign(row, { note: line.note, seen: line.number });
      if (row.box && row.box.value !== row.typed) row.box.value = row.typed;
      if (row.other) choose(line.code);
    }

    function choose(code) {
      const row = rows.get(code), { words } = model.get("state");
      const pick = (text) => {
        Object.assign(row, { typed: text, theirs: null });
        row.box.value = text;
        row.said.textContent = "";
        choose(code);
        row.box.focus();
        post(code);
      };
      row.other.replaceChildren(...(row.theirs === null ? [] : [
        h("p", { class: "tk-hint" }, words.theirs),
        h("blockquote", {}, row.theirs || words.emptied),
        h("div", { class: "tk-buttons" },
          h("button", { type: "button", class: "tk-button tk-small", click: () => pick(row.typed) }, words.keep_mine),
          h("button", { type: "button", class: "tk-button tk-small", click: () => pick(row.theirs) }, words.keep_theirs),
          row.theirs && row.typed ? h("button", { type: "button", class: "tk-button tk-small",
            click: () => pick(`${row.theirs}\n${row.typed}`) }, words.keep_both) : null),
      ]));
    }

    function ask(line, state) {
      if (!rows.has(line.code)) rows.set(line.code, { typed: line.note, sent: null, seen: line.number, note: line.note, theirs: null });
      const row = rows.get(line.code), id = `note-${unique()}`;
      row.box = h("textarea", { id, class: "tk-input", rows: 2, dir: "auto", placeholder: state.words.placeholder,
        input: (event) => { row.typed = event.target.value; post(line.code, 2500); },
        change: () => post(line.code) });
      row.box.value = row.typed;
      row.said = h("p", { class: "tk-said", role: "status" });
      row.other = h("div", { class: "tk-other" });
      choose(line.code);
      return h("div", { class: "tk-line" },
        h("div", { class: "tk-line-said" }, h("h4", {}, line.title),
          line.tag ? h("p", { class: "tk-tag" }, line.tag) : null, h("p", {}, line.figure)),
        h("div", {}, h("label", { class: "tk-hidden", for: id }, `${state.words.note} – ${line.title}`), row.box, row.other, row.said));
    }

    function group(part, state) {
      const open = opened.has(part.code) ? opened.get(part.code) : part.open;
      return h("details", { class: "tk-group", open, toggle: (event) => opened.set(part.code, event.target.open) },
        h("summary", {}, h("h3", {}, part.title), h("span", { class: "tk-count" }, part.count)),
        part.lines.map((line) => ask(line, state)));
    }

    function draw() {
      const state = model.get("state");
      if (!state.title) { shape = null; rows.clear(); return el.replaceChildren(); }
      const lines = state.groups.flatMap((part) => part.lines);
      if (state.wave !== wave) { rows.clear(); opened.clear(); shape = null; }
      wave = state.wave;
      const now = JSON.stringify([state.language, state.groups.map((part) => [part.title, part.lines.map((line) => [line.code, line.figure])])]);
      for (const line of lines) if (rows.has(line.code)) take(line);
      if (now === shape) {
        el.querySelectorAll(".tk-count").forEach((count, i) => { count.textContent = state.groups[i].count; });
        return;
      }
      shape = now;
      const head = `notes-${unique()}`;
      el.replaceChildren(h("section", { class: "tk-section", "aria-labelledby": head, lang: state.language },
        h("h2", { id: head }, state.title), paragraphs(state.text, "tk-about"), state.groups.map((part) => group(part, state))));
    }

    draw();
    for (const { slot, data } of out.left()) if (rows.has(slot) && data.wave === wave) Object.assign(rows.get(slot), { typed: data.text, sent: data.text }).box.value = data.text;
    for (const { slot, data } of out.left()) out.send(slot, "note", data, true);
    model.on("change:state", draw);
    return () => { model.off("change:state", draw); pace.forEach(clearTimeout); out.close(); };
  },
};
