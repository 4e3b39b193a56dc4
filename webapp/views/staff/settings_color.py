"""The municipality's own colour: chosen, looked at, refused with one that passes, saved."""

from flask import Response, render_template, request
from flask_babel import gettext as _

from surveys.errors import ColorRefused, InvalidInput
from surveys.permissions import Permission
from surveys.services.municipalities.settings import checked_color, save_brand
from surveys.theme.palette import (
    DARK_GROUNDS,
    HOUSE_BRAND,
    LIGHT_GROUNDS,
    Grounds,
    Palette,
    least_contrast,
    theme_of,
)
from webapp.access import requires
from webapp.formatters import ratio
from webapp.forms.settings import ColorForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done
from webapp.words.rules import put_on_form


@blueprint.get("/<slug:kommun>/handlaggning/installningar/farg")
@requires(Permission.MANAGE_SETTINGS)
def settings_color() -> str:
    """The colour that the pages have now."""
    return _page(_form(_current()), _current())


@blueprint.post("/<slug:kommun>/handlaggning/installningar/farg")
@requires(Permission.MANAGE_SETTINGS)
def save_color() -> Answer:
    """Save the colour, or show it first; refuse one that cannot be read, and offer the nearest."""
    form = ColorForm()
    if not form.validate():
        return _page(form, _current()), UNPROCESSABLE
    try:
        color = checked_color(form.chosen())
        if request.form.get("action") == "show":
            return _page(_form(color), color, is_draft=True)
        with unit_of_work() as session:
            save_brand(session, current_municipality(), color)
    except ColorRefused as refused:
        form.color.errors = [_refusal(form.chosen(), refused)]
        return _page(form, refused.suggestion, suggestion=refused.suggestion), UNPROCESSABLE
    except InvalidInput as refused:
        put_on_form(form, refused)
        return _page(form, _current()), UNPROCESSABLE
    return done("staff.settings", _("The colour is saved. All pages have it now."))


@blueprint.get("/<slug:kommun>/handlaggning/installningar/farg/<color:color>.css")
@requires(Permission.MANAGE_SETTINGS)
def color_preview(color: str) -> Response:
    """The properties of both modes, for the two boxes that show a colour before it is saved."""
    theme = theme_of(f"#{color}")
    css = _rule("light", theme.light, LIGHT_GROUNDS) + _rule("dark", theme.dark, DARK_GROUNDS)
    return Response(css, mimetype="text/css", headers={"Cache-Control": "private, max-age=3600"})


def _rule(mode: str, palette: Palette, grounds: Grounds) -> str:
    properties = {
        "brand": palette.brand,
        "brand-strong": palette.brand_strong,
        "on-brand": palette.on_brand,
        "tint": palette.tint,
        "paper": grounds.paper,
        "surface": grounds.surface,
        "sunk": grounds.sunk,
        "ink": grounds.ink,
    }
    text = "".join(f"--{name}:{value};" for name, value in properties.items())
    return f".sample--{mode}{{color-scheme:{mode};{text}}}"


def _current() -> str:
    return current_municipality().brand_color or HOUSE_BRAND


def _form(color: str) -> ColorForm:
    values = {"color": color.upper(), "picked": color, "shown": color.upper()}
    return ColorForm(formdata=None, data=values)


def _page(
    form: ColorForm, color: str, *, suggestion: str | None = None, is_draft: bool = False
) -> str:
    return render_template(
        "staff/settings/color.html",
        form=form,
        color=color,
        suggestion=suggestion,
        is_draft=is_draft,
        has_own=current_municipality().brand_color is not None,
        house=HOUSE_BRAND,
        least=least_contrast(color),
    )


def _refusal(typed: str, refused: ColorRefused) -> str:
    return _(
        "%(color)s cannot be read: the contrast is %(ratio)s, and at least %(least)s is needed. The"
        " nearest colour that can be read is %(nearest)s.",
        color=typed.upper(),
        ratio=ratio(refused.ratio),
        least=ratio(refused.least),
        nearest=refused.suggestion.upper(),
    )
