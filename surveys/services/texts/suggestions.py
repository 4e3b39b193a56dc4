"""Suggests themes. Imported by the job process and commands, never by a page.

Reading, computing and storing are three steps, so that a job holds the database only while it
reads and, a batch at a time, while it stores.
"""

import random
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from surveys.days import whole_hour
from surveys.errors import NotFound
from surveys.models.coding import SuggestionRun, ThemeSuggestion
from surveys.models.hotspot import RunState
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.models.theme import Theme
from surveys.queries.texts.coded_texts import has_text
from surveys.queries.texts.suggestions import COUNTED, count_codings, count_counted
from surveys.queries.texts.theme_texts import AnswerWords, CodedWords, list_coded_words, list_words
from surveys.services.texts.codebook import ensure_codebook
from surveys.statistics.agreement import Match, match_labels
from surveys.text.themes import ENOUGH_WITH_MODEL, Suggestion, suggest_all
from surveys.text.themes_examples import CODES, Example, labelled_answers
from surveys.text.themes_model import ThemeModel, own_model, train

BATCH = 1000  # answers whose suggestions are stored in one transaction
SHOWN = 3  # suggestions that a coder always gets
FOLDS = 3
FEWEST_TO_MEASURE = 30  # codings; fewer folded say nothing
METHOD = "rules, and logistic regression on letter runs of 3-5 (char_wb), words and rules"


@dataclass(frozen=True, slots=True)
class SuggestionInput:
    """What a round is made from. ``targets`` tells which theme stands for a code by now."""

    words: list[AnswerWords]
    coded: list[CodedWords]
    targets: dict[str, int]
    n_counted: int
    n_codings: int


@dataclass(frozen=True, slots=True)
class SuggestionOutput:
    """Rows by answer, the best first, and how well the machine did on codings held out."""

    rows: dict[uuid.UUID, list[dict[str, Any]]]
    measures: dict[str, Any]
    n_codings: int


def read_suggestion_run(
    session: Session, municipality: Municipality, run_id: int
) -> SuggestionInput | None:
    """What the round is to be made from; None where it is done already. Raise NotFound."""
    run = _get_run(session, municipality, run_id)
    if run.state is not RunState.QUEUED:
        return None
    return SuggestionInput(
        words=list_words(session, municipality, run.dialogue),
        coded=list_coded_words(session, municipality),
        targets=_targets(session, municipality),
        n_counted=count_counted(session, municipality.id, run.dialogue_id),
        n_codings=count_codings(session, municipality.id),
    )


def compute_suggestions(data: SuggestionInput) -> SuggestionOutput:
    """Learn, measure and suggest: no database, the same output for the same input."""
    codes = _all_codes(data)
    model = _learn(data.coded, codes)
    texts = ((words.problems, words.wishes) for words in data.words)
    found = suggest_all(texts, model, at_least=SHOWN)
    rows = {
        words.response_id: _rows(suggestions, data.targets)
        for words, suggestions in zip(data.words, found, strict=True)
    }
    measures = {COUNTED: data.n_counted} | _measure(data, codes)
    return SuggestionOutput(rows, measures, data.n_codings)


def store_suggestions(
    session: Session,
    municipality: Municipality,
    run_id: int,
    output: SuggestionOutput,
    ids: Sequence[uuid.UUID],
) -> None:
    """Put the suggestions of the answers ``ids`` in the place of older ones.

    An answer that has left or been emptied in the meantime gets none; its words are not kept.
    """
    run = _get_run(session, municipality, run_id)
    mine = (
        ThemeSuggestion.municipality_id == municipality.id,
        ThemeSuggestion.response_id.in_(ids),
    )
    session.execute(delete(ThemeSuggestion).where(*mine))
    # Locked, so that nobody withdraws one of them between this look and the rows.
    still = session.scalars(
        select(Response.id)
        .where(Response.id.in_(ids), Response.is_counted.is_(True), has_text())
        .with_for_update()
    )
    owner = {
        "municipality_id": municipality.id,
        "dialogue_id": run.dialogue_id,
        "run_id": run.id,
    }
    rows = [
        owner | {"response_id": response_id} | row
        for response_id in still
        for row in output.rows[response_id]
    ]
    if rows:
        session.execute(insert(ThemeSuggestion), rows)


def finish_suggestion_run(
    session: Session,
    municipality: Municipality,
    run_id: int,
    output: SuggestionOutput,
    *,
    now: datetime,
) -> None:
    """Mark the round as done and take away what earlier rounds said of other answers."""
    run = _get_run(session, municipality, run_id, lock=True)
    if run.state is not RunState.QUEUED:
        return
    session.execute(
        delete(ThemeSuggestion).where(
            ThemeSuggestion.municipality_id == municipality.id,
            ThemeSuggestion.dialogue_id == run.dialogue_id,
            ThemeSuggestion.run_id != run.id,
        )
    )
    run.state, run.computed_at, run.method = RunState.DONE, whole_hour(now), METHOD
    run.n_responses, run.n_trained = len(output.rows), output.n_codings
    run.measures = output.measures
    session.flush()


def fail_suggestion_run(
    session: Session, municipality: Municipality, run_id: int, failure: str, *, now: datetime
) -> None:
    """Mark a round that broke, so that it neither waits for ever nor is tried for ever."""
    run = _get_run(session, municipality, run_id, lock=True)
    if run.state is RunState.QUEUED:
        run.state, run.failure, run.computed_at = RunState.FAILED, failure, whole_hour(now)
        run.n_trained = count_codings(session, municipality.id)
        run.measures = {COUNTED: count_counted(session, municipality.id, run.dialogue_id)}
        session.flush()


def prepare_codebook(session: Session, municipality: Municipality, *, now: datetime) -> None:
    """Give the municipality its codebook where a round comes before anybody has opened it."""
    ensure_codebook(session, municipality, now=now)


def suggest_now(
    session: Session, municipality: Municipality, run_id: int, *, now: datetime
) -> SuggestionRun:
    """Read, compute and store in this one session; a round that is done is left as it is."""
    prepare_codebook(session, municipality, now=now)
    data = read_suggestion_run(session, municipality, run_id)
    if data is not None:
        output = compute_suggestions(data)
        for ids in batches(output):
            store_suggestions(session, municipality, run_id, output, ids)
        finish_suggestion_run(session, municipality, run_id, output, now=now)
    return _get_run(session, municipality, run_id)


def batches(output: SuggestionOutput) -> list[list[uuid.UUID]]:
    """The answers of a round, so many at a time that a resident need not wait for the lock."""
    ids = list(output.rows)
    return [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]


def _all_codes(data: SuggestionInput) -> list[str]:
    own = {code for coded in data.coded for code in coded.codes}
    return [*CODES, *sorted(own - set(CODES))]


def _learn(
    coded: Sequence[CodedWords], codes: Sequence[str], held: Sequence[CodedWords] = ()
) -> ThemeModel:
    """A model of the project's labels and these codings, which go before where both know a text.

    Nothing is learnt of the texts of ``held``, whoever labelled them.
    """
    if not coded and not held:
        return own_model()
    unread = {_text_of(each) for each in held}
    own = [
        Example(str(each.words.response_id), *_text_of(each), each.codes, coder="own")
        for each in coded
        if _text_of(each) not in unread
    ]
    known = unread | {(example.q2, example.q3) for example in own}
    ours = [example for example in labelled_answers() if (example.q2, example.q3) not in known]
    return train([*ours, *own], codes)


def _text_of(coded: CodedWords) -> tuple[str, str]:
    return coded.words.problems, coded.words.wishes


def _rows(suggestions: Sequence[Suggestion], targets: dict[str, int]) -> list[dict[str, Any]]:
    """One row for each theme: a code that was merged away stands for the theme it went into."""
    merged: dict[int, list[Suggestion]] = defaultdict(list)
    for suggestion in suggestions:
        if suggestion.code in targets:
            merged[targets[suggestion.code]].append(suggestion)
    likely = max(1, sum(s.score >= ENOUGH_WITH_MODEL for s in suggestions))
    sure = {suggestion.code for suggestion in suggestions[:likely]}
    return [
        {
            "theme_id": theme_id,
            "rank": rank,
            "score": max(s.score for s in group),
            "is_likely": any(s.code in sure for s in group),
            "why": list(dict.fromkeys(word for s in group for word in s.why)),
        }
        for rank, (theme_id, group) in enumerate(merged.items(), start=1)
    ]


def _targets(session: Session, municipality: Municipality) -> dict[str, int]:
    statement = select(Theme).where(Theme.municipality_id == municipality.id)
    themes = {theme.id: theme for theme in session.scalars(statement)}
    found: dict[str, int] = {}
    for theme in themes.values():
        at: Theme | None = theme
        for _step in themes:  # a chain of merges is no longer than the codebook
            if at is None or at.retired_at is None:
                break
            at = themes.get(at.merged_into_id or 0)
        if at is not None and at.retired_at is None:
            found[theme.code] = at.id
    return found


def _measure(data: SuggestionInput, codes: Sequence[str]) -> dict[str, Any]:
    """Agreement with codings that were not learnt from: in all, by language and by channel."""
    if len(data.coded) < FEWEST_TO_MEASURE:
        return {}
    coded = list(data.coded)
    random.Random(0).shuffle(coded)  # noqa: S311 - folds, not secrets
    groups: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = defaultdict(list)
    early = given = 0
    for fold in range(FOLDS):
        held = coded[fold::FOLDS]
        rest = [c for number, c in enumerate(coded) if number % FOLDS != fold]
        texts = map(_text_of, held)
        found = suggest_all(texts, _learn(rest, codes, held), at_least=SHOWN)
        for people, suggestions in zip(held, found, strict=True):
            likely = max(1, sum(s.score >= ENOUGH_WITH_MODEL for s in suggestions))
            pair = (people.codes, frozenset(s.code for s in suggestions[:likely]))
            for key in ("all", f"language:{people.language}", f"channel:{people.channel.value}"):
                groups[key].append(pair)
            early += len(people.codes & {s.code for s in suggestions[:SHOWN]})
            given += len(people.codes)
    return {
        "among_first": [early, given],
        "groups": {key: _numbers(match_labels(pairs)) for key, pairs in groups.items()},
    }


def _numbers(match: Match) -> list[int]:
    return [match.n, match.hits, match.only_machine, match.only_people]


def _get_run(
    session: Session, municipality: Municipality, run_id: int, *, lock: bool = False
) -> SuggestionRun:
    statement = select(SuggestionRun).where(
        SuggestionRun.municipality_id == municipality.id, SuggestionRun.id == run_id
    )
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    run = session.scalar(statement)
    if run is None:
        raise NotFound(f"suggestion run {run_id}")
    return run
