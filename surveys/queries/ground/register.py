"""The place register page by page, for those who look after it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.queries.ground.public_places import HOME_KINDS
from surveys.text.place_search import fold
from surveys.text.sensitive_names import SensitiveRule, rule_of_name

PAGE_SIZE = 50
ALL, SENSITIVE, ASKED = "alla", "kansliga", "forslag"
CHOICES = (ASKED, SENSITIVE, ALL)
_IS_UNTOLD = or_(NamedPlace.is_sensitive.is_(True), NamedPlace.kind == PlaceKind.HOME)


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """One place. ``rule`` asks whether it is sensitive, where nobody has said yet."""

    id: int
    name: str
    kind: PlaceKind
    is_street: bool
    is_sensitive: bool
    reason: str | None
    rule: SensitiveRule | None


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of ``n`` places by name; pages are numbered from 1."""

    lines: tuple[RegisterLine, ...]
    n: int
    page: int
    n_pages: int


def list_register(
    session: Session, municipality: Municipality, *, shown: str, search: str = "", page: int = 1
) -> RegisterPage:
    """The places of one choice whose name or alias holds ``search``; raise NotFound beyond.

    ``shown`` is one of CHOICES. Streets are too many to list: they come with a search, and where
    somebody has marked one.
    """
    wanted = fold(search)
    found = [
        line
        for line, names in _lines(session, municipality)
        if (wanted in names if wanted else not line.is_street or line.is_sensitive)
        and (shown != SENSITIVE or line.is_sensitive)
        and (shown != ASKED or line.rule is not None)
    ]
    n_pages = max(1, -(-len(found) // PAGE_SIZE))
    if not 1 <= page <= n_pages:
        raise NotFound(f"page {page}")
    start = (page - 1) * PAGE_SIZE
    return RegisterPage(tuple(found[start : start + PAGE_SIZE]), len(found), page, n_pages)


def get_place(session: Session, municipality: Municipality, place_id: int) -> NamedPlace:
    """One place or street of the register; raise NotFound."""
    place = session.scalar(
        select(NamedPlace).where(
            NamedPlace.municipality_id == municipality.id, NamedPlace.id == place_id
        )
    )
    if place is None:
        raise NotFound(f"place {place_id}")
    return place


def rule_of(place: Any) -> SensitiveRule | None:
    """The rule that asks about a place (name, aliases, kind)."""
    if place.kind in HOME_KINDS:
        return SensitiveRule.HOME
    names = (place.name, *place.aliases)
    return next((rule for name in names if (rule := rule_of_name(name)) is not None), None)


def list_untold_names(session: Session, municipality_id: int) -> frozenset[str]:
    """The names that readers are not given today, whatever was made before they were marked.

    With each place's other names, which hold those that it had before (``NamedPlace``), unless a
    place that may be told has that name now.
    """
    own = NamedPlace.municipality_id == municipality_id
    rows = session.execute(select(NamedPlace.name, NamedPlace.aliases).where(own, _IS_UNTOLD))
    untold = {each for name, aliases in rows for each in (name, *aliases)}
    statement = select(NamedPlace.name).where(own, NamedPlace.name.in_(untold), ~_IS_UNTOLD)
    return frozenset(untold - set(session.scalars(statement)))


def list_untold_ids(session: Session, municipality_id: int) -> frozenset[int]:
    """The ids of the places that readers are not given today, whatever they are called."""
    statement = select(NamedPlace.id).where(
        NamedPlace.municipality_id == municipality_id, _IS_UNTOLD
    )
    return frozenset(session.scalars(statement))


def _lines(session: Session, municipality: Municipality) -> list[tuple[RegisterLine, str]]:
    rows = session.execute(
        select(
            NamedPlace.id,
            NamedPlace.name,
            NamedPlace.kind,
            NamedPlace.aliases,
            NamedPlace.search_key,
            NamedPlace.is_sensitive,
            NamedPlace.sensitive_reason,
        )
        .where(NamedPlace.municipality_id == municipality.id)
        .order_by(NamedPlace.name)
    )
    found = []
    for row in rows:
        is_open = not row.is_sensitive and row.sensitive_reason is None
        line = RegisterLine(
            id=row.id,
            name=row.name,
            kind=row.kind,
            is_street=row.search_key is not None,
            is_sensitive=row.is_sensitive,
            reason=row.sensitive_reason,
            rule=rule_of(row) if is_open else None,
        )
        found.append((line, " ".join(map(fold, (row.name, *row.aliases)))))
    return found
