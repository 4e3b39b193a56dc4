// Coding by keyboard. Keys work while the form has the focus, and only then, so that nobody who
// speaks or types elsewhere marks a theme. Without this module the page is a plain form.
const form = document.querySelector("form[data-coding]");

// The box of a theme's row: the first axis, or the second with Shift.
function boxOf(event) {
  // By place and not by sign: with Shift a digit gives another sign on each keyboard.
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code);
  const key = digit ? digit[1] : event.key.toLowerCase();
  if (!/^[a-z0-9]$/.test(key)) return null;
  const boxes = form.querySelectorAll(`[data-theme="${key}"] input`);
  return (event.shiftKey && boxes[1]) || boxes[0] || null;
}

function leaveAlone(event) {
  const { target } = event;
  const typing = target.closest("select, textarea, input:not([type=checkbox])");
  return event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing;
}

function press(event) {
  if (leaveAlone(event)) return;
  if (event.key === "Enter") {
    if (event.target.closest("a, button")) return;
    event.preventDefault();
    form.requestSubmit();
    return;
  }
  const box = boxOf(event);
  if (box) {
    event.preventDefault();
    box.click();
    box.focus();
    return;
  }
  const link = document.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
  if (link) {
    event.preventDefault();
    link.click();
  }
}

// "Nothing to code" stands alone: marking it takes the others away, and the other way round.
function standAlone(event) {
  if (!event.target.checked) return;
  const alone = "alone" in event.target.dataset;
  for (const box of form.querySelectorAll("input[type=checkbox]")) {
    if (box !== event.target && (alone || "alone" in box.dataset)) box.checked = false;
  }
}

if (form) {
  form.addEventListener("keydown", press);
  form.addEventListener("change", standAlone);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
  });
  // Back by the browser's button the form must be able to be sent again.
  window.addEventListener("pageshow", () => delete form.dataset.sent);
  const byHand = matchMedia("(pointer: coarse)").matches;
  if (!byHand && !document.querySelector(".govuk-error-summary")) form.focus({ preventScroll: true });
}
