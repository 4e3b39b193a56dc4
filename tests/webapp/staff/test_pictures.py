"""Staff write the problem picture: each action a small form that works without script."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.models.account import User
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.picture import ProblemPicture
from surveys.permissions import StaffRole
from surveys.queries.pictures.pictures import get_picture, get_picture_row
from surveys.services.dialogues.count_checks import rebuild_counts
from surveys.services.results.result_editions import publish_results_now
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import (
    make_area,
    make_claim,
    make_evidence,
    make_grounded_picture,
    make_picture,
)
from tests.page import Page, PageClient

SignIn = Callable[[User], PageClient]
LIST = "/soderhamn/handlaggning/problembilder/"
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def coordinator(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality))


def follow(client: PageClient, page: Page) -> Page:
    """The page that a stored form leads to."""
    return client.get(str(page.response.headers["Location"]))


def token(page: Page) -> dict[str, str]:
    """What every form of a page is sent with."""
    field = page.one("main input[name=csrf_token]")
    return {"csrf_token": str(field["value"])}


def test_a_picture_is_written_and_published_without_script(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    tips = make_evidence(session, municipality, "Tips")
    against = make_evidence(session, municipality, "Anmälda brott")
    session.commit()

    form = coordinator.get(LIST + "ny")
    made = coordinator.send(
        LIST + "ny",
        form,
        status=303,
        title="Lägesbild augusti 2023",
        period="Augusti 2023",
        summary="Lugnt i hamnen.",
    )
    page = follow(coordinator, made)
    assert page.heading == "Lägesbild augusti 2023"
    assert page.words("main [role=status]") == "Utkastet är sparat."
    assert "Det finns inget område." in page.words("#saknas ~ ul")

    address = LIST + "lagesbild-augusti-2023"
    form = coordinator.get(address + "/omraden/nytt")
    coordinator.send(address + "/omraden/nytt", form, status=303, title="Trafik")
    page = coordinator.get(address)
    add_claim = str(page.one('a[href$="/pastaenden/nytt"]')["href"])
    form = coordinator.get(add_claim)
    coordinator.send(
        add_claim,
        form,
        status=303,
        text="Fler kör moped.",
        supporting=str(tips.id),
        disagreeing=str(against.id),
    )
    page = coordinator.get(address)
    assert page.words("main [role=status]") == "Utkastet är sparat."
    assert "Inget saknas: varje påstående har en grund." in page.text
    assert "Den kan publiceras när varje part har godkänt den." in page.text
    assert not page.soup.select('form[action$="/publicera"]')
    session.rollback()  # see what the pages have stored
    draft = get_picture_row(session, municipality, "lagesbild-augusti-2023")
    revision = {"revision": str(draft.revision)}
    refused = coordinator.post(address + "/publicera", token(page) | revision, status=422)
    assert "Varje part behöver godkänna texten som den står." in refused.words(
        ".govuk-error-summary"
    )
    approve_by_all(session, municipality, draft, now=NOW)
    session.commit()
    page = coordinator.get(address)
    button = page.one("section.panel form")
    assert button.get_text(strip=True) == "Publicera för Söderhamns kommun"
    coordinator.post(
        str(button["action"]),
        token(page) | {"revision": str(page.one("section.panel button")["value"])},
        status=303,
    )
    assert coordinator.get(address).words(".tag--on") == "Publicerad"
    public = coordinator.get("/soderhamn/lagesbild/")
    assert public.heading == "Lägesbild augusti 2023"
    assert "Coordinator" in public.text  # the account's role, never its address


def test_the_check_list_names_the_claims_that_lack_a_ground(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    areas = [make_area("Trafik", make_claim("Ingen vet varför."))]
    make_picture(session, municipality, "utkast", areas, published_at=None)
    session.commit()
    page = coordinator.get(LIST + "utkast")
    assert page.all_words("#saknas ~ ul li") == ["Påståendet saknar grund: Ingen vet varför."]
    assert not page.soup.select('form[action$="/publicera"]')
    refused = coordinator.post(
        LIST + "utkast/publicera",
        token(coordinator.get(LIST + "utkast/redigera")) | {"revision": "1"},
        status=422,
    )
    assert "Bilden kan inte publiceras än." in refused.words(".govuk-error-summary")
    coordinator.get("/soderhamn/lagesbild/utkast", status=404)


def test_the_second_of_two_writers_sees_the_others_text_and_keeps_theirs(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    claim = make_claim("Först.", judged_by="kommunpolisen")
    make_picture(session, municipality, "utkast", [make_area("A", claim)], published_at=None)
    session.commit()
    address = f"{LIST}utkast/pastaenden/{claim.id}"
    mine, theirs = coordinator.get(address), coordinator.get(address)
    coordinator.send(address, theirs, status=303, text="Deras ord.")

    late = coordinator.send(address, mine, status=409, text="Mina ord.")
    assert "Någon annan ändrade bilden medan du skrev." in late.words("[role=alert]")
    assert late.words(".quote") == "Deras ord."
    assert late.fields()["text"].strip() == "Mina ord."

    coordinator.send(address, late, status=303)
    session.rollback()  # see what the pages have stored
    shown = get_picture(session, municipality, "utkast").areas[0].claims[0]
    assert shown.text == "Mina ord."


def test_publishing_what_has_changed_since_it_was_read_is_refused(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    make_grounded_picture(session, municipality, "utkast", published_at=None)
    session.commit()
    form = coordinator.get(LIST + "utkast/redigera")
    coordinator.send(LIST + "utkast/redigera", form, status=303, title="Ny titel")
    coordinator.post(LIST + "utkast/publicera", token(form) | {"revision": "1"}, status=409)
    assert "Utkast" in coordinator.get(LIST + "utkast").text


def test_areas_and_claims_move_and_go_by_small_forms(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    picture = make_grounded_picture(session, municipality, "utkast", published_at=None)
    first, second = picture.areas
    claim = first.claims[0]
    session.commit()

    def press(path: str) -> Page:
        page = coordinator.get(LIST + "utkast/redigera")
        sent = token(page) | {"revision": page.fields()["revision"]}
        return coordinator.post(LIST + "utkast" + path, sent, status=303)

    press(f"/omraden/{second.id}/flytta/upp")
    press(f"/pastaenden/{claim.id}/flytta/ned")
    page = coordinator.get(LIST + "utkast")
    ranked = [words for words in page.all_words("main section h2") if words[0].isdigit()]
    assert ranked == ["1. Trafik", "2. Narkotika"]
    claims = [p.get_text() for p in page.soup.select(f"#pastaende-{claim.id} p")]
    assert claims[0] == "Yngre tonåringar fångas upp av äldre."
    press(f"/pastaenden/{claim.id}/ta-bort")
    press(f"/omraden/{second.id}/ta-bort")
    session.rollback()  # see what the pages have stored
    shown = get_picture(session, municipality, "utkast")
    assert [(a.title, len(a.claims)) for a in shown.areas] == [("Narkotika", 1)]


def test_the_next_edition_begins_from_a_published_one(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    make_grounded_picture(session, municipality)
    session.commit()
    old = LIST + "lagesbild-juni-2023"
    page = coordinator.get(old)
    assert not page.soup.select('main a[href$="/redigera"]')
    form = coordinator.get(old + "/ny-utgava")
    made = coordinator.send(
        old + "/ny-utgava", form, status=303, title="Lägesbild juli", period="Juli 2023"
    )
    new = follow(coordinator, made)
    assert "1. Narkotika" in new.all_words("main section h2")
    assert "De tre meningarna saknas." in new.text


def test_a_published_picture_has_no_forms_to_change_it(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    picture = make_grounded_picture(session, municipality)
    area, claim = picture.areas[0].id, picture.areas[0].claims[0].id
    session.commit()
    for path in ("/redigera", "/omraden/nytt", f"/omraden/{area}", f"/pastaenden/{claim}"):
        coordinator.get(LIST + picture.slug + path, status=409)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Skriv en rubrik."),
        ({"period": " "}, "Skriv vilken tid den gäller."),
        ({"title": "x" * 250}, "Texten är 250 tecken. Korta den med 50 tecken."),
        ({"summary": "x" * 700}, "Texten är 700 tecken. Korta den med 100 tecken."),
        ({"kind": "rapport"}, "Välj något av det som visas här."),
    ],
)
def test_what_cannot_be_stored_is_asked_about_and_kept(
    coordinator: PageClient, changes: dict[str, str], message: str
) -> None:
    form = coordinator.get(LIST + "ny")
    sent = {"title": "Min titel", "period": "2023", "next_edition": "I maj"} | changes
    page = coordinator.send(LIST + "ny", form, status=422, **sent)
    assert message in page.words(".govuk-error-summary")
    assert page.fields()["next_edition"] == "I maj"


def test_forged_evidence_and_revisions_are_refused(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    claim = make_claim("x", judged_by="y")
    make_picture(session, municipality, "utkast", [make_area("A", claim)], published_at=None)
    session.commit()
    address = f"{LIST}utkast/pastaenden/{claim.id}"
    form = coordinator.get(address)
    for forged in ("999999", "abc", "-1", HOSTILE):
        coordinator.send(address, form, status=422, supporting=forged)
    for forged in ("", "abc", "²", "9" * 5000, "-1", "99"):
        coordinator.send(address, form, status=409, revision=forged)
    coordinator.get(f"{LIST}utkast/pastaenden/999999", status=404)
    coordinator.get(f"{LIST}finns-inte", status=404)


def test_hostile_text_is_shown_as_text_to_staff_too(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    evidence = make_evidence(session, municipality, HOSTILE, statement=HOSTILE, source=HOSTILE)
    claim = make_claim(HOSTILE, supported_by=(evidence,), judged_by=HOSTILE)
    picture = make_picture(
        session,
        municipality,
        "utkast",
        [make_area(HOSTILE, claim, text=HOSTILE)],
        title=HOSTILE,
        summary=HOSTILE,
        published_at=None,
    )
    area = picture.areas[0].id
    session.commit()
    for path in ("", "/redigera", f"/omraden/{area}", f"/pastaenden/{claim.id}", "/ny-utgava"):
        assert HOSTILE in coordinator.get(f"{LIST}utkast{path}").text


def test_the_list_shows_drafts_first_and_only_the_own(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    make_grounded_picture(session, municipality)
    make_picture(session, municipality, "utkast", title="Ett utkast", published_at=None)
    session.commit()
    page = coordinator.get(LIST)
    assert page.all_words("main h2") == ["Ett utkast", "Lägesbild juni 2023"]
    assert NOISE_TEXT not in page.text


@pytest.mark.parametrize(
    ("role", "may_read", "may_write", "may_publish"),
    [
        (StaffRole.COORDINATOR, True, True, True),
        (StaffRole.POLICE, True, True, False),
        (StaffRole.ANALYST, True, False, False),
        (StaffRole.ADMINISTRATOR, False, False, False),
    ],
)
def test_each_role_gets_the_pages_of_its_permissions(
    session: Session,
    municipality: Municipality,
    sign_in: SignIn,
    role: StaffRole,
    may_read: bool,
    may_write: bool,
    may_publish: bool,
) -> None:
    draft = make_grounded_picture(session, municipality, "utkast", published_at=None)
    approve_by_all(session, municipality, draft, now=NOW)
    client = sign_in(make_account(session, municipality, role))
    page = client.get(LIST + "utkast", status=200 if may_read else 403)
    client.get(LIST + "ny", status=200 if may_write else 403)
    if may_read:
        assert bool(page.soup.select('a[href$="/omraden/nytt"]')) is may_write
        assert bool(page.soup.select('form[action$="/publicera"]')) is may_publish
    csrf = client.get("/soderhamn/handlaggning/").one("input[name=csrf_token]")["value"]
    client.post(
        LIST + "utkast/publicera",
        {"csrf_token": csrf, "revision": "1"},
        status=303 if may_publish else 403,
    )


def test_another_municipalitys_coordinator_may_not_write_here(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    make_grounded_picture(session, municipality, "utkast", published_at=None)
    other = session.scalar(select(User).where(User.email == "coordinator@hagfors.example"))
    assert other is not None
    client = sign_in(other)
    client.get(LIST + "utkast", status=403)
    client.get(LIST, status=403)
    assert session.scalar(select(ProblemPicture).where(ProblemPicture.slug == "utkast"))


def test_without_sign_in_every_page_leads_to_it(
    session: Session, municipality: Municipality, client: PageClient
) -> None:
    for path in ("", "ny", "utkast", "utkast/redigera"):
        answer = client.get(LIST + path, status=302)
        assert answer.response.headers["Location"].startswith("/logga-in")


def test_one_press_puts_the_published_figures_in_the_place_of_live_ones(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    dialogue = make_dialogue(session, municipality)
    for number in range(60):
        make_response(session, dialogue, {1: ("12345"[number % 5], None)})
    rebuild_counts(session, dialogue)
    session.commit()
    mine = select(Evidence).where(Evidence.municipality_id == municipality.id)
    results = "/soderhamn/handlaggning/dialoger/oppen/"
    sent = token(coordinator.get(LIST + "ny")) | {"figure": "q1"}
    coordinator.post(results + "underlag", sent, status=303)
    session.rollback()  # see what the pages have stored
    live = session.scalars(mine).one()
    areas = [make_area("Torget", make_claim("Många är otrygga.", supported_by=(live,)))]
    make_picture(session, municipality, "utkast", areas, published_at=None)
    session.commit()
    held = coordinator.get(LIST + "utkast").words("#saknas ~ ul li")
    assert held.startswith("Dialogen har inga publicerade resultat.")
    assert held.endswith("Publicera resultaten först")

    publish_results_now(session, municipality, dialogue, role="Samordnare", now=NOW)
    session.commit()
    page = coordinator.get(LIST + "utkast")
    assert page.words("#saknas ~ ul li").startswith("Läsarna har en annan räkning av detta.")
    press = page.one('form[action$="/publicerade-siffror"]')
    assert press.get_text(strip=True) == "Byt till de publicerade siffrorna"
    changed = coordinator.post(str(press["action"]), token(page) | {"revision": "1"}, status=303)
    page = follow(coordinator, changed)
    assert page.words("main [role=status]") == "1 siffra är bytt."
    assert "Inget saknas: varje påstående har en grund." in page.text
    session.rollback()  # see what the pages have stored
    draft = get_picture_row(session, municipality, "utkast")
    approve_by_all(session, municipality, draft, now=NOW)
    session.commit()
    coordinator.post(LIST + "utkast/publicera", token(page) | {"revision": "2"}, status=303)
    public = coordinator.get("/soderhamn/lagesbild/").text
    assert "Ur de publicerade resultaten, utgåva 1." in public
    assert "24 av 60" in public

    session.rollback()
    fresh = session.scalars(mine.where(Evidence.id != live.id)).one()
    shown = coordinator.get(f"/soderhamn/handlaggning/underlag/{fresh.id}")
    assert shown.soup.select("#fryst ~ div table tbody tr")
