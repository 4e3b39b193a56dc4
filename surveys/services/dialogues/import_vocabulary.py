"""The words that an import file may use for a coded value: our codes and people's own words."""

import enum
import re
from typing import TypeVar

from surveys.models.dialogue import Channel
from surveys.models.response import (
    DONT_KNOW,
    NO,
    SCALE_VALUES,
    YES,
    AgeBand,
    Gender,
    PlaceReason,
    TimeOfDay,
)

Member = TypeVar("Member", bound=enum.Enum)

# A yes/no from an older form stays what it is: it never becomes a number on the scale.
SCALE_WORDS = {value: value for value in (*SCALE_VALUES, YES, NO)} | {
    DONT_KNOW: DONT_KNOW,
    "vet ej": DONT_KNOW,
    "vet inte": DONT_KNOW,
}
YES_NO_WORDS = {YES: YES, NO: NO}

CHANNEL_WORDS = {channel.value: channel for channel in Channel} | {
    "webb": Channel.WEB,
    "webben": Channel.WEB,
    "papper": Channel.PAPER,
    "pappersenkät": Channel.PAPER,
    "möte": Channel.MEETING,
    "fysiskt möte": Channel.MEETING,
    "fysisk träff": Channel.MEETING,
}

AGE_BAND_WORDS = {band.value: band for band in AgeBand} | {
    "under 15": AgeBand.UNDER_15,
    "80 eller äldre": AgeBand.FROM_80,
    "80 och äldre": AgeBand.FROM_80,
    "80 år eller äldre": AgeBand.FROM_80,
    "över 80": AgeBand.FROM_80,
}

GENDER_WORDS = {gender.value: gender for gender in Gender} | {
    "vill ej svara": Gender.NOT_SAID,
    "vill inte svara": Gender.NOT_SAID,
}

REASON_WORDS = {reason.value: reason for reason in PlaceReason} | {
    "mörkt": PlaceReason.DARK,
    "buskar eller skymd sikt": PlaceReason.OVERGROWN,
    "öde": PlaceReason.DESERTED,
    "folk som skrämmer": PlaceReason.FRIGHTENING_PEOPLE,
    "narkotika": PlaceReason.DRUGS,
    "fylla": PlaceReason.DRUNKENNESS,
    "trafik": PlaceReason.TRAFFIC,
    "fort eller farlig trafik": PlaceReason.TRAFFIC,
    "skräp eller skadegörelse": PlaceReason.DAMAGE,
    "något har hänt mig där": PlaceReason.HAPPENED_TO_ME,
    "annat": PlaceReason.OTHER,
}

TIME_WORDS = {time.value: time for time in TimeOfDay} | {
    "dag": TimeOfDay.DAY,
    "kväll": TimeOfDay.EVENING,
    "natt": TimeOfDay.NIGHT,
}

_DASHES = re.compile("[‐‑–—−]")  # noqa: RUF001 - spreadsheets turn hyphens into these
_SPACES = re.compile(r"\s+")
_YEARS = re.compile(r"\s*år$")


def folded(typed: str) -> str:
    """``typed`` for looking up: lower case, single spaces, plain hyphens."""
    return _SPACES.sub(" ", _DASHES.sub("-", typed.strip())).casefold()


def look_up(typed: str, words: dict[str, Member]) -> Member | None:
    """The member that ``typed`` stands for, with or without "år" after it; None where unknown."""
    word = folded(typed)
    return words.get(word) or words.get(_YEARS.sub("", word))
