"""The fields of one place, with their words and choices."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovRadioInput,
    GovSelect,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    Form,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from surveys.limits import MAX_WORDS
from surveys.models.place import PlaceKind
from surveys.models.response import Feeling, PlaceReason, Season, TimeOfDay
from webapp.forms.typed_text import AtMost, OneOf, choices, cleaned
from webapp.labels import label

IN_WORDS = "-"  # the choice that keeps a searched name as words
_UNKNOWN_CHIP = _l("We do not recognise “%(typed)s”. Choose among the answers below.")

COORDINATE_MESSAGES = {
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


def _values(members: type[PlaceReason | TimeOfDay | Season | PlaceKind | Feeling]) -> list[str]:
    return [member.value for member in members]


class PlaceFields(Form):
    """What may be said about a place. Nothing of it is required."""

    max_words = MAX_WORDS

    feeling = RadioField(
        _l("How does the place feel?"),
        validate_choice=False,
        validators=[OneOf(_values(Feeling), _UNKNOWN_CHIP)],
        widget=GovRadioInput(),
    )
    name = StringField(_l("Search for the place"), filters=[cleaned], widget=GovTextInput())
    pick = RadioField(
        _l("Which place do you mean?"), choices=[], validate_choice=False, widget=GovRadioInput()
    )
    asked = HiddenField()  # the name that the choices of ``pick`` were offered for
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
        validators=[OneOf(_values(PlaceReason), _UNKNOWN_CHIP)],
        widget=GovCheckboxesInput(),
    )
    times = SelectMultipleField(
        _l("When does it feel that way?"),
        validate_choice=False,
        validators=[OneOf(_values(TimeOfDay), _UNKNOWN_CHIP)],
        widget=GovCheckboxesInput(),
    )
    seasons = SelectMultipleField(
        _l("Which part of the year?"),
        validate_choice=False,
        validators=[OneOf(_values(Season), _UNKNOWN_CHIP)],
        widget=GovCheckboxesInput(),
    )
    kind = SelectField(
        _l("What kind of place is it?"),
        validate_choice=False,
        validators=[OneOf(_values(PlaceKind), _UNKNOWN_CHIP)],
        widget=GovSelect(),
    )
    choice = RadioField(
        _l("What do you want to do with the place?"),
        choices=[],
        validate_choice=False,
        widget=GovRadioInput(),
    )
    way = HiddenField()
    place_view = HiddenField(name="view")

    def offer_kinds(self) -> None:
        """Fill in the choices, in the page's language."""
        self.feeling.choices = choices((m.value, label(m)) for m in Feeling)
        self.reasons.choices = choices((m.value, label(m)) for m in PlaceReason)
        self.times.choices = choices((m.value, label(m)) for m in TimeOfDay)
        self.seasons.choices = choices((m.value, label(m)) for m in Season)
        kinds = ((m.value, label(m)) for m in PlaceKind)
        self.kind.choices = choices([("", _("Skip the question")), *kinds])
