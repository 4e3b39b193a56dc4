"""A plan through the pages: two editors at once, approval by both, changes with a history."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.permissions import StaffRole
from tests.factories.municipalities import make_account, make_named_place, make_police_area
from tests.page import Page, PageClient

ROOT = "/soderhamn/handlaggning/handlingsplaner/"
PLAN = ROOT + "handlingsplan-2023"
PUBLIC = "/soderhamn/handlingsplan/handlingsplan-2023"
SignIn = Callable[[User], PageClient]
HEAD = {
    "title": "Handlingsplan 2023",
    "is_joint": "y",
    "starts_on": "2023-01-01",
    "ends_on": "2023-12-31",
    "channels": "Webbplatsen; Kommunikationsavdelningen; Kommunpolisen\nVeckobrev",
}


@pytest.fixture
def coordinator(session: Session, municipality: Municipality) -> User:
    make_police_area(session, municipality)
    return make_account(session, municipality)


@pytest.fixture
def officer(session: Session, municipality: Municipality) -> User:
    return make_account(session, municipality, StaffRole.POLICE)


def fill(client: PageClient, address: str, expect: int = 303, **changes: str) -> Page:
    return client.post(address, client.get(address).fields() | changes, status=expect)


def press(client: PageClient, action: str, **values: str) -> Page:
    page = client.get(PLAN)
    return client.post(action, page.fields(f'form[action="{action}"]') | values, status=303)


def write(client: PageClient) -> None:
    fill(client, ROOT + "ny", **HEAD)
    fill(client, PLAN + "/omraden/nytt", name="Narkotika", goals="Minska tillgången")
    form = client.get(PLAN + "/aktiviteter/ny")
    area = next(name for name in form.fields() if name.startswith("follow_up_"))[10:]
    client.post(
        PLAN + "/aktiviteter/ny",
        form.fields()
        | {
            "name": "Insatser mot narkotika",
            "when_text": "Minst 2 gånger/år",
            "target_count": "2",
            f"area_{area}": "y",
        },
        status=303,
    )


def approve_both(sign_in: SignIn, coordinator: User, officer: User) -> PageClient:
    client = sign_in(coordinator)
    press(client, PLAN + "/granskning")
    revision = client.get(PLAN).one("button[name=revision]")["value"]
    press(client, PLAN + "/godkannande", revision=str(revision))
    client = sign_in(officer)
    press(client, PLAN + "/godkannande", revision=str(revision))
    return client


def test_a_plan_is_shown_when_both_have_approved_it_and_its_changes_have_a_history(
    coordinator: User, officer: User, sign_in: SignIn
) -> None:
    write(sign_in(coordinator))
    client = sign_in(coordinator)
    page = client.get(PLAN)
    action = PLAN + "/publicera"
    refused = client.post(action, page.fields(f'form[action="{action}"]'), status=422)
    assert "Varje part behöver godkänna texten" in refused.text
    client.get(PUBLIC, status=404)
    press(approve_both(sign_in, coordinator, officer), action)
    public = client.get(PUBLIC)
    assert "Kommunen: Kommunikationsavdelningen. Polisen: Kommunpolisen." in public.text
    assert "Ändrad" not in public.text

    client = sign_in(coordinator)
    fill(client, PLAN + "/redigera", introduction="Nya ord.")
    assert "De som läser ser utgåva 1" in client.get(PLAN).text
    assert "Nya ord." not in client.get(PUBLIC).text
    fields = client.get(PLAN).fields(f'form[action="{action}"]') | {"change_note": "Nya ord nu."}
    too_early = client.post(action, fields, status=422)
    assert too_early.one("textarea[name=change_note]").text.strip() == "Nya ord nu."
    client = approve_both(sign_in, coordinator, officer)
    press(client, action, change_note="Inledningen är ny.")
    public = client.get(PUBLIC)
    assert "Nya ord." in public.text
    assert "Ändrad 1 augusti 2023" in public.text
    assert "Ändrat: Inledningen är ny." in public.text
    old = client.get(PUBLIC + "/utgavor/1")
    assert "Det här är en tidigare utgåva." in old.text
    assert "Nya ord." not in old.text
    client.get(PUBLIC + "/utgavor/3", status=404)


def test_a_plan_of_the_municipality_alone_is_not_the_police_s_to_publish_or_take_down(
    coordinator: User, officer: User, sign_in: SignIn
) -> None:
    write(sign_in(coordinator))
    client = sign_in(coordinator)
    fields = client.get(PLAN + "/redigera").fields()
    del fields["is_joint"]
    client.post(PLAN + "/redigera", fields, status=303)
    client = sign_in(officer)
    for way in ("publicera", "ta-tillbaka"):
        token = client.get(PLAN).fields(f'form[action="{PLAN}/publicera"]')
        client.post(f"{PLAN}/{way}", token, status=403)


def test_the_second_of_two_editors_sees_the_difference_and_loses_nothing(
    coordinator: User, sign_in: SignIn
) -> None:
    client = sign_in(coordinator)
    write(client)
    opened = client.get(PLAN + "/redigera").fields()
    fill(client, PLAN + "/redigera", title="Den förstas plan")
    typed = opened | {"title": "Den andras plan", "introduction": "Lång text.", "methods": "EST"}
    page = client.post(PLAN + "/redigera", typed, status=409)
    told = page.words("section[aria-labelledby=changed]")
    assert "Du skrev: Den andras plan" in told
    assert "Nu sparat: Den förstas plan" in told
    assert "Du skrev: Lång text." in told
    assert "Första dag" not in told  # what both have alike is not told
    kept = page.fields()
    assert (kept["title"], kept["introduction"]) == ("Den andras plan", "Lång text.")
    assert "Den förstas plan" in client.get(PLAN).text
    client.post(PLAN + "/redigera", kept, status=303)
    assert client.get(PLAN).heading == "Den andras plan"


def test_a_channel_is_a_name_and_two_roles_at_most(coordinator: User, sign_in: SignIn) -> None:
    client = sign_in(coordinator)
    page = fill(client, ROOT + "ny", 422, **HEAD | {"channels": "Webb; A; B; C"})
    assert "Skriv namn; kommunen; polisen på varje rad" in page.text
    assert page.fields()["title"] == "Handlingsplan 2023"


def test_an_activity_without_an_area_is_refused_in_words(
    coordinator: User, sign_in: SignIn
) -> None:
    client = sign_in(coordinator)
    write(client)
    page = fill(client, PLAN + "/aktiviteter/ny", 422, name="Rådslag", when_text="Vid behov")
    assert "Välj minst ett område för aktiviteten." in page.text
    assert page.fields()["name"] == "Rådslag"


def test_an_activity_has_a_place_of_the_register_that_readers_see(
    session: Session,
    municipality: Municipality,
    coordinator: User,
    officer: User,
    sign_in: SignIn,
) -> None:
    park = make_named_place(session, municipality, "Rådhusparken", kind=PlaceKind.PARK)
    session.commit()
    write(sign_in(coordinator))
    client = sign_in(coordinator)
    [link] = client.get(PLAN).soup.select("table.plan th a")
    form = client.get(str(link["href"]))
    client.post(str(link["href"]), form.fields() | {"place": str(park.id)}, status=303)
    assert client.get(str(link["href"])).fields()["place"] == str(park.id)
    client = approve_both(sign_in, coordinator, officer)
    press(client, PLAN + "/publicera")
    assert "Rådhusparken" in client.get(PUBLIC).text
