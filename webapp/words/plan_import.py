"""What is said of a plan that is read from a file: why it cannot be, and what is doubtful in it."""

from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.plan_files.found import Doubt, FoundRow
from webapp.commands.import_messages import printable

# Why nothing was read, and what to do instead.
FILES: dict[str, LazyString] = {
    "archive": _l("The file is a packed archive. Unpack it and choose the document in it."),
    "broken": _l(
        "The file is damaged and cannot be opened. Open it in the program that made it, save it"
        " again and try once more."
    ),
    "empty": _l("The file is empty. Choose another, or paste the table."),
    "encoding": _l(
        "The file's characters cannot be read. Save it as CSV (UTF-8) or as a Word document, or"
        " paste the table."
    ),
    "macros": _l(
        "The file holds macros, which are not let in. Save it as an ordinary Word document (.docx)"
        " or workbook (.xlsx)."
    ),
    "no_document": _l(
        "The file is packed like a Word document but holds no text. Open it in Word, save it"
        " again as .docx and try once more."
    ),
    "no_headings": _l(
        "There are tables, but none whose headings we know. The first line of the table should say"
        " Aktivitet, När, Vem and Uppföljning, or the like."
    ),
    "no_table": _l(
        "There is no table to read. An action plan is read from a table with headings such as"
        " Aktivitet, När, Vem and Uppföljning."
    ),
    "not_text": _l("This is no document with text. Choose a Word document, a workbook or CSV."),
    "old_excel": _l(
        "The file is a workbook of the older kind (.xls). Save it as .xlsx or CSV, or paste the"
        " cells."
    ),
    "old_word": _l(
        "The file is a Word document of the older kind (.doc). Open it in Word, save it as .docx"
        " and try once more."
    ),
    "open_document": _l(
        "The file is an OpenDocument file. Save it as a Word document (.docx) or CSV and try once"
        " more."
    ),
    "password": _l(
        "The file is locked with a password. Take the password away in the program that made it,"
        " and try once more."
    ),
    "pdf": _l(
        "The file is a PDF, whatever its name says. Take the Word document that it was made from,"
        " or paste the table."
    ),
    "picture": _l("The file is a picture. Take the document that it is a picture of."),
    "presentation": _l("The file is a presentation. Paste the table from it instead."),
    "program": _l("The file is a program, which is not let in. Choose the document."),
    "rich_text": _l("The file is RTF. Save it as a Word document (.docx) and try once more."),
    "too_deep": _l("Tables lie in tables too deep to be read. Paste the table instead."),
    "too_large": _l(
        "The file is larger than %(limit)s MB. Take the pictures out of it, or paste the table."
    ),
    "too_many_activities": _l(
        "There are %(found)s activities to read, and a plan holds %(limit)s. Is it the right file?"
        " Take out what does not belong to the plan, or make several plans."
    ),
    "too_many_areas": _l(
        "There are %(found)s areas to read, and a plan holds %(limit)s. Are they areas? Take out"
        " what does not belong to the plan."
    ),
    "too_many_columns": _l("The table has %(found)s columns. At most %(limit)s can be read."),
    "too_many_rows": _l(
        "The tables have more than %(limit)s rows, far more than a plan holds. Is it the right"
        " file? Take out what does not belong to the plan."
    ),
    "unpacked": _l(
        "The file would unpack to more than %(limit)s MB, which no plan does. Save it again in the"
        " program that made it, without pictures."
    ),
    "web_page": _l(
        "The file is a web page, a message or XML. Take the document itself, or paste the table."
    ),
}

_FIELDS: dict[str, LazyString] = {
    "activity": _l("Activity"),
    "when": _l("When"),
    "who": _l("Who"),
    "follow_up": _l("Follow-up"),
    "area": _l("Area"),
    "goal": _l("Goal"),
}

_DOUBTS: dict[str, LazyString] = {
    "activity_missing": _l("The activity is missing. Write it, or leave the row out."),
    "alike": _l("Looks like the same activity as row %(row)s. Are they one?"),
    "area_missing": _l("The row stands under no area. Choose one."),
    "cell_cut": _l("%(field)s was longer than %(limit)s characters and is cut off there."),
    "column_unused": _l("The column “%(column)s” is not read."),
    "differs": _l("%(field)s differs from row %(row)s, whose words are used: “%(text)s”."),
    "extra_cells": _l("The row has cells beyond the headings. They are not read: “%(text)s”."),
    "follow_up_missing": _l("The plan does not say how it is followed up. The gap is kept."),
    "footnote": _l("A footnote is not read as a row: “%(text)s”."),
    "heading_guessed": _l("The heading “%(column)s” is read as %(read_as)s."),
    "line_unread": _l("A line over the whole table is not read: “%(text)s”."),
    "merged_across": _l(
        "%(field)s has no cell of its own: a merged cell lies over it. Its text is read to the"
        " left of it."
    ),
    "merged_down": _l("%(field)s is a merged cell over several rows and is read for each of them."),
    "mixed_script": _l(
        "“%(word)s” in %(field)s has letters that are not Latin: %(letters)s. It should probably"
        " be “%(proposed)s”."
    ),
    "mixed_script_unread": _l(
        "“%(word)s” in %(field)s has letters that are not Latin: %(letters)s. Write the word anew."
    ),
    "names_left_out": _l(
        "Names of persons are left out among those who drew the plan up. Their roles are kept."
    ),
    "nested_table": _l("There is a table inside a cell. Its text is read as the cell's."),
    "person": _l(
        "“%(text)s” in %(field)s looks like a person's name or number. Write the role instead:"
        " readers of the plan see it."
    ),
    "period_from_file": _l("The period is read from the file's name. Check it."),
    "period_missing": _l("The document does not say from when to when the plan holds. Write it."),
    "read_as_area": _l("“%(name)s” (%(place)s) is read as the name of an area. Check it."),
    "repeated": _l("The same activity as row %(row)s, counted once under both areas."),
    "short_row": _l(
        "The row has %(found)s cells and the table %(expected)s columns. Nothing is moved: look"
        " that each cell stands right."
    ),
    "table_unread": _l("A table without headings that we know is not read: “%(words)s …”"),
    "table_without_headings": _l(
        "Table %(table)s has no headings and is read as going on from the one before it."
    ),
    "time_unread": _l("%(field)s could not be read as a time. It is kept as text."),
    "title_from_file": _l("The title is read from the file's name. Check it."),
    "title_missing": _l("The document has no title that we find. Write one."),
    "twice_in_area": _l("Stands twice under the same area: see row %(row)s too."),
    "when_missing": _l("The plan does not say when. The gap is kept until somebody writes it."),
    "who_missing": _l("The plan does not say who. The gap is kept until somebody writes it."),
}


def unreadable_words(code: str, values: Mapping[str, str | int]) -> str:
    """Why nothing was read, in words that say what to do."""
    return str(FILES[code]) % printable(values)


def doubt_words(doubt: Doubt) -> str:
    """What is doubtful, in words."""
    values = printable(doubt.values)
    if doubt.field is not None:
        values["field"] = field_words(doubt.field)
    if "read_as" in values:
        values["read_as"] = field_words(values["read_as"])
    if "line" in values:
        values["place"] = place_words(int(doubt.values.get("table", 0)), int(doubt.values["line"]))
    return str(_DOUBTS[doubt.code]) % values


def field_words(field: str) -> str:
    """The name of a cell: "När"."""
    return str(_FIELDS[field])


def row_place(row: FoundRow) -> str:
    """Where the row stood in its document: "tabell 2, rad 3"."""
    return place_words(row.table, row.line)


def place_words(table: int, line: int) -> str:
    """A place in a document, or in a text file where ``table`` is 0."""
    if table:
        return _("table %(table)s, row %(row)s", table=table, row=line)
    return _("line %(line)s of the text", line=line)
