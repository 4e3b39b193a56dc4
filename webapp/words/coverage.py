"""Whether an imported population holds about as many as are known to live in the municipality."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.formatters import number

_FEW, _MANY = 0.8, 1.25  # of those who are known to live there


def coverage_words(settings: Mapping[str, Any]) -> str:
    """What is odd about the population that a run was held to; empty where nothing is.

    ``settings`` are the run's. A source that leaves people out is no ground for "too many".
    """
    covers = (settings.get("scan") or {}).get("covers")
    if not covers or not covers["known"]:
        return ""
    holds = covers["n"] / covers["known"]
    if holds >= _FEW and (holds <= _MANY or not covers["is_whole"]):
        return ""
    figures = {
        "n": number(covers["n"]), "known": number(covers["known"]), "source": covers["source"],
    }  # fmt: skip
    if holds < _FEW:
        return _(
            "The imported population holds only %(n)s inhabitants of the municipality, though"
            " at least %(known)s are known to live there (%(source)s). Where it leaves people out,"
            " a hotspot may only show that. Import a file that covers the municipality.",
            **figures,
        )
    return _(
        "The imported population holds %(n)s inhabitants of the municipality, though %(known)s are"
        " known to live there (%(source)s). See whether anybody is counted twice in the file.",
        **figures,
    )
