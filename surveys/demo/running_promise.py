"""A promise of Söderhamn that runs on the day of the set-up. All of it is invented."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.demo.approving import approve_by_all
from surveys.demo.moments import at, first_of_month
from surveys.demo.owners import owner_of
from surveys.demo.plan_2022 import POLICE_ROLE, ROLE
from surveys.drafts.occasions import OccasionDraft
from surveys.drafts.promises import (
    PartyDraft,
    PointDraft,
    ProgressDraft,
    PromiseDraft,
    Publication,
    SignatoryDraft,
    SignatureDraft,
    TargetDraft,
)
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.plan import OccasionState, TargetPeriod
from surveys.models.promise import PointMeasure, Promise
from surveys.services.progress.occasions import log_occasion
from surveys.services.progress.progress import report_progress
from surveys.services.promises.points import add_point
from surveys.services.promises.promises import choose_claims, create_promise
from surveys.services.promises.publishing import publish_promise
from surveys.services.promises.signatures import SignatoryAddress, add_signatory, sign_promise

BEGAN_MONTHS_AGO = 9
LASTS_MONTHS = 24
WALKS, FOOT_PATROLS, LIGHT, PARENTS = 1, 2, 3, 4
# The weeks, counted from the start, in which the police did not come: told as they are.
_MISSED_WEEKS = frozenset({7, 19, 20})
_OWNERS = {
    WALKS: (ROLE, Party.MUNICIPALITY),
    FOOT_PATROLS: (POLICE_ROLE, Party.POLICE),
    LIGHT: ("Gata och park", Party.MUNICIPALITY),
    PARENTS: (ROLE, Party.MUNICIPALITY),
}
_GATE_REASON = "Föräldramötena bygger på vad skolorna berättar. Det finns inte som underlag här."


def add_running_promise(
    session: Session, municipality: Municipality, claims: frozenset[int], now: datetime
) -> Promise:
    """The promise, signed and published, with what has been done until ``now``."""
    today = swedish_day(now)
    starts_on = first_of_month(today, -BEGAN_MONTHS_AGO)
    ends_on = first_of_month(starts_on, LASTS_MONTHS) - timedelta(days=1)
    written_at = at(starts_on - timedelta(days=40), 10)
    promise = create_promise(
        session,
        municipality,
        _draft(starts_on, ends_on),
        (PartyDraft(municipality.id),),
        municipality.police_areas[0],
        now=written_at,
    )
    choose_claims(session, municipality, promise.slug, claims)
    for number, draft in enumerate(_points(starts_on), start=1):
        complete = replace(
            draft,
            owner_id=owner_of(session, municipality, *_OWNERS[number], written_at),
            claim_ids=frozenset() if number == PARENTS else claims,
        )
        add_point(session, municipality, promise.slug, complete, now=written_at)
    _sign(session, municipality, promise, starts_on)
    published_at = at(starts_on - timedelta(days=20), 9)
    approve_by_all(session, municipality, promise, now=published_at)
    publication = Publication(promise.revision, gate_reason=_GATE_REASON)
    publish_promise(session, municipality, promise.slug, publication, role=ROLE, now=published_at)
    _log(session, municipality, promise, today)
    _report(session, municipality, promise, now)
    return promise


def _draft(starts_on: date, ends_on: date) -> PromiseDraft:
    years = f"{starts_on.year}–{ends_on.year}"
    return PromiseDraft(
        title="Tryggare kring Resecentrum och i centrum",
        label=f"Medborgarlöfte {years}",
        said=(
            "Många pekar ut Resecentrum och vägen därifrån till centrum. Mörkret nämns ofta, och"
            " att det är tomt på vuxna när sista tåget kommer."
        ),
        said_ground="Svar i dialogen och rapporter till lägesbildsgruppen. Påhittat för demon.",
        pledge=(
            "Polisen och Söderhamns kommun ska synas mer kring Resecentrum, göra vägen därifrån"
            " ljusare och möta föräldrar i god tid.\n\nHela det här löftet är påhittat för demon."
        ),
        follow_up_text="Följs upp varje halvår i styrgruppen för BRÅ och här på sidan.",
        starts_on=starts_on,
        ends_on=ends_on,
    )


def _points(starts_on: date) -> tuple[PointDraft, ...]:
    return (
        PointDraft(
            title="Trygghetsvandringar",
            text="Minst sex trygghetsvandringar kring Resecentrum och i centrum.",
            responsible=Party.BOTH,
            third_parties="Fastighetsägare och föreningar",
            measure=PointMeasure.COUNT,
            target=TargetDraft(count=6, per=TargetPeriod.PERIOD),
            words="minst sex trygghetsvandringar",
            unit="trygghetsvandringar",
            condition="Polis, kommun och någon som äger marken är med.",
        ),
        PointDraft(
            title="Polis till fots",
            text=(
                "Polisen går till fots vid Resecentrum minst en gång i veckan, utöver det vanliga"
                " arbetet."
            ),
            responsible=Party.POLICE,
            measure=PointMeasure.COUNT,
            target=TargetDraft(count=1, per=TargetPeriod.WEEK),
            words="minst en gång i veckan",
            baseline="Utöver det vanliga arbetet",
            place_text="Resecentrum",
            unit="pass till fots",
        ),
        PointDraft(
            title="Ljus på gångvägen",
            text="Kommunen byter belysningen på gångvägen mellan Resecentrum och centrum.",
            responsible=Party.MUNICIPALITY,
            measure=PointMeasure.DONE,
            due_on=first_of_month(starts_on, 15),
        ),
        PointDraft(
            title="Föräldramöten",
            text="Minst två möten per halvår med föräldrar om unga och narkotika.",
            responsible=Party.BOTH,
            third_parties="Skola och hälsocentral",
            measure=PointMeasure.COUNT,
            target=TargetDraft(count=2, per=TargetPeriod.HALF_YEAR),
            words="minst två gånger per halvår",
            unit="föräldramöten",
        ),
    )


def _sign(session: Session, municipality: Municipality, promise: Promise, starts_on: date) -> None:
    signed_on = starts_on - timedelta(days=25)
    for draft in (
        SignatoryDraft("Lokalpolisområdeschef", None),
        SignatoryDraft("Kommunstyrelsens ordförande", municipality.id),
    ):
        signatory = add_signatory(session, municipality, promise.slug, draft)
        sign_promise(
            session,
            municipality,
            SignatoryAddress(promise.slug, signatory.id),
            SignatureDraft("Söderhamn", signed_on),
            role=ROLE,
            today=signed_on,
        )


def _log(session: Session, municipality: Municipality, promise: Promise, today: date) -> None:
    counted = {point.position: point.activities for point in promise.points}
    for number, draft in _occasions(promise.starts_on or today, today):
        log_occasion(
            session,
            municipality,
            counted[number][0].id,
            draft,
            role=POLICE_ROLE if number == FOOT_PATROLS else ROLE,
            now=at(draft.held_on, 20),
        )


def _occasions(starts_on: date, today: date) -> list[tuple[int, OccasionDraft]]:
    yesterday = today - timedelta(days=1)
    walks = [
        OccasionDraft(
            held_on=starts_on + timedelta(days=days),
            condition_met=True,
            note=note,
        )
        for days, note in (
            (40, "Från Resecentrum till Rådhustorget. 14 personer gick med."),
            (125, "Kring Köpmangatan på kvällen. Tre lampor felanmäldes på plats."),
            (230, "Resecentrum och gångtunneln, tillsammans med en förening."),
        )
    ]
    parents = [OccasionDraft(held_on=starts_on + timedelta(days=days)) for days in (60, 130, 225)]
    patrols = [
        OccasionDraft(
            held_on=starts_on + timedelta(weeks=week, days=(3, 4, 5)[week % 3]),
            state=OccasionState.MISSED if week in _MISSED_WEEKS else OccasionState.HELD,
            note="Andra uppdrag gick före den veckan." if week in _MISSED_WEEKS else None,
        )
        for week in range((yesterday - starts_on).days // 7)
    ]
    found = [
        *((WALKS, draft) for draft in walks),
        *((FOOT_PATROLS, draft) for draft in patrols),
        *((PARENTS, draft) for draft in parents),
    ]
    return [(number, draft) for number, draft in found if draft.held_on <= yesterday]


def _report(session: Session, municipality: Municipality, promise: Promise, now: datetime) -> None:
    points = {point.position: point.id for point in promise.points}
    today = swedish_day(now)
    reports = (
        (60, LIGHT, Party.MUNICIPALITY, ROLE, "Belysningen är projekterad. Arbetet är upphandlat."),
        (
            150,
            FOOT_PATROLS,
            Party.POLICE,
            POLICE_ROLE,
            "Tre veckor har fallit bort på grund av andra uppdrag. Vi planerar om så att det inte"
            " händer igen.",
        ),
        (235, LIGHT, Party.MUNICIPALITY, ROLE, "Halva sträckan har nya lampor."),
    )
    for days_after, number, party, role, text in reports:
        day = min((promise.starts_on or today) + timedelta(days=days_after), today)
        draft = ProgressDraft(text=text, dated_on=day, party=party, point_id=points[number])
        report_progress(
            session, municipality, promise.slug, draft, role=role, now=min(at(day, 16), now)
        )
