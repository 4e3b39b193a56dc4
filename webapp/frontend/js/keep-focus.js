// Whoever goes through a map's numbers and letters with Tab comes to some that lie outside the
// picture: the map moves to them, so that the focus is always seen (WCAG 2.4.7).

// How far from the edges a sign stands: clear of the buttons, the scale and the sources.
const ROOM = { paddingTopLeft: [36, 36], paddingBottomRight: [84, 84] };

function markerOf(map, element) {
  let found;
  map.eachLayer((layer) => {
    if (layer.getLatLng && layer.getElement?.()?.contains(element)) found = layer;
  });
  return found;
}

export function keepFocusInView(L, map) {
  const box = map.getContainer();
  box.addEventListener("focusin", ({ target }) => {
    // Under a pointer the sign is seen, and would slip away before it is let go.
    if (target === box || !target.matches(":focus-visible")) return;
    const marker = markerOf(map, target);
    if (!marker) return;
    // The browser has scrolled to the sign already. Leaflet takes that back, but in an event of
    // its own: until then every place that is reckoned from the screen would be wrong.
    box.scrollTo(0, 0);
    // A crowded sign is drawn beside its point.
    const [right, down = 0] = target.style.translate.split(" ").map((part) => parseFloat(part) || 0);
    const at = map.latLngToContainerPoint(marker.getLatLng()).add(L.point(right, down));
    map.panInside(map.containerPointToLatLng(at), { ...ROOM, animate: false });
    target.scrollIntoView({ block: "nearest" }); // the page had moved to where it stood before
  });
}
