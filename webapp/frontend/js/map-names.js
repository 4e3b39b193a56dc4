// The names on a resident's map: where there is room for them, and clear of pins and buttons.
const SPOTS_FROM_ZOOM = 13;
const BIG_PLACE_M = 500;
export const LETTER_PX = 7.5;
const LINE_PX = 20;
const GAP_PX = 4;
const ASIDE_PX = [0, 22, -22, 40, -40]; // down and up: a name stands beside its place before it is left out

function label(L, place) {
  const text = document.createElement("span");
  text.textContent = place.name;
  const icon = L.divIcon({ className: "m-name", html: text, iconSize: [0, 0] });
  return L.marker([place.lat, place.lng], { icon, interactive: false, keyboard: false });
}

const widths = new Map();

// A name's width as it is drawn: typefaces, and readers who space their letters, differ.
function widthOf(map, name) {
  if (!widths.has(name)) {
    const probe = document.createElement("div"), text = document.createElement("span");
    probe.className = "m-name";
    text.textContent = name;
    probe.append(text);
    map.getContainer().append(probe);
    widths.set(name, text.offsetWidth);
    probe.remove();
  }
  return widths.get(name);
}

// Names where there is room for them: far out the big places, closer in the spots first.
function chooseNames(map, places, zoom) {
  const isFar = zoom < SPOTS_FROM_ZOOM;
  const wanted = places.filter((place) => !isFar || place.radius >= BIG_PLACE_M);
  wanted.sort((a, b) => (isFar ? b.radius - a.radius : a.radius - b.radius));
  const taken = [];
  for (const place of wanted) {
    const { x, y } = map.project([place.lat, place.lng], zoom);
    const half = widthOf(map, place.name) / 2;
    const isFree = taken.every(
      (other) => Math.abs(other.x - x) > other.half + half || Math.abs(other.y - y) > LINE_PX,
    );
    if (isFree) taken.push({ place, x, y, half });
  }
  return taken;
}

export const namesWithRoom = (map, places, zoom) => chooseNames(map, places, zoom).map(({ place }) => place);

const overlap = (one, other) =>
  one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;

// Where buttons, scale and pins stand, in pixels of the map's own corner.
function signs(map) {
  const view = map.getContainer();
  const { left, top } = view.getBoundingClientRect();
  return [...view.querySelectorAll(".leaflet-control, .pin, .m-other > *")].map((sign) => {
    const box = sign.getBoundingClientRect();
    return { left: box.left - left, right: box.right - left, top: box.top - top, bottom: box.bottom - top };
  });
}

const boxOf = ({ x, y, half }, aside) => ({
  left: x - half - GAP_PX, right: x + half + GAP_PX, top: y + aside - LINE_PX / 2, bottom: y + aside + LINE_PX / 2,
});

// The name drawn in from the edge, where its place is seen but not all of its name; nothing for a
// place beyond the edge.
function insideOf(size, name) {
  const { x, y, half } = name;
  if (x < 0 || x > size.x || y < 0 || y > size.y) return [];
  const room = half + GAP_PX;
  const at = Math.max(room, Math.min(x, size.x - room));
  return [{ ...name, x: at, shift: at - x }];
}

// Returns what is to be called when pins have come, gone or moved.
export function drawNames(L, map, places) {
  const markers = new Map(places.map((place) => [place, label(L, place)]));
  const update = () => {
    for (const marker of markers.values()) marker.remove();
    const taken = signs(map);
    const size = map.getSize();
    const names = chooseNames(map, places, map.getZoom()).flatMap((name) => {
      const { x, y } = map.latLngToContainerPoint([name.place.lat, name.place.lng]);
      return insideOf(size, { ...name, x, y });
    });
    // Names that can stand where they belong do; the others take what is left.
    const isFree = (box) => box.top >= 0 && box.bottom <= size.y && !taken.some((other) => overlap(box, other));
    const put = (name, aside) => {
      taken.push(boxOf(name, aside));
      const marker = markers.get(name.place).addTo(map);
      const { style } = marker.getElement().querySelector("span");
      style.marginBlockStart = aside ? `${aside}px` : "";
      style.marginInlineStart = name.shift ? `${name.shift}px` : "";
    };
    const moved = [];
    for (const name of names) {
      if (isFree(boxOf(name, 0))) put(name, 0);
      else moved.push(name);
    }
    for (const name of moved) {
      const aside = ASIDE_PX.find((each) => isFree(boxOf(name, each)));
      if (aside !== undefined) put(name, aside);
    }
  };
  map.on("zoomend moveend resize", update);
  update();
  return update;
}
