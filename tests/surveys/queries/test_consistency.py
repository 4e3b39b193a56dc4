"""Every fault of the five source documents is found, with its places, on documents written here."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.plans import (
    ActivityDraft,
    PlacementDraft,
    PlanDraft,
    PriorityAreaDraft,
)
from surveys.drafts.promises import PointDraft, PromiseDraft, SignatoryDraft, TargetDraft
from surveys.errors import NotFound
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.party import Party
from surveys.models.plan import ActionPlan, Activity, TargetPeriod
from surveys.models.plan_import import PlanImport
from surveys.models.promise import PointMeasure, Promise, Signatory
from surveys.queries.consistency.check import list_findings
from surveys.queries.consistency.findings import Finding, PlaceKind, Severity
from surveys.queries.consistency.words import is_slip
from surveys.schedule.pace import Status
from surveys.services.editions.consistency import note_finding, take_back_note
from surveys.services.plans.activities import add_activity
from surveys.services.plans.plans import add_area, create_plan
from surveys.services.promises.points import add_point
from surveys.services.promises.promises import create_promise
from surveys.services.promises.signatures import add_signatory
from tests.conftest import NOW
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture
from tests.factories.promises import hold, police_area_of

TODAY = date(2024, 1, 8)
Find = Callable[[str], list[Finding]]
PLAN = PlanDraft(
    title="Lokal handlingsplan 2022–2023", starts_on=date(2022, 1, 1), ends_on=date(2023, 12, 31)
)
PROMISE = PromiseDraft(
    title="Mindre narkotika",
    label="Medborgarlöfte 2022–2023",
    said_ground="18 dialoger hösten 2021.",
    pledge="Minst fyra (4) insatser under 2022–2023.",
    starts_on=date(2022, 1, 1),
    ends_on=date(2023, 12, 31),
)


@pytest.fixture
def find(session: Session, municipality: Municipality) -> Find:
    def findings_of(rule: str) -> list[Finding]:
        session.flush()
        session.expire_all()
        listed = list_findings(session, municipality, TODAY)
        assert NOISE_TEXT not in repr(listed)
        return [row.finding for row in listed if row.finding.rule == rule]

    return findings_of


@pytest.fixture
def plan(session: Session, municipality: Municipality) -> ActionPlan:
    plan = create_plan(session, municipality, PLAN, now=NOW)
    for name in ("Ungdomskriminalitet", "Samverkan"):
        add_area(session, municipality, plan.slug, PriorityAreaDraft(name), now=NOW)
    session.refresh(plan)
    return plan


@pytest.fixture
def promise(session: Session, municipality: Municipality) -> Promise:
    return write_promise(session, municipality, PROMISE)


def write_promise(session: Session, here: Municipality, draft: PromiseDraft) -> Promise:
    return create_promise(session, here, draft, (), police_area_of(session, here), now=NOW)


def write(
    session: Session, plan: ActionPlan, name: str, *follow_ups: str, **more: object
) -> Activity:
    """An activity under the plan's first areas, each with its follow-up."""
    places = tuple(
        PlacementDraft(area.id, text) for area, text in zip(plan.areas, follow_ups, strict=False)
    )
    values: dict[str, object] = {"when_text": "Löpande", "who_text": "Polisen"} | more
    draft = ActivityDraft(name=name, placements=places, **values)  # type: ignore[arg-type]
    return add_activity(session, plan.municipality, plan.slug, draft, now=NOW)


def write_point(session: Session, promise: Promise, **more: object) -> None:
    values: dict[str, object] = {
        "title": "Insatser",
        "text": "Insatser mot narkotika.",
        "responsible": Party.BOTH,
        "measure": PointMeasure.NONE,
    } | more
    draft = PointDraft(**values)  # type: ignore[arg-type]
    add_point(session, promise.municipality, promise.slug, draft, now=NOW)


def places(finding: Finding) -> list[tuple[str, str]]:
    return [(spot.title, spot.words) for spot in finding.spots]


def test_documents_that_agree_have_no_finding_that_asks_for_anything(
    session: Session, municipality: Municipality, plan: ActionPlan, promise: Promise
) -> None:
    write(session, plan, "Dialoger", "Efter varje dialog", who_text="Trygghetssamordnare")
    write_point(session, promise, due_on=date(2022, 12, 31), measure=PointMeasure.DONE)
    session.expire_all()
    found = list_findings(session, municipality, TODAY)
    assert [row.finding.rule for row in found if row.asks_for_something] == []


def test_one_meeting_with_two_days_of_follow_up_shows_both_rows(
    session: Session, plan: ActionPlan, find: Find
) -> None:
    write(session, plan, "Avstämningar", "Till BRÅ 2023-02-06", "Till BRÅ 2022-10-24")
    [finding] = find("follow_ups_differ")
    assert places(finding) == [
        ("Avstämningar (Samverkan)", "Till BRÅ 2022-10-24"),
        ("Avstämningar (Ungdomskriminalitet)", "Till BRÅ 2023-02-06"),
    ]
    assert dict(finding.values) == {"first": "2022-10-24", "second": "2023-02-06"}
    assert finding.severity is Severity.FAULT


def test_the_same_activity_in_two_rows_in_other_words(
    session: Session, plan: ActionPlan, find: Find
) -> None:
    write(session, plan, "Aktiv medverkan i projektet “Gävleborg mot narkotika”", "I styrgrupp")
    write(session, plan, "Att aktivt medverka i projektet “Gävleborg mot narkotika”", "I styrgrupp")
    write(session, plan, "Möten med SSP", "Årligen")
    write(session, plan, "Möten med SIG", "Årligen")
    [finding] = find("activity_twice")
    assert len(finding.spots) == 2


def test_a_missing_cell_an_activity_without_area_and_one_that_nobody_does(
    session: Session, municipality: Municipality, plan: ActionPlan, find: Find
) -> None:
    write(session, plan, "Rådslag", "", who_text="")
    plan.activities.append(
        Activity(
            municipality_id=municipality.id,
            name="Löst",
            when_text="x",
            who_text="y",
            created_at=NOW,
        )
    )
    [missing] = find("follow_up_missing")
    assert places(missing) == [("Rådslag (Ungdomskriminalitet)", "Löpande")]
    assert [f.spots[0].title for f in find("owner_missing")] == ["Rådslag"]
    assert [f.spots[0].title for f in find("activity_without_area")] == ["Löst"]


def test_cyrillic_letters_are_named_wherever_they_stand(
    session: Session, municipality: Municipality, plan: ActionPlan, find: Find
) -> None:
    write(session, plan, "Projekt", "Sk\u0435\u0440 i projektets styrgrupp")
    session.add(
        PlanImport(
            municipality_id=municipality.id, file_name="plan.docx", read_by="x", read_at=NOW,
            content={"rows": [{"who": "P\u043elisen och kommunen"}]},
        )
    )  # fmt: skip
    in_plan, in_import = sorted(find("mixed_script"), key=lambda f: f.spots[0].kind.value)
    assert in_plan.values["proposed"] == "Sker"
    assert "CYRILLIC SMALL LETTER IE (U+0435)" in in_plan.values["letters"]
    assert in_plan.spots[0].words == "Sk\u0435\u0440 i projektets styrgrupp"
    assert in_import.spots[0].kind is PlaceKind.IMPORT


def test_a_year_copied_from_an_earlier_document_and_a_number_written_twice(
    session: Session, municipality: Municipality, find: Find
) -> None:
    draft = replace(
        PROMISE,
        title="Löfte 2019",
        label="Medborgarlöfte 2019",
        pledge="Vi ska under 2017 hålla minst två 2 träffar enligt lag (2017:900).",
        follow_up_text="En skriftlig sammanfattning senast i februari 2020.",
        said="Sedan 2015 har fler känt sig otrygga.",
        starts_on=date(2019, 1, 1),
        ends_on=date(2019, 12, 31),
    )
    write_promise(session, municipality, draft)
    [year] = find("year_outside")
    assert year.values["year"] == "2017"
    assert [words for _title, words in places(year)] == [draft.pledge, "2019-01-01 – 2019-12-31"]
    [number] = find("doubled_number")
    assert number.values["words"] == "två 2"


def test_a_sentence_that_blames_whoever_was_harmed_is_pointed_out(
    session: Session, municipality: Municipality, find: Find
) -> None:
    draft = replace(PROMISE, pledge="Färre äldre ska låta sig luras av samtal.")
    write_promise(session, municipality, draft)
    [found] = find("blames_harmed")
    assert found.values["words"] == "låta sig luras"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("minst fyra (4) insatser", None),
        ("minst fyra (3) insatser", "numbers_disagree"),
        ("minst två 3 insatser", "numbers_disagree"),
        ("två 2 tillfällen", "doubled_number"),
        ("de två 2023", None),
        ("klockan två 14.00", None),
    ],
)
def test_a_number_in_words_and_figures(
    session: Session, municipality: Municipality, find: Find, text: str, rule: str | None
) -> None:
    write_promise(session, municipality, replace(PROMISE, pledge=text))
    found = {"doubled_number": find("doubled_number"), "numbers_disagree": find("numbers_disagree")}
    assert [name for name, findings in found.items() if findings] == ([rule] if rule else [])


def test_a_misspelt_heading_is_shown_beside_the_right_word(
    session: Session, promise: Promise, find: Find
) -> None:
    write_point(session, promise, area="Polisär närvaro", text="Ökad polisiär närvaro i centrum.")
    write_point(session, promise, area="Trafik", text="Kontroller av trafiken.")
    [finding] = find("misspelt_heading")
    assert (finding.values["word"], finding.values["near"]) == ("polisär", "polisiär")
    assert len(finding.spots) == 2


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [
        ("polisär", "polisiär", True),
        ("polsien", "polisen", True),
        ("trygghet", "tryggheten", False),
        ("insatser", "insatsen", False),
        ("kommunal", "kommunala", False),
        ("samverkan", "samverkan", False),
    ],
)
def test_what_counts_as_a_slip(word: str, other: str, expected: bool) -> None:
    assert is_slip(word, other) is expected


def test_one_count_with_two_targets_is_told_as_two_measures_and_which_is_met(
    session: Session, plan: ActionPlan, promise: Promise, find: Find
) -> None:
    twice_a_year = TargetDraft(count=2, per=TargetPeriod.YEAR)
    activity = write(session, plan, "Insatser", "Efter varje insats", target=twice_a_year)
    hold(session, activity, *(date(2022, month, 1) for month in (3, 6, 9)), date(2023, 5, 1))
    write_point(
        session, promise, measure=PointMeasure.COUNT, target=TargetDraft(count=4),
        activity_ids=frozenset({activity.id}),
    )  # fmt: skip
    [finding] = find("two_targets")
    assert finding.severity is Severity.FINE
    states = {spot.kind: spot.counter.status for spot in finding.spots if spot.counter}
    assert states == {PlaceKind.POINT: Status.DONE, PlaceKind.ACTIVITY: Status.NOT_REACHED}


def test_red_mondays_are_told_and_are_no_fault(
    session: Session, plan: ActionPlan, find: Find
) -> None:
    weekly = TargetDraft(count=1, per=TargetPeriod.WEEK, weekday=0)
    write(session, plan, "Möte", "Årligen", when_text="Varje måndag kl. 14.00", target=weekly)
    [finding] = find("red_days")
    assert (finding.values["days"], finding.values["red"]) == ("104", "6")
    assert finding.values["dates"].startswith("2022-04-18, 2022-06-06, 2022-12-26")
    assert finding.severity is Severity.FINE


def test_a_promise_that_nobody_has_signed_has_no_end(
    session: Session, municipality: Municipality, find: Find
) -> None:
    draft = replace(PROMISE, starts_on=None, ends_on=None, months_from_signing=24)
    promise = write_promise(session, municipality, draft)
    add_signatory(session, municipality, promise.slug, SignatoryDraft("LPO-chef", None))
    [finding] = find("unsigned_end")
    assert dict(finding.values) == {"months": "24", "who": "LPO-chef"}
    write_promise(session, municipality, replace(PROMISE, starts_on=None, ends_on=None))
    assert len(find("end_missing")) == 1


def test_what_is_promised_beside_the_chosen_areas_is_told(
    session: Session, municipality: Municipality, promise: Promise, find: Find
) -> None:
    old = make_evidence(session, municipality, dated_on=date(2019, 5, 1))
    claim = make_claim("Få ser polisen.", supported_by=(old,))
    area = make_area("Polisiär närvaro", claim)
    picture = make_picture(session, municipality, "bild", [area], published_at=None)
    promise.claims.append(claim)
    write_point(session, promise, area="Polisiär närvaro")
    write_point(session, promise, area="Våld i nära relation")
    [finding] = find("area_without_ground")
    assert [title for title, _words in places(finding)] == ["Våld i nära relation", picture.title]
    [aged] = find("evidence_old")
    assert aged.values["day"] == "2019-05-01"
    assert [spot.kind for spot in aged.spots] == [PlaceKind.PICTURE, PlaceKind.EVIDENCE]
    assert find("no_provenance") == []
    write_promise(session, municipality, replace(PROMISE, said_ground=""))
    assert len(find("no_provenance")) == 1


def test_days_that_do_not_fit_and_periods_that_overlap(
    session: Session, municipality: Municipality, plan: ActionPlan, promise: Promise, find: Find
) -> None:
    write(session, plan, "Utbildning", "Rapport 2021-09-01")
    write(session, plan, "Utvärdering", "Rapport 2024-06-01")
    promise.summary_due_on = date(2023, 2, 1)
    found = find("day_outside")
    assert {finding.values["day"] for finding in found} == {"2021-09-01", "2023-02-01"}
    assert {len(finding.spots) for finding in found} == {2}
    later = replace(PLAN, title="2023", starts_on=date(2023, 7, 1), ends_on=date(2024, 6, 30))
    create_plan(session, municipality, later, now=NOW)
    write_promise(session, municipality, PROMISE)
    overlaps = find("periods_overlap")
    assert sorted(f.spots[0].kind.value for f in overlaps) == ["plan", "promise"]


def test_a_role_that_signs_twice_and_an_owner_who_has_left(
    session: Session, municipality: Municipality, plan: ActionPlan, promise: Promise, find: Find
) -> None:
    for position, title in ((1, "Lokalpolisområdeschef"), (2, "Tf. lokalpolisområdeschef")):
        promise.signatories.append(Signatory(position=position, party=Party.POLICE, title=title))
    [twice] = find("signs_twice")
    assert len(twice.spots) == 2
    activity = write(session, plan, "Rådslag", "Årligen")
    owner = Owner(
        municipality_id=municipality.id, party=Party.POLICE, title="Fältare",
        left_on=date(2023, 12, 1), created_at=NOW,
    )  # fmt: skip
    activity.owner = owner
    [left] = find("owner_left")
    assert places(left) == [("Rådslag", "Polisen"), ("Fältare", "2023-12-01")]
    owner.left_on = TODAY
    assert find("owner_left") == []


def test_a_finding_noted_with_a_reason_stays_listed_until_its_words_change(
    session: Session, municipality: Municipality, plan: ActionPlan
) -> None:
    activity = write(session, plan, "Avstämningar", "BRÅ 2023-02-06", "BRÅ 2022-10-24")

    def listed() -> list[tuple[str, str | None]]:
        session.expire_all()
        rows = list_findings(session, municipality, TODAY)
        return [(row.finding.digest, row.note and row.note.reason) for row in rows]

    [(digest, _)] = listed()
    note_finding(session, municipality, digest, "Båda gäller.", role="Kommunpolis", now=NOW)
    assert listed() == [(digest, "Båda gäller.")]
    note_finding(session, municipality, digest, "Ja, båda.", role="Kommunpolis", now=NOW)
    assert listed() == [(digest, "Ja, båda.")]
    take_back_note(session, municipality, digest)
    assert listed() == [(digest, None)]
    with pytest.raises(NotFound):
        note_finding(session, municipality, "0" * 64, "x", role="Kommunpolis", now=NOW)
    note_finding(session, municipality, digest, "Båda.", role="Kommunpolis", now=NOW)
    follow_up = activity.links[0].follow_up
    assert follow_up is not None
    follow_up.text = "BRÅ 2023-03-06"
    session.flush()
    [(other, reason)] = listed()
    assert (other != digest, reason) == (True, None)
