"""What the check of the documents says: what is found, and what to do. Staff only."""

from datetime import date

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.queries.consistency.findings import Finding, PlaceKind, Severity, Spot
from surveys.schedule.pace import Status
from webapp.words.counter import tally_words

_FINDINGS: dict[str, tuple[LazyString, LazyString]] = {
    "follow_ups_differ": (
        _l("The same activity is to be followed up on two days: %(first)s and %(second)s."),
        _l("Find out which day holds and change the other, or say why both do."),
    ),
    "activity_twice": (
        _l("The same activity stands in two rows and would be counted twice."),
        _l("Keep one, and let it stand under each of the areas."),
    ),
    "activity_without_area": (
        _l("The activity stands under no area."),
        _l("Choose at least one area for it."),
    ),
    "year_outside": (
        _l("The year %(year)s lies outside the document's own period."),
        _l("See whether the text was copied from an earlier document, and change the year."),
    ),
    "doubled_number": (
        _l("The number is written twice: “%(words)s”."),
        _l("Keep the one, or write the figure in brackets: “två (2)”."),
    ),
    "numbers_disagree": (
        _l("The number is written in two ways that disagree: “%(words)s”."),
        _l("Find out which holds, and write it once."),
    ),
    "blames_harmed": (
        _l("“%(words)s” puts the blame on whoever was harmed."),
        _l("Tell what the offender does and where one gets help: “whoever is cheated”."),
    ),
    "mixed_script": (
        _l("“%(word)s” holds letters of another script: %(letters)s. No search finds it."),
        _l("Write the word anew with ordinary letters: “%(proposed)s”."),
    ),
    "day_outside": (
        _l("The day %(day)s does not fit the document's period."),
        _l("Check the year, or change the period."),
    ),
    "agreement_ends_before": (
        _l("The agreement ends %(day)s, before what rests on it."),
        _l("Renew the agreement, or choose another one."),
    ),
    "signs_twice": (
        _l("The role signs twice for the same party: %(role)s."),
        _l("Take one of them away. An acting chief and the chief are one role."),
    ),
    "owner_left": (
        _l("The owner left %(day)s, and this is still theirs."),
        _l("Hand it over to somebody else."),
    ),
    "follow_up_missing": (
        _l("The plan does not say how the activity is followed up here."),
        _l("Ask the parties, and write what they say. Nothing is made up."),
    ),
    "owner_missing": (
        _l("Nobody is said to carry the activity out."),
        _l("Write who does it."),
    ),
    "point_without_day": (
        _l("The point is to be done, but not by any day."),
        _l("Write the last day."),
    ),
    "promised_not_counted": (
        _l("The activity says that it comes of a promise, but no promise counts it."),
        _l("Choose it in the point of the promise, so that both count the same occasions."),
    ),
    "unsigned_end": (
        _l("The promise holds for %(months)s months from its signing, and has no last day yet."),
        _l("Record the signatures. Waiting: %(who)s."),
    ),
    "end_missing": (_l("The promise has no period."), _l("Write its first and last day.")),
    "periods_overlap": (
        _l("Two documents hold on the same days."),
        _l("Change one of the periods, or see that nothing is counted twice."),
    ),
    "evidence_old": (
        _l("The evidence is from %(day)s, more than %(months)s months ago."),
        _l("Look for a newer figure, or say why the old one still holds."),
    ),
    "no_provenance": (
        _l("The promise does not say what it builds on: no picture, and no dialogue."),
        _l("Choose sentences of a problem picture, or write how people were asked."),
    ),
    "area_without_ground": (
        _l("“%(area)s” is promised, but is not among the areas that were chosen."),
        _l("Choose what it builds on, or say why it is promised all the same."),
    ),
    "agreement_lacks": (
        _l("The agreement does not say its purpose or its areas (2023:196, 9 §)."),
        _l("Write in what the signed agreement says."),
    ),
    "misspelt_heading": (
        _l("“%(word)s” stands in a heading only. Elsewhere it says “%(near)s”."),
        _l("See whether it is a slip."),
    ),
    "two_targets": (
        _l("Two targets on the same count. They can come out differently, and each is told."),
        _l("Nothing to do, as long as both documents mean it."),
    ),
    "red_days": (
        _l("%(red)s of %(days)s meetings fall on red days and count as agreed away: %(dates)s."),
        _l("Nothing to do. They are not missed."),
    ),
}
_SEVERITIES: dict[Severity, LazyString] = {
    Severity.FAULT: _l("To be put right"),
    Severity.GAP: _l("To be looked at"),
    Severity.FINE: _l("As it should be"),
}
_KINDS: dict[PlaceKind, LazyString] = {
    PlaceKind.PLAN: _l("Action plan"),
    PlaceKind.ACTIVITY: _l("Activity"),
    PlaceKind.PROMISE: _l("Promise"),
    PlaceKind.POINT: _l("Point of a promise"),
    PlaceKind.PICTURE: _l("Problem picture"),
    PlaceKind.EVIDENCE: _l("Evidence"),
    PlaceKind.AGREEMENT: _l("Agreement"),
    PlaceKind.OWNER: _l("Owner"),
    PlaceKind.IMPORT: _l("Plan being read in"),
}
_MET = {Status.DONE, Status.ON_TRACK, Status.AHEAD}


def finding_words(finding: Finding) -> str:
    """What is found, as a sentence."""
    return str(_FINDINGS[finding.rule][0]) % dict(finding.values)


def finding_advice(finding: Finding) -> str:
    """What to do about it."""
    return str(_FINDINGS[finding.rule][1]) % dict(finding.values)


def severity_words(severity: Severity) -> str:
    """How much it asks for."""
    return str(_SEVERITIES[severity])


def spot_kind(spot: Spot) -> str:
    """What kind of thing the place is."""
    return str(_KINDS[spot.kind])


def is_met(spot: Spot) -> bool | None:
    """Whether the place's target is met so far; None where it has none."""
    return spot.counter.status in _MET if spot.counter and spot.counter.target else None


def spot_count(spot: Spot, today: date) -> str:
    """How the place's target stands: "4 av 4 under 2022–2023: nås"."""
    if spot.counter is None:
        return ""
    count, met = tally_words(spot.counter, today), is_met(spot)
    if met is None:
        return count
    return _("%(count)s: met", count=count) if met else _("%(count)s: not met", count=count)


def spot_href(spot: Spot) -> str:
    """Where the place is looked at and changed."""
    if spot.kind is PlaceKind.ACTIVITY and spot.slug:
        return url_for("staff.edit_plan_activity", slug=spot.slug, activity_id=spot.id)
    with_slug = {
        PlaceKind.PLAN: "staff.plan",
        PlaceKind.PROMISE: "staff.promise",
        PlaceKind.POINT: "staff.promise",
        PlaceKind.PICTURE: "staff.picture",
    }
    if spot.kind in with_slug:
        return url_for(with_slug[spot.kind], slug=spot.slug)
    if spot.kind is PlaceKind.AGREEMENT:
        return url_for("staff.edit_agreement_words", agreement_id=spot.id)
    if spot.kind is PlaceKind.EVIDENCE:
        return url_for("staff.evidence", evidence_id=spot.id)
    return url_for("staff.owners" if spot.kind is PlaceKind.OWNER else "staff.plans")


def init_consistency_words(app: Flask) -> None:
    """Make the words available in templates."""
    words = (finding_words, finding_advice, severity_words, spot_kind, spot_count, spot_href)
    for function in words:
        app.add_template_global(function, function.__name__)
