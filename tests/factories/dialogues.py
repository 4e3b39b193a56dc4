"""Dialogues and responses to test with."""

from datetime import UTC, date, datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from surveys.models.dialogue import Channel, Dialogue, Question, QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.response import Answer, MarkedPlace, Response
from surveys.services.texts.masking import mask_answer, mask_mark

OPENS_AT = datetime(2023, 7, 1, 6, 0, tzinfo=UTC)
CLOSES_AT = datetime(2023, 8, 31, 21, 59, tzinfo=UTC)

WORDINGS = (
    ("trygg_kommun", QuestionKind.SCALE, "Känner du dig trygg i Söderhamns kommun?"),
    (
        "otrygga_platser",
        QuestionKind.PLACES,
        "Är det några särskilda platser som får dig att känna dig otrygg i Söderhamns kommun?",
    ),
    (
        "forslag",
        QuestionKind.TEXT,
        "Har du förslag på vad polis och kommun skulle kunna göra för att Söderhamn skulle bli"
        " en ännu mera trygg kommun att leva och bo i?",
    ),
)


def make_dialogue(
    session: Session, municipality: Municipality, slug: str = "oppen", **values: object
) -> Dialogue:
    """A dialogue with the three standard questions, open in July and August 2023."""
    columns: dict[str, object] = {
        "municipality_id": municipality.id,
        "slug": slug,
        "title": "Tre frågor om trygghet",
        "opens_at": OPENS_AT,
        "closes_at": CLOSES_AT,
        "municipalities": [municipality],
        "questions": [
            Question(position=i, code=code, version=1, kind=kind, wording={"sv": text})
            for i, (code, kind, text) in enumerate(WORDINGS, start=1)
        ],
    } | values
    dialogue = Dialogue(**columns)
    session.add(dialogue)
    session.flush()
    return dialogue


def make_response(
    session: Session,
    dialogue: Dialogue,
    answers: dict[int, tuple[str | None, str | None]] | None = None,
    places: list[MarkedPlace] | None = None,
    **values: object,
) -> Response:
    """A stored response. ``answers`` maps a question's position to (value, text).

    Kept counts are not updated: use the service where they matter.
    """
    response = build_response(dialogue, answers, places, **values)
    session.add(response)
    session.flush()
    return response


def build_response(
    dialogue: Dialogue,
    answers: dict[int, tuple[str | None, str | None]] | None = None,
    places: list[MarkedPlace] | None = None,
    **values: object,
) -> Response:
    """The same, not stored yet: many are stored at once in a fraction of the time."""
    by_position = {question.position: question for question in dialogue.questions}
    columns: dict[str, object] = {
        "municipality_id": dialogue.municipality_id,
        "dialogue_id": dialogue.id,
        "channel": Channel.WEB,
        "answered_on": date(2023, 7, 15),
        "content_hash": sha256(repr((answers, values)).encode()).hexdigest(),
    } | values
    response = Response(**columns)
    for position, (value, text) in (answers or {}).items():
        answer = Answer(question_id=by_position[position].id, value=value, text=text)
        mask_answer(answer)
        response.answers.append(answer)
    for number, place in enumerate(places or [], start=1):
        place.municipality_id = dialogue.municipality_id
        place.dialogue_id = dialogue.id
        place.position = number
        mask_mark(place)
        response.places.append(place)
    return response
