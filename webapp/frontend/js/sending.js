// Sending once, and clearing. The server stores an answer once anyway: this spares the waiting.
import { queueWithoutWorker } from "./offline.js";
import { words } from "./words.js";

function sendOnce(form, draft) {
  const button = form.querySelector("[data-send]");
  const text = button.textContent;
  let isSending = false;
  function ready() {
    isSending = false;
    button.textContent = text;
  }
  form.addEventListener("submit", (event) => {
    const name = event.submitter?.name;
    const isForPlaces = name && name !== "entered";
    if (isForPlaces) return;
    if (isSending) {
      event.preventDefault();
      return;
    }
    isSending = true;
    button.textContent = words.sending;
    queueWithoutWorker(form, event, draft).then((isHere) => isHere && ready());
  });
  // Back from the next page: the browser may show this one as it was left.
  window.addEventListener("pageshow", ready);
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

function clearOnPress(form, draft) {
  form.querySelector("[data-clear]").addEventListener("click", (event) => {
    if (!window.confirm(words.clear)) {
      event.preventDefault();
      return;
    }
    draft.clear();
    form.reset();
  });
}

export function setUpSending(form, draft) {
  sendOnce(form, draft);
  keepEnterFromSending(form);
  clearOnPress(form, draft);
}
