"""The next edition of public figures: computed from whom the tables would count, and from the last.

Computes only: what it gives is stored by ``surveys.services.results.result_editions``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from surveys.disclosure.editions import Ledger, Limits, Renewed, admit, extend, renew
from surveys.disclosure.tables import OneWay, Pattern
from surveys.models.map_edition import EditionState
from surveys.models.result_edition import ResultEdition
from surveys.services.results.result_tables import Counted, describe

NOTHING_TO_SHOW, NOTHING_NEW = "nothing_to_show", "nothing_new"


@dataclass(frozen=True, slots=True)
class Drafted:
    """What the next edition would be: its tables, whom it counts and what readers do not get."""

    tables: list[dict[str, Any]]
    ledger: Ledger
    n_waiting: int
    standing: list[str]
    untold: list[str]
    failure: str | None


def draft(counted: Counted, earlier: ResultEdition | None, limits: Limits, number: int) -> Drafted:
    """Compute the edition ``number``: no database, the same output for the same input."""
    before = read_ledger(earlier.ledger) if earlier else Ledger()
    told = {table["key"]: table for table in earlier.tables} if earlier else {}
    patterns = {key: pattern_of(table) for key, table in told.items()}
    core = [t for t in counted.tables.values() if isinstance(t, OneWay) and t.is_core]
    admitted = admit(core, patterns, before, counted.persons, limits.least)
    # After a taking down nothing stands as it was: it may be what was wrong.
    may_stand = earlier is not None and earlier.state is EditionState.PUBLISHED
    tables: list[dict[str, Any]] = []
    renewed: list[Renewed] = []
    standing: list[str] = []
    untold: list[str] = []
    for key, table in counted.tables.items():
        found = renew(table, counted.tables, patterns, before, admitted, limits)
        if found is not None:
            patterns[key] = found.pattern
            renewed.append(found)
            tables.append(_as_told(describe(table, found, counted, number), told.get(key)))
        elif key in told and may_stand:
            standing.append(key)
            tables.append(dict(told[key]))
        else:
            untold.append(key)
    return Drafted(
        tables,
        extend(before, renewed, admitted),
        n_waiting=len(counted.persons - admitted),
        standing=standing,
        untold=untold,
        failure=_failure(tables, earlier),
    )


def pattern_of(table: Mapping[str, Any]) -> Pattern:
    """The classes that a published table tells by."""
    rows = tuple(tuple(row["codes"]) for row in table["rows"])
    return Pattern(rows, tuple(tuple(c["codes"]) for c in table.get("columns", ())))


def content_hash(tables: Sequence[Mapping[str, Any]], limits: Limits) -> str:
    """The control sum of what readers get: of told numbers and of nothing else."""
    content = {"tables": tables, "min_respondents": limits.least, "min_crossed": limits.crossed}
    return sha256(canonical(content).encode()).hexdigest()


def canonical(content: object) -> str:
    """JSON in one way of writing, so that its sum can be worked out again."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def write_ledger(ledger: Ledger) -> dict[str, Any]:
    """The ledger as it is stored: digests once, and by number their places in that list."""
    persons = sorted(ledger.members.union(*ledger.told.values()))
    place = {person: i for i, person in enumerate(persons)}
    return {
        "persons": persons,
        "members": sorted(place[person] for person in ledger.members),
        "told": {n: sorted(place[p] for p in who) for n, who in ledger.told.items()},
        "counts": {name: list(counts) for name, counts in ledger.counts.items()},
        "hidden": sorted(ledger.hidden),
    }


def read_ledger(stored: Mapping[str, Any]) -> Ledger:
    """The ledger of an edition; an empty one where there is none."""
    persons = stored.get("persons", [])
    return Ledger(
        members=frozenset(persons[i] for i in stored.get("members", ())),
        told={n: frozenset(persons[i] for i in who) for n, who in stored.get("told", {}).items()},
        counts={name: tuple(counts) for name, counts in stored.get("counts", {}).items()},
        hidden=frozenset(stored.get("hidden", ())),
    )


def _as_told(table: dict[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
    """The table, with its old edition's number where it says the same as then."""
    if before is not None and table | {"edition": before["edition"]} == before:
        return dict(before)
    return table


def _failure(tables: list[dict[str, Any]], earlier: ResultEdition | None) -> str | None:
    if not tables:
        return NOTHING_TO_SHOW
    if earlier is None or earlier.state is not EditionState.PUBLISHED:
        return None
    return NOTHING_NEW if tables == earlier.tables else None
