"""What all imports of the ground share: read and stored whole or not at all, and told in words."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, NoReturn

import click
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from maps.areas import BadOutline, Outline, read_outline
from maps.files.geofiles import GeoFile
from maps.files.opening import BadGeoFile
from maps.files.tables import BadTable
from surveys.drafts.geography import Origin
from surveys.errors import NotFound, StorageUnavailable
from surveys.models.municipality import Municipality
from surveys.queries.municipalities.municipalities import get_municipality
from surveys.services.ground.geography import request_runs_again
from webapp.clock import now
from webapp.commands.analyse_map_words import REFUSALS
from webapp.commands.ground_rows import Problems
from webapp.commands.import_messages import file_message, printable, row_message
from webapp.transactions import unit_of_work

EXIT_UNUSABLE = 2
LONGEST_SOURCE = 300
_MOST_TOLD = 20

Store = Callable[[Session, Municipality], Any]


def origin_of(source: str, dated: date | None) -> Origin:
    """Where the figures come from, cut to its length."""
    return Origin(source[:LONGEST_SOURCE], dated)


def outline_of(slug: str) -> Outline | None:
    """The municipality's outline; None where it has none that can be read."""
    with _stored() as session:
        municipality = _municipality(session, slug)
        if municipality.outline is None:
            return None
        try:
            return read_outline(municipality.outline)
        except BadOutline:
            return None


def store_ground(slug: str, store: Store) -> Any:
    """Store in one transaction, and ask for new analyses in the same."""
    with _stored() as session:
        municipality = _municipality(session, slug)
        result = store(session, municipality)
        request_runs_again(session, municipality, now=now())
        return result


@contextmanager
def _stored() -> Iterator[Session]:
    try:
        with unit_of_work() as session:
            yield session
    except StorageUnavailable:
        refuse("storage", {})


def _municipality(session: Session, slug: str) -> Municipality:
    try:
        return get_municipality(session, slug)
    except NotFound:
        refuse("municipality", {"slug": slug})


@contextmanager
def told() -> Iterator[None]:
    """In Swedish, with files that cannot be used told in a sentence."""
    with force_locale("sv"):
        try:
            yield
        except BadGeoFile as error:
            refuse(error.code, error.values)
        except BadTable as error:
            click.echo(str(REFUSALS[error.code]) % printable(error.values), err=True)
            raise SystemExit(EXIT_UNUSABLE) from error


def refuse(code: str, values: Mapping[str, str | int]) -> NoReturn:
    """Say why the file cannot be used, and end."""
    click.echo(file_message(code, values), err=True)
    raise SystemExit(EXIT_UNUSABLE)


def stop_at(problems: Problems) -> None:
    """Tell what is wrong with the rows, where anything is, and end."""
    if not problems.rows:
        return
    for number, code, values in problems.rows[:_MOST_TOLD]:
        reason = row_message(code, values)
        click.echo(_("row %(row)s: %(reason)s", row=number, reason=reason), err=True)
    click.echo(
        ngettext(
            "%(num)s row is wrong, so nothing is stored.",
            "%(num)s rows are wrong, so nothing is stored.",
            len(problems.rows),
        ),
        err=True,
    )
    raise SystemExit(EXIT_UNUSABLE)


def tell_reading(file: GeoFile | None, *, outside: int = 0, mended: int = 0) -> None:
    """Say what was done to the file's rows on the way."""
    if file is not None:
        click.echo(_("Converted from %(crs)s.", crs=file.crs), err=True)
    if mended:
        click.echo(
            ngettext(
                "%(num)s outline crossed itself and was mended: its edge may move.",
                "%(num)s outlines crossed themselves and were mended: edges may move.",
                mended,
            ),
            err=True,
        )
    if outside:
        click.echo(
            ngettext(
                "%(num)s row lies outside the municipality and is left out.",
                "%(num)s rows lie outside the municipality and are left out.",
                outside,
            ),
            err=True,
        )
