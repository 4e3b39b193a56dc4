"""Address parts made from titles."""

import re
import unicodedata
from collections.abc import Container

MAX_SLUG = 60
MIN_LINK_WORD = 3
MAX_LINK_WORD = 40  # as the table holds it
_DASHES = re.compile("[\u2010-\u2015\u2212]")  # hyphens, dashes and minus, which have no ASCII form


def make_slug(title: str, taken: Container[str] = (), *, fallback: str = "sida") -> str:
    """An address part for ``title``: lower-case letters a-z, digits and hyphens, at most 60.

    Letters lose their marks ("Lägesbild, juni" becomes "lagesbild-juni"). ``fallback`` stands in
    where nothing is left. One that is in ``taken`` gets the first free number after it.
    """
    spaced = _DASHES.sub("-", title.casefold())
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    slug = _shortened(words, MAX_SLUG) or fallback
    if slug not in taken:
        return slug
    number = 2
    while _numbered(slug, number) in taken:
        number += 1
    return _numbered(slug, number)


def make_link_word(typed: str) -> str:
    """The word of a short address as it is stored: lower-case a-z, digits and hyphens.

    Capitals, å, ä, ö and spaces are read as people mean them, so that what was heard or copied
    from a poster works; empty where nothing of it is left.
    """
    return make_slug(typed, fallback="")


def _shortened(slug: str, length: int) -> str:
    return slug[:length].rstrip("-")


def _numbered(slug: str, number: int) -> str:
    ending = f"-{number}"
    return _shortened(slug, MAX_SLUG - len(ending)) + ending
