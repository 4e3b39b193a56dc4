"""Two parties, two editors and several editions of a promise, through the pages."""

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.party import Party
from surveys.models.promise import PointMeasure, Promise
from surveys.permissions import StaffRole
from surveys.queries.promises.promises import get_promise
from tests.conftest import NOW
from tests.factories.approvals import approve_by_all
from tests.factories.municipalities import make_account, make_named_place
from tests.factories.pictures import make_area, make_claim, make_picture
from tests.factories.promises import SLUG, make_point, make_promise
from tests.page import Page, PageClient

OWN = f"/soderhamn/handlaggning/loften/{SLUG}"
PUBLIC = f"/soderhamn/loften/{SLUG}"
TITLE = "Färre unga i kriminalitet, mindre narkotika"
PDF = b"%PDF-1.7\nsigned \x00\xff"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def coordinator(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality))


@pytest.fixture
def draft(session: Session, municipality: Municipality) -> Promise:
    promise = make_promise(session, municipality, published_at=None)
    make_point(session, promise)
    session.commit()
    return promise


def fill(client: PageClient, address: str, expect: int = 303, **changes: str) -> Page:
    return client.post(address, client.get(address).fields() | changes, status=expect)


def press(client: PageClient, action: str, status: int = 303, **said: str) -> Page:
    page = client.get(OWN)
    return client.post(action, page.fields(f'form[action="{action}"]') | said, status=status)


def approve(session: Session, municipality: Municipality) -> None:
    session.rollback()
    promise = get_promise(session, municipality, SLUG)
    approve_by_all(session, municipality, promise, now=NOW)
    session.commit()


def publish(session: Session, municipality: Municipality, client: PageClient, note: str) -> None:
    approve(session, municipality)
    said = {"gate_reason": "Underlaget kommer."} | ({"change_note": note} if note else {})
    press(client, f"{OWN}/publicera", **said)


def test_the_police_approve_for_the_police_and_then_it_can_be_published(
    session: Session, municipality: Municipality, draft: Promise, sign_in: SignIn
) -> None:
    police = make_account(session, municipality, StaffRole.POLICE)
    client = sign_in(make_account(session, municipality))
    press(client, f"{OWN}/granskning")
    press(client, f"{OWN}/godkannande", revision=str(draft.revision))
    page = client.get(OWN)
    assert not page.soup.select(f'form[action="{OWN}/publicera"]')
    assert "när varje part har godkänt det" in page.text
    # Sent all the same, with the revision that is right: the other party has not said yes.
    forged = page.fields(f'form[action="{OWN}/granskning/avsluta"]') | {
        "revision": str(draft.revision),
        "gate_reason": "Brådskar",
    }
    page = client.post(f"{OWN}/publicera", forged, status=422)
    assert "Varje part behöver godkänna texten som den står." in page.text
    client.get(PUBLIC, status=404)
    officer = sign_in(police)
    press(officer, f"{OWN}/godkannande", revision=str(draft.revision))
    press(officer, f"{OWN}/publicera", gate_reason="Underlaget kommer.")
    page = officer.get(PUBLIC)
    assert "Saknas i löftet: vem som svarar för punkt 1; vad löftet bygger på." in page.text


def test_the_gate_speaks_plainly_and_asks_for_a_reason(
    session: Session, municipality: Municipality, draft: Promise, coordinator: PageClient
) -> None:
    soft = {"text": "Vi ska aktivt verka för fler insatser.", "measure": PointMeasure.DONE}
    make_point(session, draft, "Andra punkten", target_count=None, **soft)
    session.commit()
    page = coordinator.get(OWN)
    for words in (
        "Vem gör det? Det står ingen ansvarig för punkt 2.",
        "När är det klart? Punkt 2 har ingen sista dag.",
        "Vad görs? ”aktivt verka för” i punkt 2 är svårt att följa upp.",
        "Varför just det? Löftet bygger inte på något vi såg.",
    ):
        assert words in page.text
    approve(session, municipality)
    page = press(coordinator, f"{OWN}/publicera", 422, gate_reason=" ")
    assert "Något saknas i löftet." in page.words(".govuk-error-summary")
    press(coordinator, f"{OWN}/publicera", gate_reason="Löftet är redan undertecknat.")
    page = coordinator.get(OWN)
    assert "därför att: Löftet är redan undertecknat. (Coordinator)" in page.text
    assert "Löftet är redan undertecknat." not in coordinator.get(PUBLIC).text


def test_a_change_is_prepared_in_the_open_and_its_history_is_told(
    session: Session, municipality: Municipality, draft: Promise, coordinator: PageClient
) -> None:
    publish(session, municipality, coordinator, "")
    page = fill(coordinator, f"{OWN}/redigera", 422, title="Andra ord")
    assert "Löftet är publicerat och dess ord står fast." in page.text
    press(coordinator, f"{OWN}/andra")
    fill(coordinator, f"{OWN}/redigera", title="Andra ord")
    page = coordinator.get(OWN)
    assert "1 skillnad mot det som läsarna har" in page.text
    assert coordinator.get(PUBLIC).heading == TITLE
    publish(session, municipality, coordinator, "Rubriken är kortare.")
    page = coordinator.get(PUBLIC)
    assert page.heading == "Andra ord"
    assert "Ändrad 1 augusti 2023" in page.words("[aria-labelledby=history]")
    assert "Rubriken är kortare." in page.words("[aria-labelledby=history]")
    second = coordinator.get(f"{PUBLIC}/utgavor/2")
    assert "Rubrik Före Färre unga i kriminalitet" in second.words("[aria-labelledby=changed]")
    assert "Det är den utgåva som gäller." in second.text
    first = coordinator.get(f"{PUBLIC}/utgavor/1")
    assert first.heading == TITLE
    assert "Den har ändrats sedan dess." in first.text
    coordinator.get(f"{PUBLIC}/utgavor/3", status=404)


def test_a_promise_is_not_published_as_it_was_before_somebody_changed_it(
    session: Session, municipality: Municipality, draft: Promise, coordinator: PageClient
) -> None:
    approve(session, municipality)
    stale = coordinator.get(OWN)
    fill(coordinator, f"{OWN}/redigera", pledge="Andra ord")
    fields = stale.fields(f'form[action="{OWN}/publicera"]') | {"gate_reason": "x"}
    page = coordinator.post(f"{OWN}/publicera", fields, status=409)
    assert "Texten ändrades efter att du öppnade den." in page.text
    coordinator.get(PUBLIC, status=404)


def test_readers_are_told_that_a_promise_was_taken_down_and_why(
    session: Session, municipality: Municipality, draft: Promise, coordinator: PageClient
) -> None:
    publish(session, municipality, coordinator, "")
    page = fill(coordinator, f"{OWN}/ta-ned", 422, reason="")
    assert "Läsarna ser skälet där löftet stod." in page.words(".govuk-error-summary")
    fill(coordinator, f"{OWN}/ta-ned", reason="Fel dokument <b>publicerades</b>.")
    page = coordinator.get(PUBLIC, status=404)
    assert "Det togs ned 1 augusti 2023 av Coordinator." in page.text
    assert "Fel dokument <b>publicerades</b>." in page.text
    assert "Nedtaget 1 augusti 2023" in coordinator.get(OWN).text
    assert TITLE not in coordinator.get("/soderhamn/loften/").text


def test_the_second_of_two_editors_sees_both_versions_and_loses_nothing(
    session: Session, municipality: Municipality, draft: Promise, sign_in: SignIn
) -> None:
    officer = make_account(session, municipality, StaffRole.POLICE)
    coordinator = make_account(session, municipality)
    ours = sign_in(coordinator)
    address = f"{OWN}/redigera"
    opened = ours.get(address)
    fill(sign_in(officer), address, pledge="Polisens ord", label="Löfte 22–23")
    client = sign_in(coordinator)
    mine = opened.fields() | {"pledge": "Kommunens ord\npå två rader"}
    mine["csrf_token"] = client.get(address).fields()["csrf_token"]
    page = client.post(address, mine, status=409)
    shown = page.words("[aria-labelledby=changed]")
    assert "Du skrev: Kommunens ord på två rader Nu sparat: Polisens ord" in shown
    assert "Du skrev: Medborgarlöfte 2022–2023 Nu sparat: Löfte 22–23" in shown
    assert page.fields()["pledge"].split() == ["Kommunens", "ord", "på", "två", "rader"]
    session.rollback()
    assert draft.pledge == "Polisens ord"
    client.send(address, page, status=303, label="Löfte 22–23")
    session.rollback()
    assert (draft.pledge.split()[0], draft.label) == ("Kommunens", "Löfte 22–23")


def test_two_editors_of_different_points_do_not_meet(
    session: Session, municipality: Municipality, draft: Promise, coordinator: PageClient
) -> None:
    other = make_point(session, draft, "Andra punkten")
    session.commit()
    first = f"{OWN}/punkter/{draft.points[0].id}"
    opened = coordinator.get(first)
    fill(coordinator, f"{OWN}/punkter/{other.id}", title="Nya ord")
    coordinator.send(first, opened, status=303, title="Första punkten")
    opened_again = opened.fields() | {"title": "Tredje ord"}
    page = coordinator.post(first, opened_again, status=409)
    assert "Du skrev: Tredje ord Nu sparat: Första punkten" in page.text


def test_two_who_record_the_same_signing_are_told(
    session: Session, municipality: Municipality, draft: Promise, coordinator: PageClient
) -> None:
    address = f"{OWN}/undertecknare/{draft.signatories[0].id}"
    opened = coordinator.get(address)
    coordinator.send(address, opened, status=303, place="Gävle", signed_on="2022-02-01")
    page = coordinator.send(address, opened, status=409, place="Bollnäs", signed_on="2022-02-01")
    assert "Du skrev: Bollnäs Nu sparat: Gävle" in page.text
    assert page.fields()["place"] == "Bollnäs"


def test_a_target_in_words_is_read_back_before_it_is_saved(
    session: Session, municipality: Municipality, draft: Promise, coordinator: PageClient
) -> None:
    address = f"{OWN}/punkter/ny"
    words = {
        "title": "Möten",
        "text": "Socialtjänst och polis träffas varje måndag.",
        "words": "varje måndag kl. 14.00",
    }
    page = fill(coordinator, address, 422, **words)
    assert "Så läser vi orden: Varje måndag kl. 14" in page.text
    fields = page.fields()
    assert (fields["target_count"], fields["per"], fields["weekday"]) == ("1", "week", "0")
    session.rollback()
    assert len(draft.points) == 1
    coordinator.send(address, page, status=303)
    session.rollback()
    point = draft.points[1]
    assert (point.target_count, point.activities[0].weekday) == (1, 0)
    assert point.schedule is not None
    assert point.schedule["text"] == "varje måndag kl. 14.00"
    assert "Med löftets ord: varje måndag kl. 14.00." in coordinator.get(OWN).text


def test_a_point_is_written_with_all_that_it_can_say(
    session: Session, municipality: Municipality, draft: Promise, coordinator: PageClient
) -> None:
    owner = Owner(
        municipality_id=municipality.id, party=Party.POLICE, title="Kommunpolis", created_at=NOW
    )
    session.add(owner)
    shop = make_named_place(session, municipality, "Coop")
    home = make_named_place(session, municipality, "Asylboendet Granen", is_sensitive=True)
    claim = make_claim("Många önskar synlig polis.")
    make_picture(session, municipality, "bild", [make_area("Närvaro", claim)])
    draft.claims = [claim]
    session.commit()
    address = f"{OWN}/punkter/{draft.points[0].id}"
    page = coordinator.get(address)
    fields = page.fields() | {
        "owner": str(owner.id),
        "aim": "legal_outcome",
        "wanted": "up",
        "target_group": "Personer under 21 år",
        "baseline": "Utöver den dagliga verksamheten",
        "methods": "PSS, SSP",
        "place_text": "Kring torget",
        "claims": str(claim.id),
        "due_on": "2023-06-30",
    }
    places = {"places": [str(shop.id), str(home.id)]}
    coordinator.post(address, fields | places, status=303)
    publish(session, municipality, coordinator, "")
    page = coordinator.get(PUBLIC)
    for words in (
        "Svarar för det: Kommunpolis.",
        "Vem det handlar om: Personer under 21 år.",
        "Var: Kring torget, Coop, 1 plats som vi inte pekar ut.",
        "Räknas bara: Utöver den dagliga verksamheten.",
        "Arbetssätt: PSS och SSP.",
        "Det här bestäms av andra än polisen och kommunen, till exempel en domstol.",
        "Här är målet att siffran blir högre.",
        "Varför just det här Många önskar synlig polis.",
    ):
        assert words in page.text
    assert "Granen" not in page.text
    edition = coordinator.get(f"{PUBLIC}/utgavor/1").words("[aria-labelledby=words]")
    assert "Ska vara gjort senast 30 juni 2023. Svarar för det: Kommunpolis." in edition


def test_a_copy_of_the_promise_is_compared_with_the_signed_document(
    session: Session, municipality: Municipality, draft: Promise, coordinator: PageClient
) -> None:
    address = f"{OWN}/undertecknare/{draft.signatories[0].id}"
    signing = coordinator.get(address).fields() | {"place": "Gävle", "signed_on": "2022-02-01"}
    wrong = signing | {"document": (BytesIO(b"PK\x03\x04"), "lofte.docx")}
    page = coordinator.post(address, wrong, status=422)
    assert "Filen är inte en PDF." in page.words(".govuk-error-summary")
    assert page.fields()["place"] == "Gävle"
    coordinator.post(address, signing | {"document": (BytesIO(PDF), "lo\x00fte.pdf")}, status=303)
    compare = f"{OWN}/undertecknat"
    page = coordinator.get(compare)
    assert "lofte.pdf" in page.text
    token = page.fields()
    for content, answer in ((PDF, "Ja. Det är dokumentet"), (PDF + b"x", "Nej. Det är inte")):
        sent = token | {"document": (BytesIO(content), "kopia.pdf")}
        assert answer in coordinator.post(compare, sent, status=200).text
    page = coordinator.post(compare, token, status=422)
    assert "Välj en fil." in page.words(".govuk-error-summary")


def test_overlapping_periods_are_pointed_out(
    session: Session, municipality: Municipality, draft: Promise, coordinator: PageClient
) -> None:
    make_promise(session, municipality, "annat", title="Annat löfte", ends_on=date(2024, 6, 30))
    session.commit()
    page = coordinator.get(OWN)
    assert "Perioden går in i ett annat löftes period här" in page.text
    assert "Annat löfte (Medborgarlöfte 2022–2023)" in page.text


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"methods": ", ".join(f"M{n}" for n in range(9))}, "Skriv högst 8 arbetssätt."),
        ({"place_text": "Nära asylboendet Granen"}, "Beskriv området i stället."),
        ({"owner": "999999"}, "Välj något av det som visas här."),
        ({"wanted": "sideways"}, "Välj något av det som visas här."),
    ],
)
def test_a_refused_point_says_why_and_keeps_what_was_typed(
    session: Session,
    municipality: Municipality,
    draft: Promise,
    coordinator: PageClient,
    changes: dict[str, str],
    words: str,
) -> None:
    make_named_place(session, municipality, "Asylboendet Granen", is_sensitive=True)
    session.commit()
    address = f"{OWN}/punkter/{draft.points[0].id}"
    page = fill(coordinator, address, 422, title="Mina ord", **changes)
    assert words in page.words(".govuk-error-summary")
    assert page.fields()["title"] == "Mina ord"


@pytest.mark.parametrize("revision", ["", "x", "9" * 5000, "-1", "1.5"])
def test_a_revision_that_is_none_publishes_nothing(
    session: Session,
    municipality: Municipality,
    draft: Promise,
    coordinator: PageClient,
    revision: str,
) -> None:
    approve(session, municipality)
    page = press(coordinator, f"{OWN}/publicera", 409, gate_reason="x", revision=revision)
    assert "Texten ändrades efter att du öppnade den." in page.text


def test_a_publication_that_names_no_revision_publishes_nothing(
    session: Session, municipality: Municipality, draft: Promise, coordinator: PageClient
) -> None:
    approve(session, municipality)
    token = coordinator.get(f"{OWN}/redigera").fields()["csrf_token"]
    sent = {"csrf_token": token, "gate_reason": "x"}
    coordinator.post(f"{OWN}/publicera", sent, status=409)
    coordinator.get(PUBLIC, status=404)
