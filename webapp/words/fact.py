"""The dialogue behind a figure in words: whose it is, and when people answered."""

from flask_babel import gettext as _

from surveys.queries.figures.figures import DialogueFacts
from webapp.formatters import date_long, day_range


def source_words(facts: DialogueFacts, official_name: str) -> str:
    return _(
        "The citizen dialogue \u201c%(title)s\u201d, %(municipality)s and the police",
        title=facts.title,
        municipality=official_name,
    )


def period_words(facts: DialogueFacts) -> str:
    if facts.first_on is None or facts.last_on is None:
        return day_range(facts.opens_at, facts.closes_at)
    if facts.first_on == facts.last_on:
        return date_long(facts.first_on)
    return day_range(facts.first_on, facts.last_on)
