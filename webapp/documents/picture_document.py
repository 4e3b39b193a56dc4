"""A picture of the problems: areas in rank order, claims with their ground, sources looked at."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.models.picture import PictureKind, PicturePart
from surveys.queries.editions.edition_files import DocumentSource
from webapp.documents.blocks import Block, Document, Heading, Paragraph, Sides, Table
from webapp.documents.document_parts import (
    Head,
    day_words,
    edition_document,
    facts,
    paragraphs,
    party_words,
)
from webapp.formatters import number
from webapp.labels import label
from webapp.words.quote import change_words

Content = Mapping[str, Any]
_DECIMALS = 1
TOGETHER = "both"  # Party.BOTH: neither half's alone


def picture_document(source: DocumentSource) -> Document:
    """The picture as its edition has it."""
    content = source.content
    blocks = (
        *paragraphs(content["summary"]),
        facts([(_("Period"), content["period"]), (_("Next edition"), content["next_edition"])]),
        *_areas(content),
        *_sources(content["sources"]),
    )
    head = Head(label(PictureKind(content["kind"])), content["title"])
    return edition_document(source, head, blocks)


def _areas(content: Content) -> Iterator[Block]:
    chosen = [area for area in content["areas"] if area["is_chosen"]]
    others = [area for area in content["areas"] if not area["is_chosen"]]
    for area in chosen:
        yield from _area(area)
    if content["motive"]:
        yield Heading(_("Why these areas"))
        yield from paragraphs(content["motive"])
    if others:
        yield Heading(_("Looked at and not chosen"))
        for area in others:
            yield Heading(f"{area['rank']}. {area['title']}", 2)
            yield from paragraphs(area["text"])
            yield from _claims(area["claims"])
            if area["not_chosen_because"]:
                told = _("Not chosen: %(why)s", why=area["not_chosen_because"])
                yield Paragraph(told, "muted")


def _area(area: Content) -> Iterator[Block]:
    yield Heading(f"{area['rank']}. {area['title']}")
    if area["part"]:
        yield Paragraph(label(PicturePart(area["part"])), "muted")
    yield from paragraphs(area["text"])
    if area["season"]:
        yield Paragraph(_("Worst: %(when)s", when=area["season"]), "muted")
    yield from _claims(area["claims"])


def _claims(claims: Sequence[Content]) -> Iterator[Block]:
    for claim in claims:
        yield Paragraph(claim["text"], "claim")
        whose = [] if claim["party"] == TOGETHER else [party_words(claim["party"])]
        if claim["judged_by"]:
            whose.append(_("Judgement by %(who)s", who=claim["judged_by"]))
        if claim["dated_on"]:
            whose.append(day_words(claim["dated_on"]))
        if whose:
            yield Paragraph(", ".join(whose), "muted")
        yield from _ground(claim)


def _ground(claim: Content) -> Iterator[Block]:
    """Sources that disagree stand side by side; those that agree stand under the sentence."""
    supporting = tuple(map(_evidence, claim["supporting"]))
    if claim["disagreeing"]:
        against = tuple(map(_evidence, claim["disagreeing"]))
        sides = ((_("This speaks for it"), supporting),) if supporting else ()
        yield Sides((*sides, (_("This speaks against it"), against)))
    else:
        for told in supporting:
            yield Paragraph(_("Ground: %(sources)s", sources=told), "muted")
    for evidence in (*claim["supporting"], *claim["disagreeing"]):
        yield from _series(evidence)


def _series(evidence: Content) -> Iterator[Block]:
    """A figure comes with the numbers that it is of."""
    series = (evidence.get("figures") or {}).get("series")
    if series:
        rows = tuple((row["period"], _value(row)) for row in series)
        yield Table(evidence["title"], (_("Period"), _("Number")), rows, (60, 40))


def _value(row: Content) -> str:
    value = row["value"]
    decimals = 0 if value == int(value) else _DECIMALS
    return " ".join(part for part in (number(value, decimals), row["unit"]) if part)


def _evidence(evidence: Content) -> str:
    """What a source says, where it comes from and what it cannot tell. Of a quote only that."""
    parts = [evidence.get("statement"), _origin(evidence), evidence.get("caveat")]
    if evidence.get("place") or evidence.get("change"):
        parts.insert(0, _place(evidence))
    return " ".join(
        part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part
    )


def _place(evidence: Content) -> str:
    if evidence.get("change"):
        return change_words(evidence["place"], evidence["change"])
    n = evidence["at_least"]
    return ngettext(
        "At least %(num)s person has marked places near %(place)s.",
        "At least %(num)s persons have marked places near %(place)s.",
        n,
        place=evidence["place"],
    )


def _origin(evidence: Content) -> str:
    n = evidence.get("n")
    parts = [
        evidence["source"],
        evidence.get("period"),
        _("n = %(n)s", n=number(n)) if n is not None else None,
        evidence.get("method"),
    ]
    return ", ".join(part for part in parts if part)


def _sources(sources: Sequence[Content]) -> Iterator[Block]:
    if not sources:
        return
    yield Heading(_("Sources that were looked at"))
    heads = (_("Source"), _("Whose"), _("Used"), _("What it cannot tell"))
    rows = tuple(
        (source["name"], party_words(source["party"]), _used(source), source["limits"] or "–")
        for source in sources
    )
    yield Table("", heads, rows, (30, 20, 26, 24))


def _used(source: Content) -> str:
    if source["is_used"]:
        return _("Yes")
    because = source["dropped_because"]
    return _("No: %(why)s", why=because) if because else _("No")
