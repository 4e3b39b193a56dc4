"""The quality gate in plain words, for those who write: a question, and what is missing."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.queries.promises.gate import Gap, GapKind

_WORDS: dict[GapKind, LazyString] = {
    GapKind.OWNER: _l("Who does it? Nobody answers for point %(number)s."),
    GapKind.OWNER_LEFT: _l(
        "Who does it now? The one who answered for point %(number)s has left. Choose somebody else."
    ),
    GapKind.MEASURE: _l(
        "How do we see that it is kept? Point %(number)s cannot be measured as it is written."
    ),
    GapKind.TARGET: _l("How much? Point %(number)s has no number to reach."),
    GapKind.TIME: _l("When is it done? Point %(number)s has no last day."),
    GapKind.EVIDENCE: _l("Why just that? Nothing that was seen is tied to point %(number)s."),
    GapKind.SOFT_WORDS: _l(
        "What is done? “%(words)s” in point %(number)s is hard to follow up. Write what is done,"
        " by whom and how often."
    ),
}
_WHOLE = _l("Why just that? The promise builds on nothing that was seen. Choose sentences for it.")


def gap_words(gap: Gap) -> str:
    """Vem gör det? Det står ingen ansvarig för punkt 2."""
    if gap.number is None:
        return str(_WHOLE)
    return str(_WORDS[gap.kind]) % {"number": gap.number, "words": gap.words or ""}
