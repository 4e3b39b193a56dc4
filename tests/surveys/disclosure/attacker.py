"""Somebody who has kept all files of all editions and tries to find single persons in them.

Written against the files alone: it shares no code with the rule that it attacks. It assumes that
answers only come and never leave, which makes it the stronger where they do leave too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from math import ceil, floor
from typing import Any

import numpy as np
from scipy.optimize import linprog

LONELY = range(1, 5)
TOLERANCE = 1e-6
Document = Mapping[str, Any]


@dataclass(frozen=True)
class Find:
    """What was found: of whom, and how many they must be."""

    where: str
    persons: int


def differences(documents: Iterable[Document]) -> set[Find]:
    """Numbers of one to four persons: told, left over, or between any two editions."""
    kept: dict[tuple[str, ...], set[int]] = {}
    found: set[Find] = set()

    def hear(label: tuple[str, ...], n: int) -> None:
        kept.setdefault(label, set()).add(n)

    for document in documents:
        for table in document["tables"]:
            hear(("all",), table["n_edition"])
            for label, n in _cells(table):
                hear(label, n)
    for label, counts in kept.items():
        for a, b in product(counts | {0}, counts):
            if b - a in LONELY:
                found.add(Find(" ".join(label), b - a))
    return found


def _cells(table: Document) -> list[tuple[tuple[str, ...], int]]:
    key, cells = table["key"], []
    for row in table["rows"]:
        name = "+".join(sorted(row["codes"]))
        if table["kind"] == "crossed":
            cells.append(((table["of"], name), sum(row["counts"])))
            for column, n in zip(table["columns"], row["counts"], strict=True):
                cells.append(((key, name, "+".join(sorted(column["codes"]))), n))
        elif row["count"] is not None:
            cells.append(((key, name), row["count"]))
            if table["kind"] == "several":
                cells.append(((key, "not", name), table["n"] - row["count"]))
    if table["kind"] == "several":
        cells += [((key, "base"), table["n"]), ((key, "out"), table["n_edition"] - table["n"])]
    return cells


def solve(
    documents: Iterable[Document], answers: tuple[str, ...], crossing: str, groups: tuple[str, ...]
) -> set[Find]:
    """Bounds of every answer, alone and in every group, in each wave and each edition.

    The unknowns are how many of each wave gave each answer in each group; every told number is an
    equation. A bound that closes on one to four persons is a find. Two crossed tables meet in
    their answers only, so that each may be solved beside the answers' own sums.
    """
    tables = [table for document in documents for table in document["tables"]]
    unknowns = _Unknowns(sorted({table["edition"] for table in tables}), answers, groups)
    told = [row for table in tables for row in _equations(table, unknowns, crossing)]
    equations = np.array([row for row, _ in told])
    right = np.array([n for _, n in told], dtype=float)
    found: set[Find] = set()
    for wave, only in product(unknowns.waves, (False, True)):
        for answer, group in product(answers, (None, *groups)):
            where = {group} if group else set(groups)
            target = unknowns.count(wave, {answer}, where, only=only)
            n = _only_value(target, equations, right)
            if n in LONELY:
                found.add(Find(f"{'wave' if only else 'edition'} {wave}: {answer} {group}", n))
    return found


@dataclass(frozen=True)
class _Unknowns:
    """How many of each wave gave each answer in each group, as one long vector."""

    waves: list[int]
    answers: tuple[str, ...]
    groups: tuple[str, ...]

    def count(
        self, edition: int, answers: set[str], groups: set[str], *, only: bool = False
    ) -> np.ndarray:
        """Ones where an unknown is part of the number, of an edition or of one wave ``only``."""
        of_wave = [w == edition if only else w <= edition for w in self.waves]
        of_answer = [answer in answers for answer in self.answers]
        of_group = [group in groups for group in self.groups]
        return np.einsum("i,j,k->ijk", of_wave, of_answer, of_group).astype(float).ravel()


def _equations(table: Document, unknowns: _Unknowns, crossing: str) -> list[tuple[np.ndarray, int]]:
    everything, everyone = set(unknowns.answers), set(unknowns.groups)
    told = [(unknowns.count(table["edition"], everything, everyone), table["n_edition"])]
    for row in table["rows"]:
        codes = set(row["codes"])
        if table["key"] == "q1":
            told.append((unknowns.count(table["edition"], codes, everyone), row["count"]))
        elif table["kind"] == "crossed":
            told.append((unknowns.count(table["edition"], codes, everyone), sum(row["counts"])))
        if table["key"] == crossing:
            for column, n in zip(table["columns"], row["counts"], strict=True):
                told.append((unknowns.count(table["edition"], codes, set(column["codes"])), n))
    return told


def _only_value(target: np.ndarray, equations: np.ndarray, right: np.ndarray) -> int | None:
    low = linprog(target, A_eq=equations, b_eq=right, bounds=(0, None), method="highs")
    if low.fun is None or ceil(low.fun - TOLERANCE) > max(LONELY):
        return None
    high = linprog(-target, A_eq=equations, b_eq=right, bounds=(0, None), method="highs")
    if high.fun is None:  # nothing bounds it
        return None
    value = ceil(low.fun - TOLERANCE)
    return value if value == floor(-high.fun + TOLERANCE) else None
