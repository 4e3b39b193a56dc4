"""Layers of the live map as script parts of a folium map: squares, groups, rings and texts.

Squares travel as runs of a grid and are drawn in the browser, because a million marks' squares
would weigh megabytes as polygons. Every text is set as text, never as HTML.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from branca.element import Element, MacroElement
from jinja2 import Template

from maps.crs import to_degrees
from maps.drawing.cell_layers import CellLayer
from maps.drawing.groups import GroupLayer
from maps.engine.grid import Grid, Ints

# Between two corners of the frame so many squares apart, straight lines leave the true ones by
# less than a metre (squares of 250 m).
_STEP = 16
_LETTERS = "ghijklmno"  # for classes of squares; no run of them looks like one of folium's ids
_SIZES = 5  # classes of circles
_ABOVE = 1000  # numbers lie above names

# A square's corner lies between the four nearest corners of the frame that are sent.
_SQUARES = """
{% macro script(this, kwargs) %}
(() => {
  const { frame, runs, letters, classes } = {{ this.drawn | tojson }};
  const corner = (row, column) => {
    const r = Math.min(Math.floor(row / frame.step), frame.lat.length - 2);
    const c = Math.min(Math.floor(column / frame.step), frame.lat[0].length - 2);
    const y = row / frame.step - r, x = column / frame.step - c;
    const between = (of) => (of[r][c] * (1 - x) + of[r][c + 1] * x) * (1 - y)
      + (of[r + 1][c] * (1 - x) + of[r + 1][c + 1] * x) * y;
    return [between(frame.lat), between(frame.lon)];
  };
  const squares = classes.map(() => []);
  let row = 0;
  for (const [on, first, levels] of runs) {
    row += on;
    for (let i = 0; i < levels.length; i++) {
      const column = first + i;
      squares[letters.indexOf(levels[i])].push([[corner(row, column), corner(row, column + 1),
        corner(row + 1, column + 1), corner(row + 1, column)]]);
    }
  }
  classes.forEach(({ style, said }, level) => {
    if (!squares[level].length) return;
    const words = document.createElement("span");
    words.textContent = said;
    // The hatch is a pattern of the page; all other colours are the style sheet's.
    const fillColor = style === "cell" ? "url(#map-few)" : undefined;
    L.polygon(squares[level],
      { pane: "cells", className: style, fillColor, fillOpacity: 1, weight: 0.7 })
      .bindTooltip(words, { sticky: true }).addTo({{ this._parent.get_name() }});
  });
})();
{% endmacro %}
"""

_GROUPS = """
{% macro script(this, kwargs) %}
(() => {
  const { zooms, points, groups, largest, sizes, said } = {{ this.drawn | tojson }};
  const map = {{ this._parent._parent.get_name() }};
  const layer = {{ this._parent.get_name() }};
  let drawn = -1;
  const draw = () => {
    if (!map.hasLayer(layer)) return;
    const level = Math.max(0, zooms.filter((from) => map.getZoom() >= from).length - 1);
    if (level === drawn) return;
    drawn = level;
    layer.clearLayers();
    for (const [point, n] of groups[level]) {
      // 1 to 5: the circle's surface grows with the number.
      const size = Math.min(sizes, 1 + Math.floor((sizes - 1) * Math.sqrt(n / largest)));
      const circle = document.createElement("span");
      circle.className = "map-group map-group--" + size;
      circle.textContent = n + "+";
      const words = document.createElement("span");
      words.textContent = said.replace("%n", n);
      const icon = L.divIcon({ html: circle, className: "map-group-at", iconSize: [0, 0] });
      L.marker(points[point], { icon, keyboard: false }).bindTooltip(words).addTo(layer);
    }
  };
  layer.on("add", draw);
  map.on("zoomend", draw);
})();
{% endmacro %}
"""


_RINGS = """
{% macro script(this, kwargs) %}
(() => {
  const { shapes, styles } = {{ this.drawn | tojson }};
  for (const style of styles) {
    L.geoJSON(shapes, { style, pane: "areas", interactive: false })
      .addTo({{ this._parent.get_name() }});
  }
})();
{% endmacro %}
"""

_MARKERS = """
{% macro script(this, kwargs) %}
(() => {
  const { marks, size, style, above } = {{ this.drawn | tojson }};
  for (const [lat, lon, html] of marks) {
    const icon = L.divIcon({
      html, iconSize: [size, size], iconAnchor: [size / 2, size / 2], className: style,
    });
    // The content is focusable where it should be; Leaflet's own button around it says nothing.
    L.marker([lat, lon], { icon, keyboard: false, interactive: false, zIndexOffset: above })
      .addTo({{ this._parent.get_name() }});
  }
})();
{% endmacro %}
"""

HATCHED = "cell"  # the look of too few: the edge of a square over the page's hatch


@dataclass(frozen=True, slots=True)
class DrawnClass:
    """How a class of squares looks (a class of the style sheet) and what it is called."""

    css_class: str
    said: str


class _Text(Element):
    """A text that stays as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def render(self, **_kwargs: Any) -> str:
        return self._text


class Verbatim(MacroElement):
    """Its script goes into the page as it was made.

    branca compiles each script as a template once more, which takes longer for a long one than all
    of the drawing. Here a name that looks like a template's code is only a name, too.
    """

    def render(self, **kwargs: Any) -> str:
        page: Any = self.get_root()
        script = self._template.module.script(self, kwargs)
        page.script.add_child(_Text(script.removesuffix("\n")), name=self.get_name())
        for child in self._children.values():
            child.render(**kwargs)
        return ""


class SquarePaths(Verbatim):
    """One path for each class of squares, for a feature group: few elements, however many."""

    _template = Template(_SQUARES)

    def __init__(self, layer: CellLayer, classes: Sequence[DrawnClass]) -> None:
        super().__init__()
        self._name = "SquarePaths"
        self.drawn = packed_squares(layer, classes)


class GroupMarkers(Verbatim):
    """Circles with the number of persons, gathered as the zoom asks. `said` has "%n" for it."""

    _template = Template(_GROUPS)

    def __init__(self, layer: GroupLayer, said: str) -> None:
        super().__init__()
        self._name = "GroupMarkers"
        self.drawn = packed_groups(layer, said)


class RingPaths(Verbatim):
    """The same shapes (GeoJSON) drawn in one style over the other, sent once."""

    _template = Template(_RINGS)

    def __init__(self, shapes: Mapping[str, Any], styles: Sequence[Mapping[str, Any]]) -> None:
        super().__init__()
        self._name = "RingPaths"
        self.drawn = {"shapes": shapes, "styles": styles}


class TextMarkers(Verbatim):
    """HTML that is safe already, each piece centred over its point in degrees."""

    _template = Template(_MARKERS)

    def __init__(
        self, marks: Iterable[tuple[float, float, str]], css_class: str, *, size: int = 0
    ) -> None:
        """`size` is the icon's side in pixels; icons with one lie above those without."""
        super().__init__()
        self._name = "TextMarkers"
        self.drawn = {
            "marks": [[round(lat, 5), round(lon, 5), content] for lat, lon, content in marks],
            "size": size,
            "style": css_class,
            "above": _ABOVE if size else 0,
        }


def packed_squares(layer: CellLayer, classes: Sequence[DrawnClass]) -> Mapping[str, Any]:
    """The frame's corners in degrees, and the squares as runs along rows.

    Each run has the rows since the last one, its first column, and a letter for the class of each
    square: in a map where every square is of some class, that is all there is to tell.
    """
    row, column = np.divmod(layer.cells, layer.grid.columns)
    first_row, first_column = int(row.min()), int(column.min())
    rows, columns = int(row.max()) - first_row + 1, int(column.max()) - first_column + 1
    lat, lon = _frame(layer.grid, (first_row, first_column), (rows, columns))
    return {
        "frame": {"step": _STEP, "lat": lat, "lon": lon},
        "letters": _LETTERS,
        "runs": _runs(row - first_row, column - first_column, layer.levels),
        "classes": [{"style": drawn.css_class, "said": drawn.said} for drawn in classes],
    }


def packed_groups(layer: GroupLayer, said: str) -> Mapping[str, Any]:
    """The points of all groups, and of each zoom which have how many persons."""
    points: dict[tuple[float, float], int] = {}
    for group in itertools.chain(*layer.groups):
        points.setdefault((round(group.lat, 5), round(group.lon, 5)), len(points))
    return {
        "zooms": list(layer.zooms),
        "points": list(points),
        "groups": [
            [[points[round(g.lat, 5), round(g.lon, 5)], g.n_respondents] for g in groups]
            for groups in layer.groups
        ],
        "largest": max((g.n_respondents for g in layer.finest), default=1),
        "sizes": _SIZES,
        "said": said,
    }


def _frame(
    grid: Grid, first: tuple[int, int], size: tuple[int, int]
) -> tuple[list[list[float]], list[list[float]]]:
    row = first[0] + np.arange(0, size[0] + _STEP, _STEP)
    column = first[1] + np.arange(0, size[1] + _STEP, _STEP)
    east = grid.east_m + column * grid.cell_m
    north = grid.north_m + row * grid.cell_m
    lat, lon = to_degrees(*np.meshgrid(east, north))
    return np.round(lat, 6).tolist(), np.round(lon, 6).tolist()


def _runs(row: Ints, column: Ints, levels: Ints) -> list[tuple[int, int, str]]:
    """Squares in rising order as (rows since the last run, first column, classes) of each run."""
    breaks = (np.diff(row) != 0) | (np.diff(column) != 1)
    first = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    on = np.diff(row[first], prepend=0).tolist()
    letters = np.frombuffer(_LETTERS.encode(), dtype=np.uint8)[levels - 1].tobytes().decode()
    ends = [*first[1:].tolist(), row.size]
    return [
        (rows, start, letters[begin:end])
        for rows, start, begin, end in zip(
            on, column[first].tolist(), first.tolist(), ends, strict=True
        )
    ]
