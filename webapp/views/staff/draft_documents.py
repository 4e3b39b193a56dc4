"""The text as its writers have it, as a document to read and to pass on. It is stamped a draft."""

from typing import Any

from flask import Response
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.permissions import Permission
from surveys.queries.editions.approvals import Subject
from surveys.queries.editions.edition_files import DOCX, PDF, PICTURE, PLAN, PROMISE, draft_source
from surveys.queries.pictures.content import picture_content
from surveys.queries.pictures.pictures import get_picture_row
from surveys.queries.plans.content import plan_content
from surveys.queries.plans.plans import get_plan
from surveys.queries.promises.content import promise_content
from surveys.queries.promises.promises import get_promise
from webapp.access import requires
from webapp.clock import today
from webapp.documents.edition_document import make_document
from webapp.edition_documents import sent_file
from webapp.extensions import db
from webapp.formatters import date_iso
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint

_TEXT = (
    "/<slug:kommun>/handlaggning/<any(problembilder, loften, handlingsplaner):subject>/<slug:slug>"
)
_KINDS = {"problembilder": PICTURE, "loften": PROMISE, "handlingsplaner": PLAN}


@blueprint.get(f"{_TEXT}/utkast.pdf", defaults={"form": PDF})
@blueprint.get(f"{_TEXT}/utkast.docx", defaults={"form": DOCX})
@requires(Permission.READ_RESULTS)  # a picture that is being written holds figures
def draft_document(subject: str, slug: str, form: str) -> Response:
    """The draft, made now and kept nowhere."""
    here, kind = current_municipality(), _KINDS[subject]
    found, content = _content(db.session(), here, kind, slug)
    made = make_document(draft_source(here, kind, content, found, today()), form)
    name = f"{here.slug}-{slug}-utkast-{date_iso(today())}"
    return sent_file(made, form, name, public=False)


def _content(
    session: Session, here: Municipality, kind: str, slug: str
) -> tuple[Subject, dict[str, Any]]:
    if kind == PICTURE:
        picture = get_picture_row(session, here, slug)
        return picture, picture_content(picture)
    if kind == PLAN:
        plan = get_plan(session, here, slug)
        return plan, plan_content(plan)
    promise = get_promise(session, here, slug)
    return promise, promise_content(session, promise, today())
