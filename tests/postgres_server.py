"""A throw-away PostgreSQL server for tests, where one can be started."""

import os
from collections.abc import Iterator

import pytest

from tools.postgres import find_postgres, postgres_server


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of an empty database on a server of this run's own.

    TEST_POSTGRES_URL names a server to use instead, where the tests may not start one; its tables
    are emptied.
    """
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    programs = find_postgres()
    if programs is None:
        pytest.skip("no PostgreSQL server is installed on this machine (initdb was not found)")
    with postgres_server(programs) as url:
        yield url
