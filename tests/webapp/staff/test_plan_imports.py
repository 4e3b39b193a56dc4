"""The pages that read a plan in: chosen or pasted, looked through, put right, made a draft."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan
from surveys.models.plan_import import PlanImport
from surveys.permissions import StaffRole
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.factories.plan_documents import N_ROWS, SKER, plan_docx, plan_text
from tests.page import Page, PageClient

HERE = "/soderhamn/handlaggning/handlingsplan/las-in"
SignIn = Callable[[User], PageClient]


@pytest.fixture
def staff(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality))


def send(
    staff: PageClient, status: int, content: bytes = b"", pasted: str = "", name: str = "plan.docx"
) -> Page:
    fields: dict[str, Any] = {
        "csrf_token": staff.get(HERE).fields().get("csrf_token", ""),
        "pasted": pasted,
    }
    if content or not pasted:
        fields["file"] = (io.BytesIO(content), name)
    return staff.post(HERE, fields, status, content_type="multipart/form-data")


@pytest.fixture
def review(staff: PageClient) -> str:
    """The address of a plan that was read and waits."""
    return str(send(staff, 303, plan_docx()).response.location)


def press(staff: PageClient, page: Page, action: str, status: int = 303, **more: str) -> Page:
    """Send the small form on ``page`` whose address ends with ``action``."""
    form = page.one(f'form[action$="{action}"]')
    fields = {str(f["name"]): str(f.get("value", "")) for f in form.select("input[name]")}
    return staff.post(str(form["action"]), fields | more, status)


def plans(session: Session) -> list[ActionPlan]:
    session.rollback()
    mine = select(ActionPlan).where(ActionPlan.municipality.has(slug="soderhamn"))
    return list(session.scalars(mine))


def test_a_document_is_read_looked_through_and_made_a_draft(
    staff: PageClient, review: str, session: Session
) -> None:
    page = staff.get(review)
    assert page.heading == "Lokal handlingsplan 2024 – 2025"
    assert "10 rader är inlästa: 8 aktiviteter i 3 områden." in page.text
    assert plans(session) == []
    made = press(staff, page, "/skapa")
    told = staff.get(str(made.response.location))
    assert told.heading == "Lokal handlingsplan 2024 – 2025"
    assert "Samråd om oro i ett område" in told.text
    [plan] = plans(session)
    assert (plan.published_at, len(plan.activities)) == (None, N_ROWS - 2)
    assert "Det har blivit en plan." in staff.get(review).text


def test_what_is_pasted_is_read_the_same_way(staff: PageClient) -> None:
    page = staff.get(str(send(staff, 303, pasted=plan_text()).response.location))
    assert "10 rader är inlästa: 8 aktiviteter i 3 områden." in page.text
    assert "Inläst från Inklistrad tabell" in page.text


def test_each_row_tells_how_it_is_read_and_what_is_doubtful(staff: PageClient, review: str) -> None:
    page = staff.get(review)
    assert "Läses som: Minst 4 gånger per år." in page.words("#rad-4")
    assert "Planen säger inget" in page.words("#rad-3")
    assert "Uppföljning saknas i planen. Luckan behålls." in page.words("#rad-3")
    mixed = page.words("#rad-7")
    assert f"”{SKER}” i Uppföljning" in mixed
    assert "U+0435" in mixed
    assert "Det ska troligen stå ”Sker”" in mixed
    assert "Liknar aktiviteten i rad 7" in page.words("#rad-10")
    assert "Samma aktivitet som rad 1" in page.words("#rad-9")
    assert "Påhittad" not in page.html


def test_the_proposed_spelling_is_taken_with_one_press(staff: PageClient, review: str) -> None:
    press(staff, staff.get(review), "/latinska")
    page = staff.get(review)
    assert "Sker i projektets styrgrupp" in page.words("#rad-7")
    assert SKER not in page.html


def test_alike_rows_become_one_or_stay_two(staff: PageClient, review: str) -> None:
    press(staff, staff.get(review), "/rader/10/samma")
    assert "7 aktiviteter i 3 områden" in staff.get(review).text
    press(staff, staff.get(review), "/rader/10/dela")
    page = staff.get(review)
    assert "8 aktiviteter i 3 områden" in page.text
    assert "Liknar" not in page.text


def test_a_row_is_left_out_and_taken_in_again(staff: PageClient, review: str) -> None:
    press(staff, staff.get(review), "/rader/8/bort")
    assert "9 rader är inlästa" in staff.get(review).text
    press(staff, staff.get(review), "/rader/8/med")
    assert "10 rader är inlästa" in staff.get(review).text


def test_a_row_s_cells_are_put_right_and_read_anew(staff: PageClient, review: str) -> None:
    form = staff.get(f"{review}/rader/5")
    changes = {"when": "3 ggr/år", "follow_up": "Genom dialog med berörda", "new_area": "Vägar"}
    staff.send(f"{review}/rader/5", form, 303, **changes)
    page = staff.get(review)
    assert "Läses som: 3 gånger per år." in page.words("#rad-5")
    assert "Kan inte läsas som en tid" in page.words("#rad-5")
    assert "Vägar" in page.all_words("h2")


def test_of_two_on_one_row_the_second_sees_the_first_and_loses_nothing(
    staff: PageClient, review: str
) -> None:
    address = f"{review}/rader/2"
    opened = staff.get(address)
    staff.send(address, opened, 303, who="Den första")
    refused = staff.send(address, opened, 409, who="Den andra", when="2 ggr/år")
    assert "Vem Du skrev: Den andra Nu sparat: Den första" in refused.text
    assert refused.fields()["who"] == "Den andra"
    staff.send(address, refused, 303)
    assert "Den andra" in staff.get(review).words("#rad-2")


def test_the_plan_s_head_and_areas_are_put_right(staff: PageClient, review: str) -> None:
    opened = staff.get(f"{review}/plan")
    staff.send(f"{review}/plan", opened, 303, title="Planen för Söderhamn")
    assert staff.get(review).heading == "Planen för Söderhamn"
    again = staff.send(f"{review}/plan", opened, 409, title="En annan titel")
    assert again.fields()["title"] == "En annan titel"
    area = staff.get(f"{review}/omraden/2")
    staff.send(f"{review}/omraden/2", area, 303, name="Trafiken", goals="Färre olyckor")
    assert "Trafiken" in staff.get(review).all_words("h2")


def test_nobody_confirms_rows_that_they_have_not_seen(staff: PageClient, review: str) -> None:
    seen = staff.get(review)
    press(staff, staff.get(review), "/rader/8/bort")
    refused = press(staff, seen, "/skapa", 409)
    assert "Någon annan har ändrat det" in refused.text


def test_what_is_missing_is_said_with_a_link_to_where_it_is_put_right(
    staff: PageClient, session: Session
) -> None:
    table = "Aktivitet\tNär\tVem\nSamråd\tVid behov\tSkolan\n\tVarje år\tPolisen"
    review = str(send(staff, 303, pasted=table).response.location)
    page = staff.get(review)
    decide = page.words("main .aside--warn")
    assert "Vi hittar ingen titel" in decide
    assert "Rad 2 : Aktiviteten saknas" in decide
    refused = press(staff, page, "/skapa", 422)
    assert "Något behöver bestämmas först" in refused.text
    assert plans(session) == []
    press(staff, page, "/utan-omrade", name="Skola")
    press(staff, staff.get(review), "/rader/2/bort")
    head = staff.get(f"{review}/plan")
    days = {"title": "Planen", "starts_on": "2024-01-01", "ends_on": "2024-12-31"}
    staff.send(f"{review}/plan", head, 303, **days)
    press(staff, staff.get(review), "/skapa")
    assert [plan.title for plan in plans(session)] == ["Planen"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.7 \xff\x00", "Filen är en PDF"),
        (b"PK\x03\x04\x00\xfe", "Filen är skadad"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00\xff", "äldre sorten"),
        (b"\x00" * 40, "Filen är tom"),
        (b"", "Filen är tom"),
        ("Ingen tabell här.".encode("cp1252"), "ingen tabell att läsa"),
    ],
)
def test_what_is_no_plan_is_said_on_the_field(
    staff: PageClient, session: Session, content: bytes, words: str
) -> None:
    page = send(staff, 422, content)
    assert words in page.words(".govuk-error-summary")
    session.rollback()
    mine = select(PlanImport).where(PlanImport.municipality.has(slug="soderhamn"))
    assert session.scalars(mine).all() == []


def test_a_pasted_text_that_is_no_table_is_still_there(staff: PageClient) -> None:
    page = send(staff, 422, pasted="Bara ord.")
    assert page.fields()["pasted"].strip() == "Bara ord."
    assert "Välj en fil eller klistra in" in staff.send(HERE, staff.get(HERE), 422).text


def test_a_word_document_with_pictures_is_let_in_though_it_is_large(staff: PageClient) -> None:
    """Six megabytes, more than any other form takes; that it is damaged is told in words."""
    token = staff.get(HERE).fields().get("csrf_token", "")
    part = 'Content-Disposition: form-data; name="{}"'
    body = (
        f"--x\r\n{part.format('csrf_token')}\r\n\r\n{token}\r\n--x\r\n{part.format('file')};"
        ' filename="stor.docx"\r\n\r\n'
    ).encode() + plan_docx() + bytes(6_000_000) + b"\r\n--x--\r\n"  # fmt: skip
    page = staff.post(HERE, body, 422, content_type="multipart/form-data; boundary=x")
    assert "Filen är skadad" in page.words(".govuk-error-summary")


def test_ten_thousand_rows_are_answered_and_not_kept(staff: PageClient) -> None:
    rows = "".join(f"Aktivitet {n}\tÅrligen\tBåda\n" for n in range(10_000))
    page = send(staff, 422, pasted=f"Aktivitet\tNär\tVem\n{rows}")
    assert "10000 aktiviteter" in page.words(".govuk-error-summary")


def test_what_waits_is_listed_and_thrown_away(staff: PageClient, review: str) -> None:
    page = staff.get(HERE)
    assert "Lokal handlingsplan 2024 – 2025" in page.text
    assert NOISE_TEXT not in page.text
    press(staff, staff.get(review), "/kasta")
    assert "Lokal handlingsplan" not in staff.get(HERE).text
    staff.get(review, 404)


def test_another_municipality_s_import_is_not_found(
    staff: PageClient, review: str, session: Session
) -> None:
    session.rollback()
    other = select(PlanImport.id).where(PlanImport.municipality.has(slug="hagfors"))
    for import_id in session.scalars(other):
        staff.get(f"{HERE}/{import_id}", 404)
    assert re.fullmatch(rf"{HERE}/\d+", review)


def test_only_those_who_write_plans_read_them_in(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    analyst = sign_in(make_account(session, municipality, StaffRole.ANALYST))
    analyst.get(HERE, 403)
    police = sign_in(make_account(session, municipality, StaffRole.POLICE))
    assert police.get(HERE).heading == "Läs in en plan"
