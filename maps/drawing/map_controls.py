"""Controls of the live map in the reader's language, as the script part of a folium map.

Titles are set as properties, so they go in as they are; what Leaflet sets as HTML (layer names and
attribution) must be escaped by the caller. `tojson` keeps every text inside its string.
"""

from collections.abc import Mapping
from typing import Any

from branca.element import MacroElement
from jinja2 import Template

from maps.drawing.map_layers import Verbatim
from maps.drawing.map_signs import SIGNS

# Leaflet sets styles through the DOM, which a strict policy allows; nothing here writes a style.
_SCRIPT = """
{% macro script(this, kwargs) %}
(() => {
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
  // Words: every sign for it is known from elsewhere as "full screen" or "where I am".
  all.textContent = settings.showAllShort;
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

  {{ this.signs }}

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
        self.signs = SIGNS
