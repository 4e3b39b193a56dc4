"""The public map of a dialogue: what its published edition holds, and nothing else."""

from typing import Any

from flask import Response, render_template, request

from maps.geojson import dumps
from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue, QuestionKind
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.maps.map_editions import EditionView, get_last_public, get_public_edition
from webapp.extensions import db
from webapp.formatters import date_iso
from webapp.public_maps import draw_public_map
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint


@blueprint.get("/<slug:kommun>/dialoger/<slug:slug>/karta")
def public_map(slug: str) -> str:
    """The map, its list and how it was made; or why there is none now."""
    session, here = db.session(), current_municipality()
    dialogue = get_dialogue(session, here, slug)
    edition = get_public_edition(session, here, dialogue)
    if edition is None:
        return render_template(
            "public/no_map.html",
            dialogue=dialogue,
            earlier=get_last_public(session, here, dialogue),
        )
    return render_template(
        "public/map.html",
        dialogue=dialogue,
        edition=edition,
        drawn=draw_public_map(here, edition),
        wording=_wording(dialogue),
    )


@blueprint.get("/<slug:kommun>/dialoger/<slug:slug>/karta.geojson")
def public_map_cells(slug: str) -> Response:
    """The same cells as a file; 404 where no edition is published."""
    session, here = db.session(), current_municipality()
    dialogue = get_dialogue(session, here, slug)
    edition = get_public_edition(session, here, dialogue)
    if edition is None:
        raise NotFound(f"no public map of {slug}")
    response = Response(dumps(_document(dialogue, edition)), mimetype="application/geo+json")
    # Asked for again each time: an edition may be taken down at any moment.
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _document(dialogue: Dialogue, edition: EditionView) -> dict[str, Any]:
    """The cells with what is needed to read them, as foreign members (RFC 7946, 6.1)."""
    return {
        "type": "FeatureCollection",
        "dialogue": dialogue.title,
        "edition": edition.number,
        "published_on": date_iso(edition.published_at),
        "cell_m": edition.cell_m,
        "min_respondents": edition.least,
        "respondents_at_least": edition.n_at_least,
        "sha256": edition.content_hash,
        "features": edition.cells["features"],
    }


def _wording(dialogue: Dialogue) -> str:
    asked = [q for q in dialogue.questions if q.kind is QuestionKind.PLACES]
    return asked[0].wording["sv"] if asked else ""
