export default {
  render({ model, el }) {
    el.classList.add("tk");
    let { words, key } = model.get("state");
    let answers = {}, choosing = null, wanting = false, typed = false;
    const mark = unique();
    const known = new Set(); // ticked on this device, or more than no contact with them
    const lines = new Map(), unsent = new Map(), refused = new Map();
    const out = outbox(model, { key, words, heard, line: ({ data }) => lines.get(data.partner) });
    const has = (value) => value !== null && value !== undefined;
    const given = (code) => has(answers[code]?.current) || has(answers[code]?.desired);

    function heard(item, reply) {
      const { partner } = item.data;
      if (partner) reply.ok ? refused.delete(partner) : refused.set(partner, item.data);
      const line = partner ? lines.get(partner) : el.querySelector(".tk-all");
      if (!line) return reply.ok || banner.say(reply.message);
      tell(line, partner && reply.ok ? words.saved : reply.message, reply.ok ? "" : "bad");
      if (item.kind === "none") el.querySelector(".tk-buttons button").focus(); // its own button is gone
    }

    // Only what changed is sent: a page opened long ago must not bring back an old answer.
    function post(code, change) {
      answers[code] = { ...answers[code], ...change };
      unsent.set(code, { ...unsent.get(code), ...change });
      tell(lines.get(code), words.saving, "pending");
      const go = () => {
        const data = { ...refused.get(code), ...out.waits(`tie/${code}`)?.data, ...unsent.get(code), partner: code };
        unsent.delete(code);
        out.send(`tie/${code}`, "answer", data, true);
      };
      // Arrow keys choose every way on their way: wait until they rest.
      out.rest(code, typed ? 450 : 0, go);
    }

    const title = (partner) => [partner.name, partner.about ? h("small", {}, partner.about) : null];

    function way({ code }, { value, name, hint }) {
      const group = `way-${mark}-${code}`;
      const checked = answers[code]?.current === value, change = () => post(code, { current: value });
      return h("label", { class: hint ? "tk-answer" : "tk-answer tk-aside" },
        h("input", { type: "radio", name: group, value, checked, change }),
        h("span", {}, h("b", {}, name), hint ? h("span", {}, hint) : null));
    }

    function wanted({ code, name }, ways) {
      const now = answers[code]?.desired, levels = ways.filter(({ value }) => typeof value === "number");
      return h("label", { class: "tk-wanted" }, words.desired, h("span", { class: "tk-hidden" }, ` (${name})`),
        h("select", { class: "tk-input", change: ({ target }) => post(code, { desired: target.value === "" ? null : Number(target.value) }) },
          h("option", { value: "" }, "–"),
          levels.map((one) => h("option", { value: String(one.value), selected: now === one.value }, one.name))));
    }

    function row(partner, state) {
      lines.set(partner.code, h("p", { class: "tk-said", role: "status" }, given(partner.code) ? words.saved : ""));
      return h("div", { class: "tk-tie" },
        h("fieldset", { disabled: !state.open }, h("legend", {}, title(partner)),
          h("div", { class: "tk-answers" }, state.ways.map((one) => way(partner, one))),
          wanting ? wanted(partner, state.ways) : null), lines.get(partner.code));
    }

    function check(partner) {
      return h("label", { class: "tk-check" }, h("input", { type: "checkbox", checked: known.has(partner.code), change: ({ target }) => {
        target.checked ? known.add(partner.code) : known.delete(partner.code);
        if (!target.checked && given(partner.code)) post(partner.code, { current: null, desired: null });
      } }), h("span", {}, title(partner)));
    }

    const button = (text, click, primary) => h("button", { type: "button", class: primary ? "tk-button tk-primary" : "tk-button", click }, text);
    const turn = (to) => { choosing = to; draw(); focusOn(el.querySelector("h2")); };
    const want = ({ target }) => { wanting = target.checked; draw(); el.querySelector(".tk-also input").focus(); };
    const choose = (state) => [
      h("fieldset", { class: "tk-known", disabled: !state.open }, h("legend", {}, words.which), state.partners.map(check)),
      h("div", { class: "tk-buttons" }, button(words.next, () => turn(false), true))];

    function answer(state) {
      const mine = state.partners.filter(({ code }) => known.has(code));
      const rest = state.partners.map(({ code }) => code).filter((code) => !known.has(code) && !given(code));
      const apart = state.partners.length - mine.length - rest.length;
      return [
        mine.length ? h("label", { class: "tk-check tk-also" }, h("input", { type: "checkbox", checked: wanting, change: want }), words.also) : h("p", {}, words.nobody),
        mine.map((partner) => row(partner, state)),
        apart ? h("p", {}, words.apart.replace("#", apart)) : null,
        rest.length ? h("p", { class: "tk-hint" }, words.rest) : null,
        h("p", { class: "tk-said tk-all", role: "status" }),
        h("div", { class: "tk-buttons" },
          button(words.done, () => out.send("done", "done", {}), true),
          rest.length && state.open ? button(words.none.replace("#", rest.length), () => out.send("none", "none", { partners: rest })) : null,
          button(words.change, () => turn(true)))];
    }

    function draw() {
      const state = model.get("state");
      if (!state.title) return el.replaceChildren();
      choosing ??= !known.size;
      el.replaceChildren(h("section", { class: "tk-section", lang: state.language, keydown: () => { typed = true; }, pointerdown: () => { typed = false; } },
        h("h2", { tabindex: "-1" }, state.title), paragraphs(choosing ? state.text : state.how, "tk-about"), choosing ? choose(state) : answer(state)));
    }

    function take() {
      const state = model.get("state");
      ({ words } = state);
      for (const { code } of state.partners || []) {
        answers[code] = { ...state.answers[code], ...refused.get(code), ...out.waits(`tie/${code}`)?.data, ...unsent.get(code) };
        wanting ||= has(answers[code].desired);
        if (answers[code].current || has(answers[code].desired)) known.add(code);
      }
      draw();
      if (state.focus) focusOn(el.querySelector("h2"));
    }

    for (const { slot, data } of out.left()) if (data?.partner) out.send(slot, "answer", data, true);
    take();
    model.on("change:state", take);
    return () => { model.off("change:state", take); out.close(); };
  },
};
