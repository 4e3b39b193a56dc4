"""Word documents: what is read of a plan, and that nothing of it is moved or made up."""

from datetime import date

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from surveys.plan_files.found import FoundPlan, FoundRow
from surveys.plan_files.reading import read_plan
from tests.factories.plan_documents import AREAS, HEADINGS, N_ROWS, fill, plan_docx, saved


@pytest.fixture
def document() -> Document:
    return docx.Document()


def read(document: Document, name: str = "plan.docx") -> FoundPlan:
    return read_plan(saved(document), name)


def cells(row: FoundRow) -> tuple[str, ...]:
    return (row.activity, row.when, row.who, row.follow_up)


def codes(plan: FoundPlan) -> list[str]:
    return [doubt.code for doubt in plan.doubts]


def test_a_whole_plan_comes_in_row_by_row_under_its_areas() -> None:
    plan = read_plan(plan_docx(), "plan.docx")
    assert [(area.name, area.goals) for area in plan.areas] == [(n, g) for n, g, _ in AREAS]
    assert [cells(row) for row in plan.rows] == [row for _n, _g, rows in AREAS for row in rows]
    assert [row.area for row in plan.rows] == [1, 1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert {(row.table, row.line) for row in plan.rows if row.area == 2} == {(2, 2), (2, 3), (2, 4)}
    assert len(plan.rows) == N_ROWS


def test_the_plan_s_own_words_about_itself_are_read_and_no_person_s_name() -> None:
    plan = read_plan(plan_docx(), "x.docx")
    head = plan.head
    assert head.title == "Lokal handlingsplan 2024 – 2025"
    assert (head.starts_on, head.ends_on) == (date(2024, 1, 1), date(2025, 12, 31))
    assert head.authors == ("kommunpolis", "trygghetssamordnare, Exempels kommun")
    assert head.evaluate_after == date(2025, 12, 31)
    assert head.evaluation_owners == (
        "Exempels kommun: Trygghetssamordnare",
        "Polisen: Kommunpolis",
    )
    assert head.channels == ("Kommunens webbplats", "Polisens sociala medier")
    assert "names_left_out" in codes(plan)
    assert "Påhittad" not in repr(plan)


def test_the_same_activity_under_two_areas_is_one_with_two_follow_ups() -> None:
    rows = read_plan(plan_docx(), "x.docx").rows
    assert {row.number: row.same_as for row in rows if row.same_as} == {6: 4, 9: 1}
    assert rows[0].follow_up != rows[8].follow_up


def test_a_missing_cell_is_a_gap_and_nothing_moves_into_it() -> None:
    row = read_plan(plan_docx(), "x.docx").rows[2]
    assert cells(row) == (
        "Samråd om oro i ett område",
        "När behov uppstår",
        "Fältgruppen kallar",
        "",
    )


def test_a_row_with_a_cell_too_few_keeps_its_other_cells(document: Document) -> None:
    table = document.add_table(rows=0, cols=4)
    _, row = fill(table, (HEADINGS, ("Samråd", "Vid behov", "Skolan", "borta")))
    row._tr.remove(row._tr.tc_lst[3])
    [found] = read(document).rows
    assert cells(found) == ("Samråd", "Vid behov", "Skolan", "")
    assert [d.code for d in found.doubts] == ["short_row"]


def test_a_row_that_begins_further_in_is_not_moved_to_the_left(document: Document) -> None:
    table = document.add_table(rows=0, cols=4)
    _, row = fill(table, (HEADINGS, ("bort", "Vid behov", "Skolan", "Muntligt")))
    row._tr.remove(row._tr.tc_lst[0])
    before = OxmlElement("w:gridBefore")
    before.set(qn("w:val"), "1")
    row._tr.get_or_add_trPr().append(before)
    [found] = read(document).rows
    assert cells(found) == ("", "Vid behov", "Skolan", "Muntligt")


def test_a_merged_row_over_the_whole_width_names_the_area(document: Document) -> None:
    table = document.add_table(rows=0, cols=4)
    blank = ("", "", "", "")
    rows = fill(
        table,
        (
            HEADINGS,
            ("Område 1: Trafik", "", "", ""),
            ("Mål: Färre kör för fort", "", "", ""),
            ("Kontroller", "Varje vecka", "Polisen", "Årligen"),
            HEADINGS,  # again at the top of the next page
            ("Alkohol", "", "", ""),
            ("Tillsyn", "2 ggr/år", "Kommunen", "Årligen"),
            blank,
            ("* Efter samråd med skolorna", "", "", ""),
        ),
    )
    for row in (rows[1], rows[2], rows[5], rows[8]):
        row.cells[0].merge(row.cells[3])
    plan = read(document)
    assert [(a.name, a.goals) for a in plan.areas] == [
        ("Trafik", ("Färre kör för fort",)),
        ("Alkohol", ()),
    ]
    assert [(row.activity, row.area) for row in plan.rows] == [("Kontroller", 1), ("Tillsyn", 2)]
    assert codes(plan).count("footnote") == 1


def test_a_cell_merged_over_rows_is_read_for_each_and_told(document: Document) -> None:
    table = document.add_table(rows=0, cols=4)
    rows = fill(
        table,
        (HEADINGS, ("Ett", "Vid behov", "Båda", "Årligen"), ("Två", "Vid behov", "Båda", "")),
    )
    rows[1].cells[3].merge(rows[2].cells[3])
    found = read(document).rows
    assert [row.follow_up for row in found] == ["Årligen", "Årligen"]
    assert [d.code for d in found[1].doubts] == ["merged_down"]


def test_a_cell_merged_over_columns_is_read_once_and_the_other_is_a_gap(document: Document) -> None:
    table = document.add_table(rows=0, cols=4)
    rows = fill(table, (HEADINGS, ("Samtal", "Varje månad", "", "Årligen")))
    rows[1].cells[1].merge(rows[1].cells[2])
    [found] = read(document).rows
    assert (found.when, found.who, found.follow_up) == ("Varje månad", "", "Årligen")
    assert [(d.code, d.field) for d in found.doubts] == [("merged_across", "who")]


def test_a_table_inside_a_cell_is_the_cell_s_text(document: Document) -> None:
    table = document.add_table(rows=0, cols=4)
    rows = fill(table, (HEADINGS, ("Kameror", "Under 2024", "", "Årligen")))
    fill(rows[1].cells[2].add_table(0, 2), (("Polisen", "tillfälliga"), ("Kommunen", "fasta")))
    [found] = read(document).rows
    assert found.who == "Polisen tillfälliga Kommunen fasta"
    assert [d.code for d in found.doubts] == ["nested_table"]


def test_a_plan_inside_a_table_that_is_there_for_the_layout(document: Document) -> None:
    outer = document.add_table(rows=1, cols=2)
    outer.cell(0, 0).text = "Trafik"
    inner = outer.cell(0, 1).add_table(0, 4)
    fill(inner, (HEADINGS, ("Kontroller", "Varje vecka", "Polisen", "")))
    plan = read(document)
    assert [(row.activity, row.area) for row in plan.rows] == [("Kontroller", 1)]
    assert plan.areas[0].name == "Trafik"


def test_a_table_cut_off_from_its_headings_goes_on(document: Document) -> None:
    fill(document.add_table(0, 4), (HEADINGS, ("Ett", "Vid behov", "Båda", "Årligen")))
    fill(document.add_table(0, 4), (("Två", "Vid behov", "Båda", "Årligen"),))
    plan = read(document)
    assert [row.activity for row in plan.rows] == ["Ett", "Två"]
    assert "table_without_headings" in codes(plan)


def test_headings_are_understood_misspelt_broken_and_in_english(document: Document) -> None:
    headings = ("Aktvitet", "N\u00adär", "Ansvarig polis", "Upp-\nföljning", "Status")
    fill(document.add_table(0, 5), (headings, ("Ett", "Vid behov", "LPO", "Årligen", "klar")))
    english = ("Activity", "When", "Responsible", "Follow-up", "")
    fill(document.add_table(0, 5), (english, ("Two", "Weekly", "Both", "Yearly", "")))
    plan = read(document)
    assert [cells(row) for row in plan.rows] == [
        ("Ett", "Vid behov", "LPO", "Årligen"),
        ("Two", "Weekly", "Both", "Yearly"),
    ]
    assert codes(plan) == ["heading_guessed", "column_unused"]


def test_who_in_two_columns_keeps_whose_column_it_was(document: Document) -> None:
    headings = ("Åtgärd", "Tid", "Ansvarig polis", "Ansvarig kommun")
    fill(document.add_table(0, 4), (headings, ("Ett", "2024", "Kommunpolis", "Fritid")))
    assert read(document).rows[0].who == "Ansvarig polis: Kommunpolis; Ansvarig kommun: Fritid"


def test_a_table_on_its_side_is_one_activity_a_form(document: Document) -> None:
    for name in ("Ett", "Två"):
        rows = (("Aktivitet", name), ("När", "2 ggr/år"), ("Ansvarig", "Båda"))
        fill(document.add_table(0, 2), rows)
    assert [row.activity for row in read(document).rows] == ["Ett", "Två"]


def test_what_was_deleted_while_changes_were_tracked_is_not_read(document: Document) -> None:
    _, row = fill(document.add_table(0, 4), (HEADINGS, ("Ett", "", "Båda", "Årligen")))
    run = row.cells[1].paragraphs[0].add_run("Varje dag")
    deleted = OxmlElement("w:del")
    run._r.addprevious(deleted)
    deleted.append(run._r)
    row.cells[1].paragraphs[0].add_run("Varje\u00a0vecka")
    assert read(document).rows[0].when == "Varje vecka"


def test_title_and_period_of_the_file_s_name_are_proposed_and_told(document: Document) -> None:
    fill(document.add_table(0, 4), (HEADINGS, ("Ett", "Vid behov", "Båda", "Årligen")))
    plan = read(document, "Handlingsplan_2024-2025.docx")
    assert (plan.head.title, plan.head.starts_on) == ("Handlingsplan 2024-2025", date(2024, 1, 1))
    assert codes(plan) == ["title_from_file", "period_from_file"]
