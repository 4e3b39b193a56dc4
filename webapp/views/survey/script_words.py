"""What the survey's scripts say, apart from the page so that the page stays light."""

from flask import Response, jsonify, request

from webapp.views.survey.blueprint import blueprint
from webapp.words.script import script_words as texts

HOUR_S = 3_600


@blueprint.get("/ord.json")
def script_words() -> Response:
    """The texts in the language of the address, by the names that the scripts use."""
    response = jsonify(texts())
    response.headers["Cache-Control"] = f"public, max-age={HOUR_S}"
    response.add_etag()
    response.make_conditional(request)
    return response
