"""From one answer to what came of it: its themes, what rests on them, and the promises.

For the person who holds the answer's code, and of nobody's answer but that one: everything else
told here is published.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation, Claim, ProblemArea, ProblemPicture
from surveys.models.response import Response
from surveys.models.theme import Polarity, Theme
from surveys.queries.dialogues.receipts import find_by_code
from surveys.queries.promises.links import list_promises_by_claim, list_promises_from_dialogue
from surveys.queries.promises.promises import PromiseSummary, list_public_promises


@dataclass(frozen=True, slots=True)
class SeenInTheme:
    """A published sentence that rests on how many took the theme up, and the promises from it."""

    claim: str
    promises: tuple[PromiseSummary, ...]


@dataclass(frozen=True, slots=True)
class CountedTheme:
    """A theme that the answer was counted under, as something wrong or as a wish."""

    name: str
    polarity: Polarity
    seen: tuple[SeenInTheme, ...]


@dataclass(frozen=True, slots=True)
class ReceiptChain:
    """What became of one answer. ``is_sorted``: somebody has read what was written for its themes.

    ``others`` are promises that rest on the dialogue's answers and on none of these themes.
    """

    is_sorted: bool
    themes: tuple[CountedTheme, ...]
    others: tuple[PromiseSummary, ...]


def get_receipt_chain(
    session: Session,
    municipality: Municipality,
    code: str,
    *,
    secret: str,
    language: str,
    today: date,
) -> ReceiptChain:
    """What became of the answer with this code; raise NotFound. Nothing of a withdrawn one."""
    response = find_by_code(session, municipality, code, secret=secret)
    if response.withdrawn_on is not None:
        return ReceiptChain(False, (), ())
    going = {p.slug: p for p in list_public_promises(session, municipality, today)}
    coded = _coded(session, response)
    cited = _cited(session, municipality, response.dialogue)
    themes = tuple(
        CountedTheme(
            name=theme.title(language),
            polarity=polarity,
            seen=_seen(session, municipality, cited, (theme.code, polarity), going),
        )
        for theme, polarity in coded or ()
        if not theme.is_exclusive
    )
    shown = {p.slug for theme in themes for seen in theme.seen for p in seen.promises}
    rest = list_promises_from_dialogue(session, municipality, response.dialogue)
    others = [link.slug for link in rest if link.slug not in shown and link.slug in going]
    return ReceiptChain(coded is not None, themes, tuple(going[slug] for slug in others))


def _coded(session: Session, response: Response) -> list[tuple[Theme, Polarity]] | None:
    """The themes of the coding that counts; None where there is none, or it is not counted."""
    if not response.is_counted:
        return None
    coding = session.scalar(
        select(Coding).where(Coding.response_id == response.id, Coding.is_current)
    )
    if coding is None:
        return None
    statement = (
        select(CodingTheme)
        .where(CodingTheme.coding_id == coding.id)
        .options(joinedload(CodingTheme.theme))
    )
    found = [(row.theme, row.polarity) for row in session.scalars(statement)]
    return sorted(found, key=lambda pair: (pair[0].position, pair[0].id, pair[1].value))


def _cited(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> list[tuple[Claim, Evidence]]:
    """Sentences of published pictures with the figures from ``dialogue`` that speak for them."""
    statement = (
        select(Claim, Evidence)
        .join(Citation, Citation.claim_id == Claim.id)
        .join(Evidence, Evidence.id == Citation.evidence_id)
        .join(ProblemArea, ProblemArea.id == Claim.area_id)
        .join(ProblemPicture, ProblemPicture.id == ProblemArea.picture_id)
        .where(
            ProblemPicture.municipality_id == municipality.id,
            ProblemPicture.published_at.is_not(None),
            Evidence.dialogue_id == dialogue.id,
            Citation.disagrees.is_(False),
        )
        .order_by(ProblemPicture.published_at.desc(), Claim.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def _seen(
    session: Session,
    municipality: Municipality,
    cited: list[tuple[Claim, Evidence]],
    code: tuple[str, Polarity],
    going: dict[str, PromiseSummary],
) -> tuple[SeenInTheme, ...]:
    claims = {claim.id: claim for claim, evidence in cited if is_told_of(evidence, *code)}
    promises = list_promises_by_claim(session, municipality, claims)
    return tuple(
        SeenInTheme(
            claim.text,
            tuple(going[link.slug] for link in promises.get(claim.id, ()) if link.slug in going),
        )
        for claim in claims.values()
    )


def is_told_of(evidence: Evidence, code: str, polarity: Polarity) -> bool:
    """Whether the figure says how many took the theme up, or is about those who did."""
    query = evidence.query
    if (query.get("filters") or {}).get("theme") == code:
        return True
    rows = (evidence.figures.get("table") or {}).get("rows", ())
    if query.get("table") == "themes":  # as an edition tells it
        wanted = f"{code}:{polarity.value}"
        return any(wanted in row["codes"] and row["count"] is not None for row in rows)
    axis = {"problems": Polarity.PROBLEM, "wishes": Polarity.WISH}.get(query.get("measure", ""))
    return axis is polarity and any(row["key"] == code for row in rows)
