// Lays the installation's base map under the maps that the job process has drawn.
import { addGround } from "./ground.js";

const LETTER_PX = 8;

// The names that the document has put on the map, each from its own zoom on.
function namesOf(map) {
  const names = [];
  map.eachLayer((layer) => {
    const name = layer.getElement?.()?.querySelector?.("[data-from]");
    if (!name) return;
    names.push({ ...layer.getLatLng(), text: name.textContent, letter: LETTER_PX, from: Number(name.dataset.from) });
  });
  return (zoom) => names.filter(({ from }) => from <= zoom);
}

document.addEventListener("leaflet", ({ target, detail: map }) => {
  const ground = target.closest("[data-ground]")?.dataset.ground;
  // The document goes on building the map: what it adds comes first.
  if (!ground) return;
  setTimeout(() => addGround(window.L, map, JSON.parse(ground), { isUnderData: true, namesAt: namesOf(map) }));
});
