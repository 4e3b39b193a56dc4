"""With which versions a figure was made, so that another answer later can be told from a change."""

from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
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
    """Of the software, of each question by its code, and of the codebook.

    The codebook's is the number of its last change, left out where there is none.
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
