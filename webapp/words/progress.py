"""Words for what was done: how long an occasion took, who was there, and how often one looked."""

from flask import Flask
from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.queries.progress.occasions import Looks, OccasionView
from surveys.schedule.staleness import Freshness, Staleness
from webapp.formatters import date_long, number


def occasion_words(occasion: OccasionView) -> list[str]:
    """Its length, who took part and where, as far as somebody has said."""
    words = [_amount(occasion)] if occasion.working_days or occasion.hours else []
    if occasion.took_part:
        words.append(occasion.took_part)
    if occasion.n_took_part:
        words.append(
            ngettext(
                "%(n)s took part",
                "%(n)s took part",
                occasion.n_took_part,
                n=number(occasion.n_took_part),
            )
        )
    if occasion.place:
        words.append(occasion.place)
    return words


def looks_words(looks: Looks) -> str:
    """Senast prövad 3 maj 2023, behövdes inte. Prövad 4 gånger."""
    if looks.last_on is None:
        return _("Nobody has told yet whether it was needed.")
    last = _("Last looked at on %(date)s, not needed then.", date=date_long(looks.last_on))
    times = ngettext("Looked at %(num)s time.", "Looked at %(num)s times.", looks.n)
    return f"{last} {times}"


def stale_words(stale: Staleness) -> str:
    """How long nothing has been said. Beside the status, and never instead of it."""
    if stale.days is None:
        return _("Nothing has been told since it began.")
    if stale.freshness is Freshness.SILENT:
        return ngettext(
            "Silent: nothing has been told for %(num)s day.",
            "Silent: nothing has been told for %(num)s days.",
            stale.days,
        )
    return ngettext(
        "Nothing has been told for %(num)s day.",
        "Nothing has been told for %(num)s days.",
        stale.days,
    )


def _amount(occasion: OccasionView) -> str:
    parts = []
    if occasion.working_days:
        parts.append(_("working days: %(n)s", n=_plain(occasion.working_days)))
    if occasion.hours:
        parts.append(_("hours: %(n)s", n=_plain(occasion.hours)))
    return ", ".join(parts)


def _plain(value: float) -> str:
    return number(value, 0 if value == int(value) else 1)


def init_progress_words(app: Flask) -> None:
    """Make the functions known to templates."""
    app.add_template_global(occasion_words, "occasion_words")
    app.add_template_global(looks_words, "looks_words")
    app.add_template_global(stale_words, "stale_words")
