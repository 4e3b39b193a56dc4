"""Pasted tables and CSV files, whatever divides their cells and however they were saved."""

import pytest

from surveys.plan_files.found import FoundPlan
from surveys.plan_files.reading import read_pasted, read_plan
from tests.factories.plan_documents import AREAS, N_ROWS, plan_csv, plan_text

ROWS = [row for _name, _goals, rows in AREAS for row in rows]


def cells(plan: FoundPlan) -> list[tuple[str, ...]]:
    return [(row.activity, row.when, row.who, row.follow_up) for row in plan.rows]


def test_what_is_pasted_from_word_is_read_whole() -> None:
    plan = read_pasted(plan_text())
    assert cells(plan) == ROWS
    assert [(area.name, area.goals) for area in plan.areas] == [(n, g) for n, g, _ in AREAS]
    assert plan.head.title == "Lokal handlingsplan 2024 – 2025"
    assert {row.number: row.same_as for row in plan.rows if row.same_as} == {6: 4, 9: 1}


@pytest.mark.parametrize("separator", [";", ",", "\t", "|", "~", "^", "§"])
def test_any_separator_will_do(separator: str) -> None:
    plan = read_plan(plan_csv(separator).encode(), "plan.csv")
    assert cells(plan) == ROWS
    assert [area.name for area in plan.areas] == [name for name, _goals, _rows in AREAS]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_each_way_of_saving_letters_is_told_from_the_bytes(encoding: str) -> None:
    text = plan_csv().replace("\u0435", "e").replace("\u0440", "r")  # not in Windows-1252
    plan = read_plan(text.encode(encoding), "plan.csv")
    assert plan.rows[0].activity == "Veckomöte mellan fältgruppen och polisen"
    assert len(plan.rows) == N_ROWS


def test_a_table_of_bars_as_markdown_has_it() -> None:
    text = (
        "# Handlingsplan 2024\n\n## Trafik\n\n| Vad | När | Vem | Uppföljning |\n"
        "|:---|:---:|---|---|\n| Kontroller | Varje vecka | Polisen | |\n"
        "| Samtal \\| möten | Vid behov | Skolan | Årligen |\n"
    )
    plan = read_pasted(text)
    assert plan.areas[0].name == "Trafik"
    assert cells(plan) == [
        ("Kontroller", "Varje vecka", "Polisen", ""),
        ("Samtal | möten", "Vid behov", "Skolan", "Årligen"),
    ]


def test_a_row_with_cells_left_out_at_its_end_is_not_filled_from_the_next() -> None:
    text = (
        "Aktivitet\tNär\tVem\tUppföljning\nSamråd\tVid behov\tSkolan\nKontroll\tÅrligen\tPolis\tBRÅ"
    )
    plan = read_pasted(text)
    assert cells(plan) == [
        ("Samråd", "Vid behov", "Skolan", ""),
        ("Kontroll", "Årligen", "Polis", "BRÅ"),
    ]
    assert [doubt.code for doubt in plan.rows[0].doubts] == ["short_row"]


def test_a_cell_that_pasting_broke_over_two_lines_is_one_again() -> None:
    text = (
        "Aktivitet\tNär\tVem\tUppföljning\n"
        "Kameror\tUnder 2024\tPolisen: tillfälliga.\nKommunen: fasta.\tVid varje möte\n"
    )
    assert cells(read_pasted(text)) == [
        ("Kameror", "Under 2024", "Polisen: tillfälliga. Kommunen: fasta.", "Vid varje möte")
    ]


def test_lines_and_quotation_marks_inside_a_cell() -> None:
    text = 'Aktivitet;När;Vem;Uppföljning\n"Gruppen ""Trygg i centrum""";"1 ggr\n/månad";X;Y\n'
    assert cells(read_pasted(text)) == [('Gruppen "Trygg i centrum"', "1 ggr /månad", "X", "Y")]


def test_a_quotation_mark_that_is_never_closed_swallows_no_row() -> None:
    rows = "\n".join(f"Aktivitet {n}\tÅrligen\tX\tY" for n in range(60))
    plan = read_pasted(f'Aktivitet\tNär\tVem\tUppföljning\n"Öppen\tÅrligen\tX\tY\n{rows}')
    assert len(plan.rows) == 61


def test_an_area_in_its_column_is_carried_down_and_its_goals_too() -> None:
    text = (
        "Område;Mål;Aktivitet;När\nTrafik;Färre olyckor;Kontroller;Årligen\n;;Samtal;Vid behov\n"
        "Alkohol;Mindre fylla;Tillsyn;2 ggr/år\n"
    )
    plan = read_pasted(text)
    assert [row.area for row in plan.rows] == [1, 1, 2]
    assert [(a.name, a.goals) for a in plan.areas] == [
        ("Trafik", ("Färre olyckor",)),
        ("Alkohol", ("Mindre fylla",)),
    ]


def test_a_line_with_nothing_but_its_first_cell_is_read_as_an_area_and_told() -> None:
    text = "Vad;När;Vem;Uppföljning\nTrafik;;;\nKontroller;Årligen;Polisen;BRÅ\n"
    plan = read_pasted(text)
    assert [(a.number, a.name) for a in plan.areas] == [(1, "Trafik")]
    assert [doubt.code for doubt in plan.doubts] == ["read_as_area"]


def test_empty_columns_and_lines_are_passed_over() -> None:
    text = ";Aktivitet;;När;Vem;Uppföljning;\n\n;Kontroller;;Årligen;Polisen;BRÅ;\n;;;;;;\n"
    assert cells(read_pasted(text)) == [("Kontroller", "Årligen", "Polisen", "BRÅ")]


def test_rows_without_an_area_have_none() -> None:
    plan = read_pasted("Aktivitet;När;Vem\nKontroller;Årligen;Polisen\n")
    assert plan.areas == ()
    assert plan.rows[0].area is None


def test_hard_spaces_soft_hyphens_and_control_signs_are_gone() -> None:
    plan = read_pasted("Aktivitet;När;Vem\nNatt\u00advandring;2\u00a0gånger/år;\x07Alla\u200b\n")
    assert cells(plan) == [("Nattvandring", "2 gånger/år", "Alla", "")]
