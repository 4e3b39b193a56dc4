"""Migrations on a filled database: up, down and up again, on both databases."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, text

from surveys.models.registry import metadata
from tests.factories.every_table import count_rows, fill_every_table
from webapp.database import downgrade_database, migration_config, upgrade_database

DATABASES = os.environ.get("TEST_DATABASES", "sqlite").split(",")


@pytest.fixture(params=DATABASES)
def empty_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'migrations.sqlite3'}"
        return
    server = create_engine(request.getfixturevalue("postgres_url"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text('DROP DATABASE IF EXISTS "migrations"'))
        connection.execute(text('CREATE DATABASE "migrations"'))
    yield server.url.set(database="migrations").render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text('DROP DATABASE "migrations" WITH (FORCE)'))
    server.dispose()


def tables_in(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names()) - {"alembic_version"}


def test_up_down_and_up_again_on_a_filled_database(empty_database: str) -> None:
    upgrade_database(empty_database)
    engine = create_engine(empty_database)
    assert tables_in(engine) == {table.name for table in metadata.sorted_tables}
    with engine.begin() as connection:
        assert set(fill_every_table(connection).values()) == {1}
    downgrade_database(empty_database, "base")
    assert tables_in(engine) == set()
    upgrade_database(empty_database)
    with engine.begin() as connection:
        assert set(fill_every_table(connection).values()) == {1}
    engine.dispose()


def test_each_step_keeps_the_rows_of_the_tables_it_leaves(empty_database: str) -> None:
    scripts = ScriptDirectory.from_config(migration_config(empty_database))
    revisions = [script.revision for script in scripts.walk_revisions()]  # newest first
    upgrade_database(empty_database)
    engine = create_engine(empty_database)
    with engine.begin() as connection:
        fill_every_table(connection)
    for revision in revisions[1:]:
        downgrade_database(empty_database, revision)
        upgrade_database(empty_database)
        with engine.begin() as connection:
            kept = {name: n for name, n in count_rows(connection).items() if n}
        assert kept, f"nothing was left after going back to {revision}"
    engine.dispose()


def test_going_back_never_counts_a_withdrawn_answer_again(empty_database: str) -> None:
    upgrade_database(empty_database)
    engine = create_engine(empty_database)
    with engine.begin() as connection:
        fill_every_table(connection)
        connection.execute(text("UPDATE response SET withdrawn_on = '2026-11-25'"))
    with pytest.raises(RuntimeError, match="1 withdrawn answers"):
        downgrade_database(empty_database, "whole_loop")
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT count(withdrawn_on) FROM response")) == 1
    engine.dispose()


def test_going_back_names_channels_that_the_version_before_knows(empty_database: str) -> None:
    upgrade_database(empty_database)
    engine = create_engine(empty_database)
    with engine.begin() as connection:
        fill_every_table(connection)
        connection.execute(text("UPDATE response SET channel = 'poster'"))
    downgrade_database(empty_database, "whole_loop")
    with engine.begin() as connection:
        assert connection.scalar(text("SELECT channel FROM response")) == "web"
    engine.dispose()


def test_maps_that_told_more_are_not_shown_after_the_upgrade(empty_database: str) -> None:
    upgrade_database(empty_database)
    engine = create_engine(empty_database)
    with engine.begin() as connection:
        fill_every_table(connection)
        connection.execute(text("UPDATE hotspot_run SET state = 'done', map_html = '<p></p>'"))
    downgrade_database(empty_database, "promises")
    upgrade_database(empty_database)
    with engine.begin() as connection:
        told = connection.execute(text("SELECT state, failure, map_html FROM hotspot_run")).all()
        assert {tuple(row) for row in told} == {("void", "old_rule", None)}
        assert connection.scalar(text("SELECT count(*) FROM map_export")) == 0
    engine.dispose()


def test_marks_from_before_are_packed_by_the_upgrade(empty_database: str) -> None:
    upgrade_database(empty_database)
    engine = create_engine(empty_database)
    read = text("SELECT lat, lon, reasons, named_place_id, packed FROM marked_place")
    with engine.begin() as connection:
        fill_every_table(connection)
        before = connection.execute(read).all()
    downgrade_database(empty_database, "hotspots_of_parts")
    upgrade_database(empty_database)
    with engine.begin() as connection:
        assert connection.execute(read).all() == before
        assert all(row.packed for row in before)
    engine.dispose()


@pytest.mark.parametrize("before", ["map_layers", "maps_of_parts"])
def test_only_maps_of_parts_are_taken_down_for_their_areas_and_for_their_hotspots(
    empty_database: str, before: str
) -> None:
    upgrade_database(empty_database)
    engine = create_engine(empty_database)
    with engine.begin() as connection:
        fill_every_table(connection)
        connection.execute(text("UPDATE hotspot_run SET state = 'done', filter_key = ''"))
    downgrade_database(empty_database, before)
    upgrade_database(empty_database)
    with engine.begin() as connection:
        assert set(connection.scalars(text("SELECT state FROM hotspot_run"))) == {"done"}
        connection.execute(text("UPDATE hotspot_run SET filter_key = 'time=evening'"))
    downgrade_database(empty_database, before)
    upgrade_database(empty_database)
    with engine.begin() as connection:
        assert set(connection.scalars(text("SELECT state FROM hotspot_run"))) == {"void"}
        assert connection.scalar(text("SELECT count(*) FROM map_export")) == 0
    engine.dispose()


def test_the_migrations_make_the_tables_that_the_models_describe(empty_database: str) -> None:
    upgrade_database(empty_database)
    command.check(migration_config(empty_database))
