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

// Move the reader to a heading once it is on the page: a view is drawn before it is put there.
function focusOn(heading, tries = 60) {
  heading.focus();
  if (document.activeElement !== heading && tries) requestAnimationFrame(() => focusOn(heading, tries - 1));
}

// What a control is called: what is drawn in its place is called the same.
const called = (node) => [node.tagName, node.name, /radio|checkbox/.test(node.type) && node.value,
  node.getAttribute("aria-label"), /BUTTON|SUMMARY|A/.test(node.tagName) && node.textContent].join("|");

// Where the reader is, in whichever part: a button that is disabled while the server works loses the
// focus without a word. Each part has these helpers of its own, so what they share is the window's.
const reader = (window.agirReader ||= watched({ at: null }));
function watched(reader) {
  document.addEventListener("focusin", ({ target }) => { reader.at = target; });
  document.addEventListener("focusout", ({ target }) => { if (target.isConnected && !target.disabled) reader.at = null; });
  return reader;
}
const held = (el) => (el.contains(reader.at) ? reader.at : null);

// Bring the reader back if nothing else took the focus: to the same control, else to the heading.
function bringBack(el, at) {
  if (!at || (document.activeElement && document.activeElement !== document.body)) return;
  const name = called(at), controls = [...el.querySelectorAll("button, input, select, textarea, summary, a")];
  const same = controls.find((node) => !node.disabled && called(node) === name), heading = el.querySelector("h2");
  if (heading) heading.tabIndex = -1;
  (same || heading)?.focus();
}

// Draw a part anew, and leave the reader where they were.
function redraw(el, ...children) {
  const at = held(el);
  el.replaceChildren(...children);
  bringBack(el, at);
}

// Let the browser's Back go back one step of the page instead of leaving it.
function trail(at, go) {
  if (!standsAlone()) return;
  if (history.state?.at === undefined) history.replaceState({ at }, "");
  else if (history.state.at !== at) history.pushState({ at }, "");
  window.onpopstate = (event) => event.state?.at !== undefined && go(event.state.at);
}
