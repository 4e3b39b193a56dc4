"""The rounds of dialogue in the demo: answers, questions, codings and the maps of them."""

from collections import Counter

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from maps.engine.scan_hotspots import SIMULATIONS
from surveys.demo.municipalities import JOINT
from surveys.errors import NotFound
from surveys.models.coding import Coding, CodingPurpose
from surveys.models.dialogue import Channel, EventKind, HeadCountKind
from surveys.models.evidence import Evidence
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.response import MarkedPlace, Response
from surveys.models.theme import Polarity
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.municipalities.municipalities import get_municipality
from surveys.queries.results.results import summarise_results
from surveys.services.dialogues.count_checks import verify_counts
from tests.demo_site import SET_UP_ON


def test_the_round_of_2021_has_eighteen_dialogues_of_which_one_is_digital(
    demo: Session, soderhamn: Municipality
) -> None:
    dialogue = get_dialogue(demo, soderhamn, "host-2021")
    assert len(dialogue.events) == 18
    [digital] = [e for e in dialogue.events if e.channel is Channel.FACEBOOK]
    assert digital.kind is EventKind.FACEBOOK_THREAD
    assert digital.organiser == "Lokalpolisområde Hälsingland"
    assert dialogue.opens_at.year == dialogue.closes_at.year == 2021
    days = [event.held_on for event in dialogue.events]
    assert dialogue.opens_at.date() < min(days) <= max(days) < dialogue.closes_at.date()


def test_more_than_500_took_part_is_a_lower_bound_and_not_the_number_of_answers(
    demo: Session, soderhamn: Municipality
) -> None:
    dialogue = get_dialogue(demo, soderhamn, "host-2021")
    assert (dialogue.head_count, dialogue.head_count_kind) == (500, HeadCountKind.LOWER_BOUND)
    assert "Uppskattningsvis" in (dialogue.head_count_note or "")
    assert "påhittade" in (dialogue.head_count_note or "")
    assert summarise_results(demo, soderhamn, dialogue).n_responses == 400


def test_the_three_questions_stand_as_they_were_asked(
    demo: Session, soderhamn: Municipality
) -> None:
    """Seven words decide what can be compared: the first question has a later wording too."""
    autumn = get_dialogue(demo, soderhamn, "host-2021").questions
    current = get_dialogue(demo, soderhamn, "oppen").questions
    assert [question.text() for question in autumn] == [
        "Känner du dig trygg i Söderhamn kommun?",
        "Är det några särskilda platser som får dig att känna dig otrygg i Söderhamns kommun?",
        "Har du förslag på vad polis och kommun skulle kunna göra för att Söderhamn skulle bli en"
        " ännu mera trygg kommun att leva och bo i?",
    ]
    assert current[0].text() == "Känner du dig trygg i Söderhamns kommun?"
    assert [q.text() for q in current[1:]] == [q.text() for q in autumn[1:]]
    assert [(a.code, a.version == c.version) for a, c in zip(autumn, current, strict=True)] == [
        ("trygg_kommun", False),
        ("otrygga_platser", True),
        ("forslag", True),
    ]


def test_all_400_answers_with_222_positions_came_in(demo: Session, soderhamn: Municipality) -> None:
    dialogue = get_dialogue(demo, soderhamn, "host-2021")
    rows = demo.scalars(select(Response).where(Response.dialogue_id == dialogue.id)).all()
    places = demo.scalars(select(MarkedPlace).where(MarkedPlace.dialogue_id == dialogue.id)).all()
    assert len(rows) == 400
    assert len(places) == 222
    assert {place.outside_m for place in places} == {0}
    channels = Counter(row.channel for row in rows)
    assert channels.keys() == {Channel.WEB, Channel.PAPER, Channel.MEETING, Channel.FACEBOOK}
    assert verify_counts(demo, dialogue) == []


def test_the_labels_came_in_as_one_coder_s_codings(demo: Session, soderhamn: Municipality) -> None:
    codings = demo.scalars(select(Coding).where(Coding.municipality_id == soderhamn.id)).all()
    assert len(codings) == 391
    assert {(c.purpose, c.coder_id, c.is_current) for c in codings} == {
        (CodingPurpose.IMPORTED, None, True)
    }
    assert all(coding.themes for coding in codings)
    axes = {theme.polarity for coding in codings for theme in coding.themes}
    assert axes == set(Polarity)


def test_yes_and_no_from_paper_never_join_the_scale(demo: Session, soderhamn: Municipality) -> None:
    first = summarise_results(demo, soderhamn, get_dialogue(demo, soderhamn, "host-2021"))
    question = first.questions[0]
    assert question.scale is not None
    assert question.yes_no is not None
    assert (question.scale.n, question.yes_no.n) == (346, 54)


def test_the_open_dialogue_follows_the_day_of_the_set_up(
    demo: Session, soderhamn: Municipality
) -> None:
    dialogue = get_dialogue(demo, soderhamn, "oppen")
    assert (SET_UP_ON - dialogue.opens_at.date()).days == 14
    assert (dialogue.closes_at.date() - SET_UP_ON).days == 60
    n = summarise_results(demo, soderhamn, dialogue).n_responses
    assert 35 <= n <= 60
    late = select(func.count()).where(
        Response.dialogue_id == dialogue.id, Response.answered_on > SET_UP_ON
    )
    assert demo.scalar(late) == 0


def test_maps_are_computed_and_cited(demo: Session, soderhamn: Municipality) -> None:
    runs = demo.scalars(select(HotspotRun).where(HotspotRun.municipality_id == soderhamn.id)).all()
    assert {run.state for run in runs} == {RunState.DONE}
    assert all(run.hotspots for run in runs)
    titles = select(Evidence.title).where(Evidence.municipality_id == soderhamn.id)
    cited = " ".join(demo.scalars(titles))
    assert "Rådhusparken" in cited  # of 2021
    assert "Resecentrum" in cited  # of the open dialogue


def test_marks_are_held_to_where_people_live_and_areas_and_reasons_are_on_the_map(
    demo: Session, soderhamn: Municipality
) -> None:
    runs = {
        run.dialogue.slug: run
        for run in demo.scalars(
            select(HotspotRun).where(HotspotRun.municipality_id == soderhamn.id)
        )
    }
    assert set(runs) == {"host-2021", "var-2024", "oppen"}
    for run in runs.values():
        assert run.baseline == "places"
        assert run.settings["scan"]["simulations"] == SIMULATIONS, "asked for again it would differ"
        assert "GeoNames" in run.settings["scan"]["source"]
        strongest = run.hotspots[0]
        assert strongest.name
        assert strongest.expected < strongest.n_respondents
        assert strongest.relative_risk > 1
        assert strongest.p_value <= 0.05
        assert "area-district" in run.layers
    autumn = runs["host-2021"]
    assert {"reasons", "times"} <= set(autumn.layers)
    assert autumn.hotspots[0].reasons
    assert autumn.hotspots[0].times
    assert autumn.settings["too_few"]
    rows = autumn.layers["area-district"]["rows"]
    assert any(row["n"] is None for row in rows)
    assert sum(row["n"] is not None for row in rows) >= 5


def test_the_joint_dialogue_stands_under_each_of_the_three_and_nowhere_else(
    demo: Session, soderhamn: Municipality
) -> None:
    found = {
        get_dialogue(demo, get_municipality(demo, tenant.slug), "trygghet-2023").id
        for tenant in JOINT
    }
    assert len(found) == 1
    with pytest.raises(NotFound):
        get_dialogue(demo, soderhamn, "trygghet-2023")
