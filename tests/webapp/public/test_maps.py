"""The public map: what readers see, and that nobody's own mark can be had from all of it."""

import json
import re

import pytest
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import Response, SuspicionReview
from surveys.queries.maps.map_editions import get_public_edition
from surveys.services.dialogues.counting import settle_counting
from surveys.services.maps.map_edition_steps import withdraw_edition
from surveys.services.maps.map_editions import publish_now
from tests.conftest import NOW, Clock
from tests.factories.dialogues import CLOSES_AT, make_dialogue, make_response
from tests.factories.hotspots import STATION, make_others, mark
from tests.factories.municipalities import make_named_place
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import make_grounded_picture
from tests.page import PageClient, normal

PAGE = "/soderhamn/dialoger/oppen/karta"
FILE = f"{PAGE}.geojson"
LONELY = (61.21123, 17.12834)
# Everything that a reader can open of a dialogue and its map today.
EVERYTHING = (
    PAGE,
    FILE,
    f"{PAGE}?lang=en",
    "/soderhamn/",
    "/soderhamn/dialoger/",
    "/soderhamn/dialoger/oppen",
    "/soderhamn/dialoger/oppen/plats",
    "/soderhamn/karta.geojson",
    "/soderhamn/lagesbild/",
)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_named_place(session, municipality)
    dialogue = make_dialogue(session, municipality)
    for _ in range(12):
        add(session, dialogue, STATION)
    make_others(session, dialogue)
    return dialogue


def add(session: Session, dialogue: Dialogue, at: tuple[float, float]) -> Response:
    return make_response(session, dialogue, {2: ("ja", None)}, [mark(*at, words=NOISE_TEXT)])


def publish(session: Session, dialogue: Dialogue) -> None:
    publish_now(session, dialogue.municipality, dialogue, role="Trygghetssamordnare", now=NOW)
    session.commit()


def everything(client: PageClient) -> dict[str, str]:
    """All bodies, without what differs between two editions of the same content."""
    bodies = {}
    for path in EVERYTHING:
        text = client.client.get(path).text
        bodies[path] = re.sub(r'"edition":\d+|Utgåva</dt><dd>\d+|<dd>\d+, [a-z]+ ', "", text)
    return bodies


def test_the_page_says_what_the_map_shows_and_that_it_is_no_map_of_crime(
    session: Session, client: PageClient, dialogue: Dialogue
) -> None:
    publish(session, dialogue)
    page = client.get(PAGE)
    assert page.heading == "Platser som känns otrygga"
    assert "Minst 10 personer har markerat en ruta nära Resecentrum." in page.text
    assert "Markeringar visar vad människor känner, inte var brott sker." in page.text
    assert page.words("#lista ol") == normal("Minst 10 personer Nära Resecentrum: 1 ruta")
    assert "För få svar: färre än 5 personer, eller för få nya sedan förra kartan" in page.text
    method = page.words("details")
    for words in ("250 meter", "minst 5 personer", "EPSG:3006", "1 augusti 2023", "bostäder"):
        assert words in method
    assert "Är det några särskilda platser" in method


def test_the_map_is_a_picture_with_words_and_without_script(
    session: Session, client: PageClient, dialogue: Dialogue
) -> None:
    publish(session, dialogue)
    page = client.get(PAGE)
    pictures = page.soup.select("figure .map svg")
    assert len(pictures) == 2
    assert all("listan" in str(picture["aria-label"]) for picture in pictures)
    assert page.one(".map .s2")
    assert not page.soup.select("main script, main circle")


def test_the_file_holds_the_edition_and_nothing_else(
    session: Session, client: PageClient, dialogue: Dialogue
) -> None:
    publish(session, dialogue)
    response = client.get(FILE).response
    assert response.mimetype == "application/geo+json"
    document = json.loads(response.text)
    assert [f["properties"] for f in document["features"]] == [
        {"level": 2, "at_least": 10},
        {"level": 0, "at_least": None},
    ]
    assert (document["edition"], document["cell_m"], document["respondents_at_least"]) == (
        1,
        250,
        10,
    )
    assert "no-cache" in response.headers["Cache-Control"]
    client.get(FILE, 304, headers={"If-None-Match": response.headers["ETag"]})


def test_before_the_first_edition_and_after_it_is_taken_down_readers_are_told_so(
    session: Session, client: PageClient, dialogue: Dialogue
) -> None:
    session.commit()
    assert "Ingen karta är publicerad än." in client.get(PAGE).text
    client.get(FILE, 404)
    publish(session, dialogue)
    here = dialogue.municipality
    shown = get_public_edition(session, here, dialogue)
    assert shown is not None
    withdraw_edition(session, here, dialogue, shown.id, reason="<b>Fel</b>", now=NOW)
    session.commit()
    page = client.get(PAGE)
    assert "Kartan är nedtagen. Skäl: <b>Fel</b>" in page.text
    assert not page.soup.select("main b, main svg.map")
    client.get(FILE, 404)


def test_the_map_is_linked_from_the_closed_dialogue_and_the_situation(
    session: Session, client: PageClient, clock: Clock, dialogue: Dialogue
) -> None:
    make_grounded_picture(session, dialogue.municipality)
    session.commit()
    clock.now = CLOSES_AT.replace(year=2024)
    places = ("/soderhamn/dialoger/oppen", "/soderhamn/lagesbild/")
    for path in places:
        assert not client.get(path).soup.select(f'a[href="{PAGE}"]')
    publish(session, dialogue)
    for path in places:
        assert client.get(path).one(f'a[href="{PAGE}"]')


def test_no_premises_and_no_homes_are_named(
    session: Session, client: PageClient, dialogue: Dialogue
) -> None:
    here, close = dialogue.municipality, {"lat": STATION[0], "lon": STATION[1], "radius_m": 20}
    for name, kind in (("Ica Nära", PlaceKind.SHOP), ("Norrbacka", PlaceKind.HOUSING)):
        make_named_place(session, here, name, kind=kind, **close)
    make_named_place(session, here, "Ungdomsboendet", is_sensitive=True, lat=61.4, lon=17.2)
    publish(session, dialogue)
    text = client.get(PAGE).response.text + client.get(FILE).response.text
    for name in ("Ica Nära", "Norrbacka", "Ungdomsboendet"):
        assert name not in text


def test_a_single_mark_cannot_be_had_from_everything_public(
    session: Session, client: PageClient, clock: Clock, dialogue: Dialogue
) -> None:
    """Somebody keeps all pages of all editions and knows that one answer came, or left, between.

    They look for the mark's position, for its words, and for any place that differs.
    """
    clock.now = CLOSES_AT.replace(year=2024)  # an open form has a new key each time
    for _ in range(3):
        add(session, dialogue, LONELY)
    publish(session, dialogue)
    first = everything(client)
    victims = [add(session, dialogue, LONELY)]
    publish(session, dialogue)
    assert everything(client) == first
    victims.append(add(session, dialogue, LONELY))
    publish(session, dialogue)
    assert everything(client) == first
    for victim in victims:
        victim.suspicion_review = SuspicionReview.LEFT_OUT
        settle_counting(session, victim, now=NOW)
        session.commit()
        assert everything(client) == first
    publish(session, dialogue)
    assert everything(client) == first
    west, south, east, north = 17.1, 61.19, 17.16, 61.23
    for path in (PAGE, FILE):
        body = first[path]
        assert NOISE_TEXT not in body
        numbers = [float(n) for n in re.findall(r"\d+\.\d{3,}", body)]
        assert not any(west < n < east or south < n < north for n in numbers), path


@pytest.mark.parametrize("n_others", [3, 4, 5])
def test_nobody_sees_what_their_own_withdrawal_changes(
    session: Session, client: PageClient, clock: Clock, dialogue: Dialogue, n_others: int
) -> None:
    """Somebody marks a square, waits for the map and withdraws, to learn how many others did."""
    clock.now = CLOSES_AT.replace(year=2024)
    for _ in range(n_others):
        add(session, dialogue, LONELY)
    own = add(session, dialogue, LONELY)
    publish(session, dialogue)
    first = everything(client)
    own.withdrawn_on = swedish_day(NOW)
    settle_counting(session, own, now=NOW)
    session.commit()
    assert everything(client) == first
    publish(session, dialogue)
    assert everything(client) == first
