"""What a municipality decides of small numbers, of what its police see and of whom to tell."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from surveys.drafts.settings import PoliceDraft
from surveys.errors import InvalidInput
from surveys.limits import LEAST_CROSSED, LEAST_TOLD, MAX_PARAGRAPHS, MAX_SOURCE
from surveys.models.municipality import Municipality
from surveys.models.safety import SafetyKind
from surveys.privacy import Limits
from surveys.services.editions.input_rules import optional_text
from surveys.services.municipalities.settings import held


def save_police(session: Session, municipality: Municipality, draft: PoliceDraft) -> None:
    """Let the police see what was decided. Raise InvalidInput ``police_decision`` without one."""
    decision = optional_text(draft.decision, "decision", MAX_SOURCE)
    if (draft.reads_unmasked or draft.reads_points) and not decision:
        raise InvalidInput("police_decision", "decision")
    kept = held(session, municipality)
    kept.police_reads_unmasked, kept.police_reads_points = draft.reads_unmasked, draft.reads_points
    kept.police_decision = decision
    session.flush()


def save_limits(session: Session, municipality: Municipality, limits: Limits) -> None:
    """Tell no fewer respondents than ``limits``. What is published keeps the limits it was made by.

    Raise InvalidInput ``limit_out_of_range``, or ``crossed_below_plain`` where a cell of a crossed
    table would be told with fewer than a plain figure.
    """
    bounds = (
        ("min_respondents", limits.min_respondents, LEAST_TOLD),
        ("min_crossed", limits.min_crossed, LEAST_CROSSED),
    )
    for field, value, (low, high) in bounds:
        if not low <= value <= high:
            raise InvalidInput("limit_out_of_range", field)
    if limits.min_crossed < limits.min_respondents:
        raise InvalidInput("crossed_below_plain", "min_crossed")
    kept = held(session, municipality)
    kept.min_respondents, kept.min_crossed = limits.min_respondents, limits.min_crossed
    session.flush()


def save_routing(
    session: Session, municipality: Municipality, texts: Mapping[SafetyKind, str]
) -> None:
    """Say whom to tell of each kind of danger; an empty text is the product's own again."""
    kept = {
        kind.value: text
        for kind in SafetyKind
        if (text := optional_text(texts.get(kind), kind.value, MAX_PARAGRAPHS))
    }
    held(session, municipality).safety_routing = kept or None
    session.flush()
