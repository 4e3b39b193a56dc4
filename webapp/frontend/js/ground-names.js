// How the base map's names stand: clear of the names that the map has of its own, and a lake's in
// the lake.
import { CenteredTextSymbolizer } from "protomaps-leaflet";

const LAKE_APART_PX = 600; // a lake is cut into tiles, and named once
const HEIGHTS = [0.5, 0.4, 0.6, 0.25, 0.75];
const LINE_PX = 20;

const overlap = (one, other) =>
  one.minX < other.maxX && one.maxX > other.minX && one.minY < other.maxY && one.maxY > other.minY;

// `namesAt(zoom)` gives the map's own names as {lat, lng, text, letter}, `letter` the pixels of one.
export function boxesOf(map, namesAt) {
  const found = new Map();
  return (zoom) => {
    if (!found.has(zoom)) {
      const boxes = namesAt(zoom).map(({ lat, lng, text, letter }) => {
        const { x, y } = map.project([lat, lng], zoom);
        const half = (text.length * letter) / 2;
        return { minX: x - half, maxX: x + half, minY: y - LINE_PX / 2, maxY: y + LINE_PX / 2 };
      });
      found.set(zoom, boxes);
    }
    return found.get(zoom);
  };
}

// The names of `symbolizer`, without those that would run into what `taken(zoom)` says.
export function clearOf(taken, symbolizer) {
  return {
    place(layout, geom, feature) {
      const boxes = taken(layout.zoom);
      const isFree = (label) => !label.bboxes.some((box) => boxes.some((other) => overlap(box, other)));
      return symbolizer.place(layout, geom, feature)?.filter(isFree);
    },
  };
}

// The widest stretch of a surface, at one of a few heights: {x, y, width}.
function widest(rings) {
  const heights = rings.flat().map((point) => point.y);
  const [low, high] = heights.reduce(([low, high], y) => [Math.min(low, y), Math.max(high, y)], [Infinity, -Infinity]);
  let best = { width: 0 };
  for (const height of HEIGHTS) {
    const y = low + (high - low) * height;
    const edges = rings.flatMap((ring) => crossings(ring, y)).sort((a, b) => a - b);
    for (let i = 0; i + 1 < edges.length; i += 2) {
      const width = edges[i + 1] - edges[i];
      if (width > best.width) best = { x: edges[i] + width / 2, y, width };
    }
  }
  return best;
}

function crossings(ring, y) {
  const found = [];
  for (let i = 1; i < ring.length; i += 1) {
    const [from, to] = [ring[i - 1], ring[i]];
    if (from.y <= y === to.y <= y) continue;
    found.push(from.x + ((to.x - from.x) * (y - from.y)) / (to.y - from.y));
  }
  return found;
}

// A lake's name, in the middle of where it is widest and only where it has room.
export function inTheLake(options) {
  const text = new CenteredTextSymbolizer(options);
  return {
    place(layout, geom, feature) {
      const { x, y, width } = widest(geom);
      if (!width) return undefined;
      const middle = geom[0][0].clone();
      Object.assign(middle, { x, y });
      const [label] = text.place(layout, [[middle]], feature) ?? [];
      if (!label || label.bboxes[0].maxX - label.bboxes[0].minX > width) return undefined;
      const { name } = feature.props;
      return [{ ...label, deduplicationKey: name, deduplicationDistance: LAKE_APART_PX }];
    },
  };
}
