"""Writing a promise, and what it takes to publish one."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.promises import (
    PartyDraft,
    PointDraft,
    PromiseDraft,
    Publication,
    SignatoryDraft,
    SignatureDraft,
    TargetDraft,
)
from surveys.errors import InvalidInput, NotFound
from surveys.models.municipality import LocalPoliceArea, Municipality
from surveys.models.party import Party
from surveys.models.plan import TargetPeriod
from surveys.models.promise import PointMeasure, Promise
from surveys.queries.promises.gate import Missing, list_missing
from surveys.queries.promises.promises import get_promise, list_public_promises
from surveys.services.promises.points import (
    PointAddress,
    add_point,
    choose_activities,
    edit_point,
)
from surveys.services.promises.promises import (
    choose_claims,
    create_promise,
    edit_promise,
    register_promise,
)
from surveys.services.promises.publishing import publish_promise
from surveys.services.promises.signatures import SignatoryAddress, add_signatory, sign_promise
from tests.conftest import NOW
from tests.factories.approvals import approve_by_all
from tests.factories.municipalities import make_municipality, make_police_area
from tests.factories.pictures import make_area, make_claim, make_picture
from tests.factories.promises import make_activity, make_promise

TODAY = date(2023, 8, 1)
DRAFT = PromiseDraft(
    title="Färre unga i kriminalitet",
    label="Medborgarlöfte 2022–2023",
    starts_on=date(2022, 1, 1),
    ends_on=date(2023, 12, 31),
)
POINT = PointDraft(
    title="Insatser mot narkotika",
    text="Minst fyra insatser.",
    responsible=Party.BOTH,
    measure=PointMeasure.COUNT,
    target=TargetDraft(count=4),
)


@pytest.fixture
def area(session: Session, municipality: Municipality) -> LocalPoliceArea:
    return make_police_area(session, municipality)


@pytest.fixture
def draft(session: Session, municipality: Municipality, area: LocalPoliceArea) -> Promise:
    return create_promise(session, municipality, DRAFT, (), area, now=NOW)


def publish(session: Session, municipality: Municipality, promise: Promise) -> Promise:
    approve_by_all(session, municipality, promise, now=NOW)
    publication = Publication(promise.revision, gate_reason="Det saknas underlag än.")
    return publish_promise(
        session, municipality, promise.slug, publication, role="Kommunpolis", now=NOW
    )


def sign(
    session: Session,
    municipality: Municipality,
    promise: Promise,
    signatory_id: int,
    draft: SignatureDraft,
) -> None:
    address = SignatoryAddress(promise.slug, signatory_id)
    sign_promise(session, municipality, address, draft, role="Registrator", today=TODAY)


def test_publishing_needs_a_point_a_period_and_every_party(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    bare = PromiseDraft(title="Utan tid", label="Löfte")
    promise = create_promise(session, municipality, bare, (), area, now=NOW)
    assert list_missing(promise) == (
        Missing("no_points"),
        Missing("no_period"),
        Missing("no_police_signatory"),
        Missing("no_municipal_signatory", "Söderhamns kommun"),
    )
    with pytest.raises(InvalidInput, match="no_points"):
        publish(session, municipality, promise)
    add_point(session, municipality, promise.slug, POINT, now=NOW)
    edit_promise(session, municipality, promise.slug, DRAFT)
    add_signatory(session, municipality, promise.slug, SignatoryDraft("LPO-chef", None, True))
    with pytest.raises(InvalidInput, match="no_municipal_signatory"):
        publish(session, municipality, promise)
    chair = SignatoryDraft("Kommunstyrelsens ordförande", municipality.id)
    add_signatory(session, municipality, promise.slug, chair)
    publish(session, municipality, promise)
    assert (promise.published_at, promise.published_by) == (NOW, "Kommunpolis")
    assert [p.slug for p in list_public_promises(session, municipality, TODAY)] == [promise.slug]


def test_two_years_from_signing_has_no_end_until_all_have_signed(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    draft = PromiseDraft(title="Tryggare trafik", label="Medborgarlöfte", months_from_signing=24)
    promise = create_promise(session, municipality, draft, (), area, now=NOW)
    chief = add_signatory(session, municipality, promise.slug, SignatoryDraft("LPO-chef", None))
    chair = add_signatory(
        session, municipality, promise.slug, SignatoryDraft("Ordförande", municipality.id)
    )
    add_point(session, municipality, promise.slug, POINT, now=NOW)
    publish(session, municipality, promise)  # an unsigned promise may be shown
    sign(session, municipality, promise, chair.id, SignatureDraft("Hagfors", date(2023, 2, 6)))
    assert promise.ends_on is None
    sign(session, municipality, promise, chief.id, SignatureDraft("Torsby", date(2023, 2, 20)))
    assert (promise.starts_on, promise.ends_on) == (date(2023, 2, 20), date(2025, 2, 19))


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"ends_on": date(2021, 12, 31)}, "end_before_start", "ends_on"),
        ({"ends_on": None}, "end_missing", "ends_on"),
        ({"starts_on": None}, "start_missing", "starts_on"),
        ({"ends_on": date(2032, 1, 1)}, "period_too_long", "ends_on"),
        ({"starts_on": date(22, 1, 1)}, "day_unlikely", "starts_on"),
        ({"months_from_signing": 24}, "period_twice", "months_from_signing"),
        (
            {"starts_on": None, "ends_on": None, "months_from_signing": 0},
            "months_out_of_range",
            "months_from_signing",
        ),
        ({"title": "  "}, "title_missing", "title"),
    ],
)
def test_refused_promises_say_why(
    session: Session,
    municipality: Municipality,
    area: LocalPoliceArea,
    changes: dict[str, object],
    code: str,
    field: str,
) -> None:
    values = {name: getattr(DRAFT, name) for name in DRAFT.__slots__} | changes
    with pytest.raises(InvalidInput) as refused:
        create_promise(session, municipality, PromiseDraft(**values), (), area, now=NOW)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    ("target", "code"),
    [
        (TargetDraft(count=0), "target_too_small"),
        (TargetDraft(count=1_000_000), "target_too_large"),
        (None, "target_missing"),
    ],
)
def test_refused_targets_say_why(
    session: Session,
    municipality: Municipality,
    draft: Promise,
    target: TargetDraft | None,
    code: str,
) -> None:
    values = {name: getattr(POINT, name) for name in POINT.__slots__} | {"target": target}
    with pytest.raises(InvalidInput) as refused:
        add_point(session, municipality, draft.slug, PointDraft(**values), now=NOW)
    assert (refused.value.code, refused.value.field) == (code, "target_count")
    assert draft.points == []


def test_the_same_role_signs_once(
    session: Session, municipality: Municipality, draft: Promise
) -> None:
    add_signatory(session, municipality, draft.slug, SignatoryDraft("Lokalpolisområdeschef", None))
    acting = SignatoryDraft(" lokalpolisområdeschef ", None, is_acting=True)
    with pytest.raises(InvalidInput, match="signatory_twice"):
        add_signatory(session, municipality, draft.slug, acting)


def test_nobody_signs_tomorrow(session: Session, municipality: Municipality) -> None:
    promise = make_promise(session, municipality)
    tomorrow = SignatureDraft("Söderhamn", date(2023, 8, 2))
    with pytest.raises(InvalidInput, match="day_to_come"):
        sign(session, municipality, promise, promise.signatories[0].id, tomorrow)


def test_a_counted_point_without_an_activity_gets_one_of_its_own(
    session: Session, municipality: Municipality, draft: Promise
) -> None:
    weekly = PointDraft(
        title="Veckomöten",
        text="Varje måndag.",
        responsible=Party.BOTH,
        measure=PointMeasure.COUNT,
        target=TargetDraft(count=1, per=TargetPeriod.WEEK, weekday=0),
    )
    point = add_point(session, municipality, draft.slug, weekly, now=NOW)
    own = point.activities[0]
    assert (own.name, own.weekday, own.plan) == ("Veckomöten", 0, None)
    edit = PointDraft(
        title="Möten",
        text="Varje måndag.",
        responsible=Party.BOTH,
        measure=PointMeasure.COUNT,
        target=TargetDraft(count=1, per=TargetPeriod.WEEK, weekday=0),
        activity_ids=frozenset({own.id}),
    )
    edit_point(session, municipality, PointAddress(draft.slug, point.id), edit, now=NOW)
    assert point.activities == [own]


def test_another_municipality_s_activity_cannot_be_counted(
    session: Session, municipality: Municipality, draft: Promise
) -> None:
    point = add_point(session, municipality, draft.slug, POINT, now=NOW)
    other = make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")
    foreign = make_activity(session, other)
    with pytest.raises(NotFound):
        choose_activities(session, municipality, draft.slug, point.id, frozenset({foreign.id}))


def test_two_promises_of_one_name_get_an_address_each(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    slugs = [create_promise(session, municipality, DRAFT, (), area, now=NOW).slug for _ in range(2)]
    assert slugs == ["farre-unga-i-kriminalitet", "farre-unga-i-kriminalitet-2"]


def test_a_joint_promise_stands_under_each_address_with_its_own_number(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    neighbour = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    bystander = make_municipality(session, slug="ljusdal", code="2161", name="Ljusdal")
    area.municipalities += [neighbour, bystander]
    session.flush()
    parties = (PartyDraft(municipality.id, "KS 24-203"), PartyDraft(neighbour.id, "2024/17"))
    promise = create_promise(session, municipality, DRAFT, parties, area, now=NOW)
    assert get_promise(session, neighbour, promise.slug) is promise
    with pytest.raises(NotFound):
        get_promise(session, bystander, promise.slug)
    register_promise(session, neighbour, promise.slug, PartyDraft(neighbour.id, "2024/18"))
    with pytest.raises(InvalidInput, match="not_your_number"):
        register_promise(session, neighbour, promise.slug, PartyDraft(municipality.id, "X"))
    numbers = {p.municipality.slug: p.dnr for p in promise.parties}
    assert numbers == {"soderhamn": "KS 24-203", "bollnas": "2024/18"}


def test_no_party_from_another_police_area(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    far = make_municipality(session, slug="haparanda", code="2583", name="Haparanda")
    with pytest.raises(InvalidInput, match="party_outside_area"):
        create_promise(session, municipality, DRAFT, (PartyDraft(far.id),), area, now=NOW)


def test_a_promise_builds_on_sentences_of_its_own_municipality_only(
    session: Session, municipality: Municipality
) -> None:
    neighbour = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    promise = make_promise(session, municipality, published_at=None)
    ours, theirs = make_claim("Vår mening."), make_claim("Grannens mening.")
    make_picture(session, municipality, areas=[make_area("Trafik", ours)])
    make_picture(session, neighbour, areas=[make_area("Trafik", theirs)])
    assert choose_claims(session, municipality, promise.slug, frozenset({ours.id})).claims == [ours]
    with pytest.raises(NotFound):
        choose_claims(session, municipality, promise.slug, frozenset({ours.id, theirs.id}))
    assert promise.claims == [ours]
