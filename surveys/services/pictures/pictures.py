"""Writers for editions of the problem picture: begin, edit, publish, go on with the next.

A published edition is never edited; a new one is made from it. Every change to a draft names the
revision that its writer had seen, so that two writers cannot overwrite each other unseen.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.approvals import EditionDraft
from surveys.drafts.pictures import PictureDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.limits import MAX_SHORT, MAX_SUMMARY, MAX_TITLE
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation, Claim, PictureSource, ProblemArea, ProblemPicture
from surveys.queries.pictures.content import picture_content
from surveys.queries.pictures.gate import Missing
from surveys.queries.pictures.views import view_picture
from surveys.services.editions.approvals import end_review, require_approved
from surveys.services.editions.document_editions import freeze_edition
from surveys.services.editions.input_rules import optional_text, required_text
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
    picture.origin_id = origin.id
    picture.areas = [_copy_area(area) for area in origin.areas]
    picture.sources = [_copy_source(source) for source in origin.sources]
    picture.small_groups = list(origin.small_groups)
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
    """Publish a draft in the name of the role ``by``, once police and municipality approve it.

    What readers get is frozen as an edition with its content hash. Raise PictureNotReady while
    anything is missing, NotApproved while a party has not said yes to this revision, NotFound, or
    Conflict where the draft has changed since it was read through.
    """
    picture = _hold_draft(session, municipality, slug, revision)
    missing = view_picture(session, municipality, picture).missing
    if missing:
        raise PictureNotReady(missing)
    require_approved(session, municipality, picture)
    picture.published_at, picture.published_by = now, by
    session.flush()
    edition = EditionDraft(picture_content(picture), picture.change_note)
    freeze_edition(session, municipality, picture, edition, by=by, now=now)
    end_review(picture)
    session.flush()
    return picture


def take_draft(
    session: Session, municipality: Municipality, slug: str, revision: int
) -> ProblemPicture:
    """The unpublished edition, held for a change and counted up to its next revision.

    Raise NotFound, or Conflict where it is published or is no longer at ``revision``.
    """
    picture = _hold_draft(session, municipality, slug, revision)
    picture.revision += 1
    return picture


def _hold_draft(
    session: Session, municipality: Municipality, slug: str, revision: int
) -> ProblemPicture:
    picture = _get(session, municipality, slug, for_change=True)
    if picture.published_at is not None:
        raise Conflict("published")
    if picture.revision != revision:
        raise Conflict("changed")
    return picture


def _columns(draft: PictureDraft) -> dict[str, object]:
    return {
        "kind": draft.kind,
        "title": required_text(draft.title, "title", MAX_TITLE),
        "period": required_text(draft.period, "period", MAX_SHORT),
        "summary": optional_text(draft.summary, "summary", MAX_SUMMARY) or "",
        "next_edition": optional_text(draft.next_edition, "next_edition", MAX_TITLE),
        "month": draft.month.replace(day=1) if draft.month else None,
        "change_note": optional_text(draft.change_note, "change_note", MAX_SUMMARY),
        "motive": optional_text(draft.motive, "motive"),
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
    return ProblemArea(
        rank=area.rank,
        title=area.title,
        text=area.text,
        is_chosen=area.is_chosen,
        not_chosen_because=area.not_chosen_because,
        season=area.season,
        part=area.part,
        claims=claims,
    )


def _copy_source(source: PictureSource) -> PictureSource:
    """The same source, not received yet for the new edition."""
    return PictureSource(
        position=source.position,
        name=source.name,
        party=source.party,
        body_id=source.body_id,
        is_used=source.is_used,
        dropped_because=source.dropped_because,
        limits=source.limits,
    )


def _copy_claim(claim: Claim) -> Claim:
    citations = [
        Citation(evidence_id=c.evidence_id, disagrees=c.disagrees) for c in claim.citations
    ]
    return Claim(
        position=claim.position,
        text=claim.text,
        party=claim.party,
        is_judgement=claim.is_judgement,
        judged_by=claim.judged_by,
        dated_on=claim.dated_on,
        citations=citations,
    )
