"""The scan of marks: time, growth, memory, how often chance is called a hotspot, what it finds."""

import resource
import time

import numpy as np
import shapely

from benchmarks.hotspots import CELL_M, COLUMNS, HEIGHT_M, ROWS, WIDTH_M, analyse, count, marks
from maps.engine.point_analysis import Points, Request, analyse_points
from maps.engine.scan_hotspots import ScanSettings, scan_hotspots
from maps.engine.scan_windows import radii_for
from maps.planes import Plane
from tests.maps.planted import apart, finds, plant
from tests.maps.planted import count as count_planted

LARGE = 200_000
NULL_RUNS = 200
NULL_WIDTH_M, NULL_HEIGHT_M = 12_000, 9_000
RADII_M = (100, 150, 250, 400, 700, 1200, 2000)
SWEREF = Plane(3006)
EAST, NORTH = 560_000, 6_790_000


def report() -> None:
    """Print every figure, the long ones last."""
    _time_of_the_scan()
    _growth()
    _recall()
    _null_rate()


def _time_of_the_scan() -> None:
    radii = [round(radius.cells * CELL_M) for radius in radii_for(CELL_M)]
    print(f"scan: {LARGE} marks, {WIDTH_M // 1000} x {HEIGHT_M // 1000} km, cells of {CELL_M} m,")
    print(f"  999 simulations, {len(radii)} radii {radii}")
    discs = apart(np.random.default_rng(1), RADII_M, width_m=WIDTH_M, height_m=HEIGHT_M)
    for name, clusters, share in (("seven clusters", discs, 0.15), ("even", discs[:1], 0)):
        points = plant(
            np.random.default_rng(2), LARGE, clusters, share=share, width_m=WIDTH_M,
            height_m=HEIGHT_M,
        )  # fmt: skip
        counts = count_planted(points, CELL_M, WIDTH_M, HEIGHT_M)
        before = _peak_mib()
        started, used = time.perf_counter(), time.process_time()
        spots = scan_hotspots(counts, np.full(counts.shape, 1 / counts.size), ScanSettings(CELL_M))
        print(
            f"  {name:>22}: {time.perf_counter() - started:5.1f} s,"
            f" {time.process_time() - used:5.1f} s of processor,"
            f" {_peak_mib() - before:4.0f} MiB more, {len(spots)} hotspots"
        )


def _growth() -> None:
    print("Gi* with false-discovery control: all beyond np.bincount, and memory")
    base = None
    for n in (10_000, 100_000, 1_000_000):
        x, y = marks(n)
        counts = count(x, y)
        before = _peak_mib()
        times = [_seconds(lambda counts=counts: analyse(counts)) for _ in range(7)]
        median = float(np.median(times) * 1e3)
        base = base or median
        print(f"  {n:>9} marks: {median:6.1f} ms ({median / base:.2f}x), "
              f"{_peak_mib() - before:.0f} MiB more")  # fmt: skip
    print(f"  grid of {COLUMNS} x {ROWS} cells")


def _recall() -> None:
    print("planted clusters found (middle inside, half covered, at most four times the area)")
    for n, clusters in ((600, 3), (5_000, 5), (50_000, 7), (LARGE, 7)):
        planted = found = told = 0
        for seed in range(6):
            draw = np.random.default_rng(1000 * n + seed)
            radii = draw.choice(RADII_M, clusters)
            discs = apart(draw, radii, width_m=WIDTH_M, height_m=HEIGHT_M)
            points = plant(draw, n, discs, share=0.15, width_m=WIDTH_M, height_m=HEIGHT_M)
            counts = count_planted(points, CELL_M, WIDTH_M, HEIGHT_M)
            settings = ScanSettings(CELL_M, seed=seed, simulations=99)
            spots = scan_hotspots(counts, np.full(counts.shape, 1 / counts.size), settings)
            planted, told = planted + clusters, told + len(spots)
            found += sum(any(finds(spot.cells, disc) for spot in spots) for disc in discs)
        print(f"  {n:>7} marks: {found} of {planted} found, {told} hotspots in all")


def _null_rate() -> None:
    area = shapely.box(EAST, NORTH, EAST + NULL_WIDTH_M, NORTH + NULL_HEIGHT_M)
    boundary = SWEREF.shape_to_degrees(area)
    for name, given in (("over the boundary", boundary), ("over the hull", None)):
        found = 0
        for seed in range(NULL_RUNS):
            points = np.random.default_rng(seed).uniform(
                (EAST, NORTH), (EAST + NULL_WIDTH_M, NORTH + NULL_HEIGHT_M), (600, 2)
            )
            asked = Points(*SWEREF.to_degrees(points[:, 0], points[:, 1]))
            request = Request(seed=seed, simulations=199)
            found += bool(analyse_points(asked, request, boundary=given).findings)
        print(f"null runs, 600 marks {name}: {found} of {NULL_RUNS} report a hotspot (at most 18)")


def _seconds(work) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _peak_mib() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    report()
