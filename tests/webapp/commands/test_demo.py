"""The demo is what it says: a real round, a kept and a running promise, and a joint area."""

import json
import stat
from collections import Counter
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.demo.municipalities import JOINT
from surveys.errors import NotFound
from surveys.models.body import BodyKind
from surveys.models.coding import Coding, CodingPurpose
from surveys.models.dialogue import Channel, Dialogue, EventKind, HeadCountKind
from surveys.models.evidence import Evidence
from surveys.models.hotspot import HotspotRun, RunState
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import ProblemPicture
from surveys.models.plan import ActionPlan, Activity
from surveys.models.promise import PointMeasure, Promise
from surveys.models.response import MarkedPlace, Response
from surveys.models.theme import Polarity
from surveys.permissions import StaffRole
from surveys.queries.bodies import list_bodies
from surveys.queries.consistency.check import list_findings
from surveys.queries.counters import activity_counter, point_state
from surveys.queries.dialogues import get_dialogue
from surveys.queries.municipalities import get_municipality
from surveys.queries.plans import get_plan, list_plans
from surveys.queries.results import summarise_results
from surveys.schedule.pace import Status
from surveys.services.count_checks import verify_counts
from tests.demo_site import SET_UP_ON, VISITED_AT, DemoSite
from webapp.cli import cli
from webapp.commands.demo import ACCOUNTS
from webapp.extensions import db

# When, and words of the follow-up (None where the plan's cell is missing), row by row.
PLAN_CELLS = {
    "Ungdomskriminalitet": [
        ("Varje måndag kl. 14.00", "kort skriftlig rapport till styrgruppen för BRÅ 2023-02-06"),
        ("Varje måndag kl. 15.00", "kort skriftlig rapport till styrgruppen för BRÅ 2023-02-06"),
        ("2 gånger/år", "Muntlig utvärdering under september månad varje år"),
        ("Löpande under året utifrån behov", "Reflektion vid sittande bord"),
        ("När behov uppstår utifrån lokala problembilder", None),
        ("Minst 2 gånger/år", "Rapport sammanställs efter varje insats"),
        (
            "När en ungdom identifieras och uppfyller kriterierna för SIG",
            "när tillräckligt underlag för metoden finns",
        ),
    ],
    "Narkotika": [
        ("Minst 2 gånger/år", "Rapport sammanställs efter varje insats"),
        ("Under 2022", "Vid varje styrgruppsmöte i BRÅ"),
        ("Löpande under projektiden", "styrgrupp"),
    ],
    "Samverkan": [
        ("Varje måndag kl. 14.00", "styrgruppen för BRÅ 2022-10-24"),
        ("Löpande under projektiden", "styrgrupp"),
        ("5 ggr/år", "Muntlig uppföljning av arbetssättet 2023-02-06"),
        ("11 ggr/år", "Muntlig uppföljning av arbetssättet 2023-02-06"),
        ("11 ggr/år", "Muntlig uppföljning av arbetssättet 2023-02-06"),
        ("När behov uppstår", "Kontinuerligt"),
        ("1 ggr/månad", "1 ggr/år"),
        ("Minst 3 ggr/år", "Efter genomförda medborgardialoger"),
        ("Behovsanpassat", "Efter genomförda trygghetsvandringar"),
        ("Behovsanpassat", "Löpande, efter genomförd insats"),
    ],
}


@pytest.fixture
def demo(demo_site: DemoSite) -> Iterator[Session]:
    with demo_site.app.app_context():
        yield db.session()
        db.session.remove()


@pytest.fixture
def soderhamn(demo: Session) -> Municipality:
    return get_municipality(demo, "soderhamn")


def promise_of(session: Session, label: str) -> Promise:
    return session.scalars(select(Promise).where(Promise.label == label)).one()


def plan_of(session: Session, municipality: Municipality) -> ActionPlan:
    [summary] = list_plans(session, municipality)
    return get_plan(session, municipality, summary.slug)


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


def test_each_row_of_the_plan_stands_once_and_repeats_are_links(
    demo: Session, soderhamn: Municipality
) -> None:
    plan = plan_of(demo, soderhamn)
    rows = [link for area in plan.areas for link in area.links]
    assert len(rows) == 20
    assert len(plan.activities) == 17
    assert [(area.name, len(area.links)) for area in plan.areas] == [
        ("Ungdomskriminalitet", 7),
        ("Narkotika", 3),
        ("Samverkan", 10),
    ]
    assert Counter(link.activity.when_text for link in rows)["11 ggr/år"] == 2


def test_when_and_follow_up_stand_as_in_the_plan(demo: Session, soderhamn: Municipality) -> None:
    plan = plan_of(demo, soderhamn)
    found = {
        area.name: [
            (link.activity.when_text, link.follow_up.text if link.follow_up else None)
            for link in area.links
        ]
        for area in plan.areas
    }
    for area, cells in PLAN_CELLS.items():
        for (when, follow_up), (expected_when, expected_words) in zip(
            found[area], cells, strict=True
        ):
            assert when == expected_when
            assert (follow_up is None) == (expected_words is None)
            assert (expected_words or "") in (follow_up or "")


def test_the_plan_names_roles_channels_and_who_evaluates(
    demo: Session, soderhamn: Municipality
) -> None:
    plan = plan_of(demo, soderhamn)
    assert plan.authors == ["Kommunpolis", "Trygghetssamordnare i Söderhamns kommun"]
    assert len(plan.channels) == 7
    owners = [(channel["municipality"], channel["police"]) for channel in plan.channels]
    assert owners[0] == ("Kommunikationsavdelningen", None)
    assert owners[4] == (None, "Kommunpolis")
    assert owners[6] == ("Kommunikationsavdelningen", "Kommunpolis")
    assert plan.evaluate_after == date(2023, 12, 31)
    assert len(plan.evaluation_owners) == 2
    assert (
        "Planen samlar det som polisen och Söderhamns kommun gör tillsammans" in plan.introduction
    )
    assert "EST (Effektiv samordning för trygghet)" in plan.introduction
    assert [len(area.goals) for area in plan.areas] == [2, 3, 1]


def test_the_picture_of_2022_has_both_parties_sources_with_their_limits(
    demo: Session, soderhamn: Municipality
) -> None:
    picture = demo.scalars(
        select(ProblemPicture).where(ProblemPicture.title == "Gemensam problembild 2022")
    ).one()
    assert [area.title for area in picture.areas] == ["Ungdomskriminalitet", "Narkotika"]
    evidence = {e.title: e for area in picture.areas for c in area.claims for e in c.evidence}
    assert "underrättelser" in (evidence["Polisens problembild för Söderhamn"].method or "")
    inventory = evidence["Kommunens inventering"].method or ""
    assert "CAN" in inventory
    assert "Folkhälsoenkäten" in inventory
    assert "kollektivtrafik" in inventory
    compared = evidence["Narkotikarelaterade dödsfall i Söderhamn och Gävle"]
    assert "2,0" in compared.statement
    assert "1,3" in compared.statement
    assert "slumpen" in (compared.caveat or "")
    deaths = evidence["Dödsfall av narkotika och läkemedel"]
    assert (deaths.n, deaths.period) == (28, "2015–2020")
    assert "registerstudie" in deaths.source
    trend = evidence["Anmälda brott med misstänkt under 18 år"]
    assert (trend.n, trend.period) == (None, "De senaste fyra åren före 2022")
    assert "diagram som saknas" in (trend.caveat or "")


def test_a_share_without_its_base_is_cited_with_what_is_missing(demo: Session) -> None:
    speeding = demo.scalars(select(Evidence).where(Evidence.statement.startswith("38 %"))).one()
    assert speeding.n is None
    assert "inte redovisade" in (speeding.caveat or "")
    assert "Okänd" in (speeding.method or "")


def test_a_rank_without_numbers_is_cited_as_a_rank(demo: Session) -> None:
    fraud = demo.scalars(select(Evidence).where(Evidence.title.contains("bedrägeri"))).one()
    assert "en av de tre vanligaste" in fraud.statement
    assert fraud.n is None
    assert "inte antalen" in (fraud.caveat or "")


def test_police_areas_know_their_place_in_the_organisation(
    demo: Session, soderhamn: Municipality
) -> None:
    [area] = soderhamn.police_areas
    assert (area.name, area.police_district, area.police_region) == (
        "Hälsingland",
        "Gävleborg",
        "Mitt",
    )
    [joint] = get_municipality(demo, "kramfors").police_areas
    assert [m.slug for m in joint.municipalities] == ["harnosand", "kramfors", "solleftea"]


def test_one_meeting_has_two_days_of_follow_up_and_one_row_has_none(
    demo: Session, soderhamn: Municipality
) -> None:
    plan = plan_of(demo, soderhamn)
    meeting = next(a for a in plan.activities if a.when_text == "Varje måndag kl. 14.00")
    days = {link.follow_up.due_on for link in meeting.links if link.follow_up}
    assert days == {date(2023, 2, 6), date(2022, 10, 24)}
    missing = [
        link.activity.name for area in plan.areas for link in area.links if not link.follow_up
    ]
    assert missing == ["Rådslag"]


def test_one_count_answers_to_the_promise_and_to_the_plan(
    demo: Session, soderhamn: Municipality
) -> None:
    promise = promise_of(demo, "Medborgarlöfte 2022–2023")
    point = next(p for p in promise.points if p.target_count == 4)
    state = point_state(point, SET_UP_ON)
    assert (state.counter and state.counter.held, state.status) == (4, Status.DONE)
    assert all(occasion.condition_met for occasion in state.occasions)
    assert [occasion.working_days for occasion in state.occasions] == [1, 2, 1, 1]
    assert "polisstationen" in (state.condition or "")
    [activity] = point.activities
    by_year = activity_counter(activity, SET_UP_ON).standing
    assert by_year is not None
    assert [tally.held for tally in by_year.tallies] == [2, 2]


def test_a_point_has_its_own_party_its_own_year_and_a_next_step_that_depends(
    demo: Session, soderhamn: Municipality
) -> None:
    promise = promise_of(demo, "Medborgarlöfte 2022–2023")
    point = next(p for p in promise.points if p.due_on)
    assert (point.responsible, point.due_on) == (Party.MUNICIPALITY, date(2022, 12, 31))
    assert "Nästa steg" in (point.condition or "")
    assert point_state(point, SET_UP_ON).status is Status.DONE


def test_what_cannot_be_measured_says_so_and_others_may_take_part(demo: Session) -> None:
    kept = promise_of(demo, "Medborgarlöfte 2022–2023")
    unmeasured = [p for p in kept.points if p.measure is PointMeasure.NONE]
    assert len(unmeasured) == 2
    assert {point_state(p, SET_UP_ON).status for p in unmeasured} == {Status.NOT_MEASURABLE}
    joint = promise_of(demo, "Medborgarlöfte 2024–2026")
    assert [p.area for p in joint.points if p.third_parties] == ["Trafik"]


def test_red_mondays_are_excused_and_missed_meetings_are_told(
    demo: Session, soderhamn: Municipality
) -> None:
    plan = plan_of(demo, soderhamn)
    meeting = next(a for a in plan.activities if a.when_text == "Varje måndag kl. 14.00")
    weeks = activity_counter(meeting, SET_UP_ON).weeks
    assert weeks is not None
    assert len(weeks.weeks) == 104
    assert weeks.red_days == 6
    assert (weeks.held, weeks.expected) == (94, 98)


def test_the_promise_is_signed_by_roles_and_waits_for_place_and_day(
    demo: Session, soderhamn: Municipality
) -> None:
    promise = promise_of(demo, "Medborgarlöfte 2022–2023")
    assert [(s.title, s.is_acting, s.signed_on) for s in promise.signatories] == [
        ("Lokalpolisområdeschef", True, None),
        ("Kommunstyrelsens ordförande", False, None),
    ]


def test_evidence_that_disagrees_stands_beside_the_claim(
    demo: Session, soderhamn: Municipality
) -> None:
    promise = promise_of(demo, "Medborgarlöfte 2022–2023")
    citations = [citation for claim in promise.claims for citation in claim.citations]
    [against] = [citation.evidence for citation in citations if citation.disagrees]
    assert "hur mycket tid" in (against.caveat or "")


def test_maps_are_computed_and_cited(demo: Session, soderhamn: Municipality) -> None:
    runs = demo.scalars(select(HotspotRun).where(HotspotRun.municipality_id == soderhamn.id)).all()
    assert {run.state for run in runs} == {RunState.DONE}
    assert all(run.hotspots for run in runs)
    found = select(func.count()).where(
        Evidence.municipality_id == soderhamn.id, Evidence.title.contains("Resecentrum")
    )
    assert (demo.scalar(found) or 0) >= 2


def test_a_promise_runs_on_the_day_of_the_set_up(demo: Session, soderhamn: Municipality) -> None:
    running = [
        promise
        for promise in demo.scalars(select(Promise).where(Promise.municipality_id == soderhamn.id))
        if promise.starts_on
        and promise.ends_on
        and promise.starts_on <= SET_UP_ON <= promise.ends_on
    ]
    [promise] = running
    occasions = [
        o for point in promise.points for activity in point.activities for o in activity.occasions
    ]
    assert occasions
    assert max(o.held_on for o in occasions) < SET_UP_ON
    assert all(signatory.signed_on for signatory in promise.signatories)


def test_three_municipalities_give_one_promise_with_one_number(demo: Session) -> None:
    promise = promise_of(demo, "Medborgarlöfte 2024–2026")
    assert [(p.municipality.slug, p.dnr) for p in promise.parties] == [
        ("harnosand", "KS 24-203"),
        ("kramfors", None),
        ("solleftea", None),
    ]
    assert promise.agreement is not None
    assert promise.police_area.name == "Södra Ångermanland"
    assert len(promise.signatories) == 4
    assert len({point.area for point in promise.points}) == 4
    assert {point.target_count for point in promise.points} == {None}
    assert {"police", "both"} == {point.responsible.value for point in promise.points}
    assert promise.vision is not None
    assert promise.vision.startswith("Nollvisionen")


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


def test_accounts_are_one_of_each_role_in_a_file_for_its_owner_only(
    demo_site: DemoSite, demo: Session
) -> None:
    file = demo_site.folder / "demo-accounts.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    accounts = json.loads(file.read_text(encoding="utf-8"))
    assert all(set(a) == {"email", "password", "role", "municipality"} for a in accounts)
    own = [a["role"] for a in accounts if a["municipality"] == "soderhamn"]
    assert sorted(own) == sorted(role.value for role in StaffRole)
    assert [a["role"] for a in accounts if a["municipality"] == "harnosand"] == ["coordinator"]
    assert len({a["password"] for a in accounts}) == len(ACCOUNTS)
    demo_site.staff("coordinator")


def test_loaded_again_it_is_left_as_it_is(demo_site: DemoSite, demo: Session) -> None:
    file = demo_site.folder / "demo-accounts.json"
    before = sha256(file.read_bytes()).hexdigest()
    counted = select(func.count()).select_from(Response)
    n = demo.scalar(counted)
    demo.rollback()
    again = demo_site.app.test_cli_runner().invoke(cli, ["demo", "load"])
    assert again.exit_code == 0
    assert "redan" in again.output
    assert sha256(file.read_bytes()).hexdigest() == before
    assert demo.scalar(counted) == n


def test_nothing_in_the_demo_happens_after_the_visit(demo: Session) -> None:
    moments = [
        *demo.scalars(select(Promise.published_at)),
        *demo.scalars(select(ActionPlan.published_at)),
        *demo.scalars(select(Activity.created_at)),
        *demo.scalars(select(Evidence.frozen_at)),
        *demo.scalars(select(HotspotRun.computed_at)),
    ]
    assert all(moment is not None and moment <= VISITED_AT for moment in moments)
    assert demo.scalar(select(func.count()).select_from(Dialogue)) == 5


def test_the_bodies_of_the_plan_meet_and_seventeen_contribute(
    demo: Session, soderhamn: Municipality
) -> None:
    bodies = list_bodies(demo, soderhamn, date(2023, 8, 1))
    by_kind = Counter(body.kind for body in bodies)
    assert by_kind[BodyKind.CONTRIBUTOR] == 17
    council, *_rest = bodies
    assert (council.led_by, council.meets_text) == ("Kommunstyrelsens ordförande", "5 ggr/år")
    assert (council.this_year, council.expected) == (5, 5)
    assert by_kind[BodyKind.SITUATION] == by_kind[BodyKind.PREPARATORY] == 1
    plan = plan_of(demo, soderhamn)
    assert (plan.methods, plan.council and plan.council.name) == (["EST"], council.name)
    follow_ups = [link.follow_up for area in plan.areas for link in area.links]
    at_each = [f for f in follow_ups if f and f.text == "Vid varje styrgruppsmöte i BRÅ"]
    assert [f.body and f.body.name for f in at_each] == [council.name]


def test_the_check_finds_what_the_plan_of_2022_contradicts_itself_in(
    demo: Session, soderhamn: Municipality
) -> None:
    found = list_findings(demo, soderhamn, date(2024, 6, 3))
    rules = Counter(row.finding.rule for row in found)
    assert rules["follow_ups_differ"] == rules["follow_up_missing"] == rules["two_targets"] == 1
    assert rules["red_days"] == 2
    assert not rules["activity_twice"] + rules["mixed_script"] + rules["year_outside"]
