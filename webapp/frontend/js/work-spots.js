// Draws the places of the list where something is done over the map that the job process has drawn:
// a ring or a street under its letter, which leads to its row and says what is done there. All
// words come from the list as text: nothing of them is read as HTML.
const NUMBER_PX = 44;
const CORNER = (1 - Math.SQRT1_2) / 2; // of a circle's width: how far in its edge is at 45 degrees

function outline(L, row, options) {
  const { lat, lon, radius, lines } = row.dataset;
  if (lines) return L.polyline(JSON.parse(lines), options);
  return L.circle([lat, lon], { radius: Number(radius), smoothFactor: 0, ...options });
}

function letterAt(L, row, bounds) {
  const link = document.createElement("a");
  const name = row.querySelector("h3").textContent.trim();
  link.id = `karta-plats-${row.dataset.spot}`;
  link.className = "map-number map-number--spot";
  link.href = `#${row.id}`;
  link.textContent = row.dataset.spot;
  link.setAttribute("aria-label", `${row.dataset.spot}: ${name}`);
  const words = document.createElement("span");
  const done = [...row.querySelectorAll("[data-spot-says]")].map((each) => each.textContent);
  words.textContent = `${name}: ${done.join("; ")}`;
  // To the north-west: a hotspot round the same place has its number to the north-east.
  const south = bounds.getSouth(), west = bounds.getWest(), north = bounds.getNorth(), east = bounds.getEast();
  const at = [north - (north - south) * CORNER, west + (east - west) * CORNER];
  const icon = L.divIcon({ html: link, className: "map-number-at", iconSize: [NUMBER_PX, NUMBER_PX] });
  const marker = L.marker(at, { icon, keyboard: false, zIndexOffset: 900 });
  marker.bindTooltip(words, { className: "map-spot-says", direction: "bottom", offset: [0, 12] });
  link.addEventListener("focus", () => marker.openTooltip());
  link.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") marker.closeTooltip();
  });
  link.addEventListener("click", () => {
    const folded = row.closest("details");
    if (folded) folded.open = true;
  });
  link.addEventListener("blur", () => marker.closeTooltip());
  return marker;
}

function draw(L, map, rows) {
  const group = L.featureGroup(), shapes = {};
  for (const row of rows) {
    for (const [className, weight] of [["spot-gap", 6], ["spot", 3]]) {
      shapes[row.dataset.spot] = outline(L, row, { className, weight, pane: "areas", fillOpacity: 1, interactive: false }).addTo(group);
    }
  }
  group.addTo(map);
  // A circle has no bounds before it is on a map.
  for (const row of rows) letterAt(L, row, shapes[row.dataset.spot].getBounds()).addTo(group);
  return { group, shapes };
}

document.addEventListener("leaflet", ({ detail: map }) => {
  const rows = [...document.querySelectorAll("[data-spots] [data-spot]")];
  const box = document.querySelector("[data-map-work]");
  if (!rows.length) return;
  // The document goes on building the map: what it adds comes first.
  setTimeout(() => {
    const { group, shapes } = draw(window.L, map, rows);
    const follow = () => (!box || box.checked ? group.addTo(map) : group.remove());
    box?.addEventListener("change", follow);
    // Letters and numbers that would lie on each other are parted when the zoom changes.
    map.fire("zoomend");
    document.addEventListener("click", (event) => {
      const spot = event.target.closest("[data-map-spot]")?.dataset.mapSpot;
      if (!spot) return;
      event.preventDefault();
      if (box && !box.checked) box.click();
      map.fitBounds(shapes[spot].getBounds(), { animate: false, maxZoom: 15 });
      map.getContainer().scrollIntoView({ block: "nearest" });
      document.getElementById(`karta-plats-${spot}`).focus({ preventScroll: true });
    });
  });
});
