// All that the first view needs of script: the way out, and fetching the rest when somebody begins.
// Whatever cannot be fetched, the form stays whole: it is the one for browsers without script.
import { focusErrorSummary } from "./error-summary.js";
import { quickExit } from "./quick-exit.js";

const form = document.querySelector("[data-survey]");
const places = form?.querySelector("[data-places]");
let begun;

function begin() {
  begun ??= load().catch(() => {
    begun = undefined;
    for (const part of form.querySelectorAll("[data-places], [data-without-script]")) part.hidden = false;
  });
}

async function load() {
  const more = document.querySelector("noscript[data-more]");
  if (more) more.outerHTML = more.textContent;
  const words = fetch(form.dataset.words).then((answer) => answer.json());
  const [{ setUp }, texts] = await Promise.all([import(new URL(__FORM__, import.meta.url)), words]);
  setUp(form, texts);
}

quickExit();
if (form) {
  // Nothing jumps when the rest arrives: the places stand under "Ja" from the beginning.
  if (places && !("always" in places.dataset) && !places.querySelector(".places > *")) {
    places.hidden = !form.querySelector("[data-question=places] [value=ja]:checked");
  }
  for (const kind of ["pointerdown", "focusin", "input"]) form.addEventListener(kind, begin);
  if (form.querySelector(":checked:not(option), .places > *")) begin();
}
focusErrorSummary();
