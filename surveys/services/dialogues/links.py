"""Short addresses: made by staff, one for each way of spreading a dialogue, and counted."""

from datetime import date

from sqlalchemy import Insert
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.link import LINK_CHANNELS, LinkVisits, ShortLink
from surveys.models.municipality import Municipality
from surveys.queries.dialogues.links import find_by_channel, suggest_word
from surveys.text.slugs import MAX_LINK_WORD, MIN_LINK_WORD, make_link_word


def create_link(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    channel: Channel,
    typed: str = "",
) -> ShortLink:
    """The short address of ``dialogue`` for one channel; without ``typed`` a word is suggested.

    Raise InvalidInput where the channel has one already, where the word is too short or too long,
    and where it is taken, by whichever municipality.
    """
    if channel not in LINK_CHANNELS:
        raise InvalidInput("link_channel", "channel")
    if find_by_channel(session, municipality, dialogue, channel):
        raise InvalidInput("link_twice", "channel")
    word = make_link_word(typed) or suggest_word(session, municipality, channel)
    if not MIN_LINK_WORD <= len(word) <= MAX_LINK_WORD:
        raise InvalidInput("word_length", "word")
    link = ShortLink(
        municipality_id=municipality.id, dialogue_id=dialogue.id, word=word, channel=channel
    )
    try:
        with session.begin_nested():
            session.add(link)
            session.flush()
    except IntegrityError as error:
        raise InvalidInput("word_taken", "word") from error
    return link


def count_visit(session: Session, link_id: int, day: date, *, times: int = 1) -> None:
    """Add ``times`` openings of one short address to the number of ``day``, and nothing else."""
    session.execute(_upsert(session, {"link_id": link_id, "day": day, "n": times}))


def _upsert(session: Session, row: dict[str, object]) -> Insert:
    key = ("link_id", "day")
    if session.get_bind().dialect.name == "postgresql":
        on_postgresql = postgresql.insert(LinkVisits).values(row)
        return on_postgresql.on_conflict_do_update(
            index_elements=key, set_={"n": LinkVisits.n + on_postgresql.excluded.n}
        )
    on_sqlite = sqlite.insert(LinkVisits).values(row)
    return on_sqlite.on_conflict_do_update(
        index_elements=key, set_={"n": LinkVisits.n + on_sqlite.excluded.n}
    )
