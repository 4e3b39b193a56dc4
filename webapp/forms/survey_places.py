"""The places of a survey form: fields ``places-N-name``, ``-words``, ``-lat`` and so on.

A place never blocks an answer: whatever cannot be read is asked about once, and the page that asks
is filled in so that sending it again goes through.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from werkzeug.datastructures import MultiDict
from wtforms import (
    Form,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice

from maps.places import BadCoordinate, SwappedCoordinates, parse_position
from surveys.drafts.responses import IfOutside, PlaceDraft
from surveys.errors import PlaceOutside
from surveys.limits import MAX_PLACES, MAX_WORDS
from surveys.models.response import PlaceReason, TimeOfDay
from surveys.questionnaire import PlaceChoice
from webapp.formatters import number
from webapp.forms.typed_text import AtMost, OneOf, choices, cleaned
from webapp.labels import label

ASKED_AGAIN = (IfOutside.SUGGESTED.value, IfOutside.WORDS.value)
_FIELD = re.compile(r"places-(\d{1,9})-(name|words|lat|lon|reasons|times|choice)")
_UNKNOWN_CHIP = _l("We do not recognise “%(typed)s”. Choose among the answers below.")

_COORDINATE_MESSAGES = {
    "not_a_number": _l(
        "We cannot read “%(typed)s” as a position. Write numbers such as 61,3037 and 17,0592,"
        " or describe the place in your own words."
    ),
    "half_missing": _l(
        "A position needs both latitude and longitude. Fill in both, or describe the place in"
        " your own words."
    ),
    "out_of_range": _l(
        "There is no such position on earth: %(typed)s. Correct it, or describe the place in your"
        " own words."
    ),
    "swapped": _l(
        "Latitude and longitude had changed places. We have put them right: check, and send again."
    ),
}


class PlaceForm(Form):
    """One place. ``shows_coordinates`` and ``asks_choice`` steer what the page shows of it."""

    max_words = MAX_WORDS

    name = SelectField(
        _l("Choose in the list"), filters=[cleaned], validate_choice=False, widget=GovSelect()
    )
    words = TextAreaField(
        _l("In your own words"),
        filters=[cleaned],
        validators=[AtMost(MAX_WORDS)],
        widget=GovTextArea(),
    )
    lat = StringField(_l("Latitude"), filters=[cleaned], widget=GovTextInput())
    lon = StringField(_l("Longitude"), filters=[cleaned], widget=GovTextInput())
    reasons = SelectMultipleField(
        _l("What makes the place feel unsafe?"),
        description=_l("Choose as many as you like."),
        validate_choice=False,
        validators=[OneOf((member.value for member in PlaceReason), _UNKNOWN_CHIP)],
        widget=GovCheckboxesInput(),
    )
    times = SelectMultipleField(
        _l("When does it feel that way?"),
        validate_choice=False,
        validators=[OneOf((member.value for member in TimeOfDay), _UNKNOWN_CHIP)],
        widget=GovCheckboxesInput(),
    )
    choice = RadioField(
        _l("What do you want to do with the place?"),
        choices=[],
        validate_choice=False,
        widget=GovRadioInput(),
    )

    def __init__(self, typed: MultiDict[str, str], prefix: str, names: "PlaceNames") -> None:
        super().__init__(typed, prefix=prefix)
        self.names = names
        self.pin: tuple[float, float] | None = None
        self.shows_coordinates = False
        self.asks_choice = False
        self.has_map = names.has_map
        self.name.choices = names.choices
        self.reasons.choices = choices((m.value, label(m)) for m in PlaceReason)
        self.times.choices = choices((m.value, label(m)) for m in TimeOfDay)

    @property
    def is_filled(self) -> bool:
        """Whether anything has been said about the place."""
        return any(field.data for field in self if field.short_name != "choice")

    def validate_name(self, field: SelectField) -> None:
        """A name that is not in the list moves to the words, where nothing is refused."""
        typed = field.data or ""
        known = self.names.find(typed)
        if typed and known is None:
            self.words.data = ", ".join(filter(None, (typed, self.words.data)))
            field.data = ""
            raise ValidationError(
                _(
                    "We do not find “%(name)s” in the list. We have moved it to your own words:"
                    " send again if that is right, or choose another place.",
                    name=typed[:60],
                )
            )
        field.data = known or ""

    def validate_lat(self, field: StringField) -> None:
        """Both coordinates at once; the message stands on the first of them."""
        try:
            self.pin = parse_position(field.data, self.lon.data)
        except BadCoordinate as error:
            if self.choice.data == IfOutside.WORDS.value:
                self._move_to_words()
                return
            self.shows_coordinates = True
            self.asks_choice = not isinstance(error, SwappedCoordinates)
            self.choice.data = self.choice.data or IfOutside.WORDS.value
            if isinstance(error, SwappedCoordinates):
                field.data, self.lon.data = self.lon.data, field.data
            message = str(_COORDINATE_MESSAGES[error.code])
            raise ValidationError(message % {"typed": error.typed[:40]}) from error

    def _move_to_words(self) -> None:
        typed = " ".join(filter(None, (self.lat.data, self.lon.data)))
        together = ", ".join(filter(None, (self.words.data, typed)))
        if len(together) <= MAX_WORDS:
            self.words.data = together
        self.lat.data = self.lon.data = ""

    def ask_about(self, outside: PlaceOutside, municipality_name: str) -> None:
        """Say that the pin lies too far out and ask what to do. The answer can be sent as it is."""
        where = {"municipality": municipality_name, "distance": distance_words(outside.distance_m)}
        self.asks_choice = True
        self.choice.data = IfOutside.WORDS.value
        if outside.suggestion:
            message = _(
                "The place is outside %(municipality)s, %(distance)s away."
                " Did you mean %(suggestion)s?",
                suggestion=outside.suggestion,
                **where,
            )
        else:
            message = _("The place is outside %(municipality)s, %(distance)s away.", **where)
        self.choice.choices = self._ways_on(outside.suggestion)
        self.choice.errors = [message]

    def _ways_on(self, suggestion: str | None) -> list[SelectChoice]:
        without = (IfOutside.WORDS.value, _("Send without the pin"))
        if not suggestion:
            return choices([without])
        taken = _("Yes, use %(place)s instead", place=suggestion)
        return choices([(IfOutside.SUGGESTED.value, taken), without])

    def offer_words(self) -> None:
        """The way on for a position that cannot be read, where no other place is suggested."""
        if self.asks_choice and not self.choice.choices:
            self.choice.choices = self._ways_on(None)

    def draft(self, number_in_form: int) -> PlaceDraft:
        """The place as the domain takes it; call after ``validate``."""
        wanted = self.choice.data if self.choice.data in ASKED_AGAIN else IfOutside.ASK.value
        return PlaceDraft(
            number=number_in_form,
            name=self.name.data or None,
            words=self.words.data or None,
            pin=self.pin,
            reasons=frozenset(PlaceReason(value) for value in self.reasons.data or []),
            times=frozenset(TimeOfDay(value) for value in self.times.data or []),
            if_outside=IfOutside(wanted),
        )


class PlaceNames:
    """The register's names as choices, found again whatever the case, also by another name.

    ``has_map`` says whether there is a map to point on as well.
    """

    def __init__(self, places: Iterable[PlaceChoice], *, has_map: bool) -> None:
        self.has_map = has_map
        every = tuple(places)
        self.choices = choices([("", _("Choose a place")), *((p.name, p.name) for p in every)])
        by_alias = {alias.casefold(): p.name for p in every for alias in p.aliases}
        self._names = by_alias | {p.name.casefold(): p.name for p in every}

    def find(self, typed: str) -> str | None:
        """The register's own name for ``typed``."""
        return self._names.get(typed.casefold())


@dataclass(frozen=True, slots=True)
class TypedPlaces:
    """What was typed about places: the places that fit, and the words of those that do not."""

    forms: list[PlaceForm]
    rest: list[str]


def read_places(
    typed: MultiDict[str, str], names: PlaceNames, *, without: int | None = None, blank: int = 0
) -> TypedPlaces:
    """The filled-in places of a form, numbered anew from 0, then ``blank`` empty ones.

    ``without`` is the number of a place to leave out. Where nothing is filled in, one empty place
    is there to write in.
    """
    filled = [
        fields
        for index, fields in sorted(_gather(typed).items())
        if index != without and _says_something(fields)
    ]
    kept = filled[:MAX_PLACES]
    empty = max(blank if len(kept) < MAX_PLACES else 0, 0 if kept else 1)
    forms = [
        place_form(number_in_form, fields, names)
        for number_in_form, fields in enumerate([*kept, *({} for _ in range(empty))])
    ]
    rest = [
        ", ".join(text for values in fields.values() for text in values if text)
        for fields in filled[MAX_PLACES:]
    ]
    return TypedPlaces(forms, rest)


def place_form(
    number_in_form: int | str, fields: dict[str, list[str]], names: PlaceNames
) -> PlaceForm:
    """One place with ``fields`` (name -> values) filled in."""
    prefix = f"places-{number_in_form}-"
    own = MultiDict[str, str]()
    for field, values in fields.items():
        own.setlist(prefix + field, values)
    return PlaceForm(own, prefix, names)


def distance_words(metres: float) -> str:
    """1,4 km, 12 km or 195 km, held together by a no-break space."""
    km = metres / 1000
    return f"{number(km, 1 if km < 10 else 0)}\N{NO-BREAK SPACE}km"


def _gather(typed: MultiDict[str, str]) -> dict[int, dict[str, list[str]]]:
    places: dict[int, dict[str, list[str]]] = {}
    for key, values in typed.lists():
        match = _FIELD.fullmatch(key)
        if match:
            places.setdefault(int(match[1]), {}).setdefault(match[2], []).extend(values)
    return places


def _says_something(fields: Mapping[str, Sequence[str]]) -> bool:
    return any(
        cleaned(text) for name, values in fields.items() if name != "choice" for text in values
    )
