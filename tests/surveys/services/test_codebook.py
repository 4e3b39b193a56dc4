"""The codebook: what it begins with, its rules, and its history."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.drafts.themes import SplitDraft, ThemeDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.coding import CodingTheme
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.theme import Polarity, Theme, ThemeChangeKind
from surveys.queries.texts.themes import list_changes, list_codebook, list_themes
from surveys.services.texts.codebook import (
    create_theme,
    edit_theme,
    ensure_codebook,
    latest_change,
    restore_theme,
    retire_theme,
)
from surveys.services.texts.codebook_moves import merge_themes, split_theme
from surveys.text.codebook import standard_codebook
from surveys.text.themes_examples import CODES
from tests.factories.coding import make_codebook, make_coding
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.pictures import make_evidence

NOW = datetime(2023, 8, 1, 10, 17, tzinfo=UTC)
BY = "Trygghetssamordnare"


def codes_of(session: Session, response_id: object) -> set[tuple[str, str]]:
    statement = (
        select(Theme.code, CodingTheme.polarity)
        .join(Theme, Theme.id == CodingTheme.theme_id)
        .where(CodingTheme.coding.has(response_id=response_id))
    )
    return {(code, polarity.value) for code, polarity in session.execute(statement)}


def draft(name: str, **values: object) -> ThemeDraft:
    return ThemeDraft(name, **values)  # type: ignore[arg-type]


def test_a_municipality_begins_with_exactly_the_seventeen_codes(
    session: Session, municipality: Municipality
) -> None:
    ensure_codebook(session, municipality, now=NOW)
    ensure_codebook(session, municipality, now=NOW)
    themes = list_themes(session, municipality)
    assert [theme.code for theme in themes] == list(CODES)
    assert [theme.code for theme in themes if theme.is_exclusive] == ["none"]
    assert [theme.title() for theme in themes[:2]] == ["Ungdomskriminalitet", "Narkotika"]
    history = list_changes(session, municipality)
    assert {change.kind for change in history} == {ThemeChangeKind.CREATED}
    assert len(history) == len(CODES) == len(standard_codebook())


def test_a_new_theme_gets_a_code_of_its_own_and_stands_last(
    session: Session, municipality: Municipality
) -> None:
    make_codebook(session, municipality)
    first = create_theme(session, municipality, draft("Skräp & klotter"), by=BY, now=NOW)
    assert first.code == "skrap_klotter"
    retire_theme(session, municipality, first.id, by=BY, now=NOW)
    again = create_theme(session, municipality, draft("Skräp, klotter"), by=BY, now=NOW)
    assert again.code == "skrap_klotter_2"
    assert list_themes(session, municipality)[-1] is again


def test_two_themes_in_use_never_have_the_same_name(
    session: Session, municipality: Municipality
) -> None:
    themes = make_codebook(session, municipality)
    with pytest.raises(InvalidInput, match="theme_twice"):
        create_theme(session, municipality, draft("narkotika"), by=BY, now=NOW)
    retire_theme(session, municipality, themes["drugs"].id, by=BY, now=NOW)
    create_theme(session, municipality, draft("Narkotika"), by=BY, now=NOW)
    with pytest.raises(InvalidInput, match="theme_twice"):
        restore_theme(session, municipality, themes["drugs"].id, by=BY, now=NOW)


def test_an_edit_keeps_the_code_and_what_stood_there_before(
    session: Session, municipality: Municipality
) -> None:
    themes = make_codebook(session, municipality)
    traffic = themes["traffic"]
    seen = latest_change(session, traffic)
    edit_theme(
        session, municipality, traffic.id, draft("Trafikmiljö", revision=seen), by=BY, now=NOW
    )
    assert (traffic.code, traffic.title()) == ("traffic", "Trafikmiljö")
    change = list_changes(session, municipality, traffic.id)[0]
    assert (change.kind, change.by) == (ThemeChangeKind.EDITED, BY)
    assert (change.before["name"], change.after["name"]) == ("Trafik", "Trafikmiljö")
    assert change.at.minute == 0
    with pytest.raises(Conflict):
        edit_theme(
            session, municipality, traffic.id, draft("Fordon", revision=seen), by=BY, now=NOW
        )


def test_an_edit_that_changes_nothing_leaves_no_line(
    session: Session, municipality: Municipality
) -> None:
    theme = create_theme(session, municipality, draft("Hundar"), by=BY, now=NOW)
    seen = latest_change(session, theme)
    edit_theme(session, municipality, theme.id, draft("Hundar", revision=seen), by=BY, now=NOW)
    assert latest_change(session, theme) == seen


def test_a_broader_theme_never_lies_under_itself(
    session: Session, municipality: Municipality
) -> None:
    top = create_theme(session, municipality, draft("Fordon"), by=BY, now=NOW)
    middle = create_theme(
        session, municipality, draft("Mopeder", parent_code=top.code), by=BY, now=NOW
    )
    low = create_theme(session, municipality, draft("EPA", parent_code=middle.code), by=BY, now=NOW)
    for parent in (top, low):
        seen = latest_change(session, top)
        circle = draft("Fordon", parent_code=parent.code, revision=seen)
        with pytest.raises(InvalidInput, match="theme_circle"):
            edit_theme(session, municipality, top.id, circle, by=BY, now=NOW)


def test_the_code_for_no_theme_stays(session: Session, municipality: Municipality) -> None:
    themes = make_codebook(session, municipality)
    none, other = themes["none"], themes["other"]
    with pytest.raises(InvalidInput, match="theme_exclusive"):
        retire_theme(session, municipality, none.id, by=BY, now=NOW)
    for pair in ((none.id, other.id), (other.id, none.id)):
        with pytest.raises(InvalidInput, match="theme_exclusive"):
            merge_themes(session, municipality, *pair, by=BY, now=NOW)


def test_merging_lets_two_codes_on_one_answer_become_one(
    session: Session, municipality: Municipality
) -> None:
    themes = make_codebook(session, municipality)
    drugs, alcohol, traffic = (themes[code] for code in ("drugs", "alcohol", "traffic"))
    dialogue = make_dialogue(session, municipality)
    both, one, axes, neither = (make_response(session, dialogue) for _ in range(4))
    make_coding(session, both, drugs, alcohol)
    make_coding(session, one, drugs, traffic)
    make_coding(session, axes, (drugs, Polarity.WISH), (alcohol, Polarity.PROBLEM))
    make_coding(session, neither, traffic)
    evidence = make_evidence(session, municipality, "Fyra nämner narkotika")
    frozen = evidence.content_hash
    moved = merge_themes(session, municipality, drugs.id, alcohol.id, by=BY, now=NOW)
    assert moved == 3
    assert codes_of(session, both.id) == {("alcohol", "problem")}
    assert codes_of(session, one.id) == {("alcohol", "problem"), ("traffic", "problem")}
    assert codes_of(session, axes.id) == {("alcohol", "problem"), ("alcohol", "wish")}
    assert codes_of(session, neither.id) == {("traffic", "problem")}
    assert session.scalar(select(Evidence.content_hash).where(Evidence.id == evidence.id)) == frozen
    view = {theme.code: theme for theme in list_codebook(session, municipality)}
    assert (view["drugs"].is_retired, view["drugs"].merged_into) == (True, "Alkohol")
    assert view["alcohol"].n_responses == 3
    kinds = {(c.theme, c.kind.value) for c in list_changes(session, municipality)[:2]}
    assert kinds == {("Narkotika", "merged"), ("Alkohol", "merged")}


def test_merging_a_theme_into_one_far_below_it_makes_no_circle(
    session: Session, municipality: Municipality
) -> None:
    top = create_theme(session, municipality, draft("Fordon"), by=BY, now=NOW)
    middle = create_theme(
        session, municipality, draft("Mopeder", parent_code=top.code), by=BY, now=NOW
    )
    low = create_theme(session, municipality, draft("EPA", parent_code=middle.code), by=BY, now=NOW)
    merge_themes(session, municipality, top.id, low.id, by=BY, now=NOW)
    assert (low.parent_id, middle.parent_id) == (None, low.id)


def test_splitting_moves_the_chosen_answers_and_no_others(
    session: Session, municipality: Municipality
) -> None:
    themes = make_codebook(session, municipality)
    traffic = themes["traffic"]
    dialogue = make_dialogue(session, municipality)
    chosen, left = (make_response(session, dialogue) for _ in range(2))
    make_coding(session, chosen, traffic, themes["alcohol"])
    make_coding(session, left, traffic)
    wanted = SplitDraft(draft("Mopeder"), frozenset({chosen.id}))
    new = split_theme(session, municipality, traffic.id, wanted, by=BY, now=NOW)
    assert codes_of(session, chosen.id) == {(new.code, "problem"), ("alcohol", "problem")}
    assert codes_of(session, left.id) == {("traffic", "problem")}
    kinds = [change.kind.value for change in list_changes(session, municipality, traffic.id)]
    assert kinds[0] == "split"


def test_splitting_off_nothing_is_refused(session: Session, municipality: Municipality) -> None:
    themes = make_codebook(session, municipality)
    nothing = SplitDraft(draft("Mopeder"), frozenset())
    with pytest.raises(InvalidInput, match="split_nothing"):
        split_theme(session, municipality, themes["traffic"].id, nothing, by=BY, now=NOW)


def test_another_municipality_s_theme_is_not_found(
    session: Session, municipality: Municipality
) -> None:
    make_codebook(session, municipality)
    foreign = session.scalars(
        select(Theme).where(Theme.municipality_id != municipality.id).limit(1)
    ).one()
    with pytest.raises(NotFound):
        retire_theme(session, municipality, foreign.id, by=BY, now=NOW)
