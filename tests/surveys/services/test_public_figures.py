"""What a published picture may show of the municipality's own answers: what an edition tells."""

import random
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.drafts.evidence import Wording
from surveys.errors import Conflict
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence, EvidenceKind, EvidenceState
from surveys.models.municipality import Municipality
from surveys.models.response import Gender
from surveys.queries.evidence.evidence_today import Figure, ask_again
from surveys.queries.figures.edition_figures import get_edition_figure
from surveys.queries.figures.table_figures import TableQuery
from surveys.queries.pictures.gate import Lack
from surveys.queries.pictures.pictures import get_latest_published, get_picture, get_picture_row
from surveys.queries.results.filters import Filters
from surveys.queries.results.groups import Group
from surveys.queries.results.result_editions import get_public_results
from surveys.services.dialogues.count_checks import rebuild_counts
from surveys.services.evidence.edition_evidence import freeze_published, use_published_figures
from surveys.services.evidence.evidence import FigureAddress, freeze_figure
from surveys.services.evidence.table_evidence import freeze_comparison, freeze_table
from surveys.services.pictures.claims import DraftAddress
from surveys.services.pictures.pictures import PictureNotReady, publish_picture
from surveys.services.results.result_editions import publish_results_now, withdraw_results
from tests.conftest import NOW
from tests.factories.dialogues import CLOSES_AT, make_dialogue, make_response
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture

ROLE = "Trygghetssamordnare"


def words(figure: Figure) -> Wording:
    return Wording(f"n={figure.n}", f"{figure.n} svarade.", "Dialogen", "2023", "Räknat.", "Urval.")


def answered(session: Session, dialogue: Dialogue, n: int = 160) -> None:
    """``n`` residents, more of them unsafe than not."""
    dice = random.Random(n)
    for _ in range(n):
        gender = dice.choice((Gender.WOMAN, Gender.MAN))
        value = dice.choice(("1", "2", "2", "4"))
        make_response(session, dialogue, {1: (value, None)}, gender=gender)
    rebuild_counts(session, dialogue)


def publish(session: Session, dialogue: Dialogue) -> None:
    publish_results_now(session, dialogue.municipality, dialogue, role=ROLE, now=NOW)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    dialogue = make_dialogue(session, municipality)
    answered(session, dialogue)
    return dialogue


@pytest.fixture
def freeze(session: Session, dialogue: Dialogue) -> Callable[[], Evidence]:
    address = FigureAddress(dialogue.slug, "q1")

    def work() -> Evidence:
        here = dialogue.municipality
        return freeze_figure(session, here, address, words, by=ROLE, now=NOW)

    return work


def draft(session: Session, municipality: Municipality, evidence: Evidence) -> list[Lack]:
    """A draft, ``utkast``, that cites the evidence; what keeps it from being published."""
    areas = [make_area("Torget", make_claim("Så är det.", supported_by=(evidence,)))]
    make_picture(session, municipality, "utkast", areas, published_at=None)
    return [missing.lack for missing in get_picture(session, municipality, "utkast").missing]


def test_a_live_figure_waits_for_published_results(
    session: Session, municipality: Municipality, freeze: Callable[[], Evidence]
) -> None:
    assert draft(session, municipality, freeze()) == [Lack.NO_EDITION]
    with pytest.raises(PictureNotReady) as refused:
        publish_picture(session, municipality, "utkast", revision=1, by=ROLE, now=NOW)
    assert [(m.lack, m.dialogue) for m in refused.value.missing] == [(Lack.NO_EDITION, "oppen")]


def test_one_press_cites_the_published_figure_instead(
    session: Session, municipality: Municipality, dialogue: Dialogue, freeze: Callable[[], Evidence]
) -> None:
    publish(session, dialogue)
    live = freeze()
    assert draft(session, municipality, live) == [Lack.TOLD_OTHERWISE]
    at = DraftAddress("utkast", 1)
    n_changed = use_published_figures(session, municipality, at, words, by=ROLE, now=NOW)
    assert n_changed == 1
    shown = get_picture(session, municipality, "utkast")
    assert shown.missing == ()
    cited = shown.areas[0].claims[0].supporting[0]
    assert (cited.kind, cited.n) == (EvidenceKind.TABLE, 160)
    assert cited.id != live.id, "the live figure stays among the evidence"
    draft_row = get_picture_row(session, municipality, "utkast")
    approve_by_all(session, municipality, draft_row, now=NOW)
    publish_picture(session, municipality, "utkast", revision=2, by=ROLE, now=NOW)
    with pytest.raises(Conflict):
        use_published_figures(session, municipality, at, words, by=ROLE, now=NOW)


def test_a_published_figure_stays_good_when_a_new_edition_comes_and_is_marked_as_changed(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    publish(session, dialogue)
    address = FigureAddress("oppen", "q1")
    evidence = freeze_published(session, municipality, address, words, by=ROLE, now=NOW)
    today = ask_again(session, municipality, evidence)
    assert today is not None
    assert today.state is EvidenceState.CURRENT
    answered(session, dialogue, 180)
    publish(session, dialogue)
    today = ask_again(session, municipality, evidence)
    assert today is not None
    assert today.state is EvidenceState.CHANGED
    assert draft(session, municipality, evidence) == []


def test_a_figure_of_results_that_were_taken_down_is_held_back(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    publish(session, dialogue)
    address = FigureAddress("oppen", "q1")
    evidence = freeze_published(session, municipality, address, words, by=ROLE, now=NOW)
    edition = get_public_results(session, municipality, dialogue)
    assert edition is not None
    withdraw_results(session, municipality, dialogue, edition.id, reason="Påhittat.", now=NOW)
    assert draft(session, municipality, evidence) == [Lack.NO_EDITION]


@pytest.mark.parametrize(
    ("query", "lack"),
    [
        (TableQuery("q1", Group.GENDER), Lack.TOLD_OTHERWISE),
        (TableQuery("q1", None, Filters(gender=Gender.WOMAN)), Lack.NOT_IN_EDITION),
        (TableQuery("q1", Group.WEEK), Lack.NOT_IN_EDITION),
    ],
)
def test_tables_are_shown_as_the_edition_tells_them_or_not_at_all(
    session: Session, municipality: Municipality, dialogue: Dialogue, query: TableQuery, lack: Lack
) -> None:
    publish(session, dialogue)
    evidence = freeze_table(session, municipality, ("oppen", query), words, by=ROLE, now=NOW)
    assert draft(session, municipality, evidence) == [lack]
    at = DraftAddress("utkast", 1)
    n_changed = use_published_figures(session, municipality, at, words, by=ROLE, now=NOW)
    assert n_changed == int(lack is Lack.TOLD_OTHERWISE)


def test_a_comparison_is_shown_where_both_rounds_have_published_the_same_numbers(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    later = make_dialogue(
        session,
        municipality,
        slug="senare",
        opens_at=CLOSES_AT,
        closes_at=CLOSES_AT.replace(month=12),
    )
    answered(session, later, 170)
    address = ("oppen", "senare", "q1")
    evidence = freeze_comparison(session, municipality, address, words, by=ROLE, now=NOW)
    assert draft(session, municipality, evidence) == [Lack.NO_EDITION]
    publish(session, dialogue)
    publish(session, later)
    assert get_picture(session, municipality, "utkast").missing == ()
    make_response(session, later, {1: ("1", None)})
    rebuild_counts(session, later)
    other = freeze_comparison(session, municipality, address, words, by=ROLE, now=NOW)
    areas = [make_area("Torget", make_claim("Så är det.", supported_by=(other,)))]
    make_picture(session, municipality, "annat", areas, published_at=None)
    lacks = [missing.lack for missing in get_picture(session, municipality, "annat").missing]
    assert lacks == [Lack.NOT_IN_EDITION]


def test_an_edition_is_held_to_counts_in_pictures_from_before_the_rule(
    session: Session, municipality: Municipality, dialogue: Dialogue, freeze: Callable[[], Evidence]
) -> None:
    areas = [make_area("Torget", make_claim("Så är det.", supported_by=(freeze(),)))]
    make_picture(session, municipality, "gammal", areas)
    make_response(session, dialogue, {1: ("1", None)})
    with pytest.raises(Conflict):
        publish(session, dialogue)
    session.rollback()


def test_of_a_finding_on_the_map_readers_get_no_count_and_staff_do(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    finding = make_evidence(
        session,
        municipality,
        kind=EvidenceKind.MAP_FINDING,
        dialogue_id=dialogue.id,
        statement="23 personer markerade platser kring Torget.",
        figures={"name": "Torget", "n": 23},
        n=23,
    )
    assert draft(session, municipality, finding) == []
    seen_by_staff = get_picture(session, municipality, "utkast").areas[0].claims[0].supporting[0]
    assert (seen_by_staff.n, seen_by_staff.finding) == (23, None)
    draft_row = get_picture_row(session, municipality, "utkast")
    approve_by_all(session, municipality, draft_row, now=NOW)
    publish_picture(session, municipality, "utkast", revision=1, by=ROLE, now=NOW)
    shown = get_latest_published(session, municipality)
    assert shown is not None
    read = shown.areas[0].claims[0].supporting[0]
    assert read.finding is not None
    assert (read.finding.place, read.finding.at_least) == ("Torget", 5)
    assert (read.statement, read.n, read.method, read.period, read.dated_on) == ("", *[None] * 4)


def test_a_published_figure_holds_no_day_on_which_a_single_answer_came(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    publish(session, dialogue)
    figure = get_edition_figure(session, municipality, dialogue, "q1")
    assert (figure.dialogue.first_on, figure.dialogue.channels) == (None, ())
