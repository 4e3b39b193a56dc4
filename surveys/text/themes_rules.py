"""What the words of an answer say about its themes, before anything has been learned.

The labelling rules that words alone can keep are kept here: a denial takes a problem away ("inga
knarkare"), praise alone is no theme, several parties asked to act together are cooperation and no
wish for police, and what only looks like a theme lends no evidence ("full fart", "gräsmatta").
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from surveys.text.themes_lexicon import NEVER, STRONG, WEAK, deniable_groups
from surveys.text.themes_words import Find, Word, find_entries, read_words

MARKS = "marks"
PROBLEMS = "q2"  # where residents feel unsafe
WISHES = "q3"  # what would help
_STRENGTHS = {STRONG: 0.75, WEAK: 0.3}
_DENIAL_REACHES = 3
_SIGHT_REACHES = 6
_LEFT_OVER = ("other", "none")
_SIGHT = frozenset(
    {
        "sett",
        "ser",
        "hört",
        "hör",
        "märkt",
        "märker",
        "upplevt",
        "upplever",
        "stött",
        "känt",
        "känner",
        "varit",
    }
)
# After these the denial is about something else: "gör inget åt knarket", "inte bara fylla".
_ENDS_DENIAL = frozenset(
    {
        "åt",
        "mot",
        "som",
        "när",
        "till",
        "om",
        "för",
        "från",
        "bara",
        "okej",
        "ok",
        "kul",
        "längre",
        "utan",
        "nog",
        "fler",
        "så",
        "gör",
        "göra",
    }
)
_PARTIES = re.compile(
    r"polis(en|er|erna)?|skola(n|n s)?|rektor\w*|lärar\w+|soc|socialen|socialtjänst\w*|kommun(en)?|"
    r"föräld\w+|mammor|pappor|hyresvärd\w*|fastighetsägar\w*|bostadsbolag\w*|förening\w*|"
    r"idrottsför\w*|klubb(en|ar|arna)|kyrka\w*|krögar\w*|buss?bolag\w*|trafikbolag\w*|bank(en|er|erna)?|"
    r"politiker\w*|fritids\w*|grannar\w*|police|school|parents|municipality|poliisi|koulu"
)
_JOINS = frozenset({"och", "o", "&", "plus", "med", "samt", "and", "ja", "+", "/", "with"})
_POLICE = re.compile(r"polis(en|er|erna)?|police|poliisi")
_MORE = frozenset(
    {"fler", "flera", "mer", "mera", "snabbare", "synlig", "synliga", "more", "nattpolis"}
)
_NEAR = 3
_MEETING = re.compile(r"\w*(möte\w*|träff\w*|dialog\w*|fika|samverkan|samarbete\w*|meeting)")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a theme: the words that gave it, where they stand and how much they weigh."""

    code: str
    strength: str
    words: str
    question: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the rules make of one answer.

    ``evidence`` in the order of the words; ``taken_away`` the codes that a denial or praise
    removed; ``q2`` and ``q3`` the answer without the words that were removed, for the learner;
    ``says_nothing`` when no word of the answer means anything.
    """

    evidence: tuple[Evidence, ...]
    taken_away: frozenset[str]
    q2: str
    q3: str
    says_nothing: bool

    def scores(self) -> dict[str, float]:
        """Each code with evidence and how strong it is, 0 to 1: independent reasons add up.

        ``other`` and ``none`` are what is left when nothing speaks for the rest: a feeling with a
        reason is that reason.
        """
        doubts: dict[str, float] = {}
        for reason in {(e.code, e.strength, e.words.lower()): e for e in self.evidence}.values():
            rest = 1 - _STRENGTHS[reason.strength]
            doubts[reason.code] = doubts.get(reason.code, 1.0) * rest
        named = [doubt for code, doubt in doubts.items() if code not in _LEFT_OVER]
        unnamed = min(named, default=1.0)
        return {
            code: (1 - doubt) * (unnamed if code in _LEFT_OVER else 1.0)
            for code, doubt in doubts.items()
        }


def read_answer(q2: str, q3: str) -> Reading:
    """Read one answer: ``q2`` where it feels unsafe, ``q3`` what would help."""
    problems, wishes = _read_question(q2, PROBLEMS), _read_question(q3, WISHES)
    return Reading(
        evidence=problems.evidence + wishes.evidence,
        taken_away=problems.taken_away | wishes.taken_away,
        q2=problems.left,
        q3=wishes.left,
        says_nothing=problems.says_nothing and wishes.says_nothing,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    evidence: tuple[Evidence, ...]
    taken_away: frozenset[str]
    left: str
    says_nothing: bool


def _read_question(text: str, question: str) -> _Part:
    words = read_words(text)
    finds = find_entries(words)
    marks = _marks(finds)
    themes = _longest(_believed([find for find in finds if find.group != MARKS]))
    denied = [find for find in themes if _is_denied(find, words, marks, question)]
    praised = [] if question == WISHES else [f for f in themes if _is_praised(f, words, marks)]
    joint = _joint(words)
    kept = [
        find
        for find in themes
        if find not in denied
        and find not in praised
        and not (find.group == "police_presence" and find.start in joint)
    ]
    evidence = [_evidence(find, words, question) for find in kept]
    if joint:
        position = min(joint)
        evidence.append(Evidence("cooperation", STRONG, words[position].written, question))
    gone = {index for find in denied + praised for index in range(find.start, find.end)}
    return _Part(
        tuple(evidence),
        frozenset(find.group for find in denied + praised),
        " ".join("¬" if index in gone else word.text for index, word in enumerate(words)),
        all(index in marks["empty"] or index in gone for index in range(len(words))),
    )


def _evidence(find: Find, words: list[Word], question: str) -> Evidence:
    written = " ".join(word.written for word in words[find.start : find.end])
    return Evidence(find.group, find.strength, written, question)


def _marks(finds: list[Find]) -> dict[str, set[int]]:
    """Which words praise, deny, complain …: positions by the name of the mark."""
    marks: dict[str, set[int]] = defaultdict(set)
    for find in finds:
        if find.group == MARKS:
            marks[find.strength].update(range(find.start, find.end))
    return marks


def _believed(finds: list[Find]) -> list[Find]:
    """The finds without those that the same theme's "never" words cover."""
    covered = {
        (find.group, index)
        for find in finds
        if find.strength == NEVER
        for index in range(find.start, find.end)
    }
    return [
        find
        for find in finds
        if find.strength != NEVER
        and not any((find.group, index) in covered for index in range(find.start, find.end))
    ]


def _longest(finds: list[Find]) -> list[Find]:
    """Of the finds of one theme that overlap, the strongest and then the longest."""
    kept: list[Find] = []
    taken: set[tuple[str, int]] = set()
    order = sorted(finds, key=lambda f: (f.strength != STRONG, f.start - f.end, f.start, f.group))
    for find in order:
        places = {(find.group, index) for index in range(find.start, find.end)}
        if not places & taken:
            kept.append(find)
            taken |= places
    return sorted(kept, key=lambda f: (f.start, f.group))


def _is_denied(find: Find, words: list[Word], marks: dict[str, set[int]], question: str) -> bool:
    """Whether a word before the find denies it: "inga knarkare", "inte otrygg".

    Among the wishes only a feeling can be denied: "inga knarkare" is there what is wished for.
    """
    if find.group not in deniable_groups():
        return False
    if question == WISHES and find.start not in marks["denied_fear"]:
        return False
    between: list[str] = []
    for index in range(find.start - 1, max(-1, find.start - _SIGHT_REACHES - 1), -1):
        word = words[index]
        if word.clause != words[find.start].clause or index in marks["break"]:
            return False
        if index in marks["negation"]:
            return _reaches(between)
        between.append(word.text)
    return False


def _reaches(between: list[str]) -> bool:
    if any(word in _SIGHT for word in between):
        return "bara" not in between
    return len(between) < _DENIAL_REACHES and not _ENDS_DENIAL.intersection(between)


def _is_praised(find: Find, words: list[Word], marks: dict[str, set[int]]) -> bool:
    """Whether the find stands in a sentence of nothing but praise."""
    if find.group in deniable_groups():
        return False
    sentence = words[find.start].sentence
    inside = {index for index, word in enumerate(words) if word.sentence == sentence}
    if not inside & marks["praise"]:
        return False
    return not inside & (marks["keep"] | marks["complaint"])


def _joint(words: list[Word]) -> set[int]:
    """Positions of police met, or named beside another party: "polis och skola måste prata"."""
    parties = [index for index, word in enumerate(words) if _PARTIES.fullmatch(word.text)]
    joint = {
        index
        for index in range(2, len(words))
        if _POLICE.fullmatch(words[index].text)
        and words[index - 1].text in ("med", "with", "där")
        and _MEETING.fullmatch(words[index - 2].text)
    }
    for first, second in pairwise(parties):
        pair = (words[first], words[second])
        if pair[0].sentence != pair[1].sentence or second - first > _NEAR:
            continue
        police = [i for i in (first, second) if _POLICE.fullmatch(words[i].text)]
        others = len(police) == 1
        wanted = first > 0 and words[first - 1].text in _MORE
        if others and not wanted and _joined(words, first, second):
            joint.update(police)
    return joint


def _joined(words: list[Word], first: int, second: int) -> bool:
    between = [word.text for word in words[first + 1 : second]]
    listed = not between and words[first].clause + 1 == words[second].clause
    return listed or (len(between) == 1 and between[0] in _JOINS)
