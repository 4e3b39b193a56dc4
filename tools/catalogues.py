"""The catalogues of texts: gathered from code and templates, and compiled for the run.

Runs inside .venv, where Babel is. Swedish holds every text; each other language holds the texts
that residents read and no other, so that a translator does no needless work and so that what is
measured in a catalogue is what residents meet.
"""

import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from surveys.languages import LANGUAGES, SWEDISH, Language
from webapp.catalogues import FOLDER, is_translated, path_of

ROOT = Path(__file__).resolve().parent.parent
WEBAPP = ROOT / "webapp"
WIDTH = 100
# Texts that only staff read. What is not listed is taken to be for residents: a text too many for
# the translator is better than one too few for the reader.
STAFF_ONLY = (
    "templates/components/editorial.html",
    "templates/components/figure_tools.html",
    "templates/components/rounds.html",
    "templates/components/tables_of_groups.html",
    "templates/emails/reminder.txt",
    "templates/layouts/staff.html",
    "templates/staff/*",
    "templates/public/open_data.html",
    "views/staff/*",
    "api/*",
    "commands/*",
    # Documents are written in Swedish for all readers, as the authority's own.
    "documents/council_document.py",
    "documents/document_parts.py",
    "documents/document_pdf.py",
    "documents/document_words.py",
    "documents/follow_up_document.py",
    "documents/map_facts.py",
    "documents/map_print.py",
    "documents/other_plan_document.py",
    "documents/picture_document.py",
    "documents/plan_document.py",
    "documents/progress_words.py",
    "documents/promise_document.py",
    "documents/steering_document.py",
    "exports/*",
    "forms/answers.py",
    "forms/points.py",
    "words/coverage.py",
    "words/map_layer.py",
    "words/work_map.py",
    "words/reason.py",
    "forms/bodies.py",
    "forms/codebook.py",
    "forms/editorial.py",
    "forms/consistency.py",
    "forms/evidence.py",
    "forms/languages.py",
    "forms/law.py",
    "forms/links.py",
    "forms/map_editions.py",
    "forms/picture_sources.py",
    "forms/pictures.py",
    "forms/following_up.py",
    "forms/judgements.py",
    "forms/occasions.py",
    "forms/plan_imports.py",
    "forms/owners.py",
    "forms/plan_head.py",
    "forms/plans.py",
    "forms/population.py",
    "forms/progress.py",
    "forms/reminders.py",
    "forms/promise_points.py",
    "forms/promise_signatures.py",
    "forms/promises.py",
    "forms/register.py",
    "forms/result_editions.py",
    "forms/row_export.py",
    "forms/safeguards.py",
    "forms/settings.py",
    "forms/sign_in.py",
    "forms/situations.py",
    "forms/staff_fields.py",
    "mail/words.py",
    "accounts.py",
    "words/body.py",
    "cli.py",
    "words/comparison_statements.py",
    "words/consistency.py",
    "words/duty.py",
    "words/edition_statements.py",
    "words/evidence.py",
    "words/fact.py",
    "words/figure.py",
    "filter_fields.py",
    "words/finding.py",
    "words/gate.py",
    "words/law.py",
    "words/masked.py",
    "navigation.py",
    "words/place_statements.py",
    "words/plan_import.py",
    "words/query.py",
    "mail/reminders.py",
    "words/quote.py",
    "words/recurrence.py",
    "round_figures.py",
    "words/round_map.py",
    "words/round.py",
    "words/rules.py",
    "words/safety.py",
    "words/sensitive.py",
    "words/schedule.py",
    "words/table_statements.py",
    "table_views.py",
    "words/table.py",
    "words/year.py",
)


def gather() -> Catalog:
    """Every text that code and templates mark, with the files where it stands."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    mappings = [(m["pattern"], m["method"]) for m in settings["tool"]["babel"]["mappings"]]
    catalog = Catalog()
    keywords = DEFAULT_KEYWORDS | {"_l": None, "_n": (1, 2)}
    for file, line, text, comments, context in extract_from_dir(
        WEBAPP, mappings, keywords=keywords
    ):
        catalog.add(text, None, [(file, line)], auto_comments=comments, context=context)
    return catalog


def for_residents(every: Catalog) -> Catalog:
    """Those of ``every`` that stand in at least one file that is not for staff alone."""
    kept = Catalog()
    for message in every:
        if message.id and not all(_is_for_staff(file) for file, _line in message.locations):
            kept[message.id] = message
    return kept


def write_catalogues() -> None:
    """Bring every language's catalogue up to date, keeping what is translated."""
    every = gather()
    residents = for_residents(every)
    for language in LANGUAGES:
        path = path_of(language)
        catalog = _read(path, language)
        created = catalog.creation_date
        catalog.update(every if language == SWEDISH else residents, no_fuzzy_matching=True)
        catalog.creation_date = created  # two branches that gather must not differ by the time
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(
                file,
                catalog,
                width=WIDTH,
                no_location=True,
                sort_output=True,
                ignore_obsolete=True,
            )


def compile_catalogues() -> None:
    """Write what is read at run time. Texts without a translation are left out, plurals too."""
    for path in sorted(FOLDER.glob("*/LC_MESSAGES/*.po")):
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.parts[-3])
        for message in [m for m in catalog if m.id and not is_translated(m)]:
            catalog.delete(message.id, message.context)
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, catalog)


def _read(path: Path, language: Language) -> Catalog:
    if not path.exists():
        catalog = Catalog(locale=language.catalogue, project="Trygghetsdialog", fuzzy=False)
        catalog.header_comment = f"# {language.name}"
        return catalog
    with path.open("rb") as file:
        return read_po(file, locale=language.catalogue)


def _is_for_staff(file: str) -> bool:
    return any(fnmatch(file, pattern) for pattern in STAFF_ONLY)


COMMANDS = {"gather": write_catalogues, "compile": compile_catalogues}

if __name__ == "__main__":
    COMMANDS[sys.argv[1]]()
