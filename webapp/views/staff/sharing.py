"""Dela: a dialogue's short addresses with what each has brought, codes to scan, and posters."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from surveys.languages import LANGUAGES, SWEDISH, Language, find_language
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.link import LINK_CHANNELS, ShortLink
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.dialogues.links import get_own_link, list_channel_use
from surveys.services.dialogues.links import create_link
from webapp.access import requires
from webapp.documents.poster import Paper, poster
from webapp.documents.qr import qr_svg
from webapp.extensions import db
from webapp.forms.links import LinkForm
from webapp.languages import is_draft
from webapp.mail.sending import whole_address
from webapp.navigation import dialogue_tabs
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import SEE_OTHER, UNPROCESSABLE, Answer, is_saved
from webapp.writing import written_in

ROOT = "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/dela"


@blueprint.route(ROOT, methods=["GET", "POST"])
@requires(Permission.MANAGE_DIALOGUE)
def sharing(slug: str) -> Answer:
    """The addresses and what came through each; a form for one more."""
    municipality, session = current_municipality(), db.session()
    dialogue = get_dialogue(session, municipality, slug)
    use = list_channel_use(session, municipality, dialogue)
    having = {row.channel for row in use if row.word}
    form = LinkForm([channel for channel in LINK_CHANNELS if channel not in having])
    if is_saved(
        form,
        lambda s: create_link(
            s,
            municipality,
            get_dialogue(s, municipality, slug),
            Channel(form.channel.data),
            form.word.data or "",
        ),
    ):
        flash(_("The address is there. Print it, or copy it to where it is to be spread."))
        return redirect(url_for("staff.sharing", slug=slug), SEE_OTHER)
    page = render_template(
        "staff/sharing.html",
        dialogue=dialogue,
        use=use,
        form=form,
        languages=poster_languages(dialogue),
        is_draft=is_draft,
        address=short_address,
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )
    return (page, UNPROCESSABLE) if form.is_submitted() else page


@blueprint.get(f"{ROOT}/<slug:word>/qr.svg")
@requires(Permission.MANAGE_DIALOGUE)
def qr_code(slug: str, word: str) -> Response:
    """The address as a code, for letters and posters of one's own."""
    address = short_address(_link(slug, word).word)
    response = Response(qr_svg(address, title=address), mimetype="image/svg+xml")
    return _to_keep(response, f"qr-{word}.svg", inline=True)


@blueprint.get(f"{ROOT}/<slug:word>/affisch-<any(a4,a6):paper>.pdf")
@requires(Permission.MANAGE_DIALOGUE)
def print_poster(slug: str, word: str, paper: Paper) -> Response:
    """A poster to print, in Swedish or in a language that the question is written in."""
    link, lang = _link(slug, word), request.args.get("lang", SWEDISH.code)
    language = find_language(lang)
    if language is None or language not in poster_languages(link.dialogue):
        language = SWEDISH
    address = short_address(link.word, language.code)
    with written_in(language):
        made = poster(current_municipality(), link.dialogue, address, paper)
    response = Response(made, mimetype="application/pdf")
    return _to_keep(response, f"affisch-{word}-{paper}-{language.code}.pdf", inline=False)


def poster_languages(dialogue: Dialogue) -> list[Language]:
    """The languages that the first question is written in and residents are offered.

    Swedish first. What nobody has approved is offered only where the municipality shows drafts.
    """
    wording = dialogue.questions[0].wording if dialogue.questions else {}
    shows_drafts = current_municipality().shows_draft_languages
    known = [language for language in LANGUAGES if language.code in wording]
    return [language for language in known if shows_drafts or not is_draft(language)]


def short_address(word: str, lang: str = "sv") -> str:
    """The address in full, as it is printed."""
    path = url_for("links.follow", word=word, lang=None if lang == "sv" else lang)
    return whole_address(path)


def _link(slug: str, word: str) -> ShortLink:
    session, municipality = db.session(), current_municipality()
    return get_own_link(session, municipality, get_dialogue(session, municipality, slug), word)


def _to_keep(response: Response, name: str, *, inline: bool) -> Response:
    kind = "inline" if inline else "attachment"
    response.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-cache"
    return response
