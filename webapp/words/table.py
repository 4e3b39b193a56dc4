"""The words of crossed tables: what rows, columns, measures and splits are called."""

from babel import Locale, UnknownLocaleError
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.languages import LANGUAGES
from surveys.models.dialogue import Channel, QuestionKind
from surveys.models.place import PlaceKind
from surveys.models.response import AgeBand, Gender, PlaceReason, Season, TimeOfDay
from surveys.queries.results.filters import AgeGroup
from surveys.queries.results.groups import ALL, NOT_STATED, Group
from surveys.queries.results.measures import SAFE, UNSAFE
from surveys.queries.results.table_shapes import Column, Crosstab, Row
from webapp.labels import ANSWER_LABELS, label

_LANGUAGES = {language.code: language.name for language in LANGUAGES}
MEASURE_LABELS: dict[str, LazyString] = {
    "problems": _l("Themes: problems"),
    "wishes": _l("Themes: wishes"),
    "reasons": _l("What makes places unsafe"),
    "times": _l("When places feel unsafe"),
    "seasons": _l("Which part of the year"),
    "place_kinds": _l("Kinds of place"),
}
GROUP_LABELS: dict[Group, LazyString] = {
    Group.GENDER: _l("Gender"),
    Group.AGE_GROUP: _l("Young, adults, old"),
    Group.AGE_BAND: _l("Age"),
    Group.AREA: _l("Where they live"),
    Group.CHANNEL: _l("Way in"),
    Group.LANGUAGE: _l("Language"),
    Group.EVENT: _l("Occasion"),
    Group.WEEK: _l("Week"),
    Group.THEME: _l("Theme"),
    Group.DESO: _l("DeSO of the place"),
    Group.REGSO: _l("RegSO of the place"),
    Group.DISTRICT: _l("Part of the municipality"),
    Group.MUNICIPALITY: _l("Municipality"),
}
_ROWS: dict[str, LazyString] = {
    **ANSWER_LABELS,
    SAFE: _l("Safe (4–5)"),
    UNSAFE: _l("Unsafe (1–2)"),
    "*text": _l("Wrote an answer"),
    "*none": _l("Wrote nothing"),
}
_AGE_GROUPS: dict[str, LazyString] = {
    AgeGroup.YOUNG: _l("Young (under 25)"),
    AgeGroup.ADULT: _l("Adults (25 to 64)"),
    AgeGroup.OLD: _l("Old (65 and over)"),
}
THEMES = ("problems", "wishes")
_MEMBERS = {
    "reasons": PlaceReason,
    "times": TimeOfDay,
    "seasons": Season,
    "place_kinds": PlaceKind,
}


def row_words(table: Crosstab, row: Row) -> str:
    """What a row is called."""
    if row.title is not None:
        return row.title
    if table.measure in _MEMBERS:
        return label(_MEMBERS[table.measure](row.key))
    return str(_ROWS.get(row.key, row.key))


def column_words(by: Group | None, column: Column) -> str:
    """What a column is called."""
    return key_words(by, column.key, column.title)


def key_words(by: Group | None, key: str, title: str | None = None) -> str:
    """What one of the groups of a split is called."""
    if key in (ALL, NOT_STATED):
        return _("All") if key == ALL else _("Not said")
    if title is not None:
        return title
    if by is Group.WEEK:
        return _("Week %(week)s %(year)s", week=int(key[6:]), year=key[:4])
    if by is Group.LANGUAGE:
        return _LANGUAGES.get(key) or _other_language(key)
    if by is Group.AGE_GROUP and key in _AGE_GROUPS:
        return str(_AGE_GROUPS[key])
    kinds = {Group.GENDER: Gender, Group.AGE_BAND: AgeBand, Group.CHANNEL: Channel}
    return label(kinds[by](key)) if by in kinds else key


def _other_language(code: str) -> str:
    """The own name of a language that we have no pages in, where Babel knows it."""
    try:
        return (Locale.parse(code, sep="-").get_display_name() or code).capitalize()
    except (UnknownLocaleError, ValueError):
        return code


def measure_words(table: Crosstab) -> str:
    """What is counted, as a heading."""
    if table.wording is not None:
        return table.wording
    return str(MEASURE_LABELS[table.measure])


def group_words(by: Group) -> str:
    """What it is split by."""
    return str(GROUP_LABELS[by])


def is_scale(table: Crosstab) -> bool:
    """Whether the rows are the answers of the scale."""
    return table.question_kind is QuestionKind.SCALE


def is_of_themes(table: Crosstab) -> bool:
    """Whether the rows are themes, which people give to answers one by one."""
    return table.measure in THEMES


def base_words(table: Crosstab) -> str:
    """Whose share a share is."""
    if is_of_themes(table):
        return _("The answers that somebody has coded. Those not coded yet stand beside them.")
    if table.question_code is None:
        return _("Those who said any of it. Those who said nothing of it stand beside them.")
    if table.question_kind is QuestionKind.TEXT:
        return _("All in the group.")
    return _(
        "Those who answered the question. Those who skipped it, answered don't know or only"
        " wrote something stand beside it."
    )


def foot_rows(table: Crosstab) -> list[tuple[str, list[int | None]]]:
    """What stands outside the answers: bases, don't know, skipped; lines of zeros left out.

    The base is there even where it is 0: it is what tells that the answers are of another form.
    """
    lines = [
        (_("Base (n)"), [column.n for column in table.columns]),
        (_("Don't know"), [column.n_dont_know for column in table.columns]),
        (_("In their own words"), [column.n_words for column in table.columns]),
        (_("Skipped"), [column.n_missing for column in table.columns]),
        (_("In another form"), [column.n_other_series for column in table.columns]),
        (_("All in the group"), [column.n_respondents for column in table.columns]),
    ]
    if table.question_code is None:
        outside = _("Not coded") if is_of_themes(table) else _("Said nothing of it")
        lines = [lines[0], (outside, lines[3][1]), lines[5]]
    base, *others = lines
    return [base, *(line for line in others if any(n != 0 for n in line[1]))]
