"""Freezing figures and reporting sources, from the pages."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from surveys.queries.evidence.evidence import get_evidence, list_evidence
from surveys.services.dialogues.counts import count_response
from tests.factories.answers import give
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import make_run
from tests.factories.municipalities import make_account
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import make_evidence
from tests.page import Page, PageClient

SignIn = Callable[[User], PageClient]
LIST = "/soderhamn/handlaggning/underlag/"
FREEZE = "/soderhamn/handlaggning/dialoger/oppen/underlag"
SOURCE = {
    "title": "Folkhälsoenkäten",
    "statement": "Var femte avstår från att gå ut.",
    "source": "Regionen",
    "period": "2022",
    "n": "",
    "dated_on": "2023-03-01",
}


@pytest.fixture
def analyst(session: Session, municipality: Municipality, sign_in: SignIn) -> PageClient:
    return sign_in(make_account(session, municipality, StaffRole.ANALYST))


def answers(session: Session, dialogue: Dialogue, *values: str) -> None:
    for value in values:
        response = make_response(
            session, dialogue, {1: (value, None), 2: ("ja", None), 3: (None, "Lampor")}
        )
        count_response(session, response)


def press(client: PageClient, figure: str, status: int = 303) -> Page:
    csrf = client.get(LIST).one("input[name=csrf_token]")["value"]
    return client.post(FREEZE, {"csrf_token": csrf, "figure": figure}, status=status)


def statements(session: Session, municipality: Municipality) -> list[str]:
    session.rollback()  # see what the pages have stored
    return [use.evidence.statement for use in list_evidence(session, municipality)]


def test_a_figure_is_frozen_in_words_with_n_and_interval(
    session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    dialogue = make_dialogue(session, municipality)
    answers(session, dialogue, *("5" * 10), *("4" * 10), *("2" * 15), *("1" * 5), "vet_ej")
    session.commit()

    back = analyst.get(str(press(analyst, "q1").response.headers["Location"]))
    assert "Sparat som underlag: Fråga 1" in back.text

    page = analyst.get(LIST)
    assert page.words("main h2") == "Fråga 1: Känner du dig trygg i Söderhamns kommun?"
    text = page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert (
        "Av 40 som svarade på skalan känner sig 50 % (35–65) mycket eller ganska trygga och"
        " 50 % (35–65) ganska eller mycket otrygga." in text
    )
    assert "Självvalt urval, gäller de svarande." in text
    assert "Frågan löd: ”Känner du dig trygg i Söderhamns kommun?” Svar: på webben 41." in text
    assert "Söderhamns kommun och polisen" in text
    assert "15 juli 2023" in text
    assert "1 augusti 2023, Analyst" in text
    assert NOISE_TEXT not in text


def test_small_groups_are_frozen_as_counts(
    session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    answers(session, make_dialogue(session, municipality), *("5" * 9), *("1" * 9))
    session.commit()
    press(analyst, "q1")
    (statement,) = statements(session, municipality)
    plain = statement.replace("\N{NO-BREAK SPACE}", " ")
    assert "känner sig 9 av 18 mycket eller ganska trygga" in plain
    assert "och 9 av 18 ganska eller mycket otrygga." in plain
    assert "%" not in statement


def test_places_and_texts_can_be_frozen_too(
    session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    answers(session, make_dialogue(session, municipality), *("5" * 20))
    session.commit()
    press(analyst, "q2")
    press(analyst, "q3")
    found = [s.replace("\N{NO-BREAK SPACE}", " ") for s in statements(session, municipality)]
    assert "20 av 20 skrev något med egna ord." in found
    assert any(
        s.startswith("Av 20 som svarade sa 20 av 20 ja och färre än 5 av 20 nej.") for s in found
    )


def test_a_series_of_fewer_than_five_gives_no_shares(
    session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    answers(session, make_dialogue(session, municipality), *("5" * 20), "ja", "nej", "nej")
    session.commit()
    press(analyst, "q1")
    (statement,) = statements(session, municipality)
    assert statement.endswith("otrygga.")  # nothing of the three who answered yes or no


def test_freezing_twice_keeps_one_and_later_answers_change_nothing(
    session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    dialogue = make_dialogue(session, municipality)
    answers(session, dialogue, *("5" * 20))
    session.commit()
    press(analyst, "q1")
    press(analyst, "q1")
    before = statements(session, municipality)
    assert len(before) == 1
    answers(session, dialogue, "1", "1")
    session.commit()
    assert statements(session, municipality) == before


def test_too_few_answers_are_not_saved_and_the_page_says_why(
    session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    answers(session, make_dialogue(session, municipality), "1", "2")
    session.commit()
    back = analyst.get(str(press(analyst, "q1").response.headers["Location"]))
    assert "Färre än fem svarade." in back.text
    assert statements(session, municipality) == []


@pytest.mark.parametrize("figure", ["", "q9", "hotspot-1", "hotspot-x", "<script>", "q1" * 900])
def test_a_figure_that_is_not_there_gets_a_page_that_says_so(
    session: Session, municipality: Municipality, analyst: PageClient, figure: str
) -> None:
    make_dialogue(session, municipality)
    session.commit()
    assert press(analyst, figure, status=404).heading == "Det finns ingen sådan sida"


def test_a_source_is_reported_with_unknown_n(
    session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    form = analyst.get(LIST + "ny-kalla")
    made = analyst.send(LIST + "ny-kalla", form, status=303, **SOURCE)
    page = analyst.get(str(made.response.headers["Location"]))
    assert page.words("main h2") == "Folkhälsoenkäten"
    facts = page.all_words("main dl > div")
    assert "Antal (n) okänt" in facts
    assert "Metod inte angivet" in facts
    assert "Daterad 1 mars 2023" in facts
    assert "Används inte än." in page.text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Skriv vad källan är."),
        ({"statement": ""}, "Skriv vad källan säger, med dess siffror."),
        ({"n": "många"}, "Skriv ett helt tal"),
        ({"n": "-3"}, "Skriv ett helt tal"),
        ({"n": "99999999999"}, "Talet är för stort."),
        ({"dated_on": "igår"}, "Skriv dagen som år-månad-dag"),
        ({"dated_on": "2023-08-02"}, "Dagen har inte varit än."),
        ({"source": "x" * 400}, "Texten är 400 tecken. Korta den med 100 tecken."),
    ],
)
def test_a_source_that_cannot_be_stored_is_asked_about_and_kept(
    session: Session,
    municipality: Municipality,
    analyst: PageClient,
    changes: dict[str, str],
    message: str,
) -> None:
    form = analyst.get(LIST + "ny-kalla")
    page = analyst.send(LIST + "ny-kalla", form, status=422, **(SOURCE | changes))
    assert message in page.words(".govuk-error-summary")
    assert page.fields()["period"] == "2022"
    assert statements(session, municipality) == []


def test_the_administrator_sees_no_evidence(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    make_evidence(session, municipality)
    client = sign_in(make_account(session, municipality, StaffRole.ADMINISTRATOR))
    client.get(LIST, status=403)
    client.get(LIST + "ny-kalla", status=403)


def test_what_is_withheld_beside_a_small_number_is_not_said_to_be_small(
    session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    dialogue = make_dialogue(session, municipality)
    for channel, times in ((Channel.WEB, 40), (Channel.PAPER, 12), (Channel.MEETING, 3)):
        give(session, dialogue, times, q1="4", channel=channel)
    session.commit()
    press(analyst, "q1")
    session.rollback()
    (use,) = list_evidence(session, municipality)
    assert "på webben 40, på papper visas inte, på ett möte visas inte." in use.evidence.method
    assert "färre än" not in use.evidence.method


def test_a_finding_of_nearly_everybody_says_at_least_and_keeps_only_what_is_shown(
    session: Session, municipality: Municipality, analyst: PageClient
) -> None:
    dialogue = make_dialogue(session, municipality)
    run = make_run(session, dialogue)
    run.settings = run.settings | {"n_persons": 40, "n_persons_of_all": 40}
    run.hotspots[0].n_respondents, run.hotspots[0].n_marks = 35, 35
    run.hotspots[0].is_at_least = True
    session.commit()
    press(analyst, "hotspot-1")
    [use] = list_evidence(session, municipality)
    assert "Minst 35 personer märkte ut platser" in use.evidence.statement
    kept = get_evidence(session, municipality, use.evidence.id).figures["settings"]
    assert not {"n_persons", "n_persons_of_all", "fingerprint", "n_words_only"} & kept.keys()
    assert kept["cell_m"] == 250.0
    session.rollback()
    page = analyst.get(f"{LIST}{use.evidence.id}")
    assert "minst 35" in page.words("main")
