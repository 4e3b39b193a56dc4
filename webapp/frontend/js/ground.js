// The ground that a page was told of (webapp/base_map.py), laid under a Leaflet map: the imported
// base map, or pictures that our own server fetches. `L` is Leaflet.
const UNDER = "basemap";
const ABOVE = "basemap-above";

function escaped(text) {
  const box = document.createElement("span");
  box.textContent = text;
  return box.innerHTML;
}

function pane(map, name, order) {
  map.createPane(name).style.zIndex = order;
  map.getPane(name).style.pointerEvents = "none";
  return name;
}

// `namesAt(zoom)`: the names that the map has of its own there, as {lat, lng, text, letter}, the
// last in pixels. Returns a promise of {isInWater(point)}; never fails, a ground that cannot be had
// is told instead.
export async function addGround(L, map, ground, { isUnderData = false, namesAt }) {
  map.getContainer().classList.add("has-ground");
  const control = map.attributionControl ?? L.control.attribution({ prefix: false }).addTo(map);
  const schematic = Object.keys(control._attributions); // what the map's document said of its own ground
  for (const said of schematic) control.removeAttribution(said);
  control.addAttribution(escaped(ground.attribution));
  const failed = () => control.addAttribution(escaped(ground.failed));
  const under = pane(map, UNDER, 150);
  if (ground.kind === "raster") {
    const layer = L.tileLayer(ground.url, { pane: under, className: "ground-picture", maxZoom: 17 });
    layer.once("tileerror", failed).addTo(map);
    return { isInWater: () => false };
  }
  try {
    window.L = L; // protomaps-leaflet looks for it there
    const head = await fetch(ground.url, { headers: { Range: "bytes=0-126" } });
    if (head.status !== 206) throw new Error(`the base map: ${head.status}`);
    const { addVectorGround } = await import(ground.src);
    // Between two levels tiles are drawn smaller than they are, and their names with them.
    map.options.zoomSnap = 1;
    if (!Number.isInteger(map.getZoom())) map.setZoom(Math.floor(map.getZoom()), { animate: false });
    const above = isUnderData ? pane(map, ABOVE, 335) : undefined;
    return addVectorGround(map, ground, { pane: under, above, namesAt });
  } catch {
    map.getContainer().classList.remove("has-ground"); // the schematic map is still there
    for (const said of schematic) control.addAttribution(said);
    control.removeAttribution(escaped(ground.attribution));
    failed();
    return { isInWater: () => false };
  }
}
