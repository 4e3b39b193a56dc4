"""What the job process does. Each job is a name plus ids and is safe to run twice.

A job reads in one short transaction, computes without any, and writes in another, so that
residents can answer while it works.
"""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.errors import NotFound, StorageUnavailable
from surveys.models.municipality import Municipality
from surveys.queries.map_editions import list_waiting_editions
from surveys.queries.map_exports import list_waiting_exports
from surveys.services.evidence_checks import read_checks, store_checks
from surveys.services.hotspot_requests import COMPUTE_HOTSPOTS, request_stale_runs
from surveys.services.hotspots import analyse_run, fail_run, read_run, store_run
from surveys.services.map_edition_steps import COMPUTE_EDITION
from surveys.services.map_editions import prepare, read_edition, store_edition
from surveys.services.map_export_making import (
    Printer,
    drop_waiting,
    make_files,
    read_exports,
    store_files,
)
from surveys.services.map_exports import MAKE_EXPORTS
from surveys.services.mark_areas import list_divisions, place_marks_in_areas
from surveys.services.masking import compute_masks, list_unmasked, store_masks
from surveys.services.retention import drop_old_keys, has_old_keys
from surveys.services.suggestion_requests import SUGGEST_THEMES, request_stale_suggestions
from surveys.services.suggestions import (
    batches,
    compute_suggestions,
    fail_suggestion_run,
    finish_suggestion_run,
    prepare_codebook,
    read_suggestion_run,
    store_suggestions,
)

SWEEP = "sweep"
DROP_KEYS = "drop_keys"
MASK_TEXTS = "mask_texts"
MASK_BATCHES = 20  # batches of one job: other jobs have their turn between two of them

log = logging.getLogger("trygghetsdialog.jobs")


@dataclass(frozen=True, slots=True)
class JobContext:
    """What jobs are given: sessions to read in and to commit, the time, and the queue."""

    reading: Callable[[], AbstractContextManager[Session]]
    writing: Callable[[], AbstractContextManager[Session]]
    clock: Callable[[], datetime]
    enqueue: Callable[..., None]
    print_map: Printer | None = None  # None: no printed map is made


def job_functions(context: JobContext) -> dict[str, Callable[..., None]]:
    """All jobs by name."""

    def run_compute_hotspots(municipality_id: int, run_id: int) -> None:
        compute_hotspots(context, municipality_id, run_id)

    def run_compute_edition(municipality_id: int, edition_id: int) -> None:
        prepare_edition(context, municipality_id, edition_id)

    def run_make_exports(municipality_id: int, run_id: int) -> None:
        make_exports(context, municipality_id, run_id)

    def run_sweep() -> None:
        sweep(context)
        check_evidence(context)

    def run_drop_keys() -> None:
        drop_keys(context)

    def run_mask_texts() -> None:
        mask_texts(context)

    def run_suggest_themes(municipality_id: int, run_id: int) -> None:
        suggest_themes(context, municipality_id, run_id)

    return {
        SUGGEST_THEMES: run_suggest_themes,
        COMPUTE_HOTSPOTS: run_compute_hotspots,
        COMPUTE_EDITION: run_compute_edition,
        MAKE_EXPORTS: run_make_exports,
        SWEEP: run_sweep,
        DROP_KEYS: run_drop_keys,
        MASK_TEXTS: run_mask_texts,
    }


def compute_hotspots(context: JobContext, municipality_id: int, run_id: int) -> None:
    """Compute one requested run. A run that breaks is marked so, and the fault is raised."""
    try:
        _compute(context, municipality_id, run_id)
    except (OperationalError, StorageUnavailable):
        raise  # the database was busy or away: the queue tries again
    except Exception:
        with context.writing() as session:
            municipality = _get_municipality(session, municipality_id)
            fail_run(session, municipality, run_id, "unexpected", now=context.clock())
        raise


def prepare_edition(context: JobContext, municipality_id: int, edition_id: int) -> None:
    """Prepare one edition of a public map, for staff to look at before they publish it."""
    try:
        with context.reading() as session:
            data = read_edition(session, _get_municipality(session, municipality_id), edition_id)
        if data is None:
            return
        output = prepare(data)
        with context.writing() as session:
            municipality = _get_municipality(session, municipality_id)
            store_edition(session, municipality, edition_id, output)
    except NotFound:
        # An answer has left in the meantime, and what was being prepared went with it.
        log.info("map editions: edition %s is no longer asked for", edition_id)


def suggest_themes(context: JobContext, municipality_id: int, run_id: int) -> None:
    """Make one requested round of suggestions. A round that breaks is marked so."""
    try:
        _suggest(context, municipality_id, run_id)
    except (OperationalError, StorageUnavailable):
        raise  # the database was busy or away: the queue tries again
    except Exception:
        with context.writing() as session:
            municipality = _get_municipality(session, municipality_id)
            fail_suggestion_run(session, municipality, run_id, "unexpected", now=context.clock())
        raise


def _suggest(context: JobContext, municipality_id: int, run_id: int) -> None:
    with context.writing() as session:
        municipality = _get_municipality(session, municipality_id)
        prepare_codebook(session, municipality, now=context.clock())
    with context.reading() as session:
        municipality = _get_municipality(session, municipality_id)
        data = read_suggestion_run(session, municipality, run_id)
    if data is None:
        log.info("suggestions: run %s was done already", run_id)
        return
    output = compute_suggestions(data)
    for ids in batches(output):
        with context.writing() as session:
            municipality = _get_municipality(session, municipality_id)
            store_suggestions(session, municipality, run_id, output, ids)
    with context.writing() as session:
        municipality = _get_municipality(session, municipality_id)
        finish_suggestion_run(session, municipality, run_id, output, now=context.clock())
    log.info("suggestions: run %s is done", run_id)


def make_exports(context: JobContext, municipality_id: int, run_id: int) -> None:
    """Make the files of one map. What cannot be made is no longer waited for."""
    with context.reading() as session:
        source = read_exports(session, _get_municipality(session, municipality_id), run_id)
    files = None
    try:
        files = make_files(source, context.print_map) if source is not None else None
    finally:
        with context.writing() as session:
            municipality = _get_municipality(session, municipality_id)
            store_files(session, municipality, run_id, files or {})
            drop_waiting(session, municipality, run_id)


def sweep(context: JobContext) -> None:
    """Find work that nobody asked for or that was lost: changed marks, waiting runs, bare texts."""
    with context.writing() as session:
        asked = request_stale_runs(session, now=context.clock())
        waiting = list_waiting_editions(session)
        suggestions = request_stale_suggestions(session, now=context.clock())
        exports = list_waiting_exports(session)
    _place_marks(context)
    for municipality_id, run_id in asked:
        context.enqueue(COMPUTE_HOTSPOTS, municipality_id, run_id)
    for municipality_id, run_id in suggestions:
        context.enqueue(SUGGEST_THEMES, municipality_id, run_id)
    for municipality_id, edition_id in waiting:
        context.enqueue(COMPUTE_EDITION, municipality_id, edition_id)
    for municipality_id, run_id in exports:
        context.enqueue(MAKE_EXPORTS, municipality_id, run_id)
    mask_texts(context)


def mask_texts(context: JobContext) -> None:
    """Mask stored texts that the rules of this version have not masked; more of them wait a turn.

    After an upgrade that is every text there is, and staff see none of them until it is done.
    """
    for _ in range(MASK_BATCHES):
        with context.reading() as session:
            texts = list_unmasked(session)
        if not texts:
            return
        masks = compute_masks(texts)
        with context.writing() as session:
            store_masks(session, texts, masks)
    context.enqueue(MASK_TEXTS)


def check_evidence(context: JobContext) -> None:
    """Ask again for evidence whose data have changed, and note what the same gives now."""
    now = context.clock()
    with context.reading() as session:
        results = read_checks(session, now=now)
    if results:
        with context.writing() as session:
            store_checks(session, results, now=now)


def _place_marks(context: JobContext) -> None:
    """Find the area of each mark that has come since the last round, a division at a time."""
    with context.reading() as session:
        divisions = list_divisions(session)
    for municipality_id, kind in divisions:
        with context.writing() as session:
            place_marks_in_areas(session, _get_municipality(session, municipality_id), kind)


def drop_keys(context: JobContext) -> None:
    """Forget the hashes of keys that are past their week: a day's answers in one step."""
    today = swedish_day(context.clock())
    with context.reading() as session:
        if not has_old_keys(session, today=today):
            return
    with context.writing() as session:
        drop_old_keys(session, today=today)


def _compute(context: JobContext, municipality_id: int, run_id: int) -> None:
    with context.reading() as session:
        data = read_run(session, _get_municipality(session, municipality_id), run_id)
    if data is None:
        log.info("hotspots: run %s was done already", run_id)
        return
    output = analyse_run(data)
    with context.writing() as session:
        municipality = _get_municipality(session, municipality_id)
        store_run(session, municipality, run_id, output, now=context.clock())
    # Not of how many marks: two such lines would tell when an answer came.
    log.info("hotspots: run %s is done", run_id)


def _get_municipality(session: Session, municipality_id: int) -> Municipality:
    municipality = session.get(Municipality, municipality_id)
    if municipality is None:
        raise NotFound(f"municipality {municipality_id}")
    return municipality
