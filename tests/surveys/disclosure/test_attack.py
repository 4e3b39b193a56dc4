"""Editions of invented dialogues, kept by somebody who looks for single persons in them.

Answers are drawn at random, and in each dialogue a few people stand alone: the only one of their
gender with their answer, the only one who came that week. The dialogue is published over and over.
"""

import random
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from surveys.disclosure.audit import Leak, find_disclosures
from surveys.disclosure.editions import ROW_STEPS, Ledger, Limits
from surveys.disclosure.tables import Crossed, OneWay, Segment, Several, Table
from surveys.models.map_edition import EditionState
from surveys.models.result_edition import ResultEdition
from surveys.services.results.result_drafting import draft, write_ledger
from surveys.services.results.result_tables import AGES, GENDERS, Counted
from tests.surveys.disclosure.attacker import Find, differences, solve

LIMITS = Limits(5, 10)
SCALE = ("5", "4", "3", "2", "1")
ANSWERS = (*SCALE, "ja", "nej", "vet_ej", "*text", "*none")
GROUPS = {"q1_gender": GENDERS, "q1_age": AGES}
REASONS = ("dark", "drugs", "traffic", "damage", "other")
CHANNELS = ("web", "paper", "meeting", "school")


class Person:
    """One invented respondent."""

    def __init__(self, dice: random.Random, number: int) -> None:
        self.id = f"p{number}"
        self.answer = dice.choices(ANSWERS, (20, 30, 14, 12, 5, 0, 0, 2, 0, 1))[0]
        self.yes = dice.choices(("ja", "nej", "*none"), (50, 45, 2))[0]
        self.gender = dice.choices(GENDERS, (48, 44, 1, 2, 3))[0]
        self.age = dice.choices(AGES, (20, 50, 25, 4))[0]
        self.channel = dice.choices(CHANNELS, (70, 20, 8, 1))[0]
        self.reasons = {reason for reason in REASONS if dice.random() < 0.2}
        self.theme = dice.choice(("light", "police", "traffic", "meeting"))
        self.is_coded = dice.random() < 0.8


def lonely(person: Person, dice: random.Random) -> Person:
    """The same, alone of their kind."""
    person.answer, person.gender = dice.choice(("1", "vet_ej", "*none")), "annat"
    person.age, person.channel, person.reasons = "none", "school", {"damage"}
    return person


def tables_of(people: list[Person]) -> Counted:
    def sort(get: Callable[[Person], str], codes: tuple[str, ...]) -> dict[str, frozenset[str]]:
        return {code: frozenset(p.id for p in people if get(p) == code) for code in codes}

    everybody = frozenset(p.id for p in people)
    scale = (Segment(SCALE), Segment(("ja", "nej")), *(Segment((c,)) for c in ANSWERS[7:]))
    q1 = OneWay("q1", scale, sort(lambda p: p.answer, ANSWERS), is_core=True)
    yes = (Segment(("ja", "nej")), Segment(("*none",)))
    coded = frozenset(p.id for p in people if p.is_coded)
    several = {r: frozenset(p.id for p in people if r in p.reasons) for r in REASONS}
    themes = sort(lambda p: p.theme, ("light", "police", "traffic", "meeting"))
    tables: list[Table] = [
        q1,
        Crossed(
            "q1_gender", "q1", Segment(GENDERS, is_ordered=False),
            sort(lambda p: p.gender, GENDERS), GENDERS[2:], SCALE, ROW_STEPS,
        ),
        Crossed(
            "q1_age", "q1", Segment(AGES), sort(lambda p: p.age, AGES), AGES[3:], SCALE,
            ROW_STEPS,
        ),
        OneWay("q2", yes, sort(lambda p: p.yes, ("ja", "nej", "*none")), is_core=True),
        OneWay(
            "channels", (Segment(CHANNELS, is_ordered=False),),
            sort(lambda p: p.channel, CHANNELS),
        ),
        Several("reasons", several),
        Several("themes", {c: who & coded for c, who in themes.items()}, coded),
    ]  # fmt: skip
    return Counted({t.key: t for t in tables}, everybody, {}, {})


def publish(
    rounds: list[list[Person]], limits: Limits = LIMITS
) -> tuple[list[Mapping[str, Any]], int]:
    """The files of all editions, and how many rounds gave nothing to publish."""
    earlier: ResultEdition | None = None
    files: list[Mapping[str, Any]] = []
    refused = 0
    for people in rounds:
        number = len(files) + 1
        drafted = draft(tables_of(people), earlier, limits, number)
        if not drafted.tables or (earlier is not None and drafted.tables == earlier.tables):
            refused += 1
            continue
        files.append({"edition": number, "tables": drafted.tables})
        earlier = ResultEdition(
            number=number,
            state=EditionState.PUBLISHED,
            tables=drafted.tables,
            ledger=write_ledger(drafted.ledger),
        )
    return files, refused


def arrive(seed: int, n_rounds: int = 5, *, leaves: bool = False) -> list[list[Person]]:
    """The people who count at each round: more each time, now and then only one."""
    dice = random.Random(seed)
    people = [Person(dice, i) for i in range(dice.randint(40, 300))]
    rounds = [list(people)]
    for _ in range(n_rounds - 1):
        start = len(rounds) * 10_000
        new = [Person(dice, start + i) for i in range(dice.choice((0, 1, 3, 12, 60, 200)))]
        people += [*new, lonely(Person(dice, start + 9_999), dice)]
        if leaves:
            people.remove(dice.choice(people))
        rounds.append(list(people))
    return rounds


@pytest.mark.parametrize("seed", range(25))
def test_no_number_and_no_difference_is_of_one_to_four_persons(seed: int) -> None:
    files, _ = publish(arrive(seed))
    assert len(files) >= 1
    assert differences(files) == set()
    assert find_disclosures([t for f in files for t in f["tables"]], LIMITS) == []


@pytest.mark.parametrize("seed", range(40, 55))
def test_those_who_leave_are_not_seen_to_leave(seed: int) -> None:
    files, _ = publish(arrive(seed, leaves=True))
    assert differences(files) == set()
    assert find_disclosures([t for f in files for t in f["tables"]], LIMITS) == []


@pytest.mark.parametrize("seed", range(60, 63))
@pytest.mark.parametrize("crossing", GROUPS)
def test_no_system_of_equations_closes_on_one_to_four_persons(seed: int, crossing: str) -> None:
    files, _ = publish(arrive(seed, 4))
    assert solve(files, ANSWERS, crossing, GROUPS[crossing]) == set()


def test_the_editions_do_move_when_many_answer() -> None:
    """A rule that never lets anything be published would pass every attack."""
    moved = [len({f["tables"][0]["edition"] for f in publish(arrive(s))[0]}) for s in range(20)]
    assert sum(n > 1 for n in moved) > 10


@pytest.fixture
def without_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables as somebody would make them who only hides small numbers in each edition."""
    monkeypatch.setattr(Ledger, "allows", lambda *_args: True)


@pytest.mark.usefixtures("without_rule")
def test_without_the_rule_the_attack_finds_the_lone_persons() -> None:
    found: set[Find] = set()
    for seed in range(5):
        files, _ = publish(arrive(seed))
        found |= differences(files)
        leaks = find_disclosures([t for f in files for t in f["tables"]], LIMITS)
        assert {leak.leak for leak in leaks} & {Leak.SMALL_STEP}
    assert any("q1" in find.where and find.persons == 1 for find in found)


@pytest.mark.usefixtures("without_rule")
def test_without_the_rule_the_equations_find_them_too() -> None:
    files, _ = publish(arrive(61, 2))
    assert solve(files, ANSWERS, "q1_gender", GENDERS)


def test_without_joined_answers_the_attack_finds_small_numbers() -> None:
    files, _ = publish(arrive(3), Limits(1, 1))
    assert differences(files)
    leaks = find_disclosures([t for f in files for t in f["tables"]], LIMITS)
    assert Leak.SMALL in {leak.leak for leak in leaks}


def test_the_same_answers_twice_give_no_new_edition() -> None:
    rounds = arrive(7, 1)
    files, refused = publish([*rounds, *rounds])
    assert (len(files), refused) == (1, 1)
