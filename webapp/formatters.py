"""How dates, counts and shares are written on pages.

Every function here is also a Jinja filter of the same name (`interval` and `months_left` are
globals too). Numbers and their units are held together with a no-break space, ranges take an
en dash, negative numbers a real minus. Words follow the language of the page, Swedish first.
"""

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, localcontext
from typing import Any

from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal
from flask import Flask
from flask_babel import gettext, ngettext

from surveys.days import SWEDEN, swedish_day
from surveys.privacy import MIN_RESPONDENTS
from surveys.statistics.proportions import Proportion
from surveys.text.sentences import first_sentences
from webapp.writing import text_language

NO_BREAK = "\N{NO-BREAK SPACE}"
EN_DASH = "\N{EN DASH}"
MINUS = "\N{MINUS SIGN}"
DAYS_IN_WORDS = 60  # the last two months are counted in days


def _locale() -> str:
    return text_language().formats


def local_day(moment: date | datetime) -> date:
    """The calendar day in Sweden. A datetime must be aware, a date passes through."""
    return swedish_day(moment) if isinstance(moment, datetime) else moment


def date_long(moment: date | datetime | None) -> str:
    """31 augusti 2023; empty for None."""
    if moment is None:
        return ""
    text = format_date(local_day(moment), text_language().long_day, locale=_locale())
    return text.replace(" ", NO_BREAK, 1)


def date_day(moment: date | datetime | None) -> str:
    """31 augusti, where the year is known from the text around it."""
    if moment is None:
        return ""
    text = format_date(local_day(moment), text_language().day_and_month, locale=_locale())
    return text.replace(" ", NO_BREAK)


def date_short(moment: date | datetime | None) -> str:
    """31 aug 2023, for tables."""
    if moment is None:
        return ""
    text = format_date(local_day(moment), text_language().short_day, locale=_locale())
    return text.replace(". ", " ").replace(" ", NO_BREAK)


def date_month(moment: date | datetime | None) -> str:
    """juni 2023."""
    if moment is None:
        return ""
    return format_skeleton("yMMMM", local_day(moment), locale=_locale())


def written_month(text: str) -> str:
    """juni 2023, of a month that is written as 2023-06."""
    return date_month(date.fromisoformat(f"{text}-01"))


def date_time(moment: datetime | None) -> str:
    """14 december 2021 kl. 08.05, in Swedish time."""
    if moment is None:
        return ""
    day = date_long(moment)
    clock = moment.astimezone(SWEDEN).strftime("%H.%M")
    return gettext("%(day)s at %(clock)s", day=day, clock=clock)


def date_iso(moment: date | datetime | None) -> str:
    """2023-08-31, for `datetime=` attributes and files."""
    return "" if moment is None else local_day(moment).isoformat()


def years(first: date, last: date) -> str:
    """2022-2023 with an en dash, or one year."""
    if first.year == last.year:
        return str(first.year)
    return f"{first.year}{EN_DASH}{last.year}"


def day_range(first: date | datetime, last: date | datetime) -> str:
    """1 januari 2022 till 31 december 2023; a period of one day is that day."""
    if local_day(first) == local_day(last):
        return date_long(first)
    return gettext("%(first)s to %(last)s", first=date_long(first), last=date_long(last))


def months_left(last: date | datetime, now: date | datetime) -> str:
    """Time left of a period, "5 månader kvar"; the last two months in days."""
    today = local_day(now)
    end = local_day(last)
    days = (end - today).days
    if days < 0:
        return gettext("ended")
    if days == 0:
        return gettext("last day")
    if days < DAYS_IN_WORDS:
        return _joined(ngettext("%(num)s day left", "%(num)s days left", days))
    months = (end.year - today.year) * 12 + end.month - today.month
    if end.day < today.day:
        months -= 1
    return _joined(ngettext("%(num)s month left", "%(num)s months left", months))


def number(value: float | None, decimals: int = 0) -> str:
    """1 234 or, with decimals, 0,034. An en dash stands for a number that is not there."""
    if value is None:
        return EN_DASH
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    # 82,5 is read as 83, not as the even 82; nor is 56,5 read as 56 for being 56,4999… in binary.
    with localcontext(rounding=ROUND_HALF_UP):
        text: str = format_decimal(round(value, 9), format=pattern, locale=_locale())
    return text.replace("-", MINUS).replace(" ", NO_BREAK)


def times(value: float) -> str:
    """How many times as many: 4,3 or, from ten on, two figures that count, such as 140."""
    if value < 9.95:
        return number(value, 1)
    step = 10 ** (len(str(round(value))) - 2)
    return number(int(value / step + 0.5) * step)


def ratio(contrast: float) -> str:
    """A contrast as 4,4:1, cut off and not rounded: what just misses 4,5 must not look like it."""
    return f"{number(int(contrast * 10) / 10, 1)}:1"


def share(value: float | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as 38 %. An en dash stands for a share that is not there."""
    if value is None:
        return EN_DASH
    return f"{number(value * 100, decimals)}{NO_BREAK}%"


def interval(value: float | None, low: float | None, high: float | None, decimals: int = 0) -> str:
    """A share with its 95 % interval, all between 0 and 1: 49 % (44-55) with an en dash."""
    if value is None or low is None or high is None:
        return share(value, decimals)
    ends = f"{number(low * 100, decimals)}{EN_DASH}{number(high * 100, decimals)}"
    return f"{share(value, decimals)}{NO_BREAK}({ends})"


def share_words(found: Proportion) -> str:
    """A measured share: 49 % (44-55), and of fewer than thirty answers "9 av 24"."""
    if found.is_small:
        return _joined(gettext("%(k)s of %(n)s", k=number(found.count), n=number(found.n)))
    return interval(found.share, found.low, found.high)


def fewer(value: int | None, limit: int = MIN_RESPONDENTS) -> str:
    """A count of people, or "färre än 5" under the limit; None is a count that is withheld.

    What is withheld need not be small: it may only give a small one away.
    """
    if value is None:
        return gettext("not shown")
    if value < limit:
        return _joined(gettext("fewer than %(limit)s", limit=limit))
    return number(value)


def count_in_words(count: int) -> str:
    """Two to twelve as a capitalised word, for the first word of a heading; else in digits."""
    words = (
        gettext("Two"),
        gettext("Three"),
        gettext("Four"),
        gettext("Five"),
        gettext("Six"),
        gettext("Seven"),
        gettext("Eight"),
        gettext("Nine"),
        gettext("Ten"),
        gettext("Eleven"),
        gettext("Twelve"),
    )
    return words[count - 2] if 2 <= count < 2 + len(words) else number(count)


def _joined(text: str) -> str:
    """Hold a number and the word after or before it together."""
    words = text.split(" ")
    for index, word in enumerate(words):
        if word.isdecimal() and index + 1 < len(words):
            return " ".join(
                [*words[:index], f"{word}{NO_BREAK}{words[index + 1]}", *words[index + 2 :]]
            )
    if len(words) > 1 and words[-1].isdecimal():
        return f"{' '.join(words[:-1])}{NO_BREAK}{words[-1]}"
    return text


def day_of(iso: str | None) -> date | None:
    """The day that frozen content holds as text."""
    return date.fromisoformat(iso) if iso else None


FILTERS: tuple[Callable[..., Any], ...] = (
    date_long,
    date_day,
    date_short,
    date_month,
    written_month,
    date_time,
    date_iso,
    day_of,
    months_left,
    number,
    ratio,
    share,
    times,
    interval,
    fewer,
    count_in_words,
    first_sentences,
)


def init_formatters(app: Flask) -> None:
    """Make the functions above filters of every template."""
    for function in FILTERS:
        app.add_template_filter(function, function.__name__)
    for function in (interval, share_words, years, day_range, months_left):
        app.add_template_global(function, function.__name__)
