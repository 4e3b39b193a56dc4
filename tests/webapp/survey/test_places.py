"""A place never blocks an answer, and nothing that was typed about it is lost."""

from collections.abc import Callable

import pytest

from surveys.models.response import MarkedPlace, Response
from tests.page import PageClient
from tests.webapp.survey.conftest import FORM

Responses = Callable[[], list[Response]]

pytestmark = pytest.mark.usefixtures("dialogue")


def place(responses: Responses) -> MarkedPlace:
    [response] = responses()
    [mark] = response.places
    return mark


def test_without_script_a_place_is_added_by_any_of_three_equal_ways(client: PageClient) -> None:
    page = client.get(FORM)
    ways = page.soup.select("[data-adder] button")
    assert [way["value"] for way in ways] == ["list", "map", "words"]
    assert page.all_words("ol.places > li") == []  # the first view is light
    for way in ("list", "map", "words"):
        added = client.send(FORM, page, 200, q1="4", add_place=way)
        assert added.fields()["places-0-words"] == added.fields()["places-0-name"] == ""
        assert added.fields()["q1"] == "4"
        assert bool(added.soup.select("input[type=image]")) is (way == "map")


def test_a_place_of_the_list_with_reasons_and_times(
    client: PageClient, responses: Responses
) -> None:
    fields = client.get(FORM).fields() | {"q2": "ja", "places-0-name": "Resecentrum"}
    client.post(
        FORM,
        fields | {"places-0-reasons": ["dark", "deserted"], "places-0-times": ["evening"]},
    )
    mark = place(responses)
    assert mark.named_place is not None
    assert mark.named_place.name == "Resecentrum"
    assert {reason.value for reason in mark.reasons} == {"dark", "deserted"}
    assert {time.value for time in mark.times} == {"evening"}


def test_another_name_for_a_place_means_the_same(client: PageClient, responses: Responses) -> None:
    client.send(FORM, client.get(FORM), 200, **{"places-0-name": "STATIONEN"})
    mark = place(responses)
    assert mark.named_place is not None
    assert mark.named_place.name == "Resecentrum"


def test_a_name_that_is_not_in_the_list_becomes_words_and_goes_through(
    client: PageClient, responses: Responses
) -> None:
    page = client.send(FORM, client.get(FORM), 422, **{"places-0-name": "Kiosken"})
    assert "Vi hittar inte ”Kiosken” i listan." in page.words(".govuk-error-summary")
    assert page.fields()["places-0-name"] == "Kiosken"
    assert responses() == []
    client.send(FORM, page, 200)
    assert (place(responses).words, place(responses).named_place_id) == ("Kiosken", None)


def test_buttons_add_and_remove_places_and_keep_everything(
    client: PageClient, responses: Responses
) -> None:
    first = client.get(FORM)
    fields = {"q1": "4", "q3": "Behåll mig", "places-0-words": "Torget"}
    more = client.send(FORM, first, 200, **fields, add_place="1")
    assert more.fields()["key"] == first.fields()["key"]
    assert more.fields()["places-0-words"] == "Torget"
    assert more.fields()["places-1-words"] == ""
    assert (more.fields()["q1"], more.fields()["q3"]) == ("4", "Behåll mig")
    two = client.send(FORM, more, 200, **{"places-1-words": "Parken"}, add_place="1")
    assert two.fields()["places-2-words"] == ""
    one = client.send(FORM, two, 200, remove_place="0")
    assert one.fields()["places-0-words"] == "Parken"
    assert one.fields()["places-1-words"] == ""
    assert responses() == []
    client.send(FORM, one, 200)
    assert place(responses).words == "Parken"


@pytest.mark.parametrize("number", ["", "x", "-1", "99", "9" * 5000])
def test_removing_a_place_that_is_not_there_changes_nothing(
    client: PageClient, number: str
) -> None:
    fields = {"places-0-words": "Torget", "remove_place": number}
    page = client.send(FORM, client.get(FORM), 200, **fields)
    assert page.fields()["places-0-words"] == "Torget"


def test_places_in_any_numbering_are_all_kept(client: PageClient, responses: Responses) -> None:
    fields = client.get(FORM).fields()
    client.post(FORM, fields | {"places-7-words": "Sju", "places-31-words": "Trettioett"})
    assert [mark.words for mark in responses()[0].places] == ["Sju", "Trettioett"]


def test_a_pin_inside_is_stored_snapped(client: PageClient, responses: Responses) -> None:
    pin = {"places-0-lat": "61,30070", "places-0-lon": "17.05750"}
    thanks = client.send(FORM, client.get(FORM), 200, **pin)
    assert "sparad på 50 meter när" in thanks.text
    assert place(responses).lat == pytest.approx(61.3007, abs=0.0005)


def test_a_pin_a_little_outside_is_thanked_for_with_a_note(
    client: PageClient, responses: Responses
) -> None:
    pin = {"places-0-lat": "61.505", "places-0-lon": "17.0"}
    thanks = client.send(FORM, client.get(FORM), 200, **pin)
    assert "En plats ligger strax utanför Söderhamns kommun. Den är sparad ändå." in thanks.text
    assert place(responses).outside_m > 500


def test_a_pin_far_outside_is_asked_about_and_may_be_sent_in_words(
    client: PageClient, responses: Responses
) -> None:
    fields = {
        "q1": "2",
        "places-0-lat": "59.3293",
        "places-0-lon": "18.0686",
        "places-0-words": "Vid kiosken",
    }
    page = client.send(FORM, client.get(FORM), 422, **fields)
    message = page.words(".govuk-error-summary")
    assert "Platsen ligger utanför Söderhamns kommun, 19" in message
    assert "Menade du Sandarne?" in message
    assert page.fields()["places-0-words"] == "Vid kiosken"
    assert responses() == []
    client.send(FORM, page, 200)
    assert (place(responses).words, place(responses).lat) == ("Vid kiosken", None)


def test_the_suggested_place_can_be_taken(client: PageClient, responses: Responses) -> None:
    pin = {"places-0-lat": "59.3293", "places-0-lon": "18.0686"}
    page = client.send(FORM, client.get(FORM), 422, **pin)
    assert "Ja, ta Sandarne i stället" in page.text
    client.send(FORM, page, 200, **{"places-0-choice": "suggested"})
    mark = place(responses)
    assert mark.named_place is not None
    assert mark.named_place.name == "Sandarne"


@pytest.mark.parametrize(
    ("lat", "lon", "message"),
    [
        ("vid ån", "nära bron", "Vi kan inte läsa"),
        ("NaN", "17", "Vi kan inte läsa"),
        ("inf", "17", "Vi kan inte läsa"),
        ("1e3", "17", "Vi kan inte läsa"),
        ("61.3, 17.1", "17.1", "Vi kan inte läsa"),
        ("9" * 3000, "17", "Vi kan inte läsa"),
        ("<b>", "17", "Vi kan inte läsa"),
        ("91", "17", "Det finns ingen sådan position"),
        ("61.3", "181", "Det finns ingen sådan position"),
        ("61.3", "", "behöver både latitud och longitud"),
        ("", "17.1", "behöver både latitud och longitud"),
    ],
)
def test_coordinates_that_cannot_be_read_are_kept_and_never_block(
    client: PageClient, responses: Responses, lat: str, lon: str, message: str
) -> None:
    fields = {"q1": "5", "places-0-lat": lat, "places-0-lon": lon}
    page = client.send(FORM, client.get(FORM), 422, **fields)
    assert message in page.words(".govuk-error-summary")
    assert (page.fields()["places-0-lat"], page.fields()["places-0-lon"]) == (lat, lon)
    assert responses() == []
    client.send(FORM, page, 200)
    [response] = responses()
    assert all(mark.lat is None for mark in response.places)


def test_typed_words_in_a_coordinate_are_kept_as_words(
    client: PageClient, responses: Responses
) -> None:
    fields = {"places-0-lat": "vid ån", "places-0-lon": "nära bron"}
    page = client.send(FORM, client.get(FORM), 422, **fields)
    client.send(FORM, page, 200)
    assert place(responses).words == "vid ån nära bron"


def test_swapped_coordinates_are_put_right(client: PageClient, responses: Responses) -> None:
    fields = {"places-0-lat": "17.0575", "places-0-lon": "61.3007"}
    page = client.send(FORM, client.get(FORM), 422, **fields)
    assert "Latitud och longitud hade bytt plats." in page.words(".govuk-error-summary")
    client.send(FORM, page, 200)
    assert place(responses).lat == pytest.approx(61.3007, abs=0.0005)


def test_ten_thousand_places_are_bounded_and_none_is_lost(
    client: PageClient, responses: Responses
) -> None:
    fields = client.get(FORM).fields()
    many = {f"places-{n}-words": f"plats nummer {n}" for n in range(10_000)}
    page = client.post(FORM, fields | many, 422)
    assert "Det får plats 50 platser." in page.words(".govuk-error-summary")
    assert len(page.soup.select("ol.places > li")) == 50
    assert "plats nummer 9999" in page.words("#places-rest")
    assert responses() == []
    client.send(FORM, page, 200)
    assert len(responses()[0].places) == 50


def test_the_ground_of_the_map_comes_from_here_with_the_place_names(client: PageClient) -> None:
    answer = client.get("/soderhamn/karta.geojson")
    document = answer.response.get_json(force=True)
    kinds = {feature["properties"]["kind"] for feature in document["features"]}
    names = {feature["properties"].get("name") for feature in document["features"]}
    assert kinds == {"outline", "place"}
    assert {"Resecentrum", "Sandarne"} <= names
    tag = answer.response.headers["ETag"]
    client.get("/soderhamn/karta.geojson", 304, headers={"If-None-Match": tag})
