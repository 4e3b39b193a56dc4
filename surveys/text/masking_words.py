"""The words that the masking goes by, from ``masking_words.toml``."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """The words listed under ``name``, in small letters."""
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    text = files("surveys.text").joinpath("masking_words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
