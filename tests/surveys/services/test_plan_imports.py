"""From a document to a draft plan: looked through by one person or two, and stored once."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.plan_imports import HeadDraft, ImportedAreaDraft, RowDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, Comparator, TargetPeriod
from surveys.plan_files.found import FoundRow, from_json
from surveys.plan_files.reading import read_pasted, read_plan
from surveys.queries.plans.imports import get_import, list_waiting_imports, view_import
from surveys.services.plans.import_confirming import ImportNotReady, confirm_import
from surveys.services.plans.import_steps import (
    drop_row,
    join_row,
    keep_apart,
    restore_row,
    split_row,
)
from surveys.services.plans.imports import (
    discard_import,
    edit_import_area,
    edit_import_head,
    edit_import_row,
    place_loose_rows,
    store_import,
    take_latin_readings,
)
from tests.factories.municipalities import make_municipality
from tests.factories.plan_documents import AREAS, N_ROWS, plan_docx

NOW = datetime(2024, 2, 1, 9, tzinfo=UTC)
LOOSE = "Handlingsplan 2024\nAktivitet;När;Vem\nSamråd;;Skolan\nMöten;Varje vecka;Polisen\n"


@pytest.fixture
def import_id(session: Session, municipality: Municipality) -> int:
    return stored(session, municipality)


def stored(session: Session, municipality: Municipality, text: str = "") -> int:
    plan = read_pasted(text) if text else read_plan(plan_docx(), "plan.docx")
    return store_import(session, municipality, plan, "plan.docx", by="Samordnare", now=NOW).id


def row(session: Session, municipality: Municipality, import_id: int, number: int) -> FoundRow:
    plan = from_json(get_import(session, municipality, import_id).content)
    return next(each for each in plan.rows if each.number == number)


def draft_of(found: FoundRow, **new: object) -> RowDraft:
    draft = RowDraft(
        activity=found.activity,
        when=found.when,
        who=found.who,
        follow_up=found.follow_up,
        area=found.area,
        revision=found.revision,
    )
    return replace(draft, **new)  # type: ignore[arg-type]


def confirm(
    session: Session, municipality: Municipality, import_id: int, into: str | None = None
) -> ActionPlan:
    revision = get_import(session, municipality, import_id).revision
    return confirm_import(session, municipality, import_id, revision=revision, into=into, now=NOW)


def test_nothing_is_a_plan_before_somebody_has_said_so(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    view = view_import(session, municipality, import_id)
    assert (len(view.rows), view.n_activities, view.n_doubtful) == (N_ROWS, N_ROWS - 2, 3)
    assert session.query(ActionPlan).filter_by(municipality_id=municipality.id).all() == []
    [waiting] = list_waiting_imports(session, municipality)
    assert (waiting.title, waiting.n_rows) == ("Lokal handlingsplan 2024 – 2025", N_ROWS)


def test_a_confirmed_import_is_a_draft_plan_with_each_activity_once(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    plan = confirm(session, municipality, import_id)
    assert plan.published_at is None
    assert (plan.title, plan.ends_on) == ("Lokal handlingsplan 2024 – 2025", date(2025, 12, 31))
    assert [(area.name, tuple(area.goals)) for area in plan.areas] == [(n, g) for n, g, _ in AREAS]
    assert len(plan.activities) == N_ROWS - 2
    meeting = plan.activities[0]
    assert {
        (link.area.name, link.follow_up.due_on) for link in meeting.links if link.follow_up
    } == {
        ("Unga i riskzon", date(2025, 3, 10)),
        ("Arbete tillsammans", date(2024, 10, 21)),
    }


def test_a_gap_in_the_document_is_a_gap_in_the_plan(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    plan = confirm(session, municipality, import_id)
    [council] = [a for a in plan.activities if a.name == "Samråd om oro i ett område"]
    assert council.links[0].follow_up is None


def test_a_time_that_the_document_does_not_give_stays_open(
    session: Session, municipality: Municipality
) -> None:
    import_id = stored(session, municipality, LOOSE)
    place_loose_rows(session, municipality, import_id, "Trygghet")
    plan = confirm(session, municipality, import_id)
    assert [(a.when_text, a.schedule) for a in plan.activities if a.name == "Samråd"] == [
        ("", None)
    ]


def test_readings_become_targets_and_schedules_and_can_be_declined(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    walk = row(session, municipality, import_id, 4)
    draft = draft_of(walk, takes_when=False, takes_follow_up=False)
    edit_import_row(session, municipality, import_id, 4, draft)
    plan = confirm(session, municipality, import_id)
    by_name = {activity.name: activity for activity in plan.activities}
    council = by_name["Lokala BRÅ"]
    assert (council.target_count, council.per) == (5, TargetPeriod.YEAR)
    assert council.comparator is Comparator.EXACTLY
    assert council.schedule is not None
    assert council.schedule["kind"] == "counted"
    weekly = by_name["Veckomöte mellan fältgruppen och polisen"]
    assert (weekly.weekday, weekly.per) == (1, TargetPeriod.WEEK)
    assert weekly.links[0].follow_up is not None
    assert weekly.links[0].follow_up.schedule is not None
    declined = by_name["Nattvandring i centrum"]
    assert (declined.schedule, declined.target_count) == (None, None)
    assert declined.when_text == "Minst 4 gånger/år"


def test_what_has_to_be_decided_first_is_named(
    session: Session, municipality: Municipality
) -> None:
    import_id = stored(session, municipality, "Aktivitet;När\nSamråd;Årligen\n;Ibland\n")
    with pytest.raises(ImportNotReady) as refused:
        confirm(session, municipality, import_id)
    assert {(number, doubt.code) for number, doubt in refused.value.missing} == {
        (None, "title_missing"),
        (None, "period_missing"),
        (1, "area_missing"),
        (2, "activity_missing"),
        (2, "area_missing"),
    }


def test_a_row_put_right_and_an_area_made_for_it(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    found = row(session, municipality, import_id, 5)
    draft = draft_of(found, when="2 ggr/år", new_area="Skolvägar")
    edit_import_row(session, municipality, import_id, 5, draft)
    now = row(session, municipality, import_id, 5)
    assert (now.when, now.area, now.revision) == ("2 ggr/år", 4, 2)
    with pytest.raises(InvalidInput):
        edit_import_row(session, municipality, import_id, 5, draft_of(now, who="x" * 601))


def test_of_two_who_change_the_same_row_the_second_is_told_and_other_rows_are_free(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    first, second = (row(session, municipality, import_id, n) for n in (1, 2))
    edit_import_row(session, municipality, import_id, 1, draft_of(first, who="Den ena"))
    with pytest.raises(Conflict):
        edit_import_row(session, municipality, import_id, 1, draft_of(first, who="Den andra"))
    edit_import_row(session, municipality, import_id, 2, draft_of(second, who="Den andra"))
    assert row(session, municipality, import_id, 1).who == "Den ena"


def test_nobody_confirms_what_they_have_not_seen(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    seen = get_import(session, municipality, import_id).revision
    drop_row(session, municipality, import_id, 1, 1)
    with pytest.raises(Conflict):
        confirm_import(session, municipality, import_id, revision=seen, now=NOW)


def test_an_import_becomes_a_plan_once(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    confirm(session, municipality, import_id)
    with pytest.raises(Conflict):
        confirm(session, municipality, import_id)
    with pytest.raises(Conflict):
        discard_import(session, municipality, import_id)
    assert list_waiting_imports(session, municipality) == ()


def test_a_row_left_out_hands_its_repetitions_on_and_can_come_back(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    drop_row(session, municipality, import_id, 1, 1)
    assert row(session, municipality, import_id, 9).same_as is None
    restore_row(session, municipality, import_id, 1, 2)
    found = row(session, municipality, import_id, 1)
    assert (found.is_dropped, found.revision) == (False, 3)


def test_rows_are_joined_parted_and_kept_apart(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    join_row(session, municipality, import_id, 10, 1, other=7)
    assert view_import(session, municipality, import_id).n_activities == N_ROWS - 3
    split_row(session, municipality, import_id, 10, 2)
    view = view_import(session, municipality, import_id)
    assert view.n_activities == N_ROWS - 2
    assert not any(d.code == "alike" for each in view.rows for d in each.doubts)
    keep_apart(session, municipality, import_id, 9, 1, other=2)
    with pytest.raises(InvalidInput):
        join_row(session, municipality, import_id, 1, 1, other=1)
    with pytest.raises(NotFound):
        join_row(session, municipality, import_id, 1, 1, other=99)


def test_every_proposed_spelling_is_taken_at_once(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    take_latin_readings(session, municipality, import_id)
    view = view_import(session, municipality, import_id)
    assert view.n_mixed == 0
    assert row(session, municipality, import_id, 7).follow_up == "Sker i projektets styrgrupp"


def test_head_and_areas_are_put_right(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    head = HeadDraft(
        title="Planen", starts_on=date(2024, 1, 1), ends_on=date(2024, 12, 31), revision=1
    )
    edit_import_head(session, municipality, import_id, head)
    with pytest.raises(Conflict):
        edit_import_head(session, municipality, import_id, head)
    backwards = replace(head, ends_on=date(2023, 1, 1), revision=2)
    with pytest.raises(InvalidInput):
        edit_import_head(session, municipality, import_id, backwards)
    area = ImportedAreaDraft("Trafiken", ("Färre olyckor",), 1)
    edit_import_area(session, municipality, import_id, 2, area)
    with pytest.raises(InvalidInput):
        edit_import_area(session, municipality, import_id, 1, replace(area, revision=1))
    plan = confirm(session, municipality, import_id)
    assert (plan.title, plan.areas[1].name) == ("Planen", "Trafiken")


def test_rows_are_added_to_a_draft_plan_without_doubling_what_it_has(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    plan = confirm(session, municipality, import_id)
    more = (
        "Område;Vad;När;Vem;Uppföljning\nTrafik;Cykelkontroll;Årligen;Polisen;BRÅ varje år\n"
        "Hälsa;Nattvandring i centrum;Minst 4 gånger/år;Föreningarna;Varje höst\n"
    )
    again = confirm(session, municipality, stored(session, municipality, more), plan.slug)
    assert again.id == plan.id
    assert [area.name for area in again.areas][-1] == "Hälsa"
    assert len(again.activities) == N_ROWS - 2 + 1
    [walk] = [a for a in again.activities if a.name == "Nattvandring i centrum"]
    assert len(walk.links) == 3


def test_rows_are_not_added_to_what_readers_have_been_given(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    plan = confirm(session, municipality, import_id)
    plan.published_at = NOW
    session.flush()
    with pytest.raises(Conflict):
        confirm(session, municipality, stored(session, municipality), plan.slug)


def test_what_nobody_wants_is_thrown_away(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    discard_import(session, municipality, import_id)
    with pytest.raises(NotFound):
        get_import(session, municipality, import_id)


def test_another_municipality_s_import_is_not_there(
    session: Session, municipality: Municipality, import_id: int
) -> None:
    neighbour = make_municipality(session, "hudiksvall", code="2184", name="Hudiksvall")
    with pytest.raises(NotFound):
        view_import(session, neighbour, import_id)
    with pytest.raises(NotFound):
        confirm_import(session, neighbour, import_id, revision=1, now=NOW)
    with pytest.raises(NotFound):
        drop_row(session, neighbour, import_id, 1, 1)


def test_as_many_activities_as_a_plan_holds(session: Session, municipality: Municipality) -> None:
    rows = "\n".join(f"Aktivitet {n} här;2 ggr/år;Båda;Årligen" for n in range(300))
    head = "Handlingsplan 2024\nTrafik\nAktivitet;När;Vem;Uppföljning\n"
    plan = confirm(session, municipality, stored(session, municipality, head + rows))
    assert len(plan.activities) == 300
