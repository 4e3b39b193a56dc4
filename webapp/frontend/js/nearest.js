// Where a point lies, in words: "Nära Resecentrum, ungefär 130 meter österut." The server says the
// same (nearest_spot in maps/places.py), with the same measures.
import { fill } from "./words.js";

const DIRECTIONS = ["n", "ne", "e", "se", "s", "sw", "w", "nw"];
const SEMI_MAJOR_M = 6_378_137; // the ellipsoid of WGS 84
const ECCENTRICITY_2 = 0.00669437999014;

export function metresPerDegree(lat) {
  const phi = (lat * Math.PI) / 180;
  const curvature = 1 - ECCENTRICITY_2 * Math.sin(phi) ** 2;
  const degree = (Math.PI / 180) * SEMI_MAJOR_M;
  return {
    north: (degree * (1 - ECCENTRICITY_2)) / curvature ** 1.5,
    east: (degree * Math.cos(phi)) / Math.sqrt(curvature),
  };
}

function offset(from, to) {
  const degree = metresPerDegree((from.lat + to.lat) / 2);
  return { east: (to.lng - from.lng) * degree.east, north: (to.lat - from.lat) * degree.north };
}

// The middle of the cell of `cell` metres that a point falls in, as the server snaps it too.
export function snap({ lat, lng }, cell) {
  const height = cell / metresPerDegree(60).north;
  const row = (Math.floor(lat / height) + 0.5) * height;
  const width = cell / metresPerDegree(row).east;
  return { lat: row, lng: (Math.floor(lng / width) + 0.5) * width };
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

export function distanceWords(metres, words) {
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
