// Whether the ground is drawn as sea or lake at a point, and not as an island in it.
function isInRing({ lat, lng }, ring) {
  let isInside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [[east, north], [otherEast, otherNorth]] = [ring[i], ring[j]];
    if (north > lat === otherNorth > lat) continue;
    if (lng < ((otherEast - east) * (lat - north)) / (otherNorth - north) + east) isInside = !isInside;
  }
  return isInside;
}

function covers({ type, coordinates }, point) {
  const polygons = type === "Polygon" ? [coordinates] : type === "MultiPolygon" ? coordinates : [];
  return polygons.some(
    ([outer, ...holes]) => isInRing(point, outer) && !holes.some((hole) => isInRing(point, hole)),
  );
}

export function isInWater(ground, point) {
  const liesIn = (kind) =>
    ground.features.some((feature) => feature.properties.kind === kind && covers(feature.geometry, point));
  return liesIn("water") && !liesIn("land");
}
