"""One piece of evidence on its page: as it was saved, and what the same gives today."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from surveys.services.dialogues.counts import count_response
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture
from tests.page import Page, PageClient
from webapp.cli import cli

SignIn = Callable[[User], PageClient]
LIST = "/soderhamn/handlaggning/underlag/"
FREEZE = "/soderhamn/handlaggning/dialoger/oppen/underlag"


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    dialogue = make_dialogue(session, municipality)
    answers(session, dialogue, *("5" * 20), *("1" * 20))
    return dialogue


@pytest.fixture
def analyst(sign_in: SignIn, session: Session, municipality: Municipality) -> PageClient:
    return sign_in(make_account(session, municipality, StaffRole.ANALYST))


def answers(session: Session, dialogue: Dialogue, *values: str) -> None:
    session.commit()  # see what the pages have stored
    for value in values:
        count_response(session, make_response(session, dialogue, {1: (value, None)}))


def press(client: PageClient, page: Page, action: str, **values: str) -> Page:
    """Send the small form whose address ends with ``action``."""
    form = page.one(f"form[action$='{action}']")
    token = str(form.select_one("input[name=csrf_token]")["value"])  # type: ignore[index]
    sent = client.post(str(form["action"]), {"csrf_token": token} | values, status=303)
    return client.get(str(sent.response.headers["Location"]))


def freeze_q1(client: PageClient) -> Page:
    token = client.get(LIST).one("input[name=csrf_token]")["value"]
    client.post(FREEZE, {"csrf_token": token, "figure": "q1"}, status=303)
    return client.get(str(client.get(LIST).one("h2 a")["href"]))


def test_the_page_tells_numbers_question_n_method_sum_and_who(
    session: Session, dialogue: Dialogue, analyst: PageClient
) -> None:
    page = freeze_q1(analyst)
    assert page.heading == "Fråga 1: Känner du dig trygg i Söderhamns kommun?"
    text = page.text
    assert "Mycket eller ganska trygg 20 40 50 % (35–65)" in text
    assert "Fråga 1, alla svar" in text
    assert "Sparat 1 augusti 2023 av Analyst." in text
    assert "Frågornas formulering forslag 1, otrygga_platser 1, trygg_kommun 1" in text
    assert len(page.words("code.sum")) == 64
    assert "Uträknad på nytt just nu: raden är orörd." in text
    assert "Inget hänvisar till det än." in text
    assert "Inte prövat sedan det sparades." in text
    assert NOISE_TEXT not in text


def test_looking_it_up_shows_what_the_same_gives_today_beside_what_was_saved(
    session: Session, dialogue: Dialogue, analyst: PageClient
) -> None:
    page = press(analyst, freeze_q1(analyst), "/prova")
    assert "Prövat nu: data säger detsamma." in page.text
    assert "Data säger detsamma i dag" in page.text

    answers(session, dialogue, *("1" * 10))
    session.commit()
    page = press(analyst, page, "/prova")
    assert "Data har ändrats sedan dess" in page.all_words(".tag")
    assert "Av 40 som svarade på skalan" in page.words("section[aria-labelledby=fryst]")
    assert "Av 50 som svarade på skalan" in page.words("section[aria-labelledby=idag]")
    assert "Data har ändrats sedan dess" in analyst.get(LIST).text

    again = press(analyst, page, "/spara-igen")
    assert "Sparat bredvid det gamla" in again.text
    assert "Av 50 som svarade på skalan" in again.words("section[aria-labelledby=fryst]")


def test_a_claim_on_changed_evidence_is_flagged_for_staff_and_not_for_readers(
    session: Session, municipality: Municipality, dialogue: Dialogue, analyst: PageClient
) -> None:
    page = freeze_q1(analyst)
    session.rollback()  # see what the page has stored
    evidence = session.query(Evidence).filter_by(municipality_id=municipality.id).one()
    for slug, values in (("utkast", {"published_at": None}), ("klar", {})):
        claim = make_claim("Hälften är trygga.", supported_by=(evidence,))
        make_picture(session, municipality, slug, [make_area("Trygghet", claim)], **values)
    answers(session, dialogue, "1")
    session.commit()
    page = press(analyst, page, "/prova")
    assert page.all_words("section[aria-labelledby=citeras] li a") == ["Hälften är trygga."] * 2

    flag = "Data har ändrats sedan dess"
    assert flag in analyst.get("/soderhamn/handlaggning/problembilder/utkast").text
    assert flag not in analyst.get("/soderhamn/lagesbild/klar").text


def test_old_evidence_is_told_to_be_old_and_only_to_staff(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    old = make_evidence(session, municipality, "Webbenkäten", dated_on=date(2016, 3, 16))
    new = make_evidence(session, municipality, "Polismätningen", dated_on=date(2023, 2, 1))
    claim = make_claim("Var tredje är otrygg.", supported_by=(old, new))
    area = make_area("Trygghet", claim)
    draft = make_picture(session, municipality, "utkast", [area], published_at=None)
    make_picture(
        session,
        municipality,
        "klar",
        [make_area("Trygghet", make_claim("Så var det.", supported_by=(old,)))],
    )
    client = sign_in(make_account(session, municipality, StaffRole.COORDINATOR))
    warning = "Äldre än 3 år"
    assert warning in client.get(f"{LIST}{old.id}").text
    assert warning not in client.get(f"{LIST}{new.id}").text
    assert client.get(LIST).text.count(warning) == 1
    picture = client.get(f"/soderhamn/handlaggning/problembilder/{draft.slug}")
    assert picture.text.count(warning) == 1
    choice = f"/soderhamn/handlaggning/problembilder/{draft.slug}/pastaenden/{claim.id}"
    assert warning in client.get(choice).text
    assert warning not in client.get("/soderhamn/lagesbild/klar").text


def test_a_source_has_nothing_to_look_up(
    session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    source = make_evidence(session, municipality)
    session.commit()
    page = analyst.get(f"{LIST}{source.id}")
    assert "41 anmälda narkotikabrott." in page.text
    assert not page.soup.select("form[action$='/prova']")


def test_a_row_that_was_changed_in_the_database_is_told_of(
    app: Flask, session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    source = make_evidence(session, municipality)
    session.commit()
    assert app.test_cli_runner().invoke(cli, ["evidence", "verify"]).exit_code == 0
    session.execute(update(Evidence).where(Evidence.id == source.id).values(n=4))
    session.commit()
    told = app.test_cli_runner().invoke(cli, ["evidence", "verify"])
    assert told.exit_code == 1
    assert f"soderhamn: underlag {source.id} har ändrats: Anmälda brott" in told.output
    page = analyst.get(f"{LIST}{source.id}")
    assert "Kontrollsumman stämmer inte." in page.text


def test_another_municipalitys_evidence_is_not_found(
    session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    others = session.query(Evidence).filter(Evidence.municipality_id != municipality.id).first()
    assert others is not None
    analyst.get(f"{LIST}{others.id}", status=404)
