"""The documents of Hagfors and Haparanda stand in the demo as they were decided."""

from collections import Counter
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue, HeadCountKind
from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import Claim, ProblemPicture
from surveys.models.plan import TargetPeriod
from surveys.models.promise import PointAim, PointMeasure, Promise
from surveys.queries.municipalities.municipalities import get_municipality
from surveys.queries.promises.page import PromisePage, get_public_promise
from surveys.queries.promises.promises import list_public_promises
from surveys.queries.promises.time import Phase
from surveys.schedule.pace import Status
from tests.demo_site import SET_UP_ON


def only_promise(session: Session, slug: str) -> tuple[Municipality, Promise, PromisePage]:
    here = get_municipality(session, slug)
    [summary] = list_public_promises(session, here, SET_UP_ON)
    row = session.scalars(
        select(Promise).where(Promise.municipality_id == here.id, Promise.slug == summary.slug)
    ).one()
    return here, row, get_public_promise(session, here, summary.slug, SET_UP_ON)


def claims_of(session: Session, here: Municipality) -> list[Claim]:
    pictures = session.scalars(
        select(ProblemPicture).where(ProblemPicture.municipality_id == here.id)
    )
    return [claim for picture in pictures for area in picture.areas for claim in area.claims]


def evidence_of(session: Session, here: Municipality, title: str) -> Evidence:
    return session.scalars(
        select(Evidence).where(Evidence.municipality_id == here.id, Evidence.title.contains(title))
    ).one()


def test_a_promise_that_nobody_has_signed_has_no_end(demo: Session) -> None:
    """D53, 1F.7: two years from the day when it is signed."""
    _here, promise, page = only_promise(demo, "hagfors")
    assert page.summary.time.phase is Phase.UNSIGNED
    assert page.summary.time.months_from_signing == 24
    assert (promise.starts_on, promise.ends_on) == (None, None)
    assert [(s.title, s.is_acting, s.signed_on) for s in page.signatories] == [
        ("Kommunstyrelsens ordförande", False, None),
        ("Lokalpolisområdeschef", True, None),
    ]


def test_nine_activities_stand_in_three_groups_each_with_who_answers(demo: Session) -> None:
    """D63, D65."""
    _here, promise, _page = only_promise(demo, "hagfors")
    assert Counter(point.area for point in promise.points) == {
        "Tryggheten": 3,
        "Trafikmiljön": 3,
        "Alkohol och droger": 3,
    }
    assert Counter(point.responsible for point in promise.points) == {
        Party.POLICE: 2,
        Party.MUNICIPALITY: 2,
        Party.BOTH: 5,
    }


def test_soft_conditions_and_both_kinds_of_work_are_kept(demo: Session) -> None:
    """D66, D67, D72."""
    _here, promise, _page = only_promise(demo, "hagfors")
    points = {point.title: point for point in promise.points}
    assert points["Tekniska avdelningen och polisen"].condition == "Då det är befogat."
    assert "förekommande fall" in (points["Se över trafikmiljöerna"].condition or "")
    assert "riktade insatser" in points["Trafikkontroller"].text
    assert points["Skola, socialtjänst och polis"].methods == ["SSP"]


def test_a_web_survey_over_the_turn_of_the_year_with_325_answers(demo: Session) -> None:
    """D15–D17: exact days, mode, who carried it out, n; and that it is old."""
    here = get_municipality(demo, "hagfors")
    dialogue = demo.scalars(select(Dialogue).where(Dialogue.municipality_id == here.id)).one()
    assert dialogue.opens_at.year == 2015
    assert dialogue.closes_at.year == 2016
    assert (dialogue.head_count, dialogue.head_count_kind) == (325, HeadCountKind.COUNTED)
    survey = evidence_of(demo, here, "medborgarundersökning 2015")
    assert survey.n == 325
    assert survey.source.startswith("Polisen")
    assert "Ingen ny" in (survey.caveat or "")


def test_pupils_and_those_who_meet_them_say_different_things(demo: Session) -> None:
    """D44: both stand, and the judgement says whose it is."""
    claims = claims_of(demo, get_municipality(demo, "hagfors"))
    claim = next(c for c in claims if c.text.startswith("Alkohol och droger bland unga"))
    against = [c.evidence.title for c in claim.citations if c.disagrees]
    assert against == ["ELSA: ungdomars hälsa"]
    assert claim.judged_by == "Verksamheter som möter unga"


def test_one_calendar_year_signed_when_it_had_begun(demo: Session) -> None:
    """D53, D105, D106."""
    _here, promise, page = only_promise(demo, "haparanda")
    assert (promise.starts_on, promise.ends_on) == (date(2019, 1, 1), date(2019, 12, 31))
    assert [(s.title, s.place, s.signed_on) for s in page.signatories] == [
        ("Lokalpolisområdeschef", "Haparanda", date(2019, 2, 11)),
        ("Kommunalråd", "Haparanda", date(2019, 2, 11)),
    ]


def test_the_promise_is_part_of_an_agreement_and_reported_to_three(demo: Session) -> None:
    """D74, D116, D117."""
    _here, promise, _page = only_promise(demo, "haparanda")
    assert promise.agreement is not None
    assert promise.agreement.areas == ["Polisiär närvaro", "Narkotika", "Trafiksäkerhet"]
    assert promise.report_to == [
        "Chefen för lokalpolisområdet",
        "Kommunalrådet",
        "Kommundirektören",
    ]
    assert promise.summary_due_on == date(2020, 2, 29)


def test_counts_start_again_each_half_year_and_each_week(demo: Session) -> None:
    """D68, D69, D70: two each half-year, two with others, one each week beyond the everyday."""
    _here, _promise, page = only_promise(demo, "haparanda")
    points = {point.state.title: point.state for point in page.points}
    efforts = points["Insatser mot droger"].counter
    assert efforts is not None
    assert efforts.target is not None
    assert efforts.target.per is TargetPeriod.HALF_YEAR
    assert points["Insatser mot droger"].status is Status.DONE
    parents = points["Stöd till föräldrar"]
    assert "hälsocentral" in (parents.third_parties or "")
    assert parents.status is Status.DONE
    presence = next(p for p in _promise.points if p.title == "På publika platser varje vecka")
    assert presence.baseline == "Utöver den dagliga verksamheten"
    assert presence.per is TargetPeriod.WEEK
    assert presence.schedule is not None
    assert "skolor" in (presence.place_text or "")


def test_what_others_decide_and_what_cannot_be_measured_say_so(demo: Session) -> None:
    """D71, D72, D75."""
    _here, promise, _page = only_promise(demo, "haparanda")
    points = {point.title: point for point in promise.points}
    assert points["Insatser mot droger"].aim is PointAim.LEGAL_OUTCOME
    assert points["Drogförebyggande arbete"].measure is PointMeasure.NONE
    assert points["Drogförebyggande arbete"].methods == ["PSS"]


def test_a_subject_that_nobody_chose_is_promised_and_says_why(demo: Session) -> None:
    """1F.4: two of three subjects are chosen; traffic and violence at home are promised too."""
    here, promise, page = only_promise(demo, "haparanda")
    assert here.official_name == "Haparanda stad"
    assert "under 2017" in promise.said_ground
    assert "inte valdes ut" in page.pledge
    home = next(p for p in promise.points if p.title == "Våld i nära relationer")
    assert home.claims == []


def test_the_police_areas_stand_in_their_regions(demo: Session) -> None:
    """D108."""
    for slug, names in (
        ("hagfors", ("Torsby", "Värmland", "Bergslagen")),
        ("haparanda", ("Östra Norrbotten", "Norrbotten", "Nord")),
    ):
        [area] = get_municipality(demo, slug).police_areas
        assert (area.name, area.police_district, area.police_region) == names
