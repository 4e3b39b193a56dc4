"""The public figures of a dialogue: what its published edition holds, and nothing else."""

import csv
from io import StringIO
from typing import Any

from flask import Response, make_response, render_template, request
from flask_babel import gettext as _

from surveys.errors import NotFound
from surveys.languages import SWEDISH
from surveys.models.dialogue import Dialogue
from surveys.queries.dialogues.dialogues import get_dialogue
from surveys.queries.maps.map_editions import get_public_edition
from surveys.queries.results.result_editions import (
    ResultEditionView,
    get_last_public_results,
    get_public_results,
    get_readable_edition,
    list_told_editions,
)
from surveys.services.results.result_drafting import canonical
from webapp.clock import now
from webapp.exports.csv_files import neutral
from webapp.extensions import db
from webapp.formatters import date_iso
from webapp.public_results import draw_results, file_rows
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint
from webapp.writing import written_in

CSV_HEAD = ("tabell", "grupp", "svar", "antal", "av", "andel", "lägst", "högst", "utgåva", "not")


@blueprint.get("/<slug:kommun>/dialoger/<slug:slug>/resultat")
def results(slug: str) -> str:
    """The tables, and how they were made; or why there are none now."""
    session, here = db.session(), current_municipality()
    dialogue = get_dialogue(session, here, slug)
    edition = get_public_results(session, here, dialogue)
    if edition is None:
        return render_template(
            "public/no_results.html",
            dialogue=dialogue,
            phase=dialogue.phase(now()),
            earlier=get_last_public_results(session, here, dialogue),
        )
    return _page(dialogue, edition, edition)


@blueprint.get("/<slug:kommun>/dialoger/<slug:slug>/resultat/<int:number>")
def results_edition(slug: str, number: int) -> str:
    """An earlier edition as it was; raise NotFound where it was taken down."""
    session, here = db.session(), current_municipality()
    dialogue = get_dialogue(session, here, slug)
    edition = get_readable_edition(session, here, dialogue, number)
    return _page(dialogue, edition, get_public_results(session, here, dialogue))


@blueprint.get("/<slug:kommun>/dialoger/<slug:slug>/resultat.csv")
def results_csv(slug: str) -> Response:
    """The same numbers as a table; 404 where no edition is published."""
    _dialogue, edition = _published(slug)
    body = StringIO()
    writer = csv.writer(body)
    writer.writerow(CSV_HEAD)
    with written_in(SWEDISH):
        rows = list(file_rows(draw_results(edition), edition))
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return _file(body.getvalue(), "text/csv", f"{slug}-{edition.number}.csv")


@blueprint.get("/<slug:kommun>/dialoger/<slug:slug>/resultat.json")
def results_json(slug: str) -> Response:
    """The same numbers with all that is needed to read them; 404 where no edition is published."""
    dialogue, edition = _published(slug)
    with written_in(SWEDISH):
        document = _document(dialogue, edition)
    return _file(canonical(document), "application/json", f"{slug}-{edition.number}.json")


def _page(dialogue: Dialogue, edition: ResultEditionView, current: ResultEditionView | None) -> str:
    session, here = db.session(), current_municipality()
    return render_template(
        "public/results.html",
        dialogue=dialogue,
        edition=edition,
        is_current=current is not None and current.id == edition.id,
        drawn=draw_results(edition),
        editions=list_told_editions(session, here, dialogue),
        has_map=get_public_edition(session, here, dialogue) is not None,
    )


def _published(slug: str) -> tuple[Dialogue, ResultEditionView]:
    session, here = db.session(), current_municipality()
    dialogue = get_dialogue(session, here, slug)
    edition = get_public_results(session, here, dialogue)
    if edition is None:
        raise NotFound(f"no public results of {slug}")
    return dialogue, edition


def _document(dialogue: Dialogue, edition: ResultEditionView) -> dict[str, Any]:
    return {
        "municipality": current_municipality().official_name,
        "dialogue": dialogue.title,
        "period": [date_iso(dialogue.opens_at), date_iso(dialogue.closes_at)],
        "edition": edition.number,
        "published_on": date_iso(edition.published_at),
        "respondents": edition.n,
        "min_respondents": edition.least,
        "min_crossed": edition.crossed,
        "note": _("Those who answered chose to. The numbers are about them, not all residents."),
        "sha256": edition.content_hash,
        "sha256_of": "tables, min_respondents, min_crossed: JSON, UTF-8, sorted keys, no spaces",
        "tables": list(edition.tables),
    }


def _file(body: str, mimetype: str, name: str) -> Response:
    response = make_response(body)
    response.mimetype = mimetype
    # Asked for again each time: an edition may be taken down at any moment.
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.add_etag()
    response.make_conditional(request)
    return response
