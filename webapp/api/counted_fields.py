"""Fields that points and activities share: the target, how far it has come, and the place."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l

from surveys.models.plan import Comparator, TargetPeriod
from surveys.queries.ground.public_places import PlaceTold
from surveys.queries.promises.counters import Counter
from webapp.api.fields import Field, Row, point_geometry

OCCASIONS, WEEKS = "occasions", "weeks"
TARGET_FIELDS = (
    Field("target", "integer", _l("How many times, as it is written."), is_nullable=True),
    Field(
        "comparator",
        "string",
        _l("At least so many, or exactly."),
        is_nullable=True,
        values=tuple(comparator.value for comparator in Comparator),
    ),
    Field(
        "per",
        "string",
        _l("The span after which the count starts again."),
        is_nullable=True,
        values=tuple(period.value for period in TargetPeriod),
    ),
)
STATE_TODAY = _l(
    "Its state on the day of the request: behind or ahead of an even pace, or on_track; ongoing"
    " where it sets no number to fall behind; not_measurable where nobody can count it."
)
COUNT_FIELDS = (
    Field(
        "counted_in",
        "string",
        _l("What the three numbers after this count: occasions, or weeks that reached the target."),
        is_nullable=True,
        values=(OCCASIONS, WEEKS),
    ),
    Field("held", "integer", _l("How many there have been until today."), is_nullable=True),
    Field(
        "expected",
        "integer",
        _l(
            "How many the whole period asks for, from its first day to its last. Public holidays"
            " that excuse a meeting are left out."
        ),
        is_nullable=True,
    ),
    Field(
        "expected_until_today",
        "integer",
        _l("How many of them an even pace would have reached by today."),
        is_nullable=True,
    ),
)
PLACE_FIELDS = (
    Field("place", "string", _l("Where, by its name in the place register."), is_nullable=True),
    Field("longitude", "number", _l("Its middle, in degrees (WGS 84)."), is_nullable=True),
    Field("latitude", "number", _l("Its middle, in degrees (WGS 84)."), is_nullable=True),
    Field(
        "extent_m",
        "integer",
        _l("How far the name reaches around the middle, in metres."),
        is_nullable=True,
    ),
)


def target_row(counter: Counter | None) -> Row:
    """The values of ``TARGET_FIELDS``."""
    target = counter.target if counter else None
    return {
        "target": target.count if target else None,
        "comparator": target.comparator.value if target else None,
        "per": target.per.value if target else None,
    }


def count_row(counter: Counter | None) -> Row:
    """The values of ``COUNT_FIELDS``, all null for what is not counted."""
    if counter is None:
        return dict.fromkeys(field.name for field in COUNT_FIELDS)
    is_weekly = counter.weeks is not None and counter.weeks.is_weekly
    return {
        "counted_in": WEEKS if is_weekly else OCCASIONS,
        "held": counter.held,
        "expected": counter.asked_in_all,
        "expected_until_today": counter.asked_until_now,
    }


def place_row(place: PlaceTold | None) -> Row:
    """The values of ``PLACE_FIELDS`` and the geometry, all null without a place to point at.

    What may be named but not pointed at is no place for a map, and is left out.
    """
    if place is None or place.lat is None:
        return dict.fromkeys(field.name for field in PLACE_FIELDS) | {"geometry": None}
    return {
        "place": place.name,
        "longitude": place.lon,
        "latitude": place.lat,
        "extent_m": place.extent_m,
        "geometry": point_geometry(place.lon, place.lat),
    }


def places_row(places: Sequence[PlaceTold]) -> Row:
    """``places`` as objects with the same fields, and one geometry for all of them."""
    shown = [place for place in places if place.lat is not None]
    found = [
        {"name": p.name, "longitude": p.lon, "latitude": p.lat, "extent_m": p.extent_m}
        for p in shown
    ]
    spots = [[place.lon, place.lat] for place in shown]
    if not spots:
        return {"places": [], "geometry": None}
    one = {"type": "Point", "coordinates": spots[0]}
    return {
        "places": found,
        "geometry": one if len(spots) == 1 else {"type": "MultiPoint", "coordinates": spots},
    }
