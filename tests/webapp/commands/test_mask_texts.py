"""``trygghetsdialog mask texts`` masks at once what an older version has stored."""

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from surveys.models.response import Answer, MarkedPlace
from tests.factories.dialogues import make_dialogue, make_response
from webapp.cli import cli
from webapp.commands import mask


@pytest.fixture
def bare(session: Session, municipality: Municipality) -> int:
    """Texts without a masked form; how many there are in all tenants."""
    dialogue = make_dialogue(session, municipality)
    for number in range(3):
        make_response(session, dialogue, {3: (None, f"Mejla anna.berg{number}@exempel.se")})
    session.execute(update(Answer).values(mask_version=0, masked_text=None))
    session.execute(update(MarkedPlace).values(mask_version=0, masked_words=None))
    session.commit()
    n_texts = len(session.scalars(select(Answer.id).where(Answer.text.is_not(None))).all())
    n_words = len(session.scalars(select(MarkedPlace.id).where(MarkedPlace.words != "")).all())
    session.rollback()
    return n_texts + n_words


def test_every_text_is_masked_and_told_by_number(
    app: Flask, session: Session, bare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mask, "TELL_EVERY", 1)
    result = app.test_cli_runner().invoke(cli, ["mask", "texts"])
    assert result.exit_code == 0, result.output
    assert f"{bare} texter maskerade." in result.output
    assert f"{bare} av {bare} texter maskerade" in result.stderr
    found = session.scalars(select(Answer.masked_text).where(Answer.text.like("Mejla%"))).all()
    assert found == ["Mejla [e-postadress]"] * 3


def test_run_again_it_has_nothing_to_do(app: Flask, bare: int) -> None:
    app.test_cli_runner().invoke(cli, ["mask", "texts"])
    result = app.test_cli_runner().invoke(cli, ["mask", "texts"])
    assert "0 texter maskerade." in result.output
