// All that the first view needs of script: the way out, and fetching the rest when somebody begins.
// Whatever cannot be fetched, the form stays whole: it is the one for browsers without script.
import { local, names, session } from "./device.js";
import { focusErrorSummary } from "./error-summary.js";
import { quickExit } from "./quick-exit.js";

const form = document.querySelector("[data-survey]");
const places = form?.querySelector("[data-places]");
const root = form ?? document.querySelector("[data-receipt], [data-outbox]");
let begun;

// Whether the rest has come.
function begin() {
  begun ??= load().then(
    () => true,
    () => {
      begun = undefined;
      const plain = form?.querySelectorAll("[data-places], [data-without-script]") ?? [];
      for (const part of plain) part.hidden = false;
      return false;
    },
  );
  return begun;
}

// On a slow line somebody adds a place before the rest has come: the press waits for it, and is not
// a new page that puts them back at its top. What the rest itself has taken care of is left alone.
async function addWhenBegun(event) {
  const button = event.target.closest("[data-add]");
  if (!button || event.defaultPrevented) return;
  event.preventDefault();
  if (await begin()) button.click();
  else form.requestSubmit(button);
}

async function load() {
  const more = document.querySelector("noscript[data-more]");
  if (more) more.outerHTML = more.textContent;
  const { words } = root.dataset;
  const texts = words && fetch(words).then((answer) => answer.json());
  const [{ setUp }, said] = await Promise.all([import(new URL(__FORM__, import.meta.url)), texts]);
  await setUp(root, said);
}

// A page that was kept for times without a line has no key: each answer has one of its own.
function drawKey(field) {
  const drawn = crypto.getRandomValues(new Uint8Array(24));
  field.value ||= Array.from(drawn, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

quickExit();
if (form) {
  drawKey(form.elements.key);
  // Nothing jumps when the rest arrives: the places stand under "Ja" from the beginning.
  if (places && !("always" in places.dataset) && !places.querySelector(".places > *")) {
    places.hidden = !form.querySelector("[data-question=places] [value=ja]:checked");
  }
  for (const kind of ["pointerdown", "focusin", "input"]) form.addEventListener(kind, begin);
  form.addEventListener("click", addWhenBegun);
  if (form.querySelector(":checked:not(option), .places > *")) begin();
}
if (root && (root.dataset.outbox || [local(), session()].some((kept) => names(kept, "td-").length))) begin();
focusErrorSummary();
