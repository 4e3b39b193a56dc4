// Where a point lies, in words: "Nära Resecentrum, ungefär 130 meter österut."
import { fill } from "./words.js";

const DIRECTIONS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
const METRES_PER_DEGREE = 111_320;

function offset(from, to) {
  const middle = ((from.lat + to.lat) / 2) * (Math.PI / 180);
  return {
    east: (to.lng - from.lng) * METRES_PER_DEGREE * Math.cos(middle),
    north: (to.lat - from.lat) * METRES_PER_DEGREE,
  };
}

// A spot that one can walk to says more than the town around it.
const SPOT_RADIUS_M = 500;
const SPOT_WITHIN_M = 1500;

function nearestOf(point, places) {
  const measured = places.map((place) => {
    const { east, north } = offset(place, point);
    const metres = Math.hypot(east, north);
    const isSpot = place.radius <= SPOT_RADIUS_M && metres <= SPOT_WITHIN_M;
    return { ...place, metres, east, north, isSpot };
  });
  measured.sort((a, b) => b.isSpot - a.isSpot || a.metres - b.metres);
  return measured[0];
}

function distanceWords(metres, words) {
  const number = (value, digits) =>
    value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: digits });
  if (metres < 1000) return fill(words.metres, { number: number(Math.round(metres / 10) * 10, 0) });
  return fill(words.kilometres, { number: number(metres / 1000, metres < 10_000 ? 1 : 0) });
}

export function describe(point, places, words) {
  const near = nearestOf(point, places);
  if (!near) return words.nowhere;
  // Within a few steps of the middle a direction says nothing.
  if (near.metres < 25) return fill(words.at, { place: near.name });
  const eighth = Math.round(Math.atan2(near.east, near.north) / (Math.PI / 4));
  return fill(words.near, {
    place: near.name,
    distance: distanceWords(near.metres, words),
    direction: words.directions[DIRECTIONS[(eighth + 8) % 8]],
  });
}
