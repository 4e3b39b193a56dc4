"""Haparanda: a promise for one calendar year, signed a while into it, part of an agreement.

The promise for 2019 is real and retold. It names three subjects, chooses two and promises in others
too; one sentence still says 2017, as in the document, for the consistency check to find (1F.4).
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.demo.moments import at
from surveys.demo.pictures import Said, Subject, write_subjects
from surveys.demo.plan_2022 import POLICE_ROLE, ROLE
from surveys.demo.signed_promises import add_points, publish_as_it_is
from surveys.demo.sources_2018_haparanda import DIALOGUES, INTELLIGENCE, SOURCES, STAFF, SURVEYS
from surveys.drafts.occasions import OccasionDraft
from surveys.drafts.pictures import PictureDraft
from surveys.drafts.promises import (
    PartyDraft,
    PointDraft,
    PromiseDraft,
    SignatoryDraft,
    SignatureDraft,
    TargetDraft,
)
from surveys.models.municipality import Agreement, AgreementMunicipality, Municipality
from surveys.models.party import Party
from surveys.models.picture import PictureKind
from surveys.models.plan import OccasionState, TargetPeriod
from surveys.models.promise import PointAim, PointMeasure, Promise
from surveys.services.evidence.evidence import freeze_source
from surveys.services.pictures.pictures import create_picture, publish_picture
from surveys.services.progress.occasions import log_occasion
from surveys.services.promises.promises import choose_claims, create_promise
from surveys.services.promises.signatures import SignatoryAddress, add_signatory, sign_promise

WRITTEN_AT = at(date(2019, 1, 21), 10)
PUBLISHED_AT = at(date(2019, 2, 12), 9)
SIGNED_ON = date(2019, 2, 11)
PLACE = "Haparanda"
SUMMARY_DUE_ON = date(2020, 2, 29)  # "senast under februari 2020"
_PRESENCE, _DRUGS, _TRAFFIC = "Polisiär närvaro", "Droger", "Trafiksäkerhet"
_HOME = "Våld i nära relationer"

_GROUND = "löftet"
_SUBJECTS = (
    Subject(
        _PRESENCE,
        "De flesta som svarade vill se polisen oftare och kunna nå den lättare.",
        (
            Said(
                "Polisens närvaro är det som de svarande helst vill ha mer av.",
                supporting=(DIALOGUES, SURVEYS),
                promise=_GROUND,
            ),
        ),
    ),
    Subject(
        "Narkotika",
        "Arbetet ska främst nå barn och unga, och vara förebyggande.",
        (
            Said(
                "Problemen med narkotika ser ut att växa.",
                supporting=(DIALOGUES, STAFF, INTELLIGENCE),
                promise=_GROUND,
            ),
        ),
    ),
    Subject(
        _TRAFFIC,
        "Mopeder och A-traktorer har tagits upp i alla sammanhang.",
        (
            Said(
                "Mopeder och A-traktorer är ett stort problem, särskilt under somrarna.",
                supporting=(DIALOGUES, STAFF),
                promise=_GROUND,
            ),
        ),
    ),
)

_PROMISE = PromiseDraft(
    title="En polis som syns och mindre narkotika i Haparanda",
    label="Medborgarlöfte 2019",
    said=(
        "Fler poliser som syns, mindre narkotika och säkrare trafik. Det är de tre saker som kommer"
        " fram tydligast."
    ),
    # The year stands as in the document, which was written after an older one.
    said_ground=(
        "Medborgardialoger, medarbetardialoger och enkäter. Av tre områden valde parterna att"
        " särskilt fokusera på polisens närvaro och på narkotika under 2017."
    ),
    pledge=(
        "Polisen i Östra Norrbotten lovar att tillsammans med Haparanda stad arbeta för god"
        " folkhälsa, förebygga brott och öka tryggheten.\n\nLöftet är verkligt och återgivet i"
        " sammandrag. Tillfällena som är inlagda på det är påhittade för demon. Våld i nära"
        " relationer och trafik finns med fast de inte valdes ut: de bygger"
        " på stadens nollvision och på det som har kommit fram i alla forum."
    ),
    vision="Nollvision för våld i nära relationer, antagen av Haparanda stad.",
    follow_up_text=(
        "Arbetsgruppen följer upp löpande och rapporterar till chefen för lokalpolisområdet,"
        " kommunalrådet och kommundirektören. En skriftlig sammanställning görs senast under"
        " februari 2020. Informationen sprids i veckobrev, på möten och sammankomster och i sociala"
        " medier."
    ),
    starts_on=date(2019, 1, 1),
    ends_on=date(2019, 12, 31),
    report_to=("Chefen för lokalpolisområdet", "Kommunalrådet", "Kommundirektören"),
    summary_due_on=SUMMARY_DUE_ON,
)
# Heading of the points -> how the sentences begin that they rest on. None asked for help at home.
_GROUNDS = {
    _PRESENCE: ("Polisens närvaro",),
    _DRUGS: ("Problemen med narkotika",),
    _TRAFFIC: ("Mopeder",),
}

POINTS = (
    PointDraft(
        title="Drogförebyggande arbete",
        text=(
            "Polisen och kommunen arbetar hela tiden förebyggande mot droger, i den omfattning som"
            " behövs, och håller orosamtal. Arbetsmodellen är PSS: polis, socialtjänst, skola och"
            " elevhälsa."
        ),
        area=_DRUGS,
        responsible=Party.BOTH,
        measure=PointMeasure.NONE,
        methods=("PSS",),
    ),
    PointDraft(
        title="Insatser mot droger",
        text=(
            "Polisen gör insatser mot droganvändning minst två gånger per halvår. De som missbrukar"
            " ska lagföras eller få vård enligt LVM eller LVU: det avgör andra än polisen och"
            " kommunen."
        ),
        area=_DRUGS,
        responsible=Party.POLICE,
        measure=PointMeasure.COUNT,
        target=TargetDraft(count=2, per=TargetPeriod.HALF_YEAR),
        words="minst två gånger per halvår",
        aim=PointAim.LEGAL_OUTCOME,
        unit="insatser mot droger",
    ),
    PointDraft(
        title="Insatser mot droger i trafiken",
        text="Polisen gör insatser mot rattfylleri med droger, mopeder och A-traktorer.",
        area=_TRAFFIC,
        responsible=Party.POLICE,
        measure=PointMeasure.NONE,
    ),
    PointDraft(
        title="Stöd till föräldrar",
        text=(
            "Polisen, skolan, hälsocentralen och kommunen håller minst två tillfällen som stärker"
            " föräldrars kunskap om unga och narkotika."
        ),
        area=_DRUGS,
        responsible=Party.BOTH,
        third_parties="Skola, hälsocentral och BRÅ-gruppen",
        measure=PointMeasure.COUNT,
        target=TargetDraft(count=2),
        words="minst två aktivitetstillfällen",
        unit="tillfällen för föräldrar",
    ),
    PointDraft(
        title="På publika platser varje vecka",
        text=(
            "Polisen finns på platser där många rör sig minst ett tillfälle i veckan utöver den"
            " dagliga verksamheten: i affärer och restauranger, hos företag, i skolor, på boenden"
            " och ungdomsgården."
        ),
        area=_PRESENCE,
        responsible=Party.POLICE,
        measure=PointMeasure.COUNT,
        target=TargetDraft(count=1, per=TargetPeriod.WEEK),
        words="minst 1 tillfälle/vecka utöver den dagliga verksamheten",
        baseline="Utöver den dagliga verksamheten",
        place_text="Affärer och restauranger, företag, skolor, boenden och ungdomsgården",
        unit="veckor med extra närvaro",
    ),
    PointDraft(
        title="Våld i nära relationer",
        text=(
            "Polisen och kommunen gör insatser mot våld i nära relationer och följer de nationella"
            " riktlinjerna om jämställdhet och mäns våld mot kvinnor."
        ),
        area=_HOME,
        responsible=Party.BOTH,
        measure=PointMeasure.NONE,
    ),
)


_DAYS = {
    "Insatser mot droger": ("2019-02-21", "2019-05-16", "2019-09-12", "2019-11-21"),
    "Stöd till föräldrar": ("2019-03-28", "2019-10-17"),
}
_WITHOUT_PRESENCE = frozenset({date(2019, 7, 12), date(2019, 7, 19), date(2019, 12, 27)})


def add_agreement(session: Session, municipality: Municipality) -> Agreement:
    """The agreement that the promise becomes a part of (D74)."""
    agreement = Agreement(
        title="Samverkan mellan Lokalpolisområde Östra Norrbotten och Haparanda stad",
        police_area=municipality.police_areas[0],
        purpose="Förebygga brott och öka tryggheten tillsammans.",
        areas=[_PRESENCE, "Narkotika", _TRAFFIC],
        municipalities=[AgreementMunicipality(municipality=municipality)],
    )
    session.add(agreement)
    session.flush()
    return agreement


def add_promise(session: Session, municipality: Municipality, agreement: Agreement) -> Promise:
    """The promise with its ground, signed on another day than its first (D106)."""
    claims = _add_picture(session, municipality)
    promise = create_promise(
        session,
        municipality,
        replace(_PROMISE, agreement_id=agreement.id),
        (PartyDraft(municipality.id, dated_on=SIGNED_ON),),
        municipality.police_areas[0],
        now=WRITTEN_AT,
    )
    choose_claims(session, municipality, promise.slug, claims)
    add_points(session, municipality, promise, POINTS, _GROUNDS, now=WRITTEN_AT)
    for signatory in (
        SignatoryDraft("Lokalpolisområdeschef", None),
        SignatoryDraft("Kommunalråd", municipality.id),
    ):
        added = add_signatory(session, municipality, promise.slug, signatory)
        sign_promise(
            session,
            municipality,
            SignatoryAddress(promise.slug, added.id),
            SignatureDraft(PLACE, SIGNED_ON),
            role=ROLE,
            today=PUBLISHED_AT.date(),
        )
    publish_as_it_is(session, municipality, promise, now=PUBLISHED_AT)
    return promise


def log_occasions(session: Session, municipality: Municipality, promise: Promise) -> int:
    """What was done in 2019 (invented); return how many occasions."""
    activities = {
        point.title: point.activities[0].id for point in promise.points if point.activities
    }
    n = 0
    for title, draft in _occasions():
        now = at(draft.held_on + timedelta(days=1), 10)
        log_occasion(session, municipality, activities[title], draft, role=POLICE_ROLE, now=now)
        n += 1
    return n


def _occasions() -> Iterator[tuple[str, OccasionDraft]]:
    for title, days in _DAYS.items():
        yield from ((title, OccasionDraft(held_on=date.fromisoformat(day))) for day in days)
    friday = date(2019, 1, 4)
    while friday.year == SIGNED_ON.year:
        yield "På publika platser varje vecka", _presence(friday)
        friday += timedelta(weeks=1)


def _presence(friday: date) -> OccasionDraft:
    if friday in _WITHOUT_PRESENCE:
        note = "Polisen behövdes på annat håll."
        return OccasionDraft(held_on=friday, state=OccasionState.MISSED, note=note)
    return OccasionDraft(held_on=friday)


def _add_picture(session: Session, municipality: Municipality) -> frozenset[int]:
    evidence = {
        key: freeze_source(session, municipality, source, by=ROLE, now=WRITTEN_AT).id
        for key, source in SOURCES.items()
    }
    head = PictureDraft(
        kind=PictureKind.PROBLEM_PICTURE,
        title="Problembild inför 2019",
        period="2018",
        summary=(
            "Tre områden är viktigast: polisens närvaro, narkotika och trafiksäkerhet. Två av dem"
            " är valda."
        ),
    )
    picture = create_picture(session, municipality, head, now=WRITTEN_AT)
    grounds = write_subjects(session, municipality, picture, _SUBJECTS, evidence)
    approve_by_all(session, municipality, picture, now=PUBLISHED_AT)
    publish_picture(
        session, municipality, picture.slug, revision=picture.revision, by=ROLE, now=PUBLISHED_AT
    )
    return grounds[_GROUND]
