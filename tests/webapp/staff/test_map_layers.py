"""The layers of the map page, the map of a part of the marks, and single points behind a reason."""

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.geography import Area, AreaKind
from surveys.models.hotspot import HotspotRun
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.permissions import StaffRole
from surveys.queries.maps.map_layers import LayerViews, NearView, SquaresView
from surveys.queries.results.filters import NO_FILTERS, Filters
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, make_cluster, make_run, mark
from tests.factories.municipalities import box, make_account, make_named_place
from tests.page import Page, PageClient
from tests.webapp.staff.test_hotspot_map import work_through
from webapp.words.map_layer import view_layers

PAGE = "/soderhamn/handlaggning/dialoger/oppen/karta"
POINTS = f"{PAGE}/punkter"
LOG = "/soderhamn/handlaggning/insyn"
HOSTILE = "</script><img src=x onerror=alert(1)>`${alert(2)}\\'\"{{7*7}}"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    dialogue = make_dialogue(session, municipality)
    make_cluster(session, dialogue, persons=16)
    session.commit()
    return dialogue


@pytest.fixture
def staff(sign_in: SignIn, session: Session, dialogue: Dialogue) -> PageClient:
    return sign_in(make_account(session, dialogue.municipality))


def compute(session: Session, dialogue: Dialogue, filters: Filters = NO_FILTERS) -> HotspotRun:
    run = request_run(session, dialogue.municipality, dialogue, filters, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    session.commit()
    return run


def add_areas(session: Session, municipality: Municipality, name: str = "Centrum") -> None:
    lat, lon = STATION
    for code, shown, west in (("A", name, lon - 0.002), ("B", "Öster", lon + 0.002)):
        outline = box(west, lat - 0.002, west + 0.004, lat + 0.002)
        session.add(
            Area(municipality=municipality, kind=AreaKind.DESO, code=code, name=shown,
                 geometry=outline, population=800, source="prov")
        )  # fmt: skip
    session.commit()


def test_each_layer_has_its_choice_its_key_and_its_list(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    add_areas(session, dialogue.municipality)
    compute(session, dialogue)
    page = staff.get(PAGE)
    names = ["Personer per ruta", "Täthet", "Rutor som sticker ut", "Grupper av markeringar",
             "Vanligaste skäl", "Vanligaste tid", "DeSO-områden"]  # fmt: skip
    assert page.all_words("[data-map-layers] .choices label") == names
    layers = [str(choice["value"]) for choice in page.soup.select(".choices [data-map-layer]")]
    for layer in layers:
        assert page.soup.select(f"figure [data-of-layer='{layer}']"), layer
    assert "Mörkt (1 ruta)" in page.words("figure [data-of-layer=reasons]")
    assert "Kväll (1 ruta)" in page.words("figure [data-of-layer=times]")
    assert page.words("div.mb-6[data-of-layer=groups] tbody") == "Resecentrum 15–19"
    rows = page.all_words("div.mb-6[data-of-layer=area-deso] tbody tr")
    assert rows == ["Centrum 16 31 % 20,0", "Öster för få svar, här eller bredvid – –"]


def test_of_a_few_new_answers_the_page_says_what_it_waits_for(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    compute(session, dialogue)
    make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION)])
    compute(session, dialogue)
    page = staff.get(PAGE)
    assert "Kartan är som den var" in page.text
    assert "Den ritas om när minst 5 till har svarat" in page.text
    assert "53" not in page.words("main")
    assert page.one(".folium-map")  # the one before


def test_an_address_leads_to_a_layer(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    compute(session, dialogue)
    for asked, shown in (("gi", "gi"), ("finns-inte", "persons"), ("", "persons")):
        page = staff.get(f"{PAGE}?lager={asked}")
        assert page.one(".choices [checked]")["value"] == shown


def test_without_a_script_the_key_is_of_the_picture_and_all_lists_can_be_read(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    add_areas(session, dialogue.municipality)
    compute(session, dialogue)
    page = staff.get(PAGE)
    assert page.one("[data-map-layers]").has_attr("hidden")  # what only a script can do
    keys = page.soup.select("figcaption [data-of-layer]:not([hidden])")
    assert [key["data-of-layer"] for key in keys] == ["persons"]
    assert not page.soup.select("div:is(.mb-4, .mb-6)[data-of-layer][hidden]")
    assert "de som har markerat" in page.words(".mb-6[data-of-layer=area-deso] noscript")
    assert "Vad de andra lagren visar står i listorna." in page.words("figcaption noscript")
    still = page.one(".hotmap noscript svg")
    assert still.select(".cell")
    assert still.select(".hot")


def test_names_of_areas_and_places_stay_words(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    for place in session.scalars(select(NamedPlace)):
        if place.municipality_id == dialogue.municipality_id:
            place.name = HOSTILE
    add_areas(session, dialogue.municipality, HOSTILE)
    run = compute(session, dialogue)
    page = staff.get(f"{PAGE}?lager=area-deso")
    assert HOSTILE in page.words("div.mb-6[data-of-layer=area-deso]")
    assert not page.soup.select("main img")
    script = staff.get(f"{PAGE}/{run.id}/karta.js").html.replace("\\u0026", "&")
    assert "<img" not in script
    assert "</script" not in script
    assert "&#60;img src=x onerror=alert(1)&#62;&#96;&#36;&#123;alert(2)" in script


def test_a_part_is_asked_for_and_computed_by_the_job_process(
    staff: PageClient, app: Flask, session: Session, dialogue: Dialogue
) -> None:
    compute(session, dialogue)
    page = staff.get(f"{PAGE}?tid=evening")
    assert "Kartan visar en del av markeringarna. Tid på dygnet: Kväll." in page.text
    assert "Kartan av de här markeringarna är inte räknad än." in page.text
    assert "inom några minuter" not in page.text  # only the map of all marks is made by itself
    assert not page.soup.select(".folium-map")  # never drawn by a page
    form = f"form[action='{PAGE}/urval']"
    answer = staff.post(f"{PAGE}/urval", page.fields(form), 303).response
    assert answer.location == f"{PAGE}?tid=evening"
    assert "Räknar." in staff.get(f"{PAGE}?tid=evening").text
    assert "Räknar." not in staff.get(PAGE).text
    work_through(app)
    session.rollback()
    page = staff.get(f"{PAGE}?tid=evening")
    assert page.one(".folium-map")
    assert "För få markeringar i urvalet för att säga om de ligger tätt." in page.text
    assert "Skäl och tider visas bara på kartan av alla markeringar." in page.text
    assert "Visa alla markeringar" in page.all_words(f"a[href='{PAGE}']")
    assert page.one("select[name=tid] [selected]")["value"] == "evening"


def test_the_layer_is_kept_by_everything_that_leads_to_another_part_of_the_marks(
    staff: PageClient, app: Flask, session: Session, dialogue: Dialogue
) -> None:
    compute(session, dialogue)
    filters = f"form[action='{PAGE}']"
    assert staff.get(PAGE).soup.select(f"{filters} [name=lager][disabled]")  # none is asked for
    fields = staff.get(f"{PAGE}?lager=groups").fields(filters)
    assert fields["lager"] == "groups"
    page = staff.get(f"{PAGE}?{urlencode({**fields, 'tid': 'evening'})}")
    asked = page.fields(f"form[action='{PAGE}/urval']")
    answer = staff.post(f"{PAGE}/urval", asked, 303).response
    assert answer.location == f"{PAGE}?tid=evening&lager=groups"
    work_through(app)
    session.rollback()
    page = staff.get(answer.location)
    assert page.one("select[name=tid] [selected]")["value"] == "evening"
    assert page.one(".choices [checked]")["value"] == "groups"
    assert page.one("#urval a")["href"] == f"{PAGE}?lager=groups"
    fields = page.fields(f"form[action='{PAGE}/filer']")
    assert staff.post(f"{PAGE}/filer", fields, 303).response.location == f"{answer.location}#filer"
    points = staff.get(f"{POINTS}?tid=evening&lager=groups")
    assert points.soup.select(f"a[href='{PAGE}?tid=evening&lager=groups']")


def test_a_hotspot_of_a_part_tells_at_least_how_many_and_that_numbers_are_rounded(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    run = make_run(session, dialogue)
    run.filters, run.filter_key = {"time": "evening"}, "time=evening"
    run.hotspots[0].n_respondents, run.hotspots[0].is_at_least = 10, True
    session.commit()
    page = staff.get(f"{PAGE}?tid=evening")
    assert "Minst 10 personer har satt markeringar här." in page.words("#omrade-1")
    assert "Antal för en del av markeringarna är avrundade nedåt." in page.text
    run.filters, run.filter_key = {}, ""
    session.commit()
    assert "nästan alla som har märkt ut en plats" in staff.get(PAGE).words("#omrade-1")


def test_without_the_row_level_right_one_list_at_a_time(
    sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    run = compute(session, dialogue, Filters.from_json({"time": "evening", "reason": "dark"}))
    both = f"{PAGE}?tid=evening&skal=dark"
    roles = (StaffRole.POLICE, StaffRole.ANALYST)
    accounts = [make_account(session, dialogue.municipality, role) for role in roles]
    police = sign_in(accounts[0])
    page = police.get(both)
    assert "Välj i en lista i taget med ditt konto." in page.text
    assert not page.soup.select(".folium-map")
    for part in ("js", "css"):
        police.get(f"{PAGE}/{run.id}/karta.{part}", 403)
    fields = police.get(f"{PAGE}?tid=evening").fields(f"form[action='{PAGE}/urval']")
    police.post(f"{PAGE}/urval", fields, 303)  # one is theirs to ask for
    analyst = sign_in(accounts[1])
    assert analyst.get(both).one(".folium-map")
    analyst.get(f"{PAGE}/{run.id}/karta.js")


def test_a_filter_that_does_not_exist_is_said(staff: PageClient, dialogue: Dialogue) -> None:
    page = staff.get(f"{PAGE}?tid=sommar", 400)
    assert "Vi hittar inte det som adressen frågar efter." in page.text


def ask(client: PageClient, status: int = 200, query: str = "", **fields: str) -> Page:
    token = client.get(POINTS).fields()["csrf_token"]
    return client.post(f"{POINTS}{query}", {"csrf_token": token, **fields}, status)


def looks(session: Session) -> list[AccessRecord]:
    session.rollback()
    kind = AccessRecord.kind == AccessKind.EXACT_POINTS
    return list(session.scalars(select(AccessRecord).where(kind)))


def test_points_are_shown_after_a_reason_and_the_look_is_in_the_log(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    compute(session, dialogue)
    before = len(looks(session))
    assert not staff.get(POINTS).soup.select("[data-lat]")
    assert len(looks(session)) == before
    page = ask(staff, reason="where_exactly", words="inför belysning")
    assert len(page.soup.select("[data-points] [data-lat]")) == 52
    assert page.response.headers["Cache-Control"] == "no-store"
    *_, look = looks(session)
    assert (look.reason, look.dialogue_id) == ("where_exactly: inför belysning", dialogue.id)
    assert "För att hitta platsen inför en åtgärd eller vandring: inför belysning" in (
        staff.get(LOG).text
    )


def test_without_script_the_picture_shows_the_points_too(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    lat, lon = STATION[0] - 0.003, STATION[1]
    make_named_place(session, dialogue.municipality, "Jouren", lat=lat, lon=lon, is_sensitive=True)
    compute(session, dialogue)
    assert 'class="hot"' in staff.get(PAGE).html
    page = ask(staff, query="?tid=evening", reason="where_exactly")
    picture = page.html.partition("<noscript>")[2].partition("</noscript>")[0]
    assert picture.count('class="exact"') == 16
    assert 'class="hot"' not in picture  # whose key does not stand on this page
    assert ">Resecentrum<" in picture
    assert ">Jouren<" not in picture  # a sensitive place, which the live map does not name either


def test_points_without_a_reason_are_not_shown_and_not_logged(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    before = len(looks(session))
    for fields in ({}, {"reason": "other"}, {"reason": "nyfiken"}):
        page = ask(staff, 422, **fields)
        assert not page.soup.select("[data-lat]")
    assert len(looks(session)) == before


def test_points_are_for_those_with_the_right(
    sign_in: SignIn, session: Session, dialogue: Dialogue
) -> None:
    police = sign_in(make_account(session, dialogue.municipality, StaffRole.POLICE))
    police.get(POINTS, 403)
    assert not police.get(PAGE).soup.select(f"a[href='{POINTS}']")


def test_nobody_s_words_stand_at_a_point(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    place = mark(*STATION, words=HOSTILE, masked_words=HOSTILE)
    make_response(session, dialogue, {2: ("ja", None)}, [place])
    session.commit()
    page = ask(staff, reason="check_places")
    assert len(page.soup.select("[data-points] [data-lat]")) == 53
    assert "onerror" not in page.html


def test_points_of_a_part(staff: PageClient, session: Session, dialogue: Dialogue) -> None:
    compute(session, dialogue)
    page = ask(staff, query="?tid=evening", reason="where_exactly")
    assert len(page.soup.select("[data-points] [data-lat]")) == 16
    assert "Kartan visar en del av markeringarna. Tid på dygnet: Kväll." in page.text
    assert page.all_words("[data-points] li")[0].endswith("Mörkt, kväll.")


def test_points_of_a_part_that_does_not_exist_are_not_all_points(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    ask(staff, 400, "?tid=sommar", reason="where_exactly")
    assert looks(session) == []


@pytest.mark.parametrize(("name", "value"), [("tillfalle", "x" * 300), ("tema", "finns-inte")])
def test_no_map_is_made_of_what_the_lists_do_not_have(
    staff: PageClient, session: Session, dialogue: Dialogue, name: str, value: str
) -> None:
    """Else each address would be a job, and a long one too much for the column."""
    token = staff.get(PAGE).fields(f"form[action='{PAGE}/berakna']")["csrf_token"]
    staff.post(f"{PAGE}/urval", {"csrf_token": token, name: value}, 303)
    session.rollback()
    asked = select(HotspotRun.filter_key).where(HotspotRun.dialogue_id == dialogue.id)
    assert session.scalars(asked).all() == []


def test_a_reason_that_nobody_can_see_is_none(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    ask(staff, 422, reason="other", words="\u202e \u200b")
    assert looks(session) == []


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ((3.54,), ["minst 3 personer per km²"]),
        ((1.9, 5, 10), ["1 till under 5 personer per km²", "5 till under 10 personer per km²",
                        "minst 10 personer per km²"]),
        ((0.304, 1), ["0,30 till under 1 personer per km²", "minst 1 personer per km²"]),
    ],
)  # fmt: skip
def test_each_class_of_density_says_where_it_begins_and_ends(
    app: Flask, limits: tuple[float, ...], said: list[str]
) -> None:
    shown = SquaresView(limits, (1,) * len(limits), NearView((), 0))
    with app.test_request_context(), force_locale("sv"):
        [view] = view_layers(LayerViews(density=shown), 5)
    assert [key.said for key in view.keys] == said


def test_classes_of_density_from_an_earlier_version_are_told_to_be_computed_again(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    run = compute(session, dialogue)
    assert "jämna tal" not in staff.get(PAGE).text
    # As they were stored before; that the limits happen to be round does not make them today's.
    old = {"limits": [2.4, 5, 20], "squares": [1, 1, 1]}
    run.layers = run.layers | {"density": old}
    session.commit()
    assert "Räkna om kartan så får de jämna tal." in staff.get(PAGE).text


def test_each_layer_of_squares_has_its_list(
    session: Session, dialogue: Dialogue, staff: PageClient
) -> None:
    compute(session, dialogue)
    page = staff.get(PAGE)
    for layer, title, said in (
        ("persons", "Personer per ruta", "minst 10 personer"),
        ("density", "Täthet", "personer per km²"),
        ("gi", "Rutor som sticker ut", "sticker"),
        ("reasons", "Vanligaste skäl", "Mörkt"),
        ("times", "Vanligaste tid", "Kväll"),
    ):
        folded = f"[data-of-layer={layer}] > details"
        assert page.words(f"{folded} > summary") == f"{title} som en lista"
        first = page.all_words(f"{folded} tbody tr")[0]
        assert first.startswith("Resecentrum")
        assert said in first


def test_the_picture_without_script_says_what_lies_outside_it(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    run = compute(session, dialogue)
    assert "Utanför bilden" not in staff.get(PAGE).text
    [first] = run.hotspots
    first.geometry = box(17.4, 61.0, 17.41, 61.01)
    session.commit()
    assert "Utanför bilden: 1. Vad de är står i listorna." in staff.get(PAGE).text
