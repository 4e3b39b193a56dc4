"""The fixed set of tables of a public edition: whom each of them counts."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from surveys.disclosure.editions import ROW_STEPS, Renewed
from surveys.disclosure.tables import (
    NOBODY,
    Class,
    Crossed,
    OneWay,
    Persons,
    Segment,
    Several,
    Table,
    TableKind,
    number_name,
)
from surveys.models.dialogue import Channel, Dialogue, Question, QuestionKind
from surveys.models.municipality import Municipality
from surveys.models.response import (
    DONT_KNOW,
    NO,
    NONE_VALUE,
    SCALE_VALUES,
    TEXT_VALUE,
    YES,
    Gender,
    PlaceReason,
    TimeOfDay,
)
from surveys.models.theme import Polarity
from surveys.queries.results.filters import AGE_GROUPS
from surveys.queries.results.result_editions import (
    CountedResponse,
    get_theme_names,
    list_answer_codes,
    list_counted_responses,
    list_mark_codes,
    list_theme_codes,
)
from surveys.services.maps.map_edition_steps import person_digest

CHANNELS, REASONS, TIMES, THEMES = "channels", "reasons", "times", "themes"
NO_GROUP = "none"  # who did not say
GENDERS = (*(gender.value for gender in Gender), NO_GROUP)
AGES = (*AGE_GROUPS, NO_GROUP)
_AGE_OF = {band: group for group, bands in AGE_GROUPS.items() for band in bands}
_YES_NO = (YES, NO)
_WRITTEN_OR_NOT = (Segment((TEXT_VALUE,)), Segment((NONE_VALUE,)))
_By = defaultdict[str, set[str]]


@dataclass(frozen=True, slots=True)
class Counted:
    """All tables of a dialogue in their order, everybody who counts, and words of staff's own."""

    tables: Mapping[str, Table]
    persons: Persons
    questions: Mapping[str, dict[str, Any]]
    theme_names: Mapping[str, dict[str, str]]


def read_tables(session: Session, municipality: Municipality, dialogue: Dialogue) -> Counted:
    """Whom each table of ``municipality``'s answers would count now, by digests of random ids."""
    responses = list(list_counted_responses(session, municipality, dialogue))
    digests = {response.id: person_digest(response.id.hex) for response in responses}
    everybody = frozenset(digests.values())
    by_question = _answers(session, municipality, dialogue, digests)
    tables: list[Table] = []
    for question in dialogue.questions:
        one_way = _question_table(question, by_question[question.id], everybody)
        tables.append(one_way)
        if question.kind is QuestionKind.SCALE:
            tables += _crossings(one_way, responses, digests)
    tables.append(_channels(responses, digests))
    tables += _marks(session, municipality, dialogue, digests)
    themes = _themes(session, municipality, dialogue, digests)
    return Counted(
        tables={table.key: table for table in [*tables, *themes]},
        persons=everybody,
        questions={_key(question): _about(question) for question in dialogue.questions},
        theme_names=get_theme_names(session, municipality) if themes else {},
    )


def describe(table: Table, renewed: Renewed, counted: Counted, edition: int) -> dict[str, Any]:
    """The table as readers get it, of plain JSON values."""
    numbers, pattern = renewed.numbers, renewed.pattern
    told: dict[str, Any] = {"key": table.key, "edition": edition, "n_edition": len(numbers["n"])}
    if isinstance(table, OneWay):
        rows = [_row(row, len(numbers[number_name(table.key, row)])) for row in pattern.rows]
        told |= {"kind": TableKind.ONE_WAY.value, "n": told["n_edition"], "rows": rows}
        return told | {"question": counted.questions.get(table.key)}
    if isinstance(table, Several):
        names = {row[0]: number_name(table.key, row) for row in pattern.rows}
        rows = [
            _row((code,), None if name in renewed.hidden else len(numbers[name]))
            | _theme_name(code, counted)
            for code, name in names.items()
        ]
        base = numbers.get(number_name(table.key, "*"), numbers["n"])
        return told | {"kind": TableKind.SEVERAL.value, "n": len(base), "rows": rows}
    rows = [
        {
            "codes": list(row),
            "counts": [len(numbers[number_name(table.key, row, c)]) for c in pattern.columns],
        }
        for row in pattern.rows
    ]
    return told | {
        "kind": TableKind.CROSSED.value,
        "of": table.rows,
        "n": sum(sum(row["counts"]) for row in rows),
        "columns": [{"codes": list(column)} for column in pattern.columns],
        "rows": rows,
        "question": counted.questions.get(table.rows),
    }


def _row(codes: Class, count: int | None) -> dict[str, Any]:
    return {"codes": list(codes), "count": count}


def _theme_name(code: str, counted: Counted) -> dict[str, Any]:
    theme = code.rpartition(":")[0]
    return {"name": counted.theme_names[theme]} if theme in counted.theme_names else {}


def _key(question: Question) -> str:
    return f"q{question.position}"


def _about(question: Question) -> dict[str, Any]:
    return {
        "position": question.position,
        "code": question.code,
        "version": question.version,
        "kind": question.kind.value,
        "wording": dict(question.wording),
    }


def _answers(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    digests: Mapping[uuid.UUID, str],
) -> dict[int, _By]:
    found: dict[int, _By] = defaultdict(lambda: defaultdict(set))
    rows = list_answer_codes(session, municipality, dialogue)
    for response_id, question_id, value, is_written in rows:
        if response_id not in digests:
            continue  # it came while we read
        code = value or (TEXT_VALUE if is_written else NONE_VALUE)
        found[question_id][code].add(digests[response_id])
    return found


def _question_table(question: Question, answers: _By, everybody: Persons) -> OneWay:
    if question.kind is QuestionKind.TEXT:
        written = frozenset[str]().union(*(who for c, who in answers.items() if c != NONE_VALUE))
        sorted_by = {TEXT_VALUE: written, NONE_VALUE: everybody - written}
        return OneWay(_key(question), _WRITTEN_OR_NOT, sorted_by)
    coded = (SCALE_VALUES, _YES_NO, (DONT_KNOW,))
    codes = tuple(code for segment in coded for code in segment)
    persons = {code: frozenset(answers.get(code, ())) for code in codes}
    # Who only wrote something said neither yes nor no, and nothing on the scale.
    only_wrote = frozenset(answers.get(TEXT_VALUE, ()))
    persons[TEXT_VALUE] = only_wrote
    persons[NONE_VALUE] = everybody - NOBODY.union(*persons.values())
    segments = (*(Segment(segment) for segment in coded), *_WRITTEN_OR_NOT)
    return OneWay(_key(question), segments, persons, is_core=True)


def _crossings(
    rows: OneWay, responses: Iterable[CountedResponse], digests: Mapping[uuid.UUID, str]
) -> list[Table]:
    genders, ages = _By(set), _By(set)
    for response in responses:
        person = digests[response.id]
        genders[response.gender.value if response.gender else NO_GROUP].add(person)
        ages[_age_of(response)].add(person)
    series = max(SCALE_VALUES, _YES_NO, key=lambda codes: len(rows.members(codes)))
    steps = ROW_STEPS if series is SCALE_VALUES else ()
    rest = (Gender.OTHER.value, Gender.NOT_SAID.value, NO_GROUP)
    return [
        Crossed(
            f"{rows.key}_gender", rows.key, Segment(GENDERS, is_ordered=False),
            _frozen(genders), rest, series, steps,
        ),
        Crossed(
            f"{rows.key}_age", rows.key, Segment(AGES),
            _frozen(ages), (NO_GROUP,), series, steps,
        ),
    ]  # fmt: skip


def _age_of(response: CountedResponse) -> str:
    return _AGE_OF[response.age_band] if response.age_band else NO_GROUP


def _channels(responses: Iterable[CountedResponse], digests: Mapping[uuid.UUID, str]) -> OneWay:
    found = _By(set)
    for response in responses:
        found[response.channel.value].add(digests[response.id])
    codes = tuple(channel.value for channel in Channel)
    return OneWay(CHANNELS, (Segment(codes, is_ordered=False),), _frozen(found))


def _marks(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    digests: Mapping[uuid.UUID, str],
) -> list[Table]:
    reasons, times = _By(set), _By(set)
    for response_id, why, when in list_mark_codes(session, municipality, dialogue):
        if response_id not in digests:
            continue
        for reason in why:
            reasons[reason.value].add(digests[response_id])
        for time in when:
            times[time.value].add(digests[response_id])
    return [
        Several(key, {member.value: frozenset(found[member.value]) for member in members})
        for key, members, found in (
            (REASONS, list(PlaceReason), reasons),
            (TIMES, list(TimeOfDay), times),
        )
        if found
    ]


def _themes(
    session: Session,
    municipality: Municipality,
    dialogue: Dialogue,
    digests: Mapping[uuid.UUID, str],
) -> list[Table]:
    found, coded = _By(set), set[str]()
    for response_id, code, polarity in list_theme_codes(session, municipality, dialogue):
        if response_id not in digests:
            continue
        coded.add(digests[response_id])
        found[f"{code}:{polarity.value}"].add(digests[response_id])
    if not coded:
        return []
    order = {polarity: number for number, polarity in enumerate(p.value for p in Polarity)}
    codes = sorted(found, key=lambda c: (order[c.rpartition(":")[2]], c))
    return [Several(THEMES, {c: frozenset(found[c]) for c in codes}, base=frozenset(coded))]


def _frozen(found: _By) -> dict[str, Persons]:
    return {code: frozenset(persons) for code, persons in found.items()}
