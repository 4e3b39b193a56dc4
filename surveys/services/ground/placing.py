"""Where a marked place lies: by the register, by a pin inside or near the outline, or in words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maps.areas import Outline, distance_outside_m, read_outline
from maps.places import NamedPoint, Precision, nearest, snap
from surveys.drafts.responses import IfOutside, PlaceDraft
from surveys.errors import PlaceOutside, PlacesOutside
from surveys.limits import HOME_CELL_M, OUTSIDE_TOLERANCE_M
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.response import Feeling, MarkedPlace, PlaceReason


@dataclass(frozen=True, slots=True)
class Ground:
    """What places are judged against in one dialogue of one municipality.

    ``pin_cell_m`` is the side of the cells that pins are snapped to.
    """

    outline: Outline | None
    register: Mapping[str, NamedPlace]
    pin_cell_m: int
    takes_safe_places: bool


def read_ground(
    municipality: Municipality,
    dialogue: Dialogue,
    register: Sequence[NamedPlace],
    drafts: Sequence[PlaceDraft],
) -> Ground:
    """The register, and the outline where a pin among ``drafts`` has to be held to it."""
    has_pin = any(draft.pin for draft in drafts)
    outline = read_outline(municipality.outline) if municipality.outline and has_pin else None
    return Ground(
        outline,
        {place.name: place for place in register},
        dialogue.pin_cell_m,
        dialogue.asks_safe_places,
    )


def place_marks(ground: Ground, drafts: Sequence[PlaceDraft]) -> list[MarkedPlace]:
    """The rows for ``drafts``, in order and without an owner; raise PlacesOutside."""
    outside: list[PlaceOutside] = []
    marks: list[MarkedPlace] = []
    for draft in drafts:
        distance = _distance_outside_m(ground, draft.pin)
        if distance > OUTSIDE_TOLERANCE_M and draft.if_outside is IfOutside.ASK:
            suggestion = _nearest_named(ground, draft.pin)
            name = suggestion.name if suggestion else None
            outside.append(PlaceOutside(draft.number, distance, name))
            continue
        mark = _mark(ground, draft, distance)
        if mark is not None:
            mark.position = len(marks) + 1
            marks.append(mark)
    if outside:
        raise PlacesOutside(tuple(outside))
    return marks


def _mark(ground: Ground, draft: PlaceDraft, distance: float) -> MarkedPlace | None:
    """The row for ``draft``, or None where nothing is left of it without its pin."""
    named, words = _named(ground, draft)
    mark = MarkedPlace(
        words=words,
        precision=Precision.DISTRICT,  # words alone point at no spot
        outside_m=0,
        reasons=_reasons(ground, draft),
        times=draft.times,
        seasons=draft.seasons,
        kind=draft.kind,
        feeling=_feeling(ground, draft),
    )
    is_accepted = draft.pin is not None and distance <= OUTSIDE_TOLERANCE_M
    if draft.pin is not None and not is_accepted and draft.if_outside is IfOutside.SUGGESTED:
        named = named or _nearest_named(ground, draft.pin)
    if named is not None:
        mark.named_place_id = named.id
        mark.lat, mark.lon, mark.precision = named.lat, named.lon, Precision.PLACE
    if draft.pin is not None and is_accepted:
        mark.lat, mark.lon = snap(*draft.pin, ground.pin_cell_m)
        mark.precision, mark.outside_m = Precision.EXACT, math.ceil(distance)
    if draft.kind is PlaceKind.HOME:
        _blur(mark, draft.pin if is_accepted else None, ground.pin_cell_m)
    is_said = mark.lat is not None or words or draft.kind
    return mark if is_said or draft.reasons or draft.times or draft.seasons else None


def _blur(mark: MarkedPlace, pin: tuple[float, float] | None, pin_cell_m: int) -> None:
    """Keep of somebody's home only the part of town that it lies in: no map draws it as a point."""
    mark.precision = Precision.DISTRICT
    if pin is not None:
        mark.lat, mark.lon = snap(*pin, max(HOME_CELL_M, pin_cell_m))
        mark.outside_m = math.ceil(mark.outside_m / HOME_CELL_M) * HOME_CELL_M


def _feeling(ground: Ground, draft: PlaceDraft) -> Feeling:
    return draft.feeling if ground.takes_safe_places else Feeling.UNSAFE


def _reasons(ground: Ground, draft: PlaceDraft) -> frozenset[PlaceReason]:
    """The reasons say what makes a place feel unsafe: of a safe one they say nothing."""
    return draft.reasons if _feeling(ground, draft) is Feeling.UNSAFE else frozenset()


def _named(ground: Ground, draft: PlaceDraft) -> tuple[NamedPlace | None, str | None]:
    """The place of the register, and the words; a name that is gone from it becomes words."""
    named = ground.register.get(draft.name) if draft.name else None
    if draft.name and named is None:
        return None, ", ".join(filter(None, (draft.name, draft.words)))
    return named, draft.words


def _distance_outside_m(ground: Ground, pin: tuple[float, float] | None) -> float:
    if ground.outline is None or pin is None:
        return 0.0
    return distance_outside_m(ground.outline, *pin)


def _nearest_named(ground: Ground, pin: tuple[float, float] | None) -> NamedPlace | None:
    if pin is None:
        return None
    points = [
        NamedPoint(p.name, p.lat, p.lon, p.radius_m)
        for p in ground.register.values()
        if not p.is_sensitive and p.search_key is None
    ]
    found = nearest(*pin, points)
    return ground.register[found.named.name] if found else None
