"""Layers of the live map as script parts of a folium map: squares in classes, and groups.

Squares travel as runs of a grid and are drawn in the browser, because a million marks' squares
would weigh megabytes as polygons. Every text is set as text, never as HTML.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from branca.element import MacroElement
from jinja2 import Template

from maps.cell_layers import CellLayer
from maps.crs import to_degrees
from maps.grid import Grid, Ints
from maps.groups import GroupLayer

# Between two corners of the frame so many squares apart, straight lines leave the true ones by
# less than a metre (squares of 250 m).
_STEP = 16
_SIZES = 5  # classes of circles

# A square's corner lies between the four nearest corners of the frame that are sent.
_SQUARES = """
{% macro script(this, kwargs) %}
(() => {
  const { frame, classes } = {{ this.drawn | tojson }};
  const corner = (row, column) => {
    const r = Math.min(Math.floor(row / frame.step), frame.lat.length - 2);
    const c = Math.min(Math.floor(column / frame.step), frame.lat[0].length - 2);
    const y = row / frame.step - r, x = column / frame.step - c;
    const between = (of) => (of[r][c] * (1 - x) + of[r][c + 1] * x) * (1 - y)
      + (of[r + 1][c] * (1 - x) + of[r + 1][c + 1] * x) * y;
    return [between(frame.lat), between(frame.lon)];
  };
  for (const { runs, style, said } of classes) {
    const squares = [];
    let row = 0;
    for (let i = 0; i < runs.length; i += 3) {
      row += runs[i];
      for (let column = runs[i + 1]; column < runs[i + 1] + runs[i + 2]; column++) {
        squares.push([[corner(row, column), corner(row, column + 1),
          corner(row + 1, column + 1), corner(row + 1, column)]]);
      }
    }
    const words = document.createElement("span");
    words.textContent = said;
    // The hatch is a pattern of the page; all other colours are the style sheet's.
    const fillColor = style === "cell" ? "url(#map-few)" : undefined;
    L.polygon(squares, { pane: "cells", className: style, fillColor, fillOpacity: 1, weight: 0.7 })
      .bindTooltip(words, { sticky: true }).addTo({{ this._parent.get_name() }});
  }
})();
{% endmacro %}
"""

_GROUPS = """
{% macro script(this, kwargs) %}
(() => {
  const { zooms, groups, said } = {{ this.drawn | tojson }};
  const map = {{ this._parent._parent.get_name() }};
  const layer = {{ this._parent.get_name() }};
  let drawn = -1;
  const draw = () => {
    if (!map.hasLayer(layer)) return;
    const level = Math.max(0, zooms.filter((from) => map.getZoom() >= from).length - 1);
    if (level === drawn) return;
    drawn = level;
    layer.clearLayers();
    for (const [lat, lon, n, size] of groups[level]) {
      const circle = document.createElement("span");
      circle.className = "map-group map-group--" + size;
      circle.textContent = String(n);
      const words = document.createElement("span");
      words.textContent = said.replace("%n", n);
      const icon = L.divIcon({ html: circle, className: "map-group-at", iconSize: [0, 0] });
      L.marker([lat, lon], { icon, keyboard: false }).bindTooltip(words).addTo(layer);
    }
  };
  layer.on("add", draw);
  map.on("zoomend", draw);
})();
{% endmacro %}
"""


HATCHED = "cell"  # the look of too few: the edge of a square over the page's hatch


@dataclass(frozen=True, slots=True)
class DrawnClass:
    """How a class of squares looks (a class of the style sheet) and what it is called."""

    css_class: str
    said: str


class SquarePaths(MacroElement):
    """One path for each class of squares, for a feature group: few elements, however many."""

    _template = Template(_SQUARES)

    def __init__(self, layer: CellLayer, classes: Sequence[DrawnClass]) -> None:
        super().__init__()
        self._name = "SquarePaths"
        self.drawn = packed_squares(layer, classes)


class GroupMarkers(MacroElement):
    """Circles with the number of persons, gathered as the zoom asks. `said` has "%n" for it."""

    _template = Template(_GROUPS)

    def __init__(self, layer: GroupLayer, said: str) -> None:
        super().__init__()
        self._name = "GroupMarkers"
        self.drawn = packed_groups(layer, said)


def packed_squares(layer: CellLayer, classes: Sequence[DrawnClass]) -> Mapping[str, Any]:
    """The frame's corners in degrees and each class as runs: rows on, first column, squares."""
    row, column = np.divmod(layer.cells, layer.grid.columns)
    first_row, first_column = int(row.min()), int(column.min())
    rows, columns = int(row.max()) - first_row + 1, int(column.max()) - first_column + 1
    lat, lon = _frame(layer.grid, (first_row, first_column), (rows, columns))
    return {
        "frame": {"step": _STEP, "lat": lat, "lon": lon},
        "classes": [
            {
                "runs": _runs(
                    row[layer.levels == level] - first_row,
                    column[layer.levels == level] - first_column,
                ),
                "style": drawn.css_class,
                "said": drawn.said,
            }
            for level, drawn in enumerate(classes, start=1)
            if layer.count(level)
        ],
    }


def packed_groups(layer: GroupLayer, said: str) -> Mapping[str, Any]:
    """The groups of each zoom as latitude, longitude, persons and size of the circle."""
    largest = max((g.n_respondents for g in layer.finest), default=1)
    return {
        "zooms": list(layer.zooms),
        "groups": [
            [[round(g.lat, 5), round(g.lon, 5), g.n_respondents, _size(g.n_respondents, largest)]
             for g in groups]
            for groups in layer.groups
        ],
        "said": said,
    }  # fmt: skip


def _size(n: int, largest: int) -> int:
    """1 to 5: the circle's surface grows with the number."""
    return min(_SIZES, 1 + int((_SIZES - 1) * (n / largest) ** 0.5))


def _frame(
    grid: Grid, first: tuple[int, int], size: tuple[int, int]
) -> tuple[list[list[float]], list[list[float]]]:
    row = first[0] + np.arange(0, size[0] + _STEP, _STEP)
    column = first[1] + np.arange(0, size[1] + _STEP, _STEP)
    east = grid.east_m + column * grid.cell_m
    north = grid.north_m + row * grid.cell_m
    lat, lon = to_degrees(*np.meshgrid(east, north))
    return np.round(lat, 6).tolist(), np.round(lon, 6).tolist()


def _runs(row: Ints, column: Ints) -> list[int]:
    """Squares in rising order as (rows since the last run, first column, how many) of each run."""
    if row.size == 0:
        return []
    breaks = (np.diff(row) != 0) | (np.diff(column) != 1)
    first = np.concatenate(([0], np.flatnonzero(breaks) + 1))
    length = np.diff(np.concatenate((first, [row.size])))
    on = np.diff(np.concatenate(([0], row[first])))
    runs: list[int] = np.column_stack((on, column[first], length)).ravel().tolist()
    return runs
