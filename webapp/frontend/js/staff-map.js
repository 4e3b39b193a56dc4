// Chooses among the layers of a map: the drawn document follows the same choices itself.
import "./work-spots.js";

const choices = document.querySelector("fieldset[data-map-layers]");
const parts = document.querySelectorAll("[data-of-layer]");

// On a phone the choices run sideways: the chosen one is brought into the row, and the page stays.
function showChosen(chosen) {
  const row = chosen?.closest(".choices");
  if (!row) return;
  const [seen, { left, right }] = [row.getBoundingClientRect(), chosen.parentElement.getBoundingClientRect()];
  row.scrollLeft += Math.min(left - seen.left, 0) + Math.max(right - seen.right, 0);
}

function follow() {
  const chosen = choices.querySelector("[type=radio]:checked");
  for (const part of parts) part.hidden = part.dataset.ofLayer !== chosen?.value;
  showChosen(chosen);
  return chosen?.value;
}

if (choices) {
  for (const part of document.querySelectorAll("[data-map-layers]")) part.hidden = false;
  follow();
  choices.addEventListener("change", () => {
    const address = new URL(location.href);
    address.searchParams.set("lager", follow());
    history.replaceState(null, "", address);
  });
}
