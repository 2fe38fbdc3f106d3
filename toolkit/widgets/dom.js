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

// Ids must differ between two components on one page.
const unique = () => Math.random().toString(36).slice(2, 9);

// Move the reader to a heading once it is on the page: a view is drawn before it is put there.
function focusOn(heading, tries = 60) {
  heading.focus();
  if (document.activeElement !== heading && tries) requestAnimationFrame(() => focusOn(heading, tries - 1));
}

// Let the browser's Back go back one step of the page instead of leaving it.
function trail(at, go) {
  if (!standsAlone()) return;
  if (history.state?.at === undefined) history.replaceState({ at }, "");
  else if (history.state.at !== at) history.pushState({ at }, "");
  window.onpopstate = (event) => event.state?.at !== undefined && go(event.state.at);
}
