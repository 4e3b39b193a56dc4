// Proof of work under load. The page works without: an answer that brings none is only marked.
import "altcha/external";

const place = document.querySelector("[data-proof]");
const { challenge, worker, told } = place.dataset;

// Browsers give the hash functions to safe pages only; elsewhere there is nothing to do.
if (window.isSecureContext && window.Worker) {
  globalThis.$altcha.algorithms.set("PBKDF2/SHA-256", () => new Worker(worker));
  const widget = document.createElement("altcha-widget");
  // Nothing in it asks for anybody: one line of our own says what goes on.
  widget.hidden = true;
  widget.setAttribute(
    "configuration",
    JSON.stringify({
      auto: "onload",
      challenge,
      // It would gather how somebody moves and scrolls.
      humanInteractionSignature: false,
      minDuration: 0,
      name: "proof",
      workers: 1,
    }),
  );
  const again = () => setTimeout(() => widget.verify());
  widget.addEventListener("expired", again);
  // A page that comes back as it was left has lost its proof, or has used it.
  window.addEventListener("pageshow", (event) => event.persisted && again());
  const line = document.createElement("p");
  line.className = "hint";
  line.textContent = told;
  place.append(line, widget);
}
