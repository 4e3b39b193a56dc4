// Lays the installation's base map under the maps that the job process has drawn.
import { addGround } from "./ground.js";

document.addEventListener("leaflet", ({ target, detail: map }) => {
  const ground = target.closest("[data-ground]")?.dataset.ground;
  // The document goes on building the map: what it adds comes first.
  if (ground) setTimeout(() => addGround(window.L, map, JSON.parse(ground), { isUnderData: true }));
});
