// Make one element: attributes by name, listeners as functions, text as text.
function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name, value);
    else if (name === "value" || name === "checked") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Paragraphs from a text in which blank lines part them.
function paragraphs(text, name) {
  return (text || "").split(/\n\s*\n/).filter(Boolean).map((part) => h("p", { class: name }, part));
}

// Whether the page is ours alone (Voilà) and not one cell of somebody's notebook.
const standsAlone = () => document.body.dataset.agir === "page";

// Print one part of the page alone, whatever else it shows.
function printAlone(el) {
  const root = document.documentElement;
  root.classList.add("tk-printing");
  el.classList.add("tk-printed");
  addEventListener("afterprint", () => {
    root.classList.remove("tk-printing");
    el.classList.remove("tk-printed");
  }, { once: true });
  print();
}

// Ids must differ between two components on one page.
const unique = () => Math.random().toString(36).slice(2, 9);

// Let the browser's Back go back one step of the page instead of leaving it; and a page that loads
// anew, since its server or its kernel did, go on at the step and the height where somebody was.
function trail(at, go) {
  if (!standsAlone()) return;
  const { at: before, height } = history.state ?? {};
  const anew = !window.agirTrail, there = (window.agirTrail ??= { height });
  if (before === undefined) history.replaceState({ ...history.state, at }, "");
  else if (before !== at) anew ? go(before) : history.pushState({ at }, "");
  else if (there.height) {
    whenShown(() => setTimeout(() => scrollTo(0, height), 150)); // after the heading was focused
    there.height = 0;
  }
  window.onpopstate = (event) => event.state?.at !== undefined && go(event.state.at);
  window.onscrollend = () => history.replaceState({ ...history.state, height: scrollY }, "");
}

// A view is drawn before it is put on the page.
function whenShown(act, tries = 600) {
  if (document.body.scrollHeight > innerHeight) act();
  else if (tries) requestAnimationFrame(() => whenShown(act, tries - 1));
}

// Say now and then that somebody looks at the page, as long as somebody does.
function present(here) {
  const say = () => document.visibilityState === "visible" && here();
  const timer = setInterval(say, 20000);
  document.addEventListener("visibilitychange", say);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", say);
  };
}

// One line at the foot of the page for everything that waits; each component has these helpers of
// its own, so what they share hangs on the window.
const banner = {
  waiting: (window.agirWaiting ||= new Set()),
  say(text) {
    let line = document.querySelector(".tk-banner");
    if (!line) document.body.append((line = h("div", { class: "tk-banner", role: "status" })));
    if (line.textContent !== text) line.textContent = text;
    clearTimeout(window.agirBanner);
    window.agirBanner = setTimeout(() => this.waiting.size || line.remove(), 8000);
  },
  wait(item, text) {
    this.waiting.add(item);
    this.say(text);
  },
  done(item) {
    if (this.waiting.delete(item) && !this.waiting.size) document.querySelector(".tk-banner")?.remove();
  },
};
