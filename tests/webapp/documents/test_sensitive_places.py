"""Documents that were made before a place became sensitive are made anew without its name."""

import io
from json import dumps

import docx
import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveys.drafts.approvals import EditionDraft
from surveys.models.document_edition import DocumentEdition, EditionFile
from surveys.models.evidence import EvidenceKind
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.models.promise import Promise
from surveys.queries.editions.edition_content import told_today
from surveys.queries.editions.edition_files import DOCX, DocumentSource, list_waiting_files
from surveys.queries.evidence.evidence import view_for_readers
from surveys.queries.pictures.content import picture_content
from surveys.queries.promises.content import promise_content
from surveys.queries.promises.page import get_public_promise
from surveys.services.editions.document_editions import freeze_edition
from surveys.services.editions.edition_files import MAKE_DOCUMENTS
from surveys.services.ground.register import mark_place
from tests.conftest import NOW
from tests.factories.municipalities import make_named_place
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture
from tests.factories.promises import SLUG, make_point, make_promise
from webapp.worker import serve_jobs

NAME = "Granens plan"


@pytest.fixture
def place(session: Session, municipality: Municipality) -> NamedPlace:
    return make_named_place(session, municipality, NAME, kind=PlaceKind.SQUARE, aliases=[])


@pytest.fixture
def promise(session: Session, municipality: Municipality, place: NamedPlace) -> Promise:
    made = make_promise(session, municipality)
    make_point(session, made, places=[place])
    freeze(session, municipality, made, promise_content(session, made, NOW.date()))
    return made


def freeze(
    session: Session, municipality: Municipality, subject: object, content: dict[str, object]
) -> DocumentEdition:
    return freeze_edition(
        session,
        municipality,
        subject,  # type: ignore[arg-type]
        EditionDraft(content, None),
        by="Trygghetssamordnare",
        now=NOW,
    )


def mark(session: Session, municipality: Municipality, place: NamedPlace) -> None:
    mark_place(session, municipality, place.id, is_sensitive=True, reason="Hemlig.", now=NOW)
    session.commit()


def test_a_document_that_was_under_way_when_its_place_became_sensitive_is_not_kept(
    app: Flask,
    session: Session,
    municipality: Municipality,
    place: NamedPlace,
    promise: Promise,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session.commit()
    jobs = serve_jobs(app)
    make = jobs.functions[MAKE_DOCUMENTS]
    told = []

    def make_slowly(source: DocumentSource, form: str) -> bytes:
        if not told:
            mark(session, municipality, place)
        told.append(NAME in dumps(source.content, ensure_ascii=False))
        return b"document"

    monkeypatch.setattr("webapp.worker.make_document", make_slowly)
    [(municipality_id, edition_id)] = list_waiting_files(session, municipality)
    session.rollback()
    make(municipality_id, edition_id)
    session.rollback()
    assert any(told)
    assert files_of(session, municipality) == []
    assert list_waiting_files(session, municipality) == ((municipality_id, edition_id),)


def files_of(session: Session, municipality: Municipality) -> list[EditionFile]:
    own = EditionFile.municipality_id == municipality.id
    return list(session.scalars(select(EditionFile).where(own)))


def words_of_docx(app: Flask, session: Session, municipality: Municipality) -> str:
    """Make what the worker is told to make, and read the one Word file."""
    session.commit()
    make = serve_jobs(app).functions[MAKE_DOCUMENTS]
    for municipality_id, edition_id in list_waiting_files(session, municipality):
        make(municipality_id, edition_id)
    session.rollback()
    [file] = [file for file in files_of(session, municipality) if file.format == DOCX]
    document = docx.Document(io.BytesIO(file.content))
    cells = [c.text for table in document.tables for row in table.rows for c in row.cells]
    return " ".join([*(p.text for p in document.paragraphs), *cells])


def test_the_files_of_a_promise_lose_the_name(
    app: Flask,
    session: Session,
    municipality: Municipality,
    promise: Promise,
    place: NamedPlace,
) -> None:
    assert NAME in words_of_docx(app, session, municipality)
    mark(session, municipality, place)
    assert files_of(session, municipality) == []
    words = words_of_docx(app, session, municipality)
    assert NAME not in words
    assert "1 plats som inte nämns vid namn" in " ".join(words.split())


def test_a_point_that_was_taken_out_names_it_no_more_while_the_promise_is_changed(
    session: Session, municipality: Municipality, promise: Promise, place: NamedPlace
) -> None:
    [point] = promise.points
    without = promise_content(session, promise, NOW.date()) | {"points": []}
    freeze(session, municipality, promise, without)
    promise.changing_since = NOW
    session.commit()

    def named() -> list[str]:
        page = get_public_promise(session, municipality, SLUG, NOW.date())
        return [name for told in page.points if told.state.id == point.id for name in _names(told)]

    assert named() == [NAME]
    mark(session, municipality, place)
    assert named() == []


def _names(point: object) -> list[str]:
    return [place.name for place in point.words.places]  # type: ignore[attr-defined]


def test_a_finding_of_a_picture_names_it_no_more_in_a_new_file(
    session: Session, municipality: Municipality, place: NamedPlace
) -> None:
    found = make_evidence(
        session,
        municipality,
        f"Markeringarna ligger tätt: {NAME}",
        kind=EvidenceKind.MAP_FINDING,
        figures={"name": NAME},
    )
    area = make_area("Narkotika", make_claim(supported_by=(found,)), rank=1)
    picture = make_picture(session, municipality, "lagesbild-juni-2023", [area])
    edition = freeze(session, municipality, picture, picture_content(picture))
    assert NAME in str(told_today(session, edition))
    mark(session, municipality, place)
    assert NAME not in str(told_today(session, edition))
    assert NAME in str(edition.content)
    assert view_for_readers(found).title == "Markeringarna ligger tätt"


def test_a_place_that_was_renamed_and_then_marked_is_gone_under_its_old_name_too(
    session: Session, municipality: Municipality, place: NamedPlace
) -> None:
    """Evidence keeps the id of its place."""
    found = make_evidence(
        session,
        municipality,
        f"Markeringarna ligger tätt: {NAME}",
        kind=EvidenceKind.MAP_FINDING,
        figures={"name": NAME},
        query={"name": "figure", "figure": "hotspot-1", "place": place.id},
    )
    area = make_area("Narkotika", make_claim(supported_by=(found,)), rank=1)
    picture = make_picture(session, municipality, "lagesbild-juni-2023", [area])
    edition = freeze(session, municipality, picture, picture_content(picture))
    rename(session, place)
    assert NAME in f"{told_today(session, edition)} {view_for_readers(found)}"
    mark(session, municipality, place)
    assert NAME not in f"{told_today(session, edition)} {view_for_readers(found)}"


def rename(session: Session, place: NamedPlace, *aliases: str) -> None:
    """With the database's own means: no page does it."""
    own = update(NamedPlace).where(NamedPlace.id == place.id)
    new = own.values(name="Stödboendet", aliases=list(aliases))
    session.execute(new.execution_options(synchronize_session=False))
    session.expire(place)


def test_evidence_from_before_ids_were_kept_follows_the_other_names_of_a_place(
    session: Session, municipality: Municipality, place: NamedPlace
) -> None:
    found = make_evidence(
        session,
        municipality,
        f"Markeringarna ligger tätt: {NAME}",
        kind=EvidenceKind.MAP_FINDING,
        figures={"name": NAME},
    )
    rename(session, place, NAME)
    mark(session, municipality, place)
    assert view_for_readers(found).title == "Markeringarna ligger tätt"
    make_named_place(session, municipality, NAME, kind=PlaceKind.SQUARE, aliases=[])
    assert NAME in view_for_readers(found).title  # another place has the name now


def test_a_promise_loses_the_other_name_of_a_place_as_well(
    session: Session, promise: Promise, municipality: Municipality, place: NamedPlace
) -> None:
    own = DocumentEdition.promise_id == promise.id
    edition = session.scalars(select(DocumentEdition).where(own)).one()
    rename(session, place, NAME)
    mark(session, municipality, place)
    assert NAME not in str(told_today(session, edition))
