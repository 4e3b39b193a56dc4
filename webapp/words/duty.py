"""Words for what somebody answers for, on the staff's pages and in reminders."""

from datetime import date

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from surveys.queries.progress.due import Due
from surveys.queries.progress.owners import DutyKind
from webapp.formatters import date_long

_KINDS: dict[DutyKind, LazyString] = {
    DutyKind.ACTIVITY: _l("Activity"),
    DutyKind.FOLLOW_UP: _l("Follow-up"),
    DutyKind.POINT: _l("Point of a promise"),
}


def duty_words(kind: DutyKind) -> str:
    """What kind of thing it is."""
    return str(_KINDS[kind])


def due_words(due: Due, today: date) -> str:
    """When the next occasion is due, or for how long it has been."""
    days = (due.on - today).days
    if days == 0:
        return _("Due today")
    if days > 0:
        return _("Next by %(date)s", date=date_long(due.on))
    return ngettext(
        "Due since %(date)s, %(num)s day ago",
        "Due since %(date)s, %(num)s days ago",
        -days,
        date=date_long(due.on),
    )


def init_duty_words(app: Flask) -> None:
    """Make the function known to templates."""
    app.add_template_global(duty_words, "duty_words")
    app.add_template_global(due_words, "due_words")
