"""The open dialogue of Söderhamn, with answers given through the survey as residents give them.

Its days follow the day of the set-up: it opened fourteen days before and closes sixty days after.
All answers are invented.
"""

import json
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from surveys.demo.moments import at
from surveys.drafts.responses import AnswerDraft, IfOutside, PlaceDraft, ResponseDraft
from surveys.models.dialogue import Channel, Dialogue, DialogueEvent, EventKind
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import AgeBand, Feeling, Gender, PlaceReason, Season, TimeOfDay
from surveys.services.dialogues.links import count_visit, create_link
from surveys.services.dialogues.responses import submit_response
from surveys.services.dialogues.standard_questions import standard_questions

SLUG = "oppen"
OPENED_DAYS_AGO = 14
CLOSES_IN_DAYS = 60
# Openings a day, the last of them today: a post is read on its day, a poster while it hangs.
OPENINGS = {
    Channel.FACEBOOK: (61, 24, 9, 4, 2, 47, 15, 6),
    Channel.POSTER: (3, 5, 4, 2, 1, 4, 6, 3, 5),
    Channel.SCHOOL: (0, 27, 4, 1),
    Channel.NEWSLETTER: (12, 3, 1),
}
# By which of them every so manieth answer came; the others wrote the long address.
VIA = {2: "soderhamn-fb", 5: "soderhamn-affisch", 7: "soderhamn-skola", 11: "soderhamn-nyhetsbrev"}


def add_open_dialogue(session: Session, municipality: Municipality, today: date) -> Dialogue:
    """The dialogue, with one event that has been and one to come."""
    opened_on = today - timedelta(days=OPENED_DAYS_AGO)
    dialogue = Dialogue(
        municipality_id=municipality.id,
        slug=SLUG,
        title="Tre frågor om trygghet",
        opens_at=at(opened_on, 7),
        closes_at=at(today + timedelta(days=CLOSES_IN_DAYS), 23, 59),
        municipalities=[municipality],
        asks_safe_places=True,
        questions=standard_questions(municipality),
        events=[
            _event("resecentrum", opened_on + timedelta(days=5), "Resecentrum"),
            _event("ljusne", today + timedelta(days=9), "Brädgården, Ljusne"),
        ],
    )
    session.add(dialogue)
    session.flush()
    return dialogue


def add_links(session: Session, municipality: Municipality, dialogue: Dialogue, today: date) -> int:
    """Four short addresses with openings since the first day; return how many openings."""
    total = 0
    for channel, openings in OPENINGS.items():
        link = create_link(session, municipality, dialogue, channel)
        for days_ago, n in enumerate(reversed(openings)):
            count_visit(session, link.id, today - timedelta(days=days_ago), times=n)
            total += n
    return total


def give_answers(
    session: Session, municipality: Municipality, dialogue: Dialogue, *, now: datetime, secret: str
) -> int:
    """Send in the invented answers, each on its day; return how many there are."""
    content = (files("surveys.demo") / "open_answers.json").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(content)
    for number, row in enumerate(rows):
        sent_at = min(dialogue.opens_at + timedelta(days=row["day"], hours=1 + number % 12), now)
        submit_response(
            session, municipality, dialogue, _draft(row, _via(number)), now=sent_at, secret=secret
        )
    return len(rows)


def _event(code: str, held_on: date, venue: str) -> DialogueEvent:
    return DialogueEvent(
        code=code,
        kind=EventKind.CITIZEN_DIALOGUE,
        channel=Channel.MEETING,
        title=f"Medborgardialog: {venue}",
        venue=venue,
        organiser="Söderhamns kommun och polisen",
        held_on=held_on,
    )


def _via(number: int) -> str | None:
    return next((word for step, word in VIA.items() if number % step == step - 1), None)


def _draft(row: dict[str, Any], via: str | None) -> ResponseDraft:
    answers = (
        AnswerDraft(1, value=row.get("q1")),
        AnswerDraft(2, value=row.get("q2")),
        AnswerDraft(3, text=row.get("q3")),
    )
    return ResponseDraft(
        key=str(uuid4()),
        answers=tuple(answer for answer in answers if answer.value or answer.text),
        places=tuple(_place(i, place) for i, place in enumerate(row.get("places", ()), start=1)),
        age_band=AgeBand(row["age_band"]) if "age_band" in row else None,
        gender=Gender(row["gender"]) if "gender" in row else None,
        area=row.get("area"),
        via=via,
    )


def _place(number: int, place: dict[str, Any]) -> PlaceDraft:
    pin = place.get("pin")
    return PlaceDraft(
        number=number,
        name=place.get("name"),
        words=place.get("words"),
        pin=(pin[0], pin[1]) if pin else None,
        reasons=frozenset(map(PlaceReason, place.get("reasons", ()))),
        times=frozenset(map(TimeOfDay, place.get("times", ()))),
        seasons=frozenset(map(Season, place.get("seasons", ()))),
        kind=PlaceKind(place["kind"]) if "kind" in place else None,
        feeling=Feeling(place.get("feeling", Feeling.UNSAFE.value)),
        if_outside=IfOutside.ASK,
    )
