"""The words for what is compared and weighted: answers, differences, and why there is none."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.models.response import NO, YES, AgeBand, Gender, PlaceReason
from surveys.queries.results.comparison import ComparedMeasure, ComparedRow, NotCompared
from surveys.queries.results.measures import SAFE, UNSAFE
from surveys.queries.results.rounds import Break, Told
from surveys.queries.results.weighting import GroupName, WeightingPlan
from surveys.statistics.comparison import Difference, DifferenceTest
from webapp.formatters import EN_DASH, MINUS, NO_BREAK, number, share_words
from webapp.labels import label
from webapp.words.table import THEMES

ROWS: dict[str, LazyString] = {
    UNSAFE: _l("Rather or very unsafe"),
    SAFE: _l("Rather or very safe"),
    "3": _l("Neither"),
    YES: _l("Yes"),
    NO: _l("No"),
}
BREAKS: dict[Break, LazyString] = {
    Break.SAMPLING: _l("People came to be asked in different ways. The rounds cannot be compared."),
    Break.SAMPLING_UNKNOWN: _l(
        "It is not known how people came to be asked, so the rounds cannot be compared. Say so in"
        " the dialogue’s settings."
    ),
    Break.WORDING: _l("The question had other words. The answers cannot be compared."),
    Break.KIND: _l("The question was answered in another way. The answers cannot be compared."),
    Break.YES_NO: _l(
        "One round used a scale and the other only yes and no. The answers cannot be compared."
    ),
}
NOT_COMPARED: dict[NotCompared, LazyString] = {
    NotCompared.NO_ANSWERS: _l("One of the rounds has no answers to this."),
    NotCompared.TOO_FEW: _l("One of the rounds has fewer than 5 answers to this: too few."),
    NotCompared.WITHHELD: _l("Too few answered so for it to be shown."),
}
FAMILIES: dict[str, LazyString] = {
    "problems": _l("Themes as problems"),
    "wishes": _l("Themes as wishes"),
    "reasons": _l("Why places feel unsafe"),
}
PLANS: dict[WeightingPlan, LazyString] = {
    WeightingPlan.AGE_BY_GENDER: _l("Age by gender"),
    WeightingPlan.AGE_AND_GENDER: _l("Age and gender apart"),
    WeightingPlan.AGE_BY_GENDER_AND_AREA: _l("Age by gender, and area"),
    WeightingPlan.AGE_AND_GENDER_AND_AREA: _l("Age, gender and area apart"),
}
# A finding as a heading, where the test of the first row holds: by code, and whether it is more.
_FINDINGS: dict[tuple[str, bool], LazyString] = {
    ("trygg_kommun", True): _l("A larger share of those who answered feel unsafe"),
    ("trygg_kommun", False): _l("A smaller share of those who answered feel unsafe"),
    ("otrygga_platser", True): _l(
        "A larger share of those who answered know places that feel unsafe"
    ),
    ("otrygga_platser", False): _l(
        "A smaller share of those who answered know places that feel unsafe"
    ),
}


def row_words(key: str, title: str | None = None) -> str:
    """The words for one answer, theme or reason."""
    if title is not None:
        return title
    words = ROWS.get(key)
    return str(words) if words is not None else label(PlaceReason(key))


def heading_of(measure: ComparedMeasure) -> str:
    """The finding that holds, else the question itself."""
    first = measure.rows[0] if measure.rows else None
    if first is not None and first.holds and first.difference is not None and measure.code:
        words = _FINDINGS.get((measure.code, first.difference.difference > 0))
        if words is not None:
            return str(words)
    return measure.wordings[1] or str(FAMILIES[measure.measure])


def told_words(each: Told) -> str:
    """A share with its interval, "9 av 24", or that it is not shown."""
    if each.is_withheld:
        return _("not shown")
    if each.share is None:
        return EN_DASH
    return share_words(each.share)


def points(value: float, decimals: int = 0) -> str:
    """A difference between shares in percentage points: +4, −9, 0."""
    text = number(value * 100, decimals)
    if not text.strip("0,." + MINUS):
        return text.removeprefix(MINUS)
    return text if value < 0 else f"+{text}"


def difference_words(difference: Difference, decimals: int = 0) -> str:
    """−9 procentenheter (−19 till +2), or that a base is too small for percentages."""
    if difference.earlier.is_small or difference.later.is_small:
        return _("too few answers for percentage points")
    return _(
        "%(difference)s percentage points (%(low)s to %(high)s)",
        difference=points(difference.difference, decimals),
        low=points(difference.low, decimals),
        high=points(difference.high, decimals),
    )


def p_words(p_value: float) -> str:
    """p = 0,034 or p < 0,001."""
    if p_value < 0.001:
        return f"p{NO_BREAK}<{NO_BREAK}{number(0.001, 3)}"
    return f"p{NO_BREAK}={NO_BREAK}{number(p_value, 3)}"


def verdict_words(row: ComparedRow) -> str:
    """What the row says of a change, or why it says nothing; empty where a break says it."""
    if row.difference is None:
        return str(NOT_COMPARED[row.why_not]) if row.why_not else ""
    p_value = row.difference.p_value if row.adjusted_p is None else row.adjusted_p
    said = (
        _("Chance alone seldom gives such a difference.")
        if row.holds
        else _("The difference may be chance.")
    )
    return f"{difference_words(row.difference, 1)}, {p_words(p_value)}. {said}"


def why_not_words(why_not: NotCompared, measure: str) -> str:
    """Why there is no difference; themes are missing where nobody has coded the answers."""
    if why_not is NotCompared.NO_ANSWERS and measure in THEMES:
        return _("The answers of one of the rounds have not been coded.")
    return str(NOT_COMPARED[why_not])


def test_words(test: DifferenceTest) -> str:
    """What the p-value comes from."""
    words = {
        DifferenceTest.TWO_PROPORTIONS: _("two proportions"),
        DifferenceTest.FISHER: _("Fisher’s exact test"),
    }
    return words[test]


def group_words(group: GroupName) -> str:
    """A group of the population: "Man, 80 år eller äldre"."""
    parts = [
        label(group.gender) if group.gender else "",
        label(group.band) if group.band else "",
        (group.area or "").capitalize(),
    ]
    return ", ".join(part for part in parts if part)


def division_key_words(key: str) -> str:
    """The words for a band, a gender or an area's name."""
    for kind in (AgeBand, Gender):
        if key in {member.value for member in kind}:
            return label(kind(key))
    return key
