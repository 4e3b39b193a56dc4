"""Stores the municipality's network of streets in place of the one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.geography import StreetDraft
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.response import MarkedPlace
from surveys.queries.ground.streets import list_all_streets
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.text.place_search import fold


@dataclass(frozen=True, slots=True)
class StreetReport:
    """How many streets are stored, how many were there before, and which were left as they are.

    ``in_register`` names streets that the register has as places of its own; ``kept`` counts
    streets that the new network lacks and residents' answers name.
    """

    stored: int
    before: int
    kept: int
    in_register: tuple[str, ...]


def replace_streets(
    session: Session, municipality: Municipality, drafts: Sequence[StreetDraft], source: str
) -> StreetReport:
    """Store a network. A street that stays keeps its row, so that answers go on meaning it."""
    register = _names(list_named_places(session, municipality))
    there = {street.name: street for street in list_all_streets(session, municipality)}
    before, stored, in_register = len(there), 0, []
    for draft in drafts:
        if fold(draft.name) in register:
            in_register.append(draft.name)
            continue
        street = there.pop(draft.name, None) or NamedPlace(
            municipality_id=municipality.id, name=draft.name, kind=PlaceKind.ROAD, aliases=[]
        )
        street.lat, street.lon, street.radius_m = draft.lat, draft.lon, draft.radius_m
        street.line, street.search_key = dict(draft.line), f" {fold(draft.name)}"
        street.source = source
        session.add(street)
        stored += 1
    kept = _remove(session, municipality, there.values())
    session.flush()
    return StreetReport(stored, before, kept, tuple(in_register))


def _remove(session: Session, municipality: Municipality, gone: Iterable[NamedPlace]) -> int:
    """Take away the streets that no answer names; return how many had to stay."""
    named = set(
        session.scalars(
            select(MarkedPlace.named_place_id)
            .where(
                MarkedPlace.municipality_id == municipality.id,
                MarkedPlace.named_place_id.is_not(None),
            )
            .distinct()
        )
    )
    kept = 0
    for street in gone:
        if street.id in named:
            kept += 1
        else:
            session.delete(street)
    return kept


def _names(register: Sequence[NamedPlace]) -> set[str]:
    return {fold(name) for place in register for name in (place.name, *place.aliases)}
