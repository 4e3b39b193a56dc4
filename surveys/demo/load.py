"""Load the demo once: everything through the services that the pages use.

Imported by the demo's command only: the analysis of marks loads the geography libraries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.demo import (
    areas,
    autumn_2021,
    bodies,
    closing_2022,
    codings,
    hagfors,
    haparanda,
    joint_2024,
    open_dialogue,
    plan_2022,
    promise_2022,
    spring_2024,
)
from surveys.demo.municipalities import (
    HAGFORS,
    HAPARANDA,
    JOINT,
    SODERHAMN,
    add_hagfors,
    add_haparanda,
    add_joint_area,
    add_soderhamn,
)
from surveys.demo.notices import add_color, add_notices
from surveys.demo.pictures import (
    FROZEN_AT,
    PROMISE_2022,
    RUNNING_PROMISE,
    add_monthly_picture,
    add_problem_picture,
)
from surveys.demo.population_2019 import add_population
from surveys.demo.running_promise import add_running_promise
from surveys.errors import InvalidInput
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.services.evidence.evidence import FigureWords
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run
from surveys.services.maps.map_editions import publish_now
from surveys.services.maps.round_map_requests import request_round_map
from surveys.services.maps.round_maps import compute_round_map
from surveys.services.results.result_editions import publish_results_now

# The latest day that the demo's history tells of.
EARLIEST_SET_UP = date(2024, 6, 1)


@dataclass(frozen=True, slots=True)
class DemoEdge:
    """What the demo needs from the edge: a secret, words for figures, and somebody to tell.

    ``say`` is called with a step's code and a number that belongs to it.
    """

    secret: str
    words: Callable[[Municipality], FigureWords]
    say: Callable[[str, int], None]


def is_loaded(session: Session) -> bool:
    """Whether any of the demo's municipalities is there, from the demo or of its own."""
    codes = [tenant.code for tenant in (SODERHAMN, *JOINT, HAGFORS, HAPARANDA)]
    return session.scalar(select(Municipality.id).where(Municipality.code.in_(codes))) is not None


def load_demo(session: Session, edge: DemoEdge, *, now: datetime) -> None:
    """Write the demo's content as it stands at ``now``.

    Raise InvalidInput for a set-up day before the end of the history that it tells.
    """
    if swedish_day(now) < EARLIEST_SET_UP:
        raise InvalidInput("too_early", "today")
    municipality = add_soderhamn(session)
    add_notices(session, municipality, now)
    add_population(session, municipality)
    edge.say("municipality", areas.add_areas(session, municipality))
    _load_autumn(session, municipality, edge, now)
    grounds = add_problem_picture(session, municipality, edge.words(municipality))
    _load_2022(session, municipality, edge, grounds[PROMISE_2022], now)
    _load_present(session, municipality, edge, now)
    add_running_promise(session, municipality, grounds[RUNNING_PROMISE], now)
    edge.say("running", 1)
    agreement, parties = add_joint_area(session)
    add_color(session, parties[0])
    joint_2024.add_joint_dialogue(session, agreement, parties)
    joint_2024.add_joint_promise(session, agreement, parties, swedish_day(now))
    edge.say("joint", len(parties))
    _load_older(session, edge)


def _load_older(session: Session, edge: DemoEdge) -> None:
    """Two more real promises: one that nobody has signed, and one for a year that is over."""
    unsigned = add_hagfors(session)
    hagfors.add_survey(session, unsigned)
    hagfors.add_promise(session, unsigned)
    ended = add_haparanda(session)
    agreement = haparanda.add_agreement(session, ended)
    promise = haparanda.add_promise(session, ended, agreement)
    edge.say("older", haparanda.log_occasions(session, ended, promise))


def _load_autumn(
    session: Session, municipality: Municipality, edge: DemoEdge, now: datetime
) -> None:
    dialogue = autumn_2021.add_autumn_2021(session, municipality)
    edge.say("events", len(dialogue.events))
    report = autumn_2021.add_answers(session, municipality, dialogue, swedish_day(now))
    if report.refused:
        raise AssertionError(f"the demo's own answers were refused: {report.refused[:3]}")
    edge.say("answers", report.stored)
    edge.say("codings", codings.add_codings(session, municipality, dialogue, FROZEN_AT))
    edge.say("hotspots", _find_hotspots(session, municipality, dialogue, FROZEN_AT))
    edition = publish_now(
        session, municipality, dialogue, role=autumn_2021.PUBLISHED_BY, now=FROZEN_AT
    )
    edge.say("map_edition", sum(row["n_cells"] for row in edition.findings))
    results = publish_results_now(
        session, municipality, dialogue, role=autumn_2021.PUBLISHED_BY, now=FROZEN_AT
    )
    edge.say("result_edition", len(results.tables))


def _load_2022(
    session: Session,
    municipality: Municipality,
    edge: DemoEdge,
    grounds: frozenset[int],
    now: datetime,
) -> None:
    council = bodies.add_bodies(session, municipality)
    _, activity_ids = plan_2022.add_plan(session, municipality, council)
    bodies.add_coming_meetings(session, municipality, council, swedish_day(now))
    promise = promise_2022.add_promise(session, municipality, activity_ids, grounds)
    edge.say("occasions", plan_2022.log_occasions(session, municipality, activity_ids))
    promise_2022.report(session, municipality, promise)
    closing_2022.judge_promise(session, municipality, promise)


def _load_present(
    session: Session, municipality: Municipality, edge: DemoEdge, now: datetime
) -> None:
    spring = spring_2024.add_spring_2024(session, municipality)
    report = spring_2024.add_answers(session, municipality, spring, swedish_day(now))
    edge.say("spring", report.stored)
    edge.say("hotspots", _find_hotspots(session, municipality, spring, spring.closes_at))
    autumn = get_dialogue(session, municipality, autumn_2021.SLUG)
    drawing = request_round_map(session, municipality, (autumn, spring), now=spring.closes_at)
    edge.say("round_maps", 2)
    compute_round_map(session, municipality, drawing.id, now=spring.closes_at)
    dialogue = open_dialogue.add_open_dialogue(session, municipality, swedish_day(now))
    edge.say("openings", open_dialogue.add_links(session, municipality, dialogue, swedish_day(now)))
    edge.say(
        "open_answers",
        open_dialogue.give_answers(session, municipality, dialogue, now=now, secret=edge.secret),
    )
    edge.say("hotspots", _find_hotspots(session, municipality, dialogue, now))
    add_monthly_picture(session, municipality, edge.words(municipality), now)


def _find_hotspots(
    session: Session, municipality: Municipality, dialogue: Dialogue, now: datetime
) -> int:
    run = request_run(session, municipality, dialogue, now=now)
    done = compute_run(session, municipality, run.id, now=now)
    return len(done.hotspots)
