"""The action plan of 2022 in the demo stands cell by cell as it was decided."""

from collections import Counter
from datetime import date

from sqlalchemy.orm import Session

from surveys.models.body import BodyKind
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan
from surveys.queries.consistency.check import list_findings
from surveys.queries.municipalities.bodies import list_bodies
from surveys.queries.plans.plans import get_plan, list_plans
from surveys.queries.promises.counters import activity_counter
from tests.demo_site import SET_UP_ON

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


def plan_of(session: Session, municipality: Municipality) -> ActionPlan:
    [summary] = list_plans(session, municipality)
    return get_plan(session, municipality, summary.slug)


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
