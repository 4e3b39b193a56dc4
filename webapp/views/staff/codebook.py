"""The codebook: its themes, one theme with its history, and changing its words."""

from flask import render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from surveys.errors import Conflict, InvalidInput
from surveys.models.theme import Theme
from surveys.permissions import Permission
from surveys.queries.texts.themes import (
    ThemeView,
    get_theme_view,
    has_codebook,
    list_changes,
    list_codebook,
    list_themes,
)
from surveys.services.texts.codebook import (
    create_theme,
    edit_theme,
    ensure_codebook,
    restore_theme,
    retire_theme,
)
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.forms.codebook import ThemeForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.drafts import LATE
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, form_page, is_saved
from webapp.words.rules import rule_text

ROOT = "/<slug:kommun>/handlaggning/kodbok"
MAX_SEARCH = 100
SEARCH_FIELD = "sok"


@blueprint.get(ROOT)
@requires(Permission.READ_RESULTS)
def codebook() -> str:
    """The themes in use, those that are not, and what has been changed."""
    return codebook_page()


@blueprint.route(f"{ROOT}/ny", methods=["GET", "POST"])
@requires(Permission.WRITE_CODEBOOK)
def new_theme() -> Answer:
    """Write a new theme."""
    begin_codebook()
    municipality, by = current_municipality(), signed_in_account().title
    form = ThemeForm(parent_choices())
    made: list[Theme] = []

    def create(session: Session) -> None:
        made.append(create_theme(session, municipality, form.draft(), by=by, now=now()))

    if is_saved(form, create):
        return done("staff.theme", _("The theme is in the codebook."), theme_id=made[0].id)
    lead = _("The machine suggests it once some answers have been coded with it.")
    return form_page(form, _("Write a new theme"), back_to_codebook(), tab="codebook", lead=lead)


@blueprint.get(f"{ROOT}/<int:theme_id>")
@requires(Permission.READ_RESULTS)
def theme(theme_id: int) -> str:
    """One theme with its history and what can be done to it."""
    return theme_page(theme_id)


@blueprint.route(f"{ROOT}/<int:theme_id>/redigera", methods=["GET", "POST"])
@requires(Permission.WRITE_CODEBOOK)
def edit_theme_words(theme_id: int) -> Answer:
    """Change what a theme is called and what counts under it."""
    municipality, by = current_municipality(), signed_in_account().title
    view = get_theme_view(db.session(), municipality, theme_id)
    form = ThemeForm(parent_choices(view), data=_values(view))
    above = view.name
    try:
        if is_saved(
            form,
            lambda s: edit_theme(s, municipality, theme_id, form.draft(), by=by, now=now()),
        ):
            return done("staff.theme", _("Saved."), theme_id=theme_id)
    except Conflict:
        view = get_theme_view(db.session(), municipality, theme_id)
        form.renew(view.revision)
        form.form_errors.append(
            _(
                "Somebody else has changed the theme meanwhile; it is now called “%(name)s”. What"
                " you wrote stands here. Compare with the theme's page, and save again if it is"
                " still right.",
                name=view.name,
            )
        )
        page = form_page(form, _("Change the theme"), back_to_theme(view), tab="codebook")
        return (page[0] if isinstance(page, tuple) else str(page)), LATE
    lead = _(
        "The code %(code)s stays, and so do the codings. A reader sees the new name.",
        code=view.code,
    )
    return form_page(
        form,
        _("Change the theme"),
        back_to_theme(view),
        tab="codebook",
        above=above,
        lead=lead,
    )


@blueprint.post(f"{ROOT}/<int:theme_id>/ta-ur-bruk")
@requires(Permission.WRITE_CODEBOOK)
def retire(theme_id: int) -> Answer:
    """Take a theme out of use."""
    municipality, by = current_municipality(), signed_in_account().title
    try:
        with unit_of_work() as session:
            retire_theme(session, municipality, theme_id, by=by, now=now())
    except InvalidInput as error:
        return theme_page(theme_id, error=rule_text(error.code)), UNPROCESSABLE
    return done("staff.theme", _("The theme is out of use."), theme_id=theme_id)


@blueprint.post(f"{ROOT}/<int:theme_id>/ta-i-bruk")
@requires(Permission.WRITE_CODEBOOK)
def restore(theme_id: int) -> Answer:
    """Take a theme into use again."""
    municipality, by = current_municipality(), signed_in_account().title
    try:
        with unit_of_work() as session:
            restore_theme(session, municipality, theme_id, by=by, now=now())
    except InvalidInput as error:
        return theme_page(theme_id, error=rule_text(error.code)), UNPROCESSABLE
    return done("staff.theme", _("The theme is in use again."), theme_id=theme_id)


def begin_codebook() -> None:
    """Let the municipality have its codebook; only a page that is the first of all writes it."""
    municipality = current_municipality()
    if not has_codebook(db.session(), municipality):
        with unit_of_work() as session:
            ensure_codebook(session, municipality, now=now())


def codebook_page() -> str:
    """The list of themes."""
    begin_codebook()
    session, municipality = db.session(), current_municipality()
    search = request.args.get(SEARCH_FIELD, "")[:MAX_SEARCH].strip()
    themes = list_codebook(session, municipality, search=search)
    return render_template(
        "staff/codebook/list.html",
        themes=themes,
        search=search,
        changes=list_changes(session, municipality),
    )


def theme_page(theme_id: int, error: str | None = None) -> str:
    """One theme."""
    session, municipality = db.session(), current_municipality()
    return render_template(
        "staff/codebook/theme.html",
        theme=get_theme_view(session, municipality, theme_id),
        changes=list_changes(session, municipality, theme_id),
        error=error,
    )


def parent_choices(view: ThemeView | None = None) -> list[tuple[str, str]]:
    """(code, name) of the themes that another may lie under."""
    themes = list_themes(db.session(), current_municipality())
    return [
        (each.code, each.title())
        for each in themes
        if not each.is_exclusive and (view is None or each.id != view.id)
    ]


def back_to_codebook() -> tuple[str, str]:
    """The codebook, as (address, words)."""
    return url_for("staff.codebook"), _("Codebook")


def back_to_theme(view: ThemeView) -> tuple[str, str]:
    """The theme's page, as (address, words)."""
    return url_for("staff.theme", theme_id=view.id), view.name


def _values(view: ThemeView) -> dict[str, object]:
    parent = next((each.code for each in _themes() if each.id == view.parent_id), "")
    return {
        "name": view.name,
        "definition": view.definition,
        "counts": view.counts,
        "does_not_count": view.does_not_count,
        "parent": parent,
        "revision": view.revision,
    }


def _themes() -> list[Theme]:
    return list_themes(db.session(), current_municipality())
