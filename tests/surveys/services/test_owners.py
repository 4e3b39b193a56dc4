"""Who answers for what: roles, what they leave behind, and handing it over in one step."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.owners import LeavingDraft, OwnerDraft
from surveys.errors import AboutPerson, InvalidInput, NotFound
from surveys.models.municipality import Municipality
from surveys.models.owner import Owner
from surveys.models.party import Party
from surveys.queries.progress.owners import (
    DutyKind,
    list_duties,
    list_orphans,
    list_owner_choices,
    list_owners,
)
from surveys.services.progress.owners import add_owner, choose_owner, edit_owner, hand_over, leave
from tests.conftest import NOW
from tests.factories.municipalities import make_municipality
from tests.factories.promises import make_activity, make_plan, make_point, make_promise

TODAY = date(2023, 8, 1)


def owner(session: Session, municipality: Municipality, title: str = "IFO") -> Owner:
    draft = OwnerDraft(title, Party.MUNICIPALITY, "ifo@soderhamn.example")
    return add_owner(session, municipality, draft, now=NOW)


def give_all(session: Session, municipality: Municipality, whom: Owner) -> None:
    """An activity of a plan, its follow-up and a point of a promise."""
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Efter varje insats", None))
    point = make_point(session, make_promise(session, municipality), due_on=date(2023, 9, 1))
    for thing in (activity, activity.links[0].follow_up, point):
        assert thing is not None
        choose_owner(session, municipality, thing, whom.id)


def test_what_an_owner_answers_for_is_listed_with_what_is_due_first(
    session: Session, municipality: Municipality
) -> None:
    give_all(session, municipality, owner(session, municipality))
    row = list_owners(session, municipality, TODAY)[0]
    kinds = [duty.kind for duty in row.duties]
    assert kinds[0] is DutyKind.POINT
    assert set(kinds) == set(DutyKind)
    assert not row.has_orphans


def test_one_step_hands_everything_over(session: Session, municipality: Municipality) -> None:
    gone, heir = owner(session, municipality), owner(session, municipality, "Socialtjänsten")
    give_all(session, municipality, gone)
    draft = LeavingDraft(date(2023, 7, 31), heir.id)
    assert leave(session, municipality, gone.id, draft, today=TODAY) == 3
    assert list_duties(session, municipality, gone.id) == ()
    assert len(list_duties(session, municipality, heir.id)) == 3


def test_what_nobody_took_over_is_listed_for_the_coordinator(
    session: Session, municipality: Municipality
) -> None:
    gone = owner(session, municipality)
    give_all(session, municipality, gone)
    leave(session, municipality, gone.id, LeavingDraft(date(2023, 8, 1)), today=TODAY)
    assert list_orphans(session, municipality, TODAY) == (), "the last day is still a day of work"
    orphans = list_orphans(session, municipality, date(2023, 8, 2))
    assert {duty.kind for _owner, duty in orphans} == set(DutyKind)


def test_who_has_left_is_not_offered_but_stays_where_it_was_chosen(
    session: Session, municipality: Municipality
) -> None:
    gone, here = owner(session, municipality), owner(session, municipality, "SSP")
    leave(session, municipality, gone.id, LeavingDraft(date(2023, 1, 31)), today=TODAY)
    assert list_owner_choices(session, municipality, TODAY) == ((here.id, "SSP"),)
    ids = [id_ for id_, _title in list_owner_choices(session, municipality, TODAY, gone.id)]
    assert ids == [gone.id, here.id]


def test_nothing_is_handed_to_oneself_or_to_somebody_who_has_left(
    session: Session, municipality: Municipality
) -> None:
    one, gone = owner(session, municipality), owner(session, municipality, "SSP")
    leave(session, municipality, gone.id, LeavingDraft(date(2023, 1, 31)), today=TODAY)
    for heir in (one, gone):
        with pytest.raises(InvalidInput, match="heir_unfit"):
            hand_over(session, municipality, one.id, heir.id, today=TODAY)


def test_a_name_is_warned_of_and_kept_only_when_it_is_said_to_be_a_role(
    session: Session, municipality: Municipality
) -> None:
    draft = OwnerDraft("Enhetschef Vuxen", Party.MUNICIPALITY)
    with pytest.raises(AboutPerson) as refused:
        add_owner(session, municipality, draft, now=NOW)
    assert refused.value.words == ("Vuxen",)
    said = OwnerDraft("Enhetschef Vuxen", Party.MUNICIPALITY, is_no_person=True)
    kept = add_owner(session, municipality, said, now=NOW)
    assert edit_owner(session, municipality, kept.id, draft).title == "Enhetschef Vuxen"


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (OwnerDraft(" ", Party.POLICE), "required"),
        (OwnerDraft("SSP", Party.POLICE, "ssp@soderhamn"), "not_an_address"),
        (OwnerDraft("ifo", Party.MUNICIPALITY), "owner_twice"),
        (OwnerDraft("x" * 161, Party.POLICE), "too_long"),
    ],
)
def test_refused_owners_say_why(
    session: Session, municipality: Municipality, draft: OwnerDraft, code: str
) -> None:
    owner(session, municipality)
    with pytest.raises(InvalidInput, match=code):
        add_owner(session, municipality, draft, now=NOW)
    assert len(list_owners(session, municipality, TODAY)) == 1


def test_another_municipality_s_owner_is_out_of_reach(
    session: Session, municipality: Municipality
) -> None:
    other = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    theirs = owner(session, other)
    activity = make_activity(session, municipality)
    with pytest.raises(NotFound):
        choose_owner(session, municipality, activity, theirs.id)
    with pytest.raises(NotFound):
        leave(session, municipality, theirs.id, LeavingDraft(TODAY), today=TODAY)
