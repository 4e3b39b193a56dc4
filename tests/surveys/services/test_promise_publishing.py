"""Editions of a promise: what it takes to publish one, and what readers have while it changes."""

from dataclasses import replace
from datetime import UTC, date, datetime

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
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.municipality import LocalPoliceArea, Municipality
from surveys.models.owner import Owner
from surveys.models.party import Party
from surveys.models.promise import PointMeasure, Promise
from surveys.permissions import StaffRole
from surveys.queries.editions.document_editions import list_editions
from surveys.queries.promises.changes import DifferenceKind
from surveys.queries.promises.gate import GapKind, list_gaps
from surveys.queries.promises.history import get_public_edition
from surveys.queries.promises.links import list_promises_by_claim
from surveys.queries.promises.page import TakenDown, get_promise_page, get_public_promise
from surveys.queries.promises.promises import list_public_promises
from surveys.services.editions.approvals import NotApproved, approve, ask_for_review
from surveys.services.promises.points import (
    PointAddress,
    add_point,
    edit_point,
    put_back_point,
    remove_point,
)
from surveys.services.promises.promises import choose_claims, create_promise, edit_promise
from surveys.services.promises.publishing import (
    close_change,
    open_for_change,
    publish_promise,
    take_down,
)
from surveys.services.promises.signatures import (
    SignatoryAddress,
    add_signatory,
    remove_signatory,
    sign_promise,
)
from tests.factories.approvals import approve_by_all
from tests.factories.municipalities import make_account, make_municipality, make_police_area
from tests.factories.pictures import make_area, make_claim, make_picture
from tests.factories.promises import hold

NOW = datetime(2022, 2, 1, 8, 0, tzinfo=UTC)
LATER = datetime(2022, 9, 12, 8, 0, tzinfo=UTC)
TODAY = date(2022, 10, 1)
ROLE = "Trygghetssamordnare"
WORDS = PromiseDraft(
    title="Färre unga i kriminalitet",
    label="Medborgarlöfte 2022–2023",
    pledge="Vi lovar fyra insatser.",
    starts_on=date(2022, 1, 1),
    ends_on=date(2023, 12, 31),
)
EFFORTS = PointDraft(
    title="Insatser",
    text="Minst fyra insatser mot narkotika.",
    responsible=Party.BOTH,
    measure=PointMeasure.COUNT,
    target=TargetDraft(count=4),
    unit="insatser",
)
MEETINGS = PointDraft(
    title="Möten",
    text="Två möten med föräldrar.",
    responsible=Party.MUNICIPALITY,
    measure=PointMeasure.COUNT,
    target=TargetDraft(count=2),
)


@pytest.fixture
def area(session: Session, municipality: Municipality) -> LocalPoliceArea:
    return make_police_area(session, municipality)


@pytest.fixture
def promise(session: Session, municipality: Municipality, area: LocalPoliceArea) -> Promise:
    made = create_promise(session, municipality, WORDS, (), area, now=NOW)
    for draft in (EFFORTS, MEETINGS):
        add_point(session, municipality, made.slug, draft, now=NOW)
    for party in (None, municipality.id):
        add_signatory(session, municipality, made.slug, SignatoryDraft(f"Chef {party}", party))
    return made


def publish(session: Session, here: Municipality, promise: Promise, note: str = "") -> None:
    now = NOW if promise.published_at is None else LATER
    approve_by_all(session, here, promise, now=now)
    publication = Publication(promise.revision, note, gate_reason="Underlaget kommer i mars.")
    publish_promise(session, here, promise.slug, publication, role=ROLE, now=now)


def test_neither_party_can_publish_for_the_other(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    coordinator = make_account(session, municipality)
    ask_for_review(session, promise, coordinator, now=NOW)
    approve(session, municipality, promise, coordinator, revision=promise.revision, now=NOW)
    publication = Publication(promise.revision, gate_reason="Brådskar")
    with pytest.raises(NotApproved) as refused:
        publish_promise(session, municipality, promise.slug, publication, role=ROLE, now=NOW)
    assert [party.party for party in refused.value.missing] == [Party.POLICE]
    officer = make_account(session, municipality, StaffRole.POLICE)
    approve(session, municipality, promise, officer, revision=promise.revision, now=NOW)
    publish_promise(session, municipality, promise.slug, publication, role=ROLE, now=NOW)
    assert promise.published_at == NOW


def test_a_joint_promise_waits_for_every_municipality(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    neighbour = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    area.municipalities.append(neighbour)
    session.flush()
    parties = (PartyDraft(neighbour.id),)
    promise = create_promise(session, municipality, WORDS, parties, area, now=NOW)
    add_point(session, municipality, promise.slug, EFFORTS, now=NOW)
    for party in (None, municipality.id, neighbour.id):
        add_signatory(session, municipality, promise.slug, SignatoryDraft(f"Chef {party}", party))
    ours = make_account(session, municipality)
    officer = make_account(session, municipality, StaffRole.POLICE)
    ask_for_review(session, promise, ours, now=NOW)
    for account in (ours, officer):
        approve(session, municipality, promise, account, revision=promise.revision, now=NOW)
    publication = Publication(promise.revision, gate_reason="Brådskar")
    with pytest.raises(NotApproved) as refused:
        publish_promise(session, municipality, promise.slug, publication, role=ROLE, now=NOW)
    assert [party.for_id for party in refused.value.missing] == [neighbour.id]
    theirs = make_account(session, neighbour)
    approve(session, neighbour, promise, theirs, revision=promise.revision, now=NOW)
    publish_promise(session, neighbour, promise.slug, publication, role=ROLE, now=NOW)
    assert promise.published_at == NOW


def test_every_change_of_what_is_promised_makes_a_yes_void(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    slug, first = promise.slug, promise.points[0]
    changes = (
        lambda: edit_promise(session, municipality, slug, replace(WORDS, pledge="Fler")),
        lambda: edit_promise(
            session, municipality, slug, replace(WORDS, pledge="Fler", ends_on=date(2024, 6, 30))
        ),
        lambda: add_point(session, municipality, slug, MEETINGS, now=NOW),
        lambda: edit_point(
            session,
            municipality,
            PointAddress(slug, first.id),
            replace(EFFORTS, target=TargetDraft(count=5)),
            now=NOW,
        ),
        lambda: remove_point(session, municipality, slug, promise.points[2].id, today=TODAY),
        lambda: add_signatory(session, municipality, slug, SignatoryDraft("Kommunalråd", None)),
        lambda: remove_signatory(session, municipality, slug, promise.signatories[2].id),
    )
    for change in changes:
        approve_by_all(session, municipality, promise, now=NOW)
        change()
        with pytest.raises(NotApproved):
            publish_promise(
                session,
                municipality,
                slug,
                Publication(promise.revision, gate_reason="x"),
                role=ROLE,
                now=NOW,
            )


def test_what_changes_nothing_leaves_a_yes_as_it_is(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    approve_by_all(session, municipality, promise, now=NOW)
    before = promise.revision
    edit_promise(session, municipality, promise.slug, WORDS)
    chosen = replace(EFFORTS, activity_ids=frozenset(a.id for a in promise.points[0].activities))
    address = PointAddress(promise.slug, promise.points[0].id)
    edit_point(session, municipality, address, chosen, now=NOW)
    assert promise.revision == before


def test_what_was_not_read_is_not_published(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    approve_by_all(session, municipality, promise, now=NOW)
    with pytest.raises(Conflict):
        publish_promise(
            session,
            municipality,
            promise.slug,
            Publication(promise.revision - 1, gate_reason="x"),
            role=ROLE,
            now=NOW,
        )


def test_a_signature_after_publication_voids_nothing_and_starts_no_edition(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    publish(session, municipality, promise)
    before = promise.revision
    address = SignatoryAddress(promise.slug, promise.signatories[0].id)
    signature = SignatureDraft("Söderhamn", date(2022, 2, 14))
    sign_promise(session, municipality, address, signature, role="Registrator", today=TODAY)
    assert promise.revision == before
    assert len(list_editions(session, promise)) == 1
    page = get_public_promise(session, municipality, promise.slug, TODAY)
    assert page.signatories[0].signed_on == date(2022, 2, 14)


def test_readers_keep_the_last_edition_until_the_parties_approve_the_change(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    publish(session, municipality, promise)
    slug, efforts = promise.slug, promise.points[0]
    with pytest.raises(InvalidInput, match="promise_published"):
        edit_promise(session, municipality, slug, WORDS)
    open_for_change(session, municipality, slug, now=LATER)
    edit_promise(session, municipality, slug, replace(WORDS, title="Andra ord"))
    more = replace(EFFORTS, target=TargetDraft(count=6), text="Minst sex insatser.")
    edit_point(session, municipality, PointAddress(slug, efforts.id), more, now=LATER)
    hold(session, efforts.activities[0], date(2022, 3, 1), date(2022, 9, 20))

    page = get_public_promise(session, municipality, slug, TODAY)
    assert page.summary.title == WORDS.title
    assert page.points[0].state.text == EFFORTS.text
    counter = page.points[0].state.counter
    assert counter is not None
    assert (counter.held, counter.wanted) == (2, 4)  # progress of today, the target as promised
    [listed] = list_public_promises(session, municipality, TODAY)
    assert (listed.title, listed.points[0].text) == (WORDS.title, EFFORTS.text)
    staff = get_promise_page(session, municipality, slug, TODAY)
    assert staff.summary.title == "Andra ord"

    publish(session, municipality, promise, "Två insatser till.")
    page = get_public_promise(session, municipality, slug, TODAY)
    counter = page.points[0].state.counter
    assert counter is not None
    assert (page.summary.title, counter.wanted) == ("Andra ord", 6)
    assert [(e.number, e.note) for e in page.editions] == [(2, "Två insatser till."), (1, None)]


def test_what_changed_is_told_and_an_earlier_edition_stays_readable(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    publish(session, municipality, promise)
    slug, meetings = promise.slug, promise.points[1]
    open_for_change(session, municipality, slug, now=LATER)
    more = replace(EFFORTS, target=TargetDraft(count=6))
    edit_point(session, municipality, PointAddress(slug, promise.points[0].id), more, now=LATER)
    remove_point(session, municipality, slug, meetings.id, today=TODAY)
    add_point(session, municipality, slug, replace(MEETINGS, title="Nattvandringar"), now=LATER)
    publish(session, municipality, promise, "Fler insatser, och nattvandringar i stället.")
    second = get_public_edition(session, municipality, slug, 2)
    told = [(d.kind, d.field, d.point) for d in second.differences]
    assert told == [
        (DifferenceKind.CHANGED, "target", "Insatser"),
        (DifferenceKind.ADDED, None, "Nattvandringar"),
        (DifferenceKind.TAKEN_OUT, None, "Möten"),
    ]
    assert second.differences[0].before["count"] == 4
    first = get_public_edition(session, municipality, slug, 1)
    assert [point["title"] for point in first.content["points"]] == ["Insatser", "Möten"]
    assert (first.on, first.is_last) == (date(2022, 2, 1), False)
    with pytest.raises(NotFound):
        get_public_edition(session, municipality, slug, 3)


def test_a_point_that_readers_have_had_is_ended_and_keeps_what_was_done(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    publish(session, municipality, promise)
    slug, meetings = promise.slug, promise.points[1]
    hold(session, meetings.activities[0], date(2022, 5, 1))
    open_for_change(session, municipality, slug, now=LATER)
    remove_point(session, municipality, slug, meetings.id, today=TODAY)
    assert meetings.ended_on == TODAY
    assert len(meetings.activities[0].occasions) == 1
    page = get_public_promise(session, municipality, slug, TODAY)
    assert [point.state.title for point in page.points] == ["Insatser", "Möten"]
    put_back_point(session, municipality, slug, meetings.id)
    assert meetings.ended_on is None
    new = add_point(session, municipality, slug, MEETINGS, now=LATER)
    remove_point(session, municipality, slug, new.id, today=TODAY)
    assert new not in promise.points  # nobody has been promised it


def test_the_second_edition_says_what_has_changed(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    publish(session, municipality, promise)
    open_for_change(session, municipality, promise.slug, now=LATER)
    edit_promise(session, municipality, promise.slug, replace(WORDS, pledge="Fler"))
    with pytest.raises(InvalidInput, match="change_note_missing"):
        publish(session, municipality, promise)


def test_a_change_that_changed_nothing_is_ended_without_an_edition(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    publish(session, municipality, promise)
    open_for_change(session, municipality, promise.slug, now=LATER)
    edit_promise(session, municipality, promise.slug, replace(WORDS, pledge="Fler"))
    with pytest.raises(InvalidInput, match="change_not_empty"):
        close_change(session, municipality, promise.slug, now=LATER)
    edit_promise(session, municipality, promise.slug, WORDS)
    close_change(session, municipality, promise.slug, now=LATER)
    assert promise.changing_since is None
    assert len(list_editions(session, promise)) == 1


def test_a_promise_is_taken_down_with_a_reason_that_readers_are_told(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    publish(session, municipality, promise)
    with pytest.raises(InvalidInput, match="required"):
        take_down(session, municipality, promise.slug, "  ", role=ROLE, now=LATER)
    take_down(session, municipality, promise.slug, "Fel dokument.", role=ROLE, now=LATER)
    assert list_public_promises(session, municipality, TODAY) == ()
    with pytest.raises(TakenDown) as taken:
        get_public_promise(session, municipality, promise.slug, TODAY)
    assert (taken.value.because, taken.value.on) == ("Fel dokument.", date(2022, 9, 12))
    with pytest.raises(NotFound):
        get_public_edition(session, municipality, promise.slug, 1)
    publish(session, municipality, promise, "Rätt dokument.")
    assert get_public_promise(session, municipality, promise.slug, TODAY).editions[0].number == 2


def test_a_sentence_behind_a_promise_stays_until_the_change_is_published(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    old, new = make_claim("Narkotika hanteras öppet."), make_claim("Mörkt vid stationen.")
    make_picture(session, municipality, "bild", [make_area("Narkotika", old, new)])
    choose_claims(session, municipality, promise.slug, frozenset({old.id}))
    publish(session, municipality, promise)
    open_for_change(session, municipality, promise.slug, now=LATER)
    choose_claims(session, municipality, promise.slug, frozenset({new.id}))
    page = get_public_promise(session, municipality, promise.slug, TODAY)
    assert [claim.text for claim in page.claims] == [old.text]
    both = (old.id, new.id)
    assert set(list_promises_by_claim(session, municipality, both)) == {old.id}
    publish(session, municipality, promise, "Annat underlag.")
    assert set(list_promises_by_claim(session, municipality, both)) == {new.id}


def test_the_gate_names_what_is_missing_and_passes_with_a_reason_by_role(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    slug, efforts = promise.slug, promise.points[0]
    approve_by_all(session, municipality, promise, now=NOW)
    with pytest.raises(InvalidInput, match="gate_reason_missing"):
        publish_promise(
            session, municipality, slug, Publication(promise.revision), role=ROLE, now=NOW
        )
    claim = make_claim("Narkotika hanteras öppet.")
    make_picture(session, municipality, "bild", [make_area("Narkotika", claim)])
    choose_claims(session, municipality, slug, frozenset({claim.id}))
    owner = Owner(
        municipality_id=municipality.id, party=Party.POLICE, title="Kommunpolis", created_at=NOW
    )
    session.add(owner)
    session.flush()
    whole = replace(EFFORTS, owner_id=owner.id, claim_ids=frozenset({claim.id}))
    edit_point(session, municipality, PointAddress(slug, efforts.id), whole, now=NOW)
    soft = replace(
        MEETINGS,
        text="Vi ska aktivt verka för fler möten.",
        measure=PointMeasure.DONE,
        target=None,
        owner_id=owner.id,
        claim_ids=frozenset({claim.id}),
    )
    meetings = PointAddress(slug, promise.points[1].id)
    edit_point(session, municipality, meetings, soft, now=NOW)
    found = [(gap.kind, gap.number, gap.words) for gap in list_gaps(promise, TODAY)]
    assert found == [
        (GapKind.TIME, 2, None),
        (GapKind.SOFT_WORDS, 2, "aktivt verka för"),
    ]
    publish(session, municipality, promise)
    assert (promise.gate_reason, promise.gate_passed_by) == ("Underlaget kommer i mars.", ROLE)
    owner.left_on = date(2022, 6, 1)
    assert GapKind.OWNER_LEFT in {gap.kind for gap in list_gaps(promise, TODAY)}


def test_nothing_is_missing_when_every_point_is_whole(
    session: Session, municipality: Municipality, promise: Promise
) -> None:
    claim = make_claim("Narkotika hanteras öppet.")
    make_picture(session, municipality, "bild", [make_area("Narkotika", claim)])
    choose_claims(session, municipality, promise.slug, frozenset({claim.id}))
    owner = Owner(
        municipality_id=municipality.id, party=Party.POLICE, title="Kommunpolis", created_at=NOW
    )
    session.add(owner)
    session.flush()
    for point, draft in zip(promise.points, (EFFORTS, MEETINGS), strict=True):
        whole = replace(draft, owner_id=owner.id, claim_ids=frozenset({claim.id}))
        edit_point(session, municipality, PointAddress(promise.slug, point.id), whole, now=NOW)
    assert list_gaps(promise, TODAY) == ()
    approve_by_all(session, municipality, promise, now=NOW)
    publication = Publication(promise.revision)
    publish_promise(session, municipality, promise.slug, publication, role=ROLE, now=NOW)
    [edition] = list_editions(session, promise)
    content = edition.content
    assert content["points"][0]["owner"] == {"title": "Kommunpolis", "party": "police"}
    assert content["claims"][0]["text"] == claim.text
    assert {yes["party"] for yes in edition.approvals} == {"police", "municipality"}


@pytest.mark.parametrize("put_back", [False, True])
def test_a_point_that_was_taken_out_stays_on_the_page_while_the_next_change_is_written(
    session: Session, municipality: Municipality, promise: Promise, put_back: bool
) -> None:
    """With what was done on it, whatever becomes of it in the draft."""
    slug, meetings = promise.slug, promise.points[1]
    hold(session, meetings.activities[0], date(2022, 3, 7))
    publish(session, municipality, promise)
    open_for_change(session, municipality, slug, now=LATER)
    remove_point(session, municipality, slug, meetings.id, today=LATER.date())
    publish(session, municipality, promise, "Mötena är gjorda.")
    told = get_public_promise(session, municipality, slug, TODAY).points
    assert [(p.state.title, p.ended_on) for p in told] == [
        ("Insatser", None),
        ("Möten", LATER.date()),
    ]
    open_for_change(session, municipality, slug, now=LATER)
    if put_back:
        put_back_point(session, municipality, slug, meetings.id)
    told = get_public_promise(session, municipality, slug, TODAY).points
    assert [(p.state.title, p.ended_on) for p in told] == [
        ("Insatser", None),
        ("Möten", LATER.date()),
    ]
    assert len(told[1].state.occasions) == 1
