"""What stands in a draft of the problem picture: areas, claims and the ground of each claim."""

from collections.abc import Iterable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from surveys.errors import InvalidInput, NotFound
from surveys.permissions import Permission
from surveys.queries.evidence.evidence import EvidenceView, get_checks, list_evidence
from surveys.queries.pictures.views import AreaView, ClaimView, PictureView
from surveys.services.pictures import claims as writers
from surveys.services.pictures.claims import DraftAddress
from webapp.access import requires
from webapp.extensions import db
from webapp.forms.pictures import AreaForm, ClaimForm, RevisionForm, read_revision
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.drafts import (
    LATE,
    Write,
    area_values,
    claim_values,
    get_draft,
    tell_saved,
    try_save,
)
from webapp.words.rules import rule_text

_AREAS = "/<slug:kommun>/handlaggning/problembilder/<slug:slug>/omraden"
_AREA = _AREAS + "/<int:area_id>"
_CLAIM = "/<slug:kommun>/handlaggning/problembilder/<slug:slug>/pastaenden/<int:claim_id>"
_AREA_PAGE, _CLAIM_PAGE = "staff/pictures/area.html", "staff/pictures/claim.html"
_WAY = "/flytta/<any(upp, ned):way>"


@blueprint.route(_AREAS + "/nytt", methods=["GET", "POST"])
@requires(Permission.WRITE_PICTURE)
def add_area(slug: str) -> ResponseReturnValue:
    """Add a subject last."""
    form = AreaForm(data={"revision": get_draft(slug).head.revision, "is_chosen": True})
    status = try_save(
        form, lambda s, here: writers.add_area(s, here, _address(slug, form), form.draft())
    )
    return _answer(slug, _AREA_PAGE, form, status)


@blueprint.route(_AREA, methods=["GET", "POST"])
@requires(Permission.WRITE_PICTURE)
def edit_area(slug: str, area_id: int) -> ResponseReturnValue:
    """Change a subject's title and text."""
    picture = get_draft(slug)
    area = _area(picture, area_id)
    form = AreaForm(data=area_values(area, picture.head.revision))
    status = try_save(
        form,
        lambda s, here: writers.edit_area(s, here, _address(slug, form), area_id, form.draft()),
    )
    return _answer(slug, _AREA_PAGE, form, status, area_id=area_id)


@blueprint.post(_AREA + _WAY)
@requires(Permission.WRITE_PICTURE)
def move_area(slug: str, area_id: int, way: str) -> Response:
    """Rank a subject one step up or down."""
    return _do(
        slug,
        lambda s, here: writers.move_area(s, here, _sent(slug), area_id, up=way == "upp"),
        f"omrade-{area_id}",
    )


@blueprint.post(_AREA + "/ta-bort")
@requires(Permission.WRITE_PICTURE)
def remove_area(slug: str, area_id: int) -> Response:
    """Take a subject out with its claims, unless a promise rests on one of them."""
    return _do(slug, lambda s, here: writers.remove_area(s, here, _sent(slug), area_id))


@blueprint.route(_AREA + "/pastaenden/nytt", methods=["GET", "POST"])
@requires(Permission.WRITE_PICTURE)
def add_claim(slug: str, area_id: int) -> ResponseReturnValue:
    """Add a claim last under a subject."""
    picture = get_draft(slug)
    area, offered = _area(picture, area_id), _offered()
    form = ClaimForm(_choices(offered), data={"revision": picture.head.revision})
    status = try_save(
        form,
        lambda s, here: writers.add_claim(s, here, _address(slug, form), area_id, form.draft()),
    )
    return _answer(slug, _CLAIM_PAGE, form, status, area=area, offered=offered)


@blueprint.route(_CLAIM, methods=["GET", "POST"])
@requires(Permission.WRITE_PICTURE)
def edit_claim(slug: str, claim_id: int) -> ResponseReturnValue:
    """Change a claim and its ground."""
    picture = get_draft(slug)
    claim = _claim(picture, claim_id)
    offered = _offered(claim)
    form = ClaimForm(_choices(offered), data=claim_values(claim, picture.head.revision))
    status = try_save(
        form,
        lambda s, here: writers.edit_claim(s, here, _address(slug, form), claim_id, form.draft()),
    )
    return _answer(slug, _CLAIM_PAGE, form, status, claim_id=claim_id, offered=offered)


@blueprint.post(_CLAIM + _WAY)
@requires(Permission.WRITE_PICTURE)
def move_claim(slug: str, claim_id: int, way: str) -> Response:
    """Move a claim one step inside its subject."""
    return _do(
        slug,
        lambda s, here: writers.move_claim(s, here, _sent(slug), claim_id, up=way == "upp"),
        f"pastaende-{claim_id}",
    )


@blueprint.post(_CLAIM + "/ta-bort")
@requires(Permission.WRITE_PICTURE)
def remove_claim(slug: str, claim_id: int) -> Response:
    """Take a claim out, unless a promise rests on it."""
    return _do(slug, lambda s, here: writers.remove_claim(s, here, _sent(slug), claim_id))


def _address(slug: str, form: RevisionForm) -> DraftAddress:
    return DraftAddress(slug, form.revision.data)


def _sent(slug: str) -> DraftAddress:
    return DraftAddress(slug, read_revision(request.form.get("revision")))


def _do(slug: str, write: Write, anchor: str | None = None) -> Response:
    """Store what a small form asks for; a rule that refuses it is told on the edition's page."""
    try:
        with unit_of_work() as session:
            write(session, current_municipality())
        tell_saved()
    except InvalidInput as refused:
        flash(rule_text(refused.code), "warning")
    return redirect(url_for("staff.picture", slug=slug, _anchor=anchor), 303)


def _answer(
    slug: str, template: str, form: RevisionForm, status: int | None, **context: object
) -> ResponseReturnValue:
    if status is None:
        return redirect(url_for("staff.picture", slug=slug, _anchor=_anchor(context)), 303)
    current = get_draft(slug)
    if status == LATE:
        form.renew(current.head.revision)
    page = render_template(
        template,
        form=form,
        picture=current,
        is_late=status == LATE,
        checks=get_checks(db.session(), current_municipality()),
        **context,
    )
    return page, status


def _anchor(context: dict[str, object]) -> str | None:
    """Where on the edition's page the writer was."""
    if "claim_id" in context:
        return f"pastaende-{context['claim_id']}"
    area = context.get("area")
    area_id = area.id if isinstance(area, AreaView) else context.get("area_id")
    return f"omrade-{area_id}" if area_id else None


def _area(picture: PictureView, area_id: int) -> AreaView:
    area = next((area for area in picture.areas if area.id == area_id), None)
    if area is None:
        raise NotFound(str(area_id))
    return area


def _claim(picture: PictureView, claim_id: int) -> ClaimView:
    claims = (claim for area in picture.areas for claim in area.claims)
    claim = next((claim for claim in claims if claim.id == claim_id), None)
    if claim is None:
        raise NotFound(str(claim_id))
    return claim


def _offered(claim: ClaimView | None = None) -> tuple[EvidenceView, ...]:
    """What may be cited: first what the claim cites already, however old, then the rest."""
    listed = [use.evidence for use in list_evidence(db.session(), current_municipality())]
    cited = claim.supporting + claim.disagreeing if claim else ()
    return tuple({evidence.id: evidence for evidence in (*cited, *listed)}.values())


def _choices(offered: Iterable[EvidenceView]) -> list[tuple[int, str]]:
    return [(evidence.id, evidence.title) for evidence in offered]
