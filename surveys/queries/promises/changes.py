"""What differs between two contents of a promise, field by field and point by point."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

# Fields of the promise and of a point, in the order in which they are told.
FIELDS = (
    "title", "label", "said", "said_ground", "pledge", "is_verbatim", "vision", "starts_on",
    "ends_on", "months_from_signing", "follow_up_text", "report_to", "summary_due_on", "agreement",
    "carried_from", "municipalities", "signatories", "claims",
)  # fmt: skip
POINT_FIELDS = (
    "title", "text", "area", "responsible", "owner", "third_parties", "measure", "target", "unit",
    "due_on", "condition", "target_group", "baseline", "places", "n_places_not_named",
    "place_text", "methods", "aim", "wanted", "claims",
)  # fmt: skip


class DifferenceKind(enum.Enum):
    """What has become of something."""

    CHANGED = "changed"
    ADDED = "added"  # a point
    TAKEN_OUT = "taken_out"  # a point


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. ``point`` is the title of the point it is about, as it is now.

    ``before`` and ``after`` are the contents' own values, None for what is not there.
    """

    kind: DifferenceKind
    field: str | None
    point: str | None
    before: Any
    after: Any


def list_differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[Difference, ...]:
    """What a reader of ``before`` needs to know of ``after``.

    Who has signed, how far it has come and what is found to be missing are no change of words.
    """
    return (*_fields(FIELDS, before, after, None), *_points(before, after))


def _fields(
    names: tuple[str, ...], before: dict[str, Any], after: dict[str, Any], point: str | None
) -> Iterator[Difference]:
    for name in names:
        old, new = _told(name, before), _told(name, after)
        if old != new:
            yield Difference(DifferenceKind.CHANGED, name, point, old, new)


def _points(before: dict[str, Any], after: dict[str, Any]) -> Iterator[Difference]:
    old, new = _points_of(before), _points_of(after)
    for id_, point in new.items():
        if id_ not in old:
            yield Difference(DifferenceKind.ADDED, None, point["title"], None, point["text"])
        else:
            yield from _fields(POINT_FIELDS, old[id_], point, point["title"])
    for id_, point in old.items():
        if id_ not in new:
            yield Difference(DifferenceKind.TAKEN_OUT, None, point["title"], point["text"], None)


def _points_of(content: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """Id -> point, with its reasons as sentences: their ids say nothing to a reader."""
    texts = {claim["id"]: claim["text"] for claim in content["claims"]}
    return {
        point["id"]: point | {"claims": [texts[i] for i in point["claims"] if i in texts]}
        for point in content["points"]
    }


def _told(name: str, content: dict[str, Any]) -> Any:
    """The value of ``name`` as it is compared: things by what they are called."""
    value = content.get(name)
    if name in {"starts_on", "ends_on"} and content.get("months_from_signing") is not None:
        return None  # they follow from the signatures
    if name in {"agreement", "carried_from"}:
        return value["title"] if value else None
    key = _NAMED_BY.get(name)
    if key is None or not value or not isinstance(value[0], dict):
        return value or None
    return [", ".join(str(row[part]) for part in key) for row in value]


# Lists of things, and what each of them is called by.
_NAMED_BY = {
    "municipalities": ("official_name",),
    "signatories": ("title", "body"),
    "claims": ("text",),
}
