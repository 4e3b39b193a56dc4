"""The words for what an import says about a file and its rows."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from surveys.drafts.population import PopulationProblem

FILE_MESSAGES = {
    "missing": _l("The file %(path)s cannot be read. Check the path."),
    "not_a_file": _l(
        "%(path)s is a pipe or a device and can be read only once. Save it as a file."
    ),
    "too_large": _l("The file is larger than %(limit)s MB. Split it and import the parts."),
    "spreadsheet": _l("The file is a spreadsheet. Save it as CSV (UTF-8) and import that file."),
    "encoding": _l("The file's characters cannot be read. Save it as CSV (UTF-8)."),
    "empty": _l("The file is empty."),
    "too_many_columns": _l("The file has %(found)s columns. At most %(limit)s can be read."),
    "no_header": _l(
        "The first line names no column %(column)s. It must hold the columns' names,"
        " with %(column)s among them."
    ),
    "repeated_column": _l("The column %(column)s stands twice in the first line."),
    "too_many_rows": _l("The file has more than %(limit)s rows. Split it and import the parts."),
    "quotes": _l(
        "The file's quotation marks do not add up, as at line %(line)s. Save it again as CSV."
    ),
    "municipality": _l("There is no municipality with the address %(slug)s."),
    "dialogue": _l("The municipality %(municipality)s has no dialogue with the address %(slug)s."),
    "no_geo": _l(
        "%(path)s is no file of geography that can be read. GeoPackage, GeoJSON and Shapefile can."
    ),
    "no_crs": _l(
        "%(path)s does not say in which coordinate system it is, so nothing can be placed. Save it"
        " with one, for example EPSG:3006."
    ),
    "no_column_of": _l("There is no column for %(column)s. The file has: %(columns)s."),
    "all_outside_of": _l(
        "Nothing of it lies in the municipality: %(count)s rows lie outside. Is it the right file?"
    ),
    "outline_too_wide": _l(
        "The outline is %(km)s km across, wider than any municipality. Is it the right file?"
    ),
    "no_places": _l("There is no place in the file. Is it the right one?"),
    "nobody": _l("Nobody lives in any of the squares, so there is nothing to compare with."),
    "no_streets": _l("No row of the file is a line with a name, so there is no street in it."),
    "too_many_streets": _l("The file has more than %(limit)s streets. Is it of one municipality?"),
    "no_source": _l("Say with --source who made the list."),
    "population_column": _l(
        "The first line names no column %(column)s. The table must have the columns kon,"
        " aldersgrupp and folkmangd."
    ),
    "population_nobody": _l(
        "The table has no row about %(name)s (municipality code %(code)s). Is it the right file?"
    ),
    "population_years": _l(
        "The table holds several years (%(years)s). Keep the rows of one of them."
    ),
    "population_no_gender": _l("There is no row for %(gender)s. Both genders must be there."),
    "population_no_gender_in": _l(
        "There is no row for %(gender)s in %(area)s. Both genders must be there."
    ),
    "population_no_ages": _l(
        "The table has nobody of %(gender)s aged %(ages)s. Every age from 0 up must be in one"
        " group."
    ),
    "population_no_ages_in": _l(
        "The table has nobody of %(gender)s aged %(ages)s in %(area)s. Every age from 0 up must be"
        " in one group."
    ),
    "population_overlap": _l(
        "The group %(gender)s aged %(ages)s has ages that another group has too. Every age must be"
        " in one group."
    ),
    "population_overlap_in": _l(
        "The group %(gender)s aged %(ages)s in %(area)s has ages that another group has too. Every"
        " age must be in one group."
    ),
    "off_globe": _l(
        "%(path)s holds positions that do not exist on the globe. Are the numbers metres, without a"
        " coordinate system that says so?"
    ),
    "no_file": _l("Say which file to import."),
    "no_attribution": _l(
        "Say with --attribution whose map it is, for example “© Lantmäteriet”. It is shown on each"
        " map."
    ),
    "nothing_to_draw": _l(
        "%(path)s holds nothing that the map draws. It draws: %(kinds)s. How features are told"
        " apart is in docs/operate.md."
    ),
    "no_pmtiles": _l("%(path)s is not a PMTiles file of version 3."),
    "not_vector": _l(
        "%(path)s holds pictures, not vector tiles, so it cannot follow the map's colours."
    ),
    "compression": _l("The tiles of %(path)s are packed in a way that browsers here cannot read."),
    "bounds": _l("%(path)s does not say which part of the world it shows."),
    "cut_off": _l("%(path)s is shorter than it says. Fetch it again."),
    "broken": _l("%(path)s is broken. Fetch it again."),
    "elsewhere": _l("%(path)s shows another part of the world than the municipalities here."),
    "no_known_layer": _l(
        "%(path)s has the layers %(layers)s, none of which the map draws. It draws those of"
        " Protomaps: earth, water, landuse, roads, buildings, places."
    ),
    "no_room": _l("The base map could not be written: %(reason)s."),
    "storage": _l(
        "The database cannot be used right now, and nothing is changed. Are its tables made?"
        " Run: trygghetsdialog db upgrade"
    ),
}

ROW_MESSAGES = {
    "quotes": _l("a quotation mark is never closed or stands in the wrong place."),
    "cells": _l("the row has %(found)s columns but the first line has %(expected)s."),
    "cells_comma": _l(
        "the row has %(found)s columns but the first line has %(expected)s. If numbers are written"
        " with a comma, there must be semicolons between the columns."
    ),
    "nul": _l("the row holds a NUL character. Take it out."),
    "no_place": _l("the column %(column)s tells of a place, and the row has none."),
    "unreadable": _l("the row holds characters that cannot be read. Save the file as UTF-8."),
    "theme_about_group": _l(
        "%(code)s is about people's ethnicity, religion or nationality, which no theme is. Write"
        " what happens or what is wished for."
    ),
    "theme_circle": _l("%(code)s lies under itself by its broader themes. Break the circle."),
    "theme_code": _l(
        "the code is “%(typed)s”. Write 1–%(limit)s of the letters a–z, digits and underscore."
    ),
    "theme_code_twice": _l("the code %(code)s already stands on line %(line)s."),
    "theme_name_missing": _l("%(code)s has no Swedish name. Write one in the column name_sv."),
    "theme_name_twice": _l("the name “%(name)s” already belongs to another theme."),
    "theme_parent": _l(
        "the broader theme of %(code)s is “%(parent)s”, which is no code in use in the file or in"
        " the codebook."
    ),
    "too_many_themes": _l("the codebook would get more than %(limit)s themes."),
    "no_rows": _l("the file has no themes under its first line."),
    "id_missing": _l("id is missing."),
    "duplicate_id": _l("the id %(id)s stands on another line too."),
    "id_twice": _l("id %(id)s already stands on line %(line)s with other content."),
    "conflict": _l(
        "id %(id)s is already in the dialogue with other content. What is there is unchanged."
    ),
    "no_question": _l("the dialogue has no question for the column %(column)s."),
    "scale": _l("%(column)s is “%(typed)s”. Write 1–5, ja, nej or vet ej."),
    "choice": _l("%(column)s is “%(typed)s”, which is not one of the choices."),
    "long": _l("%(column)s has %(length)s characters. There is room for %(limit)s."),
    "not_a_number": _l(
        "lat or lon is “%(typed)s”. Write decimal degrees, for example 61.3037 or 61,3037."
    ),
    "half_missing": _l("only one of lat and lon is filled in. Fill in both or none."),
    "out_of_range": _l("the position %(typed)s does not exist on the globe."),
    "swapped": _l("lat and lon seem to have changed places (%(typed)s)."),
    "outside": _l(
        "the position lies about %(km)s km outside the municipality. Correct lat and lon, or leave"
        " them out and describe the place in words in the column place."
    ),
    "no_surface": _l("it has no polygon with a surface."),
    "no_position": _l("it has no position."),
    "off_globe": _l(
        "its position does not exist on the globe. Are the numbers metres, without a coordinate"
        " system that says so?"
    ),
    "bad_code": _l("the code is “%(typed)s”. It must have 1–20 characters."),
    "bad_name": _l("the name is “%(typed)s”. It must have 1–120 characters."),
    "bad_kind": _l("the kind is “%(typed)s”. Write one of: %(kinds)s."),
    "bad_radius": _l("the radius is %(typed)s. Write 1–50000 metres."),
    "code_twice": _l("the code “%(typed)s” stands twice."),
    "name_twice": _l("the name “%(typed)s” stands twice."),
    "not_people": _l("the number is “%(typed)s”. Write a number from 0 upwards."),
    "no_people": _l("no number of inhabitants stands there. Write a number from 0 upwards."),
    "population_gender": _l("kon is “%(typed)s”. Write kvinnor or män."),
    "population_ages": _l(
        "aldersgrupp is “%(typed)s”. Write ages as 15-19, 85+ or 17. If a spreadsheet has made"
        " dates of them, make the column text."
    ),
    "population_across": _l(
        "the group %(typed)s lies across the age of %(age)s, where an age group of the survey"
        " begins. Use smaller groups, such as five years."
    ),
    "population_area": _l("omrade is “%(typed)s”. It may have at most 120 characters."),
    "population_twice": _l(
        "%(gender)s aged %(ages)s already stand on line %(first)s. Keep one of the two."
    ),
    "place_outside": _l("“%(typed)s” lies outside the municipality. Check lat and lon."),
    "date": _l("answered_on is “%(typed)s”. Write the date as 2021-10-31."),
    "date_future": _l("answered_on is %(typed)s, which has not come yet."),
    "date_unlikely": _l("answered_on is %(typed)s. Check the year."),
    "event": _l("the dialogue has no event with the code “%(typed)s”."),
    "near": _l(
        "note: the position lies %(metres)s m outside the municipality's boundary. Imported."
    ),
}


def file_message(code: str, values: Mapping[str, str | int]) -> str:
    """Why the whole file was refused, in words."""
    return str(FILE_MESSAGES[code]) % printable(values)


def row_message(code: str, values: Mapping[str, str | int]) -> str:
    """What there is to say about a row, in words."""
    return str(ROW_MESSAGES[code]) % printable(values)


def population_message(problem: PopulationProblem) -> str:
    """Why a table of population counts was refused, in words, with the line where there is one."""
    if problem.code not in ROW_MESSAGES:
        return file_message(problem.code, problem.values)
    reason = row_message(problem.code, problem.values)
    return _("line %(line)s: %(reason)s", line=problem.line, reason=reason)


def printable(values: Mapping[str, str | int]) -> dict[str, str]:
    """``values`` as text that cannot steer the terminal it is shown in."""
    return {
        name: "".join(c if c.isprintable() else "·" for c in str(value))
        for name, value in values.items()
    }
