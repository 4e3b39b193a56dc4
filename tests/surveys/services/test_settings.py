"""What a municipality says of itself, and a dialogue's settings before and after it opens."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.settings import ContactDraft, DialogueDraft, NoticeDraft, StatementDraft
from surveys.errors import ColorRefused, InvalidInput, NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.notice import Conformance, PrivacyNotice
from surveys.queries.dialogues.dialogues import get_own_dialogue
from surveys.queries.municipalities.notices import get_accessibility_statement, get_privacy_notice
from surveys.services.dialogues.dialogues import save_dialogue
from surveys.services.municipalities.settings import (
    save_accessibility_statement,
    save_brand,
    save_contacts,
    save_privacy_notice,
)
from surveys.theme.contrast import contrast
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_municipality

NOW = datetime(2023, 8, 1, 10, 0, tzinfo=UTC)
BEFORE = datetime(2023, 5, 1, 10, 0, tzinfo=UTC)
OPENS = datetime(2023, 6, 1, 5, 0, tzinfo=UTC)  # 7 o'clock in Sweden
CLOSES = datetime(2023, 9, 1, 21, 59, tzinfo=UTC)
AFTER = datetime(2023, 10, 1, 10, 0, tzinfo=UTC)
STATEMENT = StatementDraft(Conformance.PARTIAL, "Självskattning", date(2023, 7, 1))


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(
        session, municipality, slug="sommar", title="Sommar", opens_at=OPENS, closes_at=CLOSES
    )


DRAFT = DialogueDraft(
    title="Sommar",
    opens_on=date(2023, 6, 1),
    closes_on=date(2023, 9, 1),
    asks_age_band=True,
    asks_gender=True,
    asks_area=True,
    asks_safe_places=False,
    pin_cell_m=50,
)


def refused(error: pytest.ExceptionInfo[InvalidInput]) -> tuple[str, str | None]:
    return error.value.code, error.value.field


def test_a_colour_is_kept_in_one_form(session: Session, municipality: Municipality) -> None:
    save_brand(session, municipality, " 5B2A86 ")
    assert municipality.brand_color == "#5b2a86"


@pytest.mark.parametrize("text", [None, "", "#17535A"])
def test_the_product_s_own_colour_is_no_colour_of_ones_own(
    session: Session, municipality: Municipality, text: str | None
) -> None:
    save_brand(session, municipality, "#5b2a86")
    save_brand(session, municipality, text)
    assert municipality.brand_color is None


def test_a_colour_that_cannot_be_read_is_refused_with_the_nearest_that_can(
    session: Session, municipality: Municipality
) -> None:
    with pytest.raises(ColorRefused) as error:
        save_brand(session, municipality, "#ffcc00")
    assert municipality.brand_color is None
    assert error.value.ratio < error.value.least == 4.5
    assert contrast(error.value.suggestion, "#ffffff") > 4.5
    save_brand(session, municipality, error.value.suggestion)
    assert municipality.brand_color == error.value.suggestion


@pytest.mark.parametrize("text", ["grön", "#12345", "red;}", "#17535a#"])
def test_what_is_no_colour_is_refused(
    session: Session, municipality: Municipality, text: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        save_brand(session, municipality, text)
    assert refused(error) == ("not_a_color", "color")


def test_contacts_may_be_left_empty(session: Session, municipality: Municipality) -> None:
    save_contacts(session, municipality, ContactDraft(" Samordnaren ", None, "a@kommun.example"))
    assert municipality.municipal_contact == "Samordnaren"
    assert municipality.police_contact is None
    assert municipality.contact_email == "a@kommun.example"


@pytest.mark.parametrize(
    "address", ["trygghet", "@kommun.example", "a@b", "a b@c.example", "a@b@c.d"]
)
def test_an_address_that_is_none_is_refused(
    session: Session, municipality: Municipality, address: str
) -> None:
    with pytest.raises(InvalidInput) as error:
        save_contacts(session, municipality, ContactDraft(None, None, address))
    assert refused(error) == ("not_an_address", "email")


def test_a_municipality_has_one_notice(session: Session, municipality: Municipality) -> None:
    assert get_privacy_notice(session, municipality) is None
    save_privacy_notice(session, municipality, NoticeDraft("Nämnden", retention="Två år"))
    save_privacy_notice(session, municipality, NoticeDraft("Kommunstyrelsen"))
    found = get_privacy_notice(session, municipality)
    assert found is not None
    assert (found.controllers, found.retention) == ("Kommunstyrelsen", None)
    count = select(func.count()).where(PrivacyNotice.municipality_id == municipality.id)
    assert session.scalar(count) == 1


def test_a_notice_says_who_is_responsible(session: Session, municipality: Municipality) -> None:
    with pytest.raises(InvalidInput) as error:
        save_privacy_notice(session, municipality, NoticeDraft("  "))
    assert refused(error) == ("required", "controllers")


def test_a_statement_is_dated_the_day_it_is_written(
    session: Session, municipality: Municipality
) -> None:
    assert get_accessibility_statement(session, municipality) is None
    save_accessibility_statement(session, municipality, STATEMENT, now=NOW)
    found = get_accessibility_statement(session, municipality)
    assert found is not None
    assert (found.assessed_on, found.updated_on) == (date(2023, 7, 1), date(2023, 8, 1))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"assessed_on": date(2023, 8, 2)}, ("in_future", "assessed_on")),
        ({"assessed_on": date(23, 8, 1)}, ("day_unlikely", "assessed_on")),
        ({"method": ""}, ("required", "method")),
        (
            {"conformance": Conformance.FULL, "shortcomings": "Filmer utan text."},
            ("full_with_shortcomings", "conformance"),
        ),
        ({"contact_email": "ingen"}, ("not_an_address", "contact_email")),
    ],
)
def test_a_statement_that_does_not_hold_together_is_refused(
    session: Session, municipality: Municipality, change: dict[str, object], refusal: object
) -> None:
    draft = replace(STATEMENT, **change)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as error:
        save_accessibility_statement(session, municipality, draft, now=NOW)
    assert refused(error) == refusal


def test_everything_may_change_before_a_dialogue_opens(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    draft = DialogueDraft(
        title="Höst",
        opens_on=date(2023, 11, 2),
        closes_on=date(2023, 12, 3),
        asks_age_band=False,
        asks_gender=False,
        asks_area=False,
        asks_safe_places=True,
        pin_cell_m=250,
    )
    save_dialogue(session, municipality, "sommar", draft, now=BEFORE)
    assert dialogue.title == "Höst"
    assert (dialogue.asks_safe_places, dialogue.asks_gender, dialogue.pin_cell_m) == (
        True,
        False,
        250,
    )
    # The clock stays Swedish over the change to winter time.
    assert dialogue.opens_at == datetime(2023, 11, 2, 6, 0, tzinfo=UTC)
    assert dialogue.closes_at == datetime(2023, 12, 3, 22, 59, tzinfo=UTC)
    assert swedish_day(dialogue.closes_at) == date(2023, 12, 3)


def test_an_open_dialogue_may_run_longer_and_keep_pins_more_coarsely(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    draft = replace(DRAFT, closes_on=date(2023, 9, 20), pin_cell_m=100)
    save_dialogue(session, municipality, "sommar", draft, now=NOW)
    assert swedish_day(dialogue.closes_at) == date(2023, 9, 20)
    assert dialogue.pin_cell_m == 100


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"title": "Annat"}, ("fixed_since_opening", "title")),
        ({"opens_on": date(2023, 8, 15)}, ("fixed_since_opening", "opens_on")),
        ({"asks_safe_places": True}, ("fixed_since_opening", "asks_safe_places")),
        ({"asks_age_band": False}, ("fixed_since_opening", "asks_age_band")),
        ({"closes_on": date(2023, 7, 31)}, ("closes_in_past", "closes_on")),
        ({"pin_cell_m": 10}, ("pin_cell_unknown", "pin_cell_m")),
    ],
)
def test_what_somebody_has_been_asked_stands(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    change: dict[str, object],
    refusal: object,
) -> None:
    draft = replace(DRAFT, **change)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as error:
        save_dialogue(session, municipality, "sommar", draft, now=NOW)
    assert refused(error) == refusal


def test_pins_are_never_kept_more_exactly_than_people_were_told(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    dialogue.pin_cell_m = 250
    session.flush()
    with pytest.raises(InvalidInput) as error:
        save_dialogue(session, municipality, "sommar", DRAFT, now=NOW)
    assert refused(error) == ("pin_cell_finer", "pin_cell_m")


def test_a_dialogue_cannot_be_moved_into_the_past(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    draft = replace(DRAFT, opens_on=date(2023, 4, 30))
    with pytest.raises(InvalidInput) as error:
        save_dialogue(session, municipality, "sommar", draft, now=BEFORE)
    assert refused(error) == ("opens_in_past", "opens_on")


def test_a_closed_dialogue_stands(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    with pytest.raises(InvalidInput) as error:
        save_dialogue(session, municipality, "sommar", DRAFT, now=AFTER)
    assert refused(error) == ("dialogue_closed", None)


def test_a_joint_dialogue_is_changed_by_its_owner_only(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    other = make_municipality(session, "ljusdal", code="2161", name="Ljusdal")
    dialogue.municipalities.append(other)
    session.flush()
    with pytest.raises(NotFound):
        save_dialogue(session, other, "sommar", DRAFT, now=BEFORE)
    with pytest.raises(NotFound):
        get_own_dialogue(session, other, "sommar")
    assert get_own_dialogue(session, municipality, "sommar") is dialogue
