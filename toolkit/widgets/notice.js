export default {
  render({ model, el }) {
    el.classList.add("tk");
    let message, drawn;
    const out = outbox(model, { words: model.get("state").words, heard: replying(el) });

    function field(spec) {
      const id = `field-${unique()}`;
      const hint = spec.hint && h("p", { id: `${id}-hint`, class: "tk-hint" }, spec.hint);
      const common = { id, name: spec.name, class: "tk-input", "aria-describedby": hint ? `${id}-hint` : null };
      if (spec.choices) return boxes(spec, hint, `${id}-hint`);
      const control = spec.options
        ? h("select", common, spec.options.map(([code, name]) => h("option", { value: code, selected: code === spec.value }, name)))
        : spec.type === "textarea" ? h("textarea", { ...common, rows: spec.rows || 3, dir: "auto" }, spec.value ?? "")
        : h("input", { ...common, type: spec.type || "text", value: spec.value ?? "", min: spec.min, max: spec.max, autocomplete: "off" });
      return h("div", { class: "tk-field" }, h("label", { for: id }, spec.label), control, hint);
    }

    // Several of a few: each its own box, with what it adds.
    function boxes(spec, hint, described) {
      return h("fieldset", { class: "tk-boxes", "aria-describedby": hint ? described : null },
        h("legend", {}, spec.label), hint,
        spec.choices.map(([code, name, more]) => h("label", { class: "tk-box" },
          h("input", { type: "checkbox", name: spec.name, value: code, checked: spec.value?.includes(code) }),
          h("span", {}, name, more ? h("span", { class: "tk-hint" }, more) : null))));
    }

    function press(button, form) {
      const data = new FormData(form), fields = Object.fromEntries(data);
      for (const spec of model.get("state").fields || []) if (spec.choices) fields[spec.name] = data.getAll(spec.name);
      message.textContent = "";
      working(el, true);
      out.send("press", "press", { button: button.name, fields });
    }

    function draw() {
      const state = model.get("state");
      if (!state.title) return redraw(el);
      // A redraw of the same form, in the other language, keeps what was typed.
      const before = drawn === state.form && el.querySelector("form"), typed = before && new FormData(before);
      drawn = state.form;
      const head = `notice-${unique()}`;
      message = h("p", { class: "tk-said", role: "status" });
      const form = h("form", { class: state.grid ? "tk-grid" : null, submit: (event) => event.preventDefault() },
        (state.fields || []).map(field),
        h("div", { class: "tk-buttons" }, (state.buttons || []).map((button) => h("button", {
          type: "button", class: button.primary ? "tk-button tk-primary" : "tk-button", click: () => press(button, form),
        }, button.label))),
        message);
      redraw(el, h("section", { class: `tk-notice tk-${state.tone || "plain"}`, "aria-labelledby": head, lang: state.language },
        h("h2", { id: head, tabindex: "-1" }, state.title),
        paragraphs(state.text),
        state.facts?.length ? h("dl", {}, state.facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])) : null,
        state.buttons || state.fields ? form : null));
      for (const control of typed ? el.querySelectorAll("form [name]") : []) {
        if (!before.elements.namedItem(control.name)) continue;
        if (control.type === "checkbox") control.checked = typed.getAll(control.name).includes(control.value);
        else if (typed.has(control.name)) control.value = typed.get(control.name);
      }
      if (state.focus) focusOn(el.querySelector("h2"));
    }

    model.on("change:state", draw);
    draw();
    return () => { model.off("change:state", draw); out.close(); };
  },
};
