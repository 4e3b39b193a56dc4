"""The places of a survey form: fields ``places-N-name``, ``-words``, ``-lat`` and so on.

A place never blocks an answer: whatever cannot be read is asked about once, and the page that asks
is filled in so that sending it again goes through.
"""

from collections.abc import Sequence

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field, StringField, ValidationError
from wtforms.fields.choices import SelectChoice

from maps.drawing.still import StillView, read_view
from maps.places import BadCoordinate, Compass, SwappedCoordinates, parse_position
from surveys.drafts.responses import IfOutside, PlaceDraft
from surveys.errors import PlaceOutside
from surveys.limits import MAX_WORDS
from surveys.models.place import PlaceKind
from surveys.models.response import Feeling, PlaceReason, Season, TimeOfDay
from webapp.formatters import number
from webapp.forms.place_fields import COORDINATE_MESSAGES, IN_WORDS, PlaceFields
from webapp.forms.place_names import PlaceNames
from webapp.forms.place_presses import PlacePress, Press
from webapp.forms.typed_text import choices, too_long
from webapp.words.place import where_words

ASKED_AGAIN = (IfOutside.SUGGESTED.value, IfOutside.WORDS.value)
# What says nothing about the place by itself.
STATE_FIELDS = frozenset({"asked", "choice", "feeling", "way", "view"})


class PlaceForm(PlaceFields):
    """One place. ``shows_coordinates`` and ``asks_choice`` steer what the page shows of it.

    ``picture`` is the still map as an address to show, where one has been drawn.
    """

    def __init__(self, typed: MultiDict[str, str], prefix: str, names: PlaceNames) -> None:
        super().__init__(typed, prefix=prefix)
        self.names = names
        self.pin: tuple[float, float] | None = None
        self.shows_coordinates = False
        self.asks_choice = False
        self.is_in_water = False
        self.opens_page = False
        self.is_pressed = False  # the page answers a button of this place, or brought it
        self.note = ""  # what the search found, above the field
        self.picture = ""
        self.offer_kinds()
        self.feeling.data = self.feeling.data or Feeling.UNSAFE.value
        if self.asked.data and self.asked.data != self.name.data:
            self.pick.data = ""  # it was chosen for a name that stands there no longer
        if self.pick.data:
            self._offer(self.names.suggest(self.name.data or ""))

    @property
    def is_filled(self) -> bool:
        """Whether anything has been said about the place."""
        return any(field.data for field in self if field.short_name not in STATE_FIELDS)

    @property
    def shown_pin(self) -> tuple[float, float] | None:
        """The pin as it can be drawn; None where there is none or it cannot be read."""
        try:
            return parse_position(self.lat.data, self.lon.data)
        except BadCoordinate:
            return None

    @property
    def has_open_map(self) -> bool:
        """Whether the place's map is shown where there is no script."""
        return self.names.has_map and (self.way.data == "map" or self.shown_pin is not None)

    @property
    def view(self) -> StillView:
        """Where the still map looks."""
        return read_view(self.place_view.data or "", self.names.view(self.shown_pin))

    @property
    def where(self) -> str:
        """The pin's place in words, or the empty string."""
        pin = self.shown_pin
        return where_words(pin, self.names.points) if pin else ""

    @property
    def aim(self) -> str:
        """The middle of the still map in words: what the cross there points at."""
        view = self.view
        return where_words((view.lat, view.lon), self.names.points)

    @property
    def said(self) -> list[Field]:
        """The fields that say something of the place, for a page where it can only be copied."""
        is_safe = self.names.asks_safe_places and self.feeling.data == Feeling.SAFE.value
        silent = STATE_FIELDS - {"feeling"} if is_safe else STATE_FIELDS
        return [field for field in self if field.short_name not in silent]

    @property
    def may_be_home(self) -> bool:
        """Whether to say gently what becomes of a place that is somebody's home."""
        if self.kind.data == PlaceKind.HOME.value:
            return True
        name = self.name.data or ""
        said = f"{self.words.data or ''} {name}"  # a name that means no place is kept as words
        return self.names.may_be_home(said, self.shown_pin, name)

    @property
    def name_attributes(self) -> dict[str, str]:
        """Attributes of the search field. After a search the page opens there: Enter sends the
        form to an address without a fragment, and the top of the page tells nothing of it."""
        plain = {"autocomplete": "off", "spellcheck": "false"}
        return plain | ({"autofocus": "autofocus"} if self.opens_page else {})

    def press(self, pressed: PlacePress) -> None:
        """Do what a button of this place says. Nothing that was typed is lost."""
        self.is_pressed = True
        if pressed.kind is Press.SEARCH:
            self._search()
        elif pressed.kind is Press.POINT:
            lat, lon = self.view.at(*pressed.pixel)
            self._set_pin(f"{lat:.5f}", f"{lon:.5f}")
        elif pressed.kind is Press.MAP:
            self._move_map(pressed.detail)

    def _move_map(self, step: str) -> None:
        view = self.view
        if step in ("in", "out"):
            view = view.zoomed(1 if step == "in" else -1)
        elif step in set(Compass):
            view = view.moved(Compass(step))
        elif step == "remove":
            self._set_pin("", "")
        elif step == "here":
            self._set_pin(f"{view.lat:.5f}", f"{view.lon:.5f}")
        self.way.data, self.place_view.data = "map", str(view)

    def _set_pin(self, lat: str, lon: str) -> None:
        # What to do with a pin far outside was asked about the old one: the new one must be kept.
        view = self.view
        self.lat.data, self.lon.data, self.choice.data = lat, lon, ""
        self.way.data, self.place_view.data = "map", str(view)

    def _search(self) -> None:
        """Answer a search with places to choose from; what fits none of them becomes words."""
        typed = self.name.data or ""
        self.opens_page = True
        self.way.data = "list"
        found = self.names.suggest(typed)
        if found:
            self.pick.data = self.names.find(typed) or ""
            self._offer(found)
        elif typed:
            self.note = self._not_found(typed)

    def _offer(self, found: Sequence[str]) -> None:
        self.asked.data = typed = self.name.data or ""
        kept = [(IN_WORDS, _("None of them: keep “%(name)s” in my own words", name=typed[:60]))]
        self.pick.choices = choices([*((name, name) for name in found), *(kept if typed else [])])

    def _not_found(self, typed: str) -> str:
        """Say that no place fits. The name stays in its field, so that the next one replaces it:
        moved to the words, each name that was tried would be told to the municipality."""
        self.asked.data, self.pick.data, self.pick.choices = typed, "", []
        return _(
            "We do not find “%(name)s” in the list. Write another name, or let it stand: then it"
            " is kept in your own words.",
            name=typed[:60],
        )

    def validate_name(self, field: StringField) -> None:
        """A name that means no one place is asked about once."""
        typed, picked = field.data or "", self.pick.data or ""
        if picked == IN_WORDS and typed:
            self._check_words()
            return
        known = picked if self.names.has(picked) else self.names.find(typed)
        if known or not typed:
            field.data, self.pick.data = known or "", ""
            self.pick.choices = []
            return
        found = self.names.suggest(typed)
        if found:
            self.pick.data = IN_WORDS
            self._offer(found)
            raise ValidationError(
                _(
                    "Which place is “%(name)s”? Choose one below, or send again to keep it in"
                    " your own words.",
                    name=typed[:60],
                )
            )
        if self.asked.data != typed:  # what a search has said needs no saying twice
            raise ValidationError(self._not_found(typed))
        self._check_words()

    def _check_words(self) -> None:
        """Both are stored as words, so together they hold what words hold."""
        length = len(self._name_with_words)
        if length > MAX_WORDS:
            raise ValidationError(too_long(length, MAX_WORDS))

    @property
    def _name_with_words(self) -> str:
        return ", ".join(filter(None, (self.name.data, self.words.data)))

    def _name_and_words(self) -> tuple[str | None, str | None]:
        """What is named and what is said in words; a name that means no place joins the words."""
        name = self.name.data or ""
        if name and (self.pick.data == IN_WORDS or not self.names.has(name)):
            return None, self._name_with_words
        return name or None, self.words.data or None

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
            message = str(COORDINATE_MESSAGES[error.code])
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
        name, words = self._name_and_words()
        wanted = self.choice.data if self.choice.data in ASKED_AGAIN else IfOutside.ASK.value
        return PlaceDraft(
            number=number_in_form,
            name=name,
            words=words,
            pin=self.pin,
            reasons=frozenset(PlaceReason(value) for value in self.reasons.data or []),
            times=frozenset(TimeOfDay(value) for value in self.times.data or []),
            seasons=frozenset(Season(value) for value in self.seasons.data or []),
            kind=PlaceKind(self.kind.data) if self.kind.data else None,
            feeling=Feeling(self.feeling.data),
            if_outside=IfOutside(wanted),
        )


def distance_words(metres: float) -> str:
    """1,4 km, 12 km or 195 km, held together by a no-break space."""
    km = metres / 1000
    return f"{number(km, 1 if km < 10 else 0)}\N{NO-BREAK SPACE}km"
