"""Suggested themes: learnt from codings, stored by a job, gone with the answer."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.themes import ThemeDraft
from surveys.errors import NotFound
from surveys.models.coding import Coding, CodingTheme, SuggestionRun, ThemeSuggestion
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.hotspot import RunState
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.models.theme import Theme
from surveys.services.dialogues.counting import settle_counting
from surveys.services.dialogues.destruction import destroy_content
from surveys.services.texts.codebook import create_theme, retire_theme
from surveys.services.texts.codebook_moves import merge_themes
from surveys.services.texts.suggestion_requests import (
    request_stale_suggestions,
    request_suggestions,
)
from surveys.services.texts.suggestions import suggest_now
from tests.factories.coding import make_codebook, make_coding
from tests.factories.dialogues import make_dialogue, make_response

NOW = datetime(2023, 8, 1, 10, 0, tzinfo=UTC)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    make_codebook(session, municipality)
    return make_dialogue(session, municipality)


def run(session: Session, municipality: Municipality, dialogue: Dialogue) -> SuggestionRun:
    asked = request_suggestions(session, municipality, dialogue, now=NOW)
    return suggest_now(session, municipality, asked.id, now=NOW)


def suggested(session: Session, response: Response) -> dict[str, ThemeSuggestion]:
    statement = (
        select(Theme.code, ThemeSuggestion)
        .join(ThemeSuggestion, ThemeSuggestion.theme_id == Theme.id)
        .where(ThemeSuggestion.response_id == response.id)
        .order_by(ThemeSuggestion.rank)
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def test_each_answer_with_words_gets_suggestions_with_the_words_behind_them(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    dark = make_response(session, dialogue, {2: ("ja", "Mörkt i parken, ring 0701234567")})
    silent = make_response(session, dialogue, {1: ("4", None)})
    left_out = make_response(session, dialogue, {2: ("ja", "Mörkt")}, is_counted=False)
    done = run(session, municipality, dialogue)
    assert (done.state, done.n_responses) == (RunState.DONE, 1)
    found = suggested(session, dark)
    assert next(iter(found)) == "lighting_environment"
    assert found["lighting_environment"].is_likely
    assert "Mörkt" in found["lighting_environment"].why
    assert not any("0701234567" in word for s in found.values() for word in s.why)
    assert not suggested(session, silent)
    assert not suggested(session, left_out)


def test_a_municipality_s_own_code_is_learnt_from_its_codings(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    draft = ThemeDraft("Fiskmåsar")
    own = create_theme(session, municipality, draft, by="Samordnare", now=NOW)
    for number in range(12):
        taught = make_response(
            session, dialogue, {2: ("ja", f"fiskmåsar skriker vid kaj {number}")}
        )
        make_coding(session, taught, own)
    asked = make_response(session, dialogue, {2: ("ja", "Alla fiskmåsar på kajen!")})
    done = run(session, municipality, dialogue)
    assert done.n_trained == 12
    found = suggested(session, asked)
    assert next(iter(found)) == own.code
    assert "fiskmåsar" in found[own.code].why


def test_suggestions_follow_the_codebook(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    themes = make_codebook(session, municipality)
    merge_themes(session, municipality, themes["drugs"].id, themes["alcohol"].id, by="S", now=NOW)
    retire_theme(session, municipality, themes["traffic"].id, by="S", now=NOW)
    response = make_response(
        session, dialogue, {2: ("ja", "Knarklangare i parken"), 3: (None, "sänk hastigheten")}
    )
    run(session, municipality, dialogue)
    found = suggested(session, response)
    assert "alcohol" in found
    assert not {"drugs", "traffic"} & found.keys()


def test_a_new_round_takes_the_place_of_the_old_and_twice_is_once(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    response = make_response(session, dialogue, {2: ("ja", "Mörkt")})
    first = run(session, municipality, dialogue)
    before = suggested(session, response).keys()
    suggest_now(session, municipality, first.id, now=NOW)
    second = run(session, municipality, dialogue)
    assert second.id != first.id
    found = suggested(session, response)
    assert found.keys() == before
    assert {suggestion.run_id for suggestion in found.values()} == {second.id}


def test_what_is_withdrawn_or_emptied_keeps_no_suggestion(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    themes = make_codebook(session, municipality)
    gone, old = (make_response(session, dialogue, {2: ("ja", "Mörkt")}) for _ in range(2))
    for response in (gone, old):
        make_coding(session, response, themes["lighting_environment"])
    run(session, municipality, dialogue)
    gone.withdrawn_on = NOW.date()
    settle_counting(session, gone, now=NOW)
    assert not suggested(session, gone)
    assert suggested(session, old)
    destroy_content(session, municipality, decision="KS 1", before=NOW.date() + timedelta(days=1))
    assert not suggested(session, old)
    left = select(CodingTheme.coding_id).join(Coding).where(Coding.dialogue_id == dialogue.id)
    codings = session.scalars(select(Coding.response_id).where(Coding.id.in_(left))).all()
    assert codings == [old.id], "the coding of an old answer stays, a withdrawn one's goes"


def test_how_well_the_machine_does_is_told_by_language_and_channel(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    themes = make_codebook(session, municipality)
    texts = {"lighting_environment": "Mörkt i tunneln {}", "alcohol": "Fulla vid krogen {}"}
    for number in range(40):
        code = list(texts)[number % 2]
        response = make_response(
            session,
            dialogue,
            {2: ("ja", texts[code].format(number))},
            language="sv" if number % 4 else "fi",
            channel=Channel.WEB if number % 5 else Channel.PAPER,
        )
        make_coding(session, response, themes[code])
    measures = run(session, municipality, dialogue).measures
    groups = measures["groups"]
    assert groups["all"][0] == 40
    assert groups["language:sv"][0] + groups["language:fi"][0] == 40
    assert groups["channel:web"][0] + groups["channel:paper"][0] == 40
    _n, hits, only_machine, only_people = groups["all"]
    assert hits > 30
    assert hits + only_people == 40
    assert only_machine < 20


def test_the_sweep_asks_where_answers_or_codings_have_come(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    for old in session.scalars(select(SuggestionRun)):
        old.measures = {"n_counted": 1}
        old.n_trained, old.computed_at = 1, NOW
    make_response(session, dialogue, {2: ("ja", "Mörkt")})
    assert not request_stale_suggestions(session, now=NOW), "nobody codes this dialogue"
    run(session, municipality, dialogue)
    assert not request_stale_suggestions(session, now=NOW + timedelta(hours=2))
    make_response(session, dialogue, {2: ("ja", "Ljust")})
    assert not request_stale_suggestions(session, now=NOW + timedelta(minutes=30))
    asked = request_stale_suggestions(session, now=NOW + timedelta(hours=2))
    assert [municipality_id for municipality_id, _run in asked] == [municipality.id]
    assert request_stale_suggestions(session, now=NOW + timedelta(hours=2)) == asked


def test_another_municipality_s_round_is_not_found(
    session: Session, municipality: Municipality
) -> None:
    foreign = session.scalars(select(SuggestionRun.id).limit(1)).one()
    with pytest.raises(NotFound):
        suggest_now(session, municipality, foreign, now=NOW)
