"""Words for what does not add up in the year's follow-up."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.queries.plans.year_overview import Fault, Found

_FAULTS: dict[Fault, LazyString] = {
    Fault.UNSIGNED: _l("Not signed yet: %(about)s"),
    Fault.ACTING: _l("Signed as acting: %(about)s"),
    Fault.NO_OWNER: _l("Nobody answers for: %(about)s"),
    Fault.OWNER_LEFT: _l("The one who answered for it has left: %(about)s"),
    Fault.TARGETS_DIFFER: _l("The same count meets one target and misses another: %(about)s"),
    Fault.OUTSIDE_PERIOD: _l("Occasions outside the period are not counted: %(about)s"),
}


def fault_words(found: Found) -> str:
    """The fault in a sentence, with what it is about."""
    return str(_FAULTS[found.fault]) % {"about": found.about}


def init_year_words(app: Flask) -> None:
    """Make the function known to templates."""
    app.add_template_global(fault_words, "fault_words")
