"""Controls of the live map in the reader's language, as the script part of a folium map.

Titles are set as properties, so they go in as they are; what Leaflet sets as HTML (layer names and
attribution) must be escaped by the caller. `tojson` keeps every text inside its string.
"""

from collections.abc import Mapping
from typing import Any

from branca.element import MacroElement
from jinja2 import Template

from maps.drawing.map_layers import Verbatim

# Leaflet sets styles through the DOM, which a strict policy allows; nothing here writes a style.
_SCRIPT = """
{% macro script(this, kwargs) %}
(() => {
  const SIGN_PX = 28; // what a sign takes when it is crowded, and a finger still hits
  const ROOM_PX = 44;
  const ASIDE = [[0, 0]];
  for (let far = 1; far <= 8; far += 1) {
    for (let turn = 0; turn < 8 * far; turn += 1) {
      const angle = (turn * Math.PI) / (4 * far);
      ASIDE.push([Math.cos(angle), Math.sin(angle)].map((part) => Math.round(part * far * 15)));
    }
  }
  // Where a name may stand: over its point, a little above or below, to the right or left of it
  // (in halves of its own width). Farther off it would tell of another place: only the name
  // without which nobody knows the map is put there.
  const BESIDE = [
    ...[0, -18, 18, -30, 30].map((down) => [0, down]),
    ...[0, -18, 18].flatMap((down) => [[1, down], [-1, down]]),
  ];
  const FAR = [-42, 42, -56, 56, -72, 72].map((down) => [0, down]);
  const map = {{ this._parent.get_name() }};
  const settings = {{ this.settings | tojson }};
  const box = map.getContainer();
  // Without animation: while one runs, Leaflet drops the next request to move.
  // The buttons stand at the right: no ring's number may lie under them.
  const show = (bounds, more) => map.fitBounds(bounds, {
    animate: false, paddingTopLeft: [16, 24], paddingBottomRight: [64, 32], ...more,
  });
  show(settings.first);

  L.control.attribution({ prefix: false }).addAttribution(settings.attribution).addTo(map);
  L.control.scale({ imperial: false, position: "bottomright" }).addTo(map);
  const zoom = L.control.zoom({
    position: "topright", zoomInTitle: settings.zoomIn, zoomOutTitle: settings.zoomOut,
  }).addTo(map);

  const all = L.DomUtil.create("a", "map-show-all", zoom.getContainer());
  all.href = "#";
  all.title = settings.showAll;
  all.setAttribute("role", "button");
  all.setAttribute("aria-label", settings.showAll);
  all.innerHTML = '<svg viewBox="0 0 24 24" width="22" height="22" fill="none" aria-hidden="true"'
    + ' stroke="currentColor" stroke-width="1.75">'
    + '<path d="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5"/></svg>';
  L.DomEvent.disableClickPropagation(all);
  L.DomEvent.on(all, "click", (event) => {
    L.DomEvent.preventDefault(event);
    show(settings.everything);
  });

  // The first view is of the strongest area and those near it. Who sees two of four numbers would
  // take them for all there is: while any lies outside the picture, the map says how many.
  const places = Object.values(settings.areas).map((corners) => L.latLngBounds(corners));
  if (places.length > 1) {
    const together = places.reduce((all, one) => all.extend(one), L.latLngBounds(places[0]));
    const more = L.control({ position: "bottomleft" });
    more.onAdd = () => {
      const button = L.DomUtil.create("button", "map-all-areas");
      button.type = "button";
      button.textContent = settings.allAreas;
      L.DomEvent.disableClickPropagation(button);
      L.DomEvent.on(button, "click", () => {
        box.focus({ preventScroll: true });
        show(together);
      });
      const look = () => {
        const seen = map.getBounds();
        button.hidden = places.every((place) => seen.contains(place.getCenter()));
      };
      map.on("moveend", look);
      look();
      return button;
    };
    more.addTo(map);
  }

  const layers = {
    {% for key, group in this.groups.items() %}{{ key | tojson }}: {{ group.get_name() }},
    {% endfor %}
  };
  // The page says which layers show, where it has anything to choose with.
  let wasOfAreas = false;
  const follow = () => {
    for (const choice of document.querySelectorAll("[data-map-layer]")) {
      const layer = layers[choice.value];
      if (layer && choice.checked !== map.hasLayer(layer)) {
        if (choice.checked) layer.addTo(map); else layer.remove();
      }
    }
  };
  // Shapes that tell their number under the pointer listen to focus, and so become stops without a
  // name for those who press Tab: the numbers and the lists say the same.
  const pass = (layer) => {
    if (layer instanceof L.Path) layer.getElement()?.setAttribute("tabindex", "-1");
  };
  map.on("layeradd", ({ layer }) => pass(layer));
  map.eachLayer(pass);
  document.addEventListener("change", ({ target }) => {
    follow();
    // Areas are for the whole municipality, squares for the places: each is seen whole at first.
    if (target.matches("[data-map-layer]") && target.type === "radio") {
      const isOfAreas = target.value.startsWith("area-");
      if (isOfAreas !== wasOfAreas) show(isOfAreas ? settings.everything : settings.first);
      wasOfAreas = isOfAreas;
    }
  });
  follow();
  const begun = document.querySelector("[data-map-layer][type=radio]:checked");
  wasOfAreas = Boolean(begun?.value.startsWith("area-"));
  if (wasOfAreas) show(settings.everything);

  const names = () => {
    const level = map.getZoom();
    for (const name of box.querySelectorAll("[data-from]")) {
      name.hidden = level < Number(name.dataset.from);
    }
  };
  map.on("zoomend", names);
  names();

  const markers = (selector) => {
    const found = [];
    map.eachLayer((layer) => {
      const element = layer.getElement?.()?.querySelector?.(selector);
      if (element) found.push({ element, ...map.latLngToContainerPoint(layer.getLatLng()) });
    });
    return found;
  };
  const apart = (one, other) => Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y));

  // Far out, numbers would lie on each other and only the last could be read or pressed: each that
  // has no room stands beside, as near as there is, and clear of the circles that say how many.
  const spread = () => {
    const circles = markers(".map-group")
      .map((circle) => ({ ...circle, reach: circle.element.offsetWidth / 2 }));
    const signs = [];
    for (const { element, x, y } of markers(".map-number")) {
      const isFree = ([right, down]) => {
        const at = { x: x + right, y: y + down };
        return signs.every((other) => apart(at, other) >= SIGN_PX)
          && circles.every((o) => Math.hypot(at.x - o.x, at.y - o.y) >= o.reach + SIGN_PX / 2);
      };
      const [right, down] = ASIDE.find(isFree) ?? ASIDE[0];
      element.style.translate = right + "px " + down + "px";
      signs.push({ element, x: x + right, y: y + down });
    }
    for (const sign of signs) {
      const isClose = signs.some((other) => other !== sign && apart(sign, other) < ROOM_PX);
      sign.element.classList.toggle("map-number--close", isClose);
    }
    write([...circles, ...signs.map((sign) => ({ ...sign, reach: SIGN_PX / 2 }))]);
  };

  // A name is read whole or not at all: clear of signs, buttons and other names, and never cut by
  // the edge. Only the largest town's name stands where there is no room for any: without it nobody
  // knows the map.
  const GAP_PX = 3;
  const write = (signs) => {
    const frame = map.getSize();
    const { left, top } = box.getBoundingClientRect();
    const taken = signs.map(({ x, y, reach }) => ({ x, y, wide: reach, high: reach }));
    for (const control of box.querySelectorAll(".leaflet-control")) {
      const { x, y, width, height } = control.getBoundingClientRect();
      const wide = width / 2, high = height / 2;
      if (width) taken.push({ x: x - left + wide, y: y - top + high, wide, high });
    }
    const isTown = ({ element }) => element.classList.contains("map-label--locality");
    // All are measured before any is moved, so that the page is laid out once. Over single points
    // the style sheet lifts the names.
    const labels = markers(".map-label").filter(({ element }) => !element.hidden).map((label) => ({
      ...label,
      y: label.y + (parseFloat(getComputedStyle(label.element).marginBlockStart) || 0),
      wide: label.element.offsetWidth / 2 + GAP_PX,
      high: label.element.offsetHeight / 2,
    }));
    const isSeen = ({ x, y }) => x >= 0 && x <= frame.x && y >= 0 && y <= frame.y;
    for (const { element, x, y, wide, high } of labels.filter((label) => !isSeen(label))) {
      const isCut = x > -wide && x < frame.x + wide && y > -high && y < frame.y + high;
      element.style.visibility = isCut ? "hidden" : "";
    }
    // One whose point is near the edge is drawn in to where all of it is seen.
    const inside = (at, half, whole) => Math.max(half, Math.min(at, whole - half));
    const free = ({ x, y, wide, high }, beside) => beside.map(([halves, down]) => ({
      x: inside(x + halves * (wide + GAP_PX), wide, frame.x),
      y: inside(y + down, high, frame.y),
      wide,
      high,
    })).find((at) => taken.every((other) => Math.abs(other.x - at.x) >= wide + other.wide
      || Math.abs(other.y - at.y) >= high + other.high));
    const put = ({ element, x, y }, place) => {
      element.style.visibility = place ? "" : "hidden";
      if (!place) return;
      element.style.translate = "calc(-50% + " + (place.x - x) + "px) calc(-50% + "
        + (place.y - y) + "px)";
      taken.push(place);
    };
    const [first, ...others] = labels.filter(isSeen).sort((a, b) => isTown(b) - isTown(a));
    if (first && isTown(first)) put(first, free(first, [...BESIDE, ...FAR]) ?? first);
    else if (first) others.unshift(first);
    for (const label of others) put(label, free(label, BESIDE));
  };
  map.on("moveend zoomend", spread);
  document.addEventListener("change", spread);
  spread();

  // The wheel belongs to the page until the map has been chosen.
  map.scrollWheelZoom.disable();
  box.addEventListener("focusin", () => map.scrollWheelZoom.enable());
  box.addEventListener("focusout", () => map.scrollWheelZoom.disable());

  map.setMaxBounds(L.latLngBounds(settings.everything).pad(0.3));

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-map-area]");
    const area = link && settings.areas[link.dataset.mapArea];
    if (!area) return;
    event.preventDefault();
    show(area, { maxZoom: 15 });
    box.scrollIntoView({ block: "nearest" });
    const number = document.getElementById("karta-omrade-" + link.dataset.mapArea);
    (number || box).focus({ preventScroll: true });
  });
})();
{% endmacro %}
"""


class MapControls(Verbatim):
    """Zoom, "show all", scale and attribution, the layers that the page chooses, and its list."""

    _template = Template(_SCRIPT)

    def __init__(self, settings: Mapping[str, Any], groups: Mapping[str, MacroElement]) -> None:
        super().__init__()
        self._name = "MapControls"
        self.settings = dict(settings)
        self.groups = dict(groups)
