"""Answers with one piece of personal data each, and answers that hold none but look as if.

The writings are in ``masking_forms.toml``: those that the finders were tuned on, and those held
out, which were written down afterwards and only measured.
"""

import random
from dataclasses import dataclass

from benchmarks.masking_forms import forms, value_words
from benchmarks.personal_data import VALUES

_STREETS = value_words("known_streets")
_PLACES = value_words("places")
_SHOPS = (
    "ICA Maxi", "ICA Kvantum", "Coop", "Max", "Lidl", "Konsum", "Systembolaget", "Willys", "Preem",
    "apoteket", "Pizzeria Vulkanio",
)  # fmt: skip
_ROADS = ("E4", "väg 50", "väg 83", "riksväg 50", "Rv 83", "länsväg 583")
_MONTHS = value_words("months")
_WEEKDAYS = value_words("weekdays")


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text that holds one piece of personal data, from ``start`` to ``end`` (exclusive)."""

    text: str
    start: int
    end: int
    kind: str


def labelled_texts(n: int, seed: int, *, held_out: bool = False) -> list[LabelledText]:
    """``n`` texts, the kinds in turn, in the writings tuned on or in those held out."""
    rng = random.Random(seed)
    chosen = "held_out" if held_out else "tuned"
    kinds = list(VALUES)
    return [
        _labelled(
            rng, kind, rng.choice(forms()[chosen][kind]), rng.choice(forms()["carriers"][chosen])
        )
        for kind in (kinds[i % len(kinds)] for i in range(n))
    ]


def _labelled(rng: random.Random, kind: str, form: str, carrier: str) -> LabelledText:
    told, _bar, piece = form.rpartition("|")
    piece = piece.format_map(VALUES[kind](rng))
    told_before, told_after = (told or "{x}").split("{x}")
    before, after = carrier.replace("{X}", "{x}").split("{x}")
    if "{X}" in carrier and told_before:  # the beginning of a sentence
        told_before = told_before[0].upper() + told_before[1:]
    start = len(before) + len(told_before)
    text = before + told_before + piece + told_after + after
    return LabelledText(text, start, start + len(piece), kind)


def clean_texts(n: int, seed: int, *, held_out: bool = False) -> list[str]:
    """``n`` answers free of personal data, of one or two sentences."""
    rng = random.Random(seed)
    writings: list[str] = forms()["clean"]["held_out" if held_out else "tuned"]
    return [
        _clean(rng, writings)
        if rng.random() < 0.6
        else f"{_clean(rng, writings)}. {_clean(rng, writings)}"
        for _ in range(n)
    ]


def _clean(rng: random.Random, writings: list[str]) -> str:
    (street, street2), (place, place2) = rng.sample(_STREETS, 2), rng.sample(_PLACES, 2)
    hour, small = rng.randrange(14, 22), rng.randrange(3, 9)
    return rng.choice(writings).format_map({
        "n": rng.randrange(2, 400), "n2": rng.randrange(2, 90), "n3": rng.randrange(90, 400),
        "h": hour, "h2": hour + 2, "m": rng.choice(("00", "15", "30", "45")),
        "street": street, "street2": street2, "Street": street, "place": place, "place2": place2,
        "shop": rng.choice(_SHOPS), "road": rng.choice(_ROADS), "age": rng.randrange(12, 90),
        "day": rng.randrange(1, 29), "month": rng.randrange(1, 13),
        "monthname": rng.choice(_MONTHS), "weekday": rng.choice(_WEEKDAYS),
        "small": small, "small2": small + 2,
    })  # fmt: skip
