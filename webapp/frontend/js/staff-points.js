// Draws the points of the list on the map that the job process has drawn, in place of its layers.
// All words come from the list as text: nothing of them is read as HTML.
document.addEventListener("leaflet", ({ detail: map }) => {
  const { L } = window;
  const rows = [...document.querySelectorAll("[data-points] [data-lat]")];
  // The document goes on building the map: what it adds comes first.
  setTimeout(() => {
    for (const name of ["cells", "areas"]) map.getPane(name).hidden = true;
    // Taken away, not only hidden: names would stand clear of them still.
    map.eachLayer((layer) => {
      if (layer.getElement?.()?.matches(".map-number-at, .map-group-at")) layer.remove();
    });
    map.getContainer().classList.add("shows-points");
    const pane = map.createPane("points");
    pane.style.zIndex = 400;
    const marks = rows.map((row) => {
      const words = document.createElement("span");
      words.textContent = row.textContent.replace(/\s+/g, " ").trim();
      return L.circleMarker([row.dataset.lat, row.dataset.lon], { pane: "points", className: "exact", radius: 6, fillOpacity: 1, weight: 1.5 }).bindPopup(words);
    });
    const all = L.featureGroup(marks).addTo(map);
    if (marks.length) map.fitBounds(all.getBounds().pad(0.1), { animate: false, maxZoom: 15 });
  });
});
