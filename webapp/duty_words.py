"""Words for what somebody answers for, on the staff's pages and in reminders."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.queries.owners import DutyKind

_KINDS: dict[DutyKind, LazyString] = {
    DutyKind.ACTIVITY: _l("Activity"),
    DutyKind.FOLLOW_UP: _l("Follow-up"),
    DutyKind.POINT: _l("Point of a promise"),
}


def duty_words(kind: DutyKind) -> str:
    """What kind of thing it is."""
    return str(_KINDS[kind])


def init_duty_words(app: Flask) -> None:
    """Make the function known to templates."""
    app.add_template_global(duty_words, "duty_words")
