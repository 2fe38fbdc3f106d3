// Move the reader to a heading once it is on the page, unless they have gone elsewhere meanwhile: a
// view is drawn before it is put there, and other parts that it waits for may take their time.
function focusOn(heading, from = document.activeElement, tries = 600) {
  heading.focus();
  const at = document.activeElement;
  if (at === heading) keepInView(heading);
  else if (tries && [from, document.body, null].includes(at)) requestAnimationFrame(() => focusOn(heading, from, tries - 1));
}

// Show a heading with what it heads, and show it again when what comes above pushes it away, until
// the reader moves on.
function keepInView(heading) {
  const part = heading.closest("section");
  const show = () => document.activeElement === heading && part.offsetHeight < innerHeight && part.scrollIntoView({ block: "nearest" });
  const watch = new ResizeObserver(show), end = () => watch.disconnect();
  watch.observe(document.body);
  for (const move of ["wheel", "touchmove", "pointerdown", "keydown"]) addEventListener(move, end, { once: true, passive: true });
  setTimeout(end, 5000);
}

// While the server works a part's buttons wait: one that was disabled would lose the focus.
const waiting = (event) => event.target.closest("[aria-disabled]") && event.stopImmediatePropagation();
function working(el, works) {
  el.addEventListener("click", waiting, true);
  for (const button of el.querySelectorAll("button")) {
    if (works) button.setAttribute("aria-disabled", "true");
    else button.removeAttribute("aria-disabled");
  }
}

// What a control is called: what is drawn in its place is called the same.
const called = (node) => [node.tagName, node.name, /radio|checkbox/.test(node.type) && node.value,
  node.getAttribute("aria-label"), /BUTTON|SUMMARY|A/.test(node.tagName) && node.textContent].join("|");

// Where the reader is, in whichever part: what is drawn anew loses the focus without a word. Each part
// has these helpers of its own, so what they share is the window's.
const reader = (window.agirReader ||= watched({ at: null }));
function watched(reader) {
  document.addEventListener("focusin", ({ target }) => { reader.at = target; });
  document.addEventListener("focusout", ({ target }) => { if (target.isConnected) reader.at = null; });
  return reader;
}
const held = (el) => (el.contains(reader.at) ? reader.at : null);

// Draw a part anew and leave the reader where they were: at the same control, else at the heading;
// of a part that is emptied, at the heading before it.
function redraw(el, ...children) {
  const at = held(el);
  el.replaceChildren(...children);
  if (!at || (document.activeElement && document.activeElement !== document.body)) return;
  const name = called(at), controls = [...el.querySelectorAll("button, input, select, textarea, summary, a")];
  const same = controls.find((node) => !node.matches(":disabled") && called(node) === name);
  let part = el, heading;
  while (part && !(heading = part.querySelector("h2"))) part = part.previousElementSibling;
  if (heading) heading.tabIndex = -1;
  (same || heading)?.focus();
}
