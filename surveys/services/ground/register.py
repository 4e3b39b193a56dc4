"""What a municipality decides about the places of its register."""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.errors import InvalidInput
from surveys.limits import MAX_REASON_FOR_PLACE
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.queries.ground.register import get_place
from surveys.services.editions.edition_files import drop_files_naming
from surveys.services.editions.input_rules import optional_text
from surveys.services.ground.geography import request_runs_again
from surveys.services.maps.map_voiding import void_maps_with_names


def mark_place(
    session: Session,
    municipality: Municipality,
    place_id: int,
    *,
    is_sensitive: bool,
    reason: str | None,
    now: datetime,
) -> NamedPlace:
    """Say whether a place is sensitive, and why; its maps are computed anew.

    Until then no map stands that may name a place which has become sensitive.
    Documents of editions that name it are dropped: after the commit the worker must be told of
    those that are missing.

    Raise NotFound; InvalidInput ``sensitive_reason`` without a reason and ``home_is_sensitive``
    for somebody's home, which always is.
    """
    place = get_place(session, municipality, place_id)
    why = optional_text(reason, "reason", MAX_REASON_FOR_PLACE)
    if not why:
        raise InvalidInput("sensitive_reason", "reason")
    if place.kind is PlaceKind.HOME and not is_sensitive:
        raise InvalidInput("home_is_sensitive", "is_sensitive")
    has_changed = place.is_sensitive is not is_sensitive
    place.is_sensitive, place.sensitive_reason = is_sensitive, why
    session.flush()
    if has_changed:
        for name in (place.name, *place.aliases):
            drop_files_naming(session, municipality, name)
        if is_sensitive:
            void_maps_with_names(session, municipality)
        request_runs_again(session, municipality, now=now)
    return place
