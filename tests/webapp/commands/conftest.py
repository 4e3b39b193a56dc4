"""The demo's data, for tests that read it and leave it as it is."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.queries.municipalities.municipalities import get_municipality
from tests.demo_site import DemoSite
from webapp.extensions import db


@pytest.fixture
def demo(demo_site: DemoSite) -> Iterator[Session]:
    """A session on the demo, at noon on the day of its set-up."""
    with demo_site.app.app_context():
        yield db.session()
        db.session.remove()


@pytest.fixture
def soderhamn(demo: Session) -> Municipality:
    """The municipality whose documents the demo retells."""
    return get_municipality(demo, "soderhamn")
