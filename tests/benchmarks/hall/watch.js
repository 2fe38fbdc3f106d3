// Runs in every page before its own scripts: notes when the first radio can be used, when the last
// chart has been painted, and when the door of the home page was pressed. All times are Date.now(),
// the clock that the benchmark reads too.
(() => {
  if (window.top !== window) return;
  const { radio, picture, door, deep, press } = PLAN;
  const bench = (window.bench = { usable: null, door: null, pictures: 0, painted: 0, last: null });
  const known = new WeakSet();
  const done = new WeakSet();
  const tell = (what) => window.benchSay(what);
  // The press happened on the page before.
  const pressedAt = () => Number(sessionStorage.getItem("benchPressed")) || null;

  // With `deep`, shadow roots are searched too.
  const roots = (from = document) => {
    if (!deep) return [from];
    const inner = [...from.querySelectorAll("*")].filter((node) => node.shadowRoot);
    return [from, ...inner.flatMap((node) => roots(node.shadowRoot))];
  };
  const all = (selector) => (selector ? roots().flatMap((root) => [...root.querySelectorAll(selector)]) : []);
  const at = (x, y, root = document) => {
    const hit = root.elementFromPoint(x, y);
    return hit?.shadowRoot && hit.shadowRoot !== root ? at(x, y, hit.shadowRoot) || hit : hit;
  };

  // As a finger would: enabled, of some size, on the screen, and nothing lies over it.
  const reachable = (input) => {
    const target = input.closest("label") || input;
    if (input.matches(":disabled")) return false;
    let box = target.getBoundingClientRect();
    if (box.top < 0 || box.bottom > innerHeight) {
      target.scrollIntoView({ block: "center", behavior: "instant" });
      box = target.getBoundingClientRect();
    }
    if (!box.width || !box.height) return false;
    const hit = at(box.x + box.width / 2, box.y + box.height / 2);
    return Boolean(hit) && (target.contains(hit) || hit.contains(input));
  };

  const paint = async (node) => {
    known.add(node);
    if (node.decode) await node.decode().catch(() => {});
    requestAnimationFrame(() => done.add(node));
  };

  const look = () => {
    if (bench.usable === null) {
      const first = all(radio)[0];
      if (first && reachable(first)) tell({ kind: "usable", at: (bench.usable = Date.now()), pressed: pressedAt() });
    }
    const pictures = all(picture).filter((node) => node.getClientRects().length);
    bench.pictures = pictures.length;
    for (const node of pictures) {
      if (!known.has(node) && (node.localName !== "img" || (node.complete && node.naturalWidth))) paint(node);
    }
    // A page may paint a picture again: what counts is when all of them first stood there.
    const painted = pictures.filter((node) => done.has(node)).length;
    if (painted > bench.painted) Object.assign(bench, { painted, last: Date.now() });
    const way = door && !bench.door && document.readyState !== "loading" && document.querySelector(door);
    if (way) {
      tell({ kind: "door", at: (bench.door = Date.now()) });
      if (press) way.click();
    }
    again();
  };
  // Each frame, as long as there is something to see. A crowd on one machine looks less often: its
  // browsers would take the processor from each other, and from the server, only to look.
  const again = () => {
    if (bench.usable !== null && !picture) return;
    if (press) setTimeout(look, 100);
    else requestAnimationFrame(look);
  };

  addEventListener("click", (event) => {
    if (door && event.target.closest?.(door)) sessionStorage.setItem("benchPressed", String(Date.now()));
  }, true);
  again();

  // Tap one step every so often, and note how long each took until *saved* stood beside it.
  bench.taps = async (seconds, every) => {
    const end = Date.now() + seconds * 1000;
    const names = [...new Set(all(radio).map((input) => input.name).filter((name) => name.includes("-current-")))];
    const found = [];
    for (let turn = 0; !turn || Date.now() < end; turn += 1) {
      const began = performance.now();
      const group = [...document.getElementsByName(names[turn % names.length])].filter((input) => /^\d+$/.test(input.value));
      const input = group[Math.floor(turn / names.length) % group.length];
      found.push({ indicator: input.name.split("-current-")[0], value: Number(input.value), ms: await saved(input), at: Date.now() });
      await new Promise((go) => setTimeout(go, Math.max(0, every * 1000 - (performance.now() - began))));
    }
    return found;
  };

  const saved = (input) => new Promise((done) => {
    const line = input.closest(".tk-question").querySelector(".tk-said");
    const began = performance.now();
    const late = setTimeout(() => end(null), 20000);
    const watch = new MutationObserver(() => line.textContent.startsWith("✓") && end(performance.now() - began));
    const end = (ms) => { watch.disconnect(); clearTimeout(late); done(ms); };
    input.click(); // the line says "saving" before this returns
    watch.observe(line, { childList: true, characterData: true, subtree: true });
  });
})();
