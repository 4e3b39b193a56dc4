"""Where a marked place lies: by the register, by a pin inside or near the outline, or in words."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from maps.areas import Outline, distance_outside_m, read_outline
from maps.places import NamedPoint, Precision, nearest, snap
from surveys.drafts.responses import IfOutside, PlaceDraft
from surveys.errors import PlaceOutside, PlacesOutside
from surveys.limits import OUTSIDE_TOLERANCE_M, PIN_CELL_M
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.models.response import MarkedPlace


@dataclass(frozen=True, slots=True)
class Ground:
    """What places are judged against in one municipality."""

    outline: Outline | None
    register: Mapping[str, NamedPlace]


def read_ground(
    municipality: Municipality, register: Sequence[NamedPlace], drafts: Sequence[PlaceDraft]
) -> Ground:
    """The register, and the outline where a pin among ``drafts`` has to be held to it."""
    has_pin = any(draft.pin for draft in drafts)
    outline = read_outline(municipality.outline) if municipality.outline and has_pin else None
    return Ground(outline, {place.name: place for place in register})


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
        reasons=draft.reasons,
        times=draft.times,
    )
    is_accepted = draft.pin is not None and distance <= OUTSIDE_TOLERANCE_M
    if draft.pin is not None and not is_accepted and draft.if_outside is IfOutside.SUGGESTED:
        named = named or _nearest_named(ground, draft.pin)
    if named is not None:
        mark.named_place_id = named.id
        mark.lat, mark.lon, mark.precision = named.lat, named.lon, Precision.PLACE
    if draft.pin is not None and is_accepted:
        mark.lat, mark.lon = snap(*draft.pin, PIN_CELL_M)
        mark.precision, mark.outside_m = Precision.EXACT, math.ceil(distance)
    is_said = mark.lat is not None or words or draft.reasons or draft.times
    return mark if is_said else None


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
    points = [NamedPoint(p.name, p.lat, p.lon, p.radius_m) for p in ground.register.values()]
    found = nearest(*pin, points)
    return ground.register[found.named.name] if found else None
