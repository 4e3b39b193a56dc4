"""What was done: occasions, one or a month's at a time, and that something was not needed."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.occasions import CheckDraft, OccasionDraft
from surveys.drafts.promises import ProgressDraft
from surveys.errors import InvalidInput
from surveys.limits import MAX_HOURS, MAX_NOTE, MAX_PEOPLE, MAX_SOURCE, MAX_WORKING_DAYS
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import Activity, ActivityCheck, Occasion, OccasionState
from surveys.models.progress import ProgressUpdate
from surveys.queries.municipalities.municipalities import find_named_place
from surveys.queries.progress.activities import get_activity, get_occasion, list_counting_points
from surveys.queries.promises.time import window_of
from surveys.schedule.periods import Window
from surveys.services.editions.case_guard import check_no_case
from surveys.services.editions.input_rules import check_day, optional_text, require

# The same said again within this time is a second press of the same button.
SAME_PRESS = timedelta(minutes=10)


def log_occasion(
    session: Session,
    municipality: Municipality,
    activity_id: int,
    draft: OccasionDraft,
    *,
    role: str,
    now: datetime,
) -> Occasion:
    """Add one occasion of an activity. Every target that counts the activity counts it at once.

    Raise InvalidInput for a day that has not been or that no plan or promise covers, for a second
    occasion on the same day unless the draft says that it is another, and for what did not take
    place without a reason; AboutPerson for a note about one person. Sent twice, it is kept once.
    """
    activity = _locked(session, municipality, activity_id)
    occasion = _occasion(session, municipality, activity, draft)
    occasion.logged_by, occasion.logged_at = role, now
    same = next((o for o in activity.occasions if _is_same(o, occasion)), None)
    if same is not None:
        return same
    if not draft.is_another and any(o.held_on == draft.held_on for o in activity.occasions):
        raise InvalidInput("occasion_twice", "held_on")
    _check_days(session, activity, draft.held_on, swedish_day(now), "held_on")
    activity.occasions.append(occasion)
    session.flush()
    return occasion


def log_occasions(
    session: Session,
    municipality: Municipality,
    activity_id: int,
    drafts: Sequence[OccasionDraft],
    *,
    role: str,
    now: datetime,
) -> int:
    """Add several days of one activity, such as the Mondays of a month; returns how many.

    A day that has an occasion already is left as it is, so that a second press adds nothing. The
    field of a refusal is ``reason_`` and the day.
    """
    activity = _locked(session, municipality, activity_id)
    logged = {o.held_on for o in activity.occasions}
    added = 0
    for draft in drafts:
        if draft.held_on in logged:
            continue
        field = f"reason_{draft.held_on.isoformat()}"
        try:
            occasion = _occasion(session, municipality, activity, draft)
        except InvalidInput as refused:
            refused.field = field
            raise
        _check_days(session, activity, draft.held_on, swedish_day(now), field)
        occasion.logged_by, occasion.logged_at = role, now
        activity.occasions.append(occasion)
        added += 1
    session.flush()
    return added


def remove_occasion(
    session: Session,
    municipality: Municipality,
    occasion_id: int,
    reason: str,
    *,
    author: tuple[str, Party],
    now: datetime,
) -> Activity:
    """Take back an occasion that was logged by mistake.

    ``reason`` is reported, by ``author`` (role and party), on every promise whose count changes.
    """
    occasion = get_occasion(session, municipality, occasion_id)
    text = require(reason, "reason_missing", "reason")
    activity = occasion.activity
    role, party = author
    for point in list_counting_points(session, activity):
        draft = ProgressDraft(text, swedish_day(now), party, point.id)
        session.add(new_update(municipality, point.promise_id, draft, role, now))
    activity.occasions.remove(occasion)
    session.flush()
    return activity


def note_check(
    session: Session,
    municipality: Municipality,
    activity_id: int,
    draft: CheckDraft,
    *,
    role: str,
    now: datetime,
) -> ActivityCheck:
    """Say that somebody looked whether the activity was needed, and that it was not that day."""
    activity = _locked(session, municipality, activity_id)
    note = optional_text(draft.note, "note", MAX_NOTE)
    check_no_case(note, "note", is_confirmed=draft.is_no_person)
    _check_days(session, activity, draft.checked_on, swedish_day(now), "checked_on")
    same = next((c for c in activity.checks if c.checked_on == draft.checked_on), None)
    if same is not None:  # one look a day says as much as two
        same.note = note or same.note
        session.flush()
        return same
    check = ActivityCheck(
        municipality_id=municipality.id,
        checked_on=draft.checked_on,
        note=note,
        checked_by=role,
        created_at=now,
    )
    activity.checks.append(check)
    session.flush()
    return check


def new_update(
    municipality: Municipality, promise_id: int, draft: ProgressDraft, role: str, now: datetime
) -> ProgressUpdate:
    """A report of ``municipality``'s on a promise, not yet added."""
    return ProgressUpdate(
        municipality_id=municipality.id,
        promise_id=promise_id,
        point_id=draft.point_id,
        dated_on=draft.dated_on,
        text=draft.text.strip(),
        party=draft.party,
        author=role,
        created_at=now,
    )


def _locked(session: Session, municipality: Municipality, activity_id: int) -> Activity:
    """The activity, for this transaction alone: two presses at once come one after the other."""
    session.execute(select(Activity.id).where(Activity.id == activity_id).with_for_update())
    activity = get_activity(session, municipality, activity_id)
    session.refresh(activity, ["occasions", "checks"])
    return activity


def _occasion(
    session: Session, municipality: Municipality, activity: Activity, draft: OccasionDraft
) -> Occasion:
    held = draft.state is OccasionState.HELD
    note = optional_text(draft.note, "note", MAX_NOTE)
    took_part = optional_text(draft.took_part, "took_part", MAX_SOURCE)
    if not held and note is None:
        raise InvalidInput("occasion_reason_missing", "note")
    check_no_case(note, "note", is_confirmed=draft.is_no_person)
    check_no_case(took_part, "took_part", is_confirmed=draft.is_no_person)
    _check_numbers(draft)
    occasion = Occasion(
        municipality_id=municipality.id, held_on=draft.held_on, state=draft.state, note=note
    )
    if held:
        occasion.working_days, occasion.hours = draft.working_days, draft.hours
        occasion.took_part, occasion.n_took_part = took_part, draft.n_took_part
        place = find_named_place(session, municipality, draft.place_id)
        occasion.named_place_id = place.id if place else None
        _answer_conditions(session, activity, occasion, draft)
    return occasion


def _answer_conditions(
    session: Session, activity: Activity, occasion: Occasion, draft: OccasionDraft
) -> None:
    asked = {p.id for p in list_counting_points(session, activity) if p.condition}
    answers = {id_: met for id_, met in draft.conditions.items() if id_ in asked}
    if not answers and draft.condition_met is not None:
        answers = dict.fromkeys(asked, draft.condition_met)
    occasion.conditions_met = {str(id_): met for id_, met in sorted(answers.items())} or None
    occasion.condition_met = all(answers.values()) if answers else draft.condition_met


def _check_numbers(draft: OccasionDraft) -> None:
    limits = (
        ("working_days", draft.working_days, MAX_WORKING_DAYS, "days_out_of_range"),
        ("hours", draft.hours, MAX_HOURS, "hours_out_of_range"),
        ("n_took_part", draft.n_took_part, MAX_PEOPLE, "people_out_of_range"),
    )
    for field, value, most, code in limits:
        if value is not None and not 0 < value <= most:
            raise InvalidInput(code, field)


def _is_same(stored: Occasion, said: Occasion) -> bool:
    """Whether ``said`` is ``stored`` sent once more: the same words by the same role just now."""
    told = (
        "held_on", "state", "working_days", "hours", "took_part", "n_took_part", "condition_met",
        "conditions_met", "note", "named_place_id", "logged_by",
    )  # fmt: skip
    is_fresh = said.logged_at - stored.logged_at <= SAME_PRESS
    return is_fresh and all(getattr(stored, name) == getattr(said, name) for name in told)


def _check_days(session: Session, activity: Activity, day: date, today: date, field: str) -> None:
    check_day(day, field)
    if day > today:
        raise InvalidInput("day_to_come", field)
    windows = _windows(session, activity)
    if windows and not any(window.holds(day) for window in windows):
        raise InvalidInput("day_outside_period", field)


def _windows(session: Session, activity: Activity) -> list[Window]:
    """The periods that the activity is counted in; empty where one of them is still open."""
    points = list_counting_points(session, activity)
    windows = [window_of(point.promise) for point in points]
    if activity.plan:
        windows.append(Window(activity.plan.starts_on, activity.plan.ends_on))
    known = [window for window in windows if window is not None]
    return known if len(known) == len(windows) else []
