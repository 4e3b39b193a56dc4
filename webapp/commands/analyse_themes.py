"""``trygghetsdialog analyse themes``: themes for a file of answers, without a database."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click
from flask_babel import gettext as _

from surveys.text.themes import Suggestion, suggest_all
from surveys.text.themes_examples import SEPARATOR, Example, split_codes
from webapp.commands.answer_files import (
    AnswerFile,
    in_swedish,
    read_answers,
    refuse,
    write_answers,
)
from webapp.commands.import_messages import printable

if TYPE_CHECKING:
    from surveys.text.themes_model import ThemeModel

ADDED = ("themes", "why")
_WORTH_TELLING_ROWS = 2000  # below this it is over before anyone wonders
_STEP = 1000


@click.command("themes")
@click.argument("source", metavar="IN.csv", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), required=True, help="The file to write.")
@click.option("--labels", type=click.Path(path_type=Path), help="Coded answers: id,themes.")
def themes_command(source: Path, out: Path, labels: Path | None) -> None:
    """Suggest themes for each answer of IN.csv (columns id, q2 and q3; others are kept).

    OUT gets two columns more: themes, the codes of the codebook separated by | with the best
    first, and why, the words behind each. With --labels the coded answers of that file, whose
    texts are those of IN, are learned from; without it the labels that come with the program.
    """
    with in_swedish():
        answers = read_answers(source, ("id", "q2", "q3"))
        model = _learn(answers, labels)
        write_answers(out, answers, list(_coded(answers, model)), ADDED)
        count = len(answers.rows)
        click.echo(_("%(count)s answers have been given themes.", count=count), err=True)


def _learn(answers: AnswerFile, labels: Path | None) -> "ThemeModel":
    # Here because the learner takes seconds to load, and the web server shares this command.
    from surveys.text.themes_model import own_model, train

    examples = None if labels is None else _examples(answers, labels)
    click.echo(_("Learning from coded answers …"), err=True)
    return own_model() if examples is None else train(examples)


def _examples(answers: AnswerFile, labels: Path) -> list[Example]:
    texts = {row.cells["id"]: row.cells for row in answers.rows}
    examples = []
    for row in read_answers(labels, ("id", "themes")).rows:
        codes = _codes(row.cells["themes"], row.line)
        text = texts.get(row.cells["id"])
        if text is not None and codes:
            examples.append(Example(text["id"], text["q2"], text["q3"], codes, coder="file"))
    if not examples:
        values = printable({"path": str(labels)})
        refuse(_("No id of %(path)s with a theme is among the answers.", **values))
    return examples


def _codes(written: str, line: int) -> frozenset[str]:
    try:
        return split_codes(written)
    except ValueError as error:
        code = printable({"code": str(error)[:60]})["code"]
        refuse(_("line %(line)s: “%(code)s” is no theme of the codebook.", line=line, code=code))


def _coded(answers: AnswerFile, model: "ThemeModel") -> Iterator[dict[str, str]]:
    total = len(answers.rows)
    texts = ((row.cells["q2"], row.cells["q3"]) for row in answers.rows)
    for done, suggestions in enumerate(suggest_all(texts, model), start=1):
        yield {
            "themes": SEPARATOR.join(suggestion.code for suggestion in suggestions),
            "why": "; ".join(_reason(suggestion) for suggestion in suggestions if suggestion.why),
        }
        if total >= _WORTH_TELLING_ROWS and done % _STEP == 0:
            click.echo(_("%(done)s of %(total)s answers", done=done, total=total), err=True)


def _reason(suggestion: Suggestion) -> str:
    return f"{suggestion.code}: {', '.join(suggestion.why)}"
