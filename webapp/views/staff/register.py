"""The place register: which places readers are never pointed to, and why."""

from flask import render_template, request, url_for
from flask_babel import gettext as _

from surveys.permissions import Permission
from surveys.queries.ground.mentions import Mentioning, list_mentions
from surveys.queries.ground.register import ASKED, CHOICES, get_place, list_register, rule_of
from surveys.queries.maps.map_editions import list_public_maps
from surveys.services.ground.register import mark_place
from webapp.access import requires
from webapp.clock import now
from webapp.edition_documents import ask_for_documents
from webapp.extensions import db
from webapp.forms.register import NO, YES, SensitiveForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved
from webapp.words.sensitive import rule_words

PAGE_FIELD, SEARCH_FIELD, SHOWN_FIELD = "sida", "sok", "visa"
LONGEST_SEARCH = 60
_PAGE_OF = {
    Mentioning.PICTURE: "staff.picture",
    Mentioning.PROMISE: "staff.promise",
    Mentioning.PLAN: "staff.plan",
}
_PLACES = "/<slug:kommun>/handlaggning/installningar/platser"


@blueprint.get(_PLACES)
@requires(Permission.MANAGE_SETTINGS)
def settings_places() -> str:
    """The places that a rule asks about, those that are sensitive, or all; fifty a page."""
    session, here = db.session(), current_municipality()
    asked = request.args.get(SHOWN_FIELD, "")
    shown = asked if asked in CHOICES else ASKED
    search = request.args.get(SEARCH_FIELD, "").strip()[:LONGEST_SEARCH]
    typed = request.args.get(PAGE_FIELD, "1")
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 6 else 1
    return render_template(
        "staff/settings/places.html",
        page=list_register(session, here, shown=shown, search=search, page=number),
        shown=shown,
        search=search,
        rule_words=rule_words,
    )


@blueprint.route(f"{_PLACES}/<int:place_id>", methods=["GET", "POST"])
@requires(Permission.MANAGE_SETTINGS)
def settings_place(place_id: int) -> Answer:
    """The decision about one place."""
    here = current_municipality()
    place = get_place(db.session(), here, place_id)
    is_said = place.is_sensitive or place.sensitive_reason is not None
    form = SensitiveForm(
        data={
            "is_sensitive": (YES if place.is_sensitive else NO) if is_said else None,
            "reason": place.sensitive_reason,
        }
    )
    if is_saved(
        form,
        lambda session: mark_place(
            session,
            here,
            place_id,
            is_sensitive=form.is_sensitive.data == YES,
            reason=form.reason.data,
            now=now(),
        ),
    ):
        ask_for_documents(here)
        return done("staff.settings_places", _saved(place.name, form.is_sensitive.data == YES))
    rule = None if is_said else rule_of(place)
    mentions = list_mentions(db.session(), here, place)
    return form_page(
        form,
        place.name,
        (url_for("staff.settings_places"), _("Places")),
        tab="settings",
        above=_("Place"),
        lead=rule_words(rule) if rule else None,
        mentions=[(url_for(_PAGE_OF[each.kind], slug=each.slug), each) for each in mentions],
    )


def _saved(name: str, is_sensitive: bool) -> str:
    saved = _("What holds for %(place)s is saved.", place=name)
    maps = list_public_maps(db.session(), current_municipality())
    if not (is_sensitive and maps):
        return saved
    titles = ", ".join(it.title for it in maps)
    more = _(
        "The name is gone from what readers see. Squares near it stand on the published maps until"
        " a new edition is published: %(titles)s.",
        titles=titles,
    )
    return f"{saved} {more}"
