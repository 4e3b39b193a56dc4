// The draft of an answer: on this device only, gone after half an hour without a touch.
//
// Each tab writes a draft of its own, so tabs never overwrite each other, and holds a lock as long
// as it lives: a draft whose lock is free belongs to a tab that was lost, as in-app browsers lose
// them, and is offered to whoever opens the form next. The answer's key goes with the draft, so
// that it is stored once whatever tab sends it.
import * as device from "./device.js";
import { drop } from "./outbox.js";
import { words } from "./words.js";

export const IDLE_MS = 30 * 60 * 1000;
const PAUSE_MS = 300;
const KEPT_KEYS = 20;
const CLEAR = "rensa"; // in the address that the link for clearing leads to

function nameOf(id, path = location.pathname) {
  return `${device.DRAFT}${path}:${id}`;
}

function tabName(path = location.pathname) {
  return device.TAB + path;
}

// An answer that waited becomes the draft that its form shows in this tab; false where none is kept.
export function keepAsDraft({ key, url, body }) {
  const path = new URL(url).pathname;
  const fields = [...new URLSearchParams(body)].filter(([name, value]) => value && name !== "proof");
  return (
    device.write(device.local(), nameOf(key, path), { saved: Date.now(), key, fields }) &&
    device.write(device.session(), tabName(path), { id: key, key })
  );
}

// Holds `id` until the page is gone; false where another tab holds it. Without the browser's locks
// (an address without https) a tab trusts what its own session says.
function hold(id) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const settle = (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    };
    navigator.locks.request(nameOf(id), { ifAvailable: true }, settle).catch(() => resolve(true));
  });
}

// A clock that was put back or forward a year between two visits: a draft from the future is as
// good as new.
function isOld(draft) {
  return !draft || Date.now() - draft.saved > IDLE_MS;
}

function removeOld() {
  const kept = device.local();
  const old = device.names(kept, device.DRAFT).filter((name) => isOld(device.read(kept, name)));
  device.remove(kept, ...old);
}

async function lostDraft() {
  if (!navigator.locks) return null;
  const { held } = await navigator.locks.query();
  const live = new Set(held.map((lock) => lock.name));
  const own = device.names(device.local(), nameOf("")).filter((name) => !live.has(name));
  const drafts = own.map((name) => ({ name, ...device.read(device.local(), name) }));
  return drafts.sort((a, b) => b.saved - a.saved)[0] ?? null;
}

// What has been filled in, as [name, value], without what the page itself put into hidden fields.
function filled(form) {
  const own = new Set([...form.querySelectorAll("input[type=hidden]")].map((field) => field.name));
  return [...new FormData(form)].filter(([name, value]) => {
    const isPages = own.has(name) && !name.startsWith("places-");
    return !isPages && typeof value === "string" && value.trim();
  });
}

function put(form, [name, value]) {
  for (const field of form.elements) {
    if (field.name !== name) continue;
    if (field.type === "submit" || field.type === "image") continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked ||= field.value === value;
    else field.value = value;
  }
}

// As many empty places as the draft has, before the places are equipped.
async function addPlaces(form, fields) {
  const section = form.querySelector("[data-places]");
  const numbers = fields.map(([name]) => /^places-(\d+)-/.exec(name)?.[1]).filter(Boolean);
  const missing = [...new Set(numbers)].filter((n) => !form.querySelector(`[name^="places-${n}-"]`));
  if (!section || !missing.length) return;
  const { html } = await (await fetch(section.dataset.blank)).json();
  const list = section.querySelector(".places");
  for (const number of missing.sort((a, b) => a - b)) {
    list.insertAdjacentHTML("beforeend", html.replaceAll("__N__", number));
  }
}

async function restore(form, draft) {
  await addPlaces(form, draft.fields);
  form.elements.key.value = draft.key;
  for (const field of draft.fields) put(form, field);
  const about = form.querySelector("details");
  if (about && filled(form).some(([name]) => about.querySelector(`[name="${name}"]`))) about.open = true;
}

function line(form) {
  const note = document.createElement("p");
  note.className = "hint mt-2 center";
  note.setAttribute("role", "status");
  form.append(note);
  return note;
}

// A question with two answers, in the page and not over it.
function ask(form, text, answers) {
  const box = document.createElement("div");
  box.className = "aside mt-4";
  box.innerHTML = '<p></p><div class="row mt-2"></div>';
  box.firstChild.textContent = text;
  for (const [label, act] of answers) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn--2 small";
    button.textContent = label;
    button.addEventListener("click", () => {
      box.remove();
      act();
    });
    box.lastChild.append(button);
  }
  form.before(box);
}

class Draft {
  constructor(form, id) {
    this.form = form;
    this.id = id;
    this.note = line(form);
    this.isStopped = false;
    for (const kind of ["input", "change", "click", "pin"]) {
      form.addEventListener(kind, () => this.saveSoon());
    }
    // Also where the next page never comes: in-app browsers close without a word.
    window.addEventListener("pagehide", () => this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
  }

  say(text) {
    this.note.textContent = text;
  }

  saveSoon() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.save(), PAUSE_MS);
  }

  save() {
    clearTimeout(this.pause);
    if (this.isStopped || document.body.hidden) return;
    const fields = filled(this.form);
    const text = JSON.stringify(fields);
    if (text === this.text) return;
    this.text = text;
    if (!fields.length) {
      this.remove();
      return;
    }
    const key = this.form.elements.key.value;
    const isKept =
      device.write(device.local(), nameOf(this.id), { saved: Date.now(), key, fields }) &&
      device.write(device.session(), tabName(), { id: this.id, key });
    this.note.textContent = isKept ? words.draftKept : words.draftNotKept;
    this.expireLater();
  }

  // By a timer, which a clock that is put right in the meantime does not move.
  expireLater() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.remove();
      this.note.textContent = words.draftGone;
    }, IDLE_MS);
  }

  remove() {
    device.remove(device.local(), nameOf(this.id));
    device.remove(device.session(), tabName());
    this.note.textContent = "";
  }

  clear() {
    this.isStopped = true;
    this.remove();
  }
}

// Back on a page as it was left, after its answer was sent: it is not sent again.
function watchForReturn(form) {
  window.addEventListener("pageshow", () => {
    if (!(device.read(device.session(), device.SENT) ?? []).includes(form.elements.key.value)) return;
    form.reset();
    form.hidden = true;
    ask(form, words.alreadySent, [[words.emptyForm, () => location.replace(location.href)]]);
  });
}

// The link that clears was pressed before this script had come: the draft that was then written as
// its page went away is not wanted either.
function clearIfAsked() {
  const address = new URL(location.href);
  if (!address.searchParams.has(CLEAR)) return;
  const tab = device.read(device.session(), tabName());
  if (tab) device.remove(device.local(), nameOf(tab.id));
  device.remove(device.session(), tabName());
  address.searchParams.delete(CLEAR);
  history.replaceState(history.state, "", address);
}

export async function setUpDraft(form) {
  removeOld();
  clearIfAsked();
  const tab = device.read(device.session(), tabName());
  const isOwn = Boolean(tab) && (await hold(tab.id));
  const id = isOwn ? tab.id : crypto.getRandomValues(new Uint32Array(2)).join("");
  if (!isOwn) await hold(id);
  const own = isOwn ? device.read(device.local(), nameOf(id)) : null;
  const isEmpty = !filled(form).length;
  if (own && isEmpty) await restore(form, own);
  const draft = new Draft(form, id);
  draft.save();
  watchForReturn(form);
  const lost = own || !isEmpty ? null : await lostDraft();
  if (lost) offer(form, lost);
  return draft;
}

function offer(form, lost) {
  const id = lost.name.slice(nameOf("").length);
  ask(form, words.draftFound, [
    [
      words.draftOpen,
      () => {
        device.write(device.session(), tabName(), { id, key: lost.key });
        location.reload();
      },
    ],
    [words.draftRemove, () => device.remove(device.local(), lost.name)],
  ]);
}

function noteSent(key) {
  const sent = device.read(device.session(), device.SENT) ?? [];
  device.write(device.session(), device.SENT, [...sent, key].slice(-KEPT_KEYS));
}

// The drafts of answers that are on their way or stored: `keys` are those of the answers.
export function removeDraftsOf(keys) {
  for (const [store, prefix] of [
    [device.local(), device.DRAFT],
    [device.session(), device.TAB],
  ]) {
    const gone = device.names(store, prefix).filter((name) => keys.includes(device.read(store, name)?.key));
    device.remove(store, ...gone);
  }
  for (const key of keys) noteSent(key);
}

// The page that thanks: nothing of the answer stays, but which key it had.
export function answerStored() {
  const tab = device.read(device.session(), tabName());
  if (!tab) return;
  device.remove(device.local(), nameOf(tab.id));
  removeDraftsOf([tab.key]);
  drop(tab.key).catch(() => {});
}
