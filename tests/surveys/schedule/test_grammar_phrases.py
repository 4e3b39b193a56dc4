"""How such documents are written: one table for each kind of phrase."""

from datetime import date, datetime

import pytest
from dateutil.rrule import rrulestr

from surveys.schedule.grammar import LONGEST_TEXT, parse
from surveys.schedule.grammar_schedule import Kind, Schedule, expect
from surveys.schedule.periods import Window

TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))


def read(text: str) -> Schedule:
    return parse(text, TWO_YEARS)


COUNTED = [
    # text, count, comparator, per, expected in two years
    ("en gång/vecka", 1, "=", "week", 104),
    ("1 g/v", 1, "=", "week", 104),
    ("1/vecka", 1, "=", "week", 104),
    ("1 ggr/v.", 1, "=", "week", 104),
    ("1ggr/mån", 1, "=", "month", 24),
    ("En gång i månaden", 1, "=", "month", 24),
    ("minst en (1) gång per månad", 1, ">=", "month", 24),
    ("minst (4) fyra gånger per år", 4, ">=", "year", 8),
    ("2x per år", 2, "=", "year", 4),
    ("2 ggr / år", 2, "=", "year", 4),
    ("2\u00a0ggr\u00a0/\u00a0år", 2, "=", "year", 4),
    ("TVÅ GGR PER ÅR", 2, "=", "year", 4),
    ("2 ganger/ar", 2, "=", "year", 4),
    ("en gång om året", 1, "=", "year", 2),
    ("fyra gånger årligen", 4, "=", "year", 8),
    ("årligen genomföra två insatser", 2, "=", "year", 4),
    ("10 gånger/läsår", 10, "=", "year", 20),
    ("11 ggr/år (sommaruppehåll)", 11, "=", "year", 22),
    ("2 insatser, varje halvår", 2, "=", "half_year", 8),
    ("minst 2 gånger under året", 2, ">=", "year", 4),
    ("2 gånger per år 2022–2023", 2, "=", "year", 4),
    ("Ett tillfälle per skola och läsår", 1, "=", "year", 2),
    ("en gång i kvartalet", 1, "=", "quarter", 8),
    ("3 st/termin", 3, "=", "term", 12),
    ("Varje termin hålls två föräldramöten", 2, "=", "term", 8),
    ("Vid behov, dock minst en gång per termin", 1, ">=", "term", 4),
    ("tjugofem fotpatrulleringar per månad", 25, "=", "month", 600),
    ("en kväll i veckan", 1, "=", "week", 104),
    ("Två fredagskvällar per månad", 2, "=", "month", 48),
    ("1 gång per månad med uppehåll i juli", 1, "=", "month", 22),
    ("två gånger per år, vår och höst", 2, "=", "year", 4),
    ("4 ggr/år varav en digital", 4, "=", "year", 8),
    ("2-3 gånger per år", 2, ">=", "year", 4),
    ("en till två gånger per månad", 1, ">=", "month", 24),
    ("2 gånger per år eller fler", 2, ">=", "year", 4),
    ("3+ gånger per år", 3, ">=", "year", 6),
    ("fler än 3 gånger per år", 4, ">=", "year", 8),
    ("inte mindre än fyra gånger per år", 4, ">=", "year", 8),
    ("≥ 4 ggr/år", 4, ">=", "year", 8),
    ("exakt 4 ggr/år", 4, "=", "year", 8),
    ("cirka 4 gånger per år", 4, None, "year", 8),
    ("ett par gånger per år", 2, None, "year", 4),
    ("högst 3 gånger per år", 3, None, "year", None),
    ("upp till 3 gånger per år", 3, None, "year", None),
    ("en gång per tertial", 1, "=", None, 6),
    ("0 gånger per år", 0, "=", "year", 0),
    ("1 000 000 besök per år", 1_000_000, "=", "year", 2_000_000),
    ("5 gånger under 2023", 5, "=", "period", 5),
    ("2000 besök under 2023", 2000, "=", "period", 2000),
    ("10 insatser, varav minst 4 under 2021", 10, "=", "period", 10),
    ("Minst 2 insatser senast 2023-06-30", 2, ">=", "period", 2),
    ("Vid minst fyra tillfällen", 4, ">=", "period", 4),
    ("minst 2 nya metoder under 2022", 2, ">=", "period", 2),
    ("2023-02-06 och 2023-09-04", 2, "=", "period", 2),
    ("at least four times a year", 4, ">=", "year", 8),
    ("twice a month", 2, "=", "month", 48),
    ("once per quarter", 1, "=", "quarter", 8),
    ("three times per semester", 3, "=", "term", 12),
    ("no more than twice a year", 2, None, "year", None),
    ("at least two joint operations during 2022-2023", 2, ">=", "period", 2),
]


@pytest.mark.parametrize(("text", "count", "comparator", "per", "expected"), COUNTED)
def test_counts(
    text: str, count: int, comparator: str | None, per: str | None, expected: int | None
) -> None:
    schedule = read(text)
    assert schedule.kind is Kind.COUNTED
    assert (schedule.count, schedule.comparator, schedule.per) == (count, comparator, per)
    assert expect(schedule, TWO_YEARS).expected == expected


ALL_BUT_JULY = "BYMONTH=1,2,3,4,5,6,8,9,10,11,12"
WORKDAYS = "BYDAY=MO,TU,WE,TH,FR"
RECURRING = [
    # text, rule, expected and excused in two years
    ("varje måndag kl. 14.00", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=14;BYMINUTE=0", 98, 6),
    ("VARJE MÅNDAG KLOCKAN 14", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=14;BYMINUTE=0", 98, 6),
    ("kl. 14 varje mandag", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=14;BYMINUTE=0", 98, 6),
    ("Mån kl 14", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=14;BYMINUTE=0", 98, 6),
    ("Varje helgfri måndag", "FREQ=WEEKLY;BYDAY=MO", 98, 6),
    ("måndagar och onsdagar kl 15-16", "FREQ=WEEKLY;BYDAY=MO,WE;BYHOUR=15;BYMINUTE=0", 202, 6),
    ("fredag- och lördagskvällar", "FREQ=WEEKLY;BYDAY=FR,SA", 201, 8),
    ("mån–fre", f"FREQ=WEEKLY;{WORKDAYS}", 506, 14),
    ("varje vardag", f"FREQ=WEEKLY;{WORKDAYS}", 506, 14),
    ("varje dag utom söndagar", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", 606, 19),
    ("tisdag eller torsdag varje vecka", "FREQ=WEEKLY;BYDAY=TU,TH;BYSETPOS=1", 104, 0),
    ("helger", "FREQ=WEEKLY;BYDAY=SA,SU;BYSETPOS=1", 105, 0),
    ("varannan måndag", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", 50, 2),
    ("varannan vecka", "FREQ=WEEKLY;INTERVAL=2", 52, 0),
    ("en gång varannan vecka", "FREQ=WEEKLY;INTERVAL=2", 52, 0),
    ("var 14:e dag", "FREQ=WEEKLY;INTERVAL=2", 52, 0),
    ("var tredje månad", "FREQ=MONTHLY;INTERVAL=3", 8, 0),
    ("var 6:e månad", "FREQ=MONTHLY;INTERVAL=6", 4, 0),
    ("vartannat år", "FREQ=YEARLY;INTERVAL=2", 1, 0),
    ("dagligen", "FREQ=DAILY", 730, 0),
    ("veckovis", "FREQ=WEEKLY", 104, 0),
    ("månadsvis", "FREQ=MONTHLY", 24, 0),
    ("kvartalsvis", "FREQ=MONTHLY;INTERVAL=3", 8, 0),
    ("halvårsvis", "FREQ=MONTHLY;INTERVAL=6", 4, 0),
    ("varje termin", "FREQ=MONTHLY;INTERVAL=6", 4, 0),
    ("Tertialrapport", "FREQ=MONTHLY;INTERVAL=4", 6, 0),
    ("årligen", "FREQ=YEARLY", 2, 0),
    ("varje kvartal 2023", "FREQ=MONTHLY;INTERVAL=3", 4, 0),
    ("Månadsvis (ej juli)", f"FREQ=MONTHLY;{ALL_BUT_JULY}", 22, 0),
    ("varje måndag utom juli", f"FREQ=WEEKLY;{ALL_BUT_JULY};BYDAY=MO", 89, 6),
    ("tisdagar under sommaren (juni–augusti)", "FREQ=WEEKLY;BYMONTH=6,7,8;BYDAY=TU", 25, 1),
    ("första måndagen i varje månad", "FREQ=MONTHLY;BYDAY=1MO", 22, 2),
    ("1:a tisdagen i månaden", "FREQ=MONTHLY;BYDAY=1TU", 23, 1),
    ("sista torsdagen varje månad", "FREQ=MONTHLY;BYDAY=-1TH", 23, 1),
    ("första och tredje onsdagen i månaden", "FREQ=MONTHLY;BYDAY=1WE,3WE", 48, 0),
    ("var tredje tisdag i månaden", "FREQ=MONTHLY;BYDAY=3TU", 24, 0),
    ("sista vardagen i månaden", f"FREQ=MONTHLY;{WORKDAYS};BYSETPOS=-1", 24, 0),
    ("sista fredagen i varje kvartal", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR", 8, 0),
    ("andra tisdagen i mars varje år", "FREQ=YEARLY;BYMONTH=3;BYDAY=2TU", 2, 0),
    ("den 15:e varje månad", "FREQ=MONTHLY;BYMONTHDAY=15", 23, 1),
    ("den 1 och 15 i varje månad", "FREQ=MONTHLY;BYMONTHDAY=1,15", 43, 5),
    ("sista dagen i varje månad", "FREQ=MONTHLY;BYMONTHDAY=-1", 24, 0),
    ("under september månad varje år", "FREQ=YEARLY;BYMONTH=9", 2, 0),
    ("i mars och oktober varje år", "FREQ=YEARLY;BYMONTH=3,10", 4, 0),
    ("mars, juni, september och december", "FREQ=YEARLY;BYMONTH=3,6,9,12", 8, 0),
    ("vår och höst", "FREQ=YEARLY;BYMONTH=3,9", 4, 0),
    ("varje sommar", "FREQ=YEARLY;BYMONTH=6", 2, 0),
    ("senast 15 mars varje år", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15", 2, 0),
    ("6 juni varje år", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=6", 2, 0),
    ("varje valborg", "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30", 2, 0),
    ("vecka 45 varje år", "FREQ=YEARLY;BYWEEKNO=45", 2, 0),
    ("Vecka 7, 12 och 44", "FREQ=YEARLY;BYWEEKNO=7,12,44", 6, 0),
    ("every Monday at 2 pm", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=14;BYMINUTE=0", 98, 6),
    ("each Monday, 2–3 pm", "FREQ=WEEKLY;BYDAY=MO;BYHOUR=14;BYMINUTE=0", 98, 6),
    ("every two months", "FREQ=MONTHLY;INTERVAL=2", 12, 0),
    ("every other week", "FREQ=WEEKLY;INTERVAL=2", 52, 0),
    ("first and third Tuesday of each month", "FREQ=MONTHLY;BYDAY=1TU,3TU", 47, 1),
    ("on the 15th of each month", "FREQ=MONTHLY;BYMONTHDAY=15", 23, 1),
    ("monthly except July", f"FREQ=MONTHLY;{ALL_BUT_JULY}", 22, 0),
    ("in September every year", "FREQ=YEARLY;BYMONTH=9", 2, 0),
]


@pytest.mark.parametrize(("text", "rule", "expected", "excused"), RECURRING)
def test_recurrences(text: str, rule: str, expected: int, excused: int) -> None:
    schedule = read(text)
    assert schedule.kind is Kind.RECURRING
    assert schedule.rule is not None
    assert schedule.rule.text == rule
    found = expect(schedule, TWO_YEARS)
    assert (found.expected, len(found.excused)) == (expected, excused)


@pytest.mark.parametrize("rule", sorted({rule for _, rule, _, _ in RECURRING}))
def test_rules_are_read_by_who_else_reads_rfc_5545(rule: str) -> None:
    assert rrulestr(rule, dtstart=datetime(2022, 1, 1))[0]  # noqa: DTZ001 - RFC's floating time


ALTERNATE_WEEKS = [
    ("måndagar jämna veckor", 0, 2, 48, 4),
    ("Torsdagar ojämna veckor", 3, 1, 50, 2),
]


@pytest.mark.parametrize(("text", "weekday", "first", "expected", "excused"), ALTERNATE_WEEKS)
def test_even_and_odd_weeks(
    text: str, weekday: int, first: int, expected: int, excused: int
) -> None:
    schedule = read(text)
    found = expect(schedule, TWO_YEARS)
    assert schedule.rule is not None
    assert schedule.rule.weeks[:2] == (first, first + 2)
    assert (found.expected, len(found.excused)) == (expected, excused)
    assert {day.weekday() for day in found.excused} == {weekday}


OTHER_KINDS = [
    (Kind.CONTINUOUS, "löpande"),
    (Kind.CONTINUOUS, "Fortlöpande"),
    (Kind.CONTINUOUS, "Löpande under projekttiden"),
    (Kind.CONTINUOUS, "löpnade"),  # two letters swapped
    (Kind.CONTINUOUS, "kontinuerlit"),
    (Kind.CONTINUOUS, "Tills vidare"),
    (Kind.CONTINUOUS, "året runt"),
    (Kind.CONTINUOUS, "24/7"),
    (Kind.CONTINUOUS, "Pågår"),
    (Kind.CONTINUOUS, "ongoing"),
    (Kind.CONTINUOUS, "continuously throughout the period"),
    (Kind.ON_DEMAND, "när behov uppstår"),
    (Kind.ON_DEMAND, "utifrån behov"),
    (Kind.ON_DEMAND, "behovsanpasat"),
    (Kind.ON_DEMAND, "behovsstyrda"),
    (Kind.ON_DEMAND, "om det behövs"),
    (Kind.ON_DEMAND, "på förekommen anledning"),
    (Kind.ON_DEMAND, "på begäran"),
    (Kind.ON_DEMAND, "i mån av tid"),
    (Kind.ON_DEMAND, "vid misstanke om brott"),
    (Kind.ON_DEMAND, "as needed"),
    (Kind.ON_DEMAND, "whenever the need arises"),
    (Kind.ON_DEMAND, "on request"),
    (Kind.AFTER_EACH, "efter varje insats"),
    (Kind.AFTER_EACH, "Efter avslutad insats"),
    (Kind.AFTER_EACH, "Inom två veckor efter avslutad insats"),
    (Kind.AFTER_EACH, "after each operation"),
    (Kind.EACH_MEETING, "vid BRÅ:s möten"),
    (Kind.EACH_MEETING, "inför varje BRÅ-möte"),
    (Kind.EACH_MEETING, "stående punkt på dagordningen"),
    (Kind.EACH_MEETING, "at each steering group meeting"),
]


@pytest.mark.parametrize(("kind", "text"), OTHER_KINDS)
def test_times_that_no_calendar_knows(kind: Kind, text: str) -> None:
    schedule = read(text)
    assert schedule.kind is kind
    assert expect(schedule, TWO_YEARS).expected is None


DATED = [
    (Kind.DEADLINE, "senast den 15 mars 2023", date(2023, 3, 15)),
    (Kind.DEADLINE, "Senast 31/12 2023", date(2023, 12, 31)),
    (Kind.DEADLINE, "Styrgruppsmöte 24/10-22", date(2022, 10, 24)),
    (Kind.DEADLINE, "måndagen den 6 februari 2023 kl. 13.00", date(2023, 2, 6)),
    (Kind.DEADLINE, "6 feb. 2023", date(2023, 2, 6)),
    (Kind.DEADLINE, "20230206", date(2023, 2, 6)),
    (Kind.DEADLINE, "06.02.2023", date(2023, 2, 6)),
    (Kind.DEADLINE, "före 1 april 2023", date(2023, 3, 31)),
    (Kind.DEADLINE, "före sommaren 2024", date(2024, 5, 31)),
    (Kind.DEADLINE, "klart till sommaren 2023", date(2023, 5, 31)),
    (Kind.DEADLINE, "klart Q3 2022", date(2022, 9, 30)),
    (Kind.DEADLINE, "senast i slutet av mars 2023", date(2023, 3, 31)),
    (Kind.DEADLINE, "senast vid årsskiftet 2023/2024", date(2023, 12, 31)),
    (Kind.DEADLINE, "senast den 15 mars", None),  # of which of the two years?
    (Kind.DEADLINE, "inom tre månader", None),
    (Kind.DEADLINE, "by 1 March 2024", date(2024, 3, 1)),
    (Kind.DEADLINE, "February 6, 2023", date(2023, 2, 6)),
    (Kind.DEADLINE, "by the end of 2023", date(2023, 12, 31)),
    (Kind.DEADLINE, "no later than February 2020", date(2020, 2, 29)),
    (Kind.DURING, "2022/2023", date(2023, 12, 31)),
    (Kind.DURING, "2022, 2023 och 2024", date(2024, 12, 31)),
    (Kind.DURING, "1 januari 2022 – 31 december 2023", date(2023, 12, 31)),
    (Kind.DURING, "mellan den 1 maj och 30 juni 2023", date(2023, 6, 30)),
    (Kind.DURING, "1–15 maj 2023", date(2023, 5, 15)),
    (Kind.DURING, "okt-dec 2022", date(2022, 12, 31)),
    (Kind.DURING, "vintern 2021/2022", date(2022, 2, 28)),
    (Kind.DURING, "hösten/vintern 2021", date(2022, 2, 28)),
    (Kind.DURING, "HT-22", date(2022, 12, 31)),
    (Kind.DURING, "vårterminen 2023", date(2023, 6, 30)),
    (Kind.DURING, "andra kvartalet 2023", date(2023, 6, 30)),
    (Kind.DURING, "tertial 2 2023", date(2023, 8, 31)),
    (Kind.DURING, "vecka 31 2023", date(2023, 8, 6)),
    (Kind.DURING, "fram till 2023-06-30", date(2023, 6, 30)),
    (Kind.DURING, "från och med hösten 2022", None),
    (Kind.DURING, "vecka 31", None),
    (Kind.DURING, "during 2022", date(2022, 12, 31)),
    (Kind.DURING, "from January to March 2024", date(2024, 3, 31)),
]


@pytest.mark.parametrize(("kind", "text", "deadline"), DATED)
def test_dates_and_spans(kind: Kind, text: str, deadline: date | None) -> None:
    schedule = read(text)
    assert (schedule.kind, schedule.deadline) == (kind, deadline)
    assert schedule.rule is None


UNPARSED = [
    ("några gånger per år", "vague_count"),
    ("flera möten", "vague_count"),
    ("1,5 gånger per månad", "fraction"),
    ("minst fyra (5) insatser", "contradictory_numbers"),
    ("30 februari 2023", "no_such_day"),
    ("2023-02-30", "no_such_day"),
    ("vecka 54", "no_such_day"),
    ("inte varje måndag", "negated"),
    ("ej aktuellt", "negated"),
    ("10 timmar per vecka", "not_occasions"),
    ("minst 50 ungdomar per år", "not_occasions"),
    ("12345678901 gånger per år", "too_many"),
    ("minst -2 gånger per år", "negative"),
    ("minst 18 år", "no_time"),
    ("biannually", "no_time"),  # twice a year, or every other year
    ("Enligt särskild plan", "refers_elsewhere"),
    ("x" * (LONGEST_TEXT + 1), "too_long"),
]


@pytest.mark.parametrize(("text", "reason"), UNPARSED)
def test_what_cannot_be_read_says_why(text: str, reason: str) -> None:
    schedule = read(text)
    assert (schedule.kind, schedule.reason) == (Kind.UNPARSED, reason)
    assert (schedule.count, schedule.rule, schedule.deadline) == (None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "§a ¤",
        "\x00\ud800",
        "½ ² \u0661",
        "första " * 300,
        "1, " * 900,
        "en " * 1200,
        "-" * 4000,
        "(" * 99,
    ],
)
def test_nothing_that_is_typed_can_break_it(text: str) -> None:
    assert expect(read(text), TWO_YEARS).excused == ()
