"""Parts that several kinds of documents have: what they are of, who approved, how they are kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from surveys.languages import SWEDISH
from surveys.models.party import Party
from surveys.models.plan import Comparator, TargetPeriod
from surveys.queries.editions.edition_files import DocumentSource, Look
from surveys.queries.promises.counters import TargetView
from surveys.theme.palette import theme_of
from webapp.documents.blocks import (
    Block,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Sides,
)
from webapp.formatters import date_long
from webapp.labels import label
from webapp.words.counter import listed, target_words
from webapp.writing import written_in


@contextmanager
def in_swedish() -> Iterator[None]:
    """Write in Swedish, whoever asks: a document is the authority's, and the same for all."""
    with force_locale("sv"), written_in(SWEDISH):
        yield


@dataclass(frozen=True, slots=True)
class Head:
    """What a document is called and says first."""

    kind: str
    title: str
    lead: str = ""


def edition_document(source: DocumentSource, head: Head, blocks: Iterable[Block]) -> Document:
    """A document of an edition, or of a draft, with what tells which one it is at its end."""
    palette = theme_of(source.look.brand_color).light
    return Document(
        kind=head.kind,
        title=head.title,
        lead=head.lead,
        municipality=source.look.official_name,
        with_police=source.look.with_police,
        brand=palette.brand,
        tint=palette.tint,
        day=source.day,
        dnr=source.dnr,
        edition=source.number,
        content_hash=source.content_hash,
        is_draft=source.number is None,
        blocks=(*_draft_note(source), *blocks, *about_edition(source)),
    )


def counted_document(
    look: Look,
    head: Head,
    day: date,
    blocks: Iterable[Block],
    *,
    dnr: str | None = None,
    edition: tuple[int, str] | None = None,
) -> Document:
    """A document of what is counted at ``day``. ``edition`` is of the text that it tells of: its
    number and its control sum.
    """
    palette = theme_of(look.brand_color).light
    return Document(
        kind=head.kind,
        title=head.title,
        lead=head.lead,
        municipality=look.official_name,
        with_police=look.with_police,
        brand=palette.brand,
        tint=palette.tint,
        day=day,
        dnr=dnr,
        edition=edition[0] if edition else None,
        content_hash=edition[1] if edition else "",
        blocks=tuple(blocks),
    )


def about_edition(source: DocumentSource) -> list[Block]:
    """The last section: number, day, who approved it and the control sum, as text too."""
    if source.number is None:
        return []
    rows = [
        (_("Diary number"), source.dnr or ""),
        (_("Edition"), str(source.number)),
        (_("Published"), _by(date_long(source.published_at), source.published_by)),
        (_("Changed since the last edition"), source.change_note or ""),
        *((_("Approved by"), _approval(approval)) for approval in source.approvals),
        (_("Control sum (SHA-256)"), source.content_hash),
    ]
    told = _(
        "The control sum is of the content of the edition. The same sum means the same content,"
        " and it stands on the page of the edition."
    )
    return [Heading(_("About this document")), facts(rows), Paragraph(told, "muted")]


def facts(rows: Iterable[tuple[str, str | None]]) -> Facts:
    """The rows that say something."""
    return Facts(tuple((name, value) for name, value in rows if value))


def paragraphs(text: str | None, look: Any = "plain") -> list[Block]:
    """A text that people wrote, by its empty lines."""
    parts = (part.strip() for part in (text or "").replace("\r\n", "\n").split("\n\n"))
    return [Paragraph(part, look) for part in parts if part]


def target_text(target: Mapping[str, Any] | None, unit: str | None = None) -> str:
    """minst 4 under hela perioden: insatser mot narkotika."""
    if not target:
        return ""
    view = TargetView(
        target["count"], Comparator(target["comparator"]), TargetPeriod(target["per"])
    )
    words = target_words(view)
    return f"{words}: {unit}" if unit else words


def party_words(code: str | None) -> str:
    """Polisen, kommunen, båda."""
    return label(Party(code)) if code else ""


def day_words(written: str | None) -> str:
    """A day of an edition's content, which writes it as ISO 8601."""
    return date_long(date.fromisoformat(written)) if written else ""


def decision_words(decision: Mapping[str, Any] | None) -> str:
    """When a plan was decided, by whom and in which paragraph."""
    if not decision:
        return _("The decision is not entered.")
    paragraph = decision["paragraph"]
    parts = [day_words(decision["on"]), decision["by"], paragraph]
    return ", ".join(part for part in parts if part)


def words_of(items: Sequence[str]) -> str:
    """Roles or names as one text."""
    return listed([item for item in items if item])


def ground_words(grounds: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Each source with its period and what it cannot tell."""
    return tuple(_ground(ground) for ground in grounds)


def both_sides(grounds: Sequence[Mapping[str, Any]]) -> list[Block]:
    """Sources that say so and sources that say otherwise, side by side."""
    against = ground_words([ground for ground in grounds if ground["disagrees"]])
    if not against:
        return []
    speaking = ground_words([ground for ground in grounds if not ground["disagrees"]])
    sides = [(_("This speaks for it"), speaking)] if speaking else []
    return [Sides((*sides, (_("This speaks against it"), against)))]


def _ground(ground: Mapping[str, Any]) -> str:
    source = ground["source"]
    if ground.get("period"):
        source = f"{source} ({ground['period']})"
    caveat = ground.get("caveat")
    return f"{source}. {caveat}" if caveat else source


def _draft_note(source: DocumentSource) -> list[Block]:
    if source.number is not None:
        return []
    told = _(
        "This is a draft as it stood on %(day)s. Nobody has decided it.", day=date_long(source.day)
    )
    return [Note(told)]


def _by(what: str, role: str | None) -> str:
    return ", ".join(part for part in (what, role) if part)


def _approval(approval: Mapping[str, Any]) -> str:
    moment = datetime.fromisoformat(approval["approved_at"])
    return ", ".join(
        part for part in (approval["name"], approval["role"], date_long(moment)) if part
    )
