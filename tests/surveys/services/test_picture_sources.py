"""What was looked at, who has given something, few people in words, closed sources."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.drafts.pictures import AreaDraft, ClaimDraft, PictureDraft, PictureSourceDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.body import Body, BodyKind
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import PictureKind, PicturePart, ProblemPicture
from surveys.queries.pictures.differences import ORIGIN, get_difference
from surveys.queries.pictures.gate import Lack
from surveys.queries.pictures.pictures import get_picture, get_published
from surveys.queries.pictures.sources import list_silent
from surveys.services.evidence.clearances import clear_evidence
from surveys.services.pictures.claims import DraftAddress, add_area, add_claim, edit_claim
from surveys.services.pictures.pictures import publish_picture, start_new_edition
from surveys.services.pictures.sources import (
    add_source,
    edit_source,
    pass_small_group,
    remove_source,
)
from surveys.text.differences import Change
from tests.conftest import NOW
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture

TODAY = date(2023, 8, 1)
FEW = "Fem personer står för det mesta."
ROLE = "Trygghetssamordnare"


def make_body(session: Session, municipality: Municipality, name: str, **values: object) -> Body:
    columns: dict[str, object] = {"kind": BodyKind.CONTRIBUTOR, "created_at": NOW} | values
    body = Body(municipality_id=municipality.id, name=name, **columns)
    session.add(body)
    session.flush()
    return body


@pytest.fixture
def draft(session: Session, municipality: Municipality) -> ProblemPicture:
    evidence = make_evidence(session, municipality)
    areas = [make_area("Trafik", make_claim("Fler kör moped.", supported_by=(evidence,)))]
    return make_picture(session, municipality, "utkast", areas, published_at=None)


def at(picture: ProblemPicture) -> DraftAddress:
    return DraftAddress(picture.slug, picture.revision)


def test_a_source_is_used_or_dropped_with_a_reason_that_readers_see(
    session: Session, municipality: Municipality, draft: ProblemPicture
) -> None:
    dropped = PictureSourceDraft("Krogarnas enkät", Party.OTHER, is_used=False)
    with pytest.raises(InvalidInput, match="dropped_why"):
        add_source(session, municipality, at(draft), dropped)
    used = PictureSourceDraft(
        "Anmälda brott", Party.POLICE, limits="Inte allt anmäls.", note="Kom sent."
    )
    add_source(session, municipality, at(draft), used)
    why = PictureSourceDraft(
        "Krogarnas enkät", Party.OTHER, is_used=False, dropped_because="Bara sex svar."
    )
    add_source(session, municipality, at(draft), why)
    approve_by_all(session, municipality, draft, now=NOW)
    publish_picture(session, municipality, "utkast", revision=draft.revision, by=ROLE, now=NOW)
    first, second = get_published(session, municipality, "utkast").sources
    assert (first.name, first.is_used, first.limits) == ("Anmälda brott", True, "Inte allt anmäls.")
    assert first.note is None, "a note is for staff"
    assert second.dropped_because == "Bara sex svar."


def test_the_list_of_bodies_is_open_and_tells_who_has_given_nothing(
    session: Session, municipality: Municipality, draft: ProblemPicture
) -> None:
    names = ("Handeln", "Trossamfunden", "Skolan")
    bodies = [make_body(session, municipality, name) for name in names]
    make_body(session, municipality, "Nedlagd förening", ended_on=date(2022, 12, 31))
    make_body(session, municipality, "Lokalt BRÅ", kind=BodyKind.COUNCIL)
    given = PictureSourceDraft(
        "Handelns bild", Party.OTHER, body_id=bodies[0].id, received_on=date(2023, 7, 28)
    )
    add_source(session, municipality, at(draft), given)
    shown = get_picture(session, municipality, "utkast")
    assert [b.name for b in list_silent(session, municipality, shown, TODAY)] == [
        "Skolan",
        "Trossamfunden",
    ]
    foreign = session.scalar(select(Body.id).where(Body.municipality_id != municipality.id))
    for body_id in (foreign, 987_654):
        other = PictureSourceDraft("x", Party.OTHER, body_id=body_id)
        with pytest.raises(InvalidInput, match="unknown_body"):
            add_source(session, municipality, at(draft), other)


def test_the_next_edition_waits_for_the_same_sources_anew(
    session: Session, municipality: Municipality, draft: ProblemPicture
) -> None:
    source = add_source(
        session,
        municipality,
        at(draft),
        PictureSourceDraft("Skolans bild", Party.MUNICIPALITY, received_on=date(2023, 7, 28)),
    )
    head = PictureDraft(PictureKind.SITUATION_REPORT, "Lägesbild augusti", "Augusti 2023")
    new = start_new_edition(session, municipality, "utkast", head, now=NOW)
    shown = get_picture(session, municipality, new.slug)
    assert [(s.name, s.received_on) for s in shown.sources] == [("Skolans bild", None)]
    assert shown.origin is not None
    assert (shown.origin.slug, shown.origin.is_published) == ("utkast", False)
    with pytest.raises(NotFound):
        remove_source(session, municipality, DraftAddress(new.slug, 1), source.id)


def test_sources_change_by_revision_like_everything_else(
    session: Session, municipality: Municipality, draft: ProblemPicture
) -> None:
    kept = PictureSourceDraft("Skolans bild", Party.MUNICIPALITY)
    source = add_source(session, municipality, at(draft), kept)
    with pytest.raises(Conflict):
        edit_source(session, municipality, DraftAddress("utkast", 1), source.id, kept)
    edit_source(session, municipality, at(draft), source.id, PictureSourceDraft("Ny", Party.BOTH))
    assert get_picture(session, municipality, "utkast").sources[0].name == "Ny"
    remove_source(session, municipality, at(draft), source.id)
    assert get_picture(session, municipality, "utkast").sources == ()


def test_a_sentence_about_few_people_waits_for_a_reason_that_is_its_own(
    session: Session, municipality: Municipality, draft: ProblemPicture
) -> None:
    claim = add_claim(
        session, municipality, at(draft), draft.areas[0].id, ClaimDraft(FEW, judged_by="polisen")
    )

    def lacks() -> list[tuple[Lack, str]]:
        missing = get_picture(session, municipality, "utkast").missing
        return [(item.lack, item.where) for item in missing]

    assert lacks() == [(Lack.SMALL_GROUP, FEW)]
    with pytest.raises(InvalidInput, match="small_group_reason"):
        pass_small_group(session, municipality, at(draft), (FEW, " "), by=ROLE)
    pass_small_group(
        session, municipality, at(draft), (FEW, "Talet är polisens egen bedömning."), by=ROLE
    )
    assert lacks() == []
    [group] = get_picture(session, municipality, "utkast").small_groups
    assert (group.phrases, group.by) == (("Fem personer",), ROLE)
    other = "Fyra personer står för det mesta."
    edit_claim(session, municipality, at(draft), claim.id, ClaimDraft(other, judged_by="polisen"))
    assert lacks() == [(Lack.SMALL_GROUP, other)], "the reason was for other words"
    with pytest.raises(InvalidInput, match="small_group_gone"):
        pass_small_group(session, municipality, at(draft), (FEW, "Samma."), by=ROLE)


def test_what_comes_from_a_closed_source_waits_until_it_is_cleared(
    session: Session, municipality: Municipality
) -> None:
    closed = make_evidence(session, municipality, "Underrättelser", needs_clearance=True)
    openly = make_evidence(session, municipality, "Anmälda brott")
    areas = [make_area("Narkotika", make_claim("Så är det.", supported_by=(closed,)))]
    make_picture(session, municipality, "utkast", areas, published_at=None)
    [missing] = get_picture(session, municipality, "utkast").missing
    assert (missing.lack, missing.evidence_id) == (Lack.CLEARANCE, closed.id)
    with pytest.raises(InvalidInput, match="no_clearance"):
        clear_evidence(session, municipality, openly.id, "Beslut", by="Kommunpolis", now=NOW)
    decision = "Lokalpolisområdeschefens beslut, diarienummer A123"
    clear_evidence(session, municipality, closed.id, decision, by="Kommunpolis", now=NOW)
    assert get_picture(session, municipality, "utkast").missing == ()
    with pytest.raises(InvalidInput, match="cleared_already"):
        clear_evidence(session, municipality, closed.id, decision, by="Kommunpolis", now=NOW)


def test_areas_are_ranked_and_those_not_chosen_say_why(
    session: Session, municipality: Municipality, draft: ProblemPicture
) -> None:
    with pytest.raises(InvalidInput, match="not_chosen_why"):
        add_area(session, municipality, at(draft), AreaDraft("Bedrägerier", is_chosen=False))
    session.rollback()


def test_an_area_keeps_its_season_its_part_and_both_halves_into_the_next_edition(
    session: Session, municipality: Municipality, draft: ProblemPicture
) -> None:
    wanted = AreaDraft(
        "Mopeder",
        is_chosen=False,
        not_chosen_because="Trafiken följs i en annan plan.",
        season="somrarna",
        part=PicturePart.OTHER,
    )
    area = add_area(session, municipality, at(draft), wanted)
    for party, text in ((Party.POLICE, "Vi stoppar fler."), (Party.MUNICIPALITY, "Vi hör fler.")):
        claim = ClaimDraft(text, judged_by="gruppen", party=party)
        add_claim(session, municipality, at(draft), area.id, claim)
    head = PictureDraft(PictureKind.SITUATION_REPORT, "Nästa", "Augusti", motive="Mest oro.")
    new = start_new_edition(session, municipality, "utkast", head, now=NOW)
    shown = get_picture(session, municipality, new.slug).areas[1]
    assert (shown.is_chosen, shown.season, shown.part) == (False, "somrarna", PicturePart.OTHER)
    assert shown.not_chosen_because == "Trafiken följs i en annan plan."
    assert [(party, len(claims)) for party, claims in shown.halves] == [
        (Party.POLICE, 1),
        (Party.MUNICIPALITY, 1),
    ]


def test_a_party_sees_what_was_changed_after_its_yes(
    session: Session, municipality: Municipality, draft: ProblemPicture
) -> None:
    approve_by_all(session, municipality, draft, now=NOW)
    claim = draft.areas[0].claims[0]
    edit_claim(
        session, municipality, at(draft), claim.id, ClaimDraft("Många kör moped.", judged_by="vi")
    )
    found = get_difference(session, municipality, "utkast", "police")
    changed = [p for p in found.paragraphs if p.is_changed]
    assert [p.kind for p in changed] == ["claim", "judged_by", "supporting"]
    assert [(p.change, p.text.strip()) for p in changed[0].pieces] == [
        (Change.TAKEN_OUT, "Fler"),
        (Change.ADDED, "Många"),
        (Change.KEPT, "kör moped."),
    ]
    with pytest.raises(NotFound):
        get_difference(session, municipality, "utkast", ORIGIN)
