"""Words for what a body is for. Staff only."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.models.body import BodyKind

_KINDS: dict[BodyKind, LazyString] = {
    BodyKind.COUNCIL: _l("Council that leads the work"),
    BodyKind.PREPARATORY: _l("Preparatory group"),
    BodyKind.SITUATION: _l("Group that makes the picture of the situation"),
    BodyKind.WORKING: _l("Working group"),
    BodyKind.CONTRIBUTOR: _l("Contributes its picture"),
    BodyKind.DECIDING: _l("Board or council that decides"),
}


def body_kind(kind: BodyKind) -> str:
    """What the body is for, in words."""
    return str(_KINDS[kind])
