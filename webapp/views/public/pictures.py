"""Lägesbild: the latest edition in full, and the earlier ones at their own addresses."""

from datetime import datetime
from typing import Any

from flask import render_template

from surveys.queries.editions.document_editions import list_editions
from surveys.queries.maps.map_editions import list_public_maps
from surveys.queries.pictures.pictures import (
    get_latest_published,
    get_picture_row,
    get_published,
    list_published,
)
from surveys.queries.pictures.situations import get_cadence, get_situation_group, list_years
from surveys.queries.pictures.views import PictureView
from surveys.queries.promises.links import list_promises_by_claim
from surveys.queries.promises.promises import list_public_promises
from surveys.queries.results.result_editions import list_public_results
from webapp.clock import today
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint


@blueprint.get("/<slug:kommun>/lagesbild/")
def pictures() -> str:
    """The latest edition, or that there is none yet."""
    latest = get_latest_published(db.session(), current_municipality())
    if latest is None:
        return render_template("public/no_picture.html", **_months())
    return _page(latest)


@blueprint.get("/<slug:kommun>/lagesbild/<slug:slug>")
def picture(slug: str) -> str:
    """One published edition."""
    return _page(get_published(db.session(), current_municipality(), slug))


def _page(shown: PictureView) -> str:
    session, here = db.session(), current_municipality()
    editions = list_published(session, here)
    return render_template(
        "public/picture.html",
        picture=shown,
        is_latest=editions[0].slug == shown.head.slug,
        other_editions=[head for head in editions if head.slug != shown.head.slug],
        promises_by_claim=list_promises_by_claim(session, here, shown.claim_ids),
        maps=list_public_maps(session, here),
        results=list_public_results(session, here),
        running=[p for p in list_public_promises(session, here, today()) if p.time.is_running],
        edition=_edition(shown),
        **_months(),
    )


def _months() -> dict[str, Any]:
    """Which months have a lägesbild, and what it is for."""
    session, here = db.session(), current_municipality()
    cadence = get_cadence(session, here)
    return {
        "years": list_years(session, here, today()),
        "purpose": cadence.purpose if cadence else "",
        "group": get_situation_group(session, here, today()),
    }


def _edition(shown: PictureView) -> dict[str, Any] | None:
    """Who approved it and when; None for one from before approvals were kept."""
    session, here = db.session(), current_municipality()
    editions = list_editions(session, get_picture_row(session, here, shown.head.slug))
    if not editions:
        return None
    approvals = [
        yes | {"day": datetime.fromisoformat(yes["approved_at"])} for yes in editions[0].approvals
    ]
    return {"number": editions[0].number, "approvals": approvals}
