"""The job that makes the documents of published editions."""

import logging

from surveys.jobs.context import JobContext, find_municipality
from surveys.queries.editions.edition_files import list_sources, list_waiting_files
from surveys.services.editions.edition_files import (
    MAKE_DOCUMENTS,
    hold_edition,
    store_edition_files,
)

log = logging.getLogger("trygghetsdialog.jobs")


def make_documents(context: JobContext, municipality_id: int, edition_id: int) -> None:
    """Make the documents that one published edition lacks."""
    if context.make_document is None:
        return
    with context.reading() as session:
        sources = list_sources(session, find_municipality(session, municipality_id), edition_id)
    made = [
        (kommun_id, form, source, context.make_document(source, form))
        for kommun_id, form, source in sources
    ]
    with context.writing() as session:
        municipality = find_municipality(session, municipality_id)
        hold_edition(session, edition_id)
        # A place may have become sensitive, or somebody signed, while they were made.
        today = {row[:2]: row[2] for row in list_sources(session, municipality, edition_id)}
        files = {
            (kommun_id, form): content
            for kommun_id, form, source, content in made
            if today.get((kommun_id, form)) == source
        }
        n = store_edition_files(session, municipality, edition_id, files, now=context.clock())
    log.info("documents: %s made of edition %s", n, edition_id)


def ask_for_missing_documents(context: JobContext) -> None:
    """Find editions that lack a document: one job each, so that none holds up the others."""
    with context.reading() as session:
        waiting = list_waiting_files(session)
    for municipality_id, edition_id in waiting:
        context.enqueue(MAKE_DOCUMENTS, municipality_id, edition_id)
