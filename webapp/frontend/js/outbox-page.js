// What waits for a line, shown as states: never the text of an answer.
import { OUTBOX, local, remove, session, TAB, write } from "./device.js";
import { keepAsDraft, removeDraftsOf } from "./drafts.js";
import { drop, flush, items, onChange } from "./outbox.js";
import { words } from "./words.js";

const AGAIN_MS = 30_000;

function element(name, className, text = "") {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function button(text, act) {
  const made = element("button", "btn btn--text", text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// The server shows the answer as it was sent, with what it has to say about it. Where it has said
// nothing it would store the answer: then the form shows it, as a draft.
function open(item) {
  if (!item.message && keepAsDraft(item)) return location.assign(item.url);
  const form = element("form", "");
  form.method = "post";
  form.action = item.url;
  for (const [name, value] of new URLSearchParams(item.body)) {
    const field = element("textarea", "");
    field.name = name;
    field.value = value;
    form.append(field);
  }
  form.hidden = true;
  document.body.append(form);
  // The page that comes takes the answer over: its draft has the same key.
  const { pathname } = new URL(item.url);
  write(session(), TAB + pathname, { id: item.key, key: item.key });
  return form.submit();
}

// Shown once: from then on the code is on the screen and nowhere on the device.
function showCode(row, item) {
  const code = element("p", "code mt-2");
  code.translate = false;
  for (const word of item.code.split(" ")) code.append(element("span", "code__word", word), " ");
  row.replaceChildren(element("strong", "", words.stateSent), code, element("p", "small muted", words.codeOnce));
  row.dataset.shown = "yes";
  return drop(item.key);
}

function rowOf(item, update) {
  const row = element("li", "");
  row.dataset.state = item.state;
  const [state, more] = {
    waiting: [words.stateWaiting, words.waitingMore],
    sent: [words.stateSent, ""],
    refused: [words.stateRefused, item.message],
    expired: [words.stateExpired, ""],
  }[item.state];
  row.append(element("strong", "", state));
  if (more) row.append(element("p", "small muted", more));
  const acts = element("div", "row");
  if (item.state === "sent") acts.append(button(words.showCode, () => showCode(row, item)));
  if (item.state === "refused") acts.append(button(words.openAnswer, () => open(item)));
  acts.append(button(words.removeAnswer, () => drop(item.key).then(update)));
  row.append(acts);
  return row;
}

export async function showOutbox(root) {
  const section = element("section", "panel mb-4");
  const heading = element("h2", root.dataset.outbox === "page" ? "vh" : "h-3", words.outbox);
  const list = element("ul", "rows mt-3");
  list.setAttribute("aria-live", "polite");
  section.append(heading, list);
  root.replaceChildren(section);

  async function update() {
    const all = await items().catch(() => []);
    removeDraftsOf(all.filter((item) => item.state === "waiting").map((item) => item.key));
    const shown = list.querySelectorAll("[data-shown]");
    list.replaceChildren(...shown, ...all.map((item) => rowOf(item, update)));
    section.hidden = !list.children.length && !root.dataset.outbox;
    if (!list.children.length) list.append(element("li", "muted", words.nothingWaits));
    if (all.length) write(local(), OUTBOX, 1);
    else remove(local(), OUTBOX);
    return all.some((item) => item.state === "waiting");
  }

  async function again() {
    clearTimeout(again.timer);
    await flush();
    if (await update()) again.timer = setTimeout(again, AGAIN_MS);
  }

  onChange(update);
  window.addEventListener("online", again);
  await update();
  again();
}
