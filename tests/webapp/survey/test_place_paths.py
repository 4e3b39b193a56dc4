"""The three ways to name a place without script: a search, a map to press on, own words."""

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Feeling, MarkedPlace, Response
from surveys.queries.maps.mark_columns import load_marks
from surveys.queries.results.marked_places import summarise_places
from tests.page import Page, PageClient
from tests.webapp.survey.conftest import FORM

Responses = Callable[[], list[Response]]

pytestmark = pytest.mark.usefixtures("dialogue")


def open_map(client: PageClient, **fields: str) -> Page:
    return client.send(FORM, client.get(FORM), 200, **fields, add_place="map")


def press(client: PageClient, page: Page, x: int, y: int, **fields: str) -> Page:
    return client.send(FORM, page, 200, **fields, **{"places-0-at.x": x, "places-0-at.y": y})


def pin(page: Page) -> tuple[float, float]:
    return float(page.fields()["places-0-lat"]), float(page.fields()["places-0-lon"])


def picture(page: Page) -> str:
    return unquote(str(page.one("input[type=image]")["src"]))


def mark_of(responses: Responses) -> MarkedPlace:
    [response] = responses()
    [mark] = response.places
    return mark


def test_a_press_on_the_picture_places_the_pin_and_says_where(
    client: PageClient, responses: Responses
) -> None:
    page = open_map(client, q1="2", q3="Behåll mig")
    assert "Kartans mitt: Nära Resecentrum" in page.words("[data-position]")
    pressed = press(client, page, 144, 144)
    assert pin(pressed) == pytest.approx((61.3037, 17.0592), abs=0.0001)
    assert pressed.words("[data-position]") == "Nära Resecentrum, ungefär 1 kilometer åt nordost."
    assert ">1</text>" in picture(pressed)
    assert ">1</text>" not in picture(page)
    assert (pressed.fields()["q1"], pressed.fields()["q3"]) == ("2", "Behåll mig")
    assert pressed.fields()["key"] == page.fields()["key"]
    assert responses() == []
    client.send(FORM, pressed, 200)
    assert mark_of(responses).lat == pytest.approx(61.3037, abs=0.0005)


def test_the_buttons_move_the_map_and_the_pin_follows_the_picture(client: PageClient) -> None:
    page = open_map(client)
    north = client.send(FORM, page, 200, map_place="0:n")
    closer = client.send(FORM, north, 200, map_place="0:in")
    lat, lon = pin(press(client, closer, 144, 144))
    assert lat > 61.305
    assert lon == pytest.approx(17.0592, abs=0.0001)
    assert picture(page) != picture(north) != picture(closer)


def test_the_picture_is_in_the_page_and_no_address_tells_the_place(client: PageClient) -> None:
    page = press(client, open_map(client), 100, 100)
    assert picture(page).startswith("data:image/svg+xml,<svg ")
    lat = page.fields()["places-0-lat"]
    for element in page.soup.select("[formaction], [href], [action]"):
        for attribute in ("formaction", "href", "action"):
            assert lat not in str(element.get(attribute, ""))
    assert page.response.headers["Cache-Control"] == "no-store"


def test_from_the_keyboard_the_cross_in_the_middle_aims(client: PageClient) -> None:
    page = open_map(client)
    for placed in (
        press(client, page, 0, 0),  # what a browser sends for Enter on the picture
        client.send(FORM, page, 200, map_place="0:here"),
    ):
        assert pin(placed) == pytest.approx((61.3037, 17.0592), abs=0.0001)
    removed = client.send(FORM, placed, 200, map_place="0:remove")
    assert removed.fields()["places-0-lat"] == ""


@pytest.mark.parametrize("step", ["", "x", "0:", "0:sideways", "-1:n", "77:n", "9" * 3000])
def test_a_strange_press_changes_nothing(client: PageClient, step: str) -> None:
    page = client.send(FORM, open_map(client), 200, map_place=step, q3="Kvar")
    assert page.fields()["q3"] == "Kvar"
    client.send(FORM, page, 200, **{"places-0-at.x": "x", "places-0-at.y": "9" * 40})


def test_every_marked_place_is_on_the_map_with_its_number(client: PageClient) -> None:
    page = press(client, open_map(client), 144, 144)
    two = client.send(FORM, page, 200, add_place="list")
    named = client.send(FORM, two, 200, **{"places-1-name": "Resecentrum"}, map_place="0:out")
    farther = client.send(FORM, named, 200, map_place="0:out")
    assert ">2</text>" in picture(farther)
    assert farther.all_words("ol.places .place__title") == ["1 Plats 1", "2 Plats 2"]


def test_a_pin_in_the_sea_is_asked_about_gently_and_kept(
    client: PageClient, session: Session, municipality: Municipality, responses: Responses
) -> None:
    sea = {
        "type": "Feature",
        "properties": {"kind": "water"},
        "geometry": {
            "type": "Polygon",
            "coordinates": [[[17.0, 61.2], [17.3, 61.2], [17.3, 61.4], [17.0, 61.4], [17.0, 61.2]]],
        },
    }
    municipality.schematic = {"type": "FeatureCollection", "features": [sea]}
    session.commit()
    page = press(client, open_map(client), 144, 144)
    assert "Nålen ligger i vatten. Är det rätt?" in page.words("[data-water]")
    assert not page.one("[data-water]").has_attr("hidden")
    client.send(FORM, page, 200)
    assert mark_of(responses).precision is Precision.EXACT


def test_west_is_left_of_east_whichever_way_the_language_runs(client: PageClient) -> None:
    keys = open_map(client).one(".still__keys")
    assert keys["dir"] == "ltr"
    steps = [str(key["value"]) for key in keys.select("[name=map_place]")]
    assert steps.index("0:w") < steps.index("0:e")


def test_a_search_answers_with_places_to_choose_from(
    client: PageClient, responses: Responses
) -> None:
    page = client.send(FORM, client.get(FORM), 200, add_place="list")
    found = client.send(FORM, page, 200, **{"places-0-name": "resescentrm"}, find_place="0")
    assert found.fields()["places-0-pick"] == "Resecentrum"
    assert responses() == []
    client.send(FORM, found, 200)
    named = mark_of(responses).named_place
    assert named is not None
    assert named.name == "Resecentrum"


def test_an_empty_search_shows_the_whole_list(client: PageClient) -> None:
    page = client.send(FORM, client.get(FORM), 200, add_place="list")
    page = client.send(FORM, page, 200, find_place="0")
    assert page.all_words("[data-picks] label") == ["Resecentrum", "Sandarne"]


def search(client: PageClient, typed: str) -> Page:
    page = client.send(FORM, client.get(FORM), 200, add_place="list")
    return client.send(FORM, page, 200, **{"places-0-name": typed}, find_place="0")


def test_none_of_the_places_found_keeps_what_was_written(
    client: PageClient, responses: Responses
) -> None:
    page = search(client, "resescentrm")
    client.send(FORM, page, 200, **{"places-0-pick": "-"})
    assert (mark_of(responses).named_place, mark_of(responses).words) == (None, "resescentrm")


def test_a_name_written_after_the_search_counts_and_not_the_choice_before(
    client: PageClient, responses: Responses
) -> None:
    page = search(client, "resescentrm")
    client.send(FORM, page, 200, **{"places-0-name": "Sandarne"})
    named = mark_of(responses).named_place
    assert named is not None
    assert named.name == "Sandarne"


def test_enter_after_another_name_searches_again_and_does_not_send(
    client: PageClient, responses: Responses
) -> None:
    page = search(client, "resescentrm")
    page = client.send(FORM, page, 200, **{"places-0-name": "sandarn"}, entered="1")
    assert page.fields()["places-0-pick"] == "Sandarne"
    assert responses() == []


def test_a_search_that_finds_nothing_says_so_and_offers_nothing_to_choose(
    client: PageClient,
) -> None:
    page = search(client, "resescentrm")
    page = client.send(FORM, page, 200, **{"places-0-name": "kiosken"}, find_place="0")
    assert "Vi hittar inte ”kiosken” i listan." in page.text
    assert page.all_words("[data-picks] label") == []
    assert page.fields()["places-0-name"] == "kiosken"
    # The page opens in the field: a screen reader says what stands above it too.
    [note, _hint] = str(page.one("#places-0-name")["aria-describedby"]).split()
    assert page.words(f"#{note}").startswith("Vi hittar inte")


def test_a_name_that_no_search_finds_is_kept_in_words_without_another_question(
    client: PageClient, responses: Responses
) -> None:
    page = search(client, "kiosken")
    client.send(FORM, page, 200, **{"places-0-words": "vid ån"})
    assert (mark_of(responses).named_place, mark_of(responses).words) == (None, "kiosken, vid ån")


def test_a_name_and_words_that_are_too_long_together_say_by_how_much(
    client: PageClient, responses: Responses
) -> None:
    page = search(client, "kiosken")
    said = "Texten är 509 tecken. Korta den med 9 tecken."
    assert said in client.send(FORM, page, 422, **{"places-0-words": "x" * 500}).text
    page = search(client, "sandarn")
    none = {"places-0-pick": "-", "places-0-words": "x" * 500}
    page = client.send(FORM, page, 422, **none)
    assert said in page.text
    client.send(FORM, page, 200, **{"places-0-words": "x" * 491})
    assert mark_of(responses).named_place is None
    assert len(mark_of(responses).words or "") == 500


def test_names_tried_before_the_one_that_is_found_are_not_stored(
    client: PageClient, responses: Responses
) -> None:
    page = search(client, "kiosken")
    page = client.send(FORM, page, 200, **{"places-0-name": "tobakshandeln"}, find_place="0")
    assert page.fields()["places-0-words"] == ""
    page = client.send(FORM, page, 200, **{"places-0-name": "sandarn"}, find_place="0")
    client.send(FORM, page, 200)
    named = mark_of(responses).named_place
    assert named is not None
    assert (named.name, mark_of(responses).words) == ("Sandarne", None)


def test_of_names_that_are_not_found_the_last_is_stored(
    client: PageClient, responses: Responses
) -> None:
    page = client.send(FORM, client.get(FORM), 422, **{"places-0-name": "kiosken"})
    page = client.send(FORM, page, 422, **{"places-0-name": "tobakshandeln"})
    page = client.send(FORM, page, 422, q3="x" * 2001)
    page = client.send(FORM, page, 200, **{"places-0-name": "gatuköket"}, find_place="0")
    client.send(FORM, page, 200, q3="")
    assert mark_of(responses).words == "gatuköket"


def two_places(client: PageClient) -> Page:
    """The first searched for and not yet chosen, the second waiting for a name."""
    page = search(client, "sand")
    return client.send(FORM, page, 200, add_place="list")


def test_enter_searches_the_place_in_whose_field_it_is_pressed(
    client: PageClient, responses: Responses
) -> None:
    page = two_places(client)
    page = client.send(FORM, page, 200, **{"places-1-name": "resescentrm"}, entered="1")
    assert page.fields()["places-1-pick"] == "Resecentrum"
    assert "places-0-pick" not in page.fields()
    assert page.one("#places-1-name").has_attr("autofocus")
    assert len(page.soup.select("[autofocus]")) == 1
    page = client.send(FORM, page, 200, **{"places-0-name": "sandarn"}, entered="1")
    assert page.fields()["places-0-pick"] == "Sandarne"
    assert page.fields()["places-1-pick"] == "Resecentrum"
    assert page.one("#places-0-name").has_attr("autofocus")
    assert responses() == []


def test_enter_after_two_names_searches_for_both_and_opens_at_the_last(
    client: PageClient,
) -> None:
    page = two_places(client)
    typed = {"places-0-name": "sandarn", "places-1-name": "kiosken"}
    page = client.send(FORM, page, 200, **typed, entered="1")
    assert page.fields()["places-0-pick"] == "Sandarne"
    assert "Vi hittar inte ”kiosken” i listan." in page.text
    assert [str(field["id"]) for field in page.soup.select("[autofocus]")] == ["places-1-name"]
    assert len(page.soup.select(".place noscript p")) == 1
    # The second has been searched for as it reads, so now Enter was pressed in the first.
    page = client.send(FORM, page, 200, **{"places-0-name": "resescentrm"}, entered="1")
    assert page.fields()["places-0-pick"] == "Resecentrum"
    assert [str(field["id"]) for field in page.soup.select("[autofocus]")] == ["places-0-name"]


def test_enter_in_the_search_field_searches_and_does_not_send(
    client: PageClient, responses: Responses
) -> None:
    page = client.send(FORM, client.get(FORM), 200, add_place="list")
    page = client.send(FORM, page, 200, **{"places-0-name": "sandarn"}, entered="1")
    assert page.fields()["places-0-pick"] == "Sandarne"
    assert page.one("#places-0-name").has_attr("autofocus"), "not the top of the page"
    assert responses() == []
    client.send(FORM, page, 200, entered="1")
    assert len(responses()) == 1


def test_a_name_that_may_mean_a_place_is_asked_about_once(
    client: PageClient, responses: Responses
) -> None:
    page = client.send(FORM, client.get(FORM), 422, **{"places-0-name": "sand"})
    assert "Vilken plats är ”sand”?" in page.words(".govuk-error-summary")
    client.send(FORM, page, 200)
    assert mark_of(responses).words == "sand"


def test_season_kind_and_time_are_stored_and_shown_on_the_receipt(
    client: PageClient, responses: Responses
) -> None:
    fields = client.get(FORM).fields() | {"places-0-name": "Resecentrum"}
    more = {
        "places-0-seasons": ["autumn", "winter"],
        "places-0-kind": "station",
        "places-0-times": ["evening"],
    }
    thanks = client.post(FORM, fields | more)
    mark = mark_of(responses)
    assert {season.value for season in mark.seasons} == {"autumn", "winter"}
    assert mark.kind is not None
    assert mark.kind.value == "station"
    assert "Station. Kväll. Höst. Vinter." in thanks.text


def test_a_home_is_kept_as_a_part_of_town_and_the_receipt_says_so(
    client: PageClient, session: Session, dialogue: Dialogue, responses: Responses
) -> None:
    place = {"places-0-lat": "61.30070", "places-0-lon": "17.05750", "places-0-kind": "home"}
    thanks = client.send(FORM, client.get(FORM), 200, **place)
    assert "Ditt eget hem" in thanks.text
    assert "på 250 meter när" in thanks.text
    mark = mark_of(responses)
    assert mark.precision is Precision.DISTRICT
    assert (mark.lat, mark.lon) != pytest.approx((61.3007, 17.0575), abs=0.00005)
    marks = load_marks(session, dialogue.municipality, dialogue)
    assert marks.located.is_district.all()


def test_words_about_ones_home_get_a_gentle_word_that_blocks_nothing(
    client: PageClient, responses: Responses
) -> None:
    page = client.send(FORM, client.get(FORM), 200, add_place="words")
    assert page.one("[data-home]").has_attr("hidden")
    words = {"places-0-words": "utanför min port på kvällen"}
    page = client.send(FORM, page, 200, **words, add_place="list")
    assert not page.one("[data-home]").has_attr("hidden")
    client.send(FORM, page, 200)
    assert mark_of(responses).words == "utanför min port på kvällen"


def test_a_safe_place_is_asked_for_only_where_the_dialogue_does(
    client: PageClient, session: Session, dialogue: Dialogue, responses: Responses
) -> None:
    page = client.send(FORM, client.get(FORM), 200, add_place="list")
    assert "places-0-feeling" not in page.fields()
    fields = {"places-0-name": "Sandarne", "places-0-feeling": "safe"}
    client.send(FORM, client.get(FORM), 200, **fields)
    assert mark_of(responses).feeling is Feeling.UNSAFE


def test_a_safe_place_is_never_counted_among_the_unsafe(
    client: PageClient, session: Session, dialogue: Dialogue, responses: Responses
) -> None:
    dialogue.asks_safe_places = True
    session.commit()
    page = client.send(FORM, client.get(FORM), 200, add_place="list")
    assert page.fields()["places-0-feeling"] == "unsafe"
    fields = page.fields() | {"places-0-name": "Sandarne", "places-0-feeling": "safe"}
    thanks = client.post(FORM, fields | {"places-0-reasons": ["dark"]})
    assert "Känns trygg" in thanks.text
    mark = mark_of(responses)
    assert (mark.feeling, mark.reasons) == (Feeling.SAFE, frozenset())
    # Who only names a safe place has not said that places feel unsafe.
    assert responses()[0].answers == []
    municipality = dialogue.municipality
    assert load_marks(session, municipality, dialogue).size == 0
    summary = summarise_places(session, municipality, dialogue)
    assert (summary.n_marks, summary.named) == (0, ())
    assert not summary.safe.is_empty
    assert summary.safe.n_respondents is None  # fewer than five
    assert [place.name for place in summary.safe.named] == ["Sandarne"]


def test_pins_are_stored_as_exactly_as_the_dialogue_says(
    client: PageClient, session: Session, dialogue: Dialogue, responses: Responses
) -> None:
    dialogue.pin_cell_m = 200
    session.commit()
    page = press(client, open_map(client), 30, 30)
    assert "Vi sparar platsen på 200 meter när." in page.text
    thanks = client.send(FORM, page, 200)
    assert "sparad på 200 meter när" in thanks.text


def test_what_the_script_adds_comes_from_here_and_holds_nobodys_words(client: PageClient) -> None:
    answer = client.get(f"{FORM}/plats")
    document = answer.response.get_json()
    assert "places-__N__-words" in document["html"]
    assert document["places"][0][:2] == ["Resecentrum", ["stationen"]]
    tag = answer.response.headers["ETag"]
    client.get(f"{FORM}/plats", 304, headers={"If-None-Match": tag})
