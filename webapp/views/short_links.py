"""``/s/<word>``: from a poster, a post or a letter to the survey, counted and not followed."""

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    url_for,
)
from flask import request as asked

from surveys.errors import NotFound
from surveys.queries.dialogues.links import get_link
from surveys.queries.municipalities.front import list_front
from surveys.services.dialogues.links import count_visit
from webapp.clock import now, today
from webapp.edge.arrival import is_person
from webapp.extensions import db
from webapp.transactions import unit_of_work

blueprint = Blueprint("links", __name__)


@blueprint.get("/s/<typed:word>")
def follow(word: str) -> Response:
    """To the dialogue that the word stands for; to the open ones where it stands for none."""
    try:
        link = get_link(db.session(), word)
    except NotFound:
        return _unknown()
    target = url_for(
        "survey.form",
        kommun=link.municipality.slug,
        slug=link.dialogue.slug,
        via=link.word,
        lang=asked.args.get("lang"),
    )
    response: Response = redirect(target, 302)  # type: ignore[assignment]
    response.headers["Cache-Control"] = "no-store"  # each opening is to reach us and be counted
    if is_person():
        _count_later(response, link.id)
    return response


def _unknown() -> Response:
    open_now = [place for place in list_front(db.session(), now()) if place.open_round]
    response = make_response(render_template("public/unknown_link.html", open_now=open_now), 404)
    response.headers["Cache-Control"] = "no-store"
    return response


def _count_later(response: Response, link_id: int) -> None:
    """Count when the answer is on its way: nobody waits for a number, and none stops anybody."""
    app, day = current_app._get_current_object(), today()  # type: ignore[attr-defined]

    def count() -> None:
        with app.app_context():
            try:
                with unit_of_work() as session:
                    count_visit(session, link_id, day)
            except Exception:
                app.logger.warning("an opening of a short address was not counted", exc_info=True)

    response.call_on_close(count)
