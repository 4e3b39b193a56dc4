"""Crossed tables: who is counted where, what is withheld, and that it cannot be worked out."""

import pytest
from sqlalchemy.orm import Session

from surveys.errors import InvalidInput, NotFound
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import AgeBand, Gender, PlaceReason
from surveys.privacy import Withheld
from surveys.queries.results.crosstabs import Crosstab, Group, make_crosstab
from surveys.queries.results.filters import Filters
from tests.factories.answers import give, give_by_gender
from tests.factories.dialogues import make_dialogue


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


def table(
    session: Session,
    dialogue: Dialogue,
    measure: str = "q1",
    by: Group | None = Group.GENDER,
    filters: Filters | None = None,
    *,
    sees_rows: bool = False,
) -> Crosstab:
    return make_crosstab(
        session,
        dialogue.municipality,
        dialogue,
        measure=measure,
        by=by,
        filters=filters,
        sees_rows=sees_rows,
    )


LARGE = {
    Gender.WOMAN: {"5": 40, "4": 50, "3": 30, "2": 30, "1": 20, "vet_ej": 12, None: 9},
    Gender.MAN: {"5": 60, "4": 50, "3": 20, "2": 25, "1": 15, "vet_ej": 8, None: 11},
}


def test_large_groups_are_told_with_base_share_and_what_is_outside(
    session: Session, dialogue: Dialogue
) -> None:
    give_by_gender(session, dialogue, LARGE)
    found = table(session, dialogue)
    assert [row.key for row in found.rows] == ["safe", "5", "4", "3", "unsafe", "2", "1"]
    assert [column.key for column in found.columns] == ["", "kvinna", "man"]
    women = found.columns[1]
    assert (women.n_respondents, women.n, women.n_outside) == (191, 170, 21)
    assert (women.n_dont_know, women.n_missing, women.n_words) == (12, 9, 0)
    cell = found.cell("unsafe", "kvinna")
    assert cell.count == 50
    assert cell.share is not None
    assert (cell.share.n, round(cell.share.share, 3)) == (170, 0.294)
    assert found.cell("unsafe").count == 90
    assert found.n_withheld == 0


def test_a_small_cell_is_withheld_with_others_so_that_totals_do_not_tell(
    session: Session, dialogue: Dialogue
) -> None:
    small = {Gender.WOMAN: LARGE[Gender.WOMAN] | {"1": 3}, Gender.MAN: LARGE[Gender.MAN]}
    give_by_gender(session, dialogue, small)
    found = table(session, dialogue)
    assert found.cell("1", "kvinna").withheld is Withheld.NOT_TOLD
    assert found.cell("1", "man").withheld is Withheld.NOT_TOLD
    assert found.cell("1").count == 18
    hidden = {
        row.key
        for row in found.rows
        if found.cell(row.key, "kvinna").withheld is not None and row.part_of is not None
    }
    assert len(hidden) >= 2
    seen = table(session, dialogue, sees_rows=True)
    assert seen.cell("1", "kvinna").count == 3
    assert seen.cell("1", "kvinna").is_below
    assert seen.has_below
    assert not seen.is_suppressed


def test_a_group_with_few_is_withheld_whole_and_takes_another_with_it(
    session: Session, dialogue: Dialogue
) -> None:
    give_by_gender(session, dialogue, LARGE | {Gender.OTHER: {"1": 3}})
    found = table(session, dialogue)
    columns = {column.key: column for column in found.columns}
    assert columns["annat"].withheld is Withheld.NOT_TOLD
    assert (columns["annat"].n_respondents, columns["annat"].n) == (None, None)
    assert found.cell("1", "annat").withheld is not None
    # One of two others, since all three add up to everybody.
    assert [columns[key].withheld for key in ("kvinna", "man")].count(Withheld.NOT_TOLD) == 1


def test_everybody_or_nobody_in_a_small_group_tells_what_each_said(
    session: Session, dialogue: Dialogue
) -> None:
    give(session, dialogue, 12, q2="ja", area="Ljusne")
    give(session, dialogue, 40, q2="ja", area="Centrum")
    give(session, dialogue, 40, q2="nej", area="Centrum")
    found = table(session, dialogue, "q2", Group.AREA)
    assert found.cell("ja", "Ljusne").withheld is not None
    assert found.cell("nej", "Ljusne").withheld is not None
    assert found.cell("ja", "Centrum").withheld is not None  # else 52 - 40 would tell


@pytest.mark.parametrize("n", [1, 4])
def test_few_answers_in_all_tell_nothing(session: Session, dialogue: Dialogue, n: int) -> None:
    give(session, dialogue, n, q1="1", gender=Gender.WOMAN)
    found = table(session, dialogue)
    assert [column.withheld for column in found.columns] == [Withheld.NOT_TOLD] * 2
    assert all(cell.count is None for row in found.cells for cell in row)
    assert [(c.n, c.n_respondents, c.n_missing) for c in found.columns] == [(None,) * 3] * 2


def test_a_dialogue_without_answers_is_a_table_of_nobody(
    session: Session, dialogue: Dialogue
) -> None:
    found = table(session, dialogue)
    assert [(column.n_respondents, column.withheld) for column in found.columns] == [(0, None)]
    assert {cell.share for row in found.cells for cell in row} == {None}


def test_age_is_told_in_bands_and_as_young_adult_and_old(
    session: Session, dialogue: Dialogue
) -> None:
    """D11: the result split by age at least into young and old; the bands are those of NTU."""
    for band in AgeBand:
        give(session, dialogue, 30, q1="4", age_band=band)
        give(session, dialogue, 20, q1="2", age_band=band)
    give(session, dialogue, 15, q1="2")
    give(session, dialogue, 15, q1="4")
    groups = table(session, dialogue, by=Group.AGE_GROUP)
    assert [column.key for column in groups.columns] == ["", "unga", "vuxna", "aldre", "*none"]
    assert groups.cell("unsafe", "unga").count == 40
    assert [row.key for row in groups.rows] == ["safe", "3", "unsafe"]
    bands = table(session, dialogue, by=Group.AGE_BAND)
    assert [column.key for column in bands.columns][1:7] == [band.value for band in AgeBand]
    assert bands.cell("safe", "80+").count == 30


def test_reasons_are_counted_in_persons_and_exceed_the_whole(
    session: Session, dialogue: Dialogue
) -> None:
    both = frozenset({PlaceReason.DARK, PlaceReason.DRUGS})
    for gender in (Gender.WOMAN, Gender.MAN):
        give(session, dialogue, 30, q2="ja", reasons=both, gender=gender)
        give(session, dialogue, 20, q2="ja", reasons=frozenset({PlaceReason.DARK}), gender=gender)
        give(
            session, dialogue, 25, q2="ja", reasons=frozenset({PlaceReason.TRAFFIC}), gender=gender
        )
    found = table(session, dialogue, "reasons")
    assert found.is_multiple
    assert found.columns[1].n == 75
    assert found.cell("dark", "kvinna").count == 50
    assert found.cell("drugs", "kvinna").count == 30
    assert found.cell("damage", "kvinna").count == 0


def test_a_filter_is_the_column_of_the_split_table(session: Session, dialogue: Dialogue) -> None:
    small = {Gender.WOMAN: LARGE[Gender.WOMAN] | {"1": 3}, Gender.MAN: LARGE[Gender.MAN]}
    give_by_gender(session, dialogue, small)
    split = table(session, dialogue)
    filtered = table(session, dialogue, by=None, filters=Filters(gender=Gender.WOMAN))
    for row in split.rows:
        assert filtered.cell(row.key) == split.cell(row.key, "kvinna")
    with pytest.raises(InvalidInput, match="too_fine"):
        table(session, dialogue, by=Group.AREA, filters=Filters(gender=Gender.WOMAN))
    with pytest.raises(InvalidInput, match="too_fine"):
        table(session, dialogue, by=None, filters=Filters(gender=Gender.MAN, channel=Channel.WEB))
    rows = table(
        session, dialogue, by=Group.AREA, filters=Filters(gender=Gender.WOMAN), sees_rows=True
    )
    assert rows.columns[0].n == 153


def test_a_measure_or_a_combination_that_there_is_none_of_is_not_found(
    session: Session, dialogue: Dialogue
) -> None:
    for measure in ("q9", "anything"):
        with pytest.raises(NotFound):
            table(session, dialogue, measure)
    with pytest.raises(InvalidInput, match="only_places"):
        table(session, dialogue, "q1", Group.DESO)
