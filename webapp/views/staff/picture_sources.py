"""What was looked at for an edition, sentences about few people, and what has changed."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.municipality import Municipality
from surveys.permissions import Permission
from surveys.queries.pictures.sources import list_contributors
from surveys.queries.pictures.views import SourceView
from surveys.services.pictures import sources as writers
from surveys.services.pictures.claims import DraftAddress
from webapp.access import requires, signed_in_account
from webapp.clock import today
from webapp.extensions import db
from webapp.forms.picture_sources import DROPPED, USED, PictureSourceForm, SmallGroupForm
from webapp.forms.pictures import RevisionForm, read_revision
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.drafts import LATE, get_draft, tell_saved, try_save
from webapp.views.staff.saving import Answer, form_page

_PICTURE = "/<slug:kommun>/handlaggning/problembilder/<slug:slug>"
_SOURCES = _PICTURE + "/kallor"
_SOURCE = _SOURCES + "/<int:source_id>"


@blueprint.route(_SOURCES + "/ny", methods=["GET", "POST"])
@requires(Permission.WRITE_PICTURE)
def add_picture_source(slug: str) -> ResponseReturnValue:
    """Add a source that was looked at."""
    values = {"revision": get_draft(slug).head.revision, "use": USED}
    form = PictureSourceForm(_bodies(), data=values)
    status = try_save(
        form, lambda s, here: writers.add_source(s, here, _address(slug, form), form.draft())
    )
    return _answer(slug, form, status)


@blueprint.route(_SOURCE, methods=["GET", "POST"])
@requires(Permission.WRITE_PICTURE)
def edit_picture_source(slug: str, source_id: int) -> ResponseReturnValue:
    """Change what is said of a source."""
    picture = get_draft(slug)
    source = next((s for s in picture.sources if s.id == source_id), None)
    if source is None:
        raise NotFound(str(source_id))
    form = PictureSourceForm(_bodies(), data=_values(source, picture.head.revision))
    status = try_save(
        form,
        lambda s, here: writers.edit_source(s, here, _address(slug, form), source_id, form.draft()),
    )
    return _answer(slug, form, status, source)


@blueprint.post(_SOURCE + "/ta-bort")
@requires(Permission.WRITE_PICTURE)
def remove_picture_source(slug: str, source_id: int) -> Response:
    """Take a source out of the list."""
    at = DraftAddress(slug, read_revision(request.form.get("revision")))
    with unit_of_work() as session:
        writers.remove_source(session, current_municipality(), at, source_id)
    tell_saved()
    return redirect(url_for("staff.picture", slug=slug, _anchor="kallor"), 303)


@blueprint.route(_PICTURE + "/fa-personer", methods=["GET", "POST"])
@requires(Permission.WRITE_PICTURE)
def pass_small_group(slug: str) -> Answer:
    """Say why a sentence about few people may be published. The form stands on the check list."""
    form = SmallGroupForm(data={"revision": get_draft(slug).head.revision})
    status = try_save(form, lambda s, here: _pass(s, here, slug, form))
    if status is None:
        return redirect(url_for("staff.picture", slug=slug, _anchor="saknas"), 303)
    current = get_draft(slug)
    if status == LATE:
        form.renew(current.head.revision)
    back = (url_for("staff.picture", slug=slug, _anchor="saknas"), current.head.title)
    lead = _("The sentence: %(sentence)s", sentence=form.sentence.data or "")
    page = form_page(form, _("Few people in the text"), back, lead=lead, tab="pictures")
    return (page[0], status) if isinstance(page, tuple) else page


def _pass(session: Session, here: Municipality, slug: str, form: SmallGroupForm) -> None:
    said = (form.sentence.data or "", form.reason.data)
    role = signed_in_account().title
    try:
        writers.pass_small_group(session, here, _address(slug, form), said, by=role)
    except InvalidInput as refused:
        if refused.code == "small_group_gone":  # somebody has rewritten it meanwhile
            raise Conflict("changed") from refused
        raise


def _answer(
    slug: str, form: PictureSourceForm, status: int | None, source: SourceView | None = None
) -> ResponseReturnValue:
    if status is None:
        return redirect(url_for("staff.picture", slug=slug, _anchor="kallor"), 303)
    current = get_draft(slug)
    if status == LATE:
        form.renew(current.head.revision)
    stands = next((s for s in current.sources if source and s.id == source.id), None)
    page = render_template(
        "staff/pictures/source.html",
        form=form,
        picture=current,
        source=stands,
        is_new=source is None,
        is_late=status == LATE,
    )
    return page, status


def _values(source: SourceView, revision: int) -> dict[str, object]:
    return {
        "name": source.name,
        "party": source.party.value,
        "body": str(source.body_id) if source.body_id else "",
        "received_on": source.received_on,
        "use": USED if source.is_used else DROPPED,
        "dropped_because": source.dropped_because or "",
        "limits": source.limits or "",
        "note": source.note or "",
        "revision": revision,
    }


def _bodies() -> list[tuple[int, str]]:
    bodies = list_contributors(db.session(), current_municipality(), today())
    return [(body.id, body.name) for body in bodies]


def _address(slug: str, form: RevisionForm) -> DraftAddress:
    return DraftAddress(slug, form.revision.data)
