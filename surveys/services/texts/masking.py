"""The masked form of what residents write, stored in the transaction that stores the text.

Whoever stores an answer's text or a place's words asks here for the columns that go with them.
Rows that an older version stored are masked by the worker, and are shown to nobody until then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from surveys.db import Base
from surveys.models.response import DESTROYED_TEXT, Answer, MarkedPlace, PersonalData
from surveys.text.masking import MASK_VERSION
from surveys.text.masking_by_hand import mask_as_decided

BATCH = 500  # texts that are stored in one transaction: a fraction of a second

Columns = dict[str, object]


@dataclass(frozen=True, slots=True)
class UnmaskedText:
    """A stored text that was masked by older rules or not at all, and what a person decided."""

    table: type[Answer] | type[MarkedPlace]
    id: UUID
    text: str
    version: int
    hidden: Sequence[str] = ()
    told: Sequence[str] = ()


def mask_answer(answer: Answer) -> None:
    """Set the masked columns of ``answer`` from its text and from what a person has decided."""
    columns = answer_columns(answer.text, answer.hidden_words or (), answer.told_words or ())
    for name, value in columns.items():
        setattr(answer, name, value)


def mask_mark(mark: MarkedPlace) -> None:
    """The same for the words of a marked place."""
    columns = mark_columns(mark.words, mark.hidden_words or (), mark.told_words or ())
    for name, value in columns.items():
        setattr(mark, name, value)


def answer_columns(
    text: str | None, hidden: Sequence[str] = (), told: Sequence[str] = ()
) -> Columns:
    """What is stored beside an answer's ``text``. Without any text nothing is masked."""
    masked, kinds = _masked(text, hidden, told)
    return {"masked_text": masked, "masked_kinds": kinds, "mask_version": MASK_VERSION}


def mark_columns(
    words: str | None, hidden: Sequence[str] = (), told: Sequence[str] = ()
) -> Columns:
    """What is stored beside the ``words`` of a marked place."""
    return {"masked_words": _masked(words, hidden, told)[0], "mask_version": MASK_VERSION}


def remembering(columns_of: Callable[[str | None], Columns]) -> Callable[[str | None], Columns]:
    """``columns_of`` for a step of an import, in which many texts say the same few words."""
    known: dict[str | None, Columns] = {}

    def columns(text: str | None) -> Columns:
        found = known.get(text)
        if found is None:
            found = known[text] = columns_of(text)
        return found

    return columns


def count_unmasked(session: Session) -> int:
    """How many stored texts the rules of this version have not masked yet, in all tenants."""
    return sum(
        session.scalar(select(func.count(table.id)).where(*_is_behind(table, text))) or 0
        for table, text in ((Answer, Answer.text), (MarkedPlace, MarkedPlace.words))
    )


def list_unmasked(session: Session, *, limit: int = BATCH) -> list[UnmaskedText]:
    """Up to ``limit`` of them, of whatever tenant."""
    found: list[UnmaskedText] = []
    for table, text in ((Answer, Answer.text), (MarkedPlace, MarkedPlace.words)):
        statement = (
            select(table.id, text, table.mask_version, table.hidden_words, table.told_words)
            .where(*_is_behind(table, text))
            .limit(limit - len(found))
        )
        found += [
            UnmaskedText(table, key, words or "", version, hidden, told)
            for key, words, version, hidden, told in session.execute(statement)
        ]
    return found


def compute_masks(texts: Sequence[UnmaskedText]) -> list[Columns]:
    """The columns for each of ``texts``. Reads and writes nothing: no transaction waits for it."""
    return [
        (answer_columns if unmasked.table is Answer else mark_columns)(
            unmasked.text, unmasked.hidden, unmasked.told
        )
        for unmasked in texts
    ]


def store_masks(session: Session, texts: Sequence[UnmaskedText], masks: Sequence[Columns]) -> None:
    """Store what ``compute_masks`` gave, where the text is still the one that was read.

    A text that was destroyed or masked anew in the meantime is left as it is.
    """
    for table, text in ((Answer, Answer.text), (MarkedPlace, MarkedPlace.words)):
        rows = [
            {"key": unmasked.id, "read": unmasked.text, "was": unmasked.version, **columns}
            for unmasked, columns in zip(texts, masks, strict=True)
            if unmasked.table is table
        ]
        if rows:
            core = Base.metadata.tables[table.__tablename__]
            statement = update(core).where(
                core.c.id == bindparam("key"),
                core.c[text.key] == bindparam("read"),
                core.c.mask_version == bindparam("was"),
            )
            names = [name for name in rows[0] if name in core.c]
            statement = statement.values({name: bindparam(name) for name in names})
            session.connection().execute(statement, rows)


def _masked(
    text: str | None, hidden: Sequence[str], told: Sequence[str]
) -> tuple[str | None, frozenset[PersonalData]]:
    if not text or text == DESTROYED_TEXT:
        return None, frozenset()
    masked = mask_as_decided(text, hidden, told)
    return masked.text, frozenset(PersonalData(span.kind) for span in masked.spans)


def _is_behind(
    table: type[Answer] | type[MarkedPlace], text: InstrumentedAttribute[str | None]
) -> tuple[ColumnElement[bool], ...]:
    # As the partial index has it: the worker asks this every few minutes.
    return text.is_not(None), table.mask_version < MASK_VERSION
