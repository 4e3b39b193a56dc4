"""One person's submitted response: its answers and its marked places.

No address, device, user agent or time finer than the day is stored with a response, and ids are
random, so that rows cannot be put in the order in which they came.
"""

import enum
import uuid
from datetime import date

from sqlalchemy import (
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    and_,
    event,
    inspect,
    true,
)
from sqlalchemy import text as sql_text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from maps.places import Precision
from surveys.db import Base, EnumSet
from surveys.models.dialogue import Channel, Dialogue, DialogueEvent, Question
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace, PlaceKind
from surveys.packed_marks import PackedType, pack, packed_check, packed_of_row


class AgeBand(enum.Enum):
    """Age as a band only; the exact age is never asked for."""

    UNDER_15 = "0-14"
    FROM_15_TO_24 = "15-24"
    FROM_25_TO_44 = "25-44"
    FROM_45_TO_64 = "45-64"
    FROM_65_TO_79 = "65-79"
    FROM_80 = "80+"

    @property
    def ages(self) -> tuple[int, int | None]:
        """The first and the last age in it; None where there is no last."""
        first, _, last = self.value.rstrip("+").partition("-")
        return int(first), int(last) if last else None


class Gender(enum.Enum):
    """Gender as the background question offers it; the values are the codes of imports too."""

    WOMAN = "kvinna"
    MAN = "man"
    OTHER = "annat"
    NOT_SAID = "vill_ej_svara"


class PlaceReason(enum.Enum):
    """What makes a place feel unsafe. Stored by position: new members go last."""

    DARK = "dark"
    OVERGROWN = "overgrown"
    DESERTED = "deserted"
    FRIGHTENING_PEOPLE = "frightening_people"
    DRUGS = "drugs"
    DRUNKENNESS = "drunkenness"
    TRAFFIC = "traffic"
    DAMAGE = "damage"
    HAPPENED_TO_ME = "happened_to_me"
    OTHER = "other"


class Season(enum.Enum):
    """The part of the year in which a place feels so. Stored by position: new members go last."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"


class Feeling(enum.Enum):
    """What a marked place feels like to whoever marked it."""

    UNSAFE = "unsafe"
    SAFE = "safe"


class Suspicion(enum.Enum):
    """Why an answer may not come from a person. Stored by position: new members go last."""

    HONEYPOT = "honeypot"  # a field that no person sees was filled in
    BURST = "burst"  # many answers from one address at once
    REPEATED = "repeated"  # the same words as many other answers
    NO_PROOF = "no_proof"  # sent under load by a browser that could not prove its work


class SuspicionReview(enum.Enum):
    """What staff decided about a suspicious answer."""

    COUNTED = "counted"
    LEFT_OUT = "left_out"


class PersonalData(enum.Enum):
    """What is masked in free text. Stored by position: new members go last."""

    PNR = "pnr"
    PHONE = "phone"
    EMAIL = "email"
    PLATE = "plate"
    ADDRESS = "address"
    ACCOUNT = "account"
    HANDLE = "handle"
    NAME = "name"


class TimeOfDay(enum.Enum):
    """When a place feels unsafe. Stored by position: new members go last."""

    DAY = "day"
    EVENING = "evening"
    NIGHT = "night"


# Answer values of Q1. A scale answer and an imported yes/no are different questions to a
# statistician: they share no value, so they can never be added by mistake.
SCALE_VALUES = ("5", "4", "3", "2", "1")
DONT_KNOW = "vet_ej"
YES, NO = "ja", "nej"
# What is counted of an item besides coded values; a coded value never begins with a star.
TEXT_VALUE, NONE_VALUE = "*text", "*none"
# What stands in place of a text that was destroyed under a decision: that there was one is counted.
DESTROYED_TEXT = "*destroyed"

# SQLite numbers the rows of an ordinary table as they come, key or no key, and that number would
# tell the order of the answers. Without it the rows lie by their random ids.
IN_RANDOM_ORDER = {"sqlite_with_rowid": False}


_SPLIT_BY = [
    "municipality_id", "dialogue_id", "is_counted", "gender", "age_band", "channel", "answered_on",
    "language", "event_id", "area", "suspicions", "withdrawn_on",
]  # fmt: skip
_COUNTED_OF_MARKS = [
    "municipality_id", "dialogue_id", "is_counted", "feeling", "response_id", "named_place_id",
    "reasons", "times", "seasons", "kind", "outside_m", "lat", "lon", "precision", "packed",
]  # fmt: skip


_PACKED = ("lat", "lon", "precision", "reasons", "times", "named_place_id")


class Response(Base):
    """What one person sent in, once."""

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("dialogue_id", "external_id"),
        UniqueConstraint("dialogue_id", "key_hash"),
        Index("ix_response_receipt", "municipality_id", "receipt_hash"),
        # All that tables are split by, and what is left out: 50 000 respondents are counted
        # without reading their rows.
        Index("ix_response_groups", *_SPLIT_BY),
        IN_RANDOM_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("dialogue_event.id"), index=True)
    channel: Mapped[Channel]
    language: Mapped[str] = mapped_column(String(12), default="sv")
    answered_on: Mapped[date | None]
    age_band: Mapped[AgeBand | None]
    gender: Mapped[Gender | None]
    area: Mapped[str | None] = mapped_column(String(120))
    key_hash: Mapped[str | None] = mapped_column(String(64))
    receipt_hash: Mapped[str | None] = mapped_column(String(64))
    external_id: Mapped[str | None] = mapped_column(String(200))  # the row's id in an import
    content_hash: Mapped[str] = mapped_column(String(64))
    suspicions: Mapped[frozenset[Suspicion]] = mapped_column(
        EnumSet(Suspicion), default=frozenset(), server_default="0"
    )
    suspicion_review: Mapped[SuspicionReview | None]
    withdrawn_on: Mapped[date | None]
    # Whether it is in figures, maps and texts: neither withdrawn nor left out as suspicious.
    is_counted: Mapped[bool] = mapped_column(default=True, server_default=true())

    municipality: Mapped[Municipality] = relationship()
    dialogue: Mapped[Dialogue] = relationship()
    event: Mapped[DialogueEvent | None] = relationship()
    answers: Mapped[list["Answer"]] = relationship(
        back_populates="response", cascade="all, delete-orphan", order_by="Answer.question_id"
    )
    places: Mapped[list["MarkedPlace"]] = relationship(
        back_populates="response",
        cascade="all, delete-orphan",
        order_by="MarkedPlace.position",
    )


class Answer(Base):
    """The answer to one question within a response: a coded value, a text, or both."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("response_id", "question_id"),
        Index("ix_answer_said", "question_id", "response_id", "value"),
        # Long texts only, which few answers have.
        Index(
            "ix_answer_fingerprint",
            "fingerprint",
            sqlite_where=sql_text("fingerprint IS NOT NULL"),
            postgresql_where=sql_text("fingerprint IS NOT NULL"),
        ),
        # Texts only: the worker looks every few minutes for those that are not masked yet.
        Index(
            "ix_answer_mask",
            "mask_version",
            sqlite_where=sql_text("text IS NOT NULL"),
            postgresql_where=sql_text("text IS NOT NULL"),
        ),
        IN_RANDOM_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), index=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("question.id"))
    value: Mapped[str | None] = mapped_column(String(12))
    text: Mapped[str | None] = mapped_column(Text)
    # Whether something was written that is still there: asked without reading it.
    has_text: Mapped[bool] = column_property(
        and_(text.is_not(None), text != "", text != DESTROYED_TEXT), expire_on_flush=False
    )
    # The text without personal data: what staff read, search and code. ``hidden_words`` are what a
    # person has hidden besides, ``told_words`` what the masking took and a person has given back.
    masked_text: Mapped[str | None] = mapped_column(Text)
    masked_kinds: Mapped[frozenset[PersonalData]] = mapped_column(
        EnumSet(PersonalData), default=frozenset(), server_default="0"
    )
    mask_version: Mapped[int] = mapped_column(default=0, server_default="0")  # 0: not yet masked
    hidden_words: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    told_words: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    # Of a long text's words, so that the same words are found again without reading all texts.
    fingerprint: Mapped[str | None] = mapped_column(String(32))

    response: Mapped[Response] = relationship(back_populates="answers")
    question: Mapped[Question] = relationship()


class MarkedPlace(Base):
    """A place that somebody pointed out, by name, in words or on a map."""

    __tablename__ = "marked_place"
    __table_args__ = (
        packed_check("packed"),
        # All that is counted of marks, respondent by respondent.
        Index("ix_marked_place_tenant", *_COUNTED_OF_MARKS),
        Index(
            "ix_marked_place_mask",
            "mask_version",
            sqlite_where=sql_text("words IS NOT NULL"),
            postgresql_where=sql_text("words IS NOT NULL"),
        ),
        IN_RANDOM_ORDER,
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    dialogue_id: Mapped[int] = mapped_column(ForeignKey("dialogue.id"), index=True)
    response_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("response.id"), index=True)
    position: Mapped[int]
    named_place_id: Mapped[int | None] = mapped_column(ForeignKey("named_place.id"))
    words: Mapped[str | None] = mapped_column(Text)
    has_words: Mapped[bool] = column_property(
        and_(words.is_not(None), words != ""), expire_on_flush=False
    )
    masked_words: Mapped[str | None] = mapped_column(Text)
    mask_version: Mapped[int] = mapped_column(default=0, server_default="0")
    hidden_words: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    told_words: Mapped[list[str]] = mapped_column(default=list, server_default="[]")
    lat: Mapped[float | None]
    lon: Mapped[float | None]
    precision: Mapped[Precision]
    outside_m: Mapped[int] = mapped_column(default=0)  # metres outside the outline, 0 = inside
    reasons: Mapped[frozenset[PlaceReason]] = mapped_column(
        EnumSet(PlaceReason), default=frozenset()
    )
    times: Mapped[frozenset[TimeOfDay]] = mapped_column(EnumSet(TimeOfDay), default=frozenset())
    seasons: Mapped[frozenset[Season]] = mapped_column(
        EnumSet(Season), default=frozenset(), server_default="0"
    )
    kind: Mapped[PlaceKind | None]
    feeling: Mapped[Feeling] = mapped_column(default=Feeling.UNSAFE, server_default="unsafe")
    # The same as its response's, so that a million marks are read without a join.
    is_counted: Mapped[bool] = mapped_column(default=True, server_default=true())

    # Written with the row, and anew with it: for reading a million of them.
    packed: Mapped[bytes] = mapped_column(PackedType(), default=packed_of_row, deferred=True)

    response: Mapped[Response] = relationship(back_populates="places")
    named_place: Mapped[NamedPlace | None] = relationship()


@event.listens_for(MarkedPlace, "before_update")
def _pack_anew(_mapper: object, _connection: object, mark: MarkedPlace) -> None:
    state = inspect(mark)
    if not any(state.attrs[name].history.has_changes() for name in _PACKED):
        return
    mark.packed = pack(
        lat=mark.lat,
        lon=mark.lon,
        precision=mark.precision,
        reasons=mark.reasons,
        times=mark.times,
        place=mark.named_place_id,
    )
