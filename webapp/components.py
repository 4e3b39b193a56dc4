"""The GOV.UK components: their templates and the glue between them and the forms."""

from flask import Flask
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader


def init_components(app: Flask) -> None:
    """Make the component macros importable beside our own templates."""
    loaders = [
        PrefixLoader(
            {
                "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
            }
        )
    ]
    if app.jinja_loader is not None:
        loaders.insert(0, app.jinja_loader)  # type: ignore[arg-type]
    app.jinja_loader = ChoiceLoader(loaders)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    WTFormsHelpers(app)
