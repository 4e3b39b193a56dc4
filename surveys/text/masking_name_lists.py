"""Which words are names of persons: Faker's lists of names in use, and everyday forms of them.

The lists are one heap. Nothing here or elsewhere tells where a name comes from.
"""

import importlib
import re
from functools import cache

from surveys.text.masking_words import words

# Faker (MIT) keeps the most common names of Swedish registers; its neighbours add the rest.
_PROVIDERS = "faker.providers.person."
_FIRST_CHOICE = ("sv_SE", "fi_FI", "no_NO", "da_DK")
_ALSO = ("tr_TR", "hr_HR", "pl_PL", "fr_DZ", "en_PK", "de_DE", "es_ES", "nl_NL", "ro_RO")

_FAMILY_END = re.compile(
    r"(?:[^\W\d_]{2,}(?:sson|qvist|kvist|quist|ström|strøm|gren|stedt|feldt|lund|lind|blad|blom"
    r"|bäck|hjelm"
    r"|crantz|krantz|sköld|skiöld|stierna|stjerna|elius|enius|zén|nen|ović|ovic|evic|ević|owski"
    r"|owska"
    r"|ewski|oglu|oğlu|zadeh|pour|stam|hammar|quvist|löf|löv|ander|ndér|löw|stråle|swärd|rooth"
    r"|roth|dahl"
    r"|sén|dén|lén|rén|mén))\Z",
    re.IGNORECASE,
)
_WEAK_FAMILY_END = re.compile(
    r"[^\W\d_]{2,}(?:berg|borg|mark|holm|man|sten|hag|back|sjö|vall|wall|rot|fors|sen|strand"
    r"|dal|in|ing|é"
    r"|ell|ér|qvarn|näs|skog|ås|hall|vik|moen|ić|ic|ski|yan|ian|ur|ff|vej|by|rud|ell|ius|ryd"
    r"|äng|bom"
    r"|torp|son|häll|nér|arv|kull|böle|veding|myra|hed|land|lid|storp|åker)\Z",
    re.IGNORECASE,
)


@cache
def given_names() -> frozenset[str]:
    """Given names in small letters that are common or that people call each other."""
    return frozenset(_read("first_names", _FIRST_CHOICE) | words("given"))


@cache
def rarer_given_names() -> frozenset[str]:
    """Further given names in small letters, which count only beside something that tells."""
    return frozenset(name for name in _read("first_names", _ALSO) if len(name) > 3)


@cache
def core_family_names() -> frozenset[str]:
    """Family names in small letters that are common in Sweden."""
    return frozenset(_read("last_names", _FIRST_CHOICE) | words("family"))


@cache
def family_names() -> frozenset[str]:
    """Family names in small letters."""
    also = {name for name in _read("last_names", _ALSO) if len(name) > 3}
    return core_family_names() | also


def is_ambiguous(name: str) -> bool:
    """Whether the name, as written, is as likely something else."""
    lowered = name.lower()
    if lowered not in words("ambiguous"):
        return False
    return not (name[0].isupper() and lowered in words("names_when_capital"))


def is_rare_word(name: str) -> bool:
    """Whether the name, in small letters, is a word that is seldom written."""
    return name.lower() in words("names_when_capital")


def is_common_given(lowered: str) -> bool:
    """Whether the name is shared with an everyday word only, which no capital begins."""
    is_shared = lowered in given_names() and lowered in words("ambiguous")
    return is_shared and lowered not in words("places_and_brands")


def ends_like_family(word: str) -> bool:
    """Whether the word is built as Swedish family names are and little else is."""
    return _FAMILY_END.search(word) is not None


def may_end_family(word: str) -> bool:
    """Whether the word is built as many family names are, and as many places too."""
    return _WEAK_FAMILY_END.search(word) is not None


def _read(attribute: str, locales: tuple[str, ...]) -> set[str]:
    # Loaded when the first text is masked: the package brings 14 MB that most processes never use.
    names: set[str] = set()
    for locale in locales:
        provider = importlib.import_module(_PROVIDERS + locale).Provider
        names.update(str(name).lower() for name in getattr(provider, attribute, ()))
    return {name for name in names if " " not in name and "." not in name}
