"""A place before and after as evidence: kept from the page of two rounds, asked again, read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.evidence import Evidence, EvidenceKind, EvidenceState
from surveys.models.municipality import Municipality
from surveys.models.place import NamedPlace
from surveys.models.round_map import RoundMap
from surveys.queries.evidence.evidence import list_evidence, view_for_readers
from surveys.queries.figures.public_figures import find_hold
from surveys.services.evidence.evidence_checks import check_now, read_checks
from tests.conftest import NOW
from tests.factories.municipalities import make_account
from tests.factories.round_maps import make_place_drawing, make_round_map, make_rounds
from tests.page import PageClient

PAGE = "/soderhamn/handlaggning/dialoger/oppen/karta/jamfor"
WITH = f"{PAGE}?med=host-2021"


@pytest.fixture
def staff(
    sign_in: Callable[[User], PageClient], session: Session, municipality: Municipality
) -> PageClient:
    return sign_in(make_account(session, municipality))


@pytest.fixture
def drawing(session: Session, municipality: Municipality) -> RoundMap:
    drawing = make_place_drawing(session, municipality, make_rounds(session, municipality))
    session.commit()
    return drawing


def freeze(staff: PageClient, place: str = "B") -> None:
    page = staff.get(WITH)
    form = page.one(f"#plats-{place} form")
    fields = {field["name"]: field["value"] for field in form.select("input, button")}
    staff.post(str(form["action"]), fields, status=303)


def test_a_place_before_and_after_is_kept_as_evidence(
    staff: PageClient, session: Session, municipality: Municipality, drawing: RoundMap
) -> None:
    freeze(staff)
    session.rollback()
    (use,) = list_evidence(session, municipality)
    kept = use.evidence
    assert (kept.kind, kept.title, kept.n) == (
        EvidenceKind.COMPARISON, "Före och efter: Torget", 80,
    )  # fmt: skip
    for words in (
        "Vandring vid Torget: 1 gång mellan omgångarna, 7 april 2022.",
        "På platsen: 30 av 80: 38 % (28–48) i ”Hösten 2021” och 12 av 80: 15 %",
        "I ringen runt om, 200 meter bred: 10 av 80",
        "På resten av kartan: 45 av 80",
        "Förändringen på platsen delad med förändringen utanför: 0,29 (0,14 till 0,63)",
    ):
        assert words in kept.statement.replace("\xa0", " ")
    assert kept.caveat is not None
    assert kept.caveat.startswith("Det här visar samband, inte vad insatsen ledde till.")
    session.rollback()
    page = staff.get(f"/soderhamn/handlaggning/underlag/{kept.id}")
    assert page.heading == "Före och efter: Torget"
    assert len(page.soup.select("[role=listitem].ip--2")) == 3
    assert "På platsen" in page.words("tbody")
    assert "Platsen Torget före och efter" in page.words("main")
    assert "Det här visar samband, inte vad insatsen ledde till." in page.text


def test_what_is_not_told_in_both_rounds_cannot_be_kept(
    staff: PageClient, session: Session, municipality: Municipality, drawing: RoundMap
) -> None:
    page = staff.get(WITH)
    assert page.soup.select("#plats-A form") == []  # nothing was done there between the rounds
    places = [each | {"persons": [[30, 10, 45], [3, 9, 71]]} for each in drawing.findings["places"]]
    drawing.findings = drawing.findings | {"places": places}
    session.commit()
    page = staff.get(WITH)
    assert page.soup.select("#plats-B form") == []
    token = str(page.one("input[name=csrf_token]")["value"])
    fields = {"csrf_token": token, "med": "host-2021", "plats": str(places[0]["id"])}
    staff.post(f"{PAGE}/underlag", fields, status=303)
    assert (
        "Färre än fem svarade. Ett så litet antal sparas inte som underlag." in staff.get(WITH).text
    )
    session.rollback()
    assert list_evidence(session, municipality) == ()


def test_evidence_of_a_place_says_when_a_new_drawing_tells_something_else(
    staff: PageClient, session: Session, municipality: Municipality, drawing: RoundMap
) -> None:
    freeze(staff)
    session.rollback()
    (use,) = list_evidence(session, municipality)

    def state_of() -> EvidenceState:
        session.rollback()
        (result,) = read_checks(session, now=NOW) or (None,)
        assert result is not None
        return result.state

    assert state_of() is EvidenceState.CURRENT
    check_now(session, municipality, use.evidence.id, now=NOW - timedelta(hours=2))
    session.commit()
    assert read_checks(session, now=NOW) == []  # nothing has changed
    session.rollback()
    again = make_round_map(session, drawing.earlier, drawing.later)
    places = [each | {"persons": [[30, 10, 45], [20, 9, 54]]}
              for each in drawing.findings["places"]]  # fmt: skip
    again.findings = drawing.findings | {"places": places}
    session.commit()
    assert state_of() is EvidenceState.CHANGED
    session.delete(again)
    session.delete(drawing)
    session.commit()
    assert state_of() is EvidenceState.GONE


def test_readers_get_which_way_it_went_and_no_number(
    staff: PageClient, session: Session, municipality: Municipality, drawing: RoundMap
) -> None:
    freeze(staff)
    session.rollback()
    ours = select(Evidence).where(Evidence.municipality_id == municipality.id)
    row = session.scalars(ours).one()
    assert find_hold(session, municipality, row) is None
    shown = view_for_readers(row)
    assert (shown.statement, shown.n, shown.method, shown.period) == ("", None, None, None)
    assert shown.finding is not None
    assert (shown.finding.place, shown.finding.change) == ("Torget", "less")
    place = session.get(NamedPlace, row.query["place"])
    assert place is not None
    place.is_sensitive = True
    session.flush()
    hidden = view_for_readers(row)
    assert "Torget" not in f"{hidden.title} {hidden.finding}"
