"""Figures in words, as they are frozen: in Swedish, since a record does not change language.

The sentences say what was answered and by how many, never what "the residents" think. Counts of
fewer than five are written so, and shares of small groups as "9 av 24" without a percentage.
"""

from collections.abc import Mapping

from flask_babel import gettext as _

from surveys.drafts.evidence import Wording
from surveys.languages import SWEDISH
from surveys.models.dialogue import Channel, QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.response import PlaceReason, TimeOfDay
from surveys.privacy import MIN_RESPONDENTS
from surveys.queries.evidence.evidence_today import Figure
from surveys.queries.figures.comparison_figures import ComparisonFigure
from surveys.queries.figures.edition_figures import EditionFigure
from surveys.queries.figures.figures import MapFinding, PairOfShares, SurveyFigure
from surveys.queries.figures.place_figures import PlaceFigure
from surveys.queries.figures.table_figures import PublicMapFigure, TableFigure
from surveys.services.evidence.evidence import FigureWords
from surveys.statistics.proportions import Proportion
from webapp.formatters import date_time, fewer, number, share_words
from webapp.labels import label
from webapp.words.comparison_statements import comparison_wording
from webapp.words.edition_statements import edition_wording
from webapp.words.fact import period_words, source_words
from webapp.words.place_statements import place_wording
from webapp.words.table_statements import map_wording, table_wording
from webapp.writing import written_in

MAX_LISTED = 3


def figure_words(municipality: Municipality) -> FigureWords:
    """The function that words the figures of ``municipality``'s dialogues."""
    official_name = municipality.official_name

    def words(figure: Figure) -> Wording:
        with written_in(SWEDISH):
            if isinstance(figure, EditionFigure):
                return edition_wording(figure, official_name)
            if isinstance(figure, TableFigure):
                return table_wording(figure, official_name)
            if isinstance(figure, PlaceFigure | ComparisonFigure):
                return _rounds_words(figure, official_name)
            if isinstance(figure, PublicMapFigure):
                return map_wording(figure, official_name)
            if isinstance(figure, MapFinding):
                return _map_words(figure, official_name)
            return _survey_words(figure, official_name)

    return words


def _rounds_words(figure: PlaceFigure | ComparisonFigure, official_name: str) -> Wording:
    if isinstance(figure, PlaceFigure):
        return place_wording(figure, official_name)
    return comparison_wording(figure, official_name)


def word_share(proportion: Proportion) -> str:
    """49 % (44-55), or "9 av 24" where the base is small, or "färre än 5 av 40"."""
    if proportion.count < MIN_RESPONDENTS:
        return _(
            "%(done)s of %(target)s", done=fewer(proportion.count), target=number(proportion.n)
        )
    return share_words(proportion)


def _survey_words(figure: SurveyFigure, official_name: str) -> Wording:
    sentences = [*_scale_sentences(figure), *_yes_no_sentences(figure), *_text_sentences(figure)]
    sentences.append(_left_out(figure))
    return Wording(
        title=_("Question %(number)s: %(wording)s", number=figure.position, wording=figure.wording),
        statement=_joined(sentences),
        source=source_words(figure.dialogue, official_name),
        period=period_words(figure.dialogue),
        method=_survey_method(figure),
        caveat=_("Self-selected, about those who answered."),
    )


def _scale_sentences(figure: SurveyFigure) -> list[str]:
    if figure.scale is None:
        return []
    if figure.scale.n < MIN_RESPONDENTS:
        return [_("%(n)s answered on the scale.", n=fewer(figure.scale.n))]
    return [
        _(
            "Of %(n)s who answered on the scale, %(safe)s feel very or rather safe and %(unsafe)s"
            " rather or very unsafe.",
            **_pair(figure.scale, "safe", "unsafe"),
        )
    ]


def _yes_no_sentences(figure: SurveyFigure) -> list[str]:
    if figure.yes_no is None:
        return []
    if figure.yes_no.n < MIN_RESPONDENTS:
        return [_("%(n)s answered yes or no.", n=fewer(figure.yes_no.n))]
    pair = _pair(figure.yes_no, "yes", "no")
    if figure.kind is QuestionKind.SCALE:
        sentence = _(
            "Another form of the question was answered with yes by %(yes)s and with no by %(no)s,"
            " of %(n)s. The two are not added.",
            **pair,
        )
    else:
        sentence = _("Of %(n)s who answered, %(yes)s said yes and %(no)s no.", **pair)
    return [sentence]


def _text_sentences(figure: SurveyFigure) -> list[str]:
    if figure.n_texts is None or (figure.kind is not QuestionKind.TEXT and not figure.n_texts):
        return []
    return [
        _(
            "%(n)s of %(total)s wrote something in their own words.",
            n=fewer(figure.n_texts),
            total=fewer(figure.dialogue.n_responses),
        )
    ]


def _left_out(figure: SurveyFigure) -> str:
    said: list[str] = []
    if figure.n_dont_know:
        said.append(_("%(n)s answered don't know.", n=fewer(figure.n_dont_know)))
    if figure.n_missing and figure.kind is not QuestionKind.TEXT:
        said.append(_("%(n)s left the question out.", n=fewer(figure.n_missing)))
    return _joined(said)


def _joined(sentences: list[str]) -> str:
    """One text of those that say something; "färre än 5" may begin a sentence."""
    return " ".join(sentence[:1].upper() + sentence[1:] for sentence in sentences if sentence)


def _pair(shares: PairOfShares, first: str, second: str) -> dict[str, str]:
    return {
        "n": number(shares.n),
        first: word_share(shares.first),
        second: word_share(shares.second),
    }


def _survey_method(figure: SurveyFigure) -> str:
    channels = ", ".join(
        f"{_inside(channel)} {fewer(n)}" for channel, n in figure.dialogue.channels
    )
    return _(
        "The question was: \u201c%(wording)s\u201d Answers: %(channels)s. Intervals are 95 %% by"
        " Wilson's method and show only the part of the uncertainty that is chance.",
        wording=figure.wording,
        channels=channels,
    )


def _inside(channel: Channel) -> str:
    """A channel's words inside a sentence; a name keeps its capital letter."""
    words = label(channel)
    return words if channel is Channel.FACEBOOK else words[:1].lower() + words[1:]


def _map_words(figure: MapFinding, official_name: str) -> Wording:
    place = figure.name or _("an area without a name")
    if figure.is_at_least:
        counted = _(
            "At least %(n)s people marked places around %(place)s: nearly all who marked any"
            " place.",
            n=number(figure.n),
            place=place,
        )
    elif figure.n_respondents_in_run is not None:
        counted = _(
            "%(n)s people marked places around %(place)s, of %(total)s who marked any place.",
            n=number(figure.n),
            place=place,
            total=number(figure.n_respondents_in_run),
        )
    else:
        counted = _("%(n)s people marked places around %(place)s.", n=number(figure.n), place=place)
    sentences = [
        counted,
        _expected_words(figure),
        _listed(_("Reasons most often given: %(list)s."), figure.reasons, PlaceReason),
        _listed(_("Most often: %(list)s."), figure.times, TimeOfDay),
    ]
    return Wording(
        title=_("Marks lie close together: %(place)s", place=figure.name or _("without a name")),
        statement=_joined(sentences),
        source=source_words(figure.dialogue, official_name),
        period=period_words(figure.dialogue),
        method=_map_method(figure),
        caveat=_(
            "Self-selected, about those who answered. Marks show what people feel, not where crimes"
            " happen."
        ),
    )


def _listed(
    pattern: str, counts: Mapping[str, int], members: type[PlaceReason] | type[TimeOfDay]
) -> str:
    if not counts:
        return ""
    rows = [
        f"{label(members(name)).lower()} ({number(n)})"
        for name, n in list(counts.items())[:MAX_LISTED]
    ]
    return pattern % {"list": ", ".join(rows)}


def _expected_words(figure: MapFinding) -> str:
    if figure.expected is None or figure.is_at_least:
        return ""
    return _(
        "Marks counted once per person and place: %(n)s, where %(expected)s were expected from how"
        " many people live there.",
        n=number(figure.n_marks),
        expected=number(figure.expected, 1),
    )


def _map_method(figure: MapFinding) -> str:
    scan = figure.settings.get("scan")
    if figure.n_respondents_in_run is None:
        return _("Computed %(moment)s.", moment=date_time(figure.computed_at))
    if figure.baseline is not None and isinstance(scan, dict):
        return _(
            "Computed %(moment)s from the marks of %(people)s people with Kulldorff's spatial scan,"
            " p = %(p)s. Expected by %(source)s.",
            moment=date_time(figure.computed_at),
            people=number(figure.n_respondents_in_run),
            p=number(figure.p_value or 0.0, 3),
            source=scan.get("source") or "–",
        )
    cell = figure.settings.get("cell_m")
    return _(
        "Computed %(moment)s from the marks of %(people)s people, in squares of %(cell)s metres,"
        " with Gi* (square and surroundings against the rest of the map).",
        moment=date_time(figure.computed_at),
        people=number(figure.n_respondents_in_run),
        cell=number(float(cell)) if isinstance(cell, int | float) else "–",
    )
