"""From a row of an import file to a checked draft, or to the reason why it cannot be one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from json import dumps

from maps.areas import Outline, distance_outside_m
from maps.places import BadCoordinate, Precision, parse_position
from surveys.limits import MAX_EXTERNAL_ID, MAX_NAME, MAX_TEXT, MAX_WORDS, OUTSIDE_TOLERANCE_M
from surveys.models.dialogue import Channel, DialogueEvent, QuestionKind
from surveys.models.place import NamedPlace
from surveys.models.response import AgeBand, Gender, PlaceReason, TimeOfDay
from surveys.services.dialogues.import_vocabulary import (
    AGE_BAND_WORDS,
    CHANNEL_WORDS,
    GENDER_WORDS,
    REASON_WORDS,
    SCALE_WORDS,
    TIME_WORDS,
    YES_NO_WORDS,
    Member,
    folded,
    look_up,
)
from surveys.services.editions.input_rules import FIRST_YEAR
from surveys.text.csv_table import TableRow

REQUIRED_COLUMN = "id"
BACKGROUND_COLUMNS = ("age_band", "gender", "area")
ANSWER_COLUMNS = {"q1": 1, "q2": 2, "q3": 3}
COLUMNS = frozenset(
    {
        REQUIRED_COLUMN,
        *ANSWER_COLUMNS,
        *BACKGROUND_COLUMNS,
        *("lat", "lon", "place", "reasons", "times"),
        *("answered_on", "channel", "event", "language"),
    }
)
BETWEEN = "|"  # several reasons or times in one cell
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
MAX_LANGUAGE = 12


class RowRefused(ValueError):
    """The row cannot be stored. ``code`` names the reason, ``values`` what the message needs."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class PlaceDraft:
    """A place that a row points out: a position, a place of the register, or words."""

    lat: float | None
    lon: float | None
    outside_m: int
    named: NamedPlace | None
    words: str | None
    reasons: frozenset[PlaceReason] = frozenset()
    times: frozenset[TimeOfDay] = frozenset()

    @property
    def precision(self) -> Precision:
        """Exact for a position, the place for a name; words alone point at no spot."""
        if self.lat is not None:
            return Precision.EXACT
        return Precision.PLACE if self.named is not None else Precision.DISTRICT


@dataclass(frozen=True, slots=True)
class ImportDraft:
    """One row, checked. ``answers`` maps a question's position to (value, text)."""

    line: int
    external_id: str
    answers: dict[int, tuple[str | None, str | None]]
    place: PlaceDraft | None
    channel: Channel
    event: DialogueEvent | None
    language: str
    answered_on: date | None
    age_band: AgeBand | None
    gender: Gender | None
    area: str | None
    content: dict[str, str]  # what the row says, column by column, in one spelling

    @property
    def content_hash(self) -> str:
        """Tells whether another row says the same."""
        return sha256(dumps(self.content, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows for one dialogue of one municipality; ``today`` bounds their dates."""

    questions: Mapping[int, QuestionKind]
    events: Mapping[str, DialogueEvent]
    named_places: Mapping[str, NamedPlace]
    outline: Outline | None
    today: date
    unused: frozenset[str] = field(default_factory=frozenset)  # columns not to be kept

    def read(self, row: TableRow) -> ImportDraft:
        """The draft of ``row``; raise RowRefused."""
        cells = {
            name: text
            for name, text in row.cells.items()
            if text and name in COLUMNS and name not in self.unused
        }
        external_id = _bounded(cells, REQUIRED_COLUMN, MAX_EXTERNAL_ID)
        if external_id is None:
            raise RowRefused("id_missing")
        event = self._event(cells)
        answers = self._answers(cells)
        place = self._place(cells)
        draft = ImportDraft(
            line=row.line,
            external_id=external_id,
            answers=answers,
            place=place,
            channel=_channel(cells, event),
            event=event,
            language=_language(cells),
            answered_on=self._date(cells),
            age_band=_coded(cells, "age_band", AGE_BAND_WORDS),
            gender=_coded(cells, "gender", GENDER_WORDS),
            area=_bounded(cells, "area", MAX_NAME),
            content={},
        )
        draft.content.update(_content(draft, cells))
        return draft

    def _answers(self, cells: Mapping[str, str]) -> dict[int, tuple[str | None, str | None]]:
        answers: dict[int, tuple[str | None, str | None]] = {}
        for column, position in ANSWER_COLUMNS.items():
            if column not in cells:
                continue
            if position not in self.questions:
                raise RowRefused("no_question", column=column)
            answers[position] = _answer(cells, column, self.questions[position])
        return answers

    def _place(self, cells: Mapping[str, str]) -> PlaceDraft | None:
        words = _bounded(cells, "place", MAX_WORDS)
        try:
            position = parse_position(cells.get("lat"), cells.get("lon"))
        except BadCoordinate as error:
            raise RowRefused(error.code, typed=error.typed[:40]) from error
        reasons = _several(cells, "reasons", REASON_WORDS)
        times = _several(cells, "times", TIME_WORDS)
        if position is None and words is None:
            if reasons or times:
                raise RowRefused("no_place", column="reasons" if reasons else "times")
            return None
        named = self.named_places.get(folded(words)) if words else None
        lat, lon = position or (None, None)
        return PlaceDraft(
            lat=lat,
            lon=lon,
            outside_m=0 if position is None else self._outside_m(*position),
            named=named,
            words=None if named is not None else words,
            reasons=reasons,
            times=times,
        )

    def _outside_m(self, lat: float, lon: float) -> int:
        if self.outline is None:
            return 0
        metres = distance_outside_m(self.outline, lat, lon)
        if metres > OUTSIDE_TOLERANCE_M:
            raise RowRefused("outside", km=max(1, round(metres / 1000)))
        return round(metres)

    def _event(self, cells: Mapping[str, str]) -> DialogueEvent | None:
        code = cells.get("event")
        if code is None:
            return None
        event = self.events.get(folded(code))
        if event is None:
            raise RowRefused("event", typed=code[:60])
        return event

    def _date(self, cells: Mapping[str, str]) -> date | None:
        typed = cells.get("answered_on")
        if typed is None:
            return None
        if _ISO_DATE.fullmatch(typed) is None:
            raise RowRefused("date", typed=typed[:40])
        try:
            answered_on = date.fromisoformat(typed)
        except ValueError as error:
            raise RowRefused("date", typed=typed) from error
        if answered_on > self.today:
            raise RowRefused("date_future", typed=typed)
        if answered_on.year < FIRST_YEAR:
            raise RowRefused("date_unlikely", typed=typed)
        return answered_on


def place_index(
    places: Iterable[NamedPlace], streets: Iterable[NamedPlace] = ()
) -> dict[str, NamedPlace]:
    """The register by name and alias; a name is never taken by another place's alias.

    A street is meant where the register has nothing of that name.
    """
    every = list(places)
    by_street = {folded(street.name): street for street in streets}
    by_alias = {folded(alias): place for place in every for alias in place.aliases}
    return by_street | by_alias | {folded(place.name): place for place in every}


def _answer(
    cells: Mapping[str, str], column: str, kind: QuestionKind
) -> tuple[str | None, str | None]:
    typed = cells[column]
    if kind is QuestionKind.SCALE:
        value = SCALE_WORDS.get(folded(typed))
        if value is None:
            raise RowRefused("scale", column=column, typed=typed[:40])
        return value, None
    if kind is QuestionKind.PLACES and folded(typed) in YES_NO_WORDS:
        return YES_NO_WORDS[folded(typed)], None
    return None, _bounded(cells, column, MAX_TEXT)


def _bounded(cells: Mapping[str, str], column: str, limit: int) -> str | None:
    text = cells.get(column)
    if text is not None and len(text) > limit:
        raise RowRefused("long", column=column, length=len(text), limit=limit)
    return text


def _coded(cells: Mapping[str, str], column: str, words: dict[str, Member]) -> Member | None:
    typed = cells.get(column)
    if typed is None:
        return None
    member = look_up(typed, words)
    if member is None:
        raise RowRefused("choice", column=column, typed=typed[:40])
    return member


def _several(cells: Mapping[str, str], column: str, words: dict[str, Member]) -> frozenset[Member]:
    """The members that the cell names, with a bar between them."""
    parts = [part.strip() for part in cells.get(column, "").split(BETWEEN)]
    found = {_coded({column: part}, column, words) for part in parts if part}
    return frozenset(member for member in found if member is not None)


def spelled(members: Iterable[Member]) -> str:
    """Several members in one spelling, as a cell has them."""
    return BETWEEN.join(sorted(str(member.value) for member in members))


def _channel(cells: Mapping[str, str], event: DialogueEvent | None) -> Channel:
    """As the row says; else as the event was held; else only that it was imported."""
    channel = _coded(cells, "channel", CHANNEL_WORDS)
    if channel is not None:
        return channel
    return event.channel if event is not None else Channel.IMPORT


def _language(cells: Mapping[str, str]) -> str:
    language = cells.get("language", "sv").casefold()
    if len(language) > MAX_LANGUAGE or _LANGUAGE.fullmatch(language) is None:
        raise RowRefused("choice", column="language", typed=language[:40])
    return language


def _content(draft: ImportDraft, cells: Mapping[str, str]) -> dict[str, str]:
    """What the draft says in one spelling, so that two files that mean the same are equal."""
    said = {
        column: value or text or ""
        for column, position in ANSWER_COLUMNS.items()
        for value, text in [draft.answers.get(position, (None, None))]
    }
    if draft.place is not None and draft.place.lat is not None:
        said |= {"lat": coordinate(draft.place.lat), "lon": coordinate(draft.place.lon)}
    if draft.place is not None:  # left out where nothing is said: sums that are stored stay valid
        several = {"reasons": spelled(draft.place.reasons), "times": spelled(draft.place.times)}
        said |= {column: text for column, text in several.items() if text}
    said |= {
        "place": folded(cells.get("place", "")),
        "answered_on": draft.answered_on.isoformat() if draft.answered_on else "",
        "channel": draft.channel.value,
        "event": draft.event.code if draft.event else "",
        "language": draft.language,
        "age_band": draft.age_band.value if draft.age_band else "",
        "gender": draft.gender.value if draft.gender else "",
        "area": draft.area or "",
    }
    return said


def coordinate(degrees: float | None) -> str:
    """A coordinate in one spelling, to about a decimetre."""
    return "" if degrees is None else f"{degrees:.6f}"
