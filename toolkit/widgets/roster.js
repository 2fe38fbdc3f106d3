export default {
  render({ model, el }) {
    el.classList.add("tk");
    let rows = [], given, body, message, pasted;
    const out = outbox(model, { words: model.get("state").words, heard: replying(el) });

    function select(row, name, options, label) {
      return h("select", { class: "tk-input", "aria-label": label, change: (event) => { row[name] = event.target.value; } },
        [["", "–"], ...options].map(([code, text]) => h("option", { value: code, selected: code === row[name] }, text)));
    }

    function line(row, i, state) {
      const { words } = state;
      const sectors = state.sectors.some(([code]) => code === row.sector) || !row.sector
        ? state.sectors : [...state.sectors, [row.sector, row.sector]];
      return h("tr", {},
        h("td", { "data-label": words.name }, h("input", { class: "tk-input", value: row.name, "aria-label": `${words.name} ${i + 1}`,
          input: (event) => { row.name = event.target.value; } })),
        h("td", { "data-label": words.sector }, select(row, "sector", sectors, `${words.sector} ${i + 1}`)),
        h("td", { "data-label": words.level }, select(row, "level", state.levels, `${words.level} ${i + 1}`)),
        h("td", {}, h("button", { type: "button", class: "tk-button tk-small", "aria-label": `${words.remove} ${row.name || i + 1}`,
          click: () => {
            rows.splice(i, 1);
            fill();
            message.textContent = words.unsaved;
            (body.rows[Math.min(i, rows.length - 1)]?.querySelector("button") || el.querySelector(".tk-buttons button")).focus();
          } }, words.remove)));
    }

    function fill() {
      const state = model.get("state");
      body.replaceChildren(...rows.map((row, i) => line(row, i, state)));
    }

    function draw() {
      const state = model.get("state");
      const { words } = state;
      if (!state.title) return redraw(el);
      // A redraw of the same rows, in the other language, keeps what was typed and pasted.
      const now = JSON.stringify(state.rows), same = now === given, text = same ? pasted.value : "";
      given = now;
      if (!same) rows = state.rows.map((row) => ({ ...row }));
      const head = `roster-${unique()}`, paste = `paste-${unique()}`;
      const said = state.message ?? message?.textContent ?? "";
      message = h("p", { class: "tk-said", role: "status" }, said);
      body = h("tbody");
      pasted = h("textarea", { id: paste, class: "tk-input", rows: 4, "aria-describedby": `${paste}-hint` }, text);
      redraw(el, h("section", { class: "tk-section", "aria-labelledby": head, lang: state.language },
        h("h2", { id: head, tabindex: "-1" }, state.title),
        paragraphs(state.text, "tk-about"),
        h("table", { class: "tk-table tk-roster" },
          h("thead", {}, h("tr", {}, [words.name, words.sector, words.level].map((name) => h("th", { scope: "col" }, name)),
            h("td", {}))), body),
        h("div", { class: "tk-buttons" },
          h("button", { type: "button", class: "tk-button", click: () => {
            rows.push({ code: "", name: "", sector: "", level: "" });
            fill();
            body.lastElementChild.querySelector("input").focus();
          } }, words.add),
          h("button", { type: "button", class: "tk-button tk-primary", click: () => out.send("keep", "keep", { rows }) }, words.keep)),
        message,
        h("details", { class: "tk-more", open: Boolean(text) }, h("summary", {}, words.paste),
          h("p", { class: "tk-hint", id: `${paste}-hint` }, words.paste_hint),
          h("label", { class: "tk-hidden", for: paste }, words.paste), pasted,
          h("button", { type: "button", class: "tk-button", click: () => out.send("paste", "paste", { text: pasted.value, rows }) }, words.paste_read))));
      fill();
      if (state.focus) focusOn(el.querySelector("h2"));
    }

    model.on("change:state", draw);
    draw();
    return () => { model.off("change:state", draw); out.close(); };
  },
};
