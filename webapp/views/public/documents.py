"""Documents of published editions, as the worker has made them."""

from flask import Response

from surveys.queries.editions.edition_files import (
    DOCX,
    PDF,
    PICTURE,
    PLAN,
    PROMISE,
    get_edition_file,
)
from surveys.queries.editions.edition_subjects import get_public_subject
from webapp.edition_documents import sent_file
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint


@blueprint.get("/<slug:kommun>/loften/<slug:slug>/utgava-<int:number>.pdf", defaults={"form": PDF})
@blueprint.get(
    "/<slug:kommun>/loften/<slug:slug>/utgava-<int:number>.docx", defaults={"form": DOCX}
)
def promise_document(slug: str, number: int, form: str) -> Response:
    """A promise's edition with lines to sign on, with this municipality's diary number."""
    return _document(PROMISE, slug, number, form)


@blueprint.get(
    "/<slug:kommun>/handlingsplan/<slug:slug>/utgava-<int:number>.pdf", defaults={"form": PDF}
)
@blueprint.get(
    "/<slug:kommun>/handlingsplan/<slug:slug>/utgava-<int:number>.docx", defaults={"form": DOCX}
)
def plan_document(slug: str, number: int, form: str) -> Response:
    """An action plan's edition."""
    return _document(PLAN, slug, number, form)


@blueprint.get(
    "/<slug:kommun>/lagesbild/<slug:slug>/utgava-<int:number>.pdf", defaults={"form": PDF}
)
def picture_document(slug: str, number: int, form: str) -> Response:
    """A picture's edition."""
    return _document(PICTURE, slug, number, form)


def _document(kind: str, slug: str, number: int, form: str) -> Response:
    session, here = db.session(), current_municipality()
    subject = get_public_subject(session, here, kind, slug)
    file = get_edition_file(session, here, subject, number, form)
    name = f"{here.slug}-{slug}-utgava-{number}"
    return sent_file(file.content, form, name, etag=file.sha256, public=True)
