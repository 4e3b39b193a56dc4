import { copyOnPress } from "./copy.js";
import { focusErrorSummary } from "./error-summary.js";

focusErrorSummary();
copyOnPress();

// Paper shows what the screen folds away, and afterwards it is folded again.
const unfolded = new Set();
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) {
    details.open = true;
    unfolded.add(details);
  }
});
window.addEventListener("afterprint", () => {
  for (const details of unfolded) details.open = false;
  unfolded.clear();
});

// A map on paper is the one on the screen, made smaller: drawn anew for the paper's width it would
// lack what its ground still has to fetch.
const PAPER_PX = 680;
window.addEventListener("beforeprint", () => {
  for (const map of document.querySelectorAll(".hotmap")) {
    const { offsetWidth, offsetHeight } = map;
    map.style.inlineSize = `${offsetWidth}px`;
    map.style.blockSize = `${offsetHeight}px`;
    map.style.zoom = Math.min(1, PAPER_PX / offsetWidth);
  }
});
window.addEventListener("afterprint", () => {
  for (const map of document.querySelectorAll(".hotmap")) map.removeAttribute("style");
});
