// The imported base map under a Leaflet map: vector tiles from our own origin, in our colours.
// Fetched only by maps that have such a ground. Leaflet must be the global `L` by then.
import { CenteredTextSymbolizer, LineLabelSymbolizer, LineSymbolizer, PolygonSymbolizer, exp, leafletLayer } from "protomaps-leaflet";
import { boxesOf, clearOf, inTheLake } from "./ground-names.js";

const FONT = "600 12px system-ui, sans-serif";
const TOWN_FONT = "650 14px system-ui, sans-serif";
const WATER_FONT = "italic 500 12px system-ui, sans-serif";
const WOOD = new Set(
  "wood forest park nature_reserve cemetery grass meadow recreation_ground village_green garden golf_course allotments".split(" "),
);
const BUILT = new Set("built residential commercial industrial retail urban_area".split(" "));
// What main roads, streets and paths are called in our own files and in those of Protomaps.
const MAIN = new Set("main highway major_road medium_road".split(" "));
const MINOR = new Set("street minor_road other".split(" "));
const NAMES = ["land", "built", "wood", "water", "water-line", "road", "road-edge", "rail", "map-ink", "house"];

// The map's colours as the style sheet has them, in light or in dark.
function palette() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

const kindIn = (kinds) => (_zoom, { props }) => kinds.has(props.kind);
const isKind = (kind) => (_zoom, { props }) => props.kind === kind;
const isSurface = (_zoom, { geomType }) => geomType === 3;
const isLine = (_zoom, { geomType }) => geomType === 2;
const both = (one, other) => (zoom, feature) => one(zoom, feature) && other(zoom, feature);

function surface(dataLayer, fill, more = {}) {
  const { stroke, ...rule } = more;
  const symbolizer = new PolygonSymbolizer(stroke ? { fill, stroke, width: 1 } : { fill });
  return { dataLayer, filter: isSurface, ...rule, symbolizer };
}

function line(dataLayer, color, stops, more = {}) {
  const { dash, ...rule } = more;
  const width = exp(1.6, stops);
  const options = dash
    ? { color, width, dash, dashColor: color, dashWidth: width }
    : { color, width, lineCap: "round", lineJoin: "round" };
  return { dataLayer, filter: isLine, ...rule, symbolizer: new LineSymbolizer(options) };
}

const RIVER = [[10, 1], [14, 3], [17, 8]];
const STREET = [[11, 0.4], [13, 1.4], [15, 4], [17, 11]];
const STREET_EDGE = [[11, 0.8], [13, 2.4], [15, 5.5], [17, 13]];
const ROAD = [[7, 0.6], [11, 1.6], [13, 3.4], [15, 6.5], [17, 15]];
const ROAD_EDGE = [[7, 1.4], [11, 2.8], [13, 5], [15, 8.5], [17, 17.5]];
const PATH = [[13, 0.6], [15, 1.2], [17, 2.4]];
const RAIL = [[8, 0.6], [13, 1.6], [17, 3]];

function land(c) {
  return [
    surface("earth", c.land),
    surface("landcover", c.wood, { filter: both(isSurface, isKind("forest")) }),
    surface("landuse", c.wood, { filter: both(isSurface, kindIn(WOOD)) }),
    surface("landuse", c.built, { filter: both(isSurface, kindIn(BUILT)) }),
    surface("water", c.water, { stroke: c["water-line"] }),
    surface("islands", c.land, { stroke: c["water-line"] }),
    line("water", c["water-line"], RIVER),
    line("waterways", c["water-line"], RIVER),
    surface("buildings", c.house, { minzoom: 14 }),
    line("paths", c.rail, PATH, { minzoom: 14, dash: [4, 3] }),
    line("roads", c.rail, PATH, { minzoom: 14, dash: [4, 3], filter: both(isLine, isKind("path")) }),
    ...[["streets", isLine], ["roads", both(isLine, kindIn(MINOR))]].flatMap(([layer, filter]) => [
      line(layer, c["road-edge"], STREET_EDGE, { filter }),
      line(layer, c.road, STREET, { filter }),
    ]),
  ];
}

function ways(c) {
  return [
    line("roads", c["road-edge"], ROAD_EDGE, { filter: both(isLine, kindIn(MAIN)) }),
    line("roads", c.road, ROAD, { filter: both(isLine, kindIn(MAIN)) }),
    line("roads", c.rail, RAIL, { filter: both(isLine, isKind("rail")) }),
    line("rail", c.rail, RAIL),
    line("boundaries", c["map-ink"], [[7, 0.8], [17, 1.6]], { dash: [8, 4, 2, 4] }),
  ];
}

function text(c, font, fill = c["map-ink"]) {
  return { labelProps: ["name"], font, fill, stroke: c.land, width: 3, lineHeight: 1.2 };
}

function labels(c, taken, hasPlaces) {
  const along = (dataLayer, minzoom, filter) => ({
    dataLayer,
    minzoom,
    filter: filter ? both(isLine, filter) : isLine,
    symbolizer: clearOf(taken, new LineLabelSymbolizer(text(c, FONT))),
  });
  const rules = [
    along("roads", 12, kindIn(MAIN)),
    along("streets", 15),
    along("roads", 15, kindIn(MINOR)),
    {
      dataLayer: "water",
      minzoom: 11,
      filter: both(isSurface, (_zoom, { props }) => Boolean(props.name)),
      symbolizer: clearOf(taken, inTheLake(text(c, WATER_FONT))),
    },
  ];
  if (hasPlaces) return rules;
  const isTown = kindIn(new Set(["city", "town", "locality"]));
  return [
    { dataLayer: "places", filter: isTown, symbolizer: new CenteredTextSymbolizer(text(c, TOWN_FONT)) },
    { dataLayer: "places", minzoom: 12, symbolizer: new CenteredTextSymbolizer(text(c, FONT)) },
    ...rules,
  ];
}

function draw(map, ground, pane, rulesOf, labelsOf, backgroundOf) {
  const c = palette();
  const layer = leafletLayer({
    url: new URL(ground.url, location.href).href,
    maxDataZoom: ground.maxZoom,
    attribution: "", // said by the map's own control, once
    lang: document.documentElement.lang,
    paintRules: rulesOf(c),
    labelRules: labelsOf(c),
    backgroundColor: backgroundOf(c),
    pane,
  });
  layer.addTo(map);
  const repaint = () => {
    const now = palette();
    layer.paintRules = rulesOf(now);
    layer.labelRules = labelsOf(now);
    layer.backgroundColor = backgroundOf(now);
    layer.clearLayout();
    layer.rerenderTiles();
  };
  window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
  return layer;
}

// Whether the ground is drawn as water at a point; only for what is in view.
function waterAt(layer, isLand) {
  return ({ lat, lng }) => {
    const found = new Set();
    for (const picked of layer.queryTileFeaturesDebug(lng, lat, 0).values()) {
      for (const { layerName, feature } of picked) if (feature.geomType === 3) found.add(layerName);
    }
    if (found.size === 0 || found.has("islands")) return false;
    return found.has("water") || (isLand && !found.has("earth"));
  };
}

// `ground` is what the page was told (webapp/base_map.py). `above` is a pane over the data, for roads
// by which places are recognised through them; without it all lies in `pane`. `namesAt(zoom)` tells
// which names the map has of its own: those of the ground give way to them.
export function addVectorGround(map, ground, { pane, above, namesAt }) {
  const nothing = () => [];
  const background = (c) => (ground.isLand ? c.water : c.land);
  const taken = boxesOf(map, namesAt);
  // Where the municipality's own register names the places, a second name would say the same.
  const hasPlaces = namesAt(map.getMaxZoom()).length > 0;
  const named = (c) => labels(c, taken, hasPlaces);
  if (!above) {
    const layer = draw(map, ground, pane, (c) => [...land(c), ...ways(c)], named, background);
    return { isInWater: waterAt(layer, ground.isLand) };
  }
  const layer = draw(map, ground, pane, land, nothing, background);
  draw(map, ground, above, ways, named, () => undefined);
  return { isInWater: waterAt(layer, ground.isLand) };
}
