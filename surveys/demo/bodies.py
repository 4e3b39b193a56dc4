"""Söderhamn's bodies, as the plan 2022–2023 and the problem picture name them (D26, D27, D109).

The council's days are invented, as are those to come.
"""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from surveys.demo.moments import at
from surveys.drafts.bodies import BodyDraft, MeetingDraft
from surveys.models.body import Body, BodyKind
from surveys.models.municipality import Municipality
from surveys.services.municipalities.bodies import add_meetings, create_body

WRITTEN_AT = at(date(2022, 1, 10), 9)
COUNCIL = "Lokalt BRÅ, styrgrupp"
COUNCIL_DAYS = (
    *("2022-02-07", "2022-04-25", "2022-06-13", "2022-10-24", "2022-12-05"),
    *("2023-02-06", "2023-04-24", "2023-06-12", "2023-10-23", "2023-12-04"),
)
_COMING_WEEKS = (4, 12, 22)  # from the week of the set-up
_PREPARERS = ("Trygghetssamordnare", "Kommunpolis")
_GROUPS = (
    BodyDraft(
        name="Beredningsgruppen för BRÅ",
        kind=BodyKind.PREPARATORY,
        led_by="Trygghetssamordnare",
        members=_PREPARERS,
        meets_text="11 ggr/år",
    ),
    BodyDraft(
        name="Lägesbildsgruppen",
        kind=BodyKind.SITUATION,
        led_by="Trygghetssamordnare",
        members=("Polisen", "Söderhamns kommun", "Civilsamhället"),
        meets_text="11 ggr/år",
        task="Sätter ihop den gemensamma lägesbilden varje månad, med uppehåll i juli.",
    ),
    BodyDraft(
        name="Arbetsgrupp Trygg i centrum",
        kind=BodyKind.WORKING,
        led_by="Drogsamordnare",
        meets_text="1 ggr/månad",
    ),
)
# Those who contribute to the monthly picture: an open list (D26).
_CONTRIBUTORS = (
    "Handel Söderhamn", "RF SISU", "Rädda Barnen", "Trossamfund", "Hyresgästföreningen",
    "Fastighetsbolag", "Samhällsbyggnadsenheten", "Förskolan", "Grundskolan", "Gymnasiet",
    "Stadsbiblioteket", "Fritidsverksamheten", "Förebyggande enheten", "Kommunikationsenheten",
    "Säkerhetsenheten", "Centrumvärdarna", "Kollektivtrafiken",
)  # fmt: skip


def add_bodies(session: Session, municipality: Municipality) -> Body:
    """Keep the bodies with the council's meetings of 2022 and 2023; return the council."""
    council = create_body(
        session,
        municipality,
        BodyDraft(
            name=COUNCIL,
            kind=BodyKind.COUNCIL,
            led_by="Kommunstyrelsens ordförande",
            members=("Kommunstyrelsens ordförande", "Lokalpolisområdeschef", *_PREPARERS),
            meets_text="5 ggr/år",
            task="Leder det gemensamma arbetet och tar emot rapporterna om det.",
        ),
        now=WRITTEN_AT,
    )
    days = (MeetingDraft(date.fromisoformat(day)) for day in COUNCIL_DAYS)
    add_meetings(session, municipality, council.id, days)
    for draft in _GROUPS:
        create_body(session, municipality, draft, now=WRITTEN_AT)
    for name in _CONTRIBUTORS:
        contributor = BodyDraft(name=name, kind=BodyKind.CONTRIBUTOR, is_public=False)
        create_body(session, municipality, contributor, now=WRITTEN_AT)
    return council


def add_coming_meetings(
    session: Session, municipality: Municipality, council: Body, today: date
) -> None:
    """The council's next days, all of them Mondays, which anybody may know."""
    monday = today - timedelta(days=today.weekday())
    days = (MeetingDraft(monday + timedelta(weeks=n), is_public=True) for n in _COMING_WEEKS)
    add_meetings(session, municipality, council.id, days)
