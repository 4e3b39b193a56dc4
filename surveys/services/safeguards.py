"""What a municipality decides of what its police may see, and of whom to tell of a danger."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from surveys.drafts.settings import PoliceDraft
from surveys.errors import InvalidInput
from surveys.limits import MAX_PARAGRAPHS, MAX_SOURCE
from surveys.models.municipality import Municipality
from surveys.models.safety import SafetyKind
from surveys.services.input_rules import optional_text
from surveys.services.settings import held


def save_police(session: Session, municipality: Municipality, draft: PoliceDraft) -> None:
    """Let the police see what was decided. Raise InvalidInput ``police_decision`` without one."""
    decision = optional_text(draft.decision, "decision", MAX_SOURCE)
    if (draft.reads_unmasked or draft.reads_points) and not decision:
        raise InvalidInput("police_decision", "decision")
    kept = held(session, municipality)
    kept.police_reads_unmasked, kept.police_reads_points = draft.reads_unmasked, draft.reads_points
    kept.police_decision = decision
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
