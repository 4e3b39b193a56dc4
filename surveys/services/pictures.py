"""Writers for editions of the problem picture: begin, edit, publish, go on with the next.

A published edition is never edited; a new one is made from it. Every change to a draft names the
revision that its writer had seen, so that two writers cannot overwrite each other unseen.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.pictures import PictureDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.limits import MAX_SHORT, MAX_SUMMARY, MAX_TITLE
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation, Claim, ProblemArea, ProblemPicture
from surveys.queries.pictures import Missing, view_picture
from surveys.services.input_rules import optional_text, required_text
from surveys.text.slugs import make_slug

RESERVED_SLUGS = frozenset({"ny"})  # the staff address of the empty form


class PictureNotReady(InvalidInput):
    """The edition cannot be published yet; ``missing`` names each claim that keeps it back."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__("picture_not_ready")
        self.missing = missing


def create_picture(
    session: Session, municipality: Municipality, draft: PictureDraft, *, now: datetime
) -> ProblemPicture:
    """Begin an edition; its address part is made from the title. Raise InvalidInput."""
    picture = ProblemPicture(
        municipality_id=municipality.id,
        slug=_free_slug(session, municipality, draft.title),
        created_at=now,
        **_columns(draft),
    )
    session.add(picture)
    session.flush()
    return picture


def edit_picture(
    session: Session, municipality: Municipality, slug: str, draft: PictureDraft, *, revision: int
) -> ProblemPicture:
    """Change the head of a draft; its address stays. Raise NotFound, Conflict, InvalidInput."""
    picture = take_draft(session, municipality, slug, revision)
    for column, value in _columns(draft).items():
        setattr(picture, column, value)
    session.flush()
    return picture


def start_new_edition(
    session: Session, municipality: Municipality, slug: str, draft: PictureDraft, *, now: datetime
) -> ProblemPicture:
    """Begin an edition with the areas and claims of ``slug``, under the head of ``draft``.

    Claims keep their evidence: it is frozen, so it still says what it said. Raise NotFound.
    """
    origin = _get(session, municipality, slug)
    picture = create_picture(session, municipality, draft, now=now)
    picture.areas = [_copy_area(area) for area in origin.areas]
    session.flush()
    return picture


def publish_picture(
    session: Session,
    municipality: Municipality,
    slug: str,
    *,
    revision: int,
    by: str,
    now: datetime,
) -> ProblemPicture:
    """Publish a draft in the name of the role ``by``.

    Raise PictureNotReady while anything is missing, NotFound, or Conflict where the draft has
    changed since it was read through: what is published must be what somebody has seen.
    """
    picture = take_draft(session, municipality, slug, revision)
    missing = view_picture(session, municipality, picture).missing
    if missing:
        raise PictureNotReady(missing)
    picture.published_at = now
    picture.published_by = by
    session.flush()
    return picture


def take_draft(
    session: Session, municipality: Municipality, slug: str, revision: int
) -> ProblemPicture:
    """The unpublished edition, held for a change and counted up to its next revision.

    Raise NotFound, or Conflict where it is published or is no longer at ``revision``.
    """
    picture = _get(session, municipality, slug, for_change=True)
    if picture.published_at is not None:
        raise Conflict("published")
    if picture.revision != revision:
        raise Conflict("changed")
    picture.revision += 1
    return picture


def _columns(draft: PictureDraft) -> dict[str, object]:
    return {
        "kind": draft.kind,
        "title": required_text(draft.title, "title", MAX_TITLE),
        "period": required_text(draft.period, "period", MAX_SHORT),
        "summary": optional_text(draft.summary, "summary", MAX_SUMMARY) or "",
        "next_edition": optional_text(draft.next_edition, "next_edition", MAX_TITLE),
    }


def _free_slug(session: Session, municipality: Municipality, title: str) -> str:
    statement = select(ProblemPicture.slug).where(ProblemPicture.municipality_id == municipality.id)
    taken = set(session.scalars(statement)) | RESERVED_SLUGS
    return make_slug(title, taken, fallback="lagesbild")


def _get(
    session: Session, municipality: Municipality, slug: str, *, for_change: bool = False
) -> ProblemPicture:
    statement = select(ProblemPicture).where(
        ProblemPicture.municipality_id == municipality.id, ProblemPicture.slug == slug
    )
    if for_change:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    picture = session.scalar(statement)
    if picture is None:
        raise NotFound(slug)
    return picture


def _copy_area(area: ProblemArea) -> ProblemArea:
    claims = [_copy_claim(claim) for claim in area.claims]
    return ProblemArea(rank=area.rank, title=area.title, text=area.text, claims=claims)


def _copy_claim(claim: Claim) -> Claim:
    citations = [
        Citation(evidence_id=c.evidence_id, disagrees=c.disagrees) for c in claim.citations
    ]
    return Claim(
        position=claim.position,
        text=claim.text,
        is_judgement=claim.is_judgement,
        judged_by=claim.judged_by,
        dated_on=claim.dated_on,
        citations=citations,
    )
