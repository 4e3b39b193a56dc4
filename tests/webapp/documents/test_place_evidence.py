"""A place before and after in a published picture: on readers' page and in its PDF."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.approvals import EditionDraft
from surveys.models.account import User
from surveys.models.document_edition import EditionFile
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.queries.editions.edition_files import list_waiting_files
from surveys.queries.pictures.content import picture_content
from surveys.services.editions.document_editions import freeze_edition
from surveys.services.editions.edition_files import MAKE_DOCUMENTS
from tests.conftest import NOW
from tests.factories.municipalities import make_account
from tests.factories.pictures import make_area, make_claim, make_picture
from tests.factories.round_maps import make_place_drawing, make_rounds
from tests.page import PageClient
from tests.pdf_reading import read_pdf, squeezed
from webapp.worker import serve_jobs

ROUNDS = "/soderhamn/handlaggning/dialoger/oppen/karta/jamfor?med=host-2021"
PICTURE = "/soderhamn/lagesbild/lagesbild-juni-2023"
SAID = "Färre pekade ut Torget än tidigare, jämfört med det som ligger utanför."
CAUTION = "Det här visar samband, inte vad insatsen ledde till."
# What staff have counted at the place, in the ring round it and on the rest of the map.
COUNTS = ("30 av 80", "12 av 80", "10 av 80", "9 av 80", "45 av 80", "0,29")


@pytest.fixture
def published(
    app: Flask,
    session: Session,
    municipality: Municipality,
    sign_in: Callable[[User], PageClient],
) -> bytes:
    """The PDF of a published picture whose one claim rests on the place before and after."""
    make_place_drawing(session, municipality, make_rounds(session, municipality))
    session.commit()
    staff = sign_in(make_account(session, municipality))
    form = staff.get(ROUNDS).one("#plats-B form")
    fields = {field["name"]: field["value"] for field in form.select("input, button")}
    staff.post(str(form["action"]), fields, status=303)
    session.rollback()
    evidence = session.scalars(
        select(Evidence).where(Evidence.municipality_id == municipality.id)
    ).one()
    claim = make_claim("Torget är lugnare än förr.", supported_by=(evidence,))
    picture = make_picture(session, municipality, areas=[make_area("Torget", claim)])
    draft = EditionDraft(picture_content(picture), None)
    freeze_edition(session, municipality, picture, draft, by="Trygghetssamordnare", now=NOW)
    session.commit()
    make = serve_jobs(app).functions[MAKE_DOCUMENTS]
    for municipality_id, edition_id in list_waiting_files(session, municipality):
        make(municipality_id, edition_id)
    session.rollback()
    own = EditionFile.municipality_id == municipality.id
    return session.scalars(select(EditionFile.content).where(own)).one()


def test_readers_get_the_direction_and_the_caution_and_no_count(
    published: bytes, client: PageClient
) -> None:
    told = {
        "page": client.get(PICTURE).words("main"),
        "PDF": read_pdf(published).text,
    }
    for where, words in told.items():
        plain = squeezed(words.replace("\N{NO-BREAK SPACE}", " "))
        for needed in (SAID, CAUTION):
            assert squeezed(needed) in plain, (where, needed)
        for count in COUNTS:
            assert squeezed(count) not in plain, (where, count)
