"""Rows of a file become answers once, and nothing that is stored is written over."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from maps.places import Precision, metres_per_degree
from surveys.models.dialogue import Channel, Dialogue, DialogueEvent, EventKind
from surveys.models.municipality import Municipality
from surveys.models.response import AgeBand, Gender, PlaceReason, Response, TimeOfDay
from surveys.services.dialogues.count_checks import rebuild_counts, verify_counts
from surveys.services.dialogues.counts import add_counts
from surveys.services.dialogues.imports import ImportReport, import_answers
from surveys.text.csv_table import read_table
from tests.factories.dialogues import make_dialogue
from tests.factories.municipalities import make_named_place

TODAY = date(2023, 8, 1)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    made = make_dialogue(session, municipality)
    make_named_place(session, municipality)
    made.events.append(
        DialogueEvent(
            code="mote-1",
            kind=EventKind.CITIZEN_DIALOGUE,
            channel=Channel.MEETING,
            title="Medborgardialog",
            held_on=date(2023, 7, 4),
        )
    )
    session.flush()
    return made


def bring(session: Session, dialogue: Dialogue, text: str) -> ImportReport:
    return import_answers(
        session,
        dialogue.municipality,
        dialogue,
        read_table(text.encode(), "id"),
        today=TODAY,
    )


def stored(session: Session, dialogue: Dialogue) -> dict[str, Response]:
    session.expire_all()
    rows = session.scalars(select(Response).where(Response.dialogue_id == dialogue.id))
    return {str(row.external_id): row for row in rows}


def said(response: Response) -> dict[int, tuple[str | None, str | None]]:
    return {a.question.position: (a.value, a.text) for a in response.answers}


@pytest.mark.parametrize(
    ("q1", "value"),
    [
        ("5", "5"),
        ("1", "1"),
        ("ja", "ja"),
        ("NEJ", "nej"),
        ("vet ej", "vet_ej"),
        ("Vet_ej", "vet_ej"),
        ("", None),
    ],
)
def test_q1_is_a_number_or_a_yes_or_no_and_neither_becomes_the_other(
    session: Session, dialogue: Dialogue, q1: str, value: str | None
) -> None:
    assert bring(session, dialogue, f"id,q1\nA,{q1}\n").refused == ()
    assert said(stored(session, dialogue)["A"]).get(1, (None, None))[0] == value


def test_q2_is_yes_or_no_only_when_it_says_nothing_else(
    session: Session, dialogue: Dialogue
) -> None:
    bring(session, dialogue, "id,q2,q3\nA,Nej,nej\nB,nej men mörkt,\n")
    answers = stored(session, dialogue)
    assert said(answers["A"]) == {2: ("nej", None), 3: (None, "nej")}
    assert said(answers["B"]) == {2: (None, "nej men mörkt")}


def test_a_place_is_found_by_name_or_alias_and_otherwise_kept_in_words(
    session: Session, dialogue: Dialogue
) -> None:
    bring(session, dialogue, "id,place\nA,resecentrum\nB,STATIONEN\nC,bakom kiosken\n")
    answers = stored(session, dialogue)
    for key in "AB":
        place = answers[key].places[0]
        assert (place.named_place is not None, place.words) == (True, None)
        assert (place.lat, place.precision) == (61.3000, Precision.PLACE)
    assert (answers["C"].places[0].named_place_id, answers["C"].places[0].words) == (
        None,
        "bakom kiosken",
    )


def test_a_position_with_decimal_commas_comes_in_as_it_stands(
    session: Session, dialogue: Dialogue
) -> None:
    bring(session, dialogue, "id;lat;lon\nA;61,303712;17,059254\n")
    place = stored(session, dialogue)["A"].places[0]
    assert (place.lat, place.lon, place.precision) == (61.303712, 17.059254, Precision.EXACT)
    assert place.municipality_id == dialogue.municipality_id


def test_reasons_and_times_of_a_place_come_in_from_words_and_codes(
    session: Session, dialogue: Dialogue
) -> None:
    text = (
        "id,place,reasons,times\n"
        "A,resecentrum,Mörkt | deserted,kväll|NATT\n"
        "B,bakom kiosken,narkotika,\n"
        "C,torget,,\n"
    )
    assert bring(session, dialogue, text).refused == ()
    answers = stored(session, dialogue)
    said = [(answers[key].places[0].reasons, answers[key].places[0].times) for key in "ABC"]
    assert said == [
        ({PlaceReason.DARK, PlaceReason.DESERTED}, {TimeOfDay.EVENING, TimeOfDay.NIGHT}),
        ({PlaceReason.DRUGS}, set()),
        (set(), set()),
    ]
    for again in (
        text,
        "id,place,reasons,times\nA,stationen,deserted|dark,natt|kväll\n",
        "id,place\nA,Resecentrum\n",
    ):
        assert bring(session, dialogue, again).refused == ()
    other = bring(session, dialogue, "id,place,reasons\nA,resecentrum,mörkt\n")
    assert [message.code for message in other.refused] == ["conflict"]


def test_a_position_just_outside_comes_in_with_a_note(session: Session, dialogue: Dialogue) -> None:
    report = bring(session, dialogue, "id,lat,lon\nA,61.5030,17.0\n")
    assert [(note.line, note.code) for note in report.notes] == [(2, "near")]
    assert stored(session, dialogue)["A"].places[0].outside_m == pytest.approx(334, abs=3)


def test_a_position_is_taken_up_to_one_kilometre_outside(
    session: Session, dialogue: Dialogue
) -> None:
    edge, per_metre = 61.5, 1 / metres_per_degree(61.5)[0]
    rows = (
        f"{id_},{edge + metres * per_metre:.6f},17.0" for id_, metres in (("A", 990), ("B", 1010))
    )
    report = bring(session, dialogue, "\n".join(["id,lat,lon", *rows, ""]))
    assert [(message.line, message.code) for message in report.refused] == [(3, "outside")]
    assert set(stored(session, dialogue)) == {"A"}


def test_background_is_kept_as_bands_from_codes_and_from_words(
    session: Session, dialogue: Dialogue
) -> None:
    text = (
        "id,age_band,gender,area,channel,event,language,answered_on\n"
        "A,15-24,kvinna,Ljusne,papper,,,2023-07-04\n"
        "B,15–24 år,Vill ej svara,,,MOTE-1,fi,\n"
        "C,80 år eller äldre,annat,,facebook,,,\n"
    )
    assert bring(session, dialogue, text).refused == ()
    answers = stored(session, dialogue)
    assert [answers[key].age_band for key in "ABC"] == [
        AgeBand.FROM_15_TO_24,
        AgeBand.FROM_15_TO_24,
        AgeBand.FROM_80,
    ]
    assert answers["B"].gender is Gender.NOT_SAID
    assert [answers[key].channel for key in "ABC"] == [
        Channel.PAPER,
        Channel.MEETING,
        Channel.FACEBOOK,
    ]
    assert (answers["A"].area, answers["A"].answered_on) == ("Ljusne", date(2023, 7, 4))
    assert answers["B"].event is not None
    assert (answers["A"].language, answers["B"].language) == ("sv", "fi")


def test_background_that_the_dialogue_does_not_ask_for_is_not_kept(
    session: Session, dialogue: Dialogue
) -> None:
    dialogue.asks_gender = False
    report = bring(session, dialogue, "id,gender,shoe\nA,kvinna,41\n")
    assert report.unused_columns == ("gender", "shoe")
    assert stored(session, dialogue)["A"].gender is None


@pytest.mark.parametrize(
    ("header", "row", "code"),
    [
        ("q1", "6", "scale"),
        ("q1", "ganska", "scale"),
        ("q1", "4.5", "scale"),
        ("q3", "x" * 2001, "long"),
        ("lat,lon", "norr,17", "not_a_number"),
        ("lat,lon", "nan,17", "not_a_number"),
        ("lat,lon", "61.3,", "half_missing"),
        ("lat,lon", "17.06,61.30", "swapped"),
        ("lat,lon", "95,17", "out_of_range"),
        ("lat,lon", "59.33,18.06", "outside"),
        ("place", "x" * 501, "long"),
        ("place,reasons", "torget,läskigt", "choice"),
        ("place,times", "torget,kväll|tisdag", "choice"),
        ("place,reasons", ",mörkt", "no_place"),
        ("answered_on", "4/7 2023", "date"),
        ("answered_on", "2023-02-30", "date"),
        ("answered_on", "20230704", "date"),
        ("answered_on", "2023-08-02", "date_future"),
        ("answered_on", "0021-10-03", "date_unlikely"),
        ("channel", "duva", "choice"),
        ("event", "mote-9", "event"),
        ("language", "svenska!", "choice"),
        ("age_band", "17", "choice"),
        ("gender", "x", "choice"),
        ("area", "x" * 121, "long"),
    ],
)
def test_a_bad_row_is_told_by_its_line_and_the_others_come_in(
    session: Session, dialogue: Dialogue, header: str, row: str, code: str
) -> None:
    empty = "," * header.count(",")
    report = bring(session, dialogue, f"id,{header}\nA,{empty}\nB,{row}\nC,{empty}\n")
    assert [(message.line, message.code) for message in report.refused] == [(3, code)]
    assert set(stored(session, dialogue)) == {"A", "C"}
    assert verify_counts(session, dialogue) == []


def test_ids_are_needed_and_stand_for_one_row(session: Session, dialogue: Dialogue) -> None:
    text = f"id,q1\n,5\nA,1\nA,1\nA,2\n{'x' * 201},3\n"
    report = bring(session, dialogue, text)
    assert [(m.line, m.code) for m in report.refused] == [
        (2, "id_missing"),
        (5, "id_twice"),
        (6, "long"),
    ]
    assert (report.stored, report.skipped) == (1, 1)
    assert said(stored(session, dialogue)["A"]) == {1: ("1", None)}


def test_the_same_file_again_changes_nothing(session: Session, dialogue: Dialogue) -> None:
    text = (
        "id,q1,q2,q3,lat,lon,place,event,gender\n"
        "A,5,nej,,61.3,17.04,stationen,mote-1,man\n"
        "B,ja,mörkt,lampor,,,,,\n"
    )
    assert bring(session, dialogue, text).stored == 2
    report = bring(session, dialogue, text)
    assert (report.stored, report.skipped, report.refused) == (0, 2, ())
    assert len(stored(session, dialogue)) == 2
    assert verify_counts(session, dialogue) == []


def test_a_column_that_the_file_lacks_says_nothing_about_what_is_stored(
    session: Session, dialogue: Dialogue
) -> None:
    bring(session, dialogue, "id,q1,place,event,gender\nA,5,stationen,mote-1,man\n")
    for text in (
        "id,lat,lon\nA,,\n",
        "id,q1\nA,5\n",
        "id,place\nA,Resecentrum\n",
        "id,q1,event\nA,5,mote-1\n",
    ):
        report = bring(session, dialogue, text)
        assert (report.skipped, report.refused) == (1, ())


@pytest.mark.parametrize(
    "text",
    [
        "id,q1\nA,4\n",
        "id,q1\nA,ja\n",
        "id,q1,q3\nA,5,nytt\n",
        "id,gender\nA,\n",
        "id,lat,lon\nA,61.3,17.04\n",
        "id,place\nA,torget\n",
        "id,channel\nA,webb\n",
        "id,event\nA,\n",
    ],
)
def test_other_content_under_a_stored_id_is_a_conflict_and_changes_nothing(
    session: Session, dialogue: Dialogue, text: str
) -> None:
    bring(session, dialogue, "id,q1,place,event,gender\nA,5,stationen,mote-1,man\n")
    report = bring(session, dialogue, text)
    assert [(m.line, m.code) for m in report.refused] == [(2, "conflict")]
    assert report.conflicts == 1
    response = stored(session, dialogue)["A"]
    assert said(response) == {1: ("5", None)}
    assert response.gender is Gender.MAN


def test_another_municipality_may_use_the_same_ids(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> None:
    other = make_dialogue(session, municipality, slug="host-2021")
    for target in (dialogue, other):
        assert bring(session, target, "id,q1\nA,5\n").stored == 1


def test_counts_that_went_wrong_are_found_and_counted_again(
    session: Session, dialogue: Dialogue
) -> None:
    bring(session, dialogue, "id,q1,q2\nA,5,nej\nB,,text\n")
    assert verify_counts(session, dialogue) == []
    add_counts(
        session,
        [
            {
                "municipality_id": dialogue.municipality_id,
                "dialogue_id": dialogue.id,
                "question_id": dialogue.questions[0].id,
                "value": "5",
                "channel": Channel.IMPORT,
                "day": "",
                "n": 7,
            }
        ],
    )
    [difference] = verify_counts(session, dialogue)
    assert (difference.kept, difference.counted) == (8, 1)
    assert rebuild_counts(session, dialogue) == 1
    assert verify_counts(session, dialogue) == []
