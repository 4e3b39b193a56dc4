"""The public calendar as iCalendar (RFC 5545), with Swedish time and names that never change."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from flask import Response, current_app, request, url_for
from flask_babel import gettext as _
from icalendar import Calendar, Event, Timezone, vRecur

from surveys.days import SWEDEN
from surveys.models.municipality import Municipality
from surveys.queries.readers.calendar_entries import CalendarEntry, CalendarKind
from surveys.text.typed import clean_text
from webapp.mail.sending import whole_address
from webapp.writing import text_language

MIMETYPE = "text/calendar"
ASKED_AGAIN = timedelta(hours=12)
# The rules that hold in the whole Union since 1996, which is longer than any date here.
STOCKHOLM = """BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19960331T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
END:VTIMEZONE
"""
_PAGES = {
    CalendarKind.DIALOGUE_OPENS: "survey.form",
    CalendarKind.LAST_DAY_TO_ANSWER: "survey.form",
    CalendarKind.FOLLOW_UP: "public.plan",
    CalendarKind.PROMISE_BEGINS: "public.promise",
    CalendarKind.PROMISE_ENDS: "public.promise",
    CalendarKind.PROMISE_FOLLOW_UP: "public.promise",
}


def entry_title(entry: CalendarEntry) -> str:
    """What happens on the day, in one line."""
    words: dict[CalendarKind, Callable[[], str]] = {
        CalendarKind.DIALOGUE_OPENS: lambda: _("The questions open: %(title)s", title=entry.title),
        CalendarKind.LAST_DAY_TO_ANSWER: lambda: _(
            "Last day to answer: %(title)s", title=entry.title
        ),
        CalendarKind.FOLLOW_UP: lambda: _("Follow-up: %(title)s", title=entry.title),
        CalendarKind.PROMISE_FOLLOW_UP: lambda: _(
            "The promise is to be followed up: %(title)s", title=entry.title
        ),
        CalendarKind.SUMMARY_DUE: lambda: _("Written summary due: %(title)s", title=entry.title),
        CalendarKind.PROMISE_BEGINS: lambda: _("The promise begins: %(title)s", title=entry.title),
        CalendarKind.PROMISE_ENDS: lambda: _("The promise ends: %(title)s", title=entry.title),
        CalendarKind.PLAN_EVALUATION: lambda: _(
            "The plan is to be evaluated: %(title)s", title=entry.title
        ),
        CalendarKind.MEETING: lambda: _("Meeting: %(title)s", title=entry.title),
        CalendarKind.PICTURE_DUE: lambda: _("New picture of the situation due"),
    }
    return words.get(entry.kind, lambda: entry.title)()


def calendar_response(municipality: Municipality, entries: Sequence[CalendarEntry]) -> Response:
    """The whole calendar; unchanged, it is not sent again."""
    response = Response(_write(municipality, entries), mimetype=MIMETYPE)
    response.headers["Content-Disposition"] = f"inline; filename={municipality.slug}.ics"
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.add_etag()
    response.make_conditional(request)
    return response


def _write(municipality: Municipality, entries: Sequence[CalendarEntry]) -> bytes:
    name = _("Trygghet in %(name)s", name=municipality.name)
    calendar = Calendar()
    calendar.add("prodid", f"-//Trygghetsdialog//{municipality.slug}//SV")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):  # RFC 7986's, and what older programs read
        calendar.add(key, name)
    calendar.add("x-wr-timezone", "Europe/Stockholm")
    calendar.add("refresh-interval", ASKED_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    calendar.add("url", whole_address(url_for("public.promises")))
    calendar.add_component(Timezone.from_ical(STOCKHOLM))
    for entry in entries:
        calendar.add_component(_event(municipality, entry))
    return bytes(calendar.to_ical())


def _event(municipality: Municipality, entry: CalendarEntry) -> Event:
    event = Event()
    event.add("uid", f"{municipality.code}-{entry.key}@{_host()}")
    event.add("dtstamp", entry.stamp.astimezone(UTC))
    starts = entry.starts
    event.add("dtstart", starts.astimezone(SWEDEN) if isinstance(starts, datetime) else starts)
    event.add("summary", clean_text(entry_title(entry)), {"LANGUAGE": text_language().code})
    if entry.place:
        event.add("location", clean_text(entry.place))
    if entry.rule:
        event.add("rrule", _rule(entry, entry.rule))
        if entry.excluded:
            event.add("exdate", [_at(day, starts) for day in entry.excluded])
    page = _PAGES.get(entry.kind)
    if page and entry.slug:
        event.add("url", whole_address(url_for(page, slug=entry.slug)))
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    event.add("class", "PUBLIC")
    return event


def _rule(entry: CalendarEntry, written: str) -> vRecur:
    """The rule with its end: a day for days, and in UTC for times (RFC 5545, 3.3.10)."""
    rule = vRecur.from_ical(written)
    if entry.until is not None:
        end = datetime.combine(entry.until, time(23, 59, 59), tzinfo=SWEDEN).astimezone(UTC)
        rule["UNTIL"] = [end if isinstance(entry.starts, datetime) else entry.until]
    return rule


def _at(day: date, starts: date | datetime) -> date | datetime:
    if isinstance(starts, datetime):
        return datetime.combine(day, starts.astimezone(SWEDEN).time(), tzinfo=SWEDEN)
    return day


def _host() -> str:
    told = urlsplit(current_app.extensions["public_url"]).hostname
    return told or urlsplit(request.host_url).hostname or "localhost"
