"""Jobs of maps: concentrations, editions for readers, and files of them."""

import logging

from sqlalchemy.exc import OperationalError

from surveys.errors import NotFound, StorageUnavailable
from surveys.jobs.context import JobContext, find_municipality
from surveys.services.maps.hotspots import analyse_run, fail_run, read_run, store_run
from surveys.services.maps.map_editions import prepare, read_edition, store_edition
from surveys.services.maps.map_export_making import (
    drop_waiting,
    make_files,
    read_exports,
    store_files,
)
from surveys.services.maps.round_maps import fail_rounds, make_rounds, read_rounds, store_rounds

log = logging.getLogger("trygghetsdialog.jobs")


def compute_hotspots(context: JobContext, municipality_id: int, run_id: int) -> None:
    """Compute one requested run. A run that breaks is marked so, and the fault is raised."""
    try:
        _compute(context, municipality_id, run_id)
    except (OperationalError, StorageUnavailable):
        raise  # the database was busy or away: the queue tries again
    except Exception:
        with context.writing() as session:
            municipality = find_municipality(session, municipality_id)
            fail_run(session, municipality, run_id, "unexpected", now=context.clock())
        raise


def compute_rounds(context: JobContext, municipality_id: int, drawing_id: int) -> None:
    """Draw two rounds alike. A drawing that breaks is marked so, and the fault is raised."""
    try:
        with context.reading() as session:
            data = read_rounds(session, find_municipality(session, municipality_id), drawing_id)
        if data is None:
            return
        output = make_rounds(data)
        with context.writing() as session:
            municipality = find_municipality(session, municipality_id)
            store_rounds(session, municipality, drawing_id, output, now=context.clock())
    except NotFound:
        # An answer has left in the meantime, and what was being drawn went with it.
        log.info("round maps: drawing %s is no longer asked for", drawing_id)
    except (OperationalError, StorageUnavailable):
        raise  # the database was busy or away: the queue tries again
    except Exception:
        with context.writing() as session:
            municipality = find_municipality(session, municipality_id)
            fail_rounds(session, municipality, drawing_id, "unexpected", now=context.clock())
        raise


def prepare_edition(context: JobContext, municipality_id: int, edition_id: int) -> None:
    """Prepare one edition of a public map, for staff to look at before they publish it."""
    try:
        with context.reading() as session:
            data = read_edition(session, find_municipality(session, municipality_id), edition_id)
        if data is None:
            return
        output = prepare(data)
        with context.writing() as session:
            municipality = find_municipality(session, municipality_id)
            store_edition(session, municipality, edition_id, output)
    except NotFound:
        # An answer has left in the meantime, and what was being prepared went with it.
        log.info("map editions: edition %s is no longer asked for", edition_id)


def make_exports(context: JobContext, municipality_id: int, run_id: int) -> None:
    """Make the files of one map. What cannot be made is no longer waited for."""
    with context.reading() as session:
        source = read_exports(session, find_municipality(session, municipality_id), run_id)
    files = None
    try:
        files = make_files(source, context.map_writer) if source is not None else None
    finally:
        with context.writing() as session:
            municipality = find_municipality(session, municipality_id)
            store_files(session, municipality, run_id, files or {})
            drop_waiting(session, municipality, run_id)


def _compute(context: JobContext, municipality_id: int, run_id: int) -> None:
    with context.reading() as session:
        municipality = find_municipality(session, municipality_id)
        data = read_run(session, municipality, run_id, now=context.clock())
    if data is None:
        log.info("hotspots: run %s was done already", run_id)
        return
    output = analyse_run(data)
    with context.writing() as session:
        municipality = find_municipality(session, municipality_id)
        store_run(session, municipality, run_id, output, now=context.clock())
    # Not of how many marks: two such lines would tell when an answer came.
    log.info("hotspots: run %s is done", run_id)
