"""One person's answer: its masked words, what may be quoted of it, and the way to the original."""

import uuid

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_wtf import FlaskForm

from surveys.errors import InvalidInput, NotFound
from surveys.models.dialogue import Dialogue
from surveys.permissions import Permission
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.dialogues.safety import find_flag
from surveys.queries.texts.free_text import TextEntry, get_text_entry
from surveys.queries.texts.originals import OriginalWords, originals_until
from surveys.services.texts.hand_masking import hide_words, show_words
from surveys.services.texts.quotes import QuoteAddress, freeze_quote
from surveys.services.texts.unmasking import AnswerAddress, unmask
from webapp.access import requires, signed_in_account
from webapp.clock import now
from webapp.extensions import db
from webapp.formatters import date_long
from webapp.forms.answers import HideForm, QuoteForm, UnmaskForm
from webapp.looks import sees_rows
from webapp.navigation import dialogue_tabs
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.saving import Answer, done, form_page, is_saved
from webapp.words.quote import quote_words
from webapp.words.rules import put_on_form

_ANSWER = "/<slug:kommun>/handlaggning/dialoger/<slug:slug>/svar/<uuid:response>"


@blueprint.get(_ANSWER)
@requires(Permission.READ_FREE_TEXT)
def one_answer(slug: str, response: uuid.UUID) -> str:
    """What one person wrote, masked."""
    dialogue, entry = _found(slug, response)
    return _page(dialogue, entry, ())


@blueprint.route(_ANSWER + "/citat/<int:position>", methods=["GET", "POST"])
@requires(Permission.WRITE_EVIDENCE)
@requires(Permission.READ_FREE_TEXT)
def save_quote(slug: str, response: uuid.UUID, position: int) -> Answer:
    """Release a text, or a part of it, as a quote: an act of its own on the masked text."""
    here = current_municipality()
    _dialogue, entry = _found(slug, response)
    masked = next((text.words.text for text in entry.texts if text.position == position), None)
    if masked is None:
        raise NotFound("quote")
    form = QuoteForm(data={"words": masked})
    by = signed_in_account().title

    def work(_session: object) -> None:
        address = QuoteAddress(slug, response, position, form.words.data or "")
        freeze_quote(db.session(), here, address, quote_words(here), by=by, now=now())

    if is_saved(form, work):
        return done(
            "staff.free_text", _("Saved as a quote. You find it among the evidence."), slug=slug
        )
    return _form(
        form, _("Save as a quote"), slug, response, lead=_("Only what you release here is quoted.")
    )


@blueprint.route(_ANSWER + "/original", methods=["GET", "POST"])
@requires(Permission.READ_UNMASKED)
def original(slug: str, response: uuid.UUID) -> Answer:
    """Ask for the reason; then show the original once, on the page that answers."""
    dialogue, _entry = _found(slug, response)
    form = UnmaskForm()
    if form.validate_on_submit():
        try:
            with unit_of_work() as session:
                address = AnswerAddress(
                    get_dialogue(session, current_municipality(), slug), response
                )
                originals = unmask(
                    session,
                    current_municipality(),
                    signed_in_account(),
                    address,
                    form.draft(),
                    now=now(),
                )
            return _page(*_found(slug, response), originals)
        except InvalidInput as error:
            put_on_form(form, error)
    until = originals_until(db.session(), current_municipality(), dialogue)
    lead = _("The look is written into the log with your role, the time and the reason.")
    if until is not None:
        day = date_long(until)
        lead += " " + _("Originals of this dialogue may be read until %(day)s.", day=day)
    return _form(
        form,
        _("Read it as it was written"),
        slug,
        response,
        lead=lead,
        submit=_("Show it"),
    )


@blueprint.route(_ANSWER + "/dolj", methods=["GET", "POST"])
@requires(Permission.READ_UNMASKED)
def hide_in_answer(slug: str, response: uuid.UUID) -> Answer:
    """Hide further words in the answer."""
    _found(slug, response)
    form = HideForm()
    hidden: list[int] = []

    def work(_session: object) -> None:
        address, here = _address(slug, response), current_municipality()
        hidden.append(hide_words(db.session(), here, address, form.words.data or ""))

    if is_saved(form, work):
        said = ngettext("Hidden in %(num)s text.", "Hidden in %(num)s texts.", hidden[0])
        return done("staff.one_answer", said, slug=slug, response=response)
    return _form(form, _("Hide words"), slug, response, submit=_("Hide"))


@blueprint.post(_ANSWER + "/visa")
@requires(Permission.READ_UNMASKED)
def show_in_answer(slug: str, response: uuid.UUID) -> Answer:
    """Give back words that the masking took by mistake, or that somebody had hidden."""
    with unit_of_work() as session:
        address = _address(slug, response)
        words, account = request.form.get("words", ""), signed_in_account()
        show_words(session, current_municipality(), address, words, account, now=now())
    return done("staff.one_answer", _("The words are shown again."), slug=slug, response=response)


def _address(slug: str, response: uuid.UUID) -> AnswerAddress:
    return AnswerAddress(get_dialogue(db.session(), current_municipality(), slug), response)


def _found(slug: str, response: uuid.UUID) -> tuple[Dialogue, TextEntry]:
    session, here = db.session(), current_municipality()
    dialogue = get_dialogue(session, here, slug)
    return dialogue, get_text_entry(session, here, dialogue, response)


def _page(dialogue: Dialogue, entry: TextEntry, originals: tuple[OriginalWords, ...]) -> str:
    here = current_municipality()
    return render_template(
        "staff/answer.html",
        dialogue=dialogue,
        entry=entry,
        shows_rows=sees_rows(),
        originals=originals,
        flag=find_flag(db.session(), here, entry.response_id),
        staff_tabs=dialogue_tabs(dialogue),
        staff_label=dialogue.title,
    )


def _form(
    form: FlaskForm, heading: str, slug: str, response: uuid.UUID, **options: object
) -> Answer:
    back = (url_for("staff.one_answer", slug=slug, response=response), _("The answer"))
    return form_page(form, heading, back, tab="free_text", **options)
