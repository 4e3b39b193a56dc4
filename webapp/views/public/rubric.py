"""How promises are judged: every version of the rubric, for anybody to hold a judgement to."""

from flask import render_template

from surveys.rubric import RUBRICS
from webapp.views.public.blueprint import blueprint


@blueprint.get("/<slug:kommun>/sa-bedomer-vi-loften")
def rubric() -> str:
    """All versions, the latest first."""
    return render_template("public/rubric.html", rubrics=RUBRICS[::-1])
