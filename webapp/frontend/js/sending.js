// Sending once, and clearing. The server stores an answer once anyway: this spares the waiting.
import { words } from "./words.js";

function sendOnce(form) {
  const button = form.querySelector("[data-send]");
  const text = button.textContent;
  let isSending = false;
  form.addEventListener("submit", (event) => {
    const isForPlaces = event.submitter?.name;
    if (isForPlaces) return;
    if (isSending) {
      event.preventDefault();
      return;
    }
    isSending = true;
    button.textContent = words.sending;
  });
  // Back from the next page: the browser may show this one as it was left.
  window.addEventListener("pageshow", () => {
    isSending = false;
    button.textContent = text;
  });
}

// Enter in a radio button or a list would send a half-filled form.
function keepEnterFromSending(form) {
  form.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.key === "Enter" && target.matches("input:not([type=submit]), select")) {
      event.preventDefault();
    }
  });
}

function clearOnPress(form) {
  form.querySelector("[data-clear]").addEventListener("click", (event) => {
    if (!window.confirm(words.clear)) event.preventDefault();
    else form.reset();
  });
}

export function setUpSending(form) {
  sendOnce(form);
  keepEnterFromSending(form);
  clearOnPress(form);
}
