// A page's own half of Jupyter's widgets: Agir's components are boxes and anywidgets, so that this
// short script does for them, and for an analyst's own anywidgets, what a bundle of several megabytes
// does for every widget there is. A page that shows any other widget asks its server again, which
// knows by then that its notebook needs that bundle.

const session = crypto.getRandomValues(new Uint32Array(4)).join("-");
const models = new Map();
const scripts = new Map();
const styles = new Set();
const wanted = new Map(); // models that a view waits for, by id
const begun = new WeakMap(); // what draws a model, by model
let kernel = null;

// ------------------------------------------------------------------ the channel to the kernel

class Kernel {
  constructor(base, id) {
    this.id = id;
    this.closing = `${base}voila/api/shutdown/${id}`;
    this.address = `${base.replace(/^\//, `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/`)}api/kernels/${id}/channels?session_id=${session}`;
    this.failures = 0;
    this.connect();
  }

  connect() {
    this.socket = new WebSocket(this.address);
    this.socket.onopen = () => {
      this.failures = 0;
      for (const one of models.values()) one.save_changes();
      // What changed while nobody was connected is asked for again.
      if (models.size || wanted.size) this.ask();
    };
    this.socket.onmessage = (event) => hear(event.data);
    this.socket.onclose = () => this.again();
  }

  // The kernel may have ended while this page was away: then the page is opened anew.
  async again() {
    this.failures += 1;
    if (this.failures > 3 && document.visibilityState === "visible" && !typing() && (await serverAnswers())) return void location.reload();
    setTimeout(() => this.connect(), Math.min(500 * 2 ** this.failures, 8000) * (0.5 + Math.random()));
  }

  // Ask for all states, until whatever a view waits for has come: a kernel that has only just
  // started may not know yet what is asked of it.
  ask() {
    clearTimeout(this.asking);
    if (this.socket.readyState !== WebSocket.OPEN) return;
    const control = `control-${session}-${(this.asked = (this.asked ?? 0) + 1)}`;
    this.send("comm_open", { comm_id: control, target_name: "jupyter.widget.control", data: {} }, { version: "1.0.0" });
    this.send("comm_msg", { comm_id: control, data: { method: "request_states" } });
    this.asking = setTimeout(() => wanted.size && this.ask(), 2000);
  }

  send(type, content, metadata = {}) {
    const header = { msg_id: `${session}-${(this.count = (this.count ?? 0) + 1)}`, msg_type: type, session, username: "", version: "5.3", date: new Date().toISOString() };
    if (this.socket.readyState !== WebSocket.OPEN) throw new Error("not connected");
    this.socket.send(JSON.stringify({ header, parent_header: {}, metadata, content, channel: "shell", buffers: [] }));
  }
}

const typing = () => document.activeElement?.matches("input:not([type=radio]):not([type=checkbox]), textarea");

// Any word of it will do: a newer version may no longer have the file.
async function serverAnswers() {
  try {
    return (await fetch(import.meta.url, { method: "HEAD", cache: "no-store" })).status < 500;
  } catch {
    return false;
  }
}

// ---------------------------------------------------------------------------- what it says

function hear(data) {
  if (typeof data !== "string") return void again(); // binary parts: the bundle reads them
  const { header, content, channel } = JSON.parse(data);
  if (channel !== "iopub") return;
  if (header.msg_type === "comm_open" && content.target_name === "jupyter.widget") keep(content.comm_id, content.data.state);
  else if (header.msg_type === "comm_close") models.delete(content.comm_id);
  else if (header.msg_type === "comm_msg") told(content.comm_id, content.data);
  else if (header.msg_type === "error") complain(content.evalue);
  // What was sent and not answered is kept, and sent again by the page that opens now.
  else if (content.execution_state === "dead" && !typing()) location.reload();
}

function told(id, { method, state, states, content }) {
  if (method === "update_states") for (const [key, found] of Object.entries(states)) keep(key, found.state);
  else if (method === "update") models.get(id)?.take(state);
  else if (method === "custom") models.get(id)?.emit("msg:custom", content, []);
}

function keep(id, state) {
  if (models.has(id)) models.get(id).take(state);
  else models.set(id, new Model(id, state));
  wanted.get(id)?.forEach((go) => go(models.get(id)));
  wanted.delete(id);
}

function model(id) {
  if (models.has(id)) return models.get(id);
  if (!wanted.has(id)) wanted.set(id, []);
  kernel?.ask();
  return new Promise((go) => wanted.get(id).push(go));
}

// A model as anywidget's own specification has it (AFM), without binary parts.
class Model {
  constructor(id, state) {
    Object.assign(this, { id, state, heard: new Map(), unsent: {} });
    this.widget_manager = { get_model: async (other) => model(other.replace("IPY_MODEL_", "")) };
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    const state = typeof name === "string" ? { [name]: value } : name;
    if (Object.values(state).some(binary)) complain();
    Object.assign(this.unsent, state);
    this.take(state);
  }

  // What cannot be sent now is sent once the channel is open again.
  save_changes() {
    const state = this.unsent;
    if (!Object.keys(state).length) return;
    try {
      this.tell({ method: "update", state, buffer_paths: [] });
      this.unsent = {};
    } catch { /* not connected */ }
  }

  send(content) {
    this.tell({ method: "custom", content });
  }

  tell(data) {
    kernel.send("comm_msg", { comm_id: this.id, data });
  }

  on(names, act) {
    for (const name of names.split(/\s+/)) {
      if (!this.heard.has(name)) this.heard.set(name, new Set());
      this.heard.get(name).add(act);
    }
  }

  off(names, act) {
    for (const name of names ? names.split(/\s+/) : [...this.heard.keys()]) {
      if (act) this.heard.get(name)?.delete(act);
      else this.heard.delete(name);
    }
  }

  once(name, act) {
    const first = (...values) => {
      this.off(name, first);
      act(...values);
    };
    this.on(name, first);
  }

  emit(name, ...values) {
    for (const act of [...(this.heard.get(name) ?? [])]) act(...values);
  }

  take(state) {
    const changed = Object.keys(state).filter((name) => JSON.stringify(state[name]) !== JSON.stringify(this.state[name]));
    Object.assign(this.state, state);
    for (const name of changed) this.emit(`change:${name}`, this, this.state[name]);
    if (changed.length) this.emit("change", this);
  }
}

const binary = (value) => ArrayBuffer.isView(value) || value instanceof ArrayBuffer;

// Ask a command of a widget's Python half, as anywidget's `experimental.invoke` does.
function invoke(shown, name, msg, { signal = AbortSignal.timeout(3000) } = {}) {
  const id = `${session}-${Math.random()}`;
  return new Promise((go, fail) => {
    const answered = (said) => {
      if (said.id !== id) return;
      shown.off("msg:custom", answered);
      go([said.response, []]);
    };
    shown.on("msg:custom", answered);
    signal.addEventListener("abort", () => (shown.off("msg:custom", answered), fail(signal.reason)));
    shown.send({ id, kind: "anywidget-command", name, msg });
  });
}

// ------------------------------------------------------------------------------- on the screen

const DIRECTIONS = { VBoxView: "", HBoxView: "agir-row" };

async function view(id) {
  const shown = await model(id);
  const el = document.createElement("div");
  dress(shown, el);
  try {
    if (shown.get("_esm")) await component(shown, el);
    else if (shown.get("_view_name") in DIRECTIONS) await box(shown, el);
    else if (!again()) el.append(leftOut());
  } catch (fault) {
    console.error(fault);
    el.replaceChildren(leftOut());
  }
  return el;
}

// Open the page anew, once: its server has seen what was made, and sends the bundle if it is needed.
function again() {
  const mark = `agir:again:${location.pathname}`;
  const recent = Date.now() - Number(sessionStorage.getItem(mark)) < 30000;
  if (!recent) {
    sessionStorage.setItem(mark, Date.now());
    location.reload();
  }
  return !recent;
}

function leftOut(text = document.body.dataset.leftOut) {
  const line = document.createElement("p");
  line.className = "agir-said";
  line.textContent = text;
  return line;
}

// What failed after a part was shown is said under all of them, once.
function complain(text) {
  const page = document.getElementById("rendered_cells");
  if ([...page.children].some((part) => part.dataset.complaint === String(text))) return;
  const line = leftOut(text);
  line.dataset.complaint = String(text);
  line.setAttribute("role", "alert");
  page.append(line);
}

// The classes that Python gives a box: a preview, as wide as a phone.
function dress(shown, el) {
  const draw = () => {
    for (const name of ["agir-frame", "agir-phone"]) el.classList.toggle(name, (shown.get("_dom_classes") ?? []).includes(name));
  };
  shown.on("change:_dom_classes", draw);
  draw();
}

async function component(shown, el) {
  const [script, style] = [shown.get("_esm"), shown.get("_css")];
  if (style && !styles.has(style)) {
    styles.add(style);
    const sheet = document.createElement("style");
    sheet.textContent = style;
    document.head.append(sheet);
  }
  if (!scripts.has(script)) scripts.set(script, import(URL.createObjectURL(new Blob([script], { type: "text/javascript" }))));
  const whole = await scripts.get(script), made = whole.default ?? whole;
  const given = { model: shown, experimental: { invoke: invoke.bind(null, shown) } };
  // A model is begun once, however many views it has.
  if (!begun.has(shown)) begun.set(shown, begin(made, given));
  el.ended = await (await begun.get(shown)).render?.({ ...given, el });
}

async function begin(made, given) {
  const part = typeof made === "function" ? await made() : made;
  await part.initialize?.(given);
  return part;
}

// Children that stay keep their place, and with it what is typed or focused in them.
async function box(shown, el) {
  const views = new Map(), direction = DIRECTIONS[shown.get("_view_name")];
  if (direction) el.classList.add(direction);
  let turn = 0;
  const draw = async () => {
    const mine = (turn += 1);
    const ids = shown.get("children").map((name) => name.replace("IPY_MODEL_", ""));
    const made = await Promise.all(ids.map((id) => views.get(id) ?? view(id)));
    if (mine !== turn) return;
    for (const [id, gone] of views) {
      if (ids.includes(id)) continue;
      gone.ended?.();
      gone.remove();
      views.delete(id);
    }
    made.forEach((one, place) => {
      views.set(ids[place], one);
      if (el.children[place] !== one) el.insertBefore(one, el.children[place] ?? null);
    });
  };
  shown.on("change:children", draw);
  await draw();
}

// ------------------------------------------------------------------------- the end of the wait

const late = setTimeout(() => {
  const wait = document.getElementById("agir-wait");
  if (wait) wait.querySelector("p").textContent = wait.dataset.late;
}, 20000);

function arrived() {
  clearTimeout(late);
  document.getElementById("agir-wait")?.remove();
}

// ----------------------------------------------------- what the server writes as it comes along
// An element acts as soon as it is defined, if it came before this script.

customElements.define("agir-kernel", class extends HTMLElement {
  connectedCallback() {
    kernel = new Kernel(this.dataset.base, this.dataset.id);
  }
});

customElements.define("agir-view", class extends HTMLElement {
  async connectedCallback() {
    const seen = document.querySelector("agir-seen");
    await seen?.painted; // or the same pictures, made twice at once, would wait for each other
    this.replaceChildren(await view(this.dataset.model));
    seen?.remove();
    arrived();
  }
});

// The page as its last visitor saw it: to be looked at until its own kernel has made it.
customElements.define("agir-seen", class extends HTMLElement {
  connectedCallback() {
    this.painted = this.paint().catch(() => {});
  }

  async paint() {
    const { scripts, styles, parts } = JSON.parse(document.getElementById("agir-seen").textContent);
    this.inert = true;
    this.append(...(await Promise.all(parts.map(async ([name, state], place) => {
      const el = document.createElement("div");
      await component(new Model(`seen-${place}`, { _esm: scripts[name], _css: styles[name], state }), el);
      return el;
    }))));
    arrived();
    const shown = [...this.querySelectorAll("img")].filter((picture) => picture.getClientRects().length);
    await Promise.all(shown.map((picture) => picture.decode().catch(() => {})));
    await new Promise((go) => setTimeout(go, 50)); // three frames; a page in the background has none
  }
});

customElements.define("agir-said", class extends HTMLElement {
  connectedCallback() {
    arrived();
  }
});

customElements.define("agir-progress", class extends HTMLElement {
  connectedCallback() {
    clearTimeout(late); // who reloads now would go to the end of the line
    const line = document.querySelector("#agir-wait p");
    if (line) line.textContent = this.dataset.text;
  }
});

// Who leaves ends the kernel; who comes back to a page that the browser kept gets a new one.
addEventListener("pagehide", () => kernel && navigator.sendBeacon(kernel.closing));
addEventListener("pageshow", (event) => event.persisted && location.reload());
