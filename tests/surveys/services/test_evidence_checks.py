"""Evidence stays as it was; that the data behind it have changed is told beside it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveys.drafts.evidence import Wording
from surveys.errors import InvalidInput, NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence, EvidenceCheck, EvidenceState
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.queries.evidence.evidence import get_checks, get_evidence
from surveys.queries.evidence.evidence_sums import Soundness, check_sum
from surveys.queries.evidence.evidence_today import Figure
from surveys.services.dialogues.counting import settle_counting
from surveys.services.dialogues.counts import count_response
from surveys.services.evidence.evidence import FigureAddress, freeze_again, freeze_figure
from surveys.services.evidence.evidence_checks import check_now, read_checks, store_checks
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import make_run
from tests.factories.pictures import make_area, make_claim, make_evidence, make_picture

NOW = datetime(2023, 8, 1, 10, 20, tzinfo=UTC)
# Enough of each answer for all of it to be told.
MIXED = "5" * 10 + "1" * 10
HOUR = datetime(2023, 8, 1, 10, 0, tzinfo=UTC)


def words(figure: Figure) -> Wording:
    return Wording("Titel", f"n = {figure.n}", "Källa", "Sommaren 2023", "Metod", "Självvalt")


def answer(session: Session, dialogue: Dialogue, *values: str) -> list[Response]:
    made = []
    for value in values:
        response = make_response(session, dialogue, {1: (value, None)})
        count_response(session, response)
        made.append(response)
    return made


def freeze(session: Session, municipality: Municipality, figure: str = "q1") -> Evidence:
    address = FigureAddress("oppen", figure)
    return freeze_figure(session, municipality, address, words, by="Analytiker", now=NOW)


def go_round(session: Session, now: datetime) -> int:
    """One round of the worker; returns how many were asked again."""
    results = read_checks(session, now=now)
    store_checks(session, results, now=now)
    session.commit()
    return len(results)


def state(session: Session, evidence: Evidence) -> tuple[EvidenceState, int | None]:
    check = session.get_one(EvidenceCheck, evidence.id, populate_existing=True)
    return check.state, check.n_now


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


def test_evidence_whose_data_have_changed_is_flagged_and_stays(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    answer(session, dialogue, *MIXED)
    frozen = freeze(session, municipality)
    go_round(session, NOW)
    assert state(session, frozen) == (EvidenceState.CURRENT, 20)

    answer(session, dialogue, "1")
    go_round(session, NOW + timedelta(hours=1))
    assert state(session, frozen) == (EvidenceState.CHANGED, 21)
    assert (frozen.statement, frozen.n) == ("n = 20", 20)
    check = get_checks(session, municipality)[frozen.id]
    assert check.changed_at == HOUR + timedelta(hours=1)

    answer(session, dialogue, "1")
    go_round(session, NOW + timedelta(hours=3))
    assert get_checks(session, municipality)[frozen.id].changed_at == check.changed_at


def test_a_round_asks_only_where_something_changed_and_once_an_hour(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    answer(session, dialogue, *MIXED)
    freeze(session, municipality)
    assert go_round(session, NOW) == 1
    assert go_round(session, NOW + timedelta(hours=2)) == 0
    answer(session, dialogue, "1")
    assert go_round(session, NOW + timedelta(hours=2)) == 1
    answer(session, dialogue, "1")
    assert go_round(session, NOW + timedelta(hours=2, minutes=30)) == 0
    assert go_round(session, NOW + timedelta(hours=3)) == 1


def test_one_who_leaves_as_another_comes_is_a_change_too(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    leaving, *_ = answer(session, dialogue, *MIXED)
    frozen = freeze(session, municipality)
    go_round(session, NOW)
    leaving.withdrawn_on = HOUR.date()
    settle_counting(session, leaving, now=NOW)
    answer(session, dialogue, "5")
    assert go_round(session, NOW + timedelta(hours=1)) == 1
    assert state(session, frozen) == (EvidenceState.CURRENT, 20)


def test_what_has_become_too_few_can_no_longer_be_told(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    given = answer(session, dialogue, *MIXED)
    frozen = freeze(session, municipality)
    for leaving in given[:8]:
        leaving.withdrawn_on = HOUR.date()
        settle_counting(session, leaving, now=NOW)
    go_round(session, NOW)
    assert state(session, frozen) == (EvidenceState.GONE, None)
    with pytest.raises(InvalidInput, match="gone"):
        freeze_again(session, municipality, frozen.id, words, by="Analytiker", now=NOW)


def test_what_the_same_gives_today_is_saved_beside_the_old(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    answer(session, dialogue, *MIXED)
    frozen = freeze(session, municipality)
    answer(session, dialogue, "1", "2")
    again = freeze_again(session, municipality, frozen.id, words, by="Kommunpolis", now=NOW)
    assert (frozen.n, again.n, again.query) == (20, 22, frozen.query)
    assert again.query == {"name": "figure", "figure": "q1"}
    assert again.versions["questions"]["trygg_kommun"] == 1
    same = freeze_again(session, municipality, frozen.id, words, by="Kommunpolis", now=NOW)
    assert same.id == again.id


def test_a_finding_is_held_to_the_latest_analysis_by_its_place(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    make_run(session, dialogue, "Resecentrum")
    frozen = freeze(session, municipality, "hotspot-1")
    assert frozen.versions["hotspot_run"] == frozen.figures["run_id"]
    go_round(session, NOW)
    assert state(session, frozen)[0] is EvidenceState.CURRENT
    make_run(session, dialogue, "Stadsparken")
    go_round(session, NOW + timedelta(hours=1))
    assert state(session, frozen)[0] is EvidenceState.GONE


def test_a_finding_that_was_frozen_with_more_digits_has_not_changed(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    """z and p were kept as they were computed until they were told with fewer digits."""
    run = make_run(session, dialogue, "Resecentrum")
    run.hotspots[0].z, run.hotspots[0].p_value = 4.2389, 0.00001127
    frozen = freeze(session, municipality, "hotspot-1")
    assert (frozen.figures["z"], frozen.figures["p_value"]) == (4.2, 0.000011)
    before = frozen.figures | {"z": 4.2389, "p_value": 0.00001127}
    session.execute(update(Evidence).where(Evidence.id == frozen.id).values(figures=before))
    go_round(session, NOW)
    assert state(session, frozen)[0] is EvidenceState.CURRENT


def test_a_source_from_outside_is_not_looked_up(
    session: Session, municipality: Municipality
) -> None:
    source = make_evidence(session, municipality)
    assert check_now(session, municipality, source.id, now=NOW) is None
    assert get_evidence(session, municipality, source.id).check is None


def test_nobody_looks_up_another_municipalitys_evidence(
    session: Session, municipality: Municipality
) -> None:
    others = session.scalar(
        select(Evidence.id).where(Evidence.municipality_id != municipality.id).limit(1)
    )
    assert others is not None
    with pytest.raises(NotFound):
        check_now(session, municipality, others, now=NOW)
    with pytest.raises(NotFound):
        get_evidence(session, municipality, others)


def test_a_row_that_was_changed_in_the_database_is_found_out(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    answer(session, dialogue, *MIXED)
    frozen = freeze(session, municipality)
    session.commit()
    session.expire_all()
    assert check_sum(frozen) is Soundness.INTACT, "the sum survives the database"
    session.execute(update(Evidence).where(Evidence.id == frozen.id).values(n=60))
    session.expire_all()
    assert check_sum(frozen) is Soundness.ALTERED
    assert get_evidence(session, municipality, frozen.id).soundness is Soundness.ALTERED


def test_a_page_of_evidence_tells_where_it_is_cited(
    session: Session, municipality: Municipality
) -> None:
    source = make_evidence(session, municipality)
    area = make_area("Narkotika", make_claim(supported_by=(source,)))
    make_picture(session, municipality, areas=[area])
    (use,) = get_evidence(session, municipality, source.id).cited_in
    assert (use.picture_slug, use.is_published, use.disagrees) == (
        "lagesbild-juni-2023",
        True,
        False,
    )
