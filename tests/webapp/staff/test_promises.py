"""Writing and publishing a promise through the pages, without script."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.promise import Promise
from surveys.permissions import StaffRole
from surveys.queries.promises.promises import get_promise
from tests.conftest import NOW
from tests.factories.approvals import approve_by_all
from tests.factories.municipalities import make_account, make_municipality, make_police_area
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import make_area, make_claim, make_picture
from tests.factories.promises import SLUG, make_activity, make_plan, make_point, make_promise
from tests.page import Page, PageClient

ROOT = "/soderhamn/handlaggning/loften/"
SignIn = Callable[[User], PageClient]

FIELDS = {
    "title": "Tryggare trafik",
    "label": "Medborgarlöfte 2023",
    "starts_on": "2023-01-01",
    "ends_on": "2023-12-31",
    "pledge": "Vi lovar tryggare trafik.",
}
POINT = {
    "title": "Kontroller",
    "text": "Minst två kontroller per halvår.",
    "responsible": "police",
    "measure": "count",
    "target_count": "2",
    "comparator": ">=",
    "per": "half_year",
    "unit": "kontroller",
}


@pytest.fixture
def coordinator(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    make_police_area(session, municipality)
    return sign_in(make_account(session, municipality))


def fill(client: PageClient, address: str, expect: int = 303, **changes: str) -> Page:
    return client.post(address, client.get(address).fields() | changes, status=expect)


def post_button(client: PageClient, page_address: str, action: str, status: int = 303) -> Page:
    page = client.get(page_address)
    return client.post(action, page.fields(f'form[action="{action}"]'), status=status)


def approve(session: Session, municipality: Municipality, slug: str = SLUG) -> None:
    """Both parties say yes to the promise as it stands."""
    session.rollback()
    approve_by_all(session, municipality, get_promise(session, municipality, slug), now=NOW)
    session.commit()


def publish(client: PageClient, own: str, status: int = 303, **words: str) -> Page:
    page = client.get(own)
    action = f"{own}/publicera"
    said = {"gate_reason": "Underlag saknas än."} | words
    return client.post(action, page.fields(f'form[action="{action}"]') | said, status=status)


def test_whoever_writes_a_point_is_asked_to_put_no_blame_on_the_harmed(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    make_promise(session, municipality, published_at=None)
    session.commit()
    page = coordinator.get(f"{ROOT}{SLUG}/punkter/ny")
    assert "Lägg ingen skuld på dem som har drabbats" in page.text


def test_from_nothing_to_a_published_promise(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    fill(coordinator, f"{ROOT}nytt", dnr="KS 23-17", **FIELDS)
    own = f"{ROOT}tryggare-trafik"
    assert "Skriv minst en punkt." in coordinator.get(own).text
    fill(coordinator, f"{own}/punkter/ny", **POINT)
    fill(coordinator, f"{own}/undertecknare/ny", party="police", title="LPO-chef", is_acting="y")
    page = coordinator.get(own)
    assert "Ange vem som undertecknar för kommunen. (Söderhamns kommun)" in page.text
    chair = {"party": str(municipality.id), "title": "Kommunstyrelsens ordförande"}
    fill(coordinator, f"{own}/undertecknare/ny", **chair)
    coordinator.get("/soderhamn/loften/tryggare-trafik", status=404)
    approve(session, municipality, "tryggare-trafik")
    publish(coordinator, own)
    public = coordinator.get("/soderhamn/loften/tryggare-trafik")
    assert "0 av 4 kontroller" in public.text
    assert "Tf. LPO-chef" in public.text
    assert "KS 23-17" in public.text
    session.rollback()
    signatory = get_promise(session, municipality, "tryggare-trafik").signatories[0]
    fill(coordinator, f"{own}/undertecknare/{signatory.id}", place="Gävle", signed_on="2023-02-01")
    signed = coordinator.get("/soderhamn/loften/tryggare-trafik").text
    assert "Undertecknat av Tf. LPO-chef" in signed
    assert "Gävle, 1 februari 2023" in signed


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"ends_on": "2022-12-31"}, "Perioden slutar innan den börjar."),
        ({"ends_on": "snart"}, "Skriv dagen som år-månad-dag"),
        ({"ends_on": "9999-12-31"}, "Kontrollera datumets årtal."),
        ({"ends_on": ""}, "Skriv sista dagen också"),
        ({"title": ""}, "Skriv vad det handlar om."),
        ({"title": "x" * 201}, "Texten är 201 tecken. Korta den med 1 tecken."),
        ({"pledge": "x" * 4001}, "Korta den med 1 tecken."),
        ({"months_from_signing": "24"}, "Välj antingen dagar eller ett antal månader"),
        ({"months_from_signing": "två"}, "Skriv ett helt tal"),
        ({"months_from_signing": "9" * 5000}, "Skriv ett helt tal"),
        ({"title": "<script>alert(1)</script>", "ends_on": ""}, "Skriv sista dagen också"),
    ],
)
def test_a_refused_promise_says_why_and_keeps_what_was_typed(
    session: Session, coordinator: PageClient, changes: dict[str, str], words: str
) -> None:
    page = fill(coordinator, f"{ROOT}nytt", 422, **(FIELDS | changes))
    assert words in page.words(".govuk-error-summary")
    assert page.fields()["label"] == FIELDS["label"]
    assert page.fields()["title"] == (FIELDS | changes)["title"]
    assert "<script>alert" not in page.html
    ours = select(Promise).where(Promise.title != NOISE_TEXT)
    assert session.scalars(ours).all() == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"target_count": "0"}, "Skriv minst 1"),
        ({"target_count": "1000000"}, "Talet är större än 1 000."),
        ({"target_count": ""}, "Skriv hur många gånger"),
        ({"target_count": "-3"}, "Skriv ett helt tal"),
        ({"target_count": "fyra"}, "Skriv ett helt tal"),
        ({"per": "century"}, "Välj något av det som visas här."),
        ({"measure": "percent"}, "Välj något av det som visas här."),
        ({"due_on": "2021-01-01"}, "Dagen ligger innan löftet börjar gälla."),
    ],
)
def test_a_refused_point_says_why_and_keeps_what_was_typed(
    session: Session,
    municipality: Municipality,
    coordinator: PageClient,
    changes: dict[str, str],
    words: str,
) -> None:
    promise = make_promise(session, municipality, published_at=None)
    session.commit()
    address = f"{ROOT}{SLUG}/punkter/ny"
    page = fill(coordinator, address, 422, **(POINT | changes))
    assert words in page.words(".govuk-error-summary").replace("\xa0", " ")
    assert page.fields()["text"] == POINT["text"]
    session.rollback()
    assert promise.points == []


def test_the_same_role_is_refused_the_second_time(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    make_promise(session, municipality, published_at=None)
    session.commit()
    address = f"{ROOT}{SLUG}/undertecknare/ny"
    page = fill(coordinator, address, 422, party="police", title="lokalpolisområdeschef")
    assert "Varje roll undertecknar en gång." in page.text


def test_publishing_too_early_names_what_is_missing(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    make_promise(session, municipality, published_at=None)
    session.commit()
    own = f"{ROOT}{SLUG}"
    token = coordinator.get(f"{own}/redigera").fields()["csrf_token"]
    page = coordinator.post(f"{own}/publicera", {"csrf_token": token}, status=422)
    assert "Skriv minst en punkt." in page.words(".govuk-error-summary")


def test_a_point_counts_the_plan_s_activity(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    promise = make_promise(session, municipality)
    point = make_point(session, promise)
    activity = make_activity(session, municipality, make_plan(session, municipality), (None,))
    session.commit()
    address = f"{ROOT}{SLUG}/punkter/{point.id}/aktiviteter"
    page = coordinator.get(address)
    assert NOISE_TEXT not in page.text
    coordinator.send(address, page, status=303, activities=str(activity.id))
    assert "minst 2 per år" in coordinator.get(f"/soderhamn/loften/{SLUG}").text
    page = coordinator.get(address)
    coordinator.send(address, page, status=422, activities="999999")
    coordinator.send(address, page, status=303, activities="")
    assert "minst 2 per år" not in coordinator.get(f"/soderhamn/loften/{SLUG}").text


def test_what_the_promise_builds_on_is_chosen_among_our_own_claims(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    make_promise(session, municipality, published_at=None)
    claim = make_claim("Narkotika hanteras öppet.")
    make_picture(session, municipality, "lagesbild", [make_area("Narkotika", claim)])
    session.commit()
    address = f"{ROOT}{SLUG}/underlag"
    page = coordinator.get(address)
    assert NOISE_TEXT not in page.text
    coordinator.send(address, page, status=303, claims=str(claim.id))
    assert "Narkotika hanteras öppet." in coordinator.get(f"{ROOT}{SLUG}").text


def test_a_joint_promise_is_begun_with_its_neighbours(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    area = make_police_area(session, municipality)
    neighbour = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    area.municipalities.append(neighbour)
    client = sign_in(make_account(session, municipality))
    fill(client, f"{ROOT}nytt", parties=str(neighbour.id), dnr="KS 24-203", **FIELDS)
    session.rollback()
    client = sign_in(make_account(session, neighbour))
    theirs = "/bollnas/handlaggning/loften/tryggare-trafik"
    assert "KS 24-203" not in client.get(theirs).text
    fill(client, f"{theirs}/diarienummer", dnr="2024/17", dated_on="2024-04-23")
    assert "2024/17" in client.get(theirs).text
    session.rollback()
    numbers = {p.dnr for p in get_promise(session, neighbour, "tryggare-trafik").parties}
    assert numbers == {"KS 24-203", "2024/17"}


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (StaffRole.COORDINATOR, {"write", "publish", "log"}),
        (StaffRole.POLICE, {"write", "publish", "log"}),
        (StaffRole.ANALYST, set()),
        (StaffRole.ADMINISTRATOR, set()),
    ],
)
def test_who_may_do_what(
    session: Session, municipality: Municipality, sign_in: SignIn, role: StaffRole, may: set[str]
) -> None:
    promise = make_promise(session, municipality, published_at=None)
    activity = make_activity(session, municipality)
    make_point(session, promise, activities=[activity])
    approve_by_all(session, municipality, promise, now=NOW)
    client = sign_in(make_account(session, municipality, role))
    pages = {
        f"{ROOT}nytt": "write",
        f"{ROOT}{SLUG}/redigera": "write",
        f"{ROOT}{SLUG}/rapport": "log",
        f"/soderhamn/handlaggning/tillfallen/aktivitet/{activity.id}": "log",
        "/soderhamn/handlaggning/handlingsplaner/ny": "write",
    }
    for address, what in pages.items():
        client.get(address, status=200 if what in may else 403)
    page = client.get(f"{ROOT}{SLUG}")
    buttons = page.soup.select(f'form[action="{ROOT}{SLUG}/publicera"]')
    assert len(buttons) == (1 if "publish" in may else 0)


def test_staff_of_another_municipality_come_in_nowhere(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    make_promise(session, municipality)
    other = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    client = sign_in(make_account(session, other))
    client.get(ROOT, status=403)
    client.get(f"{ROOT}{SLUG}", status=403)
    client.get(f"/bollnas/handlaggning/loften/{SLUG}", status=404)


def test_a_form_without_its_token_saves_nothing(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    make_promise(session, municipality)
    session.commit()
    page = coordinator.post(f"{ROOT}{SLUG}/ta-ned", {}, status=400)
    assert "Inget sparades" in page.text
    coordinator.get(f"/soderhamn/loften/{SLUG}")


def test_the_list_shows_drafts_and_only_our_own(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    assert "Inget löfte än." in coordinator.get(ROOT).text
    make_promise(session, municipality, published_at=None)
    session.commit()
    page = coordinator.get(ROOT)
    assert "Färre unga i kriminalitet, mindre narkotika" in page.text
    assert "Utkast" in page.text
    (slug,) = {a["href"] for a in page.soup.select("main h2 a")}
    draft = coordinator.get(str(slug))
    assert "Skriv en lägesrapport" not in draft.text  # nothing has been promised yet
    assert NOISE_TEXT not in page.text


def test_unusual_dates_of_signing_are_refused(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    promise = make_promise(session, municipality)
    session.commit()
    address = f"{ROOT}{SLUG}/undertecknare/{promise.signatories[0].id}"
    page = fill(coordinator, address, 422, place="Söderhamn", signed_on="2023-08-02")
    assert "Dagen har inte varit än." in page.text
    assert page.fields()["place"] == "Söderhamn"
    page = fill(coordinator, address, 422, place="", signed_on="")
    assert len(page.all_words(".govuk-error-summary li")) == 2
    assert date(2023, 8, 2).isoformat() not in coordinator.get(address).html
