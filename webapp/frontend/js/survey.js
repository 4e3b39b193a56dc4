import { focusErrorSummary } from "./error-summary.js";
import { quickExit } from "./quick-exit.js";

quickExit();
focusErrorSummary();
