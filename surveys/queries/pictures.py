"""Readers for problem pictures: published editions for everyone, drafts for staff."""

import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from surveys.errors import NotFound
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.picture import Citation, Claim, PictureKind, ProblemArea, ProblemPicture
from surveys.queries.evidence import EvidenceView, view_evidence, view_for_readers
from surveys.queries.public_figures import Held, Hold, list_held

_View = Callable[[Evidence], EvidenceView]


class Lack(enum.Enum):
    """What keeps an edition from being published."""

    SUMMARY = "summary"
    AREAS = "areas"
    CLAIMS = "claims"  # an area says nothing
    GROUND = "ground"  # a claim neither cites evidence nor says whose judgement it is
    # A figure of the municipality's own that readers may not get as it stands:
    TOLD_OTHERWISE = "told_otherwise"
    NO_EDITION = "no_edition"
    NOT_IN_EDITION = "not_in_edition"


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is missing, and where.

    ``where`` is the area's title, the claim's text or the figure's title; ``dialogue`` the address
    part of the figure's dialogue.
    """

    lack: Lack
    where: str = ""
    area_id: int | None = None
    claim_id: int | None = None
    dialogue: str = ""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A sentence with its ground: evidence for it, evidence against it, whose judgement it is."""

    id: int
    text: str
    judged_by: str | None
    dated_on: date | None
    supporting: tuple[EvidenceView, ...]
    disagreeing: tuple[EvidenceView, ...]

    @property
    def has_ground(self) -> bool:
        """Whether the claim may be published."""
        return bool(self.judged_by) or any(e.blanked_on is None for e in self.supporting)


@dataclass(frozen=True, slots=True)
class AreaView:
    """A subject of the picture, with its claims in order."""

    id: int
    rank: int
    title: str
    text: str
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class PictureSummary:
    """The head of an edition."""

    slug: str
    kind: PictureKind
    title: str
    period: str
    summary: str
    next_edition: str | None
    revision: int
    created_at: datetime
    published_at: datetime | None
    published_by: str | None


@dataclass(frozen=True, slots=True)
class PictureView:
    """An edition in full, areas in rank order."""

    head: PictureSummary
    areas: tuple[AreaView, ...]
    held: Mapping[int, Held] = field(default_factory=dict)  # evidence by its id; of drafts only

    @property
    def claim_ids(self) -> frozenset[int]:
        return frozenset(claim.id for area in self.areas for claim in area.claims)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What keeps the edition from being published; empty where nothing does."""
        found = [] if self.head.summary else [Missing(Lack.SUMMARY)]
        if not self.areas:
            found.append(Missing(Lack.AREAS))
        for area in self.areas:
            if not area.claims:
                found.append(Missing(Lack.CLAIMS, area.title, area.id))
            found.extend(
                Missing(Lack.GROUND, claim.text, area.id, claim.id)
                for claim in area.claims
                if not claim.has_ground
            )
            found.extend(self._held_in(area))
        return tuple(found)

    def _held_in(self, area: AreaView) -> list[Missing]:
        return [
            Missing(
                Lack(self.held[evidence.id].hold.value),
                evidence.title,
                area.id,
                claim.id,
                self.held[evidence.id].dialogue,
            )
            for claim in area.claims
            for evidence in (*claim.supporting, *claim.disagreeing)
            if evidence.id in self.held
        ]

    @property
    def is_replaceable(self) -> bool:
        """Whether a published edition tells a figure that is held back."""
        return any(held.hold is Hold.TOLD_OTHERWISE for held in self.held.values())


def get_latest_published(session: Session, municipality: Municipality) -> PictureView | None:
    """The edition that was published last, or None before the first."""
    picture = session.scalar(_in_full(_published(municipality)).limit(1))
    return None if picture is None else view_published(picture)


def get_latest_head(session: Session, municipality: Municipality) -> PictureSummary | None:
    """The head of the edition that was published last, or None before the first."""
    picture = session.scalar(_published(municipality).limit(1))
    return None if picture is None else _head(picture)


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
    return tuple(_head(picture) for picture in session.scalars(_published(municipality)))


def list_pictures(session: Session, municipality: Municipality) -> tuple[PictureSummary, ...]:
    """The heads of all editions for staff: drafts first, then published, the latest first."""
    statement = _of(municipality).order_by(
        ProblemPicture.published_at.is_not(None),
        func.coalesce(ProblemPicture.published_at, ProblemPicture.created_at).desc(),
        ProblemPicture.id.desc(),
    )
    return tuple(_head(picture) for picture in session.scalars(statement))


def view_picture(
    session: Session, municipality: Municipality, picture: ProblemPicture
) -> PictureView:
    """The edition with all of its evidence, for staff."""
    is_draft = picture.published_at is None
    return PictureView(
        _head(picture),
        tuple(_area(area, view_evidence) for area in picture.areas),
        list_held(session, municipality, picture) if is_draft else {},
    )


def view_published(picture: ProblemPicture) -> PictureView:
    """The edition as readers see it."""
    return PictureView(
        _head(picture), tuple(_area(area, view_for_readers) for area in picture.areas)
    )


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


def _head(picture: ProblemPicture) -> PictureSummary:
    return PictureSummary(
        slug=picture.slug,
        kind=picture.kind,
        title=picture.title,
        period=picture.period,
        summary=picture.summary,
        next_edition=picture.next_edition,
        revision=picture.revision,
        created_at=picture.created_at,
        published_at=picture.published_at,
        published_by=picture.published_by,
    )


def _area(area: ProblemArea, view: _View) -> AreaView:
    claims = tuple(_claim(claim, view) for claim in area.claims)
    return AreaView(area.id, area.rank, area.title, area.text, claims)


def _claim(claim: Claim, view: _View) -> ClaimView:
    return ClaimView(
        id=claim.id,
        text=claim.text,
        judged_by=claim.judged_by if claim.is_judgement else None,
        dated_on=claim.dated_on,
        supporting=tuple(view(c.evidence) for c in claim.citations if not c.disagrees),
        disagreeing=tuple(view(c.evidence) for c in claim.citations if c.disagrees),
    )
