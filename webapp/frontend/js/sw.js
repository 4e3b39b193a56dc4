// The survey without a line: its page, its files and the page of what waits are kept, and an answer
// that does not get through is put into the outbox. Pages come from the line whenever there is one.
// Nothing personal is kept: of a form only the empty page, and without its key.
import { enqueue, flush } from "./outbox.js";

const SCOPE = new URL(self.registration.scope).pathname;
const PREFIX = `td-${SCOPE}-`;
const CACHE = PREFIX + __BUILD__;
const FILES = __FILES__.map((name) => `/static/build/${name}`);
const WAITING = `${SCOPE}vantar`;
const FORM = new RegExp(`^${SCOPE}dialoger/[^/]+$`);
const BLANK_PLACE = new RegExp(`^${SCOPE}dialoger/[^/]+/plats$`);
// Buttons that bring the page back with other places: nothing of theirs could wait.
const FOR_PLACES = /_place$|-at\.[xy]$/;
// What machines before the server say when it is away: the page that was sent would be lost.
const AWAY = new Set([502, 504]);

// One copy for each language, whatever else stands in the address.
function nameOf(url) {
  const language = url.searchParams.get("lang");
  return url.pathname + (language ? `?lang=${language}` : "");
}

async function keep(url, answer) {
  const cache = await caches.open(CACHE);
  const name = nameOf(url);
  if (!FORM.test(url.pathname)) return cache.put(name, answer);
  const html = await answer.text();
  // A dialogue that has closed leaves no form behind that looks open.
  if (!html.includes("data-survey")) return cache.delete(name);
  // Neither the key nor the short address that led here: another visit may come from elsewhere.
  const keyless = html.replace(/(name="key" value=")[^"]*/, "$1").replace(/(["?;&])via=[^"&#]*(&amp;)?/g, "$1");
  return cache.put(name, new Response(keyless, { headers: answer.headers }));
}

async function fetchAndKeep(address) {
  const url = new URL(address, self.location.origin);
  const answer = await fetch(url, { credentials: "omit" });
  if (answer.ok) await keep(url, answer);
}

async function fromLineFirst(event, url) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok) event.waitUntil(keep(url, answer.clone()).catch(() => {}));
    event.waitUntil(flush());
    return answer;
  } catch (error) {
    const cache = await caches.open(CACHE);
    const kept = (await cache.match(nameOf(url))) ?? (await cache.match(url.pathname));
    if (kept) return kept;
    throw error;
  }
}

async function send(request, url) {
  const copy = request.clone();
  try {
    const answer = await fetch(request);
    if (!AWAY.has(answer.status)) return answer;
  } catch {
    // Below: it waits.
  }
  const body = new URLSearchParams(await copy.formData()).toString();
  const typed = new URLSearchParams(body);
  if ([...typed.keys()].some((name) => FOR_PLACES.test(name))) return Response.error();
  await enqueue(url.href, body);
  await self.registration.sync?.register("outbox").catch(() => {});
  return Response.redirect(WAITING + url.search, 303);
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  const all = Promise.all([caches.open(CACHE).then((cache) => cache.addAll(FILES)), fetchAndKeep(WAITING)]);
  event.waitUntil(all);
});

self.addEventListener("activate", (event) => {
  const clean = caches.keys().then((names) =>
    Promise.all(names.filter((n) => n.startsWith(PREFIX) && n !== CACHE).map((n) => caches.delete(n))),
  );
  event.waitUntil(Promise.all([clean, self.clients.claim()]));
});

self.addEventListener("message", (event) => {
  const wanted = event.data?.keep ?? [];
  event.waitUntil(Promise.all(wanted.map((address) => fetchAndKeep(address).catch(() => {}))));
});

self.addEventListener("sync", (event) => {
  event.waitUntil(
    flush().then((isDone) => {
      if (!isDone) throw new Error("something still waits");
    }),
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (request.method === "POST" && request.mode === "navigate" && FORM.test(url.pathname)) {
    event.respondWith(send(request, url));
  } else if (request.method !== "GET") {
    // The line's own business.
  } else if (url.pathname.startsWith("/static/")) {
    event.respondWith(caches.match(url.pathname).then((kept) => kept ?? fetch(request)));
  } else if ([FORM, BLANK_PLACE].some((own) => own.test(url.pathname)) || [WAITING, `${SCOPE}ord.json`].includes(url.pathname)) {
    event.respondWith(fromLineFirst(event, url));
  }
});
