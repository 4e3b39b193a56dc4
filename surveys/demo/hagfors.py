"""Hagfors: a promise that nobody has signed, so that its two years have not begun.

The promise is real and retold (its document bears no date). It rests on a survey of 2015–2016, on a
survey of pupils that sees no problem where those who meet the young see one, on the national survey
at the level of the police area, and on the municipality's own survey every other year.
"""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.demo.moments import at
from surveys.demo.pictures import Said, Subject, write_subjects
from surveys.demo.plan_2022 import ROLE
from surveys.demo.signed_promises import add_points, publish_as_it_is
from surveys.demo.sources_2019_hagfors import (
    ELSA,
    INFLOW,
    N_ANSWERED,
    NATIONAL,
    NTU,
    OWN,
    SOURCES,
    SURVEY,
)
from surveys.drafts.pictures import PictureDraft
from surveys.drafts.promises import PartyDraft, PointDraft, PromiseDraft, SignatoryDraft
from surveys.models.dialogue import Dialogue, HeadCountKind
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import PictureKind
from surveys.models.promise import PointMeasure, Promise
from surveys.services.dialogues.standard_questions import standard_questions
from surveys.services.evidence.evidence import freeze_source
from surveys.services.pictures.pictures import create_picture, publish_picture
from surveys.services.promises.promises import choose_claims, create_promise
from surveys.services.promises.signatures import add_signatory

# The document has no date. It names a survey of 2018 as the latest: it is told as of 2019.
WRITTEN_AT = at(date(2019, 9, 2), 10)
PUBLISHED_AT = at(date(2019, 10, 1), 9)
MONTHS = 24
_SAFETY, _TRAFFIC, _DRUGS = "Tryggheten", "Trafikmiljön", "Alkohol och droger"

_GROUND = "löftet"
_SUBJECTS = (
    Subject(
        _TRAFFIC,
        "Trafiken är ett av de två områden som de svarande helst ser att man arbetar med.",
        (
            Said(
                "Trafik är det som många vill att polisen och kommunen arbetar med.",
                supporting=(SURVEY, INFLOW),
                promise=_GROUND,
            ),
        ),
    ),
    Subject(
        "Alkohol och droger bland unga",
        "Källorna säger olika saker, och båda står kvar här.",
        (
            Said(
                "Alkohol och droger bland unga behöver fortsatt arbete.",
                supporting=(SURVEY, INFLOW),
                disagreeing=(ELSA,),
                judged_by="Verksamheter som möter unga",
                promise=_GROUND,
            ),
        ),
    ),
    Subject(
        _SAFETY,
        "De flesta känner sig trygga. Synen på brott i landet är en annan fråga.",
        (
            Said(
                "Invånarna känner sig ganska trygga, och tryggheten har ökat.",
                supporting=(NTU, OWN),
                promise=_GROUND,
            ),
            Said("Fler än på andra håll tror att brotten ökar i landet.", supporting=(NATIONAL,)),
        ),
    ),
)

_PROMISE = PromiseDraft(
    title="Behålla tryggheten, tryggare trafik och färre droger bland unga",
    label="Medborgarlöfte",
    said=(
        "Trafik samt alkohol och droger är det som invånarna helst ser att polisen och kommunen"
        " arbetar med."
    ),
    said_ground=(
        "Polisens webbenkät 2015–2016 med 325 svar. Ingen ny har gjorts, men det som kommer in till"
        " kommunen och polisen handlar om samma sak."
    ),
    pledge=(
        "Polisen och Hagfors kommun lovar att tillsammans fortsätta arbeta för att tryggheten ska"
        " finnas kvar, för en tryggare trafikmiljö och för att färre unga använder droger.\n\n"
        "Löftet är verkligt och återgivet i sammandrag."
    ),
    follow_up_text=(
        "Trygghetsrådet följer upp löftet varje år. Antalet genomförda aktiviteter redovisas i"
        " genomförandeplanen för ANDT och brottsförebyggande arbete. ELSA-undersökningen följs"
        " också."
    ),
    months_from_signing=MONTHS,
    report_to=("Trygghetsrådet",),
)


def _point(
    area: str,
    title: str,
    text: str,
    responsible: Party,
    third: str | None = None,
    **more: Any,
) -> PointDraft:
    return PointDraft(
        title=title,
        text=text,
        area=area,
        responsible=responsible,
        third_parties=third,
        measure=PointMeasure.NONE,
        **more,
    )


POINTS = (
    _point(
        _SAFETY,
        "Patrullering på publika platser",
        "Polisen patrullerar på platser där många rör sig, för att skapa trygghet.",
        Party.POLICE,
        place_text="Publika platser",
    ),
    _point(
        _SAFETY,
        "Trygghetsfrågor i Trygghetsrådet",
        "Trygghetsfrågor tas upp regelbundet i Trygghetsrådet.",
        Party.BOTH,
    ),
    _point(
        _SAFETY,
        "Samverkan med näringsliv och bostadsbolag",
        "Polisen, näringslivet och bostadsbolaget samverkar.",
        Party.BOTH,
        third="Näringslivet och bostadsbolaget",
    ),
    _point(
        _TRAFFIC,
        "Trafikkontroller",
        "Polisen kontrollerar beteende, hastighet i tätorter och alkohol och droger under året,"
        " både som riktade insatser och i det vanliga arbetet. Båda räknas.",
        Party.POLICE,
    ),
    _point(
        _TRAFFIC,
        "Se över trafikmiljöerna",
        "Kommunen ser över trafikmiljöerna och förbättrar dem där det behövs.",
        Party.MUNICIPALITY,
        condition="Förbättringar görs i förekommande fall.",
    ),
    _point(
        _TRAFFIC,
        "Tekniska avdelningen och polisen",
        "Tekniska avdelningen och polisen samverkar om trafikmiljön.",
        Party.BOTH,
        condition="Då det är befogat.",
    ),
    _point(
        _DRUGS,
        "Skola, socialtjänst och polis",
        "Skolan, socialtjänsten och polisen har regelbunden kontakt för att tidigt se unga som är"
        " på väg in i kriminalitet och droger.",
        Party.BOTH,
        methods=("SSP",),
    ),
    _point(
        _DRUGS,
        "Tidig upptäckt",
        "Skolan och socialtjänsten stärker tillsammans arbetet med tidig upptäckt och"
        " förebyggande insatser.",
        Party.MUNICIPALITY,
    ),
    _point(
        _DRUGS,
        "Unga i riskzonen",
        "Kommunen och polisen arbetar aktivt med unga som riskerar att hamna i missbruk.",
        Party.BOTH,
    ),
)


# Heading of the points -> how the sentences begin that they rest on.
_GROUNDS = {
    _SAFETY: ("Invånarna känner sig",),
    _TRAFFIC: ("Trafik är det",),
    _DRUGS: ("Alkohol och droger bland unga",),
}


def add_survey(session: Session, municipality: Municipality) -> Dialogue:
    """The web survey over the turn of the year, with its number and no answers (D15, D16)."""
    dialogue = Dialogue(
        municipality_id=municipality.id,
        slug="enkat-2015-2016",
        title="Polisens medborgarundersökning 2015–2016",
        opens_at=at(date(2015, 12, 19), 0),
        closes_at=at(date(2016, 3, 16), 23, 59),
        head_count=N_ANSWERED,
        head_count_kind=HeadCountKind.COUNTED,
        head_count_note=(
            "325 svarade på polisens webbenkät. Frågorna är inte återgivna i löftet; här står"
            " standardfrågorna och inga svar är inlagda."
        ),
        municipalities=[municipality],
        questions=standard_questions(municipality),
    )
    session.add(dialogue)
    session.flush()
    return dialogue


def add_promise(session: Session, municipality: Municipality) -> Promise:
    """The promise with its ground, published and unsigned: its period is open (D53, 1F.7)."""
    claims = _add_picture(session, municipality)
    promise = create_promise(
        session,
        municipality,
        _PROMISE,
        (PartyDraft(municipality.id),),
        municipality.police_areas[0],
        now=WRITTEN_AT,
    )
    choose_claims(session, municipality, promise.slug, claims)
    add_points(session, municipality, promise, POINTS, _GROUNDS, now=WRITTEN_AT)
    for signatory in (
        SignatoryDraft("Kommunstyrelsens ordförande", municipality.id),
        SignatoryDraft("Lokalpolisområdeschef", None, is_acting=True),
    ):
        add_signatory(session, municipality, promise.slug, signatory)
    publish_as_it_is(session, municipality, promise, now=PUBLISHED_AT)
    return promise


def _add_picture(session: Session, municipality: Municipality) -> frozenset[int]:
    evidence = {
        key: freeze_source(session, municipality, source, by=ROLE, now=WRITTEN_AT).id
        for key, source in SOURCES.items()
    }
    head = PictureDraft(
        kind=PictureKind.PROBLEM_PICTURE,
        title="Situationen i dag",
        period="Till och med 2019",
        summary=(
            "Invånarna vill se arbete med trafiken och med alkohol och droger bland unga. De flesta"
            " känner sig trygga."
        ),
    )
    picture = create_picture(session, municipality, head, now=WRITTEN_AT)
    grounds = write_subjects(session, municipality, picture, _SUBJECTS, evidence)
    approve_by_all(session, municipality, picture, now=PUBLISHED_AT)
    publish_picture(
        session, municipality, picture.slug, revision=picture.revision, by=ROLE, now=PUBLISHED_AT
    )
    return grounds[_GROUND]
