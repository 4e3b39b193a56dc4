"""What is logged of a failure: where it happened and of which kind, never with what was typed.

The words of an exception quote what was typed: "invalid literal for int(): …", and PostgreSQL's
name the values of the row that it refused. Residents' texts must not end up in a log.
"""

import logging
import sqlite3
import traceback

import psycopg

# What a database says of itself ("disk is full", "connection refused") and of its constraints.
_OF_ITSELF = (sqlite3.OperationalError, psycopg.OperationalError, sqlite3.IntegrityError)


class WithoutWords(logging.Filter):
    """Lets every record through, with the lines of code in place of an exception's own words."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = places_of(record.exc_info[1])  # formatters use it
        return True


def places_of(error: BaseException) -> str:
    """The lines of code that ``error`` and what led to it came through, and their kinds."""
    lines: list[str] = []
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        lines.append(f"{type(step).__module__}.{type(step).__qualname__}{_words(step)}\n")
        lines += traceback.format_tb(step.__traceback__)
        step = step.__cause__ or step.__context__
    return "".join(lines).rstrip()


def keep_words_out_of_logs() -> None:
    """Do so for everything that this process logs. Call once, at its start."""
    logging.basicConfig()
    for handler in logging.getLogger().handlers:
        handler.addFilter(WithoutWords())


def _words(error: BaseException) -> str:
    if isinstance(error, _OF_ITSELF):
        return f": {error}"
    if isinstance(error, psycopg.IntegrityError):  # its first line; the next quotes the row
        return f": {error.diag.message_primary}"
    return " (words not logged)"
