// Send to Python until Python says what became of it. What lasts, an answer, waits on this device, under
// its round and person, until it is acknowledged: whoever opens the page again, even in another tab or
// on another day, sends it. A newer message for the same slot takes the older one's place.
// What acts on the screen is done now or not at all: nobody wants a button of a minute ago to act.
// `line` returns the status line of what waits.
function outbox(model, { key, words: first, heard, line }) {
  const waiting = new Map(), pace = new Map();
  let sequence = Date.now() % 1e9;
  const device = waitingRoom(key);
  // A part that was made empty has none at first, and one that is emptied has none any more.
  let last = first ?? {};
  const words = () => (last = model.get("state").words ?? last);

  const transmit = (item) => {
    item.tries += 1;
    item.timer = setTimeout(() => again(item), Math.min(2500 * item.tries, 10000));
    try {
      model.send({ sequence: item.sequence, slot: item.slot, kind: item.kind, data: item.data });
    } catch {
      if (!item.lasting) giveUp(item); // else the timer tries again
    }
  };

  const giveUp = (item) => {
    if (waiting.get(item.slot) !== item) return;
    waiting.delete(item.slot);
    drop(item);
    heard?.(item, { ok: false, message: words().offline });
  };

  const again = async (item) => {
    if (waiting.get(item.slot) !== item) return;
    if (!item.lasting) {
      banner.wait(item, words().working); // it may be busy with what others asked
      return void (item.tries < 6 && (await serverAnswers()) ? transmit(item) : giveUp(item));
    }
    tell(line?.(item), words().unsaved, "pending");
    banner.wait(item, words().lost);
    // Not all phones of a room at the same moment.
    if (item.tries >= 3 && standsAlone() && (await serverAnswers())) {
      return void setTimeout(() => waiting.get(item.slot) === item && location.reload(), Math.random() * 4000);
    }
    transmit(item);
  };

  // `known` is what Python had for the slot when this was given.
  function send(slot, kind, data, lasting = false, known = null) {
    const item = { slot, kind, data, lasting, known, sequence: ++sequence, tries: 0 };
    if (JSON.stringify(data).length > 2e6) return heard?.(item, { ok: false, message: words().too_long });
    drop(waiting.get(slot));
    waiting.set(slot, item);
    if (lasting) device.keep(item);
    if (lasting || fresh()) return transmit(item);
    // A connection that was silent for a while may be gone without a word: what is sent into it
    // would arrive whenever it is back.
    serverAnswers().then((answers) => waiting.get(slot) === item && (answers ? transmit(item) : giveUp(item)));
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
    window.agirHeard = performance.now();
    const item = waiting.get(reply?.slot);
    if (!item || item.sequence !== reply.sequence) return;
    drop(item);
    if (reply.received) {
      // It came through: slow is not lost. Only a very long silence means that nobody is there.
      item.timer = setTimeout(() => {
        banner.wait(item, words().working);
        item.timer = setTimeout(() => again(item), 60000);
      }, 2500);
      return;
    }
    if (reply.retry) {
      item.timer = setTimeout(() => transmit(item), 3000);
    } else {
      waiting.delete(item.slot);
      device.forget(item);
    }
    heard?.(item, reply);
  };
  model.on("msg:custom", receive);

  // Another page of the same person took over what waits here, or has sent it.
  const elsewhere = ({ key: name, newValue }) => {
    const item = waiting.get(device.slot(name));
    if (!item?.lasting) return;
    waiting.delete(item.slot);
    drop(item);
    if (newValue === null) heard?.(item, { ok: true });
  };
  addEventListener("storage", elsewhere);

  // A part that goes away sends what was just typed, and what waits; the page then says if it is lost.
  const close = () => {
    model.off("msg:custom", receive);
    removeEventListener("storage", elsewhere);
    for (const { now, timer } of [...pace.values()]) { clearTimeout(timer); now(); }
    for (const item of waiting.values()) {
      if (item.lasting) transmit(item);
      drop(item);
    }
  };
  return { send, rest, left: device.left, forget: device.forget, close, waits: (slot) => waiting.get(slot) };
}

// Show a reply on the component's own line, and let its buttons be pressed again.
const replying = (el) => (_, reply) => {
  working(el, false);
  const line = el.querySelector(".tk-said");
  if (!line) return;
  tell(line, reply.message || "", reply.ok ? "" : "bad");
};

// Say on a status line what became of something: `pending` until it is known, `bad` if it failed.
function tell(line, text, kind = "") {
  if (!line) return;
  if (line.textContent !== text) line.textContent = text;
  for (const name of ["pending", "bad"]) line.classList.toggle(`tk-${name}`, kind === name);
}

// Whether anything came over the connection just now.
const fresh = () => navigator.onLine && performance.now() - (window.agirHeard ?? 0) < 3000;

// Ask for something that starts no kernel: does the server itself still answer? Any word of it will
// do: a newer version may no longer have the page's script.
async function serverAnswers() {
  if (!navigator.onLine) return false;
  try {
    const script = document.querySelector("script[src]")?.src || location.origin;
    const signal = AbortSignal.timeout(5000);
    return (await fetch(script, { method: "HEAD", cache: "no-store", signal })).status < 500;
  } catch {
    return false;
  }
}
