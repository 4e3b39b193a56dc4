"""Writers for a dialogue's settings. What somebody has been asked is never changed afterwards."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.days import SWEDEN, swedish_day
from surveys.drafts.settings import DialogueDraft
from surveys.errors import InvalidInput, NotFound
from surveys.limits import MAX_TITLE, PIN_CELLS_M
from surveys.models.dialogue import Dialogue, DialoguePhase, SamplingDesign
from surveys.models.municipality import Municipality
from surveys.services.editions.input_rules import check_period, required_text

ASKED = ("asks_age_band", "asks_gender", "asks_area", "asks_safe_places")


def save_dialogue(
    session: Session, municipality: Municipality, slug: str, draft: DialogueDraft, *, now: datetime
) -> Dialogue:
    """Change a dialogue that ``municipality`` owns.

    Everything may change before it opens. While it is open the last day may, and pins may be kept
    more coarsely, never more exactly than those who have answered were told. Afterwards nothing.
    Raise NotFound or InvalidInput.
    """
    dialogue = _held(session, municipality, slug)
    phase = dialogue.phase(now)
    if phase is DialoguePhase.CLOSED:
        raise InvalidInput("dialogue_closed")
    if draft.pin_cell_m not in PIN_CELLS_M:
        raise InvalidInput("pin_cell_unknown", "pin_cell_m")
    _check_days(dialogue, draft, swedish_day(now))
    if phase is DialoguePhase.OPEN:
        _check_fixed(dialogue, draft)
    dialogue.title = required_text(draft.title, "title", MAX_TITLE)
    dialogue.opens_at = _moved(dialogue.opens_at, draft.opens_on)
    dialogue.closes_at = _moved(dialogue.closes_at, draft.closes_on)
    for name in ASKED:
        setattr(dialogue, name, getattr(draft, name))
    dialogue.pin_cell_m = draft.pin_cell_m
    session.flush()
    return dialogue


def describe_sampling(
    session: Session, municipality: Municipality, slug: str, sampling: SamplingDesign
) -> Dialogue:
    """Say how those who answer ``municipality``'s dialogue came to be asked; raise NotFound.

    It describes the round and changes nothing that anybody was asked, so it may be said, and put
    right, after the last day too.
    """
    dialogue = _held(session, municipality, slug)
    dialogue.sampling = sampling
    session.flush()
    return dialogue


def _check_days(dialogue: Dialogue, draft: DialogueDraft, today: date) -> None:
    check_period(draft.opens_on, draft.closes_on)
    if draft.opens_on != swedish_day(dialogue.opens_at) and draft.opens_on <= today:
        raise InvalidInput("opens_in_past", "opens_on")
    if draft.closes_on < today:
        raise InvalidInput("closes_in_past", "closes_on")


def _check_fixed(dialogue: Dialogue, draft: DialogueDraft) -> None:
    if draft.title.strip() != dialogue.title:
        raise InvalidInput("fixed_since_opening", "title")
    if draft.opens_on != swedish_day(dialogue.opens_at):
        raise InvalidInput("fixed_since_opening", "opens_on")
    for name in ASKED:
        if getattr(draft, name) != getattr(dialogue, name):
            raise InvalidInput("fixed_since_opening", name)
    if draft.pin_cell_m < dialogue.pin_cell_m:
        raise InvalidInput("pin_cell_finer", "pin_cell_m")


def _moved(moment: datetime, day: date) -> datetime:
    """The same clock time in Sweden on another day."""
    return datetime.combine(day, moment.astimezone(SWEDEN).time(), tzinfo=SWEDEN)


def _held(session: Session, municipality: Municipality, slug: str) -> Dialogue:
    dialogue = session.scalar(
        select(Dialogue)
        .where(Dialogue.municipality_id == municipality.id, Dialogue.slug == slug)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if dialogue is None:
        raise NotFound(slug)
    return dialogue
