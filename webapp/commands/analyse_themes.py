"""``trygghetsdialog analyse themes``: themes for a file of answers, without a database."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from flask_babel import gettext as _

from surveys.text.themes import Suggestion, suggest_all
from surveys.text.themes_examples import SEPARATOR, Example, split_codes
from webapp.commands.answer_files import in_swedish, read_answers, refuse
from webapp.commands.import_messages import printable, row_message
from webapp.commands.text_files import TextTable, read_text_table, write_text_table

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
        answers = read_text_table(source)
        texts = _texts(answers)
        model = _learn(answers, texts, labels)
        coded = list(_coded(texts, model))
        kept = [i for i, cell in enumerate(answers.header) if cell.strip().casefold() not in ADDED]
        rows = zip(answers.rows, coded, strict=True)
        write_text_table(
            out,
            [*(answers.header[i] for i in kept), *ADDED],
            ([*(cells[i] for i in kept), *added] for cells, added in rows),
        )
        count = len(coded)
        click.echo(_("%(count)s answers have been given themes.", count=count), err=True)


def _texts(answers: TextTable) -> list[tuple[str, str, str]]:
    """Each row's id, q2 and q3."""
    places = [answers.place_of(name) for name in ("id", "q2", "q3")]
    return [(cells[places[0]], cells[places[1]], cells[places[2]]) for cells in answers.rows]


def _learn(
    answers: TextTable, texts: list[tuple[str, str, str]], labels: Path | None
) -> "ThemeModel":
    # Here because the learner takes seconds to load, and the web server shares this command.
    from surveys.text.themes_model import own_model, train

    examples = None if labels is None else _examples(answers, texts, labels)
    click.echo(_("Learning from coded answers …"), err=True)
    return own_model() if examples is None else train(examples)


def _examples(answers: TextTable, texts: list[tuple[str, str, str]], labels: Path) -> list[Example]:
    by_id: dict[str, list[int]] = {}
    for place, (identity, _q2, _q3) in enumerate(texts):
        by_id.setdefault(identity.strip(), []).append(place)
    examples: dict[str, Example] = {}
    for row in read_answers(labels, ("id", "themes")).rows:
        codes, identity = _codes(row.cells["themes"], row.line), row.cells["id"]
        places = by_id.get(identity, [])
        if identity in examples:
            _refuse_row(row.line, "duplicate_id", identity)
        if len(places) > 1:  # whose text the codes are of, nobody can tell
            _refuse_row(answers.lines[places[1]], "duplicate_id", identity)
        if places and codes:
            _id, q2, q3 = texts[places[0]]
            examples[identity] = Example(identity, q2, q3, codes, coder="file")
    if not examples:
        values = printable({"path": str(labels)})
        refuse(_("No id of %(path)s with a theme is among the answers.", **values))
    return list(examples.values())


def _refuse_row(line: int, code: str, identity: str) -> NoReturn:
    reason = row_message(code, printable({"id": identity[:60]}))
    refuse(_("line %(line)s: %(reason)s", line=line, reason=reason))


def _codes(written: str, line: int) -> frozenset[str]:
    try:
        return split_codes(written)
    except ValueError as error:
        code = printable({"code": str(error)[:60]})["code"]
        refuse(_("line %(line)s: “%(code)s” is no theme of the codebook.", line=line, code=code))


def _coded(texts: list[tuple[str, str, str]], model: "ThemeModel") -> Iterator[tuple[str, str]]:
    """What each row gets in the columns ADDED."""
    total = len(texts)
    pairs = ((q2, q3) for _id, q2, q3 in texts)
    for done, suggestions in enumerate(suggest_all(pairs, model), start=1):
        themes = SEPARATOR.join(suggestion.code for suggestion in suggestions)
        yield themes, "; ".join(_reason(each) for each in suggestions if each.why)
        if total >= _WORTH_TELLING_ROWS and done % _STEP == 0:
            click.echo(_("%(done)s of %(total)s answers", done=done, total=total), err=True)


def _reason(suggestion: Suggestion) -> str:
    return f"{suggestion.code}: {', '.join(suggestion.why)}"
