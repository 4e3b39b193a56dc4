"""What the first visitors after a start would else wait for, each thread doing it anew."""

from flask import Flask
from jinja2 import meta
from sqlalchemy.orm import configure_mappers

from surveys.languages import LANGUAGES
from webapp.catalogues import coverage_of, translations_of

# What many open at once, right after a link has been sent out.
FIRST_PAGES = (
    "survey/form.html",
    "survey/thanks.html",
    *(f"govuk_frontend_wtf/{field}.html" for field in ("radios", "select", "textarea")),
)


def warm_up(app: Flask) -> None:
    """Read the catalogues, settle the models' relations and compile the survey's pages."""
    configure_mappers()
    for language in LANGUAGES:
        translations_of(language)
        coverage_of(language)
    _compile_pages(app)


def _compile_pages(app: Flask) -> None:
    """The pages and every template that they name."""
    environment = app.jinja_env
    waiting, done = list(FIRST_PAGES), set[str]()
    while waiting:
        name = waiting.pop()
        if name in done:
            continue
        done.add(name)
        environment.get_template(name)
        source = environment.loader.get_source(environment, name)[0]  # type: ignore[union-attr]
        named = meta.find_referenced_templates(environment.parse(source))
        waiting += [other for other in named if other is not None]
