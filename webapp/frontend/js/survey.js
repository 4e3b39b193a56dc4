import { focusErrorSummary } from "./error-summary.js";
import { setUpPlaces } from "./places.js";
import { quickExit } from "./quick-exit.js";
import { setUpSending } from "./sending.js";

quickExit();
const form = document.querySelector("[data-survey]");
if (form) {
  setUpPlaces(form);
  setUpSending(form);
}
focusErrorSummary();
