"""Readers for problem pictures: published editions for everyone, drafts for staff."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation, Claim, ProblemArea, ProblemPicture
from surveys.queries.pictures.views import (
    PictureSummary,
    PictureView,
    view_head,
    view_picture,
    view_published,
)


def get_latest_published(session: Session, municipality: Municipality) -> PictureView | None:
    """The edition that was published last, or None before the first."""
    picture = session.scalar(_in_full(_published(municipality)).limit(1))
    return None if picture is None else view_published(picture)


def get_latest_head(session: Session, municipality: Municipality) -> PictureSummary | None:
    """The head of the edition that was published last, or None before the first."""
    picture = session.scalar(_published(municipality).limit(1))
    return None if picture is None else view_head(picture)


def get_published(session: Session, municipality: Municipality, slug: str) -> PictureView:
    """The published edition with this address part; raise NotFound."""
    statement = _in_full(_published(municipality)).where(ProblemPicture.slug == slug)
    return view_published(_one(session, statement, slug))


def get_picture(session: Session, municipality: Municipality, slug: str) -> PictureView:
    """The edition with this address part, published or not, for staff; raise NotFound."""
    statement = _in_full(_of(municipality)).where(ProblemPicture.slug == slug)
    return view_picture(session, municipality, _one(session, statement, slug))


def get_picture_row(session: Session, municipality: Municipality, slug: str) -> ProblemPicture:
    """The edition's row, in full, for those who approve it or freeze it; raise NotFound."""
    statement = _in_full(_of(municipality)).where(ProblemPicture.slug == slug)
    return _one(session, statement, slug)


def list_published(session: Session, municipality: Municipality) -> tuple[PictureSummary, ...]:
    """The heads of all published editions, the latest first."""
    return tuple(view_head(picture) for picture in session.scalars(_published(municipality)))


def list_pictures(session: Session, municipality: Municipality) -> tuple[PictureSummary, ...]:
    """The heads of all editions for staff: drafts first, then published, the latest first."""
    statement = _of(municipality).order_by(
        ProblemPicture.published_at.is_not(None),
        func.coalesce(ProblemPicture.published_at, ProblemPicture.created_at).desc(),
        ProblemPicture.id.desc(),
    )
    return tuple(view_head(picture) for picture in session.scalars(statement))


def _of(municipality: Municipality) -> Select[ProblemPicture]:
    return select(ProblemPicture).where(ProblemPicture.municipality_id == municipality.id)


def _published(municipality: Municipality) -> Select[ProblemPicture]:
    return (
        _of(municipality)
        .where(ProblemPicture.published_at.is_not(None))
        .order_by(ProblemPicture.published_at.desc(), ProblemPicture.id.desc())
    )


def _in_full(statement: Select[ProblemPicture]) -> Select[ProblemPicture]:
    return statement.options(
        selectinload(ProblemPicture.areas)
        .selectinload(ProblemArea.claims)
        .selectinload(Claim.citations)
        .selectinload(Citation.evidence)
    )


def _one(session: Session, statement: Select[ProblemPicture], slug: str) -> ProblemPicture:
    picture = session.scalar(statement)
    if picture is None:
        raise NotFound(slug)
    return picture
