"""Saving a form about a draft: stored, refused with words, or too late."""

from collections.abc import Callable

from flask import flash
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from surveys.errors import Conflict, InvalidInput
from surveys.models.municipality import Municipality
from surveys.queries.pictures.pictures import get_picture
from surveys.queries.pictures.views import AreaView, ClaimView, PictureSummary, PictureView
from webapp.extensions import db
from webapp.forms.pictures import RevisionForm
from webapp.tenancy import current_municipality
from webapp.transactions import unit_of_work
from webapp.words.rules import put_on_form

LATE = 409
Write = Callable[[Session, Municipality], object]


def get_draft(slug: str) -> PictureView:
    """The edition to write in; raise NotFound, or Conflict where it is published."""
    picture = get_picture(db.session(), current_municipality(), slug)
    if picture.head.published_at is not None:
        raise Conflict("published")
    return picture


def try_save(form: RevisionForm, write: Write) -> int | None:
    """Store a sent form through ``write``. None where that was done, else the page's status.

    200 shows the form for the first time, 422 asks for corrections, and 409 tells that somebody
    else has changed the draft: what was typed stays in the form.
    """
    if not form.validate_on_submit():
        return 422 if form.is_submitted() else 200
    try:
        with unit_of_work() as session:
            write(session, current_municipality())
    except InvalidInput as error:
        put_on_form(form, error)
        return 422
    except Conflict:
        return LATE
    tell_saved()
    return None


def tell_saved() -> None:
    """Say on the next page that what was sent is stored."""
    flash(_("The draft is saved."))


def head_values(head: PictureSummary) -> dict[str, object]:
    """What stands in the form for the head of an edition."""
    return {
        "kind": head.kind.value,
        "title": head.title,
        "period": head.period,
        "summary": head.summary,
        "next_edition": head.next_edition or "",
        "month": head.month,
        "change_note": head.change_note or "",
        "motive": head.motive or "",
        "revision": head.revision,
    }


def claim_values(claim: ClaimView, revision: int) -> dict[str, object]:
    """What stands in the form for a claim."""
    return {
        "text": claim.text,
        "judged_by": claim.judged_by or "",
        "dated_on": claim.dated_on,
        "supporting": [str(evidence.id) for evidence in claim.supporting],
        "disagreeing": [str(evidence.id) for evidence in claim.disagreeing],
        "party": claim.party.value,
        "revision": revision,
    }


def area_values(area: AreaView, revision: int) -> dict[str, object]:
    """What stands in the form for an area."""
    return {
        "title": area.title,
        "text": area.text,
        "season": area.season or "",
        "part": area.part.value if area.part else "",
        "is_chosen": area.is_chosen,
        "not_chosen_because": area.not_chosen_because or "",
        "revision": revision,
    }
