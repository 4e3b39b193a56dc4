"""Every blueprint of the application, in the order in which they are registered."""

from flask import Flask

from webapp.request_body import keep_faulty_body
from webapp.views import health
from webapp.views.survey import base_map, dialogues, form, receipt  # noqa: F401 (register routes)
from webapp.views.survey.blueprint import blueprint as survey

BLUEPRINTS = (health.blueprint, survey)
# Forms that show themselves again, filled in, where a body cannot be read in full.
FAULTY_BODIES = ("survey.submit", "survey.look_up")


def init_views(app: Flask) -> None:
    """Register all pages."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for endpoint in FAULTY_BODIES:
        keep_faulty_body(app, endpoint)
