"""With which versions a figure was made, so that another answer later can be told from a change."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Answer
from surveys.models.theme import ThemeChange

PACKAGE = "trygghetsdialog"


def software_version() -> str:
    """The version that runs; "0" where it runs from files that were never installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "0"


def get_versions(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> dict[str, Any]:
    """Of the software, of each question by its code, of the codebook, and of the masking.

    The codebook's is the number of its last change, the masking's the lowest of the texts in
    question; both are left out where there is none.
    """
    found: dict[str, Any] = {
        "software": software_version(),
        "questions": {question.code: question.version for question in dialogue.questions},
    }
    last_change = session.scalar(
        select(func.max(ThemeChange.id)).where(ThemeChange.municipality_id == municipality.id)
    )
    if last_change is not None:
        found["codebook"] = last_change
    return found


def get_mask_version(session: Session, dialogue: Dialogue) -> int | None:
    """The lowest version of the masking among the texts of ``dialogue``; None without texts."""
    ids = [question.id for question in dialogue.questions]
    return session.scalar(
        select(func.min(Answer.mask_version)).where(
            Answer.question_id.in_(ids), Answer.masked_text.is_not(None)
        )
    )
