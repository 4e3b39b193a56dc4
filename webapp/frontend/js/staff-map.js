// Chooses among the layers of a map: the drawn document follows the same choices itself.
import "./work-spots.js";

const choices = document.querySelector("fieldset[data-map-layers]");
const parts = document.querySelectorAll("[data-of-layer]");

function follow() {
  const chosen = choices.querySelector("[type=radio]:checked")?.value;
  for (const part of parts) part.hidden = part.dataset.ofLayer !== chosen;
  return chosen;
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
