"""Where readers arrive: the installation's start page and each municipality's."""

from flask import render_template

from surveys.days import swedish_day
from surveys.models.dialogue import Dialogue, DialoguePhase
from surveys.queries.dialogues.dialogues import list_dialogues
from surveys.queries.municipalities.front import list_front
from surveys.queries.pictures.pictures import get_latest_head
from surveys.queries.promises.links import list_promises_from_dialogue
from surveys.queries.promises.promises import PromiseSummary, list_public_promises
from surveys.queries.readers.coming_dates import list_coming_dates
from surveys.queries.results.result_editions import list_public_results
from webapp.clock import now, today
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint


@blueprint.get("/")
def start() -> str:
    """The municipalities of this installation, first those where one can answer now."""
    municipalities = list_front(db.session(), now())
    return render_template(
        "public/start.html",
        answering=[m for m in municipalities if m.open_round],
        municipalities=municipalities,
    )


@blueprint.get("/<slug:kommun>/")
def municipality() -> str:
    """What to do here now, how the promises stand, what was seen, what happens next."""
    session, here = db.session(), current_municipality()
    dialogues = list_dialogues(session, here)
    closed = _first(dialogues, DialoguePhase.CLOSED)
    promises = list_public_promises(session, here, today())
    return render_template(
        "public/municipality.html",
        upcoming=_first(dialogues[::-1], DialoguePhase.UPCOMING),
        closed=closed,
        led_to=list_promises_from_dialogue(session, here, closed) if closed else (),
        since=[promise for promise in promises if closed and _began_after(promise, closed)],
        running=[promise for promise in promises if promise.time.is_running],
        n_promises=len(promises),
        picture=get_latest_head(session, here),
        results=list_public_results(session, here),
        coming=list_coming_dates(session, here, today()),
        today=today(),
    )


def _first(dialogues: list[Dialogue], phase: DialoguePhase) -> Dialogue | None:
    return next((dialogue for dialogue in dialogues if dialogue.phase(now()) is phase), None)


def _began_after(promise: PromiseSummary, dialogue: Dialogue) -> bool:
    window = promise.time.window
    return window is not None and window.starts_on > swedish_day(dialogue.opens_at)
