"""The form of a closing judgement."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.drafts.judgements import JudgementDraft
from surveys.limits import MAX_PARAGRAPHS, MAX_SUMMARY
from surveys.models.judgement import CarryOver, Verdict
from webapp.forms.staff_fields import Filled, RadioChoice, SelectChoice, paragraphs, tick


class JudgementForm(FlaskForm):
    """One party's verdict on a point or on the whole."""

    point = SelectChoice(_l("What is judged"))
    verdict = RadioChoice(_l("How was it kept?"), validators=[Filled(_l("Choose a verdict."))])
    reason = paragraphs(_l("Why"), MAX_PARAGRAPHS, needed=_l("Write why. Readers see the reason."))
    ground = paragraphs(
        _l("What the judgement rests on"),
        MAX_SUMMARY,
        needed=_l("Write what it rests on: the count, a survey, a report."),
    )
    is_no_person = tick(_l("It is about no single person"))
    carry_over = SelectChoice(_l("What becomes of it"))

    def __init__(
        self,
        points: Sequence[tuple[int, str]],
        verdicts: Sequence[tuple[Verdict, str]],
        decisions: Sequence[tuple[CarryOver, str]],
        **options: Any,
    ) -> None:
        super().__init__(**options)
        whole = [("", _("The promise as a whole"))]
        self.point.choices = whole + [(str(id_), title) for id_, title in points]
        self.verdict.choices = [(it.value, words) for it, words in verdicts]
        self.carry_over.choices = [
            ("", _("Not decided")),
            *((it.value, words) for it, words in decisions),
        ]

    def draft(self) -> JudgementDraft:
        """What the form says."""
        return JudgementDraft(
            verdict=Verdict(self.verdict.data),
            reason=self.reason.data,
            ground=self.ground.data,
            point_id=int(self.point.data) if self.point.data else None,
            carry_over=CarryOver(self.carry_over.data) if self.carry_over.data else None,
            is_no_person=bool(self.is_no_person.data),
        )
