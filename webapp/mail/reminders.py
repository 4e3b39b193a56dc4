"""Reminders in words: one mail, in Swedish, to a role and never to a name."""

from datetime import date

from flask import Flask, current_app, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from surveys.languages import SWEDISH
from surveys.models.mail import ReminderKind
from surveys.queries.progress.reminders import Item, ReminderLetter, Why
from surveys.queries.progress.things_due import Thing, ThingKind
from webapp.formatters import date_month
from webapp.mail.sending import public_url
from webapp.writing import written_in

_KINDS: dict[ThingKind, LazyString] = {
    ThingKind.FOLLOW_UP: _l("Follow-up"),
    ThingKind.POINT: _l("Point of a promise"),
    ThingKind.ACTIVITY: _l("Activity"),
    ThingKind.SITUATION: _l("Picture of the situation"),
    ThingKind.PROMISE_SUMMARY: _l("Summary of the promise"),
    ThingKind.PLAN_SUMMARY: _l("Summary of the action plan"),
}
_WHY: dict[Why, LazyString] = {
    Why.NO_OWNER: _l("Nobody is named to answer for it."),
    Why.NO_ADDRESS: _l("The one who answers for it has no e-mail address."),
    Why.HAS_LEFT: _l("The one who answered for it has left. Hand it over."),
    Why.NO_ANSWER: _l("The one who answers for it was reminded and has not told anything."),
}
# The order in which a mail tells: what has waited longest first.
_ORDER = (ReminderKind.ESCALATED, ReminderKind.AFTER, ReminderKind.BEFORE)


def write_reminder(app: Flask, letter: ReminderLetter) -> tuple[str, str]:
    """Subject and text of ``letter``, in an application without a request."""
    with app.app_context(), written_in(SWEDISH):
        items = sorted(
            letter.items, key=lambda i: (_ORDER.index(i.kind), i.thing.due_on, i.thing.about)
        )
        body = render_template(
            "emails/reminder.txt",
            letter=letter,
            items=items,
            kind_of=lambda item: str(_KINDS[item.thing.kind]),
            title_of=lambda item: _title(item.thing),
            why_of=lambda item: str(_WHY[item.why]) if item.why else "",
            link_of=lambda item: _link(letter, item.thing),
            overview=_address(letter, "staff.activities"),
        )
        return _subject(items), body


def _subject(items: list[Item]) -> str:
    if len(items) == 1:
        title = _title(items[0].thing)
        if items[0].kind is ReminderKind.BEFORE:
            return _("Soon due: %(what)s", what=title)
        return _("Not done yet: %(what)s", what=title)
    late = sum(item.kind is not ReminderKind.BEFORE for item in items)
    if late:
        return ngettext("%(num)s thing is late", "%(num)s things are late", late)
    return ngettext("%(num)s thing is soon due", "%(num)s things are soon due", len(items))


def _title(thing: Thing) -> str:
    """The thing's own name; of a month's picture its month."""
    if thing.kind is ThingKind.SITUATION:
        return date_month(date.fromisoformat(f"{thing.key}-01"))
    return thing.title


def _link(letter: ReminderLetter, thing: Thing) -> str:
    """Where it is told that the thing is done."""
    if thing.kind is ThingKind.ACTIVITY:
        return _address(letter, "staff.log_activity_occasion", activity_id=int(thing.key))
    if thing.kind is ThingKind.FOLLOW_UP:
        return _address(letter, "staff.finish_planned_follow_up", follow_up_id=int(thing.key))
    if thing.kind is ThingKind.SITUATION:
        return _address(letter, "staff.pictures")
    if thing.kind is ThingKind.PLAN_SUMMARY:
        return _address(letter, "staff.plan", slug=thing.slug)
    return _address(letter, "staff.report", slug=thing.slug)


def _address(letter: ReminderLetter, endpoint: str, **values: object) -> str:
    adapter = current_app.url_map.bind("localhost")
    return public_url(adapter.build(endpoint, {"kommun": letter.municipality.slug, **values}))
