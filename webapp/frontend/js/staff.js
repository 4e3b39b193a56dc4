import { copyOnPress } from "./copy.js";
import { focusErrorSummary } from "./error-summary.js";

focusErrorSummary();
copyOnPress();

// Paper shows what the screen folds away.
window.addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details:not([open])")) details.open = true;
});
