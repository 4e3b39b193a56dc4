"""The writings that the masking is measured on, from ``masking_forms.toml``."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_FORMS = Path(__file__).with_name("masking_forms.toml")


@cache
def forms() -> dict[str, Any]:
    """Everything in the file, by the names of its tables."""
    return tomllib.loads(_FORMS.read_text(encoding="utf-8"))


def value_words(name: str) -> list[str]:
    """The words that stand under ``name`` among the values."""
    words: str = forms()["values"][name]
    return words.split()
