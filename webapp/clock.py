"""What time it is: read here once a request and handed on as ``now``, so that tests can set it."""

from datetime import date, datetime

from flask import current_app, g

from surveys.days import swedish_day


def now() -> datetime:
    """The time of this request, aware, in UTC. The same through the whole request."""
    if "now" not in g:
        g.now = current_app.extensions["clock"]()
    value = g.now
    if not isinstance(value, datetime):
        raise TypeError("the clock must give a datetime")
    return value


def today() -> date:
    """The date in Sweden at ``now``."""
    return swedish_day(now())
