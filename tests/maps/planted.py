"""Marks with clusters planted among them, and whether an answer finds a cluster."""

import numpy as np

from maps.engine.expected import with_unpeopled

WIDTH_M, HEIGHT_M = 20_000, 15_000


def plant(draw, n, clusters, *, share, width_m=WIDTH_M, height_m=HEIGHT_M):
    """``n`` marks: ``share`` of them even in the discs (x, y, radius), the rest anywhere."""
    each = int(n * share / len(clusters))
    parts = [draw.uniform(0, (width_m, height_m), (n - each * len(clusters), 2))]
    for x, y, radius in clusters:
        angle, reach = draw.uniform(0, 2 * np.pi, each), radius * np.sqrt(draw.random(each))
        parts.append(np.column_stack([x + reach * np.cos(angle), y + reach * np.sin(angle)]))
    return np.vstack(parts)


def apart(draw, radii, *, gap=2500.0, width_m=WIDTH_M, height_m=HEIGHT_M):
    """Discs of the radii that lie within the area and ``gap`` metres from each other."""
    found = []
    for radius in radii:
        while True:
            x, y = draw.uniform(radius, (width_m - radius, height_m - radius))
            if all(np.hypot(x - a, y - b) >= gap + radius + c for a, b, c in found):
                found.append((x, y, radius))
                break
    return found


def count(points, cell_m=100.0, width_m=WIDTH_M, height_m=HEIGHT_M):
    """Marks per cell, rows northwards."""
    rows, columns = int(height_m // cell_m), int(width_m // cell_m)
    flat = (points[:, 1] // cell_m).astype(int) * columns + (points[:, 0] // cell_m).astype(int)
    return np.bincount(flat, minlength=rows * columns).astype(float).reshape(rows, columns)


def finds(cells, cluster, cell_m=100.0):
    """Does the area hold the cluster's middle and half of it, and is it not far too large?"""
    x, y, radius = cluster
    steps = np.linspace(-1, 1, 41)
    across, up = (part.ravel() for part in np.meshgrid(steps, steps))
    disc = across**2 + up**2 <= 1
    row = ((y + radius * up[disc]) // cell_m).astype(int)
    column = ((x + radius * across[disc]) // cell_m).astype(int)
    on = (row >= 0) & (row < cells.shape[0]) & (column >= 0) & (column < cells.shape[1])
    covered = cells[row[on], column[on]].sum() / disc.sum()
    most = 1e6 if radius < 250 else 4 * np.pi * radius**2
    middle = cells[int(y // cell_m), int(x // cell_m)]
    return bool(middle and covered >= 0.5 and cells.sum() * cell_m**2 <= most)


def two_in_a_wood(draw):
    """Two towns, and two clusters in the wood where nobody lives.

    Counts, share, the ground without people and the discs.
    """
    town = np.zeros((150, 200))
    town[40:80, 120:170] = town[100:130, 150:190] = 1 / (40 * 50 + 30 * 40)
    discs = [(3000.0, 3000.0, 300.0), (4000.0, 11_000.0, 600.0)]
    marks = draw.multinomial(2000, town.ravel()).reshape(town.shape)
    counts = marks + count(plant(draw, 300, discs, share=1.0))
    share, n = with_unpeopled(town, counts, np.full(town.shape, 1 / town.size))
    assert n == 300
    return counts, share, town == 0, discs
