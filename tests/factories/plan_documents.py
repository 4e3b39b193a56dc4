"""Action plans as documents to read in: words of our own, with the faults that real plans have."""

import io
from collections.abc import Sequence

import docx
from docx.table import Table, _Row

HEADINGS = ("Aktivitet", "När", "Vem", "Uppföljning")
SKER = "Sk\u0435\u0440"  # with two Cyrillic letters
# Area, goals, rows. The meeting stands under two areas with two days of follow-up, the night walk
# twice with the same words, and the project twice with nearly the same.
AREAS: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]], ...] = (
    (
        "Unga i riskzon",
        ("Fler unga har något att göra på kvällarna.", "Unga känner sig tryggare i centrum."),
        (
            (
                "Veckomöte mellan fältgruppen och polisen",
                "Varje tisdag kl. 13.00",
                "Kommunpolis och fältgruppen",
                "Kort rapport till lokala BRÅ 2025-03-10",
            ),
            ("Samtal med föräldrar", "2 gånger/termin", "Skolorna", "Muntligt i maj varje år"),
            ("Samråd om oro i ett område", "När behov uppstår", "Fältgruppen kallar", ""),
            ("Nattvandring i centrum", "Minst 4 gånger/år", "Föreningarna", "Efter varje vandring"),
        ),
    ),
    (
        "Trafik",
        ("Färre kör för fort förbi skolorna.",),
        (
            ("Hastighetskontroller vid skolorna", "Under 2024", "Polisen", "Vid varje BRÅ-möte"),
            ("Nattvandring i centrum", "Minst 4 gånger/år", "Föreningarna", "Efter varje vandring"),
            (
                "Aktiv medverkan i projektet Säker väg",
                "Löpande under perioden",
                "Båda",
                f"{SKER} i projektets styrgrupp",
            ),
        ),
    ),
    (
        "Arbete tillsammans",
        ("Samverkan är tydlig och känd.",),
        (
            ("Lokala BRÅ", "5 ggr/år", "Kommunstyrelsens ordförande", "Muntligt 2025-03-10"),
            (
                "Veckomöte mellan Fältgruppen och polisen",
                "Varje tisdag kl. 13.00",
                "Kommunpolis och fältgruppen",
                "Kort rapport till lokala BRÅ 2024-10-21",
            ),
            (
                "Att aktivt medverka i projektet Säker väg",
                "Löpande under perioden",
                "Båda",
                f"{SKER} i projektets styrgrupp",
            ),
        ),
    ),
)
TITLE = "Lokal handlingsplan 2024 – 2025"
BEFORE = (
    "Upprättad av",
    "Nils Påhittad, kommunpolis",
    "Ida Påhittad, trygghetssamordnare, Exempels kommun",
    "Gemensam aktivitetsplan",
)
AFTER = (
    "Vi berättar i följande kanaler:",
    "Kommunens webbplats",
    "Polisens sociala medier",
    "Utvärdering av handlingsplanen i sin helhet sker av båda parter efter 2025-12-31.",
    "Ansvariga för att uppföljning och utvärdering sker:",
    "Exempels kommun: Trygghetssamordnare",
    "Polisen: Kommunpolis",
)
N_ROWS = sum(len(rows) for _name, _goals, rows in AREAS)


def plan_docx() -> bytes:
    """The plan as a Word document."""
    document = docx.Document()
    document.add_heading(TITLE, 0)
    for text in BEFORE:
        document.add_paragraph(text)
    for name, goals, rows in AREAS:
        document.add_heading(name, 1)
        document.add_paragraph("Mål")
        for goal in goals:
            document.add_paragraph(goal, style="List Bullet")
        fill(document.add_table(rows=0, cols=4), (HEADINGS, *rows))
    for text in AFTER:
        document.add_paragraph(text)
    return saved(document)


def plan_text() -> str:
    """The plan as it is pasted from Word."""
    lines = [TITLE, "", *BEFORE, ""]
    for name, goals, rows in AREAS:
        lines += [name, "", "Mål", "", *(f"- {goal}" for goal in goals), "", "\t".join(HEADINGS)]
        lines += ["\t".join(row) for row in rows] + [""]
    return "\n".join([*lines, *AFTER])


def plan_csv(separator: str = ";") -> str:
    """The plan as one table with a column for the area, as a spreadsheet saves it."""
    rows = [("Område", *HEADINGS)]
    for name, _goals, area_rows in AREAS:
        rows += [(name, *row) for row in area_rows]
    return "\r\n".join(separator.join(_quoted(cell, separator) for cell in row) for row in rows)


def fill(table: Table, rows: Sequence[Sequence[str]]) -> list[_Row]:
    """Add ``rows`` to ``table``."""
    made = []
    for texts in rows:
        row = table.add_row()
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
        made.append(row)
    return made


def saved(document: "docx.document.Document") -> bytes:
    """The bytes of a Word document."""
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _quoted(cell: str, separator: str) -> str:
    return f'"{cell}"' if separator in cell else cell
