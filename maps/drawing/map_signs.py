"""Where numbers, letters and names stand on the live map: the part of its script that parts them.

It takes `map` and its container `box`. What a sign or a name tells is never covered by another.
"""

SIGNS = """const SIGN_PX = 28; // what a sign takes when it is crowded, and a finger still hits
  const ROOM_PX = 44;
  const GAP_PX = 3;
  const CLEAR_PX = 22; // from a small ring's middle: nearer, a sign would cover the ring itself
  const LEAD_PX = 20; // moved so far, a sign is tied to its place by a line
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
  const FAR = [
    ...[0, -18, 18].flatMap((down) => [[1.6, down], [-1.6, down]]),
    ...[-42, 42, -56, 56, -72, 72].flatMap((down) => [[0, down], [1, down], [-1, down]]),
  ];

  const markers = (selector) => {
    const found = [];
    map.eachLayer((layer) => {
      const element = layer.getElement?.()?.querySelector?.(selector);
      if (element) found.push({ element, ...map.latLngToContainerPoint(layer.getLatLng()) });
    });
    return found;
  };
  const apart = (one, other) => Math.max(Math.abs(one.x - other.x), Math.abs(one.y - other.y));

  // The rings and streets that show, as points in pixels.
  const outlines = () => {
    const found = [];
    map.eachLayer((layer) => {
      if (!["hot", "spot"].includes(layer.options.className)) return;
      const isRing = !(layer instanceof L.Polyline) || layer instanceof L.Polygon;
      let points;
      if (layer.getLatLngs) {
        points = layer.getLatLngs().flat(2).map((at) => map.latLngToContainerPoint(at));
        if (isRing && points.length) points.push(points[0]);
      } else {
        const { x, y } = map.latLngToContainerPoint(layer.getLatLng());
        const edge = layer.getBounds();
        const reach = map.latLngToContainerPoint(edge.getNorthEast()).x - x;
        points = Array.from({ length: 25 }, (_, turn) => L.point(
          x + reach * Math.cos(turn * Math.PI / 12), y + reach * Math.sin(turn * Math.PI / 12),
        ));
      }
      const frame = L.bounds(points);
      if (frame.isValid()) found.push({ points, frame, isRing });
    });
    return found;
  };

  // Far out, numbers would lie on each other and only the last could be read or pressed: each that
  // has no room stands beside, as near as there is, clear of the circles that say how many and of
  // rings so small that it would hide them. A line ties it to its place then.
  const leads = L.layerGroup().addTo(map);
  const tie = (...ends) => L.polyline(
    ends.map(({ x, y }) => map.containerPointToLatLng([x, y])),
    { className: "map-lead", weight: 1.5, interactive: false, pane: "areas" },
  ).addTo(leads);
  const part = (kept, circles) => {
    const signs = [];
    // Numbers first: a letter makes way for them, in whatever order they came to the map.
    const isLetter = ({ element }) => element.matches(".map-number--spot");
    const inTurn = markers(".map-number").sort((a, b) => isLetter(a) - isLetter(b));
    for (const { element, x, y } of inTurn) {
      const isFree = ([right, down]) => {
        const at = { x: x + right, y: y + down };
        return signs.every((other) => apart(at, other) >= SIGN_PX)
          && circles.every((o) => Math.hypot(at.x - o.x, at.y - o.y) >= o.reach)
          && kept.every((o) => Math.abs(at.x - o.x) >= o.wide + SIGN_PX / 2
            || Math.abs(at.y - o.y) >= o.high + SIGN_PX / 2);
      };
      const [right, down] = ASIDE.find(isFree) ?? ASIDE[0];
      signs.push({ element, x: x + right, y: y + down, home: { x, y } });
    }
    return signs;
  };
  const spread = () => {
    leads.clearLayers();
    const lines = outlines();
    const circles = markers(".map-group")
      .map((circle) => ({ ...circle, reach: circle.element.offsetWidth / 2 }));
    const small = lines.filter(({ isRing, frame }) => isRing && frame.getSize().x < 2 * CLEAR_PX)
      .map(({ frame }) => ({ ...frame.getCenter(), reach: CLEAR_PX }));
    const clear = [...circles.map((o) => ({ ...o, reach: o.reach + SIGN_PX / 2 })), ...small];
    const written = (signs, name) => write([...circles, ...signs.map((sign) => ({ ...sign,
      reach: SIGN_PX / 2 }))], lines, name);
    let signs = part([], clear);
    // Without its largest town's name nobody knows the map: where the signs leave it no room, it
    // stands first and they make way.
    const name = written(signs);
    if (name) {
      signs = part([name], clear);
      written(signs, name);
    }
    if (name?.isAway) {
      const edge = (at, middle, half) => Math.max(middle - half, Math.min(at, middle + half));
      tie(name.home, {
        x: edge(name.home.x, name.x, name.wide), y: edge(name.home.y, name.y, name.high),
      });
    }
    for (const { element, x, y, home } of signs) {
      element.style.translate = (x - home.x) + "px " + (y - home.y) + "px";
      const isClose = signs.some((other) => other.element !== element
        && apart(other, { x, y }) < ROOM_PX);
      element.classList.toggle("map-number--close", isClose);
      if (Math.hypot(x - home.x, y - home.y) >= LEAD_PX) tie(home, { x, y });
    }
  };

  // A name is read whole or not at all: clear of signs, buttons and other names, and never cut by
  // the edge. It crosses a ring only where there is no other room, and one that has been moved
  // never stands nearer to another town than to its own place, or is tied to it. Returns where the
  // largest town's name stands when no room for it is free of signs; "held" is that, once they
  // have made way.
  const write = (signs, lines, held) => {
    const frame = map.getSize();
    const { left, top } = box.getBoundingClientRect();
    const taken = [];
    for (const control of box.querySelectorAll(".leaflet-control")) {
      const { x, y, width, height } = control.getBoundingClientRect();
      const wide = width / 2, high = height / 2;
      if (width) taken.push({ x: x - left + wide, y: y - top + high, wide, high });
    }
    const isTown = ({ element }) => element.classList.contains("map-label--locality");
    // All are measured before any is moved, so that the page is laid out once. Over single points
    // the style sheet lifts the names.
    const all = markers(".map-label");
    const towns = all.filter(isTown).map(({ x, y }) => ({ x, y }));
    const labels = all.filter(({ element }) => !element.hidden).map((label) => ({
      ...label,
      home: { x: label.x, y: label.y },
      y: label.y + (parseFloat(getComputedStyle(label.element).marginBlockStart) || 0),
      wide: label.element.offsetWidth / 2 + GAP_PX,
      high: label.element.offsetHeight / 2,
    }));
    const isSeen = ({ x, y }) => x >= 0 && x <= frame.x && y >= 0 && y <= frame.y;
    for (const { element, x, y, wide, high } of labels.filter((label) => !isSeen(label))) {
      const isCut = x > -wide && x < frame.x + wide && y > -high && y < frame.y + high;
      element.style.translate = ""; // where it stood when its point was seen it may reach in
      element.style.visibility = isCut ? "hidden" : "";
    }
    // One whose point is near the edge is drawn in to where all of it is seen.
    const inside = (at, half, whole) => Math.max(half, Math.min(at, whole - half));
    const farFrom = (at, { x, y }) => Math.hypot(
      Math.max(0, Math.abs(x - at.x) - at.wide), Math.max(0, Math.abs(y - at.y) - at.high),
    );
    const isOwn = (at, home) => towns.every((town) => farFrom(at, town) >= farFrom(at, home));
    const crosses = ({ x, y, wide, high }) => {
      const room = L.bounds([x - wide, y - high], [x + wide, y + high]);
      return lines.some(({ points, frame: around }) => around.intersects(room)
        && points.some((end, i) => i && L.LineUtil.clipSegment(points[i - 1], end, room, false)));
    };
    const free = ({ home, x, y, wide, high }, beside, obstacles, isAway = false) => {
      const found = beside.map(([halves, down]) => ({
        x: inside(x + halves * (wide + GAP_PX), wide, frame.x),
        y: inside(y + down, high, frame.y),
        wide,
        high,
        isAway,
      })).filter((at) => (isAway || isOwn(at, home)) && obstacles.every((other) =>
        Math.abs(other.x - at.x) >= wide + other.wide
        || Math.abs(other.y - at.y) >= high + other.high));
      return found.find((at) => !crosses(at)) ?? found[0];
    };
    const put = ({ element, x, y }, place) => {
      element.style.visibility = place ? "" : "hidden";
      element.classList.toggle("map-label--away", Boolean(place?.isAway));
      if (!place) return;
      element.style.translate = "calc(-50% + " + (place.x - x) + "px) calc(-50% + "
        + (place.y - y) + "px)";
      taken.push(place);
    };
    const controls = [...taken];
    taken.push(...signs.map(({ x, y, reach }) => ({ x, y, wide: reach, high: reach })));
    const [first, ...others] = labels.filter(isSeen).sort((a, b) => isTown(b) - isTown(a));
    if (first && isTown(first)) {
      const anywhere = [...BESIDE, ...FAR];
      const place = held ? undefined : free(first, anywhere, taken);
      if (!place && !held) {
        const circles = signs.filter(({ element }) => element.matches(".map-group"));
        const fixed = [...controls,
          ...circles.map(({ x, y, reach }) => ({ x, y, wide: reach, high: reach }))];
        held = free(first, anywhere, fixed) ?? free(first, anywhere, fixed, true);
        if (held) held.home = first.home;
      }
      put(first, place ?? held);
    } else if (first) others.unshift(first);
    for (const label of others) put(label, free(label, BESIDE, taken));
    return held;
  };
  map.on("moveend zoomend", spread);
  document.addEventListener("change", spread);
  spread();"""
