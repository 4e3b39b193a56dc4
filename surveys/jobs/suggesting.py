"""The job that suggests themes for free text."""

import logging

from sqlalchemy.exc import OperationalError

from surveys.errors import StorageUnavailable
from surveys.jobs.context import JobContext, find_municipality
from surveys.services.texts.suggestions import (
    batches,
    compute_suggestions,
    fail_suggestion_run,
    finish_suggestion_run,
    prepare_codebook,
    read_suggestion_run,
    store_suggestions,
)

log = logging.getLogger("trygghetsdialog.jobs")


def suggest_themes(context: JobContext, municipality_id: int, run_id: int) -> None:
    """Make one requested round of suggestions. A round that breaks is marked so."""
    try:
        _suggest(context, municipality_id, run_id)
    except (OperationalError, StorageUnavailable):
        raise  # the database was busy or away: the queue tries again
    except Exception:
        with context.writing() as session:
            municipality = find_municipality(session, municipality_id)
            fail_suggestion_run(session, municipality, run_id, "unexpected", now=context.clock())
        raise


def _suggest(context: JobContext, municipality_id: int, run_id: int) -> None:
    with context.writing() as session:
        municipality = find_municipality(session, municipality_id)
        prepare_codebook(session, municipality, now=context.clock())
    with context.reading() as session:
        municipality = find_municipality(session, municipality_id)
        data = read_suggestion_run(session, municipality, run_id)
    if data is None:
        log.info("suggestions: run %s was done already", run_id)
        return
    output = compute_suggestions(data)
    for ids in batches(output):
        with context.writing() as session:
            municipality = find_municipality(session, municipality_id)
            store_suggestions(session, municipality, run_id, output, ids)
    with context.writing() as session:
        municipality = find_municipality(session, municipality_id)
        finish_suggestion_run(session, municipality, run_id, output, now=context.clock())
    log.info("suggestions: run %s is done", run_id)
