"""What a point can say: by whom, where, how, how much, and what it cannot say."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.promises import PointDraft, PromiseDraft, TargetDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.evidence import Direction
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.party import Party
from surveys.models.place import PlaceKind
from surveys.models.plan import Comparator, TargetPeriod
from surveys.models.promise import PointAim, PointMeasure, Promise
from surveys.queries.promises.drafts import fingerprint, point_draft
from surveys.queries.promises.gate import GapKind, list_gaps
from surveys.queries.promises.page import get_public_promise
from surveys.queries.promises.targets import due_day_of, read_words, target_of
from surveys.schedule.periods import Window
from surveys.services.promises.points import PointAddress, add_point, choose_activities, edit_point
from surveys.services.promises.promises import create_promise
from tests.conftest import NOW
from tests.factories.municipalities import make_municipality, make_named_place
from tests.factories.promises import (
    hold,
    make_activity,
    make_plan,
    make_point,
    make_promise,
    police_area_of,
)

TODAY = date(2023, 8, 1)
BASE = PointDraft(
    title="Synlig polis",
    text="Polisen finns på publika platser minst 1 tillfälle/vecka.",
    responsible=Party.POLICE,
    measure=PointMeasure.COUNT,
    target=TargetDraft(count=1, per=TargetPeriod.WEEK),
)


@pytest.fixture
def draft(session: Session, municipality: Municipality) -> Promise:
    return make_promise(session, municipality, published_at=None)


def add(session: Session, here: Municipality, promise: Promise, **changes: object) -> PointDraft:
    point = add_point(session, here, promise.slug, replace(BASE, **changes), now=NOW)
    return point_draft(point)


def test_a_point_keeps_group_baseline_methods_and_direction(
    session: Session, municipality: Municipality, draft: Promise
) -> None:
    kept = add(
        session,
        municipality,
        draft,
        target_group="Personer under 21 år",
        baseline="Utöver den dagliga verksamheten",
        methods=("PSS", "SSP", " pss ", ""),
        wanted=Direction.UP,
        condition="Då det är befogat",
        third_parties="Skola och hälsocentral",
    )
    assert kept.target_group == "Personer under 21 år"
    assert kept.baseline == "Utöver den dagliga verksamheten"
    assert kept.methods == ("PSS", "SSP")
    assert kept.wanted is Direction.UP
    with pytest.raises(InvalidInput, match="too_many_methods"):
        add(session, municipality, draft, methods=tuple(map(str, range(9))))


def test_places_that_could_be_pointed_at_are_counted_for_readers_and_never_named(
    session: Session, municipality: Municipality
) -> None:
    promise = make_promise(session, municipality)
    shop = make_named_place(session, municipality, "Stormarknaden", kind=PlaceKind.SHOP)
    home = make_named_place(
        session, municipality, "Asylboendet Granen", kind=PlaceKind.HOUSING, is_sensitive=True
    )
    point = make_point(session, promise, places=[shop, home])
    words = get_public_promise(session, municipality, promise.slug, TODAY).points[0].words
    assert ([place.name for place in words.places], words.n_places_not_named) == (
        ["Stormarknaden"],
        1,
    )
    promise.published_at = None
    named = replace(point_draft(point), place_text="Vid asylboendet granen på kvällar")
    with pytest.raises(InvalidInput) as refused:
        edit_point(session, municipality, PointAddress(promise.slug, point.id), named, now=NOW)
    assert (refused.value.code, refused.value.field) == ("place_sensitive", "place_text")


def test_another_municipality_s_place_and_owner_are_not_found(
    session: Session, municipality: Municipality, draft: Promise
) -> None:
    other = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    place = make_named_place(session, other, "Edsbyn")
    owner = Owner(municipality_id=other.id, party=Party.POLICE, title="X", created_at=NOW)
    session.add(owner)
    session.flush()
    with pytest.raises(NotFound):
        add(session, municipality, draft, place_ids=frozenset({place.id}))
    with pytest.raises(NotFound):
        add(session, municipality, draft, owner_id=owner.id)
    with pytest.raises(NotFound):
        add(session, municipality, draft, claim_ids=frozenset({999}))


def test_an_aim_that_others_decide_is_kept_and_told(
    session: Session, municipality: Municipality
) -> None:
    promise = make_promise(session, municipality)
    make_point(session, promise, aim=PointAim.LEGAL_OUTCOME, text="Vård enligt LVM.")
    page = get_public_promise(session, municipality, promise.slug, TODAY)
    assert page.points[0].words.aim is PointAim.LEGAL_OUTCOME


def test_what_cannot_be_measured_is_accepted_and_flagged(
    session: Session, municipality: Municipality, draft: Promise
) -> None:
    add(
        session,
        municipality,
        draft,
        text="Drogförebyggande arbete i den omfattning som är nödvändig.",
        measure=PointMeasure.NONE,
        target=None,
    )
    gaps = {gap.kind: gap.words for gap in list_gaps(draft, TODAY)}
    assert GapKind.MEASURE in gaps
    assert gaps[GapKind.SOFT_WORDS] == "i den omfattning som är nödvändig"


@pytest.mark.parametrize(
    ("words", "target", "due_on"),
    [
        ("minst fyra (4) under 2022–2023", TargetDraft(count=4), None),
        ("minst fyra (4) under 2022", TargetDraft(count=4), date(2022, 12, 31)),
        (
            "varje måndag kl. 14.00",
            TargetDraft(count=1, per=TargetPeriod.WEEK, weekday=0),
            None,
        ),
        ("minst två gånger per halvår", TargetDraft(count=2, per=TargetPeriod.HALF_YEAR), None),
        (
            "5 ggr/år",
            TargetDraft(count=5, per=TargetPeriod.YEAR, comparator=Comparator.EXACTLY),
            None,
        ),
        ("löpande", None, None),
        ("när behov uppstår", None, None),
    ],
)
def test_the_words_of_a_target_set_it(
    words: str, target: TargetDraft | None, due_on: date | None
) -> None:
    window = Window(date(2022, 1, 1), date(2023, 12, 31))
    schedule = read_words(words, window)
    assert (target_of(schedule), due_day_of(schedule, window)) == (target, due_on)


def test_words_without_a_number_are_kept_and_the_missing_number_is_named(
    session: Session, municipality: Municipality, draft: Promise
) -> None:
    kept = add(session, municipality, draft, target=None, words="när behov uppstår")
    assert (kept.target, kept.words) == (None, "när behov uppstår")
    assert GapKind.TARGET in {gap.kind for gap in list_gaps(draft, TODAY)}
    with pytest.raises(InvalidInput, match="target_missing"):
        add(session, municipality, draft, target=None)
    kept = add(session, municipality, draft, target=None, words="minst två gånger per halvår")
    assert kept.target == TargetDraft(count=2, per=TargetPeriod.HALF_YEAR)


def test_the_second_of_two_editors_of_a_point_is_told(
    session: Session, municipality: Municipality, draft: Promise
) -> None:
    point = add_point(session, municipality, draft.slug, BASE, now=NOW)
    seen = fingerprint(point_draft(point))
    mine = replace(BASE, title="Min version")
    edit_point(
        session,
        municipality,
        PointAddress(draft.slug, point.id, seen),
        replace(BASE, title="Grannens version"),
        now=NOW,
    )
    with pytest.raises(Conflict):
        edit_point(session, municipality, PointAddress(draft.slug, point.id, seen), mine, now=NOW)
    assert point.title == "Grannens version"
    again = PointAddress(draft.slug, point.id, fingerprint(point_draft(point)))
    edit_point(session, municipality, again, mine, now=NOW)
    assert point.title == "Min version"


def test_a_change_elsewhere_in_the_promise_disturbs_no_editor(
    session: Session, municipality: Municipality, draft: Promise
) -> None:
    one = add_point(session, municipality, draft.slug, BASE, now=NOW)
    seen = fingerprint(point_draft(one))
    add_point(session, municipality, draft.slug, BASE, now=NOW)
    mine = replace(BASE, title="Min version")
    edit_point(session, municipality, PointAddress(draft.slug, one.id, seen), mine, now=NOW)
    assert one.title == "Min version"


def test_targeted_efforts_and_everyday_work_count_towards_one_point(
    session: Session, municipality: Municipality
) -> None:
    promise = make_promise(session, municipality)
    point = make_point(session, promise)
    plan = make_plan(session, municipality)
    targeted = make_activity(session, municipality, plan, (None,), name="Riktade kontroller")
    everyday = make_activity(session, municipality, plan, (None,), name="Kontroller i linjen")
    both = frozenset({targeted.id, everyday.id})
    choose_activities(session, municipality, promise.slug, point.id, both)
    hold(session, targeted, date(2022, 3, 1))
    hold(session, everyday, date(2022, 4, 1), date(2022, 5, 1))
    state = get_public_promise(session, municipality, promise.slug, TODAY).points[0].state
    assert state.counter is not None
    assert state.counter.held == 3


def test_a_second_step_waits_for_the_first(session: Session, municipality: Municipality) -> None:
    area = police_area_of(session, municipality)
    whole = PromiseDraft(
        title="Nya arbetssätt",
        label="Löfte",
        starts_on=date(2022, 1, 1),
        ends_on=date(2023, 12, 31),
    )
    promise = create_promise(session, municipality, whole, (), area, now=NOW)
    step = add(
        session,
        municipality,
        promise,
        measure=PointMeasure.DONE,
        target=None,
        responsible=Party.MUNICIPALITY,
        due_on=date(2022, 12, 31),
        condition="Nästa steg beror på vad undersökningen visar.",
    )
    assert (step.responsible, step.due_on) == (Party.MUNICIPALITY, date(2022, 12, 31))
    assert step.condition == "Nästa steg beror på vad undersökningen visar."
