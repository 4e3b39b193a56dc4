"""The share card of a dialogue."""

from flask import Response

from surveys.queries.dialogues.dialogues import get_dialogue
from webapp.cards import card_response, dialogue_card
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.survey.blueprint import blueprint


@blueprint.get("/dialoger/<slug:slug>/kort.png")
def card(slug: str) -> Response:
    """1200 x 630 pixels, as the dialogue stands now and in the language of the address."""
    municipality = current_municipality()
    return card_response(
        dialogue_card(municipality, get_dialogue(db.session(), municipality, slug))
    )
