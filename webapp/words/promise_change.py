"""What differs between two editions of a promise, in words for its readers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from surveys.models.evidence import Direction
from surveys.models.party import Party
from surveys.models.plan import Comparator, TargetPeriod
from surveys.models.promise import PointAim, PointMeasure
from surveys.queries.promises.changes import Difference, DifferenceKind
from surveys.queries.promises.counters import TargetView
from webapp.formatters import date_long, day_range
from webapp.labels import label
from webapp.words.counter import target_words
from webapp.words.gap import lacking
from webapp.words.gate import gap_words

_FIELDS: dict[str, LazyString] = {
    "title": _l("Heading"),
    "label": _l("What it is called"),
    "said": _l("You said"),
    "said_ground": _l("How we asked"),
    "pledge": _l("We promise"),
    "is_verbatim": _l("Word for word as signed"),
    "vision": _l("Vision"),
    "starts_on": _l("First day"),
    "ends_on": _l("Last day"),
    "months_from_signing": _l("Length from the signing"),
    "follow_up_text": _l("How it is followed up"),
    "report_to": _l("Reported to"),
    "summary_due_on": _l("Written summary no later than"),
    "agreement": _l("Agreement"),
    "carried_from": _l("Goes on from"),
    "municipalities": _l("Municipalities"),
    "signatories": _l("Who signs"),
    "claims": _l("What it rests on"),
    "text": _l("What is promised"),
    "area": _l("Heading above the point"),
    "responsible": _l("Who carries it"),
    "owner": _l("Who answers for it"),
    "third_parties": _l("Others who take part"),
    "measure": _l("How it is followed up"),
    "target": _l("How much and how often"),
    "unit": _l("What is counted"),
    "due_on": _l("To be done by"),
    "condition": _l("Condition"),
    "target_group": _l("Whom it is about"),
    "baseline": _l("What it comes on top of"),
    "places": _l("Places"),
    "n_places_not_named": _l("Places that are not named"),
    "place_text": _l("Where"),
    "methods": _l("Working methods"),
    "aim": _l("What is promised here"),
    "wanted": _l("Which way a figure is to go"),
}


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One difference in words; ``before`` or ``after`` is empty where there was nothing."""

    heading: str
    before: str
    after: str


def change_rows(differences: Sequence[Difference]) -> list[ChangeRow]:
    """The differences in words, in their order."""
    return [_row(difference) for difference in differences]


def _row(difference: Difference) -> ChangeRow:
    if difference.kind is DifferenceKind.ADDED:
        heading = _("New point: %(title)s", title=difference.point)
    elif difference.kind is DifferenceKind.TAKEN_OUT:
        heading = _("Point taken out: %(title)s", title=difference.point)
    else:
        heading = str(_FIELDS[difference.field or ""])
        if difference.point:
            heading = f"{difference.point}: {heading[:1].lower()}{heading[1:]}"
    words = _WORDS.get(difference.field or "", _plain)
    return ChangeRow(heading, _told(words, difference.before), _told(words, difference.after))


def _told(words: Callable[[Any], str], value: Any) -> str:
    return "" if value is None else words(value)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(str(item) for item in value)
    return str(value)


def _day(value: str) -> str:
    return date_long(date.fromisoformat(value))


def _target(value: dict[str, Any]) -> str:
    return target_words(
        TargetView(value["count"], Comparator(value["comparator"]), TargetPeriod(value["per"]))
    )


def told_period(content: dict[str, Any]) -> str:
    """An edition's period; empty where it says none."""
    if content["months_from_signing"]:
        return ngettext(
            "%(num)s month from the day when all have signed",
            "%(num)s months from the day when all have signed",
            content["months_from_signing"],
        )
    if content["starts_on"] is None or content["ends_on"] is None:
        return ""
    return day_range(*(date.fromisoformat(content[name]) for name in ("starts_on", "ends_on")))


def _months(value: int) -> str:
    return ngettext("%(num)s month", "%(num)s months", value)


def _yes(value: bool) -> str:
    return _("Yes") if value else _("No")


def _of(kind: Callable[[str], Any]) -> Callable[[str], str]:
    return lambda value: label(kind(value))


_WORDS: dict[str, Callable[[Any], str]] = {
    "is_verbatim": _yes,
    "starts_on": _day,
    "ends_on": _day,
    "summary_due_on": _day,
    "due_on": _day,
    "months_from_signing": _months,
    "responsible": _of(Party),
    "owner": lambda owner: str(owner["title"]),
    "measure": _of(PointMeasure),
    "target": _target,
    "aim": _of(PointAim),
    "wanted": _of(Direction),
}


def init_promise_words(app: Flask) -> None:
    """Make what promises lack and how they have changed known to templates."""
    app.add_template_global(lacking, "lacking")
    app.add_template_global(gap_words, "gap_words")
    app.add_template_global(change_rows, "change_rows")
    app.add_template_global(_target, "told_target")
    app.add_template_global(told_period, "told_period")
    app.add_template_global(_day, "told_day")
