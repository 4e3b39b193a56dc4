"""Every blueprint of the application, in the order in which they are registered."""

from flask import Flask

from webapp.views import health

BLUEPRINTS = (health.blueprint,)


def init_views(app: Flask) -> None:
    """Register all pages."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
