"""The words of the commands that analyse positions, and how they end."""

import contextlib
import errno
import os
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, NoReturn

import click
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from maps.files.tables import BadTable
from webapp.commands.answer_files import EXIT_UNUSABLE
from webapp.commands.import_messages import printable

REFUSALS = {
    "missing": _l("The file %(path)s cannot be read. Check the path."),
    "not_a_file": _l(
        "%(path)s is a pipe or a device and can be read only once. Save it as a file."
    ),
    "file_too_large": _l("%(path)s is larger than %(limit)s MB. Split it or take a sample."),
    "empty": _l("%(path)s is empty."),
    "no_rows": _l("%(path)s has no rows below its first line."),
    "not_csv": _l("%(path)s is no CSV file. Save it as CSV (UTF-8)."),
    "rows_differ": _l("%(path)s has rows with other columns than its first line. Save it again."),
    "row_too_long": _l(
        "%(path)s, line %(line)s has more columns than the first line. If numbers are written with"
        " a comma, there must be semicolons between the columns."
    ),
    "too_many_rows": _l("%(path)s has more than %(limit)s rows. Split it or take a sample."),
    "no_column": _l("%(path)s has no column %(column)s. It has: %(columns)s."),
    "column_twice": _l("%(path)s has two columns named %(column)s."),
    "one_axis": _l("--x and --y both name the column %(column)s. Give each a column of its own."),
    "column_taken": _l("%(path)s already has a column named %(column)s. Rename it."),
    "no_positions": _l("%(path)s has no row with a usable position: check lon and lat."),
    "metres": _l(
        "%(path)s has its positions in metres, as in SWEREF 99 TM (EPSG:3006). They must be degrees"
        " (WGS 84): convert them first, for example in QGIS."
    ),
    "metres_in_plane": _l(
        "%(path)s has its positions in metres, as in SWEREF 99 TM. Add --cartesian, or convert them"
        " to degrees (WGS 84)."
    ),
    "no_degrees": _l(
        "%(path)s, line %(line)s: %(column)s is more than degrees can be. Correct it, or add"
        " --cartesian if x and y lie in a plane."
    ),
    "no_numbers": _l("%(path)s has no row with both a position and a number in %(column)s."),
    "swapped": _l(
        "lon and lat seem to have changed places in %(path)s: %(count)s of %(total)s rows. Let the"
        " two columns change names."
    ),
    "swapped_marks": _l(
        "lon and lat seem to have changed places in %(path)s: %(count)s of %(total)s rows. If they"
        " are right, give the area that they lie in with --boundary."
    ),
    "all_outside": _l(
        "None of the %(count)s marks lies inside %(path)s. Are both files of the same place?"
    ),
    "boundary_turned": _l(
        "Longitude and latitude seem to have changed places in %(path)s. Write longitude first, as"
        " GeoJSON wants it."
    ),
    "one_turned": _l(
        "None of the %(count)s marks lies inside %(path)s, but some would if longitude and latitude"
        " changed places in it. Write longitude first in %(path)s, or let the columns lon and lat"
        " of %(points)s change names."
    ),
    "too_wide": _l(
        "The marks lie up to %(km)s km apart, so some row must be wrong. Correct it, or give the"
        " area with --boundary."
    ),
    "too_many_cells": _l("Cells of that size are too many here. Use --cell-m %(cell)s or larger."),
    "no_people": _l("%(path)s has no population in the area, so nothing can be expected."),
    "people_elsewhere": _l(
        "No mark stands where people live in %(path)s. Is it the population of the same area?"
    ),
    "negative": _l("%(path)s, line %(line)s: %(column)s must not be negative."),
    "not_a_number": _l("%(path)s, line %(line)s: %(column)s is no number."),
    "cases_without_people": _l(
        "%(path)s, line %(line)s has cases but no population. Correct it, or join the area with"
        " a neighbour."
    ),
    "no_cases": _l("%(path)s has no cases."),
    "boundary": _l("%(path)s holds no polygon with an area. It must be GeoJSON."),
    "boundary_metres": _l("%(path)s is not in degrees (WGS 84). Convert it first."),
    "too_far_north": _l("The positions lie too near a pole to be analysed."),
    "area_too_wide": _l("%(path)s is up to %(km)s km across, which is too wide for one analysis."),
    "option": _l("%(option)s must be a number above 0."),
    "too_large": _l("%(path)s, line %(line)s: %(column)s is too large to reckon with."),
    "same_file": _l("%(path)s is read or written already. Give the result another name."),
    "unwritable": _l("%(path)s cannot be written. Check the folder."),
}

NOTES = {
    "unusable": _l("%(n)s rows have no usable position and are left out."),
    "without_number": _l("%(n)s rows have no number in %(column)s and are left out."),
    "swapped": _l("%(n)s rows seem to have lon and lat in each other's place and are left out."),
    "outside": _l("%(n)s marks lie outside the area and are left out."),
    "repeated": _l("%(n)s marks repeat a respondent in the same cell and are not counted again."),
    "coarser": _l("The area is large, so cells of %(n)s m are used instead of 100 m."),
    "unpeopled": _l(
        "%(n)s marks stand where nobody lives; they are expected evenly over all such ground."
    ),
    "too_few": _l("There are only %(n)s marks: too few for a hotspot. The result is empty."),
    "one_spot": _l(
        "All %(n)s marks stand on one spot, so there is nothing to compare it with. The result is"
        " empty. Give --boundary or --population."
    ),
    "line": _l(
        "All %(n)s marks stand on one line, which has no area to compare with. The result is"
        " empty. Give --boundary or --population."
    ),
    "coarse_people": _l(
        "People are counted in cells of about %(n)s m. An area smaller than that may only show"
        " where they live inside a cell."
    ),
    "bandwidth": _l("Bandwidth %(n)s m, chosen by least-squares cross-validation."),
    "one_cell": _l(
        "The whole area is one cell of %(n)s m, so there is nothing to compare it with. The result"
        " is empty. Use a smaller --cell-m."
    ),
    "few_cells": _l(
        "The whole area is %(n)s cells of that size, too few to tell one part of it from another."
        " Use a smaller --cell-m."
    ),
    "hidden": _l(
        "Areas that only stand out when the stronger ones have been taken away: %(n)s. Their n,"
        " expected and relative_risk still compare with all marks."
    ),
    "no_excess": _l("No circle holds more cases than its population explains. The list is empty."),
    "both_turned": _l(
        "The marks lie between Oman and India. If they are Swedish, longitude and latitude have"
        " changed places both in them and in the boundary: correct both files."
    ),
    "no_contrast": _l(
        "z is 0 in every row: the values are alike, or all rows are within the distance of each"
        " other."
    ),
    "alone": _l(
        "No row has another one within the distance, so z only tells how each value differs from"
        " the mean. Use a larger --distance."
    ),
    "ids_repeat": _l("%(n)s areas share their id with another. Give --id a column that differs."),
    "repaired": _l("The boundary crosses itself and was made valid, which may move its edge."),
    "fractions": _l("Cases are not whole numbers; the simulations draw %(n)s in all."),
}

_QUIET_SECONDS = 2.0


def refuse(code: str, values: Mapping[str, str | int]) -> NoReturn:
    """End with one sentence and exit code 2."""
    click.echo(str(REFUSALS[code]) % printable(values), err=True)
    raise SystemExit(EXIT_UNUSABLE)


def note(code: str, n: float = 0, column: str = "") -> None:
    """Tell what a reader of the result must know."""
    count = f"{n:g}" if n < 1e6 else f"{n:.0f}"
    click.echo(str(NOTES[code]) % printable({"n": count, "column": column}), err=True)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Tables that cannot be used are told in a sentence."""
    try:
        yield
    except BadTable as error:
        refuse(error.code, error.values)


class Ticker:
    """Tells how far something has come, every other second and not before that."""

    def __init__(self) -> None:
        self._last = time.monotonic()

    def of(self, done: int, total: int) -> None:
        """So many of so many simulations are made."""
        if self._due():
            click.echo(_("%(done)s of %(total)s simulations", done=done, total=total), err=True)

    def rows(self, done: int) -> None:
        """So many rows are read."""
        if self._due():
            click.echo(_("%(done)s rows read", done=done), err=True)

    def _due(self) -> bool:
        now = time.monotonic()
        if now - self._last < _QUIET_SECONDS:
            return False
        self._last = now
        return True


def check_writable(*paths: Path | None, read: Sequence[Path | None] = ()) -> None:
    """Refuse before the work what could not be written after it, or would be written over."""
    taken = {Path(os.path.realpath(path)) for path in read if path is not None}
    for path in paths:
        if path is None:
            continue
        if not _takes_a_file(path):
            refuse("unwritable", {"path": str(path)})
        if path.resolve() in taken:
            refuse("same_file", {"path": str(path)})
        taken.add(path.resolve())


def _takes_a_file(path: Path) -> bool:
    """Whether a file can be made there: tried, as permissions do not tell what a system refuses.

    A device or a pipe is no place for one, as it would be replaced.
    """
    try:
        target = path.resolve()
        with tempfile.NamedTemporaryFile(dir=target.parent):
            pass
    except (OSError, RuntimeError):  # a link that leads to itself is either, by Python's version
        return False
    try:
        return stat.S_ISREG(target.stat().st_mode)
    except OSError as error:  # not there yet, or a name that is too long for the system
        return error.errno == errno.ENOENT


@contextlib.contextmanager
def written(path: Path) -> Iterator[IO[str]]:
    """A file that is there whole or not at all."""
    name = ""
    try:
        target = path.resolve()
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", newline="", dir=target.parent, delete=False
        ) as file:
            name = file.name
            yield file
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        Path(name).replace(target)
    except OSError:
        refuse("unwritable", {"path": str(path)})
    finally:
        if name:
            Path(name).unlink(missing_ok=True)
