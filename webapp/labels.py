"""Words for the codes that the domain carries: ``label(member)``, also in templates."""

import enum

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.drafts.unmasking import UnmaskReason
from surveys.models.access_record import AccessKind
from surveys.models.dialogue import Channel, DialoguePhase, HeadCountKind, SamplingDesign
from surveys.models.evidence import Direction, EvidenceKind, EvidenceState
from surveys.models.language import ReviewScope
from surveys.models.map_edition import EditionState
from surveys.models.notice import Conformance
from surveys.models.party import Party
from surveys.models.picture import PictureKind, PicturePart
from surveys.models.place import PlaceKind
from surveys.models.plan import Comparator, OccasionState, TargetPeriod
from surveys.models.promise import PointAim, PointMeasure, PointStatus
from surveys.models.response import (
    DONT_KNOW,
    NO,
    YES,
    AgeBand,
    Feeling,
    Gender,
    PersonalData,
    PlaceReason,
    Season,
    Suspicion,
    TimeOfDay,
)
from surveys.models.safety import SafetyKind, SafetyState
from surveys.models.theme import Polarity, ThemeChangeKind
from surveys.permissions import StaffRole
from surveys.statistics.agreement import Reliability

LABELS: dict[enum.Enum, LazyString] = {
    Channel.WEB: _l("On the web"),
    Channel.PAPER: _l("On paper"),
    Channel.MEETING: _l("At a meeting"),
    Channel.FACEBOOK: _l("Facebook"),
    Channel.IMPORT: _l("From a file"),
    Channel.POSTER: _l("Poster"),
    Channel.SCHOOL: _l("School"),
    Channel.NEWSLETTER: _l("Newsletter"),
    HeadCountKind.COUNTED: _l("counted"),
    HeadCountKind.ESTIMATED: _l("estimated"),
    HeadCountKind.LOWER_BOUND: _l("at least, estimated"),
    EditionState.PUBLISHED: _l("Published"),
    EditionState.REPLACED: _l("Replaced"),
    EditionState.WITHDRAWN: _l("Taken down"),
    EditionState.VOID: _l("Taken down because an answer left"),
    SamplingDesign.SELF_SELECTED: _l("Open to everybody who wanted to answer"),
    SamplingDesign.RANDOM_SAMPLE: _l("A random sample was asked"),
    SamplingDesign.EVERYONE_ASKED: _l("Everybody in a group was asked, such as a school"),
    SamplingDesign.UNKNOWN: _l("Not known"),
    DialoguePhase.UPCOMING: _l("Not open yet"),
    DialoguePhase.OPEN: _l("Open"),
    DialoguePhase.CLOSED: _l("Closed"),
    PlaceReason.DARK: _l("Dark"),
    PlaceReason.OVERGROWN: _l("Overgrown"),
    PlaceReason.DESERTED: _l("Deserted"),
    PlaceReason.FRIGHTENING_PEOPLE: _l("People who frighten"),
    PlaceReason.DRUGS: _l("Drugs"),
    PlaceReason.DRUNKENNESS: _l("Drunkenness"),
    PlaceReason.TRAFFIC: _l("Fast or dangerous traffic"),
    PlaceReason.DAMAGE: _l("Damage"),
    PlaceReason.HAPPENED_TO_ME: _l("Something happened to me there"),
    PlaceReason.OTHER: _l("Something else"),
    AgeBand.UNDER_15: _l("Under 15"),
    AgeBand.FROM_15_TO_24: _l("15 to 24 years"),
    AgeBand.FROM_25_TO_44: _l("25 to 44 years"),
    AgeBand.FROM_45_TO_64: _l("45 to 64 years"),
    AgeBand.FROM_65_TO_79: _l("65 to 79 years"),
    AgeBand.FROM_80: _l("80 years or older"),
    Gender.WOMAN: _l("Woman"),
    Gender.MAN: _l("Man"),
    Gender.OTHER: _l("Other"),
    Gender.NOT_SAID: _l("Do not want to say"),
    TimeOfDay.DAY: _l("Day"),
    TimeOfDay.EVENING: _l("Evening"),
    TimeOfDay.NIGHT: _l("Night"),
    Season.SPRING: _l("Spring"),
    Season.SUMMER: _l("Summer"),
    Season.AUTUMN: _l("Autumn"),
    Season.WINTER: _l("Winter"),
    Feeling.UNSAFE: _l("Unsafe"),
    Feeling.SAFE: _l("Safe"),
    PlaceKind.LOCALITY: _l("Town or village"),
    PlaceKind.DISTRICT: _l("Part of town"),
    PlaceKind.SQUARE: _l("Square or street in the centre"),
    PlaceKind.STATION: _l("Station"),
    PlaceKind.BUS_STOP: _l("Bus stop"),
    PlaceKind.PARK: _l("Park"),
    PlaceKind.TUNNEL: _l("Tunnel or underpass"),
    PlaceKind.PATH: _l("Footpath or cycle path"),
    PlaceKind.TRAIL: _l("Trail or woods"),
    PlaceKind.SCHOOL: _l("School"),
    PlaceKind.YOUTH_CENTRE: _l("Youth centre"),
    PlaceKind.PARKING: _l("Car park"),
    PlaceKind.SHOP: _l("Shop"),
    PlaceKind.NIGHTLIFE: _l("Pub or restaurant"),
    PlaceKind.HOUSING: _l("Housing area or stairwell"),
    PlaceKind.HOME: _l("My own home"),
    PlaceKind.SPORT: _l("Sports ground or beach"),
    PlaceKind.LIBRARY: _l("Library"),
    PlaceKind.ROAD: _l("Road"),
    PlaceKind.OTHER: _l("Another kind of place"),
    ReviewScope.INTERFACE: _l("The pages"),
    ReviewScope.LEGAL: _l("The legal texts"),
    PersonalData.PNR: _l("personal number"),
    PersonalData.PHONE: _l("telephone number"),
    PersonalData.EMAIL: _l("e-mail address"),
    PersonalData.PLATE: _l("registration number"),
    PersonalData.ADDRESS: _l("address"),
    PersonalData.ACCOUNT: _l("account number"),
    PersonalData.HANDLE: _l("user name"),
    PersonalData.NAME: _l("name"),
    UnmaskReason.CHECK_MASKING: _l("To see whether the masking is right"),
    UnmaskReason.SAFETY: _l("Somebody may be in danger"),
    UnmaskReason.DISCLOSURE: _l("A request for a public record"),
    UnmaskReason.DATA_SUBJECT: _l("Whoever wrote it asks"),
    UnmaskReason.OTHER: _l("Another reason"),
    AccessKind.EXACT_POINTS: _l("Exact points on the map"),
    AccessKind.RUNNING_RESULTS: _l("Results of an open dialogue"),
    AccessKind.UNSUPPRESSED: _l("Figures below the limits"),
    AccessKind.UNMASKED_TEXT: _l("An answer as it was written"),
    AccessKind.ROWS_EXPORTED: _l("Rows taken out as a file"),
    SafetyKind.DANGER_NOW: _l("Danger now"),
    SafetyKind.CHILD: _l("A child"),
    SafetyKind.SELF_HARM: _l("Somebody may harm themselves"),
    SafetyKind.ABUSE: _l("Violence or abuse"),
    SafetyState.OPEN: _l("To be read"),
    SafetyState.ROUTED: _l("Told on"),
    SafetyState.NO_ACTION: _l("Nothing to act on"),
    Suspicion.HONEYPOT: _l("Filled in a field that nobody sees"),
    Suspicion.BURST: _l("Many at once from the same network"),
    Suspicion.REPEATED: _l("The same words as other answers"),
    Suspicion.NO_PROOF: _l("Without the browser's check"),
    PictureKind.PROBLEM_PICTURE: _l("Problem picture"),
    PictureKind.SITUATION_REPORT: _l("Picture of the situation"),
    EvidenceKind.SURVEY_FIGURE: _l("Answers to the questions"),
    EvidenceKind.TABLE: _l("Table"),
    EvidenceKind.CHART: _l("Chart"),
    EvidenceKind.COMPARISON: _l("Comparison"),
    EvidenceKind.PUBLIC_MAP: _l("Published map"),
    EvidenceKind.MAP_FINDING: _l("Finding on the map"),
    EvidenceKind.EXTERNAL_SOURCE: _l("Other source"),
    EvidenceKind.QUOTE: _l("Quote from an answer"),
    EvidenceState.CURRENT: _l("The data say the same today"),
    EvidenceState.CHANGED: _l("The data have changed since"),
    EvidenceState.GONE: _l("Can no longer be told"),
    PicturePart.CRIME: _l("The mapping of crime"),
    PicturePart.OTHER: _l("Other information"),
    PicturePart.ANALYSIS: _l("Analysis"),
    Reliability.FIRM: _l("Firm"),
    Reliability.TENTATIVE: _l("Tentative"),
    Reliability.RECODE: _l("Code anew"),
    Polarity.PROBLEM: _l("Problem"),
    Polarity.WISH: _l("Wish"),
    ThemeChangeKind.CREATED: _l("Created"),
    ThemeChangeKind.EDITED: _l("Changed"),
    ThemeChangeKind.MERGED: _l("Merged"),
    ThemeChangeKind.SPLIT: _l("Split"),
    ThemeChangeKind.RETIRED: _l("Taken out of use"),
    ThemeChangeKind.RESTORED: _l("Taken into use again"),
    ThemeChangeKind.IMPORTED: _l("Taken in from a file"),
    StaffRole.COORDINATOR: _l("Trygghet coordinator"),
    StaffRole.POLICE: _l("Municipal police officer"),
    StaffRole.ANALYST: _l("Analyst"),
    StaffRole.ADMINISTRATOR: _l("Administrator"),
    Party.POLICE: _l("The police"),
    Party.MUNICIPALITY: _l("The municipality"),
    Party.BOTH: _l("The police and the municipality together"),
    Party.OTHER: _l("Somebody else"),
    PointMeasure.COUNT: _l("We count how many times"),
    PointMeasure.DONE: _l("It is done or not done"),
    PointMeasure.NONE: _l("It cannot be measured as it is written"),
    PointStatus.ONGOING: _l("Under way"),
    PointStatus.DONE: _l("Done"),
    PointStatus.CANCELLED: _l("Cancelled"),
    PointStatus.NOT_MEASURABLE: _l("Cannot be measured"),
    PointAim.ACTIVITY: _l("That something is done"),
    PointAim.RESULT: _l("That something comes of it"),
    PointAim.LEGAL_OUTCOME: _l("That a court or an authority decides something"),
    Direction.UP: _l("Up"),
    Direction.DOWN: _l("Down"),
    Direction.STEADY: _l("As before"),
    Direction.MIXED: _l("Both ways"),
    Comparator.AT_LEAST: _l("At least"),
    Comparator.EXACTLY: _l("Exactly"),
    TargetPeriod.DAY: _l("Every day"),
    TargetPeriod.WEEK: _l("Every week"),
    TargetPeriod.MONTH: _l("Every month"),
    TargetPeriod.QUARTER: _l("Every quarter"),
    TargetPeriod.TERM: _l("Every term"),
    TargetPeriod.HALF_YEAR: _l("Every half-year"),
    TargetPeriod.YEAR: _l("Every year"),
    TargetPeriod.PERIOD: _l("In the whole period"),
    Conformance.FULL: _l("Fully compliant"),
    Conformance.PARTIAL: _l("Partly compliant"),
    Conformance.NONE: _l("Not compliant"),
    OccasionState.HELD: _l("It took place"),
    OccasionState.MISSED: _l("It should have taken place but did not"),
    OccasionState.EXCUSED: _l("An agreed break or a public holiday"),
}

# What a mark means, for those who decide.
_SUSPICIONS: dict[Suspicion, LazyString] = {
    Suspicion.HONEYPOT: _l(
        "No person sees the field, and no screen reader reads it. Programs that fill in everything"
        " fill it in too. Left out until you decide."
    ),
    Suspicion.BURST: _l(
        "More than 20 answers in five minutes. It may be a school class or a library, so they are"
        " counted until you decide."
    ),
    Suspicion.REPEATED: _l(
        "A long text, in the same words as three earlier answers. Left out until you decide."
    ),
    Suspicion.NO_PROOF: _l(
        "Many answered at the time, and the browser did not do the work it was asked for. It may be"
        " an old phone, so they are counted, unless they also came many at once."
    ),
}

# The coded answers of Q1 and Q2, as they are stored.
ANSWER_LABELS: dict[str, LazyString] = {
    "5": _l("Very safe"),
    "4": _l("Rather safe"),
    "3": _l("Neither"),
    "2": _l("Rather unsafe"),
    "1": _l("Very unsafe"),
    DONT_KNOW: _l("Don't know"),
    YES: _l("Yes"),
    NO: _l("No"),
}

# 0 is Monday, as in the calendar of the standard library.
WEEKDAYS: tuple[LazyString, ...] = (
    _l("Monday"),
    _l("Tuesday"),
    _l("Wednesday"),
    _l("Thursday"),
    _l("Friday"),
    _l("Saturday"),
    _l("Sunday"),
)


def label(member: enum.Enum) -> str:
    """The words for ``member`` in the reader's language; raise KeyError where there are none."""
    return str(LABELS[member])


def answer_label(value: str) -> str:
    """The words for a coded answer."""
    return str(ANSWER_LABELS[value])


def suspicion_words(suspicion: Suspicion) -> str:
    """What the mark means and what it does, in a sentence or two."""
    return str(_SUSPICIONS[suspicion])


def init_labels(app: Flask) -> None:
    """Make both functions known to templates."""
    app.add_template_global(label, "label")
    app.add_template_global(answer_label, "answer_label")
    app.add_template_global(suspicion_words, "suspicion_words")
