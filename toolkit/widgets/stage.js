export default {
  render({ model, el }) {
    el.classList.add("tk");
    const out = outbox(model, { words: model.get("state").words });
    // Both stay: what fills the whole screen, and what is read out when the room moves on.
    const section = h("section"), aloud = h("p", { class: "tk-hidden", role: "status" });
    let drawn = "", told = -Infinity, ends = null, over = false;

    // Whoever looks says so now and then; what they get back brings the timer into step.
    function here() {
      if (document.visibilityState !== "visible") return;
      told = performance.now();
      out.send("here", "here", {});
    }

    function bars(figure) {
      return h("table", { class: "tk-bars" },
        h("caption", { class: "tk-hidden" }, figure.title),
        h("tbody", {}, figure.bars.map(([label, people, share]) => h("tr", {},
          h("th", { scope: "row" }, label),
          h("td", {}, h("span", { class: "tk-bar", style: `--share:${share}` }), h("b", {}, String(people)))))));
    }

    function figure(shown) {
      return h("section", { class: "tk-result" },
        h("h3", {}, shown.title),
        shown.bars.length ? bars(shown) : null,
        shown.lines.map((line) => h("p", {}, line)));
    }

    function count({ label, value, total }) {
      return h("div", { class: "tk-tally" },
        h("p", { role: "status" }, label),
        total ? h("progress", { max: total, value: Math.min(value, total), "aria-hidden": "true" }) : null);
    }

    function door({ picture, address }) {
      return h("figure", { class: "tk-join" }, h("img", { src: picture, alt: model.get("state").words.qr }), h("figcaption", {}, address));
    }

    function clock() {
      const line = el.querySelector(".tk-clock");
      if (!line || ends === null) return;
      const left = Math.max(0, Math.ceil((ends - performance.now()) / 1000));
      const written = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (line.textContent !== written) line.textContent = written;
      if (!left && !over) el.querySelector(".tk-over").textContent = model.get("state").words.over;
      over = !left;
    }

    function whole(state) {
      return h("button", { type: "button", class: "tk-link tk-whole", click: () => {
        if (document.fullscreenElement) document.exitFullscreen();
        else section.requestFullscreen();
      } }, state.words.whole);
    }

    function draw() {
      const state = model.get("state");
      if (!state.title) return;
      const { timer, count: tally, ...rest } = state;
      ends = timer ? performance.now() + timer.left * 1000 : null;
      const now = JSON.stringify([rest, timer?.set]);
      if (now === drawn) { // only the number grew: nothing else is drawn, or read out, again
        const old = el.querySelector(".tk-tally");
        if (tally && old) {
          const line = old.querySelector("p");
          if (line.textContent !== tally.label) line.textContent = tally.label;
          const bar = old.querySelector("progress");
          if (Boolean(bar) !== Boolean(tally.total)) old.replaceWith(count(tally));
          else if (bar) { bar.max = tally.total; bar.value = Math.min(tally.value, tally.total); }
        }
        return clock();
      }
      if (performance.now() - told > 10000 && drawn) here();
      drawn = now;
      over = false;
      paint(state);
      clock();
    }

    function paint(state) {
      section.className = state.big ? "tk-stage tk-big" : "tk-stage";
      section.lang = aloud.lang = state.language;
      section.dataset.at = state.at;
      section.replaceChildren(...[
        h("div", { class: "tk-stage-top" },
          h("p", { class: "tk-kicker" }, state.kicker),
          state.timer ? h("p", { class: "tk-timer" }, h("span", { class: "tk-hidden" }, `${state.words.timer} `), h("b", { class: "tk-clock", role: "timer" })) : null,
          state.big && document.fullscreenEnabled ? whole(state) : null),
        h("h2", {}, state.title),
        state.timer ? h("p", { class: "tk-over", role: "status" }) : null,
        ...paragraphs(state.text, "tk-lead"),
        state.steps.length ? h("ol", { class: "tk-anchors" }, state.steps.map(([value, name, anchor]) => h("li", { value }, h("b", {}, name), ` ${anchor}`))) : null,
        state.count ? count(state.count) : null,
        state.picture ? door(state) : null,
        state.facts.length ? h("dl", { class: "tk-agreed" }, state.facts.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])) : null,
        // Side by side where there is room: on a projector nobody scrolls.
        state.figures.length || state.items.length ? h("div", { class: "tk-results" }, state.figures.map(figure),
          state.items.length ? h("ul", { class: "tk-prompts" }, state.items.map((item) => h("li", {}, item))) : null) : null,
      ].filter(Boolean));
      aloud.textContent = [state.kicker, state.title, state.text].filter(Boolean).join(". ");
    }

    const ticking = setInterval(clock, 250), leave = present(here);
    el.replaceChildren(section, aloud);
    model.on("change:state", draw);
    draw();
    here();
    return () => {
      clearInterval(ticking);
      leave();
      model.off("change:state", draw);
      out.close();
    };
  },
};
