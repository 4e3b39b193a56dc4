"""Yearly follow-ups of promises and plans, counted on the day that somebody asks."""

from flask import Response

from surveys.errors import NotFound
from surveys.queries.editions.edition_files import DOCX, PDF, look_of
from surveys.queries.plans.page import get_public_plan
from surveys.queries.plans.plans import get_plan
from surveys.queries.plans.yearly import (
    count_plan_occasions,
    latest_edition,
    list_follow_ups_done,
    year_window,
    years_of,
)
from surveys.queries.progress.judgements import get_public_closing
from surveys.queries.promises.page import get_public_promise
from surveys.queries.promises.promises import get_promise
from surveys.schedule.periods import Window
from webapp.clock import today
from webapp.documents.document_parts import in_swedish
from webapp.documents.follow_up_document import Followed, plan_follow_up
from webapp.documents.follow_up_document import promise_follow_up as build_promise
from webapp.edition_documents import counted_file
from webapp.extensions import db
from webapp.tenancy import current_municipality
from webapp.views.public.blueprint import blueprint


@blueprint.get(
    "/<slug:kommun>/loften/<slug:slug>/uppfoljning-<int:year>.pdf", defaults={"form": PDF}
)
@blueprint.get(
    "/<slug:kommun>/loften/<slug:slug>/uppfoljning-<int:year>.docx", defaults={"form": DOCX}
)
def promise_follow_up(slug: str, year: int, form: str) -> Response:
    """One year of a promise that readers have; 404 for a year that its period does not touch."""
    session, here = db.session(), current_municipality()
    page = get_public_promise(session, here, slug, today())
    _check_year(page.summary.time.window, year)
    row = get_promise(session, here, slug)
    followed = Followed(
        look=look_of(here),
        year=year,
        today=today(),
        edition=latest_edition(session, row),
        dnr=page.dnr,
    )
    with in_swedish():
        document = build_promise(page, followed, get_public_closing(session, here, slug, today()))
        name = f"{here.slug}-{slug}-uppfoljning-{year}"
        return counted_file(document, form, name, public=True)


@blueprint.get(
    "/<slug:kommun>/handlingsplan/<slug:slug>/uppfoljning-<int:year>.pdf", defaults={"form": PDF}
)
@blueprint.get(
    "/<slug:kommun>/handlingsplan/<slug:slug>/uppfoljning-<int:year>.docx", defaults={"form": DOCX}
)
def action_plan_follow_up(slug: str, year: int, form: str) -> Response:
    """One year of an action plan that readers have."""
    session, here = db.session(), current_municipality()
    page = get_public_plan(session, here, slug, today())
    _check_year(page.window, year)
    row, window = get_plan(session, here, slug), year_window(year)
    followed = Followed(
        look=look_of(here, with_police=row.is_joint),
        year=year,
        today=today(),
        edition=latest_edition(session, row),
        dnr=row.dnr,
    )
    with in_swedish():
        document = plan_follow_up(
            page,
            followed,
            count_plan_occasions(session, here, row, window),
            list_follow_ups_done(session, here, window, row),
        )
        name = f"{here.slug}-{slug}-uppfoljning-{year}"
        return counted_file(document, form, name, public=True)


def _check_year(window: Window | None, year: int) -> None:
    if year not in years_of(window, today()):
        raise NotFound(str(year))
