"""Answers with one piece of personal data each, and answers that hold none but look as if.

The writings are in ``masking_forms.toml``: those that the finders were tuned on, and those held
out, which were written down afterwards and only measured.
"""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.personal_data import VALUES

_FORMS = Path(__file__).with_name("masking_forms.toml")
_STREETS = (
    "Köpmangatan Storgatan Kungsgatan Skolgatan Norralavägen Trädgårdsgatan Hamngatan Allégatan"
    " Lillgatan Rådhusgatan"
).split()
_PLACES = (
    "Resecentrum Rådhustorget Stugsund Ljusne Sandarne Oscarsborg stationen Faxeskolan Bergvik"
    " Söderala Stadsparken Norrtull Granskär Flygstaden Vågbro"
).split()
_SHOPS = (
    "ICA Maxi", "ICA Kvantum", "Coop", "Max", "Lidl", "Konsum", "Systembolaget", "Willys", "Preem",
    "apoteket", "Pizzeria Vulkanio",
)  # fmt: skip
_ROADS = ("E4", "väg 50", "väg 83", "riksväg 50", "Rv 83", "länsväg 583")
_MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december"
).split()
_WEEKDAYS = "måndag tisdag onsdag torsdag fredag lördag söndag".split()


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text that holds one piece of personal data, from ``start`` to ``end`` (exclusive)."""

    text: str
    start: int
    end: int
    kind: str


@cache
def _forms() -> dict[str, Any]:
    return tomllib.loads(_FORMS.read_text(encoding="utf-8"))


def labelled_texts(n: int, seed: int, *, held_out: bool = False) -> list[LabelledText]:
    """``n`` texts, the kinds in turn, in the writings tuned on or in those held out."""
    rng = random.Random(seed)
    chosen = "held_out" if held_out else "tuned"
    kinds = list(VALUES)
    return [
        _labelled(
            rng, kind, rng.choice(_forms()[chosen][kind]), rng.choice(_forms()["carriers"][chosen])
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
    forms: list[str] = _forms()["clean"]["held_out" if held_out else "tuned"]
    return [
        _clean(rng, forms) if rng.random() < 0.6 else f"{_clean(rng, forms)}. {_clean(rng, forms)}"
        for _ in range(n)
    ]


def _clean(rng: random.Random, forms: list[str]) -> str:
    (street, street2), (place, place2) = rng.sample(_STREETS, 2), rng.sample(_PLACES, 2)
    hour, small = rng.randrange(14, 22), rng.randrange(3, 9)
    return rng.choice(forms).format_map({
        "n": rng.randrange(2, 400), "n2": rng.randrange(2, 90), "n3": rng.randrange(90, 400),
        "h": hour, "h2": hour + 2, "m": rng.choice(("00", "15", "30", "45")),
        "street": street, "street2": street2, "Street": street, "place": place, "place2": place2,
        "shop": rng.choice(_SHOPS), "road": rng.choice(_ROADS), "age": rng.randrange(12, 90),
        "day": rng.randrange(1, 29), "month": rng.randrange(1, 13),
        "monthname": rng.choice(_MONTHS), "weekday": rng.choice(_WEEKDAYS),
        "small": small, "small2": small + 2,
    })  # fmt: skip
