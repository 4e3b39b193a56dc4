"""Short addresses: where a word leads, and how much each channel has brought."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.answer_count import AnswerCount
from surveys.models.dialogue import Channel, Dialogue, Question, QuestionKind
from surveys.models.link import LinkVisits, ShortLink
from surveys.models.municipality import Municipality
from surveys.models.response import TEXT_VALUE
from surveys.text.slugs import MAX_LINK_WORD, make_link_word

# What a suggested word ends in: short, and easy to say on the telephone.
ENDINGS = {
    Channel.FACEBOOK: "fb",
    Channel.POSTER: "affisch",
    Channel.SCHOOL: "skola",
    Channel.NEWSLETTER: "nyhetsbrev",
    Channel.WEB: "webb",
    Channel.MEETING: "mote",
}


@dataclass(frozen=True, slots=True)
class ChannelUse:
    """One channel of a dialogue: its short address, if it has one, and what came through it.

    ``days`` are (day, openings), the first day first.
    """

    channel: Channel
    word: str | None
    n_visits: int
    n_answers: int
    days: tuple[tuple[date, int], ...]


def get_link(session: Session, typed: str) -> ShortLink:
    """The short address with this word, however it was typed; raise NotFound.

    A word belongs to one municipality, and is what tells which.
    """
    link = session.scalar(select(ShortLink).where(ShortLink.word == make_link_word(typed)))
    if link is None:
        raise NotFound("link")
    return link


def find_link(
    session: Session, municipality: Municipality, dialogue: Dialogue, word: str
) -> ShortLink | None:
    """The dialogue's short address with this word, if it is one of them."""
    statement = select(ShortLink).where(
        ShortLink.municipality_id == municipality.id,
        ShortLink.dialogue_id == dialogue.id,
        ShortLink.word == word,
    )
    return session.scalar(statement)


def get_own_link(
    session: Session, municipality: Municipality, dialogue: Dialogue, word: str
) -> ShortLink:
    """The dialogue's short address with this word; raise NotFound."""
    link = find_link(session, municipality, dialogue, word)
    if link is None:
        raise NotFound(word)
    return link


def find_by_channel(
    session: Session, municipality: Municipality, dialogue: Dialogue, channel: Channel
) -> ShortLink | None:
    """The dialogue's short address for one channel, if it has one."""
    statement = select(ShortLink).where(
        ShortLink.municipality_id == municipality.id,
        ShortLink.dialogue_id == dialogue.id,
        ShortLink.channel == channel,
    )
    return session.scalar(statement)


def suggest_word(session: Session, municipality: Municipality, channel: Channel) -> str:
    """A free word from the municipality's name and the channel, such as ``soderhamn-fb``."""
    ending = ENDINGS[channel]
    start = municipality.slug[: MAX_LINK_WORD - len(ending) - 4].rstrip("-")
    base = f"{start}-{ending}"
    taken = set(session.scalars(select(ShortLink.word).where(ShortLink.word.startswith(base))))
    number = 1
    word = base
    while word in taken:
        number += 1
        word = f"{base}-{number}"
    return word


def list_channel_use(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> tuple[ChannelUse, ...]:
    """Each channel with a short address or with answers, in the order in which they are defined."""
    links = session.scalars(
        select(ShortLink).where(
            ShortLink.municipality_id == municipality.id, ShortLink.dialogue_id == dialogue.id
        )
    )
    words = {link.channel: link for link in links}
    answers = _count_answers(session, municipality, dialogue)
    days = _list_days(session, [link.id for link in words.values()])
    rows = []
    for channel in Channel:
        link = words.get(channel)
        if link is None and not answers.get(channel):
            continue
        visits = days.get(link.id, ()) if link else ()
        total = sum(n for _, n in visits)
        rows.append(
            ChannelUse(channel, link.word if link else None, total, answers.get(channel, 0), visits)
        )
    return tuple(rows)


def _list_days(session: Session, ids: list[int]) -> dict[int, tuple[tuple[date, int], ...]]:
    statement = (
        select(LinkVisits).where(LinkVisits.link_id.in_(ids)).order_by(LinkVisits.day)
        if ids
        else None
    )
    found: dict[int, tuple[tuple[date, int], ...]] = {}
    for row in session.scalars(statement) if statement is not None else ():
        found[row.link_id] = (*found.get(row.link_id, ()), (row.day, row.n))
    return found


def _count_answers(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> dict[Channel, int]:
    """Answers by channel from the kept counts.

    Of a question with fixed answers each response counts once: with its value, or as unanswered.
    """
    coded = (
        select(Question.id)
        .where(Question.dialogue_id == dialogue.id, Question.kind != QuestionKind.TEXT)
        .order_by(Question.position)
        .limit(1)
        .scalar_subquery()
    )
    statement = (
        select(AnswerCount.channel, func.sum(AnswerCount.n))
        .where(
            AnswerCount.municipality_id == municipality.id,
            AnswerCount.dialogue_id == dialogue.id,
            AnswerCount.question_id == coded,
            AnswerCount.value != TEXT_VALUE,
        )
        .group_by(AnswerCount.channel)
    )
    return {channel: int(n) for channel, n in session.execute(statement)}
