"""Editions of the problem picture: the list, one edition with its check list, publication."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.models.party import Party
from surveys.models.picture import PictureKind
from surveys.permissions import Permission
from surveys.queries.evidence.evidence import get_checks
from surveys.queries.pictures.differences import get_difference
from surveys.queries.pictures.pictures import get_picture, get_picture_row, list_pictures
from surveys.queries.pictures.sources import list_changed_claims, list_silent
from surveys.services.editions.approvals import NotApproved
from surveys.services.evidence.edition_evidence import use_published_figures as swap_figures
from surveys.services.pictures import pictures as writers
from surveys.services.pictures.claims import DraftAddress
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.edition_documents import ask_for_documents
from webapp.extensions import db
from webapp.formatters import date_month
from webapp.forms.pictures import PictureForm, read_revision
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.drafts import LATE, get_draft, head_values, try_save
from webapp.views.staff.editorial import editorial_page
from webapp.words.figure import figure_words
from webapp.words.rules import rule_text

# What a picture may be held against, besides the edition before: what each party approved.
_AGAINST = {"polisen": Party.POLICE.value, "kommunen": Party.MUNICIPALITY.value}
_PICTURE = "/<slug:kommun>/handlaggning/problembilder/<slug:slug>"


@blueprint.get("/<slug:kommun>/handlaggning/problembilder/")
@requires(Permission.READ_RESULTS)
def pictures() -> str:
    """All editions, drafts first."""
    listed = list_pictures(db.session(), current_municipality())
    return render_template("staff/pictures/list.html", pictures=listed)


@blueprint.route("/<slug:kommun>/handlaggning/problembilder/ny", methods=["GET", "POST"])
@requires(Permission.WRITE_PICTURE)
def create_picture() -> ResponseReturnValue:
    """Begin an edition from nothing."""
    form, made = PictureForm(data=_new_values()), []
    status = try_save(
        form,
        lambda session, here: made.append(
            writers.create_picture(session, here, form.draft(), now=now())
        ),
    )
    if status is None:
        return redirect(url_for("staff.picture", slug=made[0].slug), 303)
    return render_template("staff/pictures/new.html", form=form, origin=None), status


@blueprint.get(_PICTURE)
@requires(Permission.READ_RESULTS)
def picture(slug: str) -> str:
    """One edition: its areas and claims, and what is missing before it can be published."""
    return _page(slug)


@blueprint.route(_PICTURE + "/redigera", methods=["GET", "POST"])
@requires(Permission.WRITE_PICTURE)
def edit_picture(slug: str) -> ResponseReturnValue:
    """Change the head of a draft."""
    form = PictureForm(data=head_values(get_draft(slug).head))
    status = try_save(
        form,
        lambda session, here: writers.edit_picture(
            session, here, slug, form.draft(), revision=form.revision.data
        ),
    )
    if status is None:
        return redirect(url_for("staff.picture", slug=slug), 303)
    current, is_late = get_draft(slug), status == LATE
    if is_late:
        form.renew(current.head.revision)
    page = render_template("staff/pictures/edit.html", form=form, picture=current, is_late=is_late)
    return page, status


@blueprint.route(_PICTURE + "/ny-utgava", methods=["GET", "POST"])
@requires(Permission.WRITE_PICTURE)
def start_new_edition(slug: str) -> ResponseReturnValue:
    """Begin an edition with the areas and claims of this one."""
    origin = get_picture(db.session(), current_municipality(), slug)
    form, made = PictureForm(data={"kind": origin.head.kind.value}), []
    status = try_save(
        form,
        lambda session, here: made.append(
            writers.start_new_edition(session, here, slug, form.draft(), now=now())
        ),
    )
    if status is None:
        return redirect(url_for("staff.picture", slug=made[0].slug), 303)
    page = render_template(
        "staff/pictures/new.html",
        form=form,
        origin=origin,
        changed=list_changed_claims(origin, get_checks(db.session(), current_municipality())),
    )
    return page, status


@blueprint.get(_PICTURE + "/skillnad/<any('utgavan-fore', polisen, kommunen):against>")
@requires(Permission.READ_RESULTS)
def picture_difference(slug: str, against: str) -> str:
    """What has changed since the edition before, or since a party approved it, word by word."""
    session, here = db.session(), current_municipality()
    return render_template(
        "staff/pictures/difference.html",
        head=get_picture(session, here, slug).head,
        difference=get_difference(session, here, slug, _AGAINST.get(against, against)),
    )


@blueprint.post(_PICTURE + "/publicera")
@requires(Permission.PUBLISH_PICTURE)
def publish_picture(slug: str) -> ResponseReturnValue:
    """Publish the draft as it was when the button was shown."""
    try:
        with unit_of_work() as session:
            writers.publish_picture(
                session,
                current_municipality(),
                slug,
                revision=read_revision(request.form.get("revision")),
                by=signed_in_account().title,
                now=now(),
            )
    except writers.PictureNotReady:
        return _page(slug, _("The picture cannot be published yet. See what is missing.")), 422
    except NotApproved as refused:
        return _page(slug, rule_text(refused.code)), 422
    ask_for_documents(current_municipality())
    flash(_("The picture is published."))
    return redirect(url_for("staff.picture", slug=slug), 303)


@blueprint.post(_PICTURE + "/publicerade-siffror")
@requires(Permission.WRITE_PICTURE)
def use_published_figures(slug: str) -> ResponseReturnValue:
    """Cite what readers have already wherever the draft cites a count of another moment."""
    here = current_municipality()
    with unit_of_work() as session:
        n_changed = swap_figures(
            session,
            here,
            DraftAddress(slug, read_revision(request.form.get("revision"))),
            figure_words(here),
            by=signed_in_account().title,
            now=now(),
        )
    flash(
        ngettext("%(num)s figure was changed.", "%(num)s figures were changed.", n_changed)
        if n_changed
        else _("No published results tell these figures.")
    )
    return redirect(url_for("staff.picture", slug=slug, _anchor="saknas"), 303)


def _new_values() -> dict[str, object]:
    """What stands in the empty form; filled in for the month that the duty list asks for."""
    values: dict[str, object] = {"kind": PictureKind.SITUATION_REPORT.value}
    try:
        month = date.fromisoformat(f"{request.args.get('manad', '')[:10]}-01")
    except ValueError:
        return values
    words = date_month(month)
    return values | {"month": month, "title": f"Lägesbild {words}", "period": words.capitalize()}


def _page(slug: str, refused: str = "") -> str:
    session, here = db.session(), current_municipality()
    shown, checks = get_picture(session, here, slug), get_checks(session, here)
    return render_template(
        "staff/pictures/picture.html",
        picture=shown,
        checks=checks,
        changed=list_changed_claims(shown, checks),
        silent=list_silent(session, here, shown, today()),
        refused=refused,
        way=editorial_page(get_picture_row(session, here, slug)),
    )
