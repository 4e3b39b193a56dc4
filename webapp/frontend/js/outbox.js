// Answers that wait for a line: in IndexedDB, for the pages and the service worker alike. An item
// is {key, url, body, at, state}: once it is sent, {key, url, at, state, code} and no text.
const DATABASE = "td-outbox";
const STORE = "answers";
// As long as the server knows an answer by its key: later it could be stored twice.
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;
// 429 and what a server in trouble or the machines before it say: later it may go.
const LATER = new Set([408, 425, 429]);
const news = globalThis.BroadcastChannel ? new BroadcastChannel(DATABASE) : null;

function promised(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function inStore(mode, act) {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
  const database = await promised(opening);
  try {
    return await promised(act(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

export function items() {
  return inStore("readonly", (store) => store.getAll());
}

export async function put(item) {
  await inStore("readwrite", (store) => store.put(item));
  news?.postMessage("changed");
}

export async function drop(key) {
  await inStore("readwrite", (store) => store.delete(key));
  news?.postMessage("changed");
}

export function onChange(act) {
  news?.addEventListener("message", act);
}

// Keeps a form's body, as the browser would have sent it, until it can go.
export function enqueue(url, body) {
  const key = new URLSearchParams(body).get("key");
  if (!key) throw new Error("an answer without a key could be stored twice");
  return put({ key, url, body, at: Date.now(), state: "waiting" });
}

async function send(item) {
  const answer = await fetch(item.url, {
    method: "POST",
    body: item.body,
    credentials: "omit",
    headers: { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" },
  });
  const said = await answer.json().catch(() => null);
  const { key, url, at } = item;
  if (answer.ok && said?.state === "stored") {
    return put({ key, url, at: Date.now(), state: "sent", code: said.code });
  }
  if (LATER.has(answer.status) || answer.status >= 500 || answer.ok) return undefined;
  return put({ ...item, key, url, at, state: "refused", message: said?.message ?? "" });
}

// A clock that was a year behind is put right when the line comes back, and then makes an answer of
// today look old: it stays for the person to send, for a week more.
function growOld({ key, url, body, state }) {
  const at = Date.now();
  if (state === "waiting") return put({ key, url, body, at, state: "refused", message: "" });
  if (state === "refused") return put({ key, at, state: "expired" });
  return drop(key);
}

async function sendAll() {
  for (const item of await items()) {
    const isOld = Date.now() - item.at > WEEK_MS;
    if (isOld) await growOld(item);
    else if (item.state === "waiting") await send(item);
  }
  return (await items()).every((item) => item.state !== "waiting");
}

// Sends what waits; true when nothing waits any more. One at a time, whoever asks.
export async function flush() {
  try {
    if (!globalThis.navigator?.locks) return await sendAll();
    return await navigator.locks.request(DATABASE, sendAll);
  } catch {
    return false; // no line, or no storage: there will be another try
  }
}
