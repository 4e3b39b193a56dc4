"""The demo's kept, running and joint promises count as their documents say."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.promise import PointMeasure, Promise
from surveys.queries.progress.judgements import get_public_closing
from surveys.queries.promises.counters import activity_counter, point_state
from surveys.schedule.pace import Status
from tests.demo_site import SET_UP_ON


def promise_of(session: Session, label: str) -> Promise:
    return session.scalars(select(Promise).where(Promise.label == label)).one()


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


def test_both_parties_have_judged_the_promise_that_is_over_and_disagree_on_one_point(
    demo: Session, soderhamn: Municipality
) -> None:
    promise = promise_of(demo, "Medborgarlöfte 2022–2023")
    closing = get_public_closing(demo, soderhamn, promise.slug, SET_UP_ON)
    assert not closing.whole.missing
    assert [c.title for c in closing.begun if c.disagrees] == [
        "Socialtjänst och polis träffas varje vecka"
    ]
