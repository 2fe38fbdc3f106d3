// Send to Python until Python says what became of it. What waits is kept on this device, so that
// a page opened again sends it; a newer message for the same slot takes the older one's place.
function outbox(model, { key, words, heard }) {
  const store = key ? `agir:${key}` : null;
  const waiting = new Map();
  let sequence = Date.now() % 1e9;

  const keep = () => {
    try {
      if (!store) return;
      const rest = [...waiting.values()].filter((item) => item.lasting).map(({ slot, kind, data }) => ({ slot, kind, data }));
      if (rest.length) sessionStorage.setItem(store, JSON.stringify(rest));
      else sessionStorage.removeItem(store);
    } catch { /* a browser without storage still sends */ }
  };

  const transmit = (item) => {
    item.tries += 1;
    item.timer = setTimeout(() => again(item), Math.min(2500 * item.tries, 10000));
    try {
      model.send({ sequence: item.sequence, slot: item.slot, kind: item.kind, data: item.data });
    } catch { /* the timer tries again */ }
  };

  const again = async (item) => {
    if (waiting.get(item.slot) !== item) return;
    banner.show(words.lost);
    if (item.tries >= 3 && standsAlone() && (await serverAnswers())) return location.reload();
    transmit(item);
  };

  function send(slot, kind, data, lasting = false) {
    clearTimeout(waiting.get(slot)?.timer);
    const item = { slot, kind, data, lasting, sequence: ++sequence, tries: 0 };
    waiting.set(slot, item);
    keep();
    transmit(item);
  }

  const receive = (reply) => {
    const item = waiting.get(reply?.slot);
    if (!item || item.sequence !== reply.sequence) return;
    clearTimeout(item.timer);
    if (reply.retry) {
      item.timer = setTimeout(() => transmit(item), 3000);
    } else {
      waiting.delete(item.slot);
      keep();
      if (!waiting.size) banner.hide();
    }
    heard?.(item, reply);
  };
  model.on("msg:custom", receive);

  const left = () => {
    try { return store ? JSON.parse(sessionStorage.getItem(store) || "[]") : []; } catch { return []; }
  };
  const close = () => {
    model.off("msg:custom", receive);
    for (const item of waiting.values()) clearTimeout(item.timer);
  };
  return { send, left, close, waits: (slot) => waiting.get(slot) };
}

// Ask for something that starts no kernel: does the server itself still answer?
async function serverAnswers() {
  try {
    const icon = document.querySelector("link[rel=icon]")?.href || location.origin;
    return (await fetch(icon, { method: "HEAD", cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

// One line at the foot of the page, for everybody who waits.
const banner = {
  show(text) {
    let line = document.querySelector(".tk-banner");
    if (!line) document.body.append((line = h("div", { class: "tk-banner", role: "status" })));
    if (line.textContent !== text) line.textContent = text;
  },
  hide() {
    document.querySelector(".tk-banner")?.remove();
  },
};
