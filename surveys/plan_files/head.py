"""What a plan says of itself outside its tables: title, period, authors, evaluation, channels.

Only what stands there is read. Authors and owners are kept as roles: names of persons are left out.
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from surveys.plan_files.blocks import Paragraph
from surveys.plan_files.found import FoundHead

MAX_TITLE = 200
MAX_ROLE = 120
MAX_LIST = 20
_PLAN = re.compile(
    r"\b\w*(?:handlings|åtgärds|aktivitets|verksamhets)plan\w*|\baction plan\b", re.I
)
_YEAR = r"(?:19|20)\d\d"
_DAY = rf"({_YEAR})-(\d\d)-(\d\d)"
_DAYS = re.compile(rf"\b{_DAY}\s*(?:[-–—/]|till?(?: och med)?|t\.?o\.?m\.?|to|until)\s*{_DAY}\b")
_YEARS = re.compile(rf"\b({_YEAR})\s*(?:[-–—/]|och|till|to|and)\s*({_YEAR}|\d\d)\b(?!-\d)")
_ONE_YEAR = re.compile(rf"\b({_YEAR})\b(?!-\d)")
_DATE = re.compile(rf"\b{_DAY}\b")
_AUTHORS = re.compile(
    r"^(?:upprättad|framtagen|utarbetad|skriven|sammanställd)\s+av\b\s*:?\s*"
    r"|^(?:författare|drawn up by|written by|authors?)\b\s*:?\s*",
    re.I,
)
_EVALUATION = re.compile(r"\butvärder\w+\b.*\b(?:helhet|hela)\b|\bevaluat\w+\b.*\bwhole\b", re.I)
_OWNERS = re.compile(
    r"^ansvarig\w*\b.*\b(?:uppföljning|utvärdering)\b.*:?$|^responsible for .*evaluation", re.I
)
_CHANNELS = re.compile(r"(?:kanaler|\bchannels)\b.*:$", re.I)
_NAME = re.compile(r"^[A-ZÅÄÖÉ][\w'’-]+(?: (?:[A-ZÅÄÖÉ][\w'’-]*\.?|von|af|de))+$")
_NAMED_FIRST = re.compile(r"^([^,(–]+)\s*[,(–]\s*(.+?)\)?$")
_ROLE_FIRST = re.compile(r"^(.+?)\s*[,:–]\s*([^,]+)$")
_PARTY = re.compile(r"kommun|polis|stad\b|municipality", re.I)


def read_head(paragraphs: Sequence[Paragraph]) -> tuple[FoundHead, bool]:
    """What the paragraphs say of the plan, and whether a person's name was left out."""
    texts = [paragraph.text for paragraph in paragraphs]
    title = _title(texts)
    starts_on, ends_on = read_period(title) or _stated_period(texts) or (None, None)
    authors, has_names = _authors(texts)
    evaluation, after = _evaluation(texts)
    head = FoundHead(
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        authors=authors,
        evaluation_text=evaluation,
        evaluate_after=after,
        evaluation_owners=_after(texts, _OWNERS),
        channels=_after(texts, _CHANNELS, least=2),
    )
    return head, has_names


def read_period(text: str) -> tuple[date, date] | None:
    """The period that ``text`` names by two days, two years or one; None where it names none."""
    days = _DAYS.search(text)
    if days:
        first, last = _day(days.groups()[:3]), _day(days.groups()[3:])
        return (first, last) if first and last and first <= last else None
    years = _YEARS.search(text)
    if years:
        first_year = int(years[1])
        last_year = int(years[2]) if len(years[2]) == 4 else first_year // 100 * 100 + int(years[2])
        if first_year <= last_year <= first_year + 10:
            return date(first_year, 1, 1), date(last_year, 12, 31)
        return None
    found = _ONE_YEAR.findall(text)
    return (
        (date(int(found[0]), 1, 1), date(int(found[0]), 12, 31)) if len(set(found)) == 1 else None
    )


def _day(parts: Sequence[str]) -> date | None:
    year, month, day = map(int, parts)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def _title(texts: Sequence[str]) -> str:
    """The first short line that names a plan; one with a year goes before others."""
    lines = [t for t in texts[:60] if len(t) <= MAX_TITLE and _PLAN.search(t) and t[-1] not in ".:"]
    return next((line for line in lines if read_period(line)), lines[0] if lines else "")


def _stated_period(texts: Sequence[str]) -> tuple[date, date] | None:
    """A period that a line says that the plan is for."""
    for text in texts[:200]:
        if re.search(r"\b(?:gäller|avser|giltighetstid|period\w*|valid|covers)\b", text, re.I):
            period = read_period(text) if not _ONE_YEAR.fullmatch(text) else None
            if period and (_DAYS.search(text) or _YEARS.search(text) or len(text) < 80):
                return period
    return None


def _authors(texts: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    for index, text in enumerate(texts):
        found = _AUTHORS.match(text)
        if found:
            rest = text[found.end() :]
            lines = [rest] if rest else []
            for line in texts[index + 1 : index + 9]:
                if "," not in line and not _NAME.match(line):
                    break
                lines.append(line)
            roles = [_role(line) for line in lines]
            kept = tuple(role[:MAX_ROLE] for role, _ in roles if role)
            return kept, any(has_name for _, has_name in roles)
    return (), False


def names_person(line: str) -> bool:
    """Whether ``line`` is somebody's name, with or without a role after it."""
    return _role(line)[1]


def _role(line: str) -> tuple[str, bool]:
    """The role in a line such as "Eva Ek, kommunpolis", and whether a name was left out."""
    first = _NAMED_FIRST.match(line)
    if first and _NAME.match(first[1].strip()):
        return first[2].strip(), True
    last = _ROLE_FIRST.match(line)
    if last and _NAME.match(last[2].strip()) and not _PARTY.search(last[2]):
        return last[1].strip(), True
    return ("", True) if _NAME.match(line) and not _PARTY.search(line) else (line.strip(), False)


def _evaluation(texts: Sequence[str]) -> tuple[str, date | None]:
    for text in texts:
        if _EVALUATION.search(text):
            found = _DATE.search(text)
            return text, _day(found.groups()) if found else None
    return "", None


def _after(texts: Sequence[str], opening: re.Pattern[str], least: int = 1) -> tuple[str, ...]:
    """The short lines that follow the line that ``opening`` finds, up to the next section."""
    for index, text in enumerate(texts):
        if not opening.search(text):
            continue
        lines = []
        for line in texts[index + 1 : index + 1 + MAX_LIST]:
            owner = opening is _CHANNELS and re.match(r"ansvarig", line, re.I)
            if owner or len(line) > MAX_ROLE or line.endswith((".", "?")):
                break
            lines.append(line)
        return tuple(lines) if len(lines) >= least else ()
    return ()
