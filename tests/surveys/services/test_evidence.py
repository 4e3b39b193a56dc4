"""Frozen evidence: what a claim rests on stays what it was."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.drafts.evidence import SourceDraft, Wording
from surveys.errors import InvalidInput, NotFound
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.hotspot import Hotspot, HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.queries.evidence.evidence import list_evidence
from surveys.queries.figures.figures import MapFinding, SurveyFigure
from surveys.services.dialogues.counts import count_response
from surveys.services.evidence.evidence import FigureAddress, freeze_figure, freeze_source
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import box, make_named_place
from tests.factories.noise import NOISE_TEXT

NOW = datetime(2023, 8, 1, 10, 0, tzinfo=UTC)
SOURCE = SourceDraft(
    title="Folkhälsoenkäten",
    statement="Var femte avstår från att gå ut.",
    source="Regionen",
    period="2022",
    n=412,
    method="Slumpmässigt urval, post",
    caveat="Gäller länet",
    dated_on=date(2023, 3, 1),
)


def words(figure: SurveyFigure | MapFinding) -> Wording:
    """Words that show the numbers they were made from."""
    return Wording("Titel", f"n = {figure.n}", "Källa", "Sommaren 2023", "Metod", "Självvalt")


def answer(session: Session, dialogue: Dialogue, *values: str) -> None:
    """One counted response per value of the first question."""
    for value in values:
        response = make_response(session, dialogue, {1: (value, None)})
        count_response(session, response)


def freeze(session: Session, municipality: Municipality, figure: str = "q1") -> Evidence:
    address = FigureAddress("oppen", figure)
    return freeze_figure(session, municipality, address, words, by="Analytiker", now=NOW)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


def test_a_frozen_figure_stays_when_new_answers_come(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    many = {"1": 10, "2": 10, "4": 10, "5": 20, "vet_ej": 6}
    answer(session, dialogue, *(value for value, times in many.items() for _ in range(times)))
    frozen = freeze(session, municipality)
    answer(session, dialogue, "1", "1", "1")
    session.expire_all()

    assert (frozen.statement, frozen.n) == ("n = 56", 56)
    assert frozen.kind is EvidenceKind.SURVEY_FIGURE
    assert frozen.dialogue_id == dialogue.id
    assert frozen.dated_on == date(2023, 7, 15)
    assert (frozen.frozen_by, frozen.frozen_at) == ("Analytiker", NOW)
    scale = frozen.figures["scale"]
    assert (scale["n"], scale["first"]["count"], scale["second"]["count"]) == (50, 30, 20)
    assert frozen.figures["n_dont_know"] == 6
    assert frozen.figures["wording"] == "Känner du dig trygg i Söderhamns kommun?"

    later = freeze(session, municipality)
    assert (later.id != frozen.id, later.n) == (True, 59)
    assert frozen.n == 56


def test_freezing_the_same_content_twice_gives_the_same_row(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    answer(session, dialogue, *["1", "2", "4", "5"] * 10)
    assert freeze(session, municipality).id == freeze(session, municipality).id
    one = freeze_source(session, municipality, SOURCE, by="Kommunpolis", now=NOW)
    again = freeze_source(
        session, municipality, SOURCE, by="Samordnare", now=NOW + timedelta(days=1)
    )
    other = freeze_source(session, municipality, replace(SOURCE, n=413), by="x", now=NOW)
    assert (one.id == again.id, one.id == other.id) == (True, False)
    assert again.frozen_by == "Kommunpolis"
    mine = select(func.count()).where(Evidence.municipality_id == municipality.id)
    assert session.scalar(mine) == 3


def test_no_code_can_edit_a_frozen_row(session: Session, municipality: Municipality) -> None:
    evidence = freeze_source(session, municipality, SOURCE, by="x", now=NOW)
    evidence.statement = "Något annat"
    with pytest.raises(TypeError, match="frozen"):
        session.flush()


def test_an_imported_yes_no_is_kept_apart_from_the_scale(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    answer(session, dialogue, *["1", "5"] * 20, *["ja"] * 8, *["nej"] * 7)
    figures = freeze(session, municipality).figures
    assert (figures["scale"]["n"], figures["yes_no"]["n"]) == (40, 15)


def test_too_few_answers_are_not_frozen(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    answer(session, dialogue, "1", "2", "3", "4")
    with pytest.raises(InvalidInput, match="too_few"):
        freeze(session, municipality)


def test_few_answers_by_one_channel_are_withheld_in_the_figure(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    answer(session, dialogue, *["1", "5"] * 20)
    make_response(session, dialogue, {1: ("5", None)}, channel=Channel.PAPER)
    channels = freeze(session, municipality).figures["dialogue"]["channels"]
    assert channels == [["web", None], ["paper", None]]  # 41 - 40 would tell


@pytest.mark.parametrize("figure", ["q4", "q0", "", "hotspot-1", "hotspot-", "hotspot-²", "q1 "])
def test_a_figure_that_is_not_there_is_not_found(
    session: Session, municipality: Municipality, dialogue: Dialogue, figure: str
) -> None:
    with pytest.raises(NotFound):
        freeze(session, municipality, figure)


def test_a_map_finding_carries_the_run_that_it_comes_from(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    station = make_named_place(session, municipality)
    for number, n in ((1, 6), (2, 12)):  # the older run says six
        session.add(make_run(dialogue, datetime(2023, 7, number, tzinfo=UTC), n))
        session.flush()
    frozen = freeze(session, municipality, "hotspot-1")
    assert (frozen.kind, frozen.n) == (EvidenceKind.MAP_FINDING, 12)
    assert frozen.figures["name"] == "Resecentrum"
    assert frozen.figures["settings"] == {"cell_m": 250}
    assert frozen.figures["computed_at"] == "2023-07-02T00:00:00+00:00"
    assert frozen.figures["reasons"] == {"dark": 7}, "counts under five are not kept"
    assert frozen.query["place"] == station.id


def make_run(dialogue: Dialogue, computed_at: datetime, n: int) -> HotspotRun:
    """A finished analysis with one area of ``n`` respondents."""
    hotspot = Hotspot(
        rank=1,
        name="Resecentrum",
        geometry=box(17.0, 61.3, 17.1, 61.4),
        n_marks=n + 2,
        n_respondents=n,
        z=3.1,
        p_value=0.001,
        reasons={"dark": 7, "traffic": 2},
        times={"evening": 6},
    )
    return HotspotRun(
        municipality_id=dialogue.municipality_id,
        dialogue_id=dialogue.id,
        state=RunState.DONE,
        requested_at=computed_at,
        computed_at=computed_at,
        method="gi_star",
        settings={"cell_m": 250},
        seed=7,
        n_marks=40,
        n_respondents=30,
        data_hash="a" * 64,
        hotspots=[hotspot],
    )


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"title": " "}, "required", "title"),
        ({"statement": ""}, "required", "statement"),
        ({"source": "x" * 301}, "too_long", "source"),
        ({"n": -1}, "out_of_range", "n"),
        ({"n": 10**12}, "out_of_range", "n"),
        ({"dated_on": date(2023, 8, 2)}, "in_future", "dated_on"),
    ],
)
def test_a_source_that_cannot_be_true_is_refused(
    session: Session,
    municipality: Municipality,
    change: dict[str, object],
    code: str,
    field: str,
) -> None:
    with pytest.raises(InvalidInput) as refused:
        freeze_source(session, municipality, replace(SOURCE, **change), by="x", now=NOW)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_the_list_shows_the_municipalitys_own_evidence(
    session: Session, municipality: Municipality
) -> None:
    freeze_source(session, municipality, SOURCE, by="x", now=NOW)
    freeze_source(session, municipality, replace(SOURCE, title="Nyare", n=None), by="x", now=NOW)
    listed = list_evidence(session, municipality)
    assert [use.evidence.title for use in listed] == ["Nyare", "Folkhälsoenkäten"]
    assert NOISE_TEXT not in repr(listed)
    assert [use.claims for use in listed] == [0, 0]
