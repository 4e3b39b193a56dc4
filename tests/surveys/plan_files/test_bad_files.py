"""What is no plan: each kind of file is refused by a code that has a sentence."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date

import docx
import openpyxl
import pytest

from surveys.plan_files.blocks import MAX_FILE_BYTES, UnreadablePlan
from surveys.plan_files.reading import MAX_ACTIVITIES, read_pasted, read_plan
from tests.factories.plan_documents import HEADINGS, fill, plan_docx, saved
from webapp.words.plan_import import FILES

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def archive(**parts: str | bytes) -> bytes:
    """A zip archive; a name's double underscores are slashes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name.replace("__", "/"), content)
    return file.getvalue()


def changed(change: Callable[[str, bytes], tuple[str, bytes] | None]) -> bytes:
    """The Word document of a plan with its parts changed or left out."""
    with zipfile.ZipFile(io.BytesIO(plan_docx())) as before:
        parts = [change(name, before.read(name)) for name in before.namelist()]
    return archive(**dict(part for part in parts if part is not None))


def encrypted() -> bytes:
    """A zip archive whose entries say that they are encrypted."""
    content = bytearray(plan_docx())
    position = content.find(b"PK\x01\x02")
    while position >= 0:
        content[position + 8] |= 1
        position = content.find(b"PK\x01\x02", position + 4)
    return bytes(content)


def with_part(name: str, new: Callable[[bytes], bytes | None]) -> bytes:
    """The Word document with one of its parts made new, or left out for None."""

    def change(each: str, part: bytes) -> tuple[str, bytes] | None:
        made = new(part) if each == name else part
        return None if made is None else (each, made)

    return changed(change)


def macro_enabled(types: bytes) -> bytes:
    return types.replace(b"wordprocessingml", b"ms-word.macroEnabled")


def deep() -> bytes:
    document = docx.Document()
    holder = document.add_table(1, 1).cell(0, 0)
    for _ in range(40):
        holder = holder.add_table(1, 1).cell(0, 0)
    return saved(document)


def only_text() -> bytes:
    document = docx.Document()
    document.add_paragraph("Vi ska göra mycket.")
    return saved(document)


def unknown_headings() -> bytes:
    document = docx.Document()
    fill(document.add_table(0, 3), (("Färg", "Form", "Smak"), ("Röd", "Rund", "Söt")))
    return saved(document)


def with_entity(part: bytes) -> bytes:
    return part.replace(b"?>", b'?><!DOCTYPE x [<!ENTITY a "aaaa">]>', 1)


MAIN = "word/document.xml"
BAD: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "empty"),
    "blanks": (b"\xef\xbb\xbf \r\n\t", "empty"),
    "pdf renamed": (b"%PDF-1.7\n%\xe2\xe3", "pdf"),
    "old word": (OLE + "WordDocument".encode("utf-16-le"), "old_word"),
    "old excel": (OLE + "Workbook".encode("utf-16-le"), "old_excel"),
    "word with password": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "zip with password": (encrypted(), "password"),
    "rtf": (b"{\\rtf1\\ansi Hej}", "rich_text"),
    "open document": (archive(mimetype="application/vnd.oasis.opendocument.text"), "open_document"),
    "web page": (b"<!DOCTYPE html><table><tr><td>Aktivitet", "web_page"),
    "xml": (b'<?xml version="1.0"?><plan/>', "web_page"),
    "saved mail": (b"MIME-Version: 1.0\r\nContent-Type: text/html\r\n", "web_page"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(20), "picture"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(20), "picture"),
    "any zip": (archive(plan="hej"), "archive"),
    "gzip": (b"\x1f\x8b\x08" + bytes(20), "archive"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(20), "archive"),
    "program": (b"MZ\x90\x00" + bytes(60), "program"),
    "database": (b"SQLite format 3\x00" + bytes(60), "not_text"),
    "zeros": (b"a" + bytes(500), "not_text"),
    "macros": (with_part("[Content_Types].xml", macro_enabled), "macros"),
    "cut off": (plan_docx()[:3000], "broken"),
    "not xml": (with_part(MAIN, lambda _part: b"<w:doc"), "broken"),
    "entities": (with_part(MAIN, with_entity), "broken"),
    "no document": (with_part(MAIN, lambda _part: None), "no_document"),
    "no relations": (archive(**{"[Content_Types].xml": TYPES}), "no_document"),
    "bomb": (with_part("word/theme/theme1.xml", lambda _part: b" " * 300_000_000), "unpacked"),
    "tables in tables": (deep(), "too_deep"),
    "no table": (only_text(), "no_table"),
    "prose": ("Vi ska göra mycket, och det snart.\nÅh ja.".encode(), "no_table"),
    "other headings": (unknown_headings(), "no_headings"),
    "headings only": ("Aktivitet;När;Vem\n".encode(), "no_headings"),
    "odd bytes": (b"\xff\xfeA\xd8A", "encoding"),
    "no letters": (b"Aktivitet;N\x81r;Vem\nx;y;z", "encoding"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_plan_is_refused_with_a_sentence_of_its_own(name: str) -> None:
    content, code = BAD[name]
    with pytest.raises(UnreadablePlan) as refused:
        read_plan(content, "plan.docx")
    assert refused.value.code == code
    assert code in FILES


def test_a_presentation_is_told_to_be_one() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="1" Type="x/officeDocument" Target="ppt/presentation.xml"/>'
        "</Relationships>"
    )
    parts = {"[Content_Types].xml": TYPES, "_rels__.rels": rels, "ppt__presentation.xml": "<p/>"}
    with pytest.raises(UnreadablePlan) as refused:
        read_plan(archive(**parts))
    assert refused.value.code == "presentation"


def test_a_file_that_is_too_large_is_not_opened() -> None:
    with pytest.raises(UnreadablePlan) as refused:
        read_plan(b"x" * (MAX_FILE_BYTES + 1))
    assert refused.value.code == "too_large"


@pytest.mark.parametrize("cut", range(0, 2000, 61))
def test_a_damaged_document_is_a_sentence_and_never_a_traceback(cut: int) -> None:
    content = bytearray(plan_docx())
    at = len(content) * cut // 2000
    content[at : at + 40] = struct.pack("40B", *range(40))
    code = ""
    try:
        read_plan(bytes(content))
    except UnreadablePlan as error:
        code = error.code
    assert code in {"", *FILES}


def ten_thousand(activity: str = "Aktivitet {n}") -> str:
    rows = (f"{activity.format(n=n)};2 ggr/år;Båda;Årligen" for n in range(10_000))
    return "Aktivitet;När;Vem;Uppföljning\nTrafik;;;\n" + "\n".join(rows)


def test_ten_thousand_activities_are_refused_with_their_number() -> None:
    with pytest.raises(UnreadablePlan) as refused:
        read_pasted(ten_thousand())
    assert refused.value.code == "too_many_activities"
    assert refused.value.values == {"found": 10_000, "limit": MAX_ACTIVITIES}


def test_more_rows_than_a_plan_has_though_its_activities_would_find_room() -> None:
    rows = (f"Område {n % 3} här;Aktivitet {n // 3};Årligen" for n in range(3 * MAX_ACTIVITIES))
    with pytest.raises(UnreadablePlan) as refused:
        read_pasted("Tema;Aktivitet;När\n" + "\n".join(rows))
    assert refused.value.code == "too_many_rows"


def test_more_rows_than_are_looked_through() -> None:
    with pytest.raises(UnreadablePlan) as refused:
        read_pasted(ten_thousand() + "\nen;till;rad;här" * 10_001)
    assert refused.value.code == "too_many_rows"


def test_ten_thousand_rows_in_word() -> None:
    document = docx.Document()
    table = document.add_table(0, 4)
    first, second = fill(table, (HEADINGS, ("Aktivitet", "2 ggr/år", "Båda", "Årligen")))
    body = docx.oxml.parse_xml(first._tr.xml), second._tr.xml
    for n in range(9_998):
        row = docx.oxml.parse_xml(body[1].replace(">Aktivitet<", f">Aktivitet {n}<"))
        table._tbl.append(row)
    with pytest.raises(UnreadablePlan) as refused:
        read_plan(saved(document))
    assert refused.value.code == "too_many_activities"


def test_more_areas_than_a_plan_holds() -> None:
    rows = "\n".join(f"Område {n} är;Ett;Årligen" for n in range(30))
    with pytest.raises(UnreadablePlan) as refused:
        read_pasted(f"Tema;Aktivitet;När\n{rows}")
    assert refused.value.code == "too_many_areas"


def test_more_columns_than_any_table_has() -> None:
    with pytest.raises(UnreadablePlan) as refused:
        read_pasted("Aktivitet;När;Vem\n" + ";" * 100)
    assert refused.value.code == "too_many_columns"


def test_a_workbook_is_read_with_its_merged_cells_and_its_days() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Handlingsplan 2024"])
    sheet.append(["Område", "Aktivitet", "När", "Vem", "Uppföljning"])
    sheet.append(["Trafik", "Kontroller", "Varje vecka", "Polisen", None])
    sheet.append([None, "Samtal", None, "Skolan", None])
    sheet.merge_cells("A3:A4")
    sheet["E4"] = date(2024, 5, 31)
    file = io.BytesIO()
    book.save(file)
    plan = read_plan(file.getvalue(), "plan.xlsx")
    assert plan.head.title == "Handlingsplan 2024"
    assert [(r.activity, r.area, r.when, r.follow_up) for r in plan.rows] == [
        ("Kontroller", 1, "Varje vecka", ""),
        ("Samtal", 1, "", "2024-05-31"),
    ]
