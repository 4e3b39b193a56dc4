"""The note on method that goes with every file: what was asked, of whom, and how it was counted."""

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue, SamplingDesign
from surveys.models.municipality import Municipality
from surveys.privacy import limits_of
from surveys.queries.results.results import ChannelCount, DialogueResults, summarise_results
from surveys.queries.results.versions import get_versions
from surveys.queries.texts.agreement import get_agreement
from webapp.clock import now
from webapp.exports.sheets import Note
from webapp.formatters import date_long, day_range, fewer, number
from webapp.labels import label


def dialogue_notes(
    session: Session, municipality: Municipality, dialogue: Dialogue, author: str
) -> tuple[Note, ...]:
    """What holds for every figure of a dialogue: questions, period, ways, n and versions."""
    results = summarise_results(session, municipality, dialogue)
    versions = get_versions(session, municipality, dialogue)
    return (
        Note(_("Dialogue"), dialogue.title),
        Note(_("Municipality"), municipality.official_name),
        *_dnr(municipality, dialogue),
        *_questions(dialogue),
        Note(_("Period"), _period(dialogue, results)),
        Note(_("Ways of answering"), _ways(results.channels)),
        Note(_("How people came to be asked"), label(dialogue.sampling)),
        Note(_("Answers that count"), fewer(results.n_responses)),
        *_versions(versions.items()),
        Note(_("Taken out"), _("%(day)s by %(role)s", day=date_long(now()), role=author)),
    )


def figure_notes(
    municipality: Municipality, dialogue: Dialogue, *, is_suppressed: bool
) -> tuple[Note, ...]:
    """How shares, weights and small numbers are dealt with."""
    limits = limits_of(municipality)
    withheld = _(
        "Fewer than %(few)s respondents are not shown, in crossed cells fewer than %(crossed)s, nor"
        " what would let somebody work them out. Nobody and everybody in a small group count as"
        " too few.",
        few=limits.min_respondents,
        crossed=limits.min_crossed,
    )
    shown = _(
        "Small numbers are shown here, for those with the right to see rows. Do not pass them on."
    )
    return (
        Note(
            _("Intervals"),
            _(
                "95 %% by Wilson's method. They show only the part of the uncertainty that is"
                " chance."
            )
            % (),
        ),
        Note(_("Weighting"), _("None. Every answer counts once.")),
        Note(_("Small numbers"), withheld if is_suppressed else shown),
        *_caveat(dialogue),
    )


def coding_notes(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> tuple[Note, ...]:
    """How well two people who coded the same answers agree, theme by theme."""
    found = get_agreement(session, municipality, dialogue)
    n_pairs = found.n_pairs - found.n_anchored
    measured = [theme for theme in found.themes if theme.alpha is not None and theme.n_either]
    if not n_pairs or not measured:
        said = _("No answers have been coded by two people: how sure the coding is is not known.")
        return (Note(_("Coding"), said),)
    alphas = "; ".join(f"{theme.name} {number(theme.alpha, 2)}" for theme in measured)
    said = _(
        "Krippendorff's alpha for each theme, from %(n)s answers that two coded: %(alphas)s.",
        n=number(n_pairs),
        alphas=alphas,
    )
    return (Note(_("Coding"), said),)


def row_notes(
    session: Session, municipality: Municipality, dialogue: Dialogue, author: str
) -> tuple[Note, ...]:
    """The note of the pseudonymised set."""
    return (
        *dialogue_notes(session, municipality, dialogue, author),
        Note(
            _("What a row is"),
            _(
                "One answer that counts. Withdrawn answers are not here, nor suspicious ones that"
                " have been left out. An empty cell was left out by the respondent."
            ),
        ),
        Note(
            _("What has been taken away"),
            _(
                "Day, position, receipt and everything that leads back to the answer. The rows'"
                " numbers and order are drawn for this archive alone."
            ),
        ),
        Note(
            _("Personal data"),
            _(
                "The rows are personal data: somebody may be recognised in them. Keep them in the"
                " municipality and delete them when they have been used."
            ),
        ),
        Note(
            _("Cells"),
            _(
                "Semicolon between cells, decimal comma, UTF-8. An apostrophe stands before a text"
                " that a spreadsheet would take for a formula."
            ),
        ),
    )


def _caveat(dialogue: Dialogue) -> list[Note]:
    if dialogue.sampling is not SamplingDesign.SELF_SELECTED:
        return []
    return [Note(_("To bear in mind"), _("Self-selected, about those who answered."))]


def _dnr(municipality: Municipality, dialogue: Dialogue) -> list[Note]:
    if dialogue.agreement is None:
        return []
    numbers = [
        party.dnr
        for party in dialogue.agreement.municipalities
        if party.municipality_id == municipality.id and party.dnr
    ]
    return [Note(_("Case number"), number) for number in numbers]


def _questions(dialogue: Dialogue) -> list[Note]:
    return [
        Note(
            _("Question %(number)s", number=question.position),
            _(
                "%(wording)s (%(code)s, wording %(version)s)",
                wording=question.text(),
                code=question.code,
                version=question.version,
            ),
        )
        for question in dialogue.questions
    ]


def _period(dialogue: Dialogue, results: DialogueResults) -> str:
    if results.first_on is None or results.last_on is None:
        return day_range(dialogue.opens_at, dialogue.closes_at)
    return day_range(results.first_on, results.last_on)


def _ways(channels: Iterable[ChannelCount]) -> str:
    return ", ".join(f"{label(row.channel)} {fewer(row.n)}" for row in channels)


def _versions(versions: Iterable[tuple[str, object]]) -> list[Note]:
    words = {"software": "Trygghetsdialog", "codebook": _("Codebook, change")}
    return [Note(words[name], str(value)) for name, value in versions if name in words]
