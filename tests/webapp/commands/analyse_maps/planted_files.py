"""Marks with one planted cluster, written as people write them, and results read back."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from click.testing import Result

from maps.planes import Plane
from tests.maps.planted import plant

Run = Callable[..., Result]
SWEREF = Plane(3006)
EAST, NORTH = 600_000, 6_790_000
CLUSTER = (8000.0, 7000.0, 500.0)
QUICK = ("--method", "kde", "--cell-m", "500")


def write_points(n: int = 600, name: str = "points.csv", header: str = "lon,lat") -> None:
    points = plant(np.random.default_rng(4), n, [CLUSTER], share=0.1)
    lon, lat = SWEREF.to_degrees(points[:, 0] + EAST, points[:, 1] + NORTH)
    rows = [f"{x:.7f},{y:.7f}" for x, y in zip(lon, lat, strict=True)]
    Path(name).write_text("\n".join([header, *rows, ""]))


def read(name: str) -> dict:
    return json.loads(Path(name).read_text())
