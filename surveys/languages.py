"""The languages that residents can be met in, as data.

``code`` is the language's BCP 47 tag and the only name it has: in the address (``?lang=``), in
``lang`` and ``hreflang``, in stored answers, wordings and reviews. Easy-read Swedish is a language
of its own here, tagged with the registered variant ``simple``; its questions have the same codes,
so that its answers are counted with the others.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its own name, the way it runs, and how days are written in it.

    ``catalogue`` is the folder of its texts and ``formats`` the locale whose months and numbers it
    uses, both as Babel names locales. The patterns are CLDR's (``d MMMM y``).
    """

    code: str
    name: str
    catalogue: str
    formats: str
    direction: str = "ltr"
    long_day: str = "d MMMM y"
    short_day: str = "d MMM y"

    @property
    def is_swedish(self) -> bool:
        """Whether plain Swedish inside a text of this language needs no mark of its own."""
        return self.code.split("-")[0] == "sv"

    @property
    def day_and_month(self) -> str:
        """The pattern of a day whose year is known from the text around it."""
        return self.long_day.removesuffix(" y")


SWEDISH = Language("sv", "Svenska", "sv", "sv")
EASY_SWEDISH = Language("sv-simple", "Lättläst svenska", "sv_SIMPLE", "sv")
# The texts are written in English in the code; the catalogue only holds what needs other words.
ENGLISH = Language("en", "English", "en", "en_GB")

LANGUAGES: tuple[Language, ...] = (
    SWEDISH,
    EASY_SWEDISH,
    ENGLISH,
    Language("ar", "العربية", "ar", "ar", direction="rtl"),
    Language("so", "Soomaali", "so", "so"),
    Language("fi", "Suomi", "fi", "fi", long_day="d. MMMM y", short_day="d.M.y"),
    # CLDR does not know Meänkieli; Finnish has the nearest names of months.
    Language("fit", "Meänkieli", "fit", "fi", long_day="d. MMMM y", short_day="d.M.y"),
)
_BY_CODE = {language.code: language for language in LANGUAGES}


def find_language(code: str | None) -> Language | None:
    """The language with this code, however its letters are written; None for any other."""
    return _BY_CODE.get((code or "").lower())
