// "Lämna snabbt" is a plain link. With script it also takes this page out of the history, so that
// the back button does not lead a stranger to it.
export function quickExit() {
  for (const link of document.querySelectorAll("[data-quick-exit]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.body.hidden = true;
      window.location.replace(link.href);
    });
  }
}
