"""The shapes of an edition of the picture, and how they are made of its rows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import (
    Claim,
    PictureKind,
    PicturePart,
    PictureSource,
    ProblemArea,
    ProblemPicture,
)
from surveys.queries.evidence.evidence import EvidenceView, view_evidence, view_for_readers
from surveys.queries.figures.public_figures import Held, Hold, list_held
from surveys.queries.pictures.gate import (
    Lack,
    Missing,
    SmallGroup,
    list_small_groups,
    list_uncleared,
)

_HALVES = (Party.BOTH, Party.POLICE, Party.MUNICIPALITY, Party.OTHER)
_View = Callable[[Evidence], EvidenceView]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A sentence with its ground: evidence for it, evidence against it, whose judgement it is."""

    id: int
    text: str
    judged_by: str | None
    dated_on: date | None
    supporting: tuple[EvidenceView, ...]
    disagreeing: tuple[EvidenceView, ...]
    party: Party = Party.BOTH

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
    is_chosen: bool = True
    not_chosen_because: str | None = None
    season: str | None = None
    part: PicturePart | None = None

    @property
    def halves(self) -> tuple[tuple[Party, tuple[ClaimView, ...]], ...]:
        """The claims by whose half of the picture they stand in, what is common first."""
        grouped = [(party, tuple(c for c in self.claims if c.party is party)) for party in _HALVES]
        return tuple((party, claims) for party, claims in grouped if claims)


@dataclass(frozen=True, slots=True)
class SourceView:
    """A source that was looked at. ``note`` is for staff, ``None`` for readers."""

    id: int
    name: str
    party: Party
    body: str | None
    body_id: int | None
    received_on: date | None
    is_used: bool
    dropped_because: str | None
    limits: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Origin:
    """The edition that another one was made from."""

    slug: str
    title: str
    is_published: bool


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
    month: date | None = None
    change_note: str | None = None
    motive: str | None = None


@dataclass(frozen=True, slots=True)
class PictureView:
    """An edition in full, areas in rank order."""

    head: PictureSummary
    areas: tuple[AreaView, ...]
    held: Mapping[int, Held] = field(default_factory=dict)  # evidence by its id; of drafts only
    sources: tuple[SourceView, ...] = ()
    origin: Origin | None = None
    small_groups: tuple[SmallGroup, ...] = ()  # of drafts only
    uncleared: frozenset[int] = frozenset()  # evidence by its id; of drafts only

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
        unsaid = [group.text for group in self.small_groups if group.reason is None]
        return (*found, *(Missing(Lack.SMALL_GROUP, text) for text in unsaid))

    def _held_in(self, area: AreaView) -> list[Missing]:
        cited = [(c, e) for c in area.claims for e in (*c.supporting, *c.disagreeing)]
        closed = [
            Missing(Lack.CLEARANCE, e.title, area.id, c.id, evidence_id=e.id)
            for c, e in cited
            if e.id in self.uncleared
        ]
        return closed + [
            Missing(
                Lack(self.held[evidence.id].hold.value),
                evidence.title,
                area.id,
                claim.id,
                self.held[evidence.id].dialogue,
            )
            for claim, evidence in cited
            if evidence.id in self.held
        ]

    @property
    def is_replaceable(self) -> bool:
        """Whether a published edition tells a figure that is held back."""
        return any(held.hold is Hold.TOLD_OTHERWISE for held in self.held.values())


def view_picture(
    session: Session, municipality: Municipality, picture: ProblemPicture
) -> PictureView:
    """The edition with all of its evidence, for staff."""
    is_draft = picture.published_at is None
    return PictureView(
        view_head(picture),
        tuple(_area(area, view_evidence) for area in picture.areas),
        list_held(session, municipality, picture) if is_draft else {},
        tuple(map(_source, picture.sources)),
        _origin(picture),
        list_small_groups(picture) if is_draft else (),
        list_uncleared(session, picture) if is_draft else frozenset(),
    )


def view_published(picture: ProblemPicture) -> PictureView:
    """The edition as readers see it."""
    origin = _origin(picture)
    return PictureView(
        view_head(picture),
        tuple(_area(area, view_for_readers) for area in picture.areas),
        sources=tuple(replace(_source(source), note=None) for source in picture.sources),
        origin=origin if origin is not None and origin.is_published else None,
    )


def view_head(picture: ProblemPicture) -> PictureSummary:
    """The head of an edition."""
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
        month=picture.month,
        change_note=picture.change_note,
        motive=picture.motive,
    )


def _origin(picture: ProblemPicture) -> Origin | None:
    origin = picture.origin
    if origin is None:
        return None
    return Origin(origin.slug, origin.title, origin.published_at is not None)


def _source(source: PictureSource) -> SourceView:
    return SourceView(
        id=source.id,
        name=source.name,
        party=source.party,
        body=source.body.name if source.body else None,
        body_id=source.body_id,
        received_on=source.received_on,
        is_used=source.is_used,
        dropped_because=source.dropped_because,
        limits=source.limits,
        note=source.note,
    )


def _area(area: ProblemArea, view: _View) -> AreaView:
    claims = tuple(_claim(claim, view) for claim in area.claims)
    return AreaView(
        id=area.id,
        rank=area.rank,
        title=area.title,
        text=area.text,
        claims=claims,
        is_chosen=area.is_chosen,
        not_chosen_because=area.not_chosen_because,
        season=area.season,
        part=area.part,
    )


def _claim(claim: Claim, view: _View) -> ClaimView:
    return ClaimView(
        id=claim.id,
        text=claim.text,
        judged_by=claim.judged_by if claim.is_judgement else None,
        dated_on=claim.dated_on,
        supporting=tuple(view(c.evidence) for c in claim.citations if not c.disagrees),
        disagreeing=tuple(view(c.evidence) for c in claim.citations if c.disagrees),
        party=claim.party,
    )
