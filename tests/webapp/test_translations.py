"""Every text on the pages is Swedish: the catalogue has each one, with its placeholders."""

import re
from pathlib import Path

import pytest
from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from flask import Flask
from flask_babel import gettext

from tools.catalogues import gather

ROOT = Path(__file__).resolve().parents[2]
WEBAPP = ROOT / "webapp"


@pytest.fixture(scope="module")
def gathered() -> Catalog:
    """The texts that code and templates mark."""
    return gather()


@pytest.fixture(scope="module")
def swedish() -> Catalog:
    path = WEBAPP / "translations" / "sv" / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return pofile.read_po(file, locale="sv", abort_invalid=True)


def where(message: Message) -> str:
    file, line = message.locations[0]
    return f"webapp/{file}:{line}: {message.id!r}"


def words(value: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [value or ""] if isinstance(value, str | None) else list(value)


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[sd]", text))


def test_every_text_has_its_swedish(gathered: Catalog, swedish: Catalog) -> None:
    assert len(gathered) > 100
    missing = []
    for message in gathered:
        if not message.id:
            continue
        translated = swedish.get(message.id, message.context)
        if translated is None or translated.fuzzy or not all(words(translated.string)):
            missing.append(where(message))
    assert missing == []


def test_a_translation_has_the_placeholders_of_its_text(swedish: Catalog) -> None:
    pairs = [(m.id, text) for m in swedish if m.id for text in words(m.string)]
    assert [
        f"{source!r} -> {text!r}"
        for source, text in pairs
        if not _fits(placeholders(text), set().union(*map(placeholders, words(source))))
    ] == []


def _fits(translated: set[str], wanted: set[str]) -> bool:
    """A plural form may spell its number out; nothing else may be left out or come in."""
    return wanted - {"num"} <= translated <= wanted


def test_the_pages_read_the_swedish(whole_app: Flask, swedish: Catalog) -> None:
    message = next(m for m in swedish if isinstance(m.id, str) and m.id and "%" not in m.id)
    with whole_app.test_request_context("/"):
        assert gettext(message.id) == message.string
