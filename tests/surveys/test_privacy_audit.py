"""Nothing that is kept of an answer tells from where, with what or when within the day it came."""

import logging
import re
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import Date, DateTime, select
from sqlalchemy.orm import Session

from surveys.db import UtcDateTime
from surveys.models.dialogue import Dialogue
from surveys.models.hotspot import HotspotRun
from surveys.models.municipality import Municipality
from surveys.models.registry import metadata
from surveys.services.maps.hotspot_requests import request_run
from surveys.services.maps.hotspots import compute_run, fail_run
from tests.conftest import NOW
from tests.factories.dialogues import make_dialogue
from tests.factories.hotspots import make_cluster
from tests.page import PageClient

OF_ANSWERS = ("response", "answer", "marked_place", "answer_count", "link_visits")
TELLING = re.compile(r"(^|_)(ip|address|agent|device|browser|referr?er|cookie|time|at|hour)(_|$)")
LATE = NOW + timedelta(minutes=24, seconds=13)


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    dialogue = make_dialogue(session, municipality)
    session.commit()
    return dialogue


@pytest.mark.parametrize("name", OF_ANSWERS)
def test_no_table_of_answers_has_a_time_or_a_trace(name: str) -> None:
    for column in metadata.tables[name].columns:
        assert not isinstance(column.type, UtcDateTime | DateTime), column
        assert not TELLING.search(column.name), column
    days = [c.name for c in metadata.tables[name].columns if isinstance(c.type, Date)]
    assert set(days) <= {"answered_on", "withdrawn_on", "day"}


def test_every_other_table_that_points_at_an_answer_is_known() -> None:
    pointing = {
        table.name
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if key.column.table.name in {"response", "answer", "marked_place"}
    }
    # A decision about a suspicious answer tells the hour of the decision, which is staff's own.
    # A look at an original and a coding are staff's own, and a flag tells a day.
    assert pointing == {
        "access_record",
        "answer",
        "coding",
        "coding_sample_member",
        "evidence",
        "mark_area",
        "marked_place",
        "safety_flag",
        "suspicion_decision",
        "theme_suggestion",
    }


def test_an_analysis_tells_the_hour_and_no_finer(session: Session, dialogue: Dialogue) -> None:
    make_cluster(session, dialogue)
    run = request_run(session, dialogue.municipality, dialogue, now=LATE)
    assert run.requested_at == NOW
    assert compute_run(session, dialogue.municipality, run.id, now=LATE).computed_at == NOW
    broken = request_run(session, dialogue.municipality, dialogue, now=LATE)
    fail_run(session, dialogue.municipality, broken.id, "unexpected", now=LATE)
    assert broken.computed_at == NOW


def test_sending_and_withdrawing_puts_no_job_in_the_queue(
    app: Flask, client: PageClient, session: Session, dialogue: Dialogue
) -> None:
    form = "/soderhamn/dialoger/oppen"
    fields = {"q1": "2", "places-0-words": "vid bron"}
    code = client.send(form, client.get(form), 200, **fields).words("[data-code]")
    client.post("/soderhamn/kvitto", {"code": code, "step": "withdraw-now"})
    assert app.extensions["job_queue"].huey.pending_count() == 0
    session.rollback()
    requested = session.scalars(
        select(HotspotRun.requested_at).where(HotspotRun.dialogue_id == dialogue.id)
    )
    assert all(moment == NOW for moment in requested)


def test_nothing_is_logged_of_an_answer(
    client: PageClient, dialogue: Dialogue, caplog: pytest.LogCaptureFixture
) -> None:
    form = "/soderhamn/dialoger/oppen"
    headers = {"User-Agent": "SPÅR", "Referer": "http://localhost/SPÅR"}
    page = client.get(form)
    with caplog.at_level(logging.INFO):
        client.post(form, page.fields() | {"q3": "Hemligt"}, headers=headers)
        client.post("/soderhamn/kvitto", {"code": "fel"}, 404, headers=headers)
    assert caplog.text == ""
