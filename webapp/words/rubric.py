"""The rubric in words, by version and verdict. A version's words stand once they are in use."""

from collections.abc import Sequence

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.models.judgement import CarryOver, Verdict
from surveys.models.party import Party
from surveys.queries.progress.judgements import Side
from webapp.words.counter import listed

_VERDICTS: dict[Verdict, LazyString] = {
    Verdict.KEPT: _l("Kept"),
    Verdict.PARTLY_KEPT: _l("Partly kept"),
    Verdict.NOT_KEPT: _l("Not kept"),
    Verdict.NOT_ASSESSABLE: _l("Cannot be judged"),
}
_MEANINGS: dict[int, dict[Verdict, LazyString]] = {
    1: {
        Verdict.KEPT: _l(
            "All that was promised was done, in the time and as often as was promised."
        ),
        Verdict.PARTLY_KEPT: _l(
            "A part was done: fewer times, later or in another way than was promised."
        ),
        Verdict.NOT_KEPT: _l("It was not done, or so little of it that the promise is not kept."),
        Verdict.NOT_ASSESSABLE: _l(
            "The promise does not say how much, or what would show it was never gathered."
        ),
    }
}
_CARRY_OVER: dict[CarryOver, LazyString] = {
    CarryOver.CONTINUE: _l("Goes on in the next period"),
    CarryOver.CHANGE: _l("Is changed in the next period"),
    CarryOver.END: _l("Ends here"),
}


def verdict_words(verdict: Verdict) -> str:
    """The verdict in a word or two."""
    return str(_VERDICTS[verdict])


def rubric_words(version: int, verdict: Verdict) -> str:
    """What the verdict means in that version."""
    return str(_MEANINGS[version][verdict])


def carry_over_words(decision: CarryOver) -> str:
    """What becomes of it."""
    return str(_CARRY_OVER[decision])


def side_words(side: Side) -> str:
    """Which party it is: the police of the area, or a municipality."""
    if side.party is Party.POLICE:
        return _("The police in local police area %(area)s", area=side.name)
    return side.name


def sides_words(sides: Sequence[Side]) -> str:
    """All of them in a list."""
    return listed([side_words(side) for side in sides])


def init_rubric_words(app: Flask) -> None:
    """Make the functions known to templates."""
    for function in (verdict_words, rubric_words, carry_over_words, side_words, sides_words):
        app.add_template_global(function, function.__name__)
