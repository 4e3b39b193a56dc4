"""The order in which rows lie does not tell the order in which answers came."""

import pytest
from sqlalchemy import Engine, Table, literal_column, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.registry import metadata
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.hotspots import mark

TABLES = [metadata.tables[name] for name in ("response", "answer", "marked_place")]


@pytest.mark.parametrize("table", TABLES, ids=str)
def test_no_table_of_answers_numbers_its_rows(
    session: Session, engine: Engine, table: Table
) -> None:
    if engine.dialect.name == "postgresql":  # it keeps an order, as docs/privacy.md tells: no time
        assert session.execute(text("SHOW track_commit_timestamp")).scalar() == "off"
        return
    with pytest.raises(OperationalError, match="no such column: rowid"):
        session.execute(select(literal_column("rowid")).select_from(table))


def test_rows_lie_in_the_order_of_random_ids(session: Session, municipality: Municipality) -> None:
    dialogue = make_dialogue(session, municipality)
    sent = [
        make_response(session, dialogue, {1: ("1", None)}, [mark(61.3, 17.04)]).id
        for _ in range(30)
    ]
    assert sent != sorted(sent), "an id would tell the order"
    if session.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            ids = [row.id.hex for row in session.execute(select(table))]
            assert ids == sorted(ids)
