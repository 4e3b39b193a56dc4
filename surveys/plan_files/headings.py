"""What a table's column holds, told from its heading: Swedish or English, misspelt or not."""

import enum
import re
from functools import lru_cache

from rapidfuzz import fuzz, process

from surveys.plan_files.blocks import MAX_COLUMNS, Row, tidy
from surveys.text.scripts import latin_text


class Column(enum.Enum):
    """What the cells under a heading are."""

    AREA = "area"
    ACTIVITY = "activity"
    WHEN = "when"
    WHO = "who"
    FOLLOW_UP = "follow_up"
    GOAL = "goal"


_WORDS = {
    Column.ACTIVITY: """
        aktivitet | aktiviteter | åtgärd | åtgärder | insats | insatser | vad | uppgift
        | aktivitet/åtgärd | åtgärd/aktivitet | åtgärd/insats | aktivitet/insats | arbetsuppgift
        | vad ska göras | vad gör vi | vad vi gör | detta gör vi | vad ska vi göra | det här gör vi
        | planerad aktivitet | planerade aktiviteter | konkreta åtgärder
        | activity | activities | action | actions | measure | measures | what | task
    """,
    Column.WHEN: """
        när | tid | tidplan | tidsplan | tidpunkt | tider | tidsram | tidsperiod | datum | frekvens
        | omfattning | klart | startdatum | genomförs | hur ofta | när/hur ofta | när klart
        | klart senast | tid/frekvens | när i tid | start och slut | tidplan/frekvens
        | när ska det göras
        | when | time | timing | schedule | timeline | frequency | deadline | how often
    """,
    Column.WHO: """
        vem | vilka | ansvar | ansvarig | ansvariga | utförare | aktör | aktörer | deltagare
        | resurs | resurser | ansvarig/utförare | vem gör | vem gör vad | av vem | vem ansvarar
        | vem/vilka | ansvarig aktör | ansvarig part | ansvarig polis | ansvarig kommun
        | ansvar polis | ansvar kommun | ansvarig funktion | ansvarig för genomförande
        | ansvar och medverkan | samverkanspart | samverkansparter
        | who | responsible | owner | lead | actors | responsible party | who is responsible
    """,
    Column.FOLLOW_UP: """
        uppföljning | uppföljningar | uppföljs | utvärdering | redovisning | återrapportering
        | återkoppling | uppföljning/utvärdering | uppföljning och utvärdering | följs upp
        | hur följs det upp | hur följer vi upp | när följs det upp | uppföljning när och hur
        | follow-up | followup | follow up | evaluation | reporting | monitoring and evaluation
    """,
    Column.GOAL: """
        mål | målsättning | delmål | syfte | effektmål | mål/syfte | syfte/mål | önskad effekt
        | goal | goals | objective | objectives
    """,
    Column.AREA: """
        område | områden | insatsområde | fokusområde | problemområde | målområde
        | utvecklingsområde | tema | prioriterat område | prioriterade områden
        | area | theme | priority area | focus area
    """,
}
_KNOWN = {word.strip(): column for column, words in _WORDS.items() for word in words.split("|")}
_HEADINGS = tuple(_KNOWN)
_EXPLAINED = re.compile(r"\s*[(:,\n]|\s[-–—]\s")
_LONGEST = 60
_ALIKE = 84  # "Aktvitet", "Uppföljnig"; "Tid" and "Vad" are too short to be guessed at
_SHORTEST_GUESSED = 6
_NUMBERING = re.compile(r"^(?:\d+|[a-z])[.)]\s*")
_AROUND = re.compile(r"^[\W_]+|[\W_]+$|[\u00b9\u00b2\u00b3\u2070-\u2079]")
_BROKEN = re.compile(r"-\s*\n\s*(?=[^\W\d_])")


@lru_cache(maxsize=4096)
def column_of(heading: str) -> tuple[Column, bool] | None:
    """Which column ``heading`` names, and whether that is a guess at a misspelt word."""
    if not heading or len(heading) > _LONGEST:
        return None
    plain = _plain(heading)
    if plain in _KNOWN:
        return _KNOWN[plain], False
    if len(plain) < _SHORTEST_GUESSED:
        return None
    near = process.extractOne(plain, _HEADINGS, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if near is not None:
        return _KNOWN[near[0]], True
    # An explanation after the word says nothing more, as in "Aktivitet (vad ska göras)".
    before = _EXPLAINED.split(plain, maxsplit=1)[0].strip()
    return (_KNOWN[before], False) if before in _KNOWN else None


def columns_of(row: Row) -> tuple[tuple[Column, bool] | None, ...] | None:
    """What each cell of a heading row names; None where the row is no heading row."""
    if not 2 <= len(row.cells) <= MAX_COLUMNS or not any(map(_is_heading, row.texts)):
        return None
    found = tuple(column_of(text) for text in row.texts)
    named = {each[0] for each in found if each}
    texts = sum(bool(text) for text in row.texts)
    if Column.ACTIVITY not in named and len(named) < 3:
        return None
    return found if len(named) >= 2 and 2 * len(named) >= texts else None


@lru_cache(maxsize=4096)
def _is_heading(text: str) -> bool:
    """Whether the text is a heading that needs no guess: a row of headings has one at least."""
    return 0 < len(text) <= _LONGEST and _plain(text) in _KNOWN


def is_area_word(text: str) -> bool:
    """Whether a heading says nothing of its own: "Aktiviteter", "Gemensam aktivitetsplan"."""
    return bool(_SAYS_NOTHING.fullmatch(_plain(text)))


_SAYS_NOTHING = re.compile(
    r".*\b(?:handlings|åtgärds|aktivitets|verksamhets)plan\w*\b.*|.*\baction plan\b.*"
    r"|(?:(?:gemensamma|prioriterade|planerade|våra) )?(?:aktiviteter|åtgärder|insatser|områden)"
    r"|innehåll\w*|activities|actions|(?:priority )?areas|contents"
    r"|(?:tabell|table|bilaga|sida|page|version|datum|date|dnr|diarienummer)\b.*"
    r"|(?:beslutad|fastställd|antagen|upprättad|framtagen|utarbetad|gäller|period)\w*\b.*"
    r"|polis\w*|polisregion.*|(?:lokal)?polisområde.*|[\w-]+ (?:kommun|stad)|[\d\s.:/–-]+"
)
_AREA_PREFIX = re.compile(
    r"^(?:(?:prioriterat|prioriterade)\s+)?(?:insats|fokus|problem|mål|utvecklings)?"
    r"(?:område|area)\s*(?:\d+|[A-Z])?\s*[:.\u2013\u2014-]\s*",
    re.IGNORECASE,
)
_AREA_NUMBER = re.compile(r"^(?:\d+(?:\.\d+)*[.)]?|[A-Z][.)])\s+(?=\S)")


def area_name(text: str) -> str:
    """An area's own name: without "Prioriterat område 2:" and without numbering before it."""
    line = tidy(text).split("\n", 1)[0]
    bare = _AREA_NUMBER.sub("", _AREA_PREFIX.sub("", _AREA_NUMBER.sub("", line)))
    return bare.strip(" :\u2013-") or line.strip(" :")


def _plain(heading: str) -> str:
    joined = _BROKEN.sub("", tidy(heading)).replace("\n", " ")
    words = latin_text(joined).casefold().replace(" / ", "/")
    return _AROUND.sub("", _NUMBERING.sub("", _AROUND.sub("", words))).strip()
