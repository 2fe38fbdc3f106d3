export default {
  render({ model, el }) {
    el.classList.add("tk");
    let message;
    const out = outbox(model, { words: model.get("state").words, heard: replying(el) });

    function field(spec) {
      const id = `field-${unique()}`;
      const common = { id, name: spec.name, class: "tk-input", "aria-describedby": spec.hint ? `${id}-hint` : null };
      const control = spec.options
        ? h("select", common, spec.options.map(([code, name]) => h("option", { value: code, selected: code === spec.value }, name)))
        : h("input", { ...common, type: spec.type || "text", value: spec.value ?? "", min: spec.min, max: spec.max, autocomplete: "off" });
      return h("div", { class: "tk-field" },
        h("label", { for: id }, spec.label), control,
        spec.hint && h("p", { id: `${id}-hint`, class: "tk-hint" }, spec.hint));
    }

    function press(button, form) {
      const fields = Object.fromEntries(new FormData(form));
      message.textContent = "";
      for (const other of form.querySelectorAll("button")) other.disabled = true;
      out.send("press", "press", { button: button.name, fields });
    }

    function draw() {
      const state = model.get("state");
      if (!state.title) return el.replaceChildren();
      const typed = new FormData(el.querySelector("form") || undefined);
      const head = `notice-${unique()}`;
      message = h("p", { class: "tk-said", role: "status" });
      const form = h("form", { submit: (event) => event.preventDefault() },
        (state.fields || []).map(field),
        h("div", { class: "tk-buttons" }, (state.buttons || []).map((button) => h("button", {
          type: "button", class: button.primary ? "tk-button tk-primary" : "tk-button", click: () => press(button, form),
        }, button.label))),
        message);
      el.replaceChildren(h("section", { class: `tk-notice tk-${state.tone || "plain"}`, "aria-labelledby": head, lang: state.language },
        h("h2", { id: head, tabindex: "-1" }, state.title),
        paragraphs(state.text),
        state.facts?.length ? h("dl", {}, state.facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])) : null,
        state.buttons || state.fields ? form : null));
      // A redraw in the other language keeps what was typed.
      for (const [name, value] of typed) {
        const control = el.querySelector(`[name="${name}"]`);
        if (control) control.value = value;
      }
      if (state.focus) focusOn(el.querySelector("h2"));
    }

    model.on("change:state", draw);
    draw();
    return () => { model.off("change:state", draw); out.close(); };
  },
};
