"""What a person is asked to look at, and that it goes once it is put right."""

from dataclasses import replace

from surveys.plan_files.doubts import head_doubts, known_words, read_rows, with_latin
from surveys.plan_files.found import FoundPlan, FoundRow, from_json, to_json
from surveys.plan_files.reading import read_pasted, read_plan
from surveys.plan_files.repeats import find_alike
from surveys.schedule.grammar_schedule import Kind
from tests.factories.plan_documents import SKER, plan_docx


def plan_of(*rows: str) -> FoundPlan:
    head = "Handlingsplan 2024\nTrafik\nAktivitet;När;Vem;Uppföljning\n"
    return read_pasted(head + "\n".join(rows))


def codes(plan: FoundPlan, number: int) -> list[str]:
    return [doubt.code for doubt in read_rows(plan)[number].doubts]


def changed(plan: FoundPlan, number: int, **new: object) -> FoundPlan:
    rows = (replace(row, **new) if row.number == number else row for row in plan.rows)  # type: ignore[arg-type]
    return replace(plan, rows=tuple(rows))


def test_each_gap_is_told_and_goes_when_it_is_filled() -> None:
    plan = plan_of("Samråd;;Skolan;", ";Årligen;Polisen;BRÅ varje år")
    assert codes(plan, 1) == ["when_missing", "follow_up_missing"]
    assert codes(plan, 2) == ["activity_missing"]
    assert read_rows(plan)[2].is_blocked
    assert codes(changed(plan, 1, when="Vid behov", follow_up="Årligen"), 1) == []


def test_a_person_named_in_a_cell_is_pointed_at_until_a_role_stands_there() -> None:
    plan = plan_of("Samråd;Årligen;Anna Andersson, kommunpolis;BRÅ varje år")
    [doubt] = read_rows(plan)[1].doubts
    assert (doubt.code, doubt.field, doubt.values) == ("person", "who", {"text": "Anna Andersson"})
    assert codes(changed(plan, 1, who="Kommunpolis"), 1) == []


def test_a_word_of_mixed_scripts_is_named_with_its_letters_and_a_proposal() -> None:
    plan = read_plan(plan_docx(), "x.docx")
    [doubt] = [d for d in read_rows(plan)[7].doubts if d.code == "mixed_script"]
    assert doubt.field == "follow_up"
    assert doubt.values == {
        "word": SKER,
        "letters": "\u0435 (U+0435), \u0440 (U+0440)",
        "proposed": "Sker",
        "names": "CYRILLIC SMALL LETTER IE; CYRILLIC SMALL LETTER ER",
    }
    mended = with_latin(plan.rows[6], known_words(plan))
    assert mended == {"follow_up": "Sker i projektets styrgrupp"}
    assert "mixed_script" not in codes(changed(plan, 7, **mended), 7)


def test_times_are_read_and_what_is_none_is_told_and_kept() -> None:
    plan = plan_of("Kontroller;Minst 2 gånger/år;Polisen;Genom dialog med de berörda")
    reading = read_rows(plan)[1]
    assert reading.when is not None
    assert (reading.when.kind, reading.when.count) == (Kind.COUNTED, 2)
    assert [(d.code, d.field) for d in reading.doubts] == [("time_unread", "follow_up")]


def test_nearly_the_same_activity_is_proposed_and_never_joined_unasked() -> None:
    plan = read_plan(plan_docx(), "x.docx")
    assert plan.rows[9].same_as is None
    assert "alike" in codes(plan, 10)
    apart = changed(plan, 10, apart_from=(7,))
    assert "alike" not in codes(apart, 10)


def test_activities_at_other_times_or_with_other_numbers_are_not_proposed() -> None:
    rows = [
        FoundRow(number=1, activity="Avstämning med gruppen kl. 14", when="Varje måndag"),
        FoundRow(number=2, activity="Avstämning med gruppen kl. 15", when="Varje måndag"),
        FoundRow(number=3, activity="Avstämning med grupper kl. 14", when="Varje fredag"),
    ]
    assert find_alike(rows) == []


def test_a_repeated_row_tells_which_it_repeats_and_where_they_differ() -> None:
    plan = read_plan(plan_docx(), "x.docx")
    assert codes(plan, 9) == ["repeated"]
    other = changed(plan, 9, who="Någon annan")
    assert codes(other, 9) == ["repeated", "differs"]


def test_the_same_name_at_another_time_stays_an_activity_of_its_own() -> None:
    text = "Område;Vad;När\nA-kvarteret;Möte;Varje vecka\nB-kvarteret;Möte;Varje månad\n"
    plan = read_pasted(text)
    assert [row.same_as for row in plan.rows] == [None, None]


def test_twice_under_one_area_is_told() -> None:
    plan = plan_of("Samråd;Årligen;Skolan;BRÅ", "Samråd;Årligen;Skolan;BRÅ")
    assert "alike" in codes(plan, 2)
    assert "twice_in_area" in codes(changed(plan, 2, same_as=1), 2)


def test_what_the_document_does_not_say_of_itself_has_to_be_decided() -> None:
    plan = read_pasted("Aktivitet;När\nSamråd;Årligen\n")
    assert [doubt.code for doubt in head_doubts(plan)] == ["title_missing", "period_missing"]
    assert "area_missing" in codes(plan, 1)


def test_a_reading_comes_back_from_json_as_it_went_in() -> None:
    plan = read_plan(plan_docx(), "x.docx")
    assert from_json(to_json(plan)) == plan
