"""Migrations, run from code so that no second settings file is needed."""

from pathlib import Path

from alembic import command
from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def migration_config(database_url: str) -> Config:
    """Alembic's settings for ``database_url``."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["database_url"] = database_url
    return config


def upgrade_database(database_url: str, revision: str = "head") -> None:
    """Bring the tables to ``revision``."""
    command.upgrade(migration_config(database_url), revision)


def downgrade_database(database_url: str, revision: str) -> None:
    """Take the tables back to ``revision``."""
    command.downgrade(migration_config(database_url), revision)
