"""Take in one person's answer: once, whole or not at all."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.drafts.responses import AnswerDraft, ResponseDraft
from surveys.errors import DialogueClosed, InvalidInput, KeyReused
from surveys.limits import MAX_PLACES, MAX_TEXT, MAX_WORDS
from surveys.models.dialogue import Channel, Dialogue, DialoguePhase, Question, QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.response import (
    DONT_KNOW,
    NO,
    SCALE_VALUES,
    YES,
    Answer,
    Feeling,
    MarkedPlace,
    Response,
)
from surveys.queries.dialogues.links import find_link
from surveys.queries.ground.streets import get_streets
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.receipt_codes import hash_code, hash_key, make_code
from surveys.services.dialogues.counting import count_new
from surveys.services.dialogues.safety import flag_new
from surveys.services.dialogues.suspicions import suspicions_of_words
from surveys.services.ground.placing import place_marks, read_ground
from surveys.services.texts.masking import answer_columns, mask_mark
from surveys.text.likeness import fingerprint

VALUES: dict[QuestionKind, frozenset[str]] = {
    QuestionKind.SCALE: frozenset({*SCALE_VALUES, DONT_KNOW}),
    QuestionKind.PLACES: frozenset({YES, NO}),
    QuestionKind.TEXT: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender gets: a code that leads back to the answer, and the day it was stored."""

    code: str
    answered_on: date | None
    n_places_near: int  # places accepted though they lie a little outside the outline


def submit_response(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    draft: ResponseDraft,
    *,
    now: datetime,
    secret: str,
) -> Receipt:
    """Store ``draft`` once: sent again with its key it gives the same receipt and stores nothing.

    Raises DialogueClosed outside the open period, KeyReused where the key belongs to an answer
    with other content, PlacesOutside and InvalidInput. ``secret`` makes hashes and codes.
    """
    code = make_code(secret, dialogue.id, draft.key)
    stored = _find_sent(session, dialogue, hash_key(secret, draft.key), hash_code(secret, code))
    if stored is None:
        if dialogue.phase(now) is not DialoguePhase.OPEN:
            raise DialogueClosed(dialogue.slug)
        stored = _store(session, _build(session, municipality, dialogue, draft, now, secret))
    if stored.municipality_id != municipality.id or not _is_same(stored, draft):
        raise KeyReused(dialogue.slug)
    return Receipt(
        code=code,
        answered_on=stored.answered_on,
        n_places_near=sum(place.outside_m > 0 for place in stored.places),
    )


def _store(session: Session, response: Response) -> Response:
    """Insert and count ``response``, or hand over the one that came first with the same key."""
    dialogue, key_hash = response.dialogue, response.key_hash or ""
    try:
        with session.begin_nested():
            session.add(response)
            session.flush()
    except IntegrityError:
        first = _find_sent(session, dialogue, key_hash, response.receipt_hash)
        if first is None:
            raise
        return first
    count_new(session, response)
    flag_new(session, response)
    return response


def _find_sent(
    session: Session, dialogue: Dialogue, key_hash: str, receipt_hash: str | None
) -> Response | None:
    """The answer that came with the key: by its hash, which is dropped in a week, or its receipt's.

    The receipt is made of the same key, so an answer that waited long in a phone is not stored
    twice either.
    """
    mine = Response.dialogue_id == dialogue.id
    by_key = session.scalar(select(Response).where(mine, Response.key_hash == key_hash))
    if by_key is not None:
        return by_key
    by_receipt = select(Response).where(
        Response.municipality_id.in_([m.id for m in dialogue.municipalities]),
        mine,
        Response.receipt_hash == receipt_hash,
    )
    return session.scalar(by_receipt)


def _is_same(stored: Response, draft: ResponseDraft) -> bool:
    """Whether the content is what came first; of a destroyed answer nobody can tell any more."""
    return stored.content_hash in ("", draft.content_hash())


def _build(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    draft: ResponseDraft,
    now: datetime,
    secret: str,
) -> Response:
    _check_sizes(draft)
    marks = _marks(session, municipality, dialogue, draft)
    answers = _answers(dialogue, draft)
    return Response(
        municipality_id=municipality.id,
        dialogue=dialogue,
        channel=_channel(session, municipality, dialogue, draft.via),
        language=draft.language,
        answered_on=swedish_day(now),
        age_band=draft.age_band if dialogue.asks_age_band else None,
        gender=draft.gender if dialogue.asks_gender else None,
        area=draft.area if dialogue.asks_area else None,
        key_hash=hash_key(secret, draft.key),
        receipt_hash=hash_code(secret, make_code(secret, dialogue.id, draft.key)),
        content_hash=draft.content_hash(),
        suspicions=draft.suspicions | suspicions_of_words(session, dialogue, answers),
        answers=answers,
        places=marks,
    )


def _channel(
    session: Session, municipality: Municipality, dialogue: Dialogue, via: str | None
) -> Channel:
    """By which of the dialogue's short addresses the answer came; the web where by none."""
    link = find_link(session, municipality, dialogue, via) if via else None
    return link.channel if link else Channel.WEB


def _marks(
    session: Session, municipality: Municipality, dialogue: Dialogue, draft: ResponseDraft
) -> list[MarkedPlace]:
    if not draft.places:
        return []
    names = {place.name for place in draft.places if place.name}
    streets = get_streets(session, municipality, names)
    register = [*streets, *list_named_places(session, municipality)]
    marks = place_marks(read_ground(municipality, dialogue, register, draft.places), draft.places)
    for mark in marks:
        mark.municipality_id, mark.dialogue_id = municipality.id, dialogue.id
        mask_mark(mark)
    return marks


def _answers(dialogue: Dialogue, draft: ResponseDraft) -> list[Answer]:
    by_position = {answer.position: answer for answer in draft.answers}
    unknown = by_position.keys() - {question.position for question in dialogue.questions}
    if unknown:
        raise InvalidInput("no_question", f"q{min(unknown)}")
    answers = []
    for question in dialogue.questions:
        given = by_position.get(question.position)
        if given is not None:
            answers.append(_answer(question, given))
        elif question.kind is QuestionKind.PLACES and _names_unsafe_place(dialogue, draft):
            # Who points an unsafe place out has answered the question about such places.
            answers.append(Answer(question_id=question.id, value=YES))
    return answers


def _names_unsafe_place(dialogue: Dialogue, draft: ResponseDraft) -> bool:
    if not dialogue.asks_safe_places:
        return bool(draft.places)
    return any(place.feeling is Feeling.UNSAFE for place in draft.places)


def _answer(question: Question, draft: AnswerDraft) -> Answer:
    if draft.value is not None and draft.value not in VALUES[question.kind]:
        raise InvalidInput("choice", f"q{draft.position}")
    words = fingerprint(draft.text) if draft.text else None
    columns = answer_columns(draft.text)
    return Answer(
        question_id=question.id, value=draft.value, text=draft.text, fingerprint=words, **columns
    )


def _check_sizes(draft: ResponseDraft) -> None:
    if draft.is_empty:
        raise InvalidInput("empty")
    if len(draft.places) > MAX_PLACES:
        raise InvalidInput("too_many", "places")
    for answer in draft.answers:
        if len(answer.text or "") > MAX_TEXT:
            raise InvalidInput("too_long", f"q{answer.position}")
    for place in draft.places:
        if len(place.words or "") > MAX_WORDS:
            raise InvalidInput("too_long", f"places-{place.number}-words")
