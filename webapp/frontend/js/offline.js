// Sending without a line. The service worker catches what does not get through; where the browser
// has none, the page asks first whether there is a line.
import { OUTBOX, local, write } from "./device.js";
import { showOutbox } from "./outbox-page.js";
import { enqueue } from "./outbox.js";
import { words } from "./words.js";

function scopeOf(form) {
  return new URL("..", new URL(form.action)).pathname;
}

// Registers the worker, lets it keep this page for times without a line, and tells the browser how
// the page stands on a home screen.
export async function keepForOffline(form) {
  const scope = scopeOf(form);
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = `${scope}app.webmanifest`;
  document.head.append(manifest);
  try {
    await navigator.serviceWorker.register(`${scope}sw.js`, { scope });
    const { active } = await navigator.serviceWorker.ready;
    const sheets = [...document.querySelectorAll("link[rel=stylesheet]")].map((link) => link.href);
    const { blank, style } = form.querySelector("[data-places]")?.dataset ?? {};
    const wanted = [form.action, form.dataset.words, blank, style, ...sheets];
    active.postMessage({ keep: wanted.filter(Boolean) });
  } catch {
    // Private windows and some in-app browsers have no workers: see queueWithoutWorker.
  }
}

async function hasLine(form) {
  if (navigator.onLine === false) return false;
  try {
    await fetch(form.dataset.words, { method: "HEAD", cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

function hasWorker() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
}

// True where the answer could be neither sent nor kept: then it stands on the page as it was.
export async function queueWithoutWorker(form, event, draft) {
  if (hasWorker()) return false;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form)).toString();
  if (await hasLine(form)) {
    form.submit();
    return false;
  }
  try {
    await enqueue(form.action, body);
  } catch {
    // The browser's own page of an error would take this one's place, and what was typed with it.
    draft.say(`${words.waitingTitle}. ${words.draftNotKept}`);
    return true;
  }
  write(local(), OUTBOX, 1);
  draft.clear();
  form.reset();
  form.hidden = true;
  const box = document.createElement("div");
  box.dataset.outbox = "form";
  const empty = document.createElement("a");
  empty.className = "crumb";
  empty.href = form.action;
  empty.textContent = words.emptyForm;
  form.before(box, empty);
  await showOutbox(box);
  box.tabIndex = -1;
  box.focus();
  document.title = words.waitingTitle;
  return false;
}
