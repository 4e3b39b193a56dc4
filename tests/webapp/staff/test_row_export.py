"""The pseudonymised set: what a statistician gets, and what nobody gets with it."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.places import Precision
from surveys.models.access_record import AccessKind, AccessRecord
from surveys.models.account import User
from surveys.models.coding import Coding, CodingTheme
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.geography import Area, AreaKind, MarkArea
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import AgeBand, Gender, MarkedPlace, PlaceReason, Response, TimeOfDay
from surveys.models.theme import Polarity, Theme
from surveys.permissions import StaffRole
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import box, make_account, make_named_place
from tests.factories.noise import NOISE_TEXT
from tests.page import PageClient

SignIn = Callable[[User], PageClient]
ADDRESS = "/soderhamn/handlaggning/dialoger/oppen/rader"
FORMULA = '=HYPERLINK("http://ond.example","Läs mer")'


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


@pytest.fixture
def full(session: Session, municipality: Municipality, dialogue: Dialogue) -> Response:
    """An answer with something in every column."""
    park = make_named_place(session, municipality, "Stadsparken", kind=PlaceKind.PARK)
    area = Area(
        municipality_id=municipality.id,
        kind=AreaKind.REGSO,
        code="2182R001",
        name="Centrum",
        geometry=box(17.0, 61.2, 17.1, 61.4),
        source="SCB",
    )
    theme = Theme(municipality_id=municipality.id, code="LIGHT", name={"sv": "Belysning"})
    session.add_all([area, theme])
    mark = MarkedPlace(
        named_place_id=park.id,
        words="bakom dungen",
        masked_words="bakom dungen",
        mask_version=1,
        lat=61.30123,
        lon=17.05987,
        precision=Precision.EXACT,
        reasons=frozenset({PlaceReason.DARK, PlaceReason.DESERTED}),
        times=frozenset({TimeOfDay.EVENING}),
        kind=PlaceKind.PARK,
    )
    response = make_response(
        session,
        dialogue,
        {1: ("2", None), 2: ("ja", None), 3: (None, FORMULA)},
        [mark],
        channel=Channel.PAPER,
        age_band=AgeBand.FROM_65_TO_79,
        gender=Gender.WOMAN,
        area="Centrum",
        answered_on=date(2023, 7, 15),
        key_hash="k" * 64,
        receipt_hash="r" * 64,
        external_id="papper-0017",
    )
    answer = next(a for a in response.answers if a.text == FORMULA)
    answer.masked_text, answer.mask_version = FORMULA, 1
    session.flush()
    session.add(MarkArea(mark_id=mark.id, area_id=area.id))
    coding = Coding(
        municipality_id=municipality.id,
        dialogue_id=dialogue.id,
        response_id=response.id,
        coder_title="Analytiker",
        is_current=True,
        coded_on=date(2023, 7, 20),
        saw_suggestions=False,
    )
    coding.themes = [CodingTheme(theme=theme, polarity=Polarity.PROBLEM)]
    session.add(coding)
    session.flush()
    return response


@pytest.fixture
def analyst(sign_in: SignIn, session: Session, municipality: Municipality) -> PageClient:
    return sign_in(make_account(session, municipality, StaffRole.ANALYST))


def take_out(client: PageClient, **values: str) -> dict[str, str]:
    """The archive's files as texts."""
    page = client.get(ADDRESS)
    fields = page.fields("main form") | {"reason": "Årsrapport"} | values
    sent = client.post(ADDRESS, fields)
    assert sent.response.mimetype == "application/zip"
    assert sent.response.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(sent.response.get_data())) as archive:
        assert {(e.date_time[3:]) for e in archive.infolist()} == {(0, 0, 0)}, "no time of day"
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_a_row_holds_codes_week_and_themes(full: Response, analyst: PageClient) -> None:
    files = take_out(analyst)
    (row,) = rows(files["svar.csv"])
    assert {name: row[name] for name in row if name != "id"} == {
        "kanal": "paper",
        "sprak": "sv",
        "tillfalle": "",
        "vecka": "2023-W28",
        "alder": "65-79",
        "kon": "kvinna",
        "omrade": "Centrum",
        "trygg_kommun": "2",
        "trygg_kommun_skrev": "nej",
        "otrygga_platser": "ja",
        "otrygga_platser_skrev": "nej",
        "forslag_skrev": "ja",
        "kodad": "ja",
        "teman_problem": "LIGHT",
        "teman_onskemal": "",
        "antal_platser": "1",
    }
    (mark,) = rows(files["platser.csv"])
    assert mark.pop("svar_id") == row["id"]
    assert {name: value for name, value in mark.items() if value} == {
        "kansla": "unsafe",
        "plats": "Stadsparken",
        "regso_kod": "2182R001",
        "regso_namn": "Centrum",
        "platstyp": "park",
        "skal": "dark|deserted",
        "tid": "evening",
        "noggrannhet": "exact",
    }


def test_nothing_in_the_archive_leads_back_to_the_answer(
    full: Response, analyst: PageClient
) -> None:
    whole = "".join(take_out(analyst, has_texts="y").values())
    for secret in (
        full.id.hex,
        str(full.id),
        "k" * 64,
        "r" * 64,
        "papper-0017",
        "2023-07-15",
        "61.3",
        "61,3",
        "17.05",
        "17,05",
        full.content_hash,
        NOISE_TEXT,
    ):
        assert secret not in whole, secret


def test_texts_go_along_only_when_asked_for_and_only_masked(
    session: Session, dialogue: Dialogue, full: Response, analyst: PageClient
) -> None:
    raw = make_response(session, dialogue, {3: (None, "Ring 070-174 06 05")})
    raw.answers[0].masked_text, raw.answers[0].mask_version = "Ring [telefon]", 1
    unmasked = make_response(session, dialogue, {3: (None, "Inte maskad än")})
    unmasked.answers[0].masked_text, unmasked.answers[0].mask_version = None, 0
    session.commit()
    without = take_out(analyst)
    assert "HYPERLINK" not in "".join(without.values())
    assert "bakom dungen" not in "".join(without.values())

    files = take_out(analyst, has_texts="y")
    texts = {row["forslag_text"] for row in rows(files["svar.csv"])}
    assert texts == {f"'{FORMULA}", "Ring [telefon]", ""}, "and no cell is a formula"
    assert rows(files["platser.csv"])[0]["egna_ord"] == "bakom dungen"
    assert "070-174" not in "".join(files.values())
    assert "Inte maskad än" not in "".join(files.values())


def test_two_archives_cannot_be_laid_over_each_other(
    session: Session, dialogue: Dialogue, analyst: PageClient
) -> None:
    for number in range(40):
        make_response(session, dialogue, {1: ("5", None)}, area=f"Område {number:02}")
    session.commit()
    one, two = (rows(take_out(analyst)["svar.csv"]) for _ in range(2))
    assert not {row["id"] for row in one} & {row["id"] for row in two}
    assert [row["omrade"] for row in one] != [row["omrade"] for row in two]
    assert sorted(row["omrade"] for row in one) == sorted(row["omrade"] for row in two)


def test_withdrawn_and_left_out_answers_are_not_in_it(
    session: Session, dialogue: Dialogue, full: Response, analyst: PageClient
) -> None:
    make_response(session, dialogue, {1: ("1", None)}, is_counted=False)
    make_response(
        session, dialogue, {1: ("1", None)}, is_counted=False, withdrawn_on=date(2023, 7, 20)
    )
    session.commit()
    assert len(rows(take_out(analyst)["svar.csv"])) == 1


def test_someone_s_home_has_no_name_in_it(
    session: Session, municipality: Municipality, dialogue: Dialogue, analyst: PageClient
) -> None:
    home = make_named_place(session, municipality, "Trapphus 4", kind=PlaceKind.HOUSING)
    mark = MarkedPlace(named_place_id=home.id, precision=Precision.PLACE, kind=PlaceKind.HOME)
    make_response(session, dialogue, {2: ("ja", None)}, [mark])
    session.commit()
    (row,) = rows(take_out(analyst)["platser.csv"])
    assert (row["plats"], row["platstyp"]) == ("", "home")


def test_the_codebook_explains_every_column_and_every_code_in_it(
    full: Response, analyst: PageClient
) -> None:
    files = take_out(analyst, has_texts="y")
    book = rows(files["kodbok.csv"])
    explained = {(line["variabel"], line["kod"]) for line in book}
    named = {variable for variable, _ in explained}
    for name in ("svar.csv", "platser.csv"):
        for row in rows(files[name]):
            for column, value in row.items():
                assert column in named, column
                if (column, "") not in explained and value:
                    for code in value.split("|"):
                        assert (column, code) in explained, (column, code)
    meanings = {(line["variabel"], line["kod"]): line["betydelse"] for line in book}
    assert meanings["trygg_kommun", "2"] == "Ganska otrygg"
    assert meanings["teman_problem", "LIGHT"] == "Belysning."
    assert "Känner du dig trygg i Söderhamns kommun?" in files["kodbok.csv"]
    assert "Viktning" not in files["metod.csv"]
    assert "Hur de svarande kom att bli tillfrågade" in files["metod.csv"]


def test_each_archive_is_logged_with_its_reason(
    session: Session, municipality: Municipality, full: Response, analyst: PageClient
) -> None:
    take_out(analyst, reason="Till nämndens årsrapport")
    session.rollback()
    (record,) = session.scalars(
        select(AccessRecord).where(AccessRecord.municipality_id == municipality.id)
    )
    assert (record.kind, record.reason, record.dialogue_id) == (
        AccessKind.ROWS_EXPORTED,
        "Till nämndens årsrapport",
        full.dialogue_id,
    )


def test_without_a_reason_nothing_leaves_and_nothing_is_logged(
    session: Session, municipality: Municipality, full: Response, analyst: PageClient
) -> None:
    page = analyst.get(ADDRESS)
    again = analyst.post(ADDRESS, page.fields("main form") | {"reason": " "}, status=422)
    assert "Skriv vad svaren ska användas till." in again.words(".govuk-error-summary")
    mine = AccessRecord.municipality_id == municipality.id
    assert session.scalars(select(AccessRecord).where(mine)).all() == []


@pytest.mark.parametrize("role", [StaffRole.POLICE, StaffRole.ADMINISTRATOR])
def test_those_without_the_right_to_rows_get_none(
    session: Session, municipality: Municipality, full: Response, sign_in: SignIn, role: StaffRole
) -> None:
    client = sign_in(make_account(session, municipality, role))
    client.get(ADDRESS, status=403)


def test_with_no_answers_there_is_nothing_to_press(dialogue: Dialogue, analyst: PageClient) -> None:
    page = analyst.get(ADDRESS)
    assert "Det finns inga svar att ta ut." in page.text
    assert not page.soup.select("main form")
