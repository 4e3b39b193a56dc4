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

function withLayer(from, layer) {
  const address = new URL(from);
  address.searchParams.set("lager", layer);
  return address;
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
    const layer = follow();
    history.replaceState(null, "", withLayer(location.href, layer));
    // What leads to another part of the marks leads to the same layer of it.
    for (const each of document.querySelectorAll("[data-keeps-layer]")) {
      if (each.href) each.href = withLayer(each.href, layer);
      else Object.assign(each, { value: layer, disabled: false });
    }
  });
}
