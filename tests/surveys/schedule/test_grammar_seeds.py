"""Every When and Follow-up cell and every target of the five source documents is read.

The phrases are those of the sources; the sentences around them are left out.
"""

from datetime import date

import pytest

from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Kind, Schedule, expect
from surveys.schedule.periods import Window

TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))
# The letters that stand for e and r in the source's "Sker", and are neither.
MIXED_SKER = "Sk\u0435\u0440"


def read(text: str) -> Schedule:
    return parse(text, TWO_YEARS)


@pytest.mark.parametrize(
    ("cell", "kind", "expected"),
    [
        ("Varje måndag kl. 14.00", Kind.RECURRING, 98),
        ("Varje måndag kl. 15.00", Kind.RECURRING, 98),
        ("2 gånger/år", Kind.COUNTED, 4),
        ("Löpande under året utifrån behov", Kind.ON_DEMAND, None),
        ("När behov uppstår utifrån lokala problembilder", Kind.ON_DEMAND, None),
        ("Minst 2 gånger/år", Kind.COUNTED, 4),
        ("När en ungdom identifieras och uppfyller kriterierna för SIG", Kind.ON_DEMAND, None),
        ("Under 2022", Kind.DURING, None),
        ("Löpande under projektiden", Kind.CONTINUOUS, None),
        ("5 ggr/år", Kind.COUNTED, 10),
        ("11 ggr/år", Kind.COUNTED, 22),
        ("När behov uppstår", Kind.ON_DEMAND, None),
        ("1 ggr/månad", Kind.COUNTED, 24),
        ("Minst 3 ggr/år", Kind.COUNTED, 6),
        ("Behovsanpassat", Kind.ON_DEMAND, None),
    ],
)
def test_every_when_of_the_plan(cell: str, kind: Kind, expected: int | None) -> None:
    schedule = read(cell)
    assert schedule.kind is kind
    assert expect(schedule, TWO_YEARS).expected == expected


@pytest.mark.parametrize(
    ("cell", "kind", "deadline"),
    [
        (
            "Genom en kort skriftlig rapport till styrgruppen för BRÅ 2023-02-06",
            Kind.DEADLINE,
            date(2023, 2, 6),
        ),
        (
            "Genom en kort skriftlig rapport till styrgruppen för BRÅ 2022-10-24",
            Kind.DEADLINE,
            date(2022, 10, 24),
        ),
        ("Muntlig uppföljning av arbetssättet 2023-02-06", Kind.DEADLINE, date(2023, 2, 6)),
        ("Muntlig utvärdering under september månad varje år", Kind.RECURRING, None),
        ("Reflektion vid sittande bord", Kind.UNPARSED, None),
        (
            "Rapport sammanställs efter varje insats. Föredras sedan för styrgruppen för BRÅ",
            Kind.AFTER_EACH,
            None,
        ),
        (
            "Utvärdering sker när tillräckligt underlag för metoden finns tillgängligt",
            Kind.ON_DEMAND,
            None,
        ),
        ("Vid varje styrgruppsmöte i BRÅ", Kind.EACH_MEETING, None),
        (f"{MIXED_SKER} i projektets styrgrupp", Kind.EACH_MEETING, None),
        ("Kontinuerligt", Kind.CONTINUOUS, None),
        ("1 ggr/år", Kind.COUNTED, None),
        ("Efter genomförda medborgardialoger", Kind.AFTER_EACH, None),
        ("Efter genomförda Trygghetsvandringar", Kind.AFTER_EACH, None),
        ("Löpande, efter genomförd insats", Kind.AFTER_EACH, None),
    ],
)
def test_every_follow_up_of_the_plan(cell: str, kind: Kind, deadline: date | None) -> None:
    schedule = read(cell)
    assert (schedule.kind, schedule.deadline) == (kind, deadline)


def test_the_letters_of_another_script_are_noticed() -> None:
    assert "mixed_script" in read(f"{MIXED_SKER} i projektets styrgrupp").notes
    assert read("Sker i projektets styrgrupp").notes == ()


def test_a_cell_that_says_how_and_not_when_is_kept_as_text() -> None:
    assert read("Reflektion vid sittande bord").reason == "manner"


def test_an_empty_cell_is_a_gap_and_nothing_else() -> None:
    schedule = read("  ")
    assert (schedule.kind, schedule.reason) == (Kind.UNPARSED, "empty")


@pytest.mark.parametrize(
    ("target", "counted"),
    [
        ("träffas en gång/vecka", (1, "=", "week")),
        (
            "under perioden 2022-2023 genomför minst fyra (4) myndighetsgemensamma insatser mot"
            " narkotika. Varje insats ska omfatta minst en arbetsdag. Vid varje tillfälle ska"
            " Socialtjänsten förlägga sitt arbete till polisstationen.",
            (4, ">=", "period"),
        ),
        ("minst fyra (4) … 2022–2023", (4, ">=", "period")),
        ("regelbundna operativa insatser minst två gånger per halvår", (2, ">=", "half_year")),
        ("minst två 2 aktivitetstillfällen", (2, ">=", "period")),
        ("minst 1 tillfälle/vecka utöver den dagliga verksamheten", (1, ">=", "week")),
        ("18 stycken möten med allmänheten", (18, "=", "period")),
    ],
)
def test_every_counted_target(target: str, counted: tuple[int, str, str]) -> None:
    schedule = read(target)
    assert schedule.kind is Kind.COUNTED
    assert (schedule.count, schedule.comparator, schedule.per) == counted


@pytest.mark.parametrize(
    ("target", "kind", "deadline"),
    [
        ("under 2022 genomföra omvärldsspaning", Kind.DURING, date(2022, 12, 31)),
        ("under 2022 förstärka samarbetet för unga under 21 år", Kind.DURING, date(2022, 12, 31)),
        ("finnas tillgänglig under våren 2022", Kind.DURING, date(2022, 5, 31)),
        ("för 2022 och 2023", Kind.DURING, date(2023, 12, 31)),
        ("under åren 2024-2026 fokusera på fyra områden", Kind.DURING, date(2026, 12, 31)),
        ("gäller för år 2019", Kind.DURING, date(2019, 12, 31)),
        ("senast under februari 2020", Kind.DEADLINE, date(2020, 2, 29)),
        ("utvärdering ska ske efter 2023-12-31", Kind.DURING, None),
        ("pågår under två (2) år framåt från det att de tecknas", Kind.DURING, None),
        ("Trafikkontroller ska under året genomföras", Kind.DURING, None),
        ("under tiden 2015-12-19 till 2016-03-16", Kind.DURING, date(2016, 3, 16)),
        ("då det är befogat", Kind.ON_DEMAND, None),
        ("i förekommande fall förbättring av trafikmiljöerna", Kind.ON_DEMAND, None),
        ("vid behov kommunicera olika insatser", Kind.ON_DEMAND, None),
        ("i den omfattning som är nödvändig", Kind.ON_DEMAND, None),
        ("Regelbunden kontakt mellan skolan och polisen", Kind.CONTINUOUS, None),
        ("kunskap behöver spridas löpande", Kind.CONTINUOUS, None),
        ("Uppföljningen sker kontinuerligt i arbetsgruppen", Kind.CONTINUOUS, None),
        ("ska årligen följas upp i Trygghetsrådet", Kind.RECURRING, None),
        ("följs gemensamt upp av kommunen och polisen årsvis", Kind.RECURRING, None),
        ("som görs vartannat år", Kind.RECURRING, None),
        ("sätter månadsvis ihop en lägesbild", Kind.RECURRING, None),
        ("stämmer veckovis av sina lägesbilder", Kind.RECURRING, None),
    ],
)
def test_every_other_time_in_the_promises(target: str, kind: Kind, deadline: date | None) -> None:
    schedule = read(target)
    assert (schedule.kind, schedule.deadline) == (kind, deadline)


def test_a_promise_from_its_signing_has_no_dates_yet() -> None:
    schedule = read("pågår under två (2) år framåt från det att de tecknas")
    assert (schedule.starts_on, schedule.notes) == (None, ("from_signing",))


def test_an_extent_that_cannot_be_measured_is_said_to_be_one() -> None:
    schedule = read(
        "Bedriva ett aktivt och kontinuerligt drogförebyggande arbete i den omfattning som är"
        " nödvändig"
    )
    assert schedule.kind is Kind.CONTINUOUS
    assert "unmeasurable_scope" in schedule.notes


def test_the_monthly_picture_leaves_out_the_summer() -> None:
    schedule = read("varje månad (bortsett från ett något längre uppehåll över sommaren)")
    assert schedule.pauses == (7,)
    assert expect(schedule, TWO_YEARS).expected == 2 * 11


@pytest.mark.parametrize(
    ("target", "reason"),
    [
        ("Varje insats ska omfatta minst en arbetsdag", "size_of_occasion"),
        ("Operativa insatser mot droger i trafiken.", "no_time"),
        ("Insatser mot våld i nära relationer.", "no_time"),
        ("Polisen ska höja sin förmåga att identifiera brottsvinster", "no_time"),
        ("Till varje område kommer det kopplas aktiviteter", "no_time"),
        ("Utöver det dagliga trafiksäkerhetsarbetet planeras riktade insatser", "no_time"),
        ("38% av de svarande", "no_time"),
        ("Dnr KS 24-203", "no_time"),
    ],
)
def test_what_says_no_time_is_kept_with_the_reason(target: str, reason: str) -> None:
    schedule = read(target)
    assert (schedule.kind, schedule.reason) == (Kind.UNPARSED, reason)
    assert schedule.text == target
