"""Whom to tell of each kind of danger: its own words, or facts that hold anywhere."""

from collections.abc import Callable

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.models.municipality import Municipality
from surveys.models.safety import SafetyKind

DEFAULTS: dict[SafetyKind, LazyString] = {
    SafetyKind.DANGER_NOW: _l("Call 112 if it is happening now, else 114 14."),
    SafetyKind.CHILD: _l(
        "Call 112 if it is happening now. Otherwise make a report of concern (orosanmälan) to the"
        " social services, at night to socialjouren."
    ),
    SafetyKind.SELF_HARM: _l("Call 112 if it is happening now. 1177 gives advice on care."),
    SafetyKind.ABUSE: _l(
        "Call 112 if it is happening now. The social services help, at night socialjouren."
        " Kvinnofridslinjen, 020-50 50 50, gives support to those who call themselves."
    ),
}


def routes(municipality: Municipality) -> Callable[[SafetyKind], str]:
    """What stands beside each kind in the queue of ``municipality``."""
    own = municipality.safety_routing or {}

    def route(kind: SafetyKind) -> str:
        return str(own.get(kind.value) or DEFAULTS[kind])

    return route
