"""The map page: what the job process last drew, and what has happened since."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.permissions import StaffRole
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import STATION, make_cluster, make_run, mark
from tests.factories.municipalities import make_account, make_named_place
from tests.factories.noise import NOISE_TEXT
from tests.factories.promises import hold, make_activity, make_plan
from tests.page import PageClient
from webapp.worker import serve_jobs

PAGE = "/soderhamn/handlaggning/dialoger/oppen/karta"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    return make_dialogue(session, municipality)


@pytest.fixture
def staff(sign_in: SignIn, session: Session, dialogue: Dialogue) -> PageClient:
    return sign_in(make_account(session, dialogue.municipality))


@pytest.fixture
def run(session: Session, dialogue: Dialogue) -> HotspotRun:
    """The dialogue's marks, analysed."""
    make_cluster(session, dialogue, persons=16)
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    session.commit()
    return run


def test_the_map_and_its_list_say_the_same(staff: PageClient, run: HotspotRun) -> None:
    page = staff.get(PAGE)
    assert page.heading == "Platser som känns otrygga"
    assert "Ett område har tydligt tätare markeringar än resten av kartan." in page.text
    assert "Markeringar visar vad människor känner, inte var brott sker." in page.text
    assert "Beräknad 1 augusti 2023 kl. 12.00 av markeringar från 52 personer." in page.text
    area = run.hotspots[0]
    item = page.words(f"#omrade-{area.rank}")
    assert f"Resecentrum {area.n_respondents} personer har satt {area.n_marks}" in item
    assert "Mörkt (16)" in item
    assert "Kväll (16)" in item
    assert page.one(".map .folium-map")
    method = page.words("#metod")
    for words in ("250 meter", "EPSG:3006", "Getis-Ords Gi*", "5 %", "bandbredd", "täthet"):
        assert words in method
    assert "kl. 12.00. En person räknas" in method


def test_the_map_is_served_in_parts_from_our_own_origin(staff: PageClient, run: HotspotRun) -> None:
    page = staff.get(PAGE)
    sources = [str(script["src"]) for script in page.soup.select("script[src]")]
    leaflet = next(i for i, source in enumerate(sources) if "leaflet" in source)
    drawn = sources.index(f"{PAGE}/{run.id}/karta.js")
    assert leaflet < drawn
    script = staff.get(f"{PAGE}/{run.id}/karta.js").response
    style = staff.get(f"{PAGE}/{run.id}/karta.css").response
    assert (script.mimetype, style.mimetype) == ("text/javascript", "text/css")
    assert script.text == run.map_script
    assert "no-cache" in script.headers["Cache-Control"]
    again = staff.get(
        f"{PAGE}/{run.id}/karta.js", 304, headers={"If-None-Match": script.headers["ETag"]}
    )
    assert not again.html


def test_only_those_with_the_right_get_the_map(
    client: PageClient, sign_in: SignIn, session: Session, run: HotspotRun
) -> None:
    for path in (PAGE, f"{PAGE}/{run.id}/karta.js", f"{PAGE}/{run.id}/karta.css"):
        client.get(path, 302)
    account = make_account(session, run.dialogue.municipality, StaffRole.ADMINISTRATOR)
    sign_in(account)
    for path in (PAGE, f"{PAGE}/{run.id}/karta.js", f"{PAGE}/{run.id}/karta.css"):
        client.get(path, 403)


def test_another_municipalitys_map_is_not_found(staff: PageClient, session: Session) -> None:
    foreign = session.scalars(select(HotspotRun)).first()
    assert foreign is not None
    staff.get(f"{PAGE}/{foreign.id}/karta.js", 404)
    staff.get(f"/hagfors/handlaggning/dialoger/oppen/karta/{foreign.id}/karta.js", 403)
    page = staff.get(PAGE)
    assert NOISE_TEXT not in page.html
    assert "Ingen har markerat någon plats än." in page.text


def test_small_numbers_and_what_is_not_on_the_map(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    make_run(session, dialogue)
    session.commit()
    page = staff.get(PAGE)
    item = page.words("#omrade-1")
    assert "Mörkt (7)" in item
    assert "narkotika" not in item.lower()  # four persons
    # Else the one that is told would be taken for all there is.
    assert "Andra skäl: för få personer, eller nästan alla, för att visas." in item
    withheld = "Tider på dygnet: för få personer, eller nästan alla, för att visas."
    assert withheld in item  # three said evening
    assert "färre än 5 bara i ord, färre än 5 för en hel ort eller stadsdel." in page.text
    assert "För få svar: på en eller flera fläckar i eller nära Kyrkparken." in page.text
    key = ["5–6 personer", "7–9 personer", "10–13 personer", "14–18 personer", "minst 19 personer"]
    assert page.all_words(".key li") == key


def test_new_marks_make_the_map_old_and_it_says_so(
    staff: PageClient, session: Session, dialogue: Dialogue, run: HotspotRun
) -> None:
    assert "sedan kartan räknades" not in staff.get(PAGE).text
    make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION), mark(*STATION)])
    session.commit()
    page = staff.get(PAGE)
    assert "Markeringarna har ändrats sedan kartan räknades." in page.text
    assert page.one(".map .folium-map")
    make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION) for _ in range(3)])
    session.commit()
    assert "5 markeringar har kommit in sedan kartan räknades." in staff.get(PAGE).text


def test_asking_for_a_new_map(
    staff: PageClient, app: Flask, session: Session, dialogue: Dialogue, run: HotspotRun
) -> None:
    page = staff.get(PAGE)
    form = f"form[action='{PAGE}/berakna']"
    staff.post(f"{PAGE}/berakna", page.fields(form), 303)
    page = staff.get(PAGE)
    assert "Räknar. Förra kartan är från 1 augusti 2023 kl. 12.00." in page.text
    assert page.one(".map .folium-map")
    assert not page.soup.select(form)
    work_through(app)
    session.rollback()
    states = session.scalars(
        select(HotspotRun.state).where(HotspotRun.municipality_id == dialogue.municipality_id)
    ).all()
    assert states == [RunState.DONE, RunState.DONE]
    assert "Räknar." not in staff.get(PAGE).text


def test_asking_takes_a_sent_form_and_the_right(
    staff: PageClient, sign_in: SignIn, session: Session, dialogue: Dialogue, run: HotspotRun
) -> None:
    fields = staff.get(PAGE).fields(f"form[action='{PAGE}/berakna']")
    staff.post(f"{PAGE}/berakna", {}, 400)
    staff.get(f"{PAGE}/berakna", 405)
    sign_in(make_account(session, dialogue.municipality, StaffRole.POLICE))
    staff.post(f"{PAGE}/berakna", fields, 403)
    assert not staff.get(PAGE).soup.select(f"form[action='{PAGE}/berakna']")


def test_a_failed_attempt_is_told_and_the_old_map_stays(
    staff: PageClient, session: Session, dialogue: Dialogue, run: HotspotRun
) -> None:
    failed = request_run(session, dialogue.municipality, dialogue, now=NOW)
    failed.state, failed.failure = RunState.FAILED, "grid_too_large"
    session.commit()
    page = staff.get(PAGE)
    assert "Markeringarna ligger för långt ifrån varandra" in page.text
    assert page.one(".map .folium-map")


def test_few_marks_are_not_judged(staff: PageClient, session: Session, dialogue: Dialogue) -> None:
    make_response(session, dialogue, {2: ("ja", None)}, [mark(*STATION)])
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    session.commit()
    page = staff.get(PAGE)
    assert "För få markeringar för att bedöma om de ligger tätt: det behövs 30." in page.text
    # That is the reason, whether or not it is known where people live.
    assert "inte känt hur många som bor var" not in page.text


def work_through(app: Flask) -> None:
    """Do all jobs that wait in the queue, as the worker does."""
    huey = serve_jobs(app).huey
    while (task := huey.dequeue()) is not None:
        huey.execute(task)


def test_a_hotspot_tells_what_it_is_held_to(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    run = make_run(session, dialogue)
    run.baseline, run.method = "places", "density_gi_star_scan"
    held_to = {"untested": None, "source": "Ortslistan", "dated_on": None, "cell_m": 100.0}
    run.settings = run.settings | {
        "scan": held_to | {"simulations": 999, "n": 46, "n_unpeopled": 3, "people_cell_m": 1000.0}
    }
    spot = run.hotspots[0]
    spot.expected, spot.relative_risk, spot.z, spot.p_value = 3.5, 4.27, None, 0.004
    session.commit()
    page = staff.get(PAGE)
    assert "En hotspot: fler markeringar än väntat efter var människor bor." in page.text
    assert page.words("#list") == "Hotspots"
    assert "Jämfört ungefärligt med hur många som bor på orterna i platslistan." in page.text
    assert "Källa: Ortslistan." in page.text
    item = page.words("#omrade-1")
    for words in ("14 markeringar", "3,5 väntade", "4,3 gånger så vanligt", "p = 0,004"):
        assert words in item
    assert "z =" not in item
    method = page.words("#metod")
    assert "Kulldorffs rumsliga scan, markeringar räknade en gång per person och plats" in method
    assert "Markeringar där ingen bor väntas jämnt" in method
    assert "46" not in method
    assert "Antal, förväntat antal och gånger jämför med alla markeringar." in method
    assert "Befolkningen är räknad i rutor om ungefär 1 000 meter" in method.replace("\xa0", " ")
    assert "täthet" not in method.split("Täthet")[0]


@pytest.mark.parametrize(
    ("n", "known", "is_whole", "said"),
    [
        (
            7_000,
            25_000,
            True,
            "har bara 7 000 invånare i kommunen, fast minst 25 000 bor där (SCB)",
        ),
        (7_000, 25_000, False, "har bara 7 000 invånare i kommunen"),
        (50_000, 25_000, True, "har 50 000 invånare i kommunen, fast 25 000 bor där (SCB)"),
        (50_000, 25_000, False, ""),  # the place list leaves out those who live elsewhere
        (21_000, 25_000, True, ""),
        (30_000, 25_000, True, ""),
    ],
)
def test_a_population_that_covers_too_little_or_too_much_is_told(
    staff: PageClient, session: Session, dialogue: Dialogue, n: int, known: int, is_whole: bool,
    said: str,
) -> None:  # fmt: skip
    run = make_run(session, dialogue)
    run.baseline, run.method = "population", "density_gi_star_scan"
    covers = {"n": n, "known": known, "is_whole": is_whole, "source": "SCB"}
    scan = {"untested": None, "source": "Rutor", "dated_on": None, "cell_m": 100.0, "n": 46}
    scan |= {"simulations": 999, "n_unpeopled": 3, "people_cell_m": None, "covers": covers}
    run.settings = run.settings | {"scan": scan}
    session.commit()
    page = staff.get(PAGE).text.replace("\xa0", " ")
    assert ("Den inlästa befolkningen" in page) == bool(said)
    assert said in page


def test_density_is_never_called_a_hotspot(staff: PageClient, run: HotspotRun) -> None:
    page = staff.get(PAGE)
    assert page.words("#list") == "Täthet: områden som sticker ut"
    assert "Inga hotspots pekas ut: det är inte känt hur många som bor var." in page.text
    assert page.text.lower().count("hotspot") == 1


def test_looking_at_the_map_of_an_open_dialogue_is_logged(
    staff: PageClient, session: Session, run: HotspotRun
) -> None:
    here = AccessRecord.municipality_id == run.municipality_id
    for path in (f"{PAGE}/{run.id}/karta.js", PAGE):  # once an hour, whichever came first
        staff.get(path)
        session.rollback()
        kinds = list(session.scalars(select(AccessRecord.kind).where(here)))
        assert kinds == [AccessKind.RUNNING_RESULTS]


def test_the_map_keeps_the_limit_that_the_municipality_has_decided(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    dialogue.municipality.min_respondents = 13
    make_cluster(session, dialogue, persons=12)
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    session.commit()
    assert run.settings["min_respondents"] == 13
    assert not run.hotspots
    assert "färre än 13 personer" in staff.get(PAGE).text


def test_a_higher_limit_holds_for_maps_that_were_computed_before_it(
    staff: PageClient, session: Session, run: HotspotRun
) -> None:
    (area,) = run.hotspots
    run.dialogue.municipality.min_respondents = area.n_respondents + 1
    session.commit()
    assert not staff.get(PAGE).soup.select(f"#omrade-{area.rank}")


def test_what_all_or_nearly_all_in_a_small_area_said_is_not_told(
    staff: PageClient, session: Session, dialogue: Dialogue
) -> None:
    marked = make_cluster(session, dialogue, persons=12)
    marked[0].places[0].reasons = frozenset()  # eleven of twelve: dark
    run = request_run(session, dialogue.municipality, dialogue, now=NOW)
    compute_run(session, dialogue.municipality, run.id, now=NOW)
    session.commit()
    item = staff.get(PAGE).words("#omrade-1")
    assert "12 personer" in item
    assert "Skäl: för få personer, eller nästan alla, för att visas." in item
    assert "Tider på dygnet: för få personer, eller nästan alla, för att visas." in item


def test_a_long_list_of_what_is_done_is_folded_after_the_first(
    staff: PageClient, session: Session, dialogue: Dialogue, run: HotspotRun
) -> None:
    plan = make_plan(session, dialogue.municipality)
    for number in range(8):
        place = make_named_place(session, dialogue.municipality, f"Plats {number}")
        activity = f"Insats {number}"
        make_activity(session, dialogue.municipality, plan, name=activity, named_place_id=place.id)
    session.commit()
    page = staff.get(PAGE)
    assert len(page.soup.select("[data-spots] > li")) == 8
    assert [row["id"] for row in page.soup.select("#insatser details li")] == ["plats-G", "plats-H"]
    assert page.words("#insatser summary") == "2 platser till"


def test_what_is_done_is_listed_with_its_days_held_to_the_dialogue(
    staff: PageClient, session: Session, dialogue: Dialogue, run: HotspotRun
) -> None:
    municipality = dialogue.municipality
    station = session.scalars(
        select(NamedPlace).where(
            NamedPlace.municipality_id == municipality.id, NamedPlace.name == "Resecentrum"
        )
    ).one()
    shelter = make_named_place(session, municipality, "Kvinnojouren", is_sensitive=True)
    evil = "</script><img src=x onerror=alert(1)>"
    plan = make_plan(session, municipality)
    walk = make_activity(session, municipality, plan, name="Vandring", named_place_id=station.id)
    make_activity(session, municipality, plan, name=evil, named_place_id=station.id)
    make_activity(session, municipality, plan, name="Samtal", named_place_id=shelter.id)
    opens, closes = (swedish_day(day) for day in (dialogue.opens_at, dialogue.closes_at))
    for day in (opens - timedelta(3), opens - timedelta(1), opens, closes + timedelta(1)):
        hold(session, walk, day)
    session.commit()
    page = staff.get(PAGE)
    row = page.one("#plats-A")
    assert row["data-spot"] == "A"
    assert (float(str(row["data-lat"])), row["data-radius"]) == (station.lat, "150")
    words = page.words("#plats-A")
    assert "2 gånger innan den öppnade, en gång medan den var öppen, en gång efter" in words
    assert "Ingen dag är loggad då det ägde rum här." in words
    assert evil in words  # as words
    assert evil not in page.response.text
    assert page.one("[data-map-work]").has_attr("checked")
    assert page.words(".hotmap noscript .spot-t") == "A"  # seen without a script too
    assert "Kvinnojouren" not in page.text
    assert "1 aktivitet eller punkt är på en plats som är markerad som känslig." in page.text
