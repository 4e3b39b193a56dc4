"""The same thing said in another way, or in English, is read as the same."""

from dataclasses import replace
from datetime import date

import pytest

from surveys.schedule.grammar import parse
from surveys.schedule.grammar_schedule import Kind, Schedule
from surveys.schedule.periods import Window

TWO_YEARS = Window(date(2022, 1, 1), date(2023, 12, 31))

ENGLISH = [
    ("between 1 May and 30 June 2023", "mellan den 1 maj och 30 juni 2023"),
    ("twice per school year", "2 gånger per läsår"),
    ("semi-annually", "halvårsvis"),
    ("once every half-year", "en gång varje halvår"),
    ("fortnightly", "varannan vecka"),
    ("every 3rd week", "var 3:e vecka"),
    ("every third month", "var tredje månad"),
    ("more than 3 times a year", "fler än 3 gånger per år"),
    ("about 4 times a year", "ca 4 gånger per år"),
    ("twice a year or more", "2 gånger per år eller fler"),
    ("thrice a year", "3 gånger per år"),
    ("a couple of times per year", "ett par gånger per år"),
    ("several times per year", "flera gånger per år"),
    ("when the need arises", "när behov uppstår"),
    ("in the event of an incident", "när något händer"),
    ("on an ongoing basis", "löpande"),
    ("all year round", "året runt"),
    ("throughout 2023", "löpande under 2023"),
    ("upon completion", "efter genomförd"),
    ("following completed checks", "efter genomförda kontroller"),
    ("before every steering group meeting", "inför varje möte"),
    ("until 30 June 2023", "till och med 30 juni 2023"),
    ("prior to 1 July 2023", "före den 1 juli 2023"),
    ("by spring 2023", "före våren 2023"),
    ("at the beginning of 2023", "i början av 2023"),
    ("in the middle of October 2022", "i mitten av oktober 2022"),
    ("within 3 months", "inom tre månader"),
    ("over the summer 2023", "under sommaren 2023"),
    ("in week 31 2023", "under vecka 31 2023"),
    ("from 1 September 2022 to 30 June 2023", "från 1 september 2022 till 30 juni 2023"),
    ("the 6th of February 2023", "den 6 februari 2023"),
    ("5 May 2023", "den 5 maj 2023"),
    ("twice in May 2023", "två gånger i maj 2023"),
    ("every meeting", "varje möte"),
    ("weekly except during the summer break", "varje vecka, uppehåll sommaren"),
    ("daily", "dagligen"),
    ("once a week beyond the daily work", "en gång/vecka utöver den dagliga verksamheten"),
    ("every weekday", "varje vardag"),
    ("every weekend", "varje helg"),
    ("the second Tuesday of the month", "andra tisdagen i månaden"),
    ("once during the period", "en gång under perioden"),
    ("Mondays in even weeks", "måndagar jämna veckor"),
    ("odd weeks", "udda veckor"),
    ("mon-fri", "måndag till fredag"),
    ("Saturdays and Sundays at noon", "lördagar och söndagar kl. 12"),
    ("every Monday at 9:30 a.m.", "varje måndag kl. 9.30"),
    ("every Monday at 12 am", "varje måndag kl. 00.00"),
]
SWEDISH = [
    ("vid årets slut", "senast 31 december"),
    ("i slutet av varje år", "i december varje år"),
    ("Vid terminsstart", "varje termin"),
    ("Vår- och höstterminen", "varje termin"),
    ("i samband med årsbokslut", "varje år"),
    ("vid skolavslutningen", "i juni varje år"),
    ("Varje Lucia", "13 december varje år"),
    ("varje julafton", "24 december varje år"),
    ("varje nyårsafton", "31 december varje år"),
    ("nationaldagen 2023", "6 juni 2023"),
    ("t o m 2023-06-30", "till och med 2023-06-30"),
    ("fr.o.m. 2023-01-01", "från och med 2023-01-01"),
    ("2023-01-01 och framåt", "från och med 2023-01-01"),
    ("<= 4 gånger per år", "högst 4 gånger per år"),
    ("2 gånger per år som minst", "minst 2 gånger per år"),
    ("2 gånger per år minst", "minst 2 gånger per år"),
    ("en gång per halv år", "en gång per halvår"),
    ("2 gang per ar", "2 gånger per år"),
    ("senast den 31/3", "senast den 31 mars"),
    ("2022 kv 3", "tredje kvartalet 2022"),
    ("2022 v. 31", "vecka 31 2022"),
    ("andra tertialet 2023", "tertial 2 2023"),
    ("första halvåret 2023", "halvår 1 2023"),
    ("2022-10", "oktober 2022"),
    ("Sommaren 2022 och 2023", "sommaren 2022 och sommaren 2023"),
    ("mars och oktober 2023", "mars 2023 och oktober 2023"),
    ("vecka 31-33 2023", "2023-07-31 till 2023-08-20"),
    ("31 maj–2 juni 2023", "2023-05-31 till 2023-06-02"),
    ("december–januari 2023", "december 2022–januari 2023"),
    ("under 2022, varje måndag", "varje måndag under 2022"),
    ("var 7:e dag", "varje vecka"),
    ("varje måndag förutom sommaren", "varje måndag utom juni, juli och augusti"),
    ("månadsvis med sommaruppehåll", "varje månad utom juli"),
    ("näst sista fredagen i månaden", "näst sista fredagen varje månad"),
    ("måndagar kl 9–16", "måndagar 9.00–16.00"),
]


def meaning(text: str) -> Schedule:
    return replace(parse(text, TWO_YEARS), text="", notes=())


@pytest.mark.parametrize(("variant", "plain"), [*ENGLISH, *SWEDISH])
def test_another_way_to_say_it(variant: str, plain: str) -> None:
    assert meaning(variant) == meaning(plain)


@pytest.mark.parametrize("plain", sorted({plain for _, plain in [*ENGLISH, *SWEDISH]}))
def test_the_plain_way_is_read(plain: str) -> None:
    schedule = parse(plain, TWO_YEARS)
    assert (schedule.kind is Kind.UNPARSED) is (plain == "flera gånger per år")
