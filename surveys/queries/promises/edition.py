"""A promise as its readers have it: while its words are being changed, those of its last edition.

How far it has come is told of today all the same: the last edition's points count the occasions of
the same points.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.interfaces import ORMOption

from surveys.days import swedish_day
from surveys.errors import NotFound
from surveys.models.evidence import Direction
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import Claim
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.plan import Comparator, TargetPeriod
from surveys.models.promise import (
    PointAim,
    PointMeasure,
    Promise,
    PromiseMunicipality,
    PromisePoint,
    Signatory,
)
from surveys.queries.editions.document_editions import last_content, list_editions
from surveys.queries.ground.public_places import find_by_name, tell_place
from surveys.queries.promises.content import PLAIN, PLAIN_OF_POINT
from surveys.schedule.periods import window_of_months


class _Seen:
    """A row seen with some of its attributes as they were published, the others as they are."""

    def __init__(self, live: object, words: Mapping[str, Any]) -> None:
        self._live, self._words = live, dict(words)

    def __getattr__(self, name: str) -> Any:
        words = self.__dict__["_words"]
        return words[name] if name in words else getattr(self.__dict__["_live"], name)


def published_by(municipality: Municipality) -> Select[Promise]:
    """The rows of the promises that ``municipality`` gives, own and joint, and has published."""
    return (
        select(Promise)
        .join(PromiseMunicipality)
        .where(
            PromiseMunicipality.municipality_id == municipality.id,
            Promise.published_at.is_not(None),
        )
    )


def get_published(session: Session, municipality: Municipality, slug: str) -> Promise:
    """The published promise with this address part, in the words that readers have.

    Raise NotFound, for a draft too.
    """
    promise = session.scalar(published_by(municipality).where(Promise.slug == slug))
    if promise is None:
        raise NotFound(slug)
    return as_published(session, promise)


def list_as_published(
    session: Session, municipality: Municipality, *options: ORMOption
) -> list[Promise]:
    """The published promises with the words that readers have, in the order they were written.

    ``options`` say what is fetched with all of them at once.
    """
    rows = session.scalars(published_by(municipality).options(*options).order_by(Promise.id)).all()
    return [as_published(session, row) for row in rows]


def as_published(session: Session, promise: Promise) -> Promise:
    """``promise`` with the words that readers have. Itself, where nobody is changing them."""
    if promise.changing_since is None or promise.published_at is None:
        return promise
    content = last_content(session, promise)
    if content is None:
        return promise
    cited = [claim["id"] for claim in content["claims"]]
    claims = session.scalars(select(Claim).where(Claim.id.in_(cited)).order_by(Claim.id)).all()
    taken_out = _taken_out(session, promise, content)
    points = [*content["points"], *(point for point, _ in taken_out.values())]
    named = _places_named(session, promise, points)
    return _seen(promise, content, claims, named, taken_out)


def _taken_out(
    session: Session, promise: Promise, content: dict[str, Any]
) -> dict[int, tuple[dict[str, Any], date]]:
    """Point id -> its words in the last edition that held it, and when a later one took it out.

    They stay on the page with what was done on them, whatever becomes of them in the next edition.
    """
    standing = {point["id"] for point in content["points"]}
    found: dict[int, tuple[dict[str, Any], date]] = {}
    after = None
    for edition in list_editions(session, promise):  # the latest first
        for point in edition.content["points"]:
            if after and point["id"] not in standing:
                found.setdefault(point["id"], (point, swedish_day(after)))
        after = edition.published_at
    return found


def content_today(session: Session, promise: Promise, content: dict[str, Any]) -> dict[str, Any]:
    """The content of an edition without the places that have been marked as sensitive since."""
    named = _places_named(session, promise, content["points"])
    hidden = {name for name, place in named.items() if tell_place(place) is None}
    if not hidden:
        return content
    return content | {"points": [_without(point, hidden) for point in content["points"]]}


def _places_named(
    session: Session, promise: Promise, points: Iterable[Mapping[str, Any]]
) -> dict[str, NamedPlace]:
    names = {name for point in points for name in point["places"]}
    return find_by_name(session, [party.municipality_id for party in promise.parties], names)


def _without(point: dict[str, Any], hidden: Collection[str]) -> dict[str, Any]:
    kept = [name for name in point["places"] if name not in hidden]
    n_hidden = point["n_places_not_named"] + len(point["places"]) - len(kept)
    return point | {"places": kept, "n_places_not_named": n_hidden}


def period_from_signatures(
    signatories: Sequence[Signatory], months: int
) -> tuple[date | None, date | None]:
    """The period of ``months`` from the last signature; unknown until all have signed."""
    days = [signatory.signed_on for signatory in signatories]
    signed = [day for day in days if day is not None]
    if not days or len(signed) < len(days):
        return None, None
    window = window_of_months(max(signed), months)
    return window.starts_on, window.ends_on


def _seen(
    promise: Promise,
    content: dict[str, Any],
    claims: Sequence[Claim],
    named: Mapping[str, NamedPlace],
    taken_out: Mapping[int, tuple[dict[str, Any], date]],
) -> Promise:
    words = {name: content[name] for name in (*PLAIN, "follow_up_text", "months_from_signing")}
    signatories = _signatories(promise, content)
    starts_on, ends_on = _day(content["starts_on"]), _day(content["ends_on"])
    if content["months_from_signing"] is not None:
        starts_on, ends_on = period_from_signatures(signatories, content["months_from_signing"])
    before = content["carried_from"]
    seen = _Seen(
        promise,
        words
        | {
            "starts_on": starts_on,
            "ends_on": ends_on,
            "report_to": content["report_to"],
            "follow_up_schedule": content["follow_up_schedule"],
            "summary_due_on": _day(content["summary_due_on"]),
            "signatories": signatories,
            "claims": claims,
            "agreement": promise.agreement if content["agreement"] else None,
            "carried_from": SimpleNamespace(**before, published_at=True) if before else None,
        },
    )
    rows = {point.id: point for point in promise.points}
    told = [(point, None) for point in content["points"]] + list(taken_out.values())
    points = [
        _seen_point(rows[point["id"]], point, seen, (_places(point, named), ended_on))
        for point, ended_on in told
        if point["id"] in rows
    ]
    seen._words["points"] = sorted(points, key=lambda point: (point.position, point.id))
    return cast(Promise, seen)


def _seen_point(
    point: PromisePoint,
    content: dict[str, Any],
    promise: _Seen,
    of_today: tuple[list[Any], date | None],
) -> _Seen:
    """``of_today``: its places as the register has them, and the day when it was taken out."""
    places, ended_on = of_today
    target = content["target"] or {}
    owner = content["owner"]
    words = {name: content[name] for name in PLAIN_OF_POINT} | {
        "responsible": Party(content["responsible"]),
        "measure": PointMeasure(content["measure"]),
        "target_count": target.get("count"),
        "comparator": Comparator(target["comparator"]) if target else None,
        "per": TargetPeriod(target["per"]) if target else None,
        "due_on": _day(content["due_on"]),
        "methods": content["methods"],
        "aim": PointAim(content["aim"]),
        "wanted": Direction(content["wanted"]) if content["wanted"] else None,
        "owner": (
            SimpleNamespace(title=owner["title"], party=Party(owner["party"]), left_on=None)
            if owner
            else None
        ),
        "places": places,
        "claims": [SimpleNamespace(id=id_) for id_ in content["claims"]],
        "ended_on": ended_on,
        "promise": promise,
    }
    return _Seen(point, words)


def _places(content: dict[str, Any], named: Mapping[str, NamedPlace]) -> list[Any]:
    """As the register has them today; what it has no longer is a name, and what was not told
    stays untold.
    """
    gone = SimpleNamespace(kind=PlaceKind.OTHER, is_sensitive=False)
    untold = SimpleNamespace(kind=PlaceKind.HOME, is_sensitive=True)
    told = [
        named.get(name) or SimpleNamespace(name=name, **vars(gone)) for name in content["places"]
    ]
    return told + [untold] * content["n_places_not_named"]


def _signatories(promise: Promise, content: dict[str, Any]) -> list[Signatory]:
    """Who signed or is to sign the last edition; whether they have is told of today."""
    rows = {signatory.id: signatory for signatory in promise.signatories}
    return [
        cast(Signatory, _Seen(rows.get(role["id"]) or _unsigned(role, promise), {
            "title": role["title"], "is_acting": role["is_acting"],
        }))
        for role in content["signatories"]
    ]  # fmt: skip


def _unsigned(role: dict[str, Any], promise: Promise) -> SimpleNamespace:
    """A role that the change takes off, as it stands in the last edition."""
    giving = {p.municipality.official_name: p.municipality for p in promise.parties}
    municipality = giving.get(role["body"])
    return SimpleNamespace(
        id=role["id"],
        party=Party(role["party"]),
        municipality=municipality,
        municipality_id=municipality.id if municipality else None,
        place=None,
        signed_on=None,
        document_name=None,
        document_sha256=None,
        recorded_by=None,
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None
