"""The words that go with a quote, and what stands in its place when it has been taken back."""

from flask import Flask
from flask_babel import gettext as _

from surveys.drafts.evidence import Wording
from surveys.languages import SWEDISH
from surveys.models.municipality import Municipality
from surveys.queries.evidence.evidence import EvidenceView
from surveys.services.texts.quotes import Quote, QuoteWords
from webapp.formatters import date_long, number
from webapp.writing import written_in


def quote_words(municipality: Municipality) -> QuoteWords:
    """The function that words quotes of ``municipality``: in Swedish, as records are."""
    official_name = municipality.official_name

    def words(quote: Quote) -> Wording:
        with written_in(SWEDISH):
            return Wording(
                title=_(
                    "Quote, question %(number)s: %(wording)s",
                    number=quote.position,
                    wording=quote.wording,
                ),
                statement=f"”{quote.text}”",
                source=f"{quote.dialogue_title}, {official_name}",
                period=date_long(quote.answered_on) if quote.answered_on else "",
                method=_(
                    "One person's own words. Personal data is masked, and a person has read and"
                    " released it."
                ),
                caveat=_("One person has written this. It does not tell how many think so."),
            )

    return words


def statement_of(evidence: EvidenceView) -> str:
    """What the evidence says, or that a quote has been taken back by whoever wrote it.

    Of a finding on the map readers get no count (``view_for_readers``).
    """
    if evidence.finding is not None and evidence.finding.change:
        return change_words(evidence.finding.place, evidence.finding.change)
    if evidence.finding is not None:
        return _(
            "At least %(n)s people marked places around %(place)s.",
            n=number(evidence.finding.at_least),
            place=evidence.finding.place or _("an area without a name"),
        )
    if evidence.blanked_on is None:
        return evidence.statement
    return _("The quote has been removed: whoever wrote it has withdrawn the answer.")


def change_words(place: str, change: str) -> str:
    """Which way a place went beside what is outside it, without a number."""
    said = {
        "less": _("Fewer pointed out %(place)s than before, beside what is outside it."),
        "more": _("More pointed out %(place)s than before, beside what is outside it."),
        "unclear": _("Whether %(place)s changed cannot be told apart from what is outside it."),
    }
    return said[change] % {"place": place or _("a place without a name")}


def init_quote_words(app: Flask) -> None:
    """Make ``statement_of`` known to templates."""
    app.add_template_global(statement_of, "statement_of")
