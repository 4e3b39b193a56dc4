"""Words with letters of another script in them: "sker" may hold two Cyrillic ones, unseen.

No normal form of Unicode brings such a word back, so it breaks search and matching unseen. Each one
is found and named with its letters, and the Latin reading is proposed; a person decides.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

# Letters that look like a Latin one, in one shape or another of ordinary type.
_CYRILLIC = {
    "\u0410": "A", "\u0412": "B", "\u0415": "E", "\u0401": "Ë", "\u0405": "S", "\u0406": "I",
    "\u0407": "Ï", "\u0408": "J", "\u041a": "K", "\u041c": "M", "\u041d": "H", "\u041e": "O",
    "\u0420": "P", "\u0421": "C", "\u0422": "T", "\u0423": "Y", "\u0425": "X", "\u0474": "V",
    "\u04ae": "Y", "\u04ba": "H", "\u04c0": "I", "\u04d2": "Ä", "\u04e6": "Ö", "\u0500": "D",
    "\u051a": "Q", "\u051c": "W", "\u04d0": "Ă", "\u04d6": "Ĕ", "\u04d4": "Æ",
    "\u0430": "a", "\u0432": "b", "\u0433": "r", "\u0435": "e", "\u0451": "ë", "\u0455": "s",
    "\u0456": "i", "\u0457": "ï", "\u0458": "j", "\u043a": "k", "\u043c": "m", "\u043d": "h",
    "\u043e": "o", "\u043f": "n", "\u0440": "p", "\u0441": "c", "\u0442": "t", "\u0443": "y",
    "\u0445": "x", "\u0475": "v", "\u04af": "y", "\u04bb": "h", "\u04cf": "l", "\u04d3": "ä",
    "\u04e7": "ö", "\u0501": "d", "\u051b": "q", "\u051d": "w", "\u04d1": "ă", "\u04d7": "ĕ",
    "\u04d5": "æ",
}  # fmt: skip
_GREEK = {
    "\u0391": "A", "\u0392": "B", "\u0395": "E", "\u0396": "Z", "\u0397": "H", "\u0399": "I",
    "\u039a": "K", "\u039c": "M", "\u039d": "N", "\u039f": "O", "\u03a1": "P", "\u03a4": "T",
    "\u03a5": "Y", "\u03a7": "X", "\u03f9": "C", "\u037f": "J", "\u03aa": "Ï", "\u03ab": "Ÿ",
    "\u03b1": "a", "\u03b3": "y", "\u03b7": "n", "\u03b9": "i", "\u03ba": "k", "\u03bd": "v",
    "\u03bf": "o", "\u03c1": "p", "\u03c4": "t", "\u03c5": "u", "\u03c7": "x", "\u03f2": "c",
    "\u03f3": "j", "\u03ca": "ï", "\u03cb": "ü", "\u03ac": "á", "\u03af": "í", "\u03cc": "ó",
    "\u03cd": "ú",
}  # fmt: skip
LOOKALIKES = _CYRILLIC | _GREEK
# Letters that sound like another Latin one than they look like. Somebody whose keyboard changed
# while typing wrote them by their sound: er is the p that sounds like an r.
_BY_SOUND = str.maketrans(
    {
        "\u0412": "V", "\u041d": "N", "\u0420": "R", "\u0421": "S", "\u0423": "U", "\u0425": "H",
        "\u0432": "v", "\u0433": "g", "\u043d": "n", "\u043f": "p", "\u0440": "r", "\u0441": "s",
        "\u0443": "u", "\u0445": "h", "\u0399": "I", "\u03a1": "R", "\u03b7": "i", "\u03bd": "n",
        "\u03c1": "r",
    }
)  # fmt: skip
_BY_LOOK = str.maketrans(LOOKALIKES)
_ER_ONLY = str.maketrans({"\u0420": "R", "\u0440": "r", "\u03a1": "R", "\u03c1": "r"})

_WORD = re.compile(r"(?:[^\W\d_][\u0300-\u036f]*)+")
_PLAIN = re.compile(r"[\x00-\u024f\u1e00-\u1eff]*")  # Latin and signs: nothing to look for
# Names of signs that are letters to Unicode and at home in Swedish text.
_AT_HOME = {"LATIN", "FEMININE", "MASCULINE", "MICRO", "OHM", "KELVIN", "ANGSTROM", "MODIFIER"}
# What plans say in such short words; longer ones are found elsewhere in the same document.
COMMON_WORDS = frozenset(
    re.findall(
        r"\w+",
        "sker skola skolor rapport rapporter möten möte polis polisen polisens kommun kommunen"
        " kommunens grupp gruppen styrgrupp styrgruppen per år året varje under vid efter enligt"
        " genom person personal personer operativa samverkan samordnare uppföljning trygghet brå"
        " ungdomar barn socialtjänst chef chefer ansvar ansvarig ansvarar insats insatser projekt"
        " projektet projektets period perioden när vem vad som ska och eller är har från till",
    )
)


@dataclass(frozen=True, slots=True)
class MixedWord:
    """A word of two scripts.

    ``strangers`` are its letters that are not Latin, each once, as (letter, "U+0435", Unicode's
    name). ``proposed`` is the Latin reading, None where a letter looks like no Latin one;
    ``other`` is a second reading, where sound and look differ.
    """

    word: str
    strangers: tuple[tuple[str, str, str], ...]
    proposed: str | None
    other: str | None = None


def find_mixed_words(text: str, known: Collection[str] = ()) -> tuple[MixedWord, ...]:
    """Each word of ``text`` that holds Latin letters and others, once, in order.

    A word of nothing but look-alikes counts too where the text around it is Latin. ``known`` are
    words in lower case, such as the document's own, that decide between two readings.
    """
    if _PLAIN.fullmatch(text):
        return ()
    words = dict.fromkeys(_WORD.findall(unicodedata.normalize("NFC", text)))
    is_latin_text = any(_scripts(word) == {"LATIN"} for word in words)
    found = (word for word in words if _is_mixed(word, is_latin_text))
    return tuple(_mixed_word(word, known) for word in found)


def latin_text(text: str, known: Collection[str] = ()) -> str:
    """``text`` with every mixed word in its proposed reading; those without one stay."""
    mended = {word.word: word.proposed for word in find_mixed_words(text, known) if word.proposed}
    if not mended:
        return text
    normal = unicodedata.normalize("NFC", text)
    return _WORD.sub(lambda match: mended.get(match[0], match[0]), normal)


def latin_words(text: str) -> Iterator[str]:
    """The words of ``text`` that are Latin throughout, in lower case."""
    for word in _WORD.findall(text):
        if word.isascii() or _scripts(word) == {"LATIN"}:
            yield word.casefold()


def _scripts(word: str) -> set[str]:
    return {_script(letter) for letter in word if letter.isalpha()}


def _script(letter: str) -> str:
    if letter.isascii():
        return "LATIN"
    first = unicodedata.name(letter, "UNKNOWN").split()[0]
    return "LATIN" if first in _AT_HOME else first


def _is_mixed(word: str, in_latin_text: bool) -> bool:
    scripts = _scripts(word)
    if scripts == {"LATIN"}:
        return False
    if "LATIN" in scripts:
        return True
    if not in_latin_text or not all(c in LOOKALIKES for c in word if c.isalpha()):
        return False
    return "CYRILLIC" in scripts or len(word) > 1  # a lone Greek letter is a symbol


def _mixed_word(word: str, known: Collection[str]) -> MixedWord:
    strangers = dict.fromkeys(c for c in word if c.isalpha() and _script(c) != "LATIN")
    named = tuple((c, f"U+{ord(c):04X}", unicodedata.name(c, "UNKNOWN")) for c in strangers)
    readings = [r for r in _readings(word) if _scripts(r) == {"LATIN"}]
    if not readings:
        return MixedWord(word, named, None)
    likely = [r for r in readings if r.casefold() in COMMON_WORDS or r.casefold() in known]
    first = (likely or readings)[0]
    others = [reading for reading in readings if reading != first]
    return MixedWord(word, named, first, others[0] if others else None)


def _readings(word: str) -> tuple[str, ...]:
    """By look, with er as r, and by sound."""
    tables: tuple[dict[int, str], ...] = ({}, _ER_ONLY, _BY_SOUND)
    read = (word.translate(table).translate(_BY_LOOK) for table in tables)
    return tuple(dict.fromkeys(unicodedata.normalize("NFKC", reading) for reading in read))
