"""The first visitors after a start find the survey's pages ready."""

import pytest
from flask import Flask
from jinja2 import BaseLoader

from tests.page import PageClient
from tests.webapp.survey.conftest import FORM
from webapp.edge.warming import warm_up


@pytest.mark.usefixtures("dialogue")
def test_nothing_is_compiled_for_the_first_visitor(
    app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form and the page that thanks for an answer, with all the components in them."""
    warm_up(app)
    compiled: list[str] = []

    def watch(loader: BaseLoader, environment: object, name: str, *more: object) -> object:
        compiled.append(name)
        return load(loader, environment, name, *more)

    loader = type(app.jinja_env.loader)
    load = loader.load
    monkeypatch.setattr(loader, "load", watch)
    page = client.get(FORM)
    client.post(FORM, data=page.fields() | {"q1": "2", "q2": "ja"})

    assert compiled == []
