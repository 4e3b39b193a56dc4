"""The reason of a look at an original or at single points, as the log keeps it, in words."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.drafts.points import PointsReason
from surveys.drafts.unmasking import UnmaskReason
from webapp.labels import label

_POINTS: dict[PointsReason, LazyString] = {
    PointsReason.WHERE_EXACTLY: _l("To find the spot before a measure or a walk"),
    PointsReason.CHECK_PLACES: _l("To see whether marks and place names stand right"),
    PointsReason.DISCLOSURE: _l("A request for a public record"),
    PointsReason.OTHER: _l("Another reason"),
}


def points_reason(reason: PointsReason) -> str:
    """Why somebody needs to see single points, as a form says it."""
    return str(_POINTS[reason])


def reason_in_words(kept: str) -> str:
    """``safety: own words`` with the reason in words; other reasons as they are."""
    code, separator, words = kept.partition(": ")
    words_of = {reason.value: points_reason(reason) for reason in PointsReason}
    words_of |= {reason.value: label(reason) for reason in UnmaskReason}
    return f"{words_of[code]}{separator}{words}" if code in words_of else kept
