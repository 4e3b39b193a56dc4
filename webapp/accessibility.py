"""What is known about how accessible this version is. Assess again at every release.

The statement page shows it word for word, so nothing may stand here that has not been done.
"""

from dataclasses import dataclass
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """Content that does not meet the requirements: what, and why or what helps meanwhile."""

    what: LazyString
    why: LazyString


@dataclass(frozen=True, slots=True)
class ProductAssessment:
    """The parts of the statement that belong to the product and not to the municipality."""

    assessed_on: date
    updated_on: date
    shortcomings: tuple[Shortcoming, ...]


ACCESSIBILITY = ProductAssessment(
    assessed_on=date(2026, 11, 20),
    updated_on=date(2026, 11, 20),
    shortcomings=(
        Shortcoming(
            _l("Nobody outside the project has tested the service."),
            _l(
                "We have not tested with screen readers, voice control or switches on real devices,"
                " nor together with people who use them. There may be faults that we do not know."
            ),
        ),
        Shortcoming(
            _l("The map where you place a pin is hard to use without seeing it."),
            _l(
                "You can choose a place in a list or describe it in your own words instead. All"
                " three ways count the same."
            ),
        ),
    ),
)
