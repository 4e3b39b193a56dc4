"""The catalogues of translated texts: what the pages read, and how much is translated.

A text that a language lacks is read in Swedish, never as the English id that stands in the code.
English itself is the exception: there the id is the text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from babel.support import Translations
from flask_babel import Domain

from surveys.languages import ENGLISH, SWEDISH, Language

FOLDER = Path(__file__).parent / "translations"


class CatalogueDomain(Domain):
    """Flask-Babel's texts, in the language that ``choose`` names at that moment."""

    def __init__(self, choose: Callable[[], Language]) -> None:
        super().__init__(translation_directories=str(FOLDER))
        self._choose = choose

    def get_translations(self) -> Translations:
        """The chain of catalogues for the language that is being written."""
        return translations_of(self._choose())


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the texts that residents read are translated."""

    n_translated: int
    n_texts: int

    @property
    def n_missing(self) -> int:
        """How many are read in Swedish instead."""
        return self.n_texts - self.n_translated

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.n_translated / self.n_texts if self.n_texts else 0.0


@cache
def translations_of(language: Language) -> Translations:
    """The texts of ``language`` with Swedish behind them."""
    path = path_of(language).with_suffix(".mo")
    if path.exists():
        with path.open("rb") as file:
            found = Translations(fp=file)
    else:
        found = Translations()
    if language not in (SWEDISH, ENGLISH):
        found.add_fallback(translations_of(SWEDISH))
    return found


@cache
def coverage_of(language: Language) -> Coverage:
    """Counted in the catalogue, which holds every text that residents read and no other."""
    path = path_of(language)
    if not path.exists():
        return Coverage(0, 0)
    with path.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    if language == ENGLISH:
        return Coverage(len(messages), len(messages))
    return Coverage(sum(map(is_translated, messages)), len(messages))


def is_translated(message: Message) -> bool:
    """Whether all forms of the text have been written and somebody stands for them."""
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return bool(forms) and all(forms) and not message.fuzzy


def path_of(language: Language) -> Path:
    """Where the catalogue of ``language`` lies, as its translator writes it."""
    return FOLDER / language.catalogue / "LC_MESSAGES" / "messages.po"
