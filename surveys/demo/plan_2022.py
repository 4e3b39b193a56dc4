"""Söderhamn's joint action plan for 2022 and 2023, and the occasions that were logged on it.

The plan is real and retold. The occasions are invented for the demo.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.demo.bodies import COUNCIL_DAYS
from surveys.demo.moments import at, mondays
from surveys.demo.plan_2022_rows import COOPERATION, DRUGS, ROWS, YOUTH, Row
from surveys.drafts.occasions import OccasionDraft
from surveys.drafts.plans import (
    ActivityDraft,
    ChannelDraft,
    GroundDraft,
    PlacementDraft,
    PlanDraft,
    PriorityAreaDraft,
)
from surveys.models.body import Body
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, OccasionState, PriorityArea
from surveys.queries.municipalities.municipalities import list_named_places
from surveys.queries.pictures.pictures import get_picture_row
from surveys.schedule.weekly import public_holidays
from surveys.services.plans.activities import add_activity
from surveys.services.plans.plans import add_area, create_plan
from surveys.services.plans.publishing import publish_plan
from surveys.services.plans.readings import confirm_plan_readings
from surveys.services.progress.occasions import log_occasion

STARTS_ON, ENDS_ON = date(2022, 1, 1), date(2023, 12, 31)
WRITTEN_AT = at(date(2022, 1, 17), 10)
PUBLISHED_AT = at(date(2022, 4, 4), 9)
ROLE = "Trygghetssamordnare"
POLICE_ROLE = "Kommunpolis"
_COMMUNICATION = "Kommunikationsavdelningen"

_PLAN = PlanDraft(
    title="Lokal handlingsplan 2022–2023",
    starts_on=STARTS_ON,
    ends_on=ENDS_ON,
    authors=(POLICE_ROLE, "Trygghetssamordnare i Söderhamns kommun"),
    introduction=(
        "Planen samlar det som polisen och Söderhamns kommun gör tillsammans. Båda gör mycket mer"
        " inom områdena i sin egen verksamhet, men det står inte här. Två av områdena har en"
        " problembild; det tredje, samverkan, är ett önskemål från dialogerna 2021. Samverkan"
        " bygger på metoden EST (Effektiv samordning för trygghet), med en lägesbild varje månad"
        " utom i juli.\n\nAvstämningar om enskilda personer förekommer i samverkan men finns"
        " aldrig i det här systemet. Här räknas bara att mötet blev av.\n\nPlanen är verklig och"
        " återgiven i sammandrag."
        " Tillfällena som är inlagda på den är påhittade för demon."
    ),
    evaluation_text="Polisen och kommunen utvärderar var för sig hela planen när den har löpt ut.",
    evaluate_after=ENDS_ON,
    evaluation_owners=("Söderhamns kommun: trygghetssamordnare", "Polisen: kommunpolis"),
    methods=("EST",),
    channels=(
        ChannelDraft("Söderhamns kommuns webbplats", _COMMUNICATION),
        ChannelDraft("Söderhamns kommuns intranät", _COMMUNICATION),
        ChannelDraft("Söderhamns kommuns sociala kanaler", _COMMUNICATION),
        ChannelDraft("Lokalpolisområde Hälsinglands Facebook och Instagram", police=POLICE_ROLE),
        ChannelDraft("Polisen.se, i vissa fall", police=POLICE_ROLE),
        ChannelDraft("Pressmeddelanden och pressträffar", _COMMUNICATION, POLICE_ROLE),
        ChannelDraft(
            "Särskilt riktad intern och extern kommunikation när behov uppstår",
            _COMMUNICATION,
            POLICE_ROLE,
        ),
    ),
)

_AREAS = (
    PriorityAreaDraft(
        YOUTH,
        (
            "Upptäcka unga som riskerar att hamna snett och ge dem förutsättningar att få det bra",
            "Öka den upplevda tryggheten för ungdomar i Söderhamns kommun",
        ),
    ),
    PriorityAreaDraft(
        DRUGS,
        (
            "Minska användningen av narkotika",
            "Minska tillgängligheten till narkotika",
            "Minska antalet som dör till följd av bruk och missbruk av droger",
        ),
    ),
    PriorityAreaDraft(
        COOPERATION,
        ("Göra samverkan för trygghet starkare, bredare och mer effektiv",),
    ),
)

# Notes are public. They tell what was done and never about a person.
_JOINT_EFFORTS = (
    OccasionDraft(
        held_on=date(2022, 4, 7),
        working_days=1,
        condition_met=True,
        note="Kväll i centrum. Socialtjänsten arbetade från polisstationen.",
    ),
    OccasionDraft(
        held_on=date(2022, 10, 18),
        working_days=2,
        condition_met=True,
        note="Två dagar i rad, i centrum och i Ljusne.",
    ),
    OccasionDraft(
        held_on=date(2023, 5, 11),
        working_days=1,
        condition_met=True,
        note="I samband med skolavslutningarnas början.",
    ),
    OccasionDraft(
        held_on=date(2023, 11, 14),
        working_days=1,
        condition_met=True,
        note="Fjärde insatsen. Rapporten föredrogs för styrgruppen i december.",
    ),
)
_MISSED_MONDAYS = {
    "polis-ifo": (
        date(2022, 7, 11),
        date(2022, 7, 18),
        date(2022, 7, 25),
        date(2023, 2, 20),
    ),
    "polis-forebyggande": (date(2022, 7, 18), date(2022, 7, 25), date(2023, 7, 17)),
}
_DAYS = {
    "utbildning": ("2022-03-10", "2022-09-22", "2023-03-16", "2023-09-21"),
    "bra": COUNCIL_DAYS,
    # Three dialogues in 2022, two in 2023: the promise of at least three a year was not kept.
    "dialoger": ("2022-05-19", "2022-09-15", "2022-11-17", "2023-05-25", "2023-10-12"),
    "vandringar": ("2022-10-06", "2023-10-19"),
}
# Where some of it took place, by the name in the register.
_PLACES = {
    ("insatser", "2022-04-07"): "Rådhustorget",
    ("insatser", "2023-05-11"): "Rådhustorget",
    ("dialoger", "2022-09-15"): "Brädgården",
    ("dialoger", "2023-10-12"): "Brädgården",
    ("vandringar", "2022-10-06"): "Resecentrum",
    ("vandringar", "2023-10-19"): "Resecentrum",
}
_MONTHLY = {"beredning": 12, "lagesbild": 20, "trygg-i-centrum": 8}  # day of the month
_SUMMER_BREAK = 7  # July: eleven a year, and its absence is agreed


def add_plan(
    session: Session, municipality: Municipality, council: Body
) -> tuple[ActionPlan, dict[str, int]]:
    """The plan with all its rows, led from ``council``, published; activity ids by rows' keys."""
    picture = get_picture_row(session, municipality, "gemensam-problembild-2022")
    ground = GroundDraft(picture_id=picture.id, council_id=council.id)
    plan = create_plan(session, municipality, replace(_PLAN, ground=ground), now=WRITTEN_AT)
    areas = {
        draft.name: add_area(session, municipality, plan.slug, draft, now=WRITTEN_AT)
        for draft in _AREAS
    }
    ids = {
        row.key: add_activity(
            session, municipality, plan.slug, _activity(row, areas, council), now=WRITTEN_AT
        ).id
        for row in ROWS
    }
    confirm_plan_readings(session, municipality, plan.slug, now=WRITTEN_AT)
    approve_by_all(session, municipality, plan, now=PUBLISHED_AT)
    publish_plan(session, municipality, plan.slug, role=ROLE, now=PUBLISHED_AT)
    return plan, ids


def log_occasions(session: Session, municipality: Municipality, ids: dict[str, int]) -> int:
    """What was done in the two years; return the number of logged occasions."""
    logged = 0
    places = {place.name: place.id for place in list_named_places(session, municipality)}
    for key, role, plain in _occasions():
        where = _PLACES.get((key, plain.held_on.isoformat()))
        draft = replace(plain, place_id=places[where] if where else None)
        log_occasion(
            session,
            municipality,
            ids[key],
            draft,
            role=role,
            now=_logged_at(draft.held_on),
        )
        logged += 1
    return logged


def _activity(row: Row, areas: dict[str, PriorityArea], council: Body) -> ActivityDraft:
    return ActivityDraft(
        name=row.name,
        when_text=row.when,
        who_text=row.who,
        target=row.target,
        placements=tuple(
            PlacementDraft(
                areas[area].id, follow_up, due_on, council.id if "BRÅ" in follow_up else None
            )
            for area, follow_up, due_on in row.placements
        ),
    )


def _occasions() -> Iterator[tuple[str, str, OccasionDraft]]:
    yield from (("insatser", POLICE_ROLE, draft) for draft in _JOINT_EFFORTS)
    for key, missed in _MISSED_MONDAYS.items():
        yield from ((key, POLICE_ROLE, draft) for draft in _mondays_of(missed))
    for key, days in _DAYS.items():
        yield from ((key, ROLE, OccasionDraft(held_on=date.fromisoformat(day))) for day in days)
    for key, day_of_month in _MONTHLY.items():
        for year in (STARTS_ON.year, ENDS_ON.year):
            for month in range(1, 13):
                if month != _SUMMER_BREAK:
                    yield key, ROLE, OccasionDraft(held_on=date(year, month, day_of_month))


def _mondays_of(missed: tuple[date, ...]) -> Iterator[OccasionDraft]:
    """One meeting each Monday. Nothing is logged on a red day: nobody expects a meeting."""
    red = public_holidays(STARTS_ON.year, ENDS_ON.year)
    for day in mondays(STARTS_ON, ENDS_ON):
        if day in missed:
            yield OccasionDraft(
                held_on=day,
                state=OccasionState.MISSED,
                note="Båda parter hade förhinder.",
            )
        elif day not in red:
            yield OccasionDraft(held_on=day)


def _logged_at(held_on: date) -> datetime:
    return at(held_on + timedelta(days=1), 15)
