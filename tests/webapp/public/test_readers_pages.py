"""The pages that anyone may read, besides the survey and the promises themselves."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.models.dialogue import Channel, DialogueEvent, EventKind
from surveys.models.evidence import EvidenceKind
from surveys.models.municipality import Municipality
from tests.conftest import Clock
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_municipality
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import (
    make_area,
    make_claim,
    make_evidence,
    make_grounded_picture,
    make_picture,
)
from tests.page import PageClient

HOSTILE = "<script>alert(1)</script><b onclick=x>"
PATHS = (
    "/",
    "/soderhamn/",
    "/soderhamn/lagesbild/",
    "/soderhamn/lagesbild/lagesbild-juni-2023",
    "/soderhamn/sa-hanterar-vi-svar",
    "/soderhamn/for-barn",
    "/soderhamn/tillganglighet",
    "/soderhamn/kontakt",
)


def test_readers_get_no_cookies(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_dialogue(session, municipality)
    make_grounded_picture(session, municipality)
    session.commit()
    for path in PATHS:
        page = client.get(path)
        assert "Set-Cookie" not in page.response.headers, path
        assert NOISE_TEXT not in page.text, path


@pytest.mark.parametrize("path", [p for p in PATHS if p.startswith("/soderhamn")])
def test_an_unknown_municipality_has_no_pages(client: PageClient, path: str) -> None:
    page = client.get(path.replace("soderhamn", "okand-kommun"), status=404)
    assert page.heading == "Det finns ingen sådan sida"


def test_the_installation_shows_where_one_can_answer_now(
    session: Session, municipality: Municipality, client: PageClient, clock: Clock
) -> None:
    make_dialogue(session, municipality, closes_at=datetime(2023, 8, 20, tzinfo=UTC))
    make_municipality(
        session, "ljusdal", code="2161", name="Ljusdal", official_name="Ljusdals kommun"
    )
    session.commit()
    page = client.get("/")
    buttons = [str(a["href"]) for a in page.soup.select("main a.btn")]
    assert buttons == ["/hagfors/dialoger/oppen", "/soderhamn/dialoger/oppen"]
    assert page.all_words("#municipalities ~ ul a") == [
        "Hagfors kommun",
        "Ljusdals kommun",
        "Söderhamns kommun",
    ]
    clock.now = datetime(2024, 1, 1, tzinfo=UTC)
    assert not client.get("/").soup.select("main a.btn")


def test_the_start_page_leads_to_the_open_questions(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_dialogue(session, municipality)
    session.commit()
    page = client.get("/soderhamn/")
    assert page.heading == "Vad skulle göra Söderhamn tryggare?"
    assert page.one("main a.btn")["href"] == "/soderhamn/dialoger/oppen"
    assert "Öppet till och med 31 augusti." in page.words(".hero")


def test_with_nothing_open_the_start_page_tells_about_the_last_round(
    session: Session, municipality: Municipality, client: PageClient, clock: Clock
) -> None:
    make_dialogue(session, municipality)
    session.commit()
    clock.now = datetime(2023, 10, 1, tzinfo=UTC)
    hero = client.get("/soderhamn/").words(".hero")
    assert "Den senaste dialogen, Tre frågor om trygghet, stängde 31 augusti 2023." in hero
    assert "Vad den leder till berättar vi här." in hero


def test_a_municipality_that_has_just_begun_has_a_whole_start_page(
    municipality: Municipality, client: PageClient
) -> None:
    page = client.get("/soderhamn/")
    assert page.heading == "Trygghet i Söderhamn"
    assert "Just nu är inga frågor öppna." in page.text
    assert "Inget löfte gäller just nu." in page.text


def test_the_next_opening_is_told(
    session: Session, municipality: Municipality, client: PageClient, clock: Clock
) -> None:
    clock.now = datetime(2023, 6, 1, tzinfo=UTC)
    make_dialogue(session, municipality)
    session.commit()
    assert "Nästa frågor öppnar 1 juli 2023." in client.get("/soderhamn/").words(".hero")


def test_what_happens_next_stands_in_order_of_date(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    dialogue = make_dialogue(session, municipality)
    dialogue.events = [
        DialogueEvent(
            code=code,
            kind=kind,
            channel=Channel.MEETING,
            title=title,
            venue="Rådhustorget",
            held_on=held_on,
        )
        for code, kind, title, held_on in (
            ("a", EventKind.CITIZEN_DIALOGUE, "Möt polis och kommun", date(2023, 8, 12)),
            ("b", EventKind.CITIZEN_DIALOGUE, "Redan hållet", date(2023, 7, 31)),
            ("c", EventKind.EMPLOYEE_DIALOGUE, "Bara personal", date(2023, 8, 13)),
        )
    ]
    session.commit()
    assert client.get("/soderhamn/").all_words(".dates > div") == [
        "12 augusti 2023 Möt polis och kommun, Rådhustorget",
        "31 augusti 2023 Sista dag att svara: Tre frågor om trygghet",
    ]


def test_the_start_page_shows_two_sentences_of_the_latest_picture(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_grounded_picture(session, municipality)
    make_picture(session, municipality, "utkast", title="Utkast", published_at=None)
    session.commit()
    page = client.get("/soderhamn/")
    assert "Lugnare vid Resecentrum än i våras. Fler hör av sig om mopeder." in page.text
    assert "Vi följer Stadsparken" not in page.text
    assert "Utkast" not in page.text


def test_the_picture_shows_each_claim_with_its_ground(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_grounded_picture(session, municipality)
    session.commit()
    page = client.get("/soderhamn/lagesbild/")
    assert page.heading == "Lägesbild juni 2023"
    assert page.all_words("main ol h2") == ["1. Narkotika", "2. Trafik"]
    judged, disputed, cited = page.soup.select("main .rows > div")
    assert "Bedömning av polisens narkotikagrupp" in judged.get_text()
    assert "Grund: Tips, näringsidkare och polisens kontroller" in cited.get_text()
    sides = [side.get_text(" ", strip=True) for side in disputed.select(".cols--even > div")]
    assert sides[0].startswith("Det här talar för")
    assert "Näringsidkare berättar om öppen handel." in sides[0]
    assert sides[1].startswith("Det här talar emot")
    assert "41 anmälda narkotikabrott." in sides[1]
    assert "Siffran visar främst hur mycket tid polisen har lagt." in sides[1]
    facts = disputed.select("details dl")
    assert "Antal (n) okänt" in " ".join(facts[0].get_text(" ").split())
    assert "Antal (n) 41" in " ".join(facts[1].get_text(" ").split())
    assert "Nästa utgåva: I augusti, efter sommaruppehållet" in page.text


def test_the_latest_edition_comes_first_and_earlier_ones_stay_readable(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_grounded_picture(session, municipality)
    later = datetime(2023, 7, 20, tzinfo=UTC)
    make_picture(session, municipality, "ny", title="Lägesbild juli 2023", published_at=later)
    session.commit()
    latest = client.get("/soderhamn/lagesbild/")
    assert latest.heading == "Lägesbild juli 2023"
    assert "tidigare utgåva" not in latest.text
    link = latest.one("#editions ~ ul a")
    earlier = client.get(str(link["href"]))
    assert earlier.heading == "Lägesbild juni 2023"
    assert "Det här är en tidigare utgåva." in earlier.text


def test_drafts_and_other_municipalities_pictures_are_not_found(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    make_picture(session, municipality, "utkast", published_at=None)
    session.commit()
    for slug in ("utkast", "lagesbild-juni-2023", "finns-inte"):
        client.get(f"/soderhamn/lagesbild/{slug}", status=404)
    assert "Ingen lägesbild är publicerad än." in client.get("/soderhamn/lagesbild/").text


def test_hostile_text_is_shown_as_text(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    evidence = make_evidence(
        session,
        municipality,
        HOSTILE,
        statement=HOSTILE,
        source=HOSTILE,
        period=HOSTILE,
        method=HOSTILE,
        caveat=HOSTILE,
    )
    claim = make_claim(HOSTILE, supported_by=(evidence,), judged_by=HOSTILE)
    against = make_claim(HOSTILE, against=(evidence,), judged_by=HOSTILE)
    make_picture(
        session,
        municipality,
        "bild",
        [make_area(HOSTILE, claim, against, text=HOSTILE)],
        title=HOSTILE,
        period=HOSTILE,
        summary=HOSTILE,
        next_edition=HOSTILE,
        published_by=HOSTILE,
    )
    session.commit()
    for path in ("/soderhamn/", "/soderhamn/lagesbild/", "/soderhamn/lagesbild/bild"):
        page = client.get(path)  # the client refuses scripts and event attributes
        assert not page.soup.select("main script, main b[onclick]")
        assert "<script>alert(1)</script>" in page.text


def test_own_figures_say_that_those_who_answered_chose_to(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    own = make_evidence(session, municipality, "Fråga 1", kind=EvidenceKind.SURVEY_FIGURE)
    areas = [make_area("Trygghet", make_claim(supported_by=(own,)))]
    make_picture(session, municipality, "bild", areas)
    session.commit()
    claim = client.get("/soderhamn/lagesbild/").one("main .rows > div")
    visible = "".join(
        str(child) for child in claim.find_all(recursive=False) if child.name != "details"
    )
    assert "Självvalt urval, gäller de svarande." in visible


def test_the_contact_page_names_roles(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    page = client.get("/soderhamn/kontakt")
    assert page.all_words(".dates dd") == ["Trygghetssamordnaren", "Kommunpolisen"]
    assert page.one("main .notes a[href='tel:112']")
