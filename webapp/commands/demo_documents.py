"""The demo's documents, made at once: its pages link them before any worker has run."""

from flask import Flask

from surveys.queries.editions.edition_files import list_waiting_files
from surveys.services.editions.edition_files import MAKE_DOCUMENTS
from webapp.extensions import db
from webapp.worker import serve_jobs


def make_demo_documents(app: Flask) -> int:
    """Make every document that is waited for; returns of how many editions."""
    make = serve_jobs(app).functions[MAKE_DOCUMENTS]
    waiting = list_waiting_files(db.session())
    db.session().rollback()
    for municipality_id, edition_id in waiting:
        make(municipality_id, edition_id)
    return len(waiting)
