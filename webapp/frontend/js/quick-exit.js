// "Lämna snabbt" is a plain link. With script it also takes this page out of the history, so that
// the back button does not lead a stranger to it, and leaves nothing of what was typed.
import { forgetDrafts } from "./device.js";

export function quickExit() {
  for (const link of document.querySelectorAll("[data-quick-exit]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.body.hidden = true;
      forgetDrafts();
      for (const form of document.forms) form.reset();
      window.location.replace(link.href);
    });
  }
  // A browser that shows the page as it was left shows an empty one, and fetches it anew.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.body.hidden) window.location.reload();
  });
}
