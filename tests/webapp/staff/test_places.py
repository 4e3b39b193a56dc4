"""A coordinator says which places readers are never pointed to, and no reader's page names them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.hotspot import HotspotRun
from surveys.models.map_edition import MapEdition
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.permissions import StaffRole
from surveys.services.maps.map_editions import publish_now
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue
from tests.factories.hotspots import STATION, make_cluster
from tests.factories.municipalities import make_account, make_named_place
from tests.factories.pictures import make_area, make_claim, make_picture
from tests.factories.promises import SLUG, hold, make_activity, make_plan, make_point, make_promise
from tests.page import PageClient
from webapp.api.description import ROOT

LIST = "/soderhamn/handlaggning/installningar/platser"
SignIn = Callable[[User], PageClient]
NAME = "Granens plan"


@pytest.fixture
def place(session: Session, municipality: Municipality) -> NamedPlace:
    return make_named_place(
        session,
        municipality,
        NAME,
        kind=PlaceKind.SQUARE,
        lat=STATION[0],
        lon=STATION[1],
        radius_m=60,
        aliases=[],
    )


@pytest.fixture
def coordinator(sign_in: SignIn, session: Session, municipality: Municipality) -> PageClient:
    account = make_account(session, municipality, StaffRole.COORDINATOR)
    session.commit()
    return sign_in(account)


def decide(client: PageClient, place: NamedPlace, answer: str, reason: str, status: int = 303):
    address = f"{LIST}/{place.id}"
    fields = client.get(address).fields() | {"is_sensitive": answer, "reason": reason}
    return client.post(address, fields, status)


def names(client: PageClient, query: str = "") -> list[str]:
    return client.get(f"{LIST}{query}").all_words("ul.rows > li > a")


def test_rules_ask_about_names_and_kinds_and_a_decision_ends_the_question(
    coordinator: PageClient, session: Session, municipality: Municipality
) -> None:
    church = make_named_place(
        session, municipality, "Sankt Olofs kyrka", kind=PlaceKind.OTHER, aliases=[]
    )
    shelter = make_named_place(
        session, municipality, "Villa Vide", kind=PlaceKind.OTHER, aliases=["Kvinnojouren"]
    )
    make_named_place(session, municipality, "Norrbacka", kind=PlaceKind.HOUSING, aliases=[])
    make_named_place(session, municipality, "Kyrkogatan", kind=PlaceKind.ROAD, aliases=[])
    session.commit()
    assert names(coordinator) == ["Norrbacka", "Sankt Olofs kyrka", "Villa Vide"]
    page = coordinator.get(f"{LIST}/{shelter.id}")
    assert "skyddat boende" in page.words("main")
    assert page.soup.select("input[name=is_sensitive][checked]") == []
    decide(coordinator, shelter, "ja", "Adressen är hemlig.")
    decide(coordinator, church, "nej", "Församlingen vill synas.")
    assert names(coordinator) == ["Norrbacka"]
    assert names(coordinator, "?visa=kansliga") == ["Villa Vide"]
    assert "Församlingen vill synas." in coordinator.get(f"{LIST}?visa=alla").text
    assert names(coordinator, "?visa=alla&sok=KVINNO") == ["Villa Vide"]
    assert "Ingen plats har det namnet." in coordinator.get(f"{LIST}?sok=finns+inte").text


def test_a_decision_needs_a_reason_and_a_home_stays_a_home(
    coordinator: PageClient, session: Session, municipality: Municipality, place: NamedPlace
) -> None:
    home = make_named_place(
        session, municipality, "Hos oss", kind=PlaceKind.HOME, is_sensitive=True
    )
    session.commit()
    page = decide(coordinator, place, "ja", "", 422)
    assert "Skriv varför." in page.text
    page = decide(coordinator, place, "", "Därför", 422)
    assert "Välj ett av de två." in page.text
    page = decide(coordinator, home, "nej", "Därför", 422)
    assert "Någons hem visas aldrig för läsare." in page.text
    assert "Därför" in page.fields()["reason"]
    coordinator.get(f"{LIST}/999999", 404)
    coordinator.get(f"{LIST}?sida=7", 404)


def test_fifty_places_a_page(
    coordinator: PageClient, session: Session, municipality: Municipality
) -> None:
    for number in range(60):
        make_named_place(session, municipality, f"Plats {number:02}", aliases=[])
    session.commit()
    assert len(names(coordinator, "?visa=alla")) == 50
    assert names(coordinator, "?visa=alla&sida=2")[0] == "Plats 50"


def test_only_those_who_keep_the_settings_decide(
    sign_in: SignIn, session: Session, municipality: Municipality, place: NamedPlace
) -> None:
    analyst = make_account(session, municipality, StaffRole.ANALYST)
    session.commit()
    client = sign_in(analyst)
    client.get(LIST, 403)
    client.get(f"{LIST}/{place.id}", 403)


def test_a_sensitive_place_is_named_and_pointed_to_nowhere_before_readers(
    client: PageClient,
    coordinator: PageClient,
    session: Session,
    municipality: Municipality,
    place: NamedPlace,
) -> None:
    """The whole of what is public, before and after: pages, files, feeds, calendar, open data."""
    dialogue = make_dialogue(session, municipality)
    make_cluster(session, dialogue)
    publish_now(session, municipality, dialogue, role="Samordnare", now=NOW)
    promise = make_promise(session, municipality)
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Rapport",))
    activity.named_place = place
    make_point(session, promise, activities=[activity], places=[place])
    [occasion] = hold(session, activity, NOW.date())
    occasion.named_place = place
    session.commit()
    addresses = _public_addresses(dialogue.slug)
    before = {address: _text(client, address) for address in addresses}
    naming = {address for address, text in before.items() if NAME in text}
    # The test looks where it is named: else it would find nothing afterwards either.
    assert {"/soderhamn/karta.geojson", f"/soderhamn/dialoger/{dialogue.slug}/karta"} <= naming
    assert any(address.startswith(ROOT) for address in naming)
    decide(coordinator, place, "ja", "Boendet har bett om det.")
    position = (f"{STATION[0]:.4f}", f"{STATION[1]:.4f}")
    for address in addresses:
        text = _text(client, address)
        assert NAME not in text, address
        assert not all(part in text for part in position), address
    session.rollback()
    runs = session.scalars(
        select(HotspotRun).where(HotspotRun.municipality_id == municipality.id)
    ).all()
    assert [run.state.value for run in runs] == ["queued"]
    assert session.scalar(select(MapEdition)) is not None


def _text(client: PageClient, address: str) -> str:
    answer = client.client.get(address)
    assert answer.status_code in (200, 302, 308, 400, 404), address
    return answer.get_data(as_text=True)


def _public_addresses(dialogue: str) -> list[str]:
    here, api = "/soderhamn", f"{ROOT}/municipalities/soderhamn"
    lists = ("points", "activities", "progress", "promises", "plans", "dialogues")
    return [
        f"{here}/karta.geojson",
        f"{here}/dialoger/{dialogue}",
        f"{here}/dialoger/{dialogue}/plats",
        f"{here}/dialoger/{dialogue}/karta",
        f"{here}/dialoger/{dialogue}/karta.geojson",
        f"{here}/",
        f"{here}/loften/",
        f"{here}/loften/{SLUG}",
        f"{here}/loften/{SLUG}.atom",
        f"{here}/loften/{SLUG}/kort",
        f"{here}/loften.atom",
        f"{here}/kalender.ics",
        f"{here}/handlingsplan/",
        *(f"{api}/{key}{form}" for key in lists for form in ("", "?format=geojson", "?format=csv")),
    ]


def test_the_page_of_a_place_lists_the_texts_that_name_it(
    coordinator: PageClient, session: Session, municipality: Municipality, place: NamedPlace
) -> None:
    claim = make_claim("Vid granens plan är det mörkt på kvällen.", judged_by="Kommunpolis")
    picture = make_picture(session, municipality, areas=[make_area("Mörker", claim)])
    promise = make_promise(session, municipality)
    make_point(session, promise, text="Vi går runt Granens plan varje vecka.")
    plan = make_plan(session, municipality)
    make_activity(session, municipality, plan, name="Nattvandring runt GRANENS PLAN")
    make_activity(session, municipality, plan, name="Nattvandring i skolan")
    session.commit()
    page = coordinator.get(f"{LIST}/{place.id}")
    told = page.words("section[aria-labelledby=namned]")
    for words in ("Vid granens plan är", "Vi går runt Granens plan", "runt GRANENS PLAN"):
        assert words in told
    assert "i skolan" not in told
    for path in (picture.slug, f"/loften/{promise.slug}", plan.slug):
        assert page.soup.select_one(f"section[aria-labelledby=namned] a[href*='{path}']"), path
    other = make_named_place(session, municipality, "Ekens plan", aliases=[])
    session.commit()
    assert "namned" not in coordinator.get(f"{LIST}/{other.id}").text
