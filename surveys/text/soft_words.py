"""Words of a promise that nobody can follow up: what is done by "actively working for" something?

Each is matched by the beginnings of its words, so that inflected forms are found too.
"""

import re

_SOFT = (
    r"aktivt? (?:verka|arbeta|jobba|motverka|delta|bidra)\w*(?: (?:för|mot))?",
    r"(?:verka|arbeta|jobba)r? (?:aktivt |vidare )?(?:för|mot)(?: att)?",
    r"fortsätt(?:a|er) (?:att )?(?:utveckla|arbeta|stärka|verka)\w*",
    r"(?:bidra|medverka)r? till",
    r"(?:sträva|eftersträva)r?(?: efter)?",
    r"främjar?",
    r"höj(?:a|er) sin förmåga",
    r"(?:ser|se) över möjlighet\w*",
    r"i den (?:omfattning|mån|utsträckning) (?:som|det)[^.,;]{0,40}",
    r"(?:så långt som|där det är|då det är|när det är|om det är) (?:möjligt|befogat|lämpligt)",
    r"i förekommande fall",
    r"i möjligaste mån",
    r"regelbundet",
    r"regelbunden kontakt",
)
_PATTERN = re.compile(rf"(?<!\w)(?:{'|'.join(_SOFT)})(?!\w)", re.IGNORECASE)


def find_soft_words(text: str) -> str | None:
    """The first words of ``text`` that cannot be followed up, as they stand; None without any."""
    found = _PATTERN.search(text)
    return " ".join(found[0].split()) if found else None
