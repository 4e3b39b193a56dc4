"""The survey: shown, filled in with or without script, and sent."""

from dataclasses import dataclass, replace

from flask import Response, current_app, make_response, render_template, request
from flask_babel import gettext as _

from surveys.errors import DialogueClosed, KeyReused, PlacesOutside, StorageUnavailable
from surveys.models.dialogue import Dialogue, DialoguePhase
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.dialogues.questionnaires import get_questionnaire
from surveys.queries.dialogues.receipts import get_response_by_code
from surveys.queries.maps.map_editions import get_public_edition
from surveys.queries.results.result_editions import get_public_results
from surveys.questionnaire import Questionnaire
from surveys.services.dialogues.responses import Receipt, submit_response
from webapp.clock import now
from webapp.edge.arrival import via
from webapp.edge.request_body import body_fault, readable_form
from webapp.edge.same_origin import is_cross_site
from webapp.errors import WAITS_S
from webapp.extensions import db
from webapp.forms.place_presses import read_press
from webapp.forms.survey import SurveyForm, is_key, new_key
from webapp.languages import readers_language
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.views.survey.blueprint import blueprint
from webapp.views.survey.place_maps import draw_place_maps
from webapp.views.survey.queue_answers import asks_for_state, refused_state, stored_state
from webapp.views.survey.screening import is_flood, suspicions_of


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer is not stored: the status and what the page says above the form.

    With ``renews_key`` the page gets a new key, where the one that came cannot be used.
    """

    status: int
    message: str = ""
    renews_key: bool = False


@blueprint.get("/dialoger/<slug:slug>")
def form(slug: str) -> Response:
    """The questions while the dialogue is open; else when it opens, or what it led to."""
    dialogue = get_dialogue(db.session(), current_municipality(), slug)
    phase = dialogue.phase(now())
    if phase is DialoguePhase.UPCOMING:
        return _page("survey/upcoming.html", dialogue=dialogue)
    if phase is DialoguePhase.CLOSED:
        return _closed_page(dialogue)
    return _form_page(SurveyForm(_questionnaire(dialogue)), new_key(), shared=dialogue)


@blueprint.post("/dialoger/<slug:slug>")
def submit(slug: str) -> Response:
    """Store the answer and thank for it, or show the form again with all that was typed."""
    dialogue = get_dialogue(db.session(), current_municipality(), slug)
    questionnaire = _questionnaire(dialogue)
    is_open = dialogue.phase(now()) is DialoguePhase.OPEN
    pressed = read_press(request.form)
    if is_open and pressed is not None:
        # One place more or less, or its map moved: nothing is stored.
        survey = SurveyForm(questionnaire, request.form, pressed)
        return _form_page(survey, _sent_key() or new_key())
    survey = SurveyForm(questionnaire, readable_form())
    refusal = _refuse_request() or _refuse_content(survey)
    if refusal is None:
        return _take_in(slug, survey)
    if not is_open:
        return _not_open(dialogue, survey)
    return _form_page(survey, _key_for(refusal), refusal)


def _questionnaire(dialogue: Dialogue) -> Questionnaire:
    language = readers_language().code
    return get_questionnaire(db.session(), current_municipality(), dialogue, language)


def _refuse_request() -> Refusal | None:
    """What is wrong with the request itself, whatever it says."""
    if is_flood():
        return Refusal(429, _("Too many answers come from your network. Wait a minute."))
    fault = body_fault()
    if fault == "nul":
        return Refusal(400, _("Some signs could not be read and were taken out."))
    if fault == "encoding":
        return Refusal(400, _("Some letters could not be read with certainty."))
    if is_cross_site():
        return Refusal(403, _("The answer came from another website than ours."), renews_key=True)
    if not _sent_key():
        return Refusal(
            400, _("The page was not complete when the answer was sent."), renews_key=True
        )
    return None


def _refuse_content(survey: SurveyForm) -> Refusal | None:
    return None if survey.validate() else Refusal(422)


def _take_in(slug: str, survey: SurveyForm) -> Response:
    """Hand the answer to the domain. A page that asks something keeps all that was typed."""
    municipality, secret = current_municipality(), current_app.config["SECRET_KEY"]
    suspicions = suspicions_of(_sent_key())
    try:
        with unit_of_work() as session:
            receipt = submit_response(
                session,
                municipality,
                get_dialogue(session, municipality, slug),
                replace(survey.draft(_sent_key()), via=via(), suspicions=suspicions),
                now=now(),
                secret=secret,
            )
    except PlacesOutside as error:
        survey.ask_about(error, municipality.official_name)
        refusal = Refusal(422)
    except DialogueClosed:
        return _not_open(get_dialogue(db.session(), municipality, slug), survey)
    except KeyReused:
        message = _(
            "You have already sent an answer from this page, and it is stored. What you have"
            " changed since is not stored. If you send again, it becomes an answer of its own."
        )
        refusal = Refusal(409, message, renews_key=True)
    except StorageUnavailable:
        message = _("We cannot store anything right now. Wait half a minute and send again.")
        refusal = Refusal(503, message)
    else:
        return _thanks(slug, receipt)
    return _form_page(survey, _key_for(refusal), refusal)


def _thanks(slug: str, receipt: Receipt) -> Response:
    if asks_for_state():
        return stored_state(receipt.code)
    session, municipality = db.session(), current_municipality()
    secret = current_app.config["SECRET_KEY"]
    return _page(
        "survey/thanks.html",
        dialogue=get_dialogue(session, municipality, slug),
        receipt=receipt,
        stored=get_response_by_code(session, municipality, receipt.code, secret=secret),
    )


def _not_open(dialogue: Dialogue, survey: SurveyForm) -> Response:
    phase = dialogue.phase(now())
    if asks_for_state():
        is_closed = phase is DialoguePhase.CLOSED
        text = _("The dialogue has closed") if is_closed else _("The dialogue is not open yet")
        return refused_state(409, f"{text}.")
    return _page("survey/not_open.html", 409, dialogue=dialogue, phase=phase, typed=survey.texts())


def _closed_page(dialogue: Dialogue) -> Response:
    session, here = db.session(), current_municipality()
    return _page(
        "survey/closed.html",
        dialogue=dialogue,
        has_map=get_public_edition(session, here, dialogue) is not None,
        has_results=get_public_results(session, here, dialogue) is not None,
    )


def _form_page(
    survey: SurveyForm, key: str, refusal: Refusal | None = None, *, shared: Dialogue | None = None
) -> Response:
    """The form. ``shared`` is given on the page whose address others may be sent."""
    status = refusal.status if refusal else 200
    if refusal and asks_for_state():
        texts = [refusal.message, *(text for _field, text in survey.faults)]
        return refused_state(status, " ".join(filter(None, texts)))
    draw_place_maps(survey.places)
    response = _page(
        "survey/form.html", status, survey=survey, key=key, refusal=refusal, dialogue=shared
    )
    if status in WAITS_S:
        response.headers["Retry-After"] = str(WAITS_S[status])
    return response


def _page(template: str, status: int = 200, **context: object) -> Response:
    response = make_response(render_template(template, **context), status)
    # A kept copy would hand one answer's key, or one person's words, to somebody else.
    response.headers["Cache-Control"] = "no-store"
    return response


def _sent_key() -> str:
    """The key that came with the form, or the empty string where it cannot be one."""
    key = request.form.get("key", "")
    return key if is_key(key) else ""


def _key_for(refusal: Refusal) -> str:
    """The key of the page that is shown again: the same, so that sending again is the same."""
    return new_key() if refusal.renews_key else _sent_key() or new_key()
