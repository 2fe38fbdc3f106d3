// Send to Python until Python says what became of it. What waits is kept on this device, so that
// a page opened again sends it; a newer message for the same slot takes the older one's place.
function outbox(model, { key, words, heard }) {
  const store = key ? `agir:${key}` : null;
  const waiting = new Map(), pace = new Map();
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
    banner.wait(item, words.lost);
    // Not all phones of a room at the same moment.
    if (item.tries >= 3 && standsAlone() && (await serverAnswers())) {
      return void setTimeout(() => waiting.get(item.slot) === item && location.reload(), Math.random() * 4000);
    }
    transmit(item);
  };

  function send(slot, kind, data, lasting = false) {
    const item = { slot, kind, data, lasting, sequence: ++sequence, tries: 0 };
    if (JSON.stringify(data).length > 2e6) return heard?.(item, { ok: false, message: words.too_long });
    drop(waiting.get(slot));
    waiting.set(slot, item);
    keep();
    transmit(item);
  }

  // Send once somebody's typing rests; with no wait, at once.
  function rest(slot, wait, go) {
    clearTimeout(pace.get(slot)?.timer);
    const now = () => { pace.delete(slot); go(); };
    wait ? pace.set(slot, { now, timer: setTimeout(now, wait) }) : now();
  }

  const drop = (item) => {
    if (!item) return;
    clearTimeout(item.timer);
    banner.done(item);
  };

  const receive = (reply) => {
    const item = waiting.get(reply?.slot);
    if (!item || item.sequence !== reply.sequence) return;
    drop(item);
    if (reply.received) {
      // It came through: slow is not lost. Only a very long silence means that nobody is there.
      item.timer = setTimeout(() => {
        banner.wait(item, words.working);
        item.timer = setTimeout(() => again(item), 60000);
      }, 2500);
      return;
    }
    if (reply.retry) {
      item.timer = setTimeout(() => transmit(item), 3000);
    } else {
      waiting.delete(item.slot);
      keep();
    }
    heard?.(item, reply);
  };
  model.on("msg:custom", receive);

  const left = () => {
    try { return store ? JSON.parse(sessionStorage.getItem(store) || "[]") : []; } catch { return []; }
  };
  // A part that goes away sends what was just typed, and what waits; the page then says if it is lost.
  const close = () => {
    model.off("msg:custom", receive);
    for (const { now, timer } of [...pace.values()]) { clearTimeout(timer); now(); }
    for (const item of waiting.values()) {
      if (item.lasting) transmit(item);
      drop(item);
    }
  };
  return { send, rest, left, close, waits: (slot) => waiting.get(slot) };
}

// Show a reply on the component's own line, and let its buttons be pressed again.
const replying = (el) => (_, reply) => {
  working(el, false);
  const line = el.querySelector(".tk-said");
  if (!line) return;
  line.textContent = reply.message || "";
  line.classList.toggle("tk-bad", !reply.ok);
};

// Ask for something that starts no kernel: does the server itself still answer? Any word of it will
// do: a newer version may no longer have the page's script.
async function serverAnswers() {
  try {
    const script = document.querySelector("script[src]")?.src || location.origin;
    return (await fetch(script, { method: "HEAD", cache: "no-store" })).status < 500;
  } catch {
    return false;
  }
}
