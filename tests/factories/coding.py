"""Codebooks and codings to test with."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.coding import Coding, CodingPurpose, CodingTheme
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.models.theme import Polarity, Theme
from surveys.services.texts.codebook import ensure_codebook
from tests.factories.municipalities import CREATED_AT


def make_codebook(session: Session, municipality: Municipality) -> dict[str, Theme]:
    """The standard codebook of ``municipality``, by code."""
    ensure_codebook(session, municipality, now=CREATED_AT)
    statement = select(Theme).where(Theme.municipality_id == municipality.id)
    return {theme.code: theme for theme in session.scalars(statement)}


def make_coding(
    session: Session,
    response: Response,
    *codes: tuple[Theme, Polarity] | Theme,
    coder: User | None = None,
    **values: object,
) -> Coding:
    """A coding that counts, with ``codes`` as problems unless told otherwise."""
    pairs = [code if isinstance(code, tuple) else (code, Polarity.PROBLEM) for code in codes]
    columns: dict[str, object] = {
        "municipality_id": response.municipality_id,
        "dialogue_id": response.dialogue_id,
        "response_id": response.id,
        "coder_id": coder.id if coder else None,
        "coder_title": coder.title if coder else "Fil",
        "purpose": CodingPurpose.CODED if coder else CodingPurpose.IMPORTED,
        "is_current": True,
        "coded_on": date(2023, 7, 20),
        "saw_suggestions": False,
        "themes": [CodingTheme(theme_id=theme.id, polarity=axis) for theme, axis in pairs],
    } | values
    coding = Coding(**columns)
    session.add(coding)
    session.flush()
    return coding
