export default {
  render({ model, el }) {
    el.classList.add("tk");
    let message, number, offered; // how many links: typed, and offered by the page
    const out = outbox(model, { words: model.get("state").words, heard: replying(el) });

    async function copy(text, words) {
      try {
        await navigator.clipboard.writeText(text);
      } catch { // a page without https has no clipboard
        const area = h("textarea", { class: "tk-hidden" }, text);
        el.append(area);
        area.select();
        document.execCommand("copy");
        area.remove();
      }
      message.classList.remove("tk-bad");
      message.textContent = words.copied;
    }

    function one(link, state) {
      const { words } = state;
      return h("li", { class: "tk-link-line" },
        h("span", { class: "tk-link-name" }, link.name),
        h("input", { class: "tk-input", readonly: true, value: link.address, "aria-label": link.name, focus: (event) => event.target.select() }),
        h("button", { type: "button", class: "tk-button tk-small", click: () => copy(link.address, words) },
          words.copy, h("span", { class: "tk-hidden" }, ` (${link.name})`)),
        link.picture ? h("img", { class: "tk-qr", src: link.picture, alt: words.qr }) : null);
    }

    function draw() {
      const state = model.get("state");
      const { words } = state;
      if (!state.title) return redraw(el);
      const said = message?.textContent || "";
      const head = `links-${unique()}`, count = `count-${unique()}`;
      const typed = number && state.count === offered ? number.value : state.count;
      offered = state.count;
      number = h("input", { id: count, type: "number", min: 1, max: 200, class: "tk-input tk-number", value: typed });
      message = h("p", { class: "tk-said", role: "status" }, said);
      redraw(el, h("section", { class: "tk-section", "aria-labelledby": head, lang: state.language },
        h("h2", { id: head }, state.title),
        paragraphs(state.text, "tk-about"),
        state.makes.length ? h("div", { class: "tk-makes" },
          state.makes.length > 1 && state.count ? h("div", { class: "tk-field" }, h("label", { for: count }, words.count), number) : null,
          h("div", { class: "tk-buttons" }, state.makes.map((make) => h("button", { type: "button", class: "tk-button tk-primary", click: () => {
            working(el, true);
            out.send("make", "make", { what: make.name, count: Number(number.value) });
          } }, make.label)))) : null,
        message,
        state.links.length ? h("ul", { class: "tk-links", role: "list" }, state.links.map((link) => one(link, state))) : null,
        state.links.length > 1 ? h("button", { type: "button", class: "tk-button",
          click: () => copy(state.links.map((link) => `${link.name}\t${link.address}`).join("\n"), words) }, words.copy_all) : null));
    }

    model.on("change:state", draw);
    draw();
    return () => { model.off("change:state", draw); out.close(); };
  },
};
