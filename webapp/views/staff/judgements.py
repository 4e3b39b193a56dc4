"""Closing judgements: what the account's own party says of a promise whose period is over."""

from flask import render_template, url_for
from flask_babel import gettext as _

from surveys.models.judgement import CarryOver
from surveys.permissions import Permission
from surveys.queries.progress.judgements import get_closing
from surveys.queries.promises.promises import get_promise
from surveys.rubric import rubric_at
from surveys.services.progress.judgements import judge
from webapp.access import requires, signed_in_account
from webapp.clock import now, today
from webapp.extensions import db
from webapp.forms.judgements import JudgementForm
from webapp.tenancy import current_municipality
from webapp.views.staff.blueprint import blueprint
from webapp.views.staff.promises import ROOT
from webapp.views.staff.saving import UNPROCESSABLE, Answer, done, is_saved
from webapp.words.rubric import carry_over_words, rubric_words, verdict_words
from webapp.words.rules import hide_unasked


@blueprint.route(f"{ROOT}<slug:slug>/omdome", methods=["GET", "POST"])
@requires(Permission.APPROVE)
def judge_promise(slug: str) -> Answer:
    """Judge for one's own party, beside what the others have said."""
    municipality, account = current_municipality(), signed_in_account()
    promise = get_promise(db.session(), municipality, slug)
    rubric = rubric_at(today())
    form = JudgementForm(
        [(point.id, point.title) for point in promise.points],
        [(v, f"{verdict_words(v)}: {rubric_words(rubric.number, v)}") for v in rubric.verdicts],
        [(decision, carry_over_words(decision)) for decision in CarryOver],
    )
    if is_saved(
        form, lambda s: judge(s, municipality, slug, form.draft(), account=account, now=now())
    ):
        return done(
            "staff.judge_promise", _("The judgement is saved and shown to readers."), slug=slug
        )
    hide_unasked(form)
    found = get_promise(db.session(), municipality, slug)
    page = render_template(
        "staff/progress/judgement.html",
        form=form,
        closing=get_closing(db.session(), found, today()),
        back_href=url_for("staff.promise", slug=slug),
        back_text=found.title,
        version=rubric.number,
    )
    return (page, UNPROCESSABLE) if form.is_submitted() else page
