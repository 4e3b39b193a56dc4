"""Which respondents a map's filters choose: their ids are read first, and held to the marks' then.

So the marks can be sorted while the database reads. Only the job process and commands import this:
it uses numpy.
"""

from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from maps.engine.grid import Bools, Ints
from maps.engine.stand_ins import Keys
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.queries.maps.mark_reading import keys_of, read_about, read_respondents
from surveys.queries.results.filters import NO_FILTERS, Filters


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Ids that were read. Whoever is chosen is among each of ``lists``.

    ``parts`` are ids, the part of each from 1, and which parts are chosen, the first of those whose
    ids were not read; None where the filters make no parts.
    """

    lists: tuple[Keys, ...]
    parts: tuple[Keys, Ints, Bools] | None = None

    def of(self, known: Keys) -> tuple[Bools, Ints]:
        """Which of the ``known`` ids, which rise, are chosen, and the part that each is of."""
        part = np.zeros(known.shape[1], dtype=np.int64)
        if self.parts is not None:
            ids, numbers, is_chosen = self.parts
            among, at = _places_among(known, ids)
            part[at] = numbers[among]
            return is_chosen[part], part
        chosen = np.ones(part.size, dtype=bool)
        for ids in self.lists:
            is_among = np.zeros(part.size, dtype=bool)
            is_among[_places_among(known, ids)[1]] = True
            chosen &= is_among
        return chosen, part


def read_choice(
    session: Session, municipality: Municipality, dialogue: Dialogue, filters: Filters
) -> Choice:
    """The respondents whom ``filters`` choose; what they say of marks is not looked at."""
    parts = _parts(dialogue, filters)
    if parts:
        has_part = Response.event_id.is_not(None) if filters.event is not None else None
        conditions = (condition for condition, _ in parts)
        ids, numbers = read_respondents(
            session, municipality, dialogue, NO_FILTERS, *conditions, only=has_part
        )
        is_chosen = np.array([False, *(is_asked for _, is_asked in parts)])
        return Choice((), (ids, numbers, is_chosen))
    lists = []
    # Looking up who said the theme for each respondent would take as long as reading all marks.
    others = replace(filters, reason=None, time=None, municipality=None, theme=None)
    if others != NO_FILTERS:
        lists.append(read_respondents(session, municipality, dialogue, others)[0])
    if filters.theme is not None:
        lists.append(read_about(session, municipality, dialogue, filters))
    return Choice(tuple(lists))


def _parts(dialogue: Dialogue, filters: Filters) -> list[tuple[ColumnElement[bool], bool]]:
    """What each respondent fulfils one of at most, where ``filters`` is such a one.

    With whether it is what the filters ask for.
    """
    if set(filters.as_json()) == {"channel"}:
        return [(Response.channel == each, each is filters.channel) for each in Channel]
    if set(filters.as_json()) == {"event"}:
        return [(Response.event_id == e.id, e.code == filters.event) for e in dialogue.events]
    return []


def _places_among(known: Keys, ids: Keys) -> tuple[Ints, Ints]:
    """Which of the ids are ``known`` ones, and where those stand."""
    keys, sought = known[0], ids[0]
    by_key = np.arange(keys.size)
    if not (keys[1:] > keys[:-1]).all():  # some begin alike
        keys, sought = keys_of(known), keys_of(ids)
        by_key = np.argsort(keys)
        keys = keys[by_key]
    if not keys.size:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    order = np.argsort(sought)  # looked up in turn they are near each other
    at = np.minimum(np.searchsorted(keys, sought[order]), keys.size - 1)
    is_found = (keys[at] == sought[order]) & (known[1, by_key[at]] == ids[1, order])
    found = np.flatnonzero(is_found)
    return order[found], by_key[at[found]]
