"""Sources, few people in words and differences, by small forms that lose nothing."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.models.account import User
from surveys.models.evidence import EvidenceCheck, EvidenceState
from surveys.models.municipality import Municipality
from surveys.models.picture import ProblemPicture
from surveys.queries.pictures.pictures import get_picture
from surveys.services.pictures.pictures import publish_picture
from tests.conftest import NOW
from tests.factories.municipalities import make_account
from tests.factories.pictures import (
    make_area,
    make_claim,
    make_evidence,
    make_grounded_picture,
    make_picture,
)
from tests.page import PageClient

SignIn = Callable[[User], PageClient]
DRAFT = "/soderhamn/handlaggning/problembilder/utkast"
FEW = "Fem personer står för det mesta."


@pytest.fixture
def coordinator(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality))


@pytest.fixture
def draft(session: Session, municipality: Municipality) -> ProblemPicture:
    return make_grounded_picture(session, municipality, "utkast", published_at=None)


def test_a_dropped_source_asks_for_its_reason_and_readers_get_it(
    session: Session, municipality: Municipality, draft: ProblemPicture, coordinator: PageClient
) -> None:
    form = coordinator.get(DRAFT + "/kallor/ny")
    typed = {"name": "Krogarnas enkät", "party": "other", "use": "dropped"}
    again = coordinator.send(DRAFT + "/kallor/ny", form, status=422, **typed)
    assert "Skriv varför den är bortvald." in again.words(".govuk-error-summary")
    assert again.fields()["name"] == "Krogarnas enkät"
    why = "Bara sex svar."
    coordinator.send(DRAFT + "/kallor/ny", again, status=303, dropped_because=why)
    assert why in coordinator.get(DRAFT).words("section[aria-labelledby=kallor]")
    session.rollback()  # see what the pages have stored
    approve_by_all(session, municipality, draft, now=NOW)
    publish_picture(session, municipality, "utkast", revision=draft.revision, by="x", now=NOW)
    session.commit()
    public = coordinator.get("/soderhamn/lagesbild/utkast")
    assert f"Inte använd eftersom: {why}" in public.words("section[aria-labelledby=sources]")


def test_the_second_of_two_who_change_a_source_sees_the_difference_and_loses_nothing(
    draft: ProblemPicture, coordinator: PageClient
) -> None:
    form = coordinator.get(DRAFT + "/kallor/ny")
    coordinator.send(DRAFT + "/kallor/ny", form, status=303, name="Skolan", party="both")
    link = coordinator.get(DRAFT).one("section[aria-labelledby=kallor] li a")["href"]
    address = str(link)
    mine, theirs = coordinator.get(address), coordinator.get(address)
    coordinator.send(address, theirs, status=303, name="Skolans rapport", limits="Ej fritids.")
    late = coordinator.send(address, mine, status=409, name="Skolorna")
    assert "Skolans rapport" in late.words(".quote")
    assert late.fields()["name"] == "Skolorna"
    coordinator.send(address, late, status=303)
    assert "Skolorna" in coordinator.get(DRAFT).words("section[aria-labelledby=kallor]")


def test_a_sentence_about_few_people_is_asked_about_where_it_is_to_be_published(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    areas = [make_area("Narkotika", make_claim(FEW, judged_by="kommunpolisen"))]
    make_picture(session, municipality, "utkast", areas, published_at=None)
    session.commit()
    page = coordinator.get(DRAFT)
    assert "Den berättar om få personer (Fem personer)." in page.words("#saknas ~ ul li")
    sent = page.fields('form[action$="/fa-personer"]')
    again = coordinator.post(DRAFT + "/fa-personer", sent, status=422)
    assert FEW in again.text
    assert again.fields()["sentence"] == FEW
    coordinator.send(
        DRAFT + "/fa-personer", again, status=303, reason="Talet säger inget om vilka de är."
    )
    page = coordinator.get(DRAFT)
    assert "Inget saknas" in page.text
    assert "Talet säger inget om vilka de är." in page.words("section[aria-labelledby=fa-personer]")


def test_what_has_changed_is_read_word_by_word(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    make_grounded_picture(session, municipality)
    session.commit()
    old = "/soderhamn/handlaggning/problembilder/lagesbild-juni-2023"
    form = coordinator.get(old + "/ny-utgava")
    note = "Trafiken är ny."
    made = coordinator.send(
        old + "/ny-utgava",
        form,
        status=303,
        title="Lägesbild juli 2023",
        period="Juli 2023",
        summary="Lugnare vid Resecentrum än i våras.",
        change_note=note,
    )
    new = str(made.response.headers["Location"])
    page = coordinator.get(new + "/skillnad/utgavan-fore")
    assert page.heading == "Vad som har ändrats"
    assert "juni" in page.all_words(".diff del")
    assert "juli" in page.all_words(".diff ins")
    assert len(page.soup.select(".diff .changed")) < len(page.soup.select(".diff > div"))
    coordinator.get(new + "/skillnad/polisen", status=404)  # nobody has approved it


def test_a_party_whose_yes_is_void_is_led_to_what_was_changed(
    session: Session, municipality: Municipality, draft: ProblemPicture, coordinator: PageClient
) -> None:
    approve_by_all(session, municipality, draft, now=NOW)
    session.commit()
    form = coordinator.get(DRAFT + "/redigera")
    coordinator.send(DRAFT + "/redigera", form, status=303, title="En ny rubrik")
    page = coordinator.get(DRAFT)
    link = page.one('a[href$="/skillnad/polisen"]')
    assert "rubrik" in coordinator.get(str(link["href"])).words(".diff ins")


def test_sentences_whose_evidence_has_changed_are_flagged_until_the_next_edition(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    evidence = make_evidence(session, municipality)
    changed, kept = "Fler anmäler.", "Det är mörkt."
    claims = make_claim(changed, supported_by=(evidence,)), make_claim(kept, judged_by="gruppen")
    picture = make_picture(session, municipality, "bild", [make_area("A", *claims)])
    session.add(
        EvidenceCheck(
            evidence_id=evidence.id,
            municipality_id=municipality.id,
            state=EvidenceState.CHANGED,
            checked_at=NOW,
            changed_at=NOW,
        )
    )
    session.commit()
    root = "/soderhamn/handlaggning/"
    for address in (f"problembilder/{picture.slug}", f"problembilder/{picture.slug}/ny-utgava"):
        page = coordinator.get(root + address)
        flagged = page.words("main .aside--warn")
        assert "Underlaget till 1 mening har ändrats sedan dess." in flagged
        assert changed in flagged
        assert kept not in flagged
    steps = coordinator.get(root).words("section[aria-labelledby=next]")
    assert "Se vilka meningar i Lägesbild juni 2023 som vilar på något som har ändrats" in steps


def test_an_area_that_was_not_chosen_stands_last_with_its_reason_for_readers(
    session: Session, municipality: Municipality, coordinator: PageClient
) -> None:
    claims = [make_claim(text, judged_by="gruppen") for text in ("Ett.", "Två.")]
    first = make_area("Bedrägerier", claims[0], rank=1)
    first.is_chosen, first.not_chosen_because = False, "Polisen arbetar med det nationellt."
    second = make_area("Mopeder", claims[1], rank=2)
    second.season = "somrarna"
    make_picture(
        session, municipality, "bild", [first, second], motive="Vi valde det vi kan påverka."
    )
    session.commit()
    page = coordinator.get("/soderhamn/lagesbild/bild")
    assert page.all_words("main li section h2") == ["2. Mopeder", "1. Bedrägerier"]
    assert "Inte valt den här gången. Polisen arbetar med det nationellt." in page.text
    assert "När det är värst: somrarna" in page.text
    assert "Vi valde det vi kan påverka." in page.words("section[aria-labelledby=motive]")


def test_an_area_is_left_out_with_a_reason_by_its_form(
    session: Session, municipality: Municipality, draft: ProblemPicture, coordinator: PageClient
) -> None:
    area = draft.areas[1].id
    session.commit()
    address = f"{DRAFT}/omraden/{area}"
    form = coordinator.get(address)
    sent = {k: v for k, v in form.fields().items() if k != "is_chosen"}
    again = coordinator.post(address, sent, status=422)
    assert "Skriv varför det inte är valt." in again.words(".govuk-error-summary")
    sent |= {"not_chosen_because": "Följs i en annan plan.", "season": "vår", "part": "other"}
    coordinator.post(address, sent, status=303)
    session.rollback()  # see what the pages have stored
    shown = get_picture(session, municipality, "utkast").areas[1]
    assert (shown.is_chosen, shown.not_chosen_because, shown.season) == (
        False,
        "Följs i en annan plan.",
        "vår",
    )
