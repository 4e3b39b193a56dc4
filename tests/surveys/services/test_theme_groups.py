"""No theme is about who somebody is."""

import re
from importlib.resources import files

import pytest
from sqlalchemy.orm import Session

from surveys.drafts.themes import ThemeDraft
from surveys.errors import InvalidInput
from surveys.models.municipality import Municipality
from surveys.services.texts.codebook import create_theme
from surveys.services.texts.theme_groups import names_group
from surveys.text.codebook import standard_codebook
from tests.conftest import NOW

REFUSED = (
    "Somaliska ungdomar",
    "Romer på torget",
    "EU-migranter och romer",
    "Gäng med utländsk bakgrund",
    "Invandrarkriminalitet",
    "Gärningspersonens etnicitet",
    "Nationalitet",
    "Muslimer",
    "Folk från Syrien",
    "utrikesfödda män",
    "Polska ligor",
    "kurder. Bråk i centrum",
)
ALLOWED = (
    "Hat mot judar och muslimer",
    "Antisemitism, islamofobi och rasism",
    "Diskriminering på grund av kön, etnicitet eller religion",
    "Information på arabiska",
    "Tolk till somaliska",
    "Hedersrelaterat våld",
    "Vandalism av moskén",
    "Samverkan med Svenska kyrkan",
    "Mopeder och EPA-traktorer",
    "Skolans arbetsro",
    "Romantiska promenader i stadsparken",
    "Finns det belysning",
)


@pytest.mark.parametrize("text", REFUSED)
def test_a_group_of_people_is_no_theme(
    session: Session, municipality: Municipality, text: str
) -> None:
    for draft in (ThemeDraft(text), ThemeDraft("Oro", text), ThemeDraft("Oro", counts=text)):
        with pytest.raises(InvalidInput, match="theme_about_group"):
            create_theme(session, municipality, draft, by="Samordnare", now=NOW)


@pytest.mark.parametrize("text", ALLOWED)
def test_what_is_done_to_people_and_languages_are_themes(text: str) -> None:
    assert not names_group(text)


def test_the_standard_codebook_is_about_no_group() -> None:
    for entry in standard_codebook():
        for text in (entry.name, entry.definition, entry.counts):
            assert not names_group(text), text


def test_the_text_engine_has_no_word_for_a_group() -> None:
    """The words that refuse a theme never become what a theme is found by."""
    lexicon = files("surveys.text").joinpath("themes_lexicon.toml").read_text(encoding="utf-8")
    lists = "\n".join(line for line in lexicon.splitlines() if not line.startswith("#"))
    for line in re.split(r"[,\n]", lists):
        assert not names_group(line.replace("*", "").replace("=", "")), line
