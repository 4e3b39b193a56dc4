"""Public figures: prepared, published once, held to what was told before, and taken down."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from secrets import token_hex
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from surveys.days import whole_hour
from surveys.disclosure.audit import find_disclosures
from surveys.disclosure.editions import Ledger, Limits, Renewed, admit, extend, renew
from surveys.disclosure.tables import OneWay, Pattern, Persons
from surveys.errors import Conflict, InvalidInput
from surveys.limits import MAX_TAKE_DOWN_REASON
from surveys.models.dialogue import Dialogue
from surveys.models.map_edition import EditionState
from surveys.models.municipality import Municipality
from surveys.models.result_edition import ResultEdition
from surveys.queries.map_editions import EVER_PUBLIC, NOT_YET_PUBLIC
from surveys.queries.result_editions import get_last_public_results, get_result_edition
from surveys.services.map_edition_steps import person_digest
from surveys.services.result_tables import Counted, describe, read_tables

METHOD = "respondents_in_editions"
NOTHING_TO_SHOW, NOTHING_NEW = "nothing_to_show", "nothing_new"


@dataclass(frozen=True, slots=True)
class Drafted:
    """What the next edition would be: its tables, whom it counts and what readers do not get."""

    tables: list[dict[str, Any]]
    ledger: Ledger
    admitted: Persons
    standing: list[str]
    untold: list[str]


def prepare_results(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, now: datetime
) -> ResultEdition:
    """The next edition, for staff to look at, in the place of one that was never published.

    The first published edition settles the limits, and the rows of each table that it tells.
    """
    earlier = get_last_public_results(session, municipality, dialogue)
    drop_unpublished_results(session, municipality.id, dialogue.id)
    limits = Limits(
        earlier.min_respondents if earlier else municipality.min_respondents,
        earlier.min_crossed if earlier else municipality.min_crossed,
    )
    number = earlier.number + 1 if earlier else 1
    counted = read_tables(session, municipality, dialogue)
    drafted = draft(counted, earlier, limits, number)
    edition = ResultEdition(
        municipality_id=municipality.id,
        dialogue_id=dialogue.id,
        number=number,
        state=EditionState.PREVIEW,
        requested_at=whole_hour(now),
        min_respondents=limits.least,
        min_crossed=limits.crossed,
        n_respondents=max((t["n_edition"] for t in drafted.tables), default=0),
        left_out={
            "waiting": len(counted.persons - drafted.admitted),
            "standing": drafted.standing,
            "untold": drafted.untold,
        },
        method=METHOD,
        tables=drafted.tables,
        ledger=write_ledger(drafted.ledger),
    )
    edition.content_hash = content_hash(edition.tables, limits)
    edition.failure = _failure(drafted, earlier)
    if edition.failure:
        edition.state = EditionState.FAILED
    session.add(edition)
    session.flush()
    return edition


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
    return Drafted(tables, extend(before, renewed, admitted), admitted, standing, untold)


def publish_results(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    edition_id: int,
    *,
    role: str,
    now: datetime,
) -> ResultEdition:
    """Make a prepared edition what readers see; raise NotFound, or Conflict where it may not be.

    Before that all editions are read together as a reader would: where a number of few persons
    could be worked out, nothing is published.
    """
    edition = _locked(session, municipality, dialogue, edition_id)
    if edition.state is not EditionState.PREVIEW:
        raise Conflict("the edition is not ready to be published")
    earlier = (
        ResultEdition.municipality_id == municipality.id,
        ResultEdition.dialogue_id == dialogue.id,
        ResultEdition.id != edition.id,
    )
    shown = session.scalars(
        select(ResultEdition.tables).where(*earlier, ResultEdition.state.in_(EVER_PUBLIC))
    )
    limits = Limits(edition.min_respondents, edition.min_crossed)
    together = [table for tables in [*shown, edition.tables] for table in tables]
    if find_disclosures(together, limits):
        raise Conflict("the edition would tell of too few persons")
    session.execute(
        update(ResultEdition)
        .where(*earlier, ResultEdition.state == EditionState.PUBLISHED)
        .values(state=EditionState.REPLACED, ended_at=whole_hour(now))
    )
    session.execute(update(ResultEdition).where(*earlier).values(ledger={}))
    session.expire_all()
    edition.state = EditionState.PUBLISHED
    edition.published_at, edition.published_by = whole_hour(now), role
    session.flush()
    return edition


def publish_results_now(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, role: str, now: datetime
) -> ResultEdition:
    """Prepare and publish at once, for commands; raise Conflict where it may not be."""
    edition = prepare_results(session, municipality, dialogue, now=now)
    return publish_results(session, municipality, dialogue, edition.id, role=role, now=now)


def withdraw_results(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    edition_id: int,
    *,
    reason: str,
    now: datetime,
) -> None:
    """Take the published edition down and say why.

    Raises NotFound, InvalidInput without a reason or with one that is too long, and Conflict
    where it is not the published one.
    """
    edition = _locked(session, municipality, dialogue, edition_id)
    if not reason.strip():
        raise InvalidInput("missing", "reason")
    if len(reason) > MAX_TAKE_DOWN_REASON:
        raise InvalidInput("too_long", "reason")
    if edition.state is not EditionState.PUBLISHED:
        raise Conflict("the edition is not published")
    edition.state, edition.ended_at = EditionState.WITHDRAWN, whole_hour(now)
    edition.ended_because = reason.strip()
    drop_unpublished_results(session, municipality.id, dialogue.id)
    session.flush()


def drop_unpublished_results(session: Session, municipality_id: int, dialogue_id: int) -> None:
    """Forget what was prepared and not published: an answer that it counts may have left."""
    session.execute(
        delete(ResultEdition).where(
            ResultEdition.municipality_id == municipality_id,
            ResultEdition.dialogue_id == dialogue_id,
            ResultEdition.state.in_(NOT_YET_PUBLIC),
        )
    )


def forget_persons(
    session: Session, municipality: Municipality, responses: Sequence[object]
) -> None:
    """Cut the way from ledgers to these responses (their ids), whose content is destroyed.

    That somebody was counted stays, or later editions could not be held to the rule; who it was
    can no longer be found.
    """
    digests = {person_digest(getattr(one, "hex", str(one))) for one in responses}
    statement = select(ResultEdition).where(ResultEdition.municipality_id == municipality.id)
    for edition in session.scalars(statement):
        persons = edition.ledger.get("persons", [])
        if digests.isdisjoint(persons):
            continue
        renamed = [token_hex(8) if one in digests else one for one in persons]
        edition.ledger = edition.ledger | {"persons": renamed}
    session.flush()


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


def _failure(drafted: Drafted, earlier: ResultEdition | None) -> str | None:
    if not drafted.tables:
        return NOTHING_TO_SHOW
    is_shown = earlier is not None and earlier.state is EditionState.PUBLISHED
    if is_shown and earlier is not None and drafted.tables == earlier.tables:
        return NOTHING_NEW
    return None


def _locked(
    session: Session, municipality: Municipality, dialogue: Dialogue, edition_id: int
) -> ResultEdition:
    """The edition, which nobody drops or takes down until this is done; raise NotFound."""
    session.execute(
        select(ResultEdition.id).where(ResultEdition.id == edition_id).with_for_update()
    )
    return get_result_edition(session, municipality, dialogue, edition_id)
