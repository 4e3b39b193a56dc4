"""What somebody says who needs to read an answer as it was written."""

import enum
from dataclasses import dataclass


class UnmaskReason(enum.Enum):
    """Why somebody needs the original."""

    CHECK_MASKING = "check_masking"  # whether the masking took too much or too little
    SAFETY = "safety"  # somebody may be in danger
    DISCLOSURE = "disclosure"  # a request for a public record
    DATA_SUBJECT = "data_subject"  # whoever wrote it asks
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class UnmaskDraft:
    """The reason, and own words about it, which are needed where the reason is another."""

    reason: UnmaskReason
    words: str = ""
