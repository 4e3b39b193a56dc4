"""The page of two rounds: maps, what became of areas, and places before and after."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.dialogue import Dialogue, SamplingDesign
from surveys.models.hotspot import RunState
from surveys.models.municipality import Municipality
from surveys.models.round_map import RoundMap
from surveys.permissions import StaffRole
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.factories.round_maps import make_place_drawing, make_rounds
from tests.page import PageClient
from tests.webapp.staff.test_hotspot_map import work_through

PAGE = "/soderhamn/handlaggning/dialoger/oppen/karta/jamfor"
WITH = f"{PAGE}?med=host-2021"
SignIn = Callable[[User], PageClient]
Rounds = tuple[Dialogue, Dialogue]


@pytest.fixture
def rounds(session: Session, municipality: Municipality) -> Rounds:
    rounds = make_rounds(session, municipality)
    session.commit()
    return rounds


@pytest.fixture
def staff(sign_in: SignIn, session: Session, municipality: Municipality) -> PageClient:
    return sign_in(make_account(session, municipality))


@pytest.fixture
def drawing(session: Session, municipality: Municipality, rounds: Rounds) -> RoundMap:
    drawing = make_place_drawing(session, municipality, rounds)
    session.commit()
    return drawing


def test_the_comparable_rounds_come_first_and_lead_to_the_page(
    staff: PageClient, session: Session, rounds: Rounds
) -> None:
    page = staff.get("/soderhamn/handlaggning/dialoger/oppen/karta")
    assert page.one(f"a[href='{PAGE}']")
    page = staff.get(PAGE)
    assert page.heading == "Två omgångar på kartan"
    assert page.one(f"a[href='{WITH}']")
    assert "bara ses sida vid sida" not in page.text
    rounds[0].sampling = SamplingDesign.RANDOM_SAMPLE
    session.commit()
    assert "Kan inte jämföras i siffror, bara ses sida vid sida." in staff.get(PAGE).text


def test_both_maps_and_what_became_of_the_areas(staff: PageClient, drawing: RoundMap) -> None:
    page = staff.get(WITH)
    assert len(page.soup.select("[data-linked-map]")) == 2
    assert page.all_words("main h2.h-3") == ["Hösten 2021", "Sommaren 2023"]
    assert "Kvar: 1. Borta: 1. Ny: 0." in page.text
    first, second = page.all_words("tbody tr")[:2]
    assert "Torget Kvar nr 1 (tidigare) nr 1 (senare)" in first
    assert "30 av 80: 38 % (28–48)" in first
    assert "−22,5 procentenheter (" in first
    assert "Slumpen ensam ger sällan en sådan skillnad." in first
    assert "Hamnen Borta nr 2 (tidigare)" in second
    assert "för få, här eller bredvid" in second  # three persons
    assert "3 av 80" not in page.text


def test_a_place_before_and_after_is_told_as_association(
    staff: PageClient, drawing: RoundMap
) -> None:
    page = staff.get(WITH)
    assert "Det här visar samband, inte vad insatsen ledde till." in page.text
    for reason in ("valde själva", "regression mot medelvärdet", "kan ha flyttat", "Årstid"):
        assert reason in page.text
    place = page.words("#plats-B")
    assert "Vandring vid Torget ( Handlingsplan 2022–2023 ) 1 gång mellan omgångarna" in place
    assert "30 av 80, sedan 12 av 80." in place
    assert "Förändringen på platsen delad med förändringen utanför: 0,29 (0,14 till 0,63)" in place
    assert "Viktad förflyttningskvot" in place
    assert "Platsen stack ut i den tidigare omgången." in place


def test_what_was_done_at_another_time_says_why_it_is_not_compared(
    staff: PageClient, drawing: RoundMap
) -> None:
    place = staff.get(WITH).words("#plats-A")
    assert "det hade börjat innan den tidigare omgången stängde" in place
    assert "procentenheter" not in place
    assert "Förändringen på platsen" not in place


def test_rounds_that_cannot_be_compared_stand_side_by_side_without_differences(
    staff: PageClient, session: Session, rounds: Rounds, drawing: RoundMap
) -> None:
    rounds[0].sampling = SamplingDesign.RANDOM_SAMPLE
    session.commit()
    page = staff.get(WITH)
    assert "Omgångarna går inte att lägga i en serie." in page.words(".banner")
    assert "procentenheter" not in page.text
    assert "1 är ”som resten”" not in page.text
    assert len(page.soup.select("[data-linked-map]")) == 2


def test_a_map_that_was_made_in_another_way_is_told(
    staff: PageClient, session: Session, drawing: RoundMap
) -> None:
    sides = drawing.findings["rounds"]
    sides = [sides[0] | {"baseline": "places"}, sides[1] | {"state": "too_few_marks"}]
    drawing.findings = drawing.findings | {"rounds": sides}
    session.commit()
    page = staff.get(WITH)
    assert "Bara den ena omgången kunde jämföras med var människor bor." in page.text
    assert "Sommaren 2023 har för få markeringar" in page.text
    assert "För få svar" in page.all_words("tbody tr")[1]


def test_each_part_comes_from_our_own_origin(staff: PageClient, drawing: RoundMap) -> None:
    page = staff.get(WITH)
    sources = [str(script["src"]) for script in page.soup.select("script[src]")]
    linked = next(i for i, source in enumerate(sources) if "round-maps" in source)
    for side in ("fore", "efter"):
        path = f"{PAGE}/{drawing.id}/{side}"
        assert linked < sources.index(f"{path}.js")  # or it would not hear of the maps
        script, style = (staff.get(f"{path}.{part}").response for part in ("js", "css"))
        assert (script.mimetype, style.mimetype) == ("text/javascript", "text/css")
        assert "no-cache" in script.headers["Cache-Control"]


def test_asking_for_the_maps(
    staff: PageClient, app: Flask, session: Session, rounds: Rounds
) -> None:
    page = staff.get(WITH)
    assert "De här två omgångarna har inte ritats än." in page.text
    staff.post(
        f"{PAGE}/rita", page.fields(f"form[action='{PAGE}/rita']") | {"med": "host-2021"}, 303
    )
    assert "Ritar." in staff.get(WITH).text
    work_through(app)
    session.rollback()
    mine = select(RoundMap).where(RoundMap.earlier_id == rounds[0].id)
    assert session.scalars(mine).one().state is RunState.DONE
    page = staff.get(WITH)
    assert "Ritar." not in page.text
    assert "Inget område sticker ut i någon av omgångarna." in page.text
    assert "Ingen aktivitet och inget löfte har en plats" in page.text


def test_who_may_see_and_draw(
    client: PageClient, sign_in: SignIn, session: Session, drawing: RoundMap
) -> None:
    coordinator, police, administrator = (
        make_account(session, drawing.earlier.municipality, role)
        for role in (StaffRole.COORDINATOR, StaffRole.POLICE, StaffRole.ADMINISTRATOR)
    )
    session.commit()
    parts = (PAGE, WITH, f"{PAGE}/{drawing.id}/fore.js", f"{PAGE}/{drawing.id}/efter.css")
    for path in parts:
        client.get(path, 302)
    sign_in(coordinator)
    fields = client.get(WITH).fields(f"form[action='{PAGE}/rita']") | {"med": "host-2021"}
    sign_in(police)
    page = client.get(WITH)
    assert not page.soup.select(f"form[action='{PAGE}/rita']")
    client.post(f"{PAGE}/rita", fields, 403)
    sign_in(administrator)
    for path in parts:
        client.get(path, 403)


def test_another_municipalitys_drawing_is_not_found(
    staff: PageClient, session: Session, rounds: Rounds, municipality: Municipality
) -> None:
    foreign = session.scalars(
        select(RoundMap).where(RoundMap.municipality_id != municipality.id)
    ).first()
    assert foreign is not None
    staff.get(f"{PAGE}/{foreign.id}/fore.js", 404)
    staff.get(f"/hagfors/handlaggning/dialoger/oppen/karta/jamfor/{foreign.id}/fore.js", 403)
    staff.get(f"{PAGE}?med=finns-inte", 404)
    assert NOISE_TEXT not in staff.get(WITH).html


def test_a_look_at_a_running_round_is_logged(
    staff: PageClient, session: Session, rounds: Rounds, drawing: RoundMap
) -> None:
    staff.get(WITH)
    session.rollback()
    looks = select(AccessRecord).where(AccessRecord.kind == AccessKind.RUNNING_RESULTS)
    seen = [look.dialogue_id for look in session.scalars(looks)]
    assert seen.count(rounds[1].id) == 1
    assert rounds[0].id not in seen


def test_a_drawing_with_the_number_of_a_dropped_one_is_not_taken_for_it(
    staff: PageClient, session: Session, drawing: RoundMap
) -> None:
    """A browser that kept the map of a withdrawn answer is given the new one."""
    path = f"{PAGE}/{drawing.id}/fore.js"
    kept = staff.get(path).response.headers["ETag"]
    session.rollback()
    assert drawing.maps is not None
    drawing.maps = [each | {"script": "drawn_again();"} for each in drawing.maps]
    session.commit()
    answer = staff.client.get(path, headers={"If-None-Match": kept})
    assert (answer.status_code, answer.get_data(as_text=True)) == (200, "drawn_again();")
