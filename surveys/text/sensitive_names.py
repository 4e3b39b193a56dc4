"""Names that tell of a place that a map could stigmatise: asked about, never decided by a rule."""

import enum
import re


class SensitiveRule(enum.Enum):
    """Why a place may be one that readers should not be pointed to."""

    HOME = "home"
    SHELTER = "shelter"
    ASYLUM = "asylum"
    CARE_HOME = "care_home"
    WORSHIP = "worship"
    CLINIC = "clinic"


# In Swedish, at the end of a word or as one of its own: "Kyrkan", but not "Kyrkogatan".
_WORDS: dict[SensitiveRule, str] = {
    SensitiveRule.SHELTER: (
        r"skyddat boende|skyddsboende\w*|\w*jouren?|\w*kvinnohus\w*|härbärge\w*|\w*natthem\w*"
    ),
    SensitiveRule.ASYLUM: r"asyl\w*|flykting\w*|ankomstboende\w*|anläggningsboende\w*",
    SensitiveRule.CARE_HOME: (
        r"hvb\S*|lss\S*|\w*grupp(?:bostad|boende)\w*|\w*stödboende\w*|stödet|\w*behandlingshem\w*"
        r"|\w*servicebostad\w*|\w*äldreboende\w*|\w*vårdboende\w*|särskilt boende|\w*ungdomshem\w*"
        r"|\w*ungdomsboende\w*|sis-\w+"
    ),
    SensitiveRule.WORSHIP: (
        r"\w*kyrkan?|\w*kapell(?:et)?|\w*moské[n]?|\w*synagoga[n]?|\w*tempel|templet|\w*bönehus\w*"
        r"|\w*missionshus\w*|\w*församlingshem\w*|gudstjänstlokal\w*"
    ),
    SensitiveRule.CLINIC: (
        r"\w*mottagning(?:en)?|vårdcentral\w*|hälsocentral\w*|\w*psykiatri\w*|\w*beroende\w*"
        r"|sprututbyte\w*|\w*sjukhus(?:et)?|\w*lasarett\w*"
    ),
}
_PATTERNS = {
    rule: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for rule, words in _WORDS.items()
}


def rule_of_name(name: str) -> SensitiveRule | None:
    """The rule that the name of a place falls under; None where no rule asks."""
    return next((rule for rule, pattern in _PATTERNS.items() if pattern.search(name)), None)
