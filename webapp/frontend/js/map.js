// Fetched only when a resident asks for the map: one pin, placed by a tap or from the keyboard.
import L from "leaflet";
import { describe, distanceWords, snap } from "./nearest.js";
import { addGround } from "./ground.js";
import { drawNames, LETTER_PX, namesWithRoom } from "./map-names.js";
import { fill } from "./words.js";
import { isInWater } from "./water.js";

const START_ZOOM = 14;
const PIN_ZOOM = 15;
const VAGUE_M = 500; // a device that knows no better than this does not know where it is
const LOOK_MS = 15_000;
const DRAWN_IN_ORDER = ["outline", "water", "land", "wood", "built", "river", "rail", "road"];

// Over a base map only the municipality's edge is drawn.
function drawGround(map, ground, base) {
  const isDrawn = ({ geometry, properties }) =>
    geometry.type !== "Point" && (!base || properties.kind === "outline");
  const features = ground.features.filter(isDrawn);
  const order = (feature) => DRAWN_IN_ORDER.indexOf(feature.properties.kind);
  features.sort((a, b) => order(a) - order(b));
  for (const feature of features) {
    const { kind, level } = feature.properties;
    // A road is drawn twice: its edge, and the road upon it.
    const classes = kind === "road" ? ["g-road", "g-road2"] : [`g-${kind}`];
    for (const name of classes) {
      const className = level ? `${name} ${name}--${level}` : name;
      L.geoJSON(feature, { interactive: false, style: { className } }).addTo(map);
    }
  }
}

function readPlaces(ground) {
  return ground.features
    .filter((feature) => feature.properties.kind === "place")
    .map(({ geometry, properties }) => ({
      lat: geometry.coordinates[1],
      lng: geometry.coordinates[0],
      name: properties.name,
      radius: properties.radius_m,
    }));
}

// The glow has the size of what is stored: the place is known to the nearest `cell` metres.
function drawPin(cell) {
  const glow = L.circle([0, 0], { radius: cell, className: "pin-glow", interactive: false });
  const shape =
    '<svg width="34" height="44" viewBox="0 0 34 44" aria-hidden="true"><path class="pin-b" d="M17 42C5 28 2 21 2 16a15 15 0 0 1 30 0c0 5-3 12-15 26z"/><circle class="pin-dot" cx="17" cy="16" r="11"/><text class="pin-no" x="17" y="21"></text></svg>';
  const icon = L.divIcon({ className: "pin", html: shape, iconSize: [34, 44], iconAnchor: [17, 43] });
  const marker = L.marker([0, 0], { icon, interactive: false, keyboard: false });
  const group = L.layerGroup([glow, marker]);
  let shown = "";
  const write = () => {
    const text = marker.getElement()?.querySelector("text");
    if (text) text.textContent = shown;
  };
  marker.on("add", write);
  group.setNumber = (number) => {
    shown = number;
    write();
  };
  return group;
}

function bounds(ground) {
  const outline = ground.features.filter((feature) => feature.properties.kind === "outline");
  const drawn = outline.length ? outline : ground.features;
  return L.geoJSON({ type: "FeatureCollection", features: drawn }).getBounds();
}

// The other marked places with their numbers: pressing one goes to it in the list.
function drawOthers(others, words, select) {
  return others.map(({ place, number, lat, lng, title }) => {
    const name = fill(words.otherPlace, { number, name: title });
    const badge = document.createElement("span");
    badge.className = "badge";
    badge.textContent = number;
    const icon = L.divIcon({ className: "m-other", html: badge, iconSize: [44, 44] });
    const marker = L.marker([lat, lng], { icon, title: name, alt: name, riseOnHover: true });
    marker.on("click", () => select(place));
    marker.on("add", () => marker.getElement().setAttribute("aria-label", name));
    marker.on("keydown", ({ originalEvent: event }) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      select(place);
    });
    return marker;
  });
}

function locate(found, failed) {
  if (!navigator.geolocation) return failed({});
  const wishes = { enableHighAccuracy: false, timeout: LOOK_MS, maximumAge: 60_000 };
  return navigator.geolocation.getCurrentPosition(found, failed, wishes);
}

// `base` is the installation's base map, where there is one. `say(sentence)` is told where the pin or the cross is; `placed(pin, sentence, isInWater)` gets the
// pin, or nothing where it is removed; `select(place)` is asked to go to another marked place.
// Returns {removePin, focus, showOthers, setNumber, findMe}.
export function openMap(element, { ground, base, words, cell, number, center, pin, say, placed, select }) {
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const view = document.createElement("div");
  view.className = "map__view";
  element.replaceChildren(view);
  const map = L.map(view, {
    attributionControl: false,
    zoomControl: false,
    minZoom: 9,
    maxZoom: 17,
    keyboardPanDelta: 40,
    fadeAnimation: !calm,
    zoomAnimation: !calm,
    markerZoomAnimation: !calm,
    inertia: !calm,
  });
  const titles = { zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut };
  // At the end of the line, where a thumb rests: to the left where the text runs to the left.
  const [end, start] = document.dir === "rtl" ? ["topleft", "bottomright"] : ["topright", "bottomleft"];
  L.control.zoom({ position: end, ...titles }).addTo(map);
  // Whose map it is stands at the bottom, so the scale goes to the top.
  const corner = base ? start.replace("bottom", "top") : start;
  L.control.scale({ position: corner, imperial: false }).addTo(map);
  const limits = bounds(ground);
  const reach = limits.pad(0.3);
  // A pin far outside cannot be shown, so show the whole municipality to choose again in.
  const isFar = pin && !reach.contains(pin);
  if (pin && !isFar) map.setView(pin, PIN_ZOOM);
  else if (center && !isFar) map.setView(center, START_ZOOM);
  else map.fitBounds(limits);
  map.setMaxBounds(reach);
  const places = readPlaces(ground);
  drawGround(map, ground, base);
  let layer;
  const namesAt = (zoom) =>
    namesWithRoom(map, places, zoom).map(({ lat, lng, name }) => ({ lat, lng, text: name, letter: LETTER_PX }));
  if (base) addGround(L, map, base, { namesAt }).then((added) => (layer = added));
  const drawn = drawPin(cell);
  const othersLayer = L.layerGroup().addTo(map);
  const moveNames = drawNames(L, map, places);
  let current;

  function place(point) {
    current = point;
    for (const layer of drawn.getLayers()) layer.setLatLng(point);
    drawn.addTo(map);
    moveNames();
    const sentence = describe(point, places, words);
    say(sentence);
    placed(point, sentence, layer ? layer.isInWater(point) : isInWater(ground, point));
  }

  function removePin() {
    current = undefined;
    drawn.remove();
    moveNames();
    say(words.removed);
    placed();
  }

  function findMe() {
    say(words.looking);
    locate(
      ({ coords }) => {
        const here = L.latLng(coords.latitude, coords.longitude);
        if (!limits.contains(here)) return say(words.hereOutside);
        map.setView(here, coords.accuracy > VAGUE_M ? START_ZOOM : PIN_ZOOM);
        if (coords.accuracy > VAGUE_M) {
          return say(fill(words.hereVague, { distance: distanceWords(coords.accuracy, words) }));
        }
        // Snapped before anything is written: where somebody stands never leaves the device.
        return place(L.latLng(snap(here, cell)));
      },
      (problem) => say(problem.code === 1 ? words.hereDenied : words.hereFailed),
    );
  }

  function showOthers(others) {
    othersLayer.clearLayers();
    for (const marker of drawOthers(others, words, select)) marker.addTo(othersLayer);
    moveNames();
  }

  const cross = document.createElement("div");
  cross.className = "map__cross";
  element.append(cross);
  view.setAttribute("role", "application");
  view.setAttribute("aria-roledescription", words.mapRole);
  view.setAttribute("aria-label", words.mapLabel);
  map.on("click", (event) => place(event.latlng));
  view.addEventListener("keydown", (event) => {
    if (event.target !== view || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    place(map.getCenter());
  });
  // Moved from the keyboard: the cross in the middle is what aims, so say where it is.
  map.on("moveend", () => {
    if (document.activeElement !== view || !view.matches(":focus-visible")) return;
    const aim = map.getCenter();
    if (current && aim.distanceTo(current) < 5) return;
    say(fillAim(words, describe(aim, places, words)));
  });
  // The panel was hidden until now, and may be again.
  new ResizeObserver(() => map.invalidateSize()).observe(view);
  if (pin) place(L.latLng(pin));
  else say(words.noPin);
  const setNumber = (now) => drawn.setNumber(now);
  setNumber(number);
  return { removePin, focus: () => view.focus(), showOthers, setNumber, findMe };
}

function fillAim(words, sentence) {
  return words.aim.replace("{where}", sentence.charAt(0).toLowerCase() + sentence.slice(1));
}
