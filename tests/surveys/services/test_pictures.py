"""Editions of the problem picture: no claim without a ground, no change after publication."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.drafts.pictures import AreaDraft, ClaimDraft, PictureDraft
from surveys.errors import Conflict, InvalidInput, NotFound
from surveys.models.approval import EditorialState
from surveys.models.evidence import Evidence, EvidenceKind
from surveys.models.municipality import Municipality
from surveys.models.party import Party
from surveys.models.picture import PictureKind
from surveys.queries.editions.approvals import view_editorial
from surveys.queries.editions.document_editions import list_editions
from surveys.queries.pictures.gate import Lack
from surveys.queries.pictures.pictures import (
    get_latest_published,
    get_picture,
    get_published,
    list_pictures,
    list_published,
)
from surveys.services.editions.approvals import NotApproved
from surveys.services.editions.document_editions import hash_content
from surveys.services.pictures.claims import (
    DraftAddress,
    add_area,
    add_claim,
    edit_area,
    edit_claim,
    move_area,
    move_claim,
    remove_area,
    remove_claim,
)
from surveys.services.pictures.pictures import (
    PictureNotReady,
    create_picture,
    edit_picture,
    publish_picture,
    start_new_edition,
)
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import (
    make_area,
    make_claim,
    make_evidence,
    make_grounded_picture,
    make_picture,
)

NOW = datetime(2023, 8, 1, 10, 0, tzinfo=UTC)
DRAFT = PictureDraft(
    PictureKind.SITUATION_REPORT, "Lägesbild augusti 2023", "Augusti 2023", "Lugnt i hamnen."
)


def test_an_edition_is_written_from_the_first_area_to_publication(
    session: Session, municipality: Municipality
) -> None:
    made = create_picture(session, municipality, DRAFT, now=NOW)
    slug = made.slug
    assert slug == "lagesbild-augusti-2023"
    area = add_area(session, municipality, DraftAddress(slug, 1), AreaDraft("Trafik", "I centrum."))
    tips = make_evidence(session, municipality, "Tips")
    crimes = make_evidence(session, municipality, "Anmälda brott")
    draft = ClaimDraft(
        " Fler kör moped. ",
        supporting=frozenset({tips.id}),
        disagreeing=frozenset({crimes.id}),
    )
    add_claim(session, municipality, DraftAddress(slug, 2), area.id, draft)

    approve_by_all(session, municipality, made, now=NOW)
    publish_picture(session, municipality, slug, revision=3, by="Trygghetssamordnare", now=NOW)

    picture = get_published(session, municipality, slug)
    claim = picture.areas[0].claims[0]
    assert claim.text == "Fler kör moped."
    assert [e.title for e in claim.supporting] == ["Tips"]
    assert [e.title for e in claim.disagreeing] == ["Anmälda brott"]
    assert (picture.head.published_at, picture.head.published_by) == (NOW, "Trygghetssamordnare")
    latest = get_latest_published(session, municipality)
    assert latest is not None
    assert latest.head.slug == slug


def test_what_lacks_a_ground_is_named_and_nothing_is_published(
    session: Session, municipality: Municipality
) -> None:
    against = make_evidence(session, municipality)
    areas = [
        make_area(
            "Narkotika",
            make_claim("Utan grund."),
            make_claim("Bara motsagd.", against=(against,)),
            make_claim("Bedömd.", judged_by="kommunpolisen"),
        ),
        make_area("Tomt område", rank=2),
    ]
    make_picture(session, municipality, "utkast", areas, published_at=None, summary="")

    with pytest.raises(PictureNotReady) as refused:
        publish_picture(session, municipality, "utkast", revision=1, by="x", now=NOW)

    assert [(m.lack, m.where) for m in refused.value.missing] == [
        (Lack.SUMMARY, ""),
        (Lack.GROUND, "Utan grund."),
        (Lack.GROUND, "Bara motsagd."),
        (Lack.CLAIMS, "Tomt område"),
    ]
    session.rollback()
    assert [p.slug for p in list_published(session, municipality)] == []


def test_a_judgement_is_ground_enough_and_says_whose_it_is(
    session: Session, municipality: Municipality
) -> None:
    claim = make_claim("Det har blivit lugnare.")
    made = make_picture(
        session, municipality, "utkast", [make_area("Hamnen", claim)], published_at=None
    )
    draft = ClaimDraft("Det har blivit lugnare.", judged_by="lägesbildsgruppen")
    edit_claim(session, municipality, DraftAddress("utkast", 1), claim.id, draft)
    approve_by_all(session, municipality, made, now=NOW)
    publish_picture(session, municipality, "utkast", revision=2, by="x", now=NOW)
    shown = get_published(session, municipality, "utkast").areas[0].claims[0]
    assert shown.judged_by == "lägesbildsgruppen"


def test_a_picture_is_published_only_as_both_parties_have_approved_it(
    session: Session, municipality: Municipality
) -> None:
    picture = make_grounded_picture(session, municipality, "utkast", published_at=None)
    with pytest.raises(NotApproved) as refused:
        publish_picture(session, municipality, "utkast", revision=1, by="x", now=NOW)
    assert [p.party for p in refused.value.missing] == [Party.POLICE, Party.MUNICIPALITY]
    approve_by_all(session, municipality, picture, now=NOW)
    edit_picture(session, municipality, "utkast", DRAFT, revision=1)
    with pytest.raises(NotApproved):  # what was approved is no longer what stands there
        publish_picture(session, municipality, "utkast", revision=2, by="x", now=NOW)
    approve_by_all(session, municipality, picture, now=NOW)
    publish_picture(session, municipality, "utkast", revision=2, by="x", now=NOW)
    assert view_editorial(session, municipality, picture).state is EditorialState.PUBLISHED
    assert picture.review_asked_at is None


def test_what_readers_get_is_frozen_with_who_approved_it(
    session: Session, municipality: Municipality
) -> None:
    picture = make_grounded_picture(
        session, municipality, "utkast", published_at=None, change_note="Trafik är nytt."
    )
    approve_by_all(session, municipality, picture, now=NOW)
    publish_picture(session, municipality, "utkast", revision=1, by="x", now=NOW)
    [edition] = list_editions(session, picture)
    assert edition.number == 1
    assert edition.content_hash == hash_content(edition.content)
    assert edition.change_note == "Trafik är nytt."
    assert [(a["party"], a["role"]) for a in edition.approvals] == [
        ("police", "Kommunpolis"),
        ("municipality", "Trygghetssamordnare"),
    ]
    claim = edition.content["areas"][0]["claims"][1]
    assert claim["disagreeing"][0]["statement"] == "41 anmälda narkotikabrott."


def test_a_frozen_edition_holds_no_word_of_a_quote(
    session: Session, municipality: Municipality
) -> None:
    """Whoever wrote it may take the answer back, and an edition is never changed."""
    said = "Jag vågar inte gå hem."
    quote = make_evidence(session, municipality, kind=EvidenceKind.QUOTE, statement=said)
    areas = [make_area("Kvällar", make_claim("Några är rädda.", supported_by=(quote,)))]
    picture = make_picture(session, municipality, "utkast", areas, published_at=None)
    approve_by_all(session, municipality, picture, now=NOW)
    publish_picture(session, municipality, "utkast", revision=1, by="x", now=NOW)
    [edition] = list_editions(session, picture)
    assert said not in repr(edition)
    assert edition.content["areas"][0]["claims"][0]["supporting"][0]["id"] == quote.id


def test_a_published_edition_cannot_be_edited(session: Session, municipality: Municipality) -> None:
    picture = make_grounded_picture(session, municipality)
    slug, area = picture.slug, picture.areas[0]
    at = DraftAddress(slug, picture.revision)
    claim = area.claims[0]
    attempts = (
        lambda: edit_picture(session, municipality, slug, DRAFT, revision=1),
        lambda: add_area(session, municipality, at, AreaDraft("Ny")),
        lambda: edit_area(session, municipality, at, area.id, AreaDraft("Ny")),
        lambda: move_area(session, municipality, at, area.id, up=False),
        lambda: remove_area(session, municipality, at, area.id),
        lambda: add_claim(session, municipality, at, area.id, ClaimDraft("Ny")),
        lambda: edit_claim(session, municipality, at, claim.id, ClaimDraft("Ny")),
        lambda: move_claim(session, municipality, at, claim.id, up=False),
        lambda: remove_claim(session, municipality, at, claim.id),
        lambda: publish_picture(session, municipality, slug, revision=1, by="x", now=NOW),
    )
    for attempt in attempts:
        with pytest.raises(Conflict):
            attempt()


def test_the_next_edition_begins_with_everything_from_the_last(
    session: Session, municipality: Municipality
) -> None:
    old = make_grounded_picture(session, municipality)
    new = start_new_edition(session, municipality, old.slug, DRAFT, now=NOW)
    before, after = (
        get_picture(session, municipality, slug) for slug in (old.slug, "lagesbild-augusti-2023")
    )
    assert after.head.published_at is None
    assert [a.title for a in after.areas] == ["Narkotika", "Trafik"]
    assert after.areas[0].claims[1].disagreeing == before.areas[0].claims[1].disagreeing
    claim = new.areas[0].claims[0]
    edit_claim(session, municipality, DraftAddress(new.slug, 1), claim.id, ClaimDraft("Annat."))
    assert get_picture(session, municipality, old.slug) == before


def test_two_writers_cannot_overwrite_each_other(
    session: Session, municipality: Municipality
) -> None:
    make_picture(session, municipality, "utkast", published_at=None)
    edit_picture(session, municipality, "utkast", DRAFT, revision=1)
    with pytest.raises(Conflict):
        add_area(session, municipality, DraftAddress("utkast", 1), AreaDraft("Trafik"))
    with pytest.raises(Conflict):
        publish_picture(session, municipality, "utkast", revision=1, by="x", now=NOW)
    assert get_picture(session, municipality, "utkast").areas == ()


def test_areas_and_claims_can_be_moved_and_removed(
    session: Session, municipality: Municipality
) -> None:
    areas = [make_area(title, rank=i) for i, title in enumerate("ABC", start=1)]
    areas[0] = make_area("A", *(make_claim(text) for text in "xyz"))
    make_picture(session, municipality, "utkast", areas, published_at=None)

    def order() -> tuple[list[str], list[str]]:
        session.expire_all()
        picture = get_picture(session, municipality, "utkast")
        claims = next(area.claims for area in picture.areas if area.title == "A")
        assert [area.rank for area in picture.areas] == list(range(1, len(picture.areas) + 1))
        return [area.title for area in picture.areas], [claim.text for claim in claims]

    move_area(session, municipality, DraftAddress("utkast", 1), areas[2].id, up=True)
    move_claim(session, municipality, DraftAddress("utkast", 2), areas[0].claims[0].id, up=False)
    assert order() == (["A", "C", "B"], ["y", "x", "z"])
    move_area(session, municipality, DraftAddress("utkast", 3), areas[0].id, up=True)
    assert order()[0] == ["A", "C", "B"]
    remove_area(session, municipality, DraftAddress("utkast", 4), areas[2].id)
    remove_claim(session, municipality, DraftAddress("utkast", 5), areas[0].claims[1].id)
    assert order() == (["A", "B"], ["y", "z"])


def test_evidence_must_be_the_municipalitys_own(
    session: Session, municipality: Municipality
) -> None:
    make_picture(
        session, municipality, "utkast", [make_area("A", make_claim("x"))], published_at=None
    )
    other = get_noise_evidence(session)
    claim_id = get_picture(session, municipality, "utkast").areas[0].claims[0].id
    session.commit()
    for draft in (
        ClaimDraft("x", supporting=frozenset({other})),
        ClaimDraft("x", disagreeing=frozenset({other})),
        ClaimDraft("x", supporting=frozenset({987_654})),
    ):
        with pytest.raises(InvalidInput, match="unknown_evidence"):
            edit_claim(session, municipality, DraftAddress("utkast", 1), claim_id, draft)
        session.rollback()


def test_the_same_evidence_cannot_speak_for_and_against(
    session: Session, municipality: Municipality
) -> None:
    evidence = make_evidence(session, municipality)
    claim = make_claim("x")
    make_picture(session, municipality, "utkast", [make_area("A", claim)], published_at=None)
    both = frozenset({evidence.id})
    draft = ClaimDraft("x", supporting=both, disagreeing=both)
    with pytest.raises(InvalidInput, match="both_sides"):
        edit_claim(session, municipality, DraftAddress("utkast", 1), claim.id, draft)


def test_other_municipalities_pictures_are_not_found(
    session: Session, municipality: Municipality
) -> None:
    for slug in ("lagesbild-juni-2023", "lagesbild-augusti-2023"):  # both are Hagfors' too
        with pytest.raises(NotFound):
            get_picture(session, municipality, slug)
        with pytest.raises(NotFound):
            edit_picture(session, municipality, slug, DRAFT, revision=1)
    assert list_pictures(session, municipality) == ()
    assert get_latest_published(session, municipality) is None
    make_grounded_picture(session, municipality)
    shown = get_latest_published(session, municipality)
    assert shown is not None
    assert NOISE_TEXT not in repr(shown)


def test_areas_and_claims_are_found_in_their_own_edition_only(
    session: Session, municipality: Municipality
) -> None:
    other = make_picture(
        session, municipality, "annat", [make_area("A", make_claim("x"))], published_at=None
    )
    make_picture(session, municipality, "utkast", published_at=None)
    at = DraftAddress("utkast", 1)
    with pytest.raises(NotFound):
        edit_area(session, municipality, at, other.areas[0].id, AreaDraft("B"))
    with pytest.raises(NotFound):
        remove_claim(session, municipality, DraftAddress("utkast", 2), other.areas[0].claims[0].id)


def test_addresses_are_made_from_titles_and_never_collide(
    session: Session, municipality: Municipality
) -> None:
    def make(title: str) -> str:
        draft = PictureDraft(PictureKind.PROBLEM_PICTURE, title, "2023")
        return create_picture(session, municipality, draft, now=NOW).slug

    assert make("Lägesbild på Ön, år 2023!") == "lagesbild-pa-on-ar-2023"
    assert make("Lägesbild på ön år 2023") == "lagesbild-pa-on-ar-2023-2"
    assert make("Ny") == "ny-2"
    assert make("中文") == "lagesbild"
    assert len(make("å" * 200)) <= 60


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_a_title_is_needed_and_bounded(
    session: Session, municipality: Municipality, title: str
) -> None:
    draft = PictureDraft(PictureKind.PROBLEM_PICTURE, title, "2023")
    with pytest.raises(InvalidInput) as refused:
        create_picture(session, municipality, draft, now=NOW)
    assert refused.value.field == "title"


def get_noise_evidence(session: Session) -> int:
    """The id of a row of Hagfors' evidence."""
    row = session.scalar(select(Evidence).where(Evidence.title == NOISE_TEXT))
    assert row is not None
    return row.id
