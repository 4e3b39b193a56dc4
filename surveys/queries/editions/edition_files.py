"""Documents of published editions: which are made, which are missing, what they are made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, undefer

from surveys.days import swedish_day
from surveys.errors import NotFound
from surveys.models.document_edition import DocumentEdition, EditionFile
from surveys.models.municipality import Municipality
from surveys.models.promise import Promise, PromiseMunicipality
from surveys.queries.editions.approvals import Subject, of_subject
from surveys.queries.editions.edition_content import told_today

PDF, DOCX = "pdf", "docx"
PICTURE, PROMISE, PLAN = "picture", "promise", "plan"
FORMATS: dict[str, tuple[str, ...]] = {PICTURE: (PDF,), PROMISE: (PDF, DOCX), PLAN: (PDF, DOCX)}
"""Which files are made of an edition, by what it is an edition of."""


@dataclass(frozen=True, slots=True)
class Look:
    """Whose document it is: name, colour and whether the police stand beside it."""

    slug: str
    official_name: str
    brand_color: str | None
    with_police: bool


@dataclass(frozen=True, slots=True)
class Signed:
    """Where and when a role has signed."""

    place: str | None
    signed_on: date | None


@dataclass(frozen=True, slots=True)
class DocumentSource:
    """All that a document is made of. ``number`` is None for a draft, which has no edition.

    ``dnr`` is that of the municipality in whose look it is made, never another's. ``signed`` tells
    by a signatory's id who has signed: that happens after an edition is frozen.
    """

    kind: str  # PICTURE, PROMISE or PLAN
    content: Mapping[str, Any]
    look: Look
    dnr: str | None
    day: date
    number: int | None = None
    content_hash: str = ""
    published_at: datetime | None = None
    published_by: str | None = None
    change_note: str | None = None
    approvals: tuple[Mapping[str, Any], ...] = ()
    signed: Mapping[int, Signed] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileView:
    """A made document, without its bytes."""

    number: int
    format: str
    n_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class EditionFiles:
    """An edition and its documents for one municipality; ``is_whole`` once all are made."""

    number: int
    published_at: datetime
    change_note: str | None
    files: tuple[FileView, ...]
    is_whole: bool


def list_waiting_files(
    session: Session, municipality: Municipality | None = None
) -> tuple[tuple[int, int], ...]:
    """(municipality id, edition id) of each edition that lacks a document, the latest first.

    Of all municipalities where none is named: the sweep asks so.
    """
    made = (
        select(EditionFile.edition_id, func.count().label("n"))
        .group_by(EditionFile.edition_id)
        .subquery()
    )
    # Columns and no rows: an edition's content is large, and all editions are looked through.
    statement = (
        select(
            DocumentEdition.municipality_id,
            DocumentEdition.id,
            DocumentEdition.picture_id,
            DocumentEdition.promise_id,
            func.coalesce(made.c.n, 0),
        )
        .outerjoin(made, made.c.edition_id == DocumentEdition.id)
        .order_by(DocumentEdition.id.desc())
    )
    if municipality is not None:
        statement = statement.where(DocumentEdition.municipality_id == municipality.id)
    giving = _count_giving(session)
    return tuple(
        (municipality_id, edition_id)
        for municipality_id, edition_id, picture_id, promise_id, n in session.execute(statement)
        if n < len(FORMATS[_kind(picture_id, promise_id)]) * giving.get(promise_id or 0, 1)
    )


def list_sources(
    session: Session, municipality: Municipality, edition_id: int
) -> tuple[tuple[int, str, DocumentSource], ...]:
    """(municipality id, format, what it is made of) for each document that the edition lacks.

    Raise NotFound where ``municipality`` did not register such an edition.
    """
    edition = session.scalar(
        select(DocumentEdition).where(
            DocumentEdition.municipality_id == municipality.id, DocumentEdition.id == edition_id
        )
    )
    if edition is None:
        raise NotFound(str(edition_id))
    made = list_made_keys(session, edition.id)
    kind = kind_of(edition)
    return tuple(
        (look.id, form, _source(session, edition, look))
        for look in _giving(session, edition, municipality)
        for form in FORMATS[kind]
        if (look.id, form) not in made
    )


def list_made_keys(session: Session, edition_id: int) -> set[tuple[int, str]]:
    """(municipality id, format) of each document that the edition has."""
    statement = select(EditionFile.kommun_id, EditionFile.format).where(
        EditionFile.edition_id == edition_id
    )
    return {(row[0], row[1]) for row in session.execute(statement)}


def list_edition_files(
    session: Session, municipality: Municipality, subject: Subject
) -> tuple[EditionFiles, ...]:
    """Each edition of a text that the caller fetched through ``municipality``, the latest first,
    with its documents in ``municipality``'s look.
    """
    editions = session.scalars(
        select(DocumentEdition)
        .where(of_subject(DocumentEdition, subject))
        .order_by(DocumentEdition.number.desc())
    ).all()
    made: dict[int, list[FileView]] = {edition.id: [] for edition in editions}
    rows = session.scalars(
        select(EditionFile)
        .join(DocumentEdition)
        .options(joinedload(EditionFile.edition))
        .where(of_subject(DocumentEdition, subject), EditionFile.kommun_id == municipality.id)
        .order_by(EditionFile.format.desc())
    )
    for row in rows:
        made[row.edition_id].append(_view(row))
    wanted = len(FORMATS[kind_of(editions[0])]) if editions else 0
    return tuple(
        EditionFiles(
            number=edition.number,
            published_at=edition.published_at,
            change_note=edition.change_note,
            files=tuple(made[edition.id]),
            is_whole=len(made[edition.id]) >= wanted,
        )
        for edition in editions
    )


def get_edition_file(
    session: Session, municipality: Municipality, subject: Subject, number: int, form: str
) -> EditionFile:
    """One document with its bytes, in ``municipality``'s look, of a text that the caller fetched
    through it; raise NotFound.
    """
    found = session.scalar(
        select(EditionFile)
        .join(DocumentEdition)
        .options(undefer(EditionFile.content))
        .where(
            of_subject(DocumentEdition, subject),
            DocumentEdition.number == number,
            EditionFile.kommun_id == municipality.id,
            EditionFile.format == form,
        )
    )
    if found is None:
        raise NotFound(f"{number}.{form}")
    return found


def kind_of(edition: DocumentEdition) -> str:
    """What it is an edition of."""
    return _kind(edition.picture_id, edition.promise_id)


def look_of(municipality: Municipality, *, with_police: bool = True) -> Look:
    """The municipality's look."""
    return Look(
        municipality.slug, municipality.official_name, municipality.brand_color, with_police
    )


def draft_source(
    municipality: Municipality, kind: str, content: Mapping[str, Any], subject: Subject, day: date
) -> DocumentSource:
    """What a draft's document is made of: as it stands, without an edition and without a sum."""
    signed = signatures_of([subject]) if isinstance(subject, Promise) else {}
    return DocumentSource(
        kind=kind,
        content=content,
        look=look_of(municipality, with_police=_is_joint(kind, content)),
        dnr=_dnr(kind, content, municipality),
        day=day,
        signed=signed,
    )


def signatures_of(promises: Iterable[Promise]) -> dict[int, Signed]:
    """Signatory id -> where and when, for all of these promises."""
    return {
        signatory.id: Signed(signatory.place, signatory.signed_on)
        for promise in promises
        for signatory in promise.signatories
    }


def _source(session: Session, edition: DocumentEdition, look: Municipality) -> DocumentSource:
    kind = kind_of(edition)
    promise = session.get(Promise, edition.promise_id) if edition.promise_id else None
    return DocumentSource(
        kind=kind,
        content=told_today(session, edition),
        look=look_of(look, with_police=_is_joint(kind, edition.content)),
        dnr=_given_number(promise, look) or _dnr(kind, edition.content, look),
        day=swedish_day(edition.published_at),
        number=edition.number,
        content_hash=edition.content_hash,
        published_at=edition.published_at,
        published_by=edition.published_by,
        change_note=edition.change_note,
        approvals=tuple(edition.approvals),
        signed=signatures_of([promise]) if promise else {},
    )


def _kind(picture_id: int | None, promise_id: int | None) -> str:
    if picture_id is not None:
        return PICTURE
    return PROMISE if promise_id is not None else PLAN


def _dnr(kind: str, content: Mapping[str, Any], look: Municipality) -> str | None:
    if kind != PROMISE:
        return content.get("dnr")
    own = [m["dnr"] for m in content.get("municipalities", ()) if m["slug"] == look.slug]
    return own[0] if own else None


def _given_number(promise: Promise | None, look: Municipality) -> str | None:
    """The number as it stands now: a promise is often registered after it is published."""
    parties = promise.parties if promise else []
    return next((p.dnr for p in parties if p.municipality_id == look.id), None)


def _is_joint(kind: str, content: Mapping[str, Any]) -> bool:
    return kind != PLAN or bool(content.get("is_joint", True))


def _giving(
    session: Session, edition: DocumentEdition, municipality: Municipality
) -> tuple[Municipality, ...]:
    """Who gets a document of its own: each municipality that gives a promise, else the one."""
    if edition.promise_id is None:
        return (municipality,)
    statement = (
        select(Municipality)
        .join(PromiseMunicipality)
        .where(PromiseMunicipality.promise_id == edition.promise_id)
        .order_by(Municipality.id)
    )
    return tuple(session.scalars(statement))


def _count_giving(session: Session) -> dict[int, int]:
    statement = select(PromiseMunicipality.promise_id, func.count()).group_by(
        PromiseMunicipality.promise_id
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def _view(row: EditionFile) -> FileView:
    return FileView(row.edition.number, row.format, row.n_bytes, row.sha256)
