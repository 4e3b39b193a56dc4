"""What a promise lacks, told to its readers: "vem som svarar för punkt 1 och 3"."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.queries.promises.gate import Gap, GapKind
from webapp.words.counter import listed

_LACKS: dict[GapKind, LazyString] = {
    GapKind.OWNER: _l("who answers for point %(points)s"),
    GapKind.OWNER_LEFT: _l("who answers for point %(points)s from now on"),
    GapKind.MEASURE: _l("how point %(points)s is to be measured"),
    GapKind.TARGET: _l("how much point %(points)s means"),
    GapKind.TIME: _l("when point %(points)s is to be done"),
    GapKind.EVIDENCE: _l("why just point %(points)s"),
}


def lacking(gaps: Sequence[Gap]) -> list[str]:
    """What is missing, each kind once with the points that lack it; empty where nothing is."""
    found = []
    for kind, words in _LACKS.items():
        numbers = [str(gap.number) for gap in gaps if gap.kind is kind and gap.number]
        if numbers:
            found.append(str(words) % {"points": listed(numbers)})
    if any(gap.kind is GapKind.EVIDENCE and gap.number is None for gap in gaps):
        found.append(_("what the promise rests on"))
    found += [
        _("what “%(words)s” means in point %(points)s", words=gap.words, points=gap.number)
        for gap in gaps
        if gap.kind is GapKind.SOFT_WORDS
    ]
    return found
