"""What a promise belongs to: its period, its neighbours in time, its signatures and its days."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.promises import (
    PartyDraft,
    PromiseDraft,
    SignatoryDraft,
    SignatureDraft,
)
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.municipality import (
    Agreement,
    AgreementMunicipality,
    LocalPoliceArea,
    Municipality,
)
from surveys.models.promise import Promise
from surveys.queries.promises.choices import list_overlaps
from surveys.queries.promises.drafts import fingerprint, promise_draft, signature_draft
from surveys.queries.promises.page import get_promise_page, get_public_promise
from surveys.queries.readers.coming_dates import ComingKind, list_coming_dates
from surveys.schedule.pace import Status
from surveys.services.promises.promises import create_promise, edit_promise, register_promise
from surveys.services.promises.signatures import (
    SignatoryAddress,
    add_signatory,
    list_signed_by,
    read_document,
    remove_signatory,
    sign_promise,
)
from tests.factories.municipalities import make_municipality, make_police_area
from tests.factories.promises import hold, make_activity, make_point, make_promise

NOW = datetime(2022, 1, 5, 9, 0, tzinfo=UTC)
TODAY = date(2023, 8, 1)
WORDS = PromiseDraft(
    title="Tryggare trafik",
    label="Medborgarlöfte 2024–2026",
    starts_on=date(2024, 1, 1),
    ends_on=date(2026, 12, 31),
)
PDF = b"%PDF-1.7\nsigned"


@pytest.fixture
def area(session: Session, municipality: Municipality) -> LocalPoliceArea:
    return make_police_area(session, municipality)


def begin(
    session: Session, here: Municipality, area: LocalPoliceArea, **changes: object
) -> Promise:
    return create_promise(session, here, replace(WORDS, **changes), (), area, now=NOW)


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2022, 1, 1), date(2023, 12, 31)),  # two years
        (date(2024, 1, 1), date(2026, 12, 31)),
        (date(2019, 1, 1), date(2019, 12, 31)),  # one calendar year
    ],
)
def test_a_period_of_whole_years(
    session: Session,
    municipality: Municipality,
    area: LocalPoliceArea,
    starts_on: date,
    ends_on: date,
) -> None:
    promise = begin(session, municipality, area, starts_on=starts_on, ends_on=ends_on)
    assert (promise.starts_on, promise.ends_on) == (starts_on, ends_on)


def test_promises_of_the_same_time_and_area_are_named_to_their_writers(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    running = make_promise(session, municipality)  # 2022–2023
    touching = begin(
        session, municipality, area, starts_on=date(2023, 12, 31), ends_on=date(2024, 12, 31)
    )
    after = begin(session, municipality, area)
    assert [other.slug for other in list_overlaps(session, touching)] == [
        running.slug,
        after.slug,
    ]
    unsigned = begin(
        session, municipality, area, starts_on=None, ends_on=None, months_from_signing=24
    )
    assert list_overlaps(session, unsigned) == ()
    elsewhere = make_municipality(session, slug="hagfors2", code="1784", name="Hagfors")
    make_promise(session, elsewhere, police_area=make_police_area(session, elsewhere, "Värmland"))
    assert list_overlaps(session, after) != ()
    assert elsewhere.slug not in {other.slug for other in list_overlaps(session, after)}


def test_nothing_is_inherited_from_the_promise_before(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    before = make_promise(session, municipality, "forra")
    activity = make_activity(session, municipality)
    make_point(session, before, activities=[activity])
    hold(session, activity, date(2022, 3, 1), date(2022, 4, 1))
    after = begin(session, municipality, area, carried_from_id=before.id)
    make_point(session, after, activities=[activity])
    after.published_at = NOW
    page = get_public_promise(session, municipality, after.slug, date(2024, 2, 1))
    counter = page.points[0].state.counter
    assert counter is not None
    assert (counter.held, page.points[0].state.status) == (0, Status.ON_TRACK)
    assert page.updates == ()
    assert page.carried_from is not None
    assert page.carried_from.slug == "forra"
    earlier = get_public_promise(session, municipality, "forra", date(2024, 2, 1))
    assert [later.slug for later in earlier.carried_on] == [after.slug]


def test_a_promise_goes_on_from_an_earlier_one_of_its_own_municipality(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    promise = begin(session, municipality, area)
    later = make_promise(
        session, municipality, "senare", starts_on=date(2027, 1, 1), ends_on=date(2028, 12, 31)
    )
    other = make_municipality(session, slug="hagfors2", code="1784", name="Hagfors")
    foreign = make_promise(session, other, police_area=make_police_area(session, other, "Värmland"))
    for wrong, code in ((promise, "carried_from_itself"), (later, "carried_from_later")):
        with pytest.raises(InvalidInput, match=code):
            edit_promise(
                session, municipality, promise.slug, replace(WORDS, carried_from_id=wrong.id)
            )
    with pytest.raises(NotFound):
        edit_promise(
            session, municipality, promise.slug, replace(WORDS, carried_from_id=foreign.id)
        )


def test_a_promise_is_part_of_an_agreement_that_can_be_chosen(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    agreement = Agreement(
        title="Samverkansöverenskommelse 2023–2026",
        police_area=area,
        municipalities=[AgreementMunicipality(municipality_id=municipality.id)],
    )
    foreign = Agreement(title="En annan", police_area=area)
    session.add_all([agreement, foreign])
    session.flush()
    promise = begin(session, municipality, area)
    assert promise.agreement is agreement  # the one of exactly these parties
    edit_promise(session, municipality, promise.slug, WORDS)
    assert promise.agreement is None
    edit_promise(session, municipality, promise.slug, replace(WORDS, agreement_id=agreement.id))
    page = get_promise_page(session, municipality, promise.slug, TODAY)
    assert page.agreement == agreement.title
    with pytest.raises(NotFound):
        edit_promise(session, municipality, promise.slug, replace(WORDS, agreement_id=foreign.id))


def test_the_second_of_two_editors_of_the_words_is_told(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    promise = begin(session, municipality, area)
    seen = fingerprint(promise_draft(promise))
    theirs, mine = replace(WORDS, pledge="Deras ord"), replace(WORDS, pledge="Mina ord")
    edit_promise(session, municipality, promise.slug, theirs, seen=seen)
    with pytest.raises(Conflict):
        edit_promise(session, municipality, promise.slug, mine, seen=seen)
    assert promise.pledge == "Deras ord"
    now = fingerprint(promise_draft(promise))
    edit_promise(session, municipality, promise.slug, mine, seen=now)
    assert promise.pledge == "Mina ord"


def test_follow_up_and_summary_come_among_the_dates_to_come(
    session: Session, municipality: Municipality
) -> None:
    promise = make_promise(session, municipality, published_at=None)
    words = replace(
        promise_draft(promise),
        follow_up_text="Löftet följs gemensamt upp av kommunen och polisen årsvis.",
        report_to=("Chefen för lokalpolisområdet", " Kommundirektören ", ""),
        summary_due_on=date(2024, 2, 29),
    )
    edit_promise(session, municipality, promise.slug, words)
    promise.published_at = NOW
    assert promise.report_to == ["Chefen för lokalpolisområdet", "Kommundirektören"]
    for today, yearly in ((date(2022, 6, 1), 2022), (date(2023, 6, 1), 2023)):
        coming = {c.kind: c.on for c in list_coming_dates(session, municipality, today)}
        assert coming[ComingKind.PROMISE_FOLLOW_UP] == date(yearly, 12, 31)
        assert coming[ComingKind.PROMISE_SUMMARY] == date(2024, 2, 29)
    coming = {c.kind for c in list_coming_dates(session, municipality, date(2024, 2, 1))}
    assert coming == {ComingKind.PROMISE_SUMMARY}


def test_a_summary_before_the_end_is_refused(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    promise = begin(session, municipality, area)
    early = replace(WORDS, summary_due_on=date(2025, 2, 28))
    with pytest.raises(InvalidInput) as refused:
        edit_promise(session, municipality, promise.slug, early)
    assert (refused.value.code, refused.value.field) == ("summary_before_end", "summary_due_on")


def test_each_of_several_municipalities_has_its_own_number_and_day(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    neighbour = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    area.municipalities.append(neighbour)
    session.flush()
    parties = (
        PartyDraft(municipality.id, "KS 24-203", date(2024, 4, 23)),
        PartyDraft(neighbour.id),
    )
    promise = create_promise(session, municipality, WORDS, parties, area, now=NOW)
    theirs = PartyDraft(neighbour.id, "2024/18", date(2024, 5, 2))
    register_promise(session, neighbour, promise.slug, theirs)
    ours = get_promise_page(session, municipality, promise.slug, TODAY)
    other = get_promise_page(session, neighbour, promise.slug, TODAY)
    assert (ours.dnr, ours.dated_on) == ("KS 24-203", date(2024, 4, 23))
    assert (other.dnr, other.dated_on) == ("2024/18", date(2024, 5, 2))


def sign(
    session: Session, here: Municipality, promise: Promise, n: int, draft: SignatureDraft
) -> None:
    address = SignatoryAddress(promise.slug, promise.signatories[n].id)
    sign_promise(session, here, address, draft, role="Registrator", today=TODAY)


def test_each_role_has_its_own_title_place_and_day(
    session: Session, municipality: Municipality, area: LocalPoliceArea
) -> None:
    promise = begin(
        session, municipality, area, starts_on=date(2019, 1, 1), ends_on=date(2019, 12, 31)
    )
    for title, party, is_acting in (
        ("Lokalpolisområdeschef", None, True),
        ("Kommunalråd", municipality.id, False),
    ):
        add_signatory(session, municipality, promise.slug, SignatoryDraft(title, party, is_acting))
    sign(session, municipality, promise, 0, SignatureDraft("Luleå", date(2019, 2, 4)))
    sign(session, municipality, promise, 1, SignatureDraft("Haparanda", date(2019, 2, 11)))
    page = get_promise_page(session, municipality, promise.slug, TODAY)
    told = [(s.title, s.is_acting, s.place, s.signed_on) for s in page.signatories]
    assert told == [
        ("Lokalpolisområdeschef", True, "Luleå", date(2019, 2, 4)),
        ("Kommunalråd", False, "Haparanda", date(2019, 2, 11)),
    ]
    assert promise.starts_on == date(2019, 1, 1)  # signed on another day than the first


def test_who_signs_twice_corrects_the_first_time_and_a_second_writer_is_told(
    session: Session, municipality: Municipality
) -> None:
    promise = make_promise(session, municipality)
    chief = promise.signatories[0]
    unsigned = fingerprint(signature_draft(chief))
    address = SignatoryAddress(promise.slug, chief.id, unsigned)
    first = SignatureDraft("Gävle", date(2022, 2, 1))
    sign_promise(session, municipality, address, first, role="Registrator", today=TODAY)
    second = SignatureDraft("Bollnäs", date(2022, 2, 2))
    with pytest.raises(Conflict):
        sign_promise(session, municipality, address, second, role="Kommunpolis", today=TODAY)
    assert chief.place == "Gävle"
    knowing = SignatoryAddress(promise.slug, chief.id, fingerprint(signature_draft(chief)))
    sign_promise(session, municipality, knowing, second, role="Kommunpolis", today=TODAY)
    assert (chief.place, chief.recorded_by, len(promise.signatories)) == (
        "Bollnäs",
        "Kommunpolis",
        2,
    )


def test_who_has_signed_is_not_taken_off(session: Session, municipality: Municipality) -> None:
    promise = make_promise(session, municipality, published_at=None)
    sign(session, municipality, promise, 0, SignatureDraft("Gävle", date(2022, 2, 1)))
    with pytest.raises(InvalidInput, match="signatory_signed"):
        remove_signatory(session, municipality, promise.slug, promise.signatories[0].id)


def test_a_copy_is_told_from_the_signed_document_by_its_check_sum(
    session: Session, municipality: Municipality
) -> None:
    promise = make_promise(session, municipality)
    document = read_document("lofte.pdf", PDF)
    draft = SignatureDraft("Gävle", date(2022, 2, 1), document)
    sign(session, municipality, promise, 0, draft)
    chief = promise.signatories[0]
    assert list_signed_by(promise, read_document("kopia.pdf", PDF)) == (chief,)
    assert list_signed_by(promise, read_document("lofte.pdf", PDF + b" ")) == ()
    sign(session, municipality, promise, 0, SignatureDraft("Gävle", date(2022, 2, 2)))
    assert chief.document_name == "lofte.pdf"  # kept where only the day is put right
    for content in (b"", b"PK\x03\x04 a document of another kind"):
        with pytest.raises(InvalidInput, match="not_a_pdf"):
            read_document("lofte.docx", content)
