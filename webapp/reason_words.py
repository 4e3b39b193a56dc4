"""The reason of a look at an original, as the log of access keeps it, in words."""

from surveys.drafts.unmasking import UnmaskReason
from webapp.labels import label


def reason_in_words(kept: str) -> str:
    """``safety: own words`` with the reason in words; other reasons as they are."""
    code, separator, words = kept.partition(": ")
    known = next((reason for reason in UnmaskReason if reason.value == code), None)
    return kept if known is None else f"{label(known)}{separator}{words}"
