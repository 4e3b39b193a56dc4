"""A closing judgement before the rules have been asked."""

from dataclasses import dataclass

from surveys.models.judgement import CarryOver, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementDraft:
    """One party's verdict on a point (``point_id``) or on the whole promise, with its reason.

    ``ground`` is what it rests on: the counts, a survey, a report.
    """

    verdict: Verdict
    reason: str
    ground: str
    point_id: int | None = None
    carry_over: CarryOver | None = None
    is_no_person: bool = False
