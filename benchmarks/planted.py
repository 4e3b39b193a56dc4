"""Which planted clusters each method finds, and how often chance is called one: many kinds of sets.

``python -m benchmarks.planted [scan|gi|kde] [sets] [first seed] [any|wide|plain|many ...]``, or
``nulls [runs] [part of a name ...]``. Not part of `make bench`: a hundred sets take some minutes.
Only clear discs are counted (``CLEAR``).
"""

import sys
import time
from collections import Counter
from dataclasses import replace

import numpy as np

from benchmarks.planted_nulls import tells
from benchmarks.planted_sets import Disc, Kind, draw_null, draw_set
from maps.engine.point_analysis import Method, Request, analyse_points

SIMULATIONS = 99
NULL_RUNS, NULL_SIMULATIONS = 200, 39
NULLS = {
    "600 marks, even, hull": Kind(n=600),
    "600 marks, even, boundary": Kind(n=600, ground="ragged", boundary=True),
    "600 marks, uneven people, 250 m": Kind("uneven", n=600),
    "600 marks, towns, 1 km": Kind("towns", 1000.0, n=600, boundary=True),
    "5 000 marks, forest, 250 m": Kind("forest", n=5000, boundary=True),
}


def any_kind(draw: np.random.Generator) -> Kind:
    """All that a set can be, at random."""
    people = draw.choice(["", "even", "uneven", "towns", "towns", "forest", "forest"])
    discs = ["extra", "extra", "risk", "bell"] if people else ["extra", "extra", "bell"]
    disc, n = str(draw.choice(discs)), int(draw.choice([600, 2000, 20_000]))
    return Kind(
        people=str(people) or None,
        people_cell_m=float(draw.choice([100, 250, 1000])),
        disc=disc,
        where=str(draw.choice(["anywhere", "people", "edge", "near"])),
        ground=str(draw.choice(["box", "box", "long", "ragged"])),
        boundary=bool(draw.random() < 0.5),
        n=n,
        clusters=int(draw.integers(1, 6 if n >= 2000 else 4)),
        strength=draw.uniform(1, 3.3) if disc == "risk" else draw.choice([0.02, 0.05, 0.1, 0.15]),
        cell_m=float(draw.choice([0, 0, 0, 50, 100, 250])) or None,
        several=bool(draw.random() < 0.2),
        abroad=int(draw.integers(2)) if draw.random() < 0.15 else None,
    )


def wide_kind(draw: np.random.Generator) -> Kind:
    """Wide discs that lie evenly over town and wood, often beside one another."""
    return Kind(
        people=str(draw.choice(["uneven", "towns", "forest"])),
        people_cell_m=float(draw.choice([100, 250, 1000])),
        where=str(draw.choice(["anywhere", "people", "near"])),
        ground=str(draw.choice(["box", "box", "ragged"])),
        boundary=bool(draw.random() < 0.5),
        n=int(draw.choice([600, 2000, 2000, 10_000])),
        clusters=int(draw.integers(1, 4)),
        radii=(700.0, 1000.0, 1500.0, 2500.0, 3500.0),
        strength=float(draw.choice([0.05, 0.1, 0.15, 0.2])),
    )


def plain_kind(draw: np.random.Generator) -> Kind:
    """Even marks in a box and even discs, or people in cells of 100 m and a risk in discs."""
    people = str(draw.choice(["", "even", "uneven", "towns"]))
    return Kind(
        people=people or None,
        people_cell_m=100.0,
        disc="risk" if people else "extra",
        where=str(draw.choice(["anywhere", "people"])),
        boundary=bool(draw.random() < 0.5),
        n=int(draw.choice([600, 1000, 5000, 20_000])),
        clusters=int(draw.integers(1, 5)),
        radii=(150.0, 250.0, 500.0, 1000.0, 2000.0, 3000.0),
        strength=draw.uniform(1.5, 3.3) if people else draw.choice([0.05, 0.1, 0.15]),
        cell_m=float(draw.choice([0, 0, 50, 100, 250])) or None,
    )


def many_kind(draw: np.random.Generator) -> Kind:
    """200 000 marks with one to eight discs, else of any kind."""
    kind = any_kind(draw)
    strength = kind.strength if kind.disc == "risk" else draw.choice([0.01, 0.02, 0.05, 0.08])
    clusters = int(draw.integers(1, 9))
    return replace(kind, n=200_000, clusters=clusters, strength=float(strength), several=False)


KINDS = {"any": any_kind, "wide": wide_kind, "plain": plain_kind, "many": many_kind}


def report(method: str = "scan", sets: int = 60, first: int = 0, *names: str) -> None:
    """Print the discs found of those planted, by what the sets are like, and surplus areas."""
    for name, kind_of in KINDS.items():
        if names and name not in names:
            continue
        planted, found, areas, took = Counter[str](), Counter[str](), 0, 0.0
        surplus = 0
        for seed in range(first, first + sets):
            draw = np.random.default_rng(seed)
            kind = kind_of(draw)
            drawn = draw_set(draw, kind)
            if not drawn.discs:
                continue
            started = time.process_time()
            request = Request(Method(method), kind.cell_m, seed, SIMULATIONS)
            analysis = analyse_points(
                drawn.points, request, people=drawn.people, boundary=drawn.boundary
            )
            took, areas = took + time.process_time() - started, areas + len(analysis.findings)
            surplus += len(drawn.surplus(analysis))
            for disc, hit in zip(drawn.discs, drawn.found(analysis), strict=True):
                labels = _labels(kind, disc)
                planted.update(labels)
                found.update(labels if hit else ())
                if not hit:
                    print(f"  missed in set {seed}: {disc.radius:.0f} m, ratio {disc.ratio:.0f}")
        print(f"{method}, {name}: {found['all']} of {planted['all']} in {sets} sets,"
              f" {areas} areas told, {surplus} touch no disc, {took:.0f} s")  # fmt: skip
        print("  " + ", ".join(f"{label} {found[label]}/{planted[label]}" for label in planted))


def _labels(kind: Kind, disc: Disc) -> list[str]:
    wide = "under 250 m" if disc.radius < 250 else "1 km and more" if disc.radius >= 1000 else "mid"
    labels = ["all", f"people {kind.people}", kind.disc, kind.where, kind.ground, wide]
    return [*labels, f"{kind.n} marks", "several" if kind.several else "one each"]


def nulls(runs: int = NULL_RUNS, *names: str) -> None:
    """Print in how many sets without a cluster each method tells an area, by the kind of set."""
    for name, kind in NULLS.items():
        if names and not any(part in name for part in names):
            continue
        told = Counter[str]()
        for seed in range(runs):
            drawn = draw_null(np.random.default_rng(10_000 + seed), kind)
            told.update(tells(drawn, seed, NULL_SIMULATIONS))
        print(
            f"{name}: of {runs} " + ", ".join(f"{m.value} {told[m.value]}" for m in Method),
            flush=True,
        )


if __name__ == "__main__":
    asked = sys.argv[1:]
    if asked[:1] == ["nulls"]:
        nulls(*map(int, asked[1:2]), *asked[2:])
    else:
        report(*asked[:1], *map(int, asked[1:3]), *asked[3:])
