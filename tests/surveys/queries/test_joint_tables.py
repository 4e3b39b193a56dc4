"""A joint dialogue: each municipality's figures and the pooled ones, and never another's rows."""

import pytest
from sqlalchemy.orm import Session

from surveys.errors import NotFound
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.queries.results.crosstabs import Crosstab, Group, make_crosstab
from surveys.queries.results.filters import POOLED, Filters
from tests.factories.answers import give
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_municipality


@pytest.fixture
def neighbour(session: Session) -> Municipality:
    return make_municipality(session, slug="ovanaker", code="2121", name="Ovanåker")


@pytest.fixture
def joint(session: Session, municipality: Municipality, neighbour: Municipality) -> Dialogue:
    joint = make_dialogue(
        session, municipality, slug="gemensam", municipalities=[municipality, neighbour]
    )
    give(session, joint, 60, q1="4")
    give(session, joint, 3, q1="1")
    give(session, joint, 40, q1="4", municipality_id=neighbour.id)
    give(session, joint, 20, q1="1", municipality_id=neighbour.id)
    return joint


def seen(
    session: Session, municipality: Municipality, joint: Dialogue, whose: str | None, **asked: Group
) -> Crosstab:
    """What an account of ``municipality`` that may see rows is shown."""
    filters = Filters(municipality=whose)
    return make_crosstab(
        session, municipality, joint, measure="q1", filters=filters, sees_rows=True, **asked
    )


def test_each_sees_its_own_whole_and_the_other_within_the_others_limits(
    session: Session, municipality: Municipality, neighbour: Municipality, joint: Dialogue
) -> None:
    own = seen(session, municipality, joint, None)
    assert own.cell("1").count == 3
    assert own.cell("1").is_below
    other = seen(session, neighbour, joint, municipality.slug)
    assert other.is_suppressed
    assert other.cell("1").count is None


def test_a_pooled_number_is_told_where_each_part_of_it_is(
    session: Session, municipality: Municipality, neighbour: Municipality, joint: Dialogue
) -> None:
    pooled = seen(session, neighbour, joint, POOLED)
    assert pooled.columns[0].n == 123
    assert pooled.cell("1").count is None  # 23 less one's own 20 would tell the other's 3
    give(session, joint, 20, q1="1")
    assert seen(session, neighbour, joint, POOLED).cell("1").count == 43


def test_municipalities_stand_beside_each_other(
    session: Session, municipality: Municipality, neighbour: Municipality, joint: Dialogue
) -> None:
    found = seen(session, neighbour, joint, None, by=Group.MUNICIPALITY)
    assert [column.title for column in found.columns[1:]] == ["Ovanåker", "Söderhamn"]
    assert found.cell("1", neighbour.slug).count == 20
    assert found.cell("1", municipality.slug).count is None


def test_one_with_hardly_any_answers_is_left_out_by_name(
    session: Session, municipality: Municipality, neighbour: Municipality, joint: Dialogue
) -> None:
    third = make_municipality(session, slug="bollnas", code="2183", name="Bollnäs")
    joint.municipalities.append(third)
    give(session, joint, 2, q1="5", municipality_id=third.id)
    pooled = seen(session, municipality, joint, POOLED)
    assert (pooled.columns[0].n, pooled.left_out) == (123, ("Bollnäs",))


def test_a_dialogue_of_one_has_no_others(session: Session, municipality: Municipality) -> None:
    alone = make_dialogue(session, municipality)
    for whose in (POOLED, "hagfors"):
        with pytest.raises(NotFound):
            seen(session, municipality, alone, whose)
