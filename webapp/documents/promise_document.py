"""A promise with its reasons, its points and lines to sign on."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.queries.editions.edition_files import DocumentSource
from surveys.queries.promises.gate import Gap, GapKind
from surveys.schedule.periods import window_of_months
from webapp.documents.blocks import (
    Block,
    Document,
    Heading,
    Look,
    Paragraph,
    SignatureLine,
    Signatures,
)
from webapp.documents.document_parts import (
    Head,
    both_sides,
    day_words,
    edition_document,
    facts,
    ground_words,
    paragraphs,
    party_words,
    target_text,
    words_of,
)
from webapp.formatters import date_long, day_range
from webapp.words.gap import lacking

Content = Mapping[str, Any]
NOT_COUNTED = "none"  # PointMeasure.NONE


def promise_document(source: DocumentSource) -> Document:
    """The promise as its edition has it, in one municipality's look and with its number."""
    content = source.content
    blocks = (
        facts(_first_facts(source)),
        *_said(content),
        *_seen(content),
        *_pledge(content),
        *_follow_up(content),
        *_signatures(source),
    )
    head = Head(content["label"], content["title"])
    return edition_document(source, head, blocks)


def _period(source: DocumentSource) -> str:
    """From when to when, or what it waits for."""
    content = source.content
    first, last, months = (content[n] for n in ("starts_on", "ends_on", "months_from_signing"))
    if first and last:
        return day_range(date.fromisoformat(first), date.fromisoformat(last))
    if not months:
        return _("Not decided")
    days = [
        source.signed[r["id"]].signed_on for r in content["signatories"] if _is_known(source, r)
    ]
    signed = [day for day in days if day is not None]
    if signed and len(signed) == len(content["signatories"]):
        window = window_of_months(max(signed), months)
        return day_range(window.starts_on, window.ends_on)
    return ngettext(
        "%(num)s month from the day when all have signed",
        "%(num)s months from the day when all have signed",
        months,
    )


def _is_known(source: DocumentSource, role: Content) -> bool:
    return role["id"] in source.signed


def _first_facts(source: DocumentSource) -> list[tuple[str, str | None]]:
    content = source.content
    names = [m["official_name"] for m in content["municipalities"]]
    area = _("local police area %(area)s", area=content["police_area"])
    agreement, before = content["agreement"], content["carried_from"]
    return [
        (_("Holds"), _period(source)),
        (_("Given by"), words_of([*names, area])),
        (_("Part of the agreement"), agreement["title"] if agreement else None),
        (_("Comes after"), _named(before) if before else None),
    ]


def _named(promise: Content) -> str:
    return ", ".join(part for part in (promise["label"], promise["title"]) if part)


def _said(content: Content) -> Iterator[Block]:
    yield Heading(_("You said"))
    if not content["said"]:
        yield Paragraph(
            _(
                "This promise does not come from a dialogue. The municipality and the police chose"
                " the subject themselves."
            )
        )
    yield from paragraphs(content["said"])
    yield from paragraphs(content["said_ground"], "muted")


def _seen(content: Content) -> Iterator[Block]:
    yield Heading(_("We saw"))
    if not content["claims"]:
        yield Paragraph(_("The promise does not name any published picture of the problems."))
    for claim in content["claims"]:
        yield Paragraph(claim["text"], "claim")
        if claim["judged_by"]:
            yield Paragraph(_("Judgement by %(who)s", who=claim["judged_by"]), "muted")
        agreeing = [ground for ground in claim["grounds"] if not ground["disagrees"]]
        sides = both_sides(claim["grounds"])
        if agreeing and not sides:
            sources = "; ".join(ground_words(agreeing))
            yield Paragraph(_("Ground: %(sources)s", sources=sources), "muted")
        yield from sides
    titles = {claim["picture"]["title"]: None for claim in content["claims"]}
    if titles:
        yield Paragraph(_("From: %(titles)s", titles=words_of(list(titles))), "muted")


def _pledge(content: Content) -> Iterator[Block]:
    look: Look = "verbatim" if content["is_verbatim"] else "plain"
    yield Heading(_("We promise"))
    yield from paragraphs(content["pledge"], look)
    if not content["is_verbatim"]:
        told = _("The promise is retold here in plainer words than in the signed document.")
        yield Paragraph(told, "muted")
    area, level = None, 2
    for number, point in enumerate(content["points"], start=1):
        if point["area"] and point["area"] != area:
            area, level = point["area"], 3
            yield Heading(area, 2)
        elif not point["area"]:
            area, level = None, 2
        yield Heading(f"{number}. {point['title']}", level)
        yield from paragraphs(point["text"], look)
        yield facts(_point_facts(point))
    lacks = lacking([_gap(gap) for gap in content["gaps"]])
    if lacks:
        missing = "; ".join(lacks)
        yield Paragraph(_("Missing in the promise: %(what)s.", what=missing), "muted")
    if content["vision"]:
        yield Heading(_("In the long run"), 2)
        yield from paragraphs(content["vision"])


def _gap(gap: Content) -> Gap:
    return Gap(GapKind(gap["kind"]), gap["number"], gap["title"], gap["words"])


def _point_facts(point: Content) -> list[tuple[str, str | None]]:
    not_counted = point["measure"] == NOT_COUNTED
    owner = point["owner"]
    return [
        (_("Carried by"), _carried(point)),
        (_("Answers for it"), owner["title"] if owner else None),
        (_("Target"), target_text(point["target"], point["unit"])),
        (_("Measure"), _("cannot be counted as it is written") if not_counted else None),
        (_("No later than"), day_words(point["due_on"])),
        (_("Counted only"), point["baseline"]),
        (_("For whom"), point["target_group"]),
        (_("Condition"), point["condition"]),
        (_("Where"), _where(point)),
        (_("Ways of working"), words_of(point["methods"])),
    ]


def _carried(point: Content) -> str:
    who = party_words(point["responsible"])
    return f"{who}, {point['third_parties']}" if point["third_parties"] else who


def _where(point: Content) -> str:
    """Names that may be told; homes and premises that could be pointed at are only counted."""
    hidden = point["n_places_not_named"]
    more = (
        [ngettext("%(num)s more place", "%(num)s more places", hidden)]
        if hidden and point["places"]
        else [
            ngettext("%(num)s place that is not named", "%(num)s places that are not named", hidden)
        ]
        if hidden
        else []
    )
    named = words_of([*point["places"], *more])
    return "; ".join(part for part in (point["place_text"], named) if part)


def _follow_up(content: Content) -> Iterator[Block]:
    rows = facts(
        [
            (_("Reported to"), words_of(content["report_to"])),
            (_("Written summary, no later than"), day_words(content["summary_due_on"])),
        ]
    )
    if not content["follow_up_text"] and not rows.rows:
        return
    yield Heading(_("How it is followed up"))
    yield from paragraphs(content["follow_up_text"])
    yield rows


def _signatures(source: DocumentSource) -> Iterator[Block]:
    yield Heading(_("Signatures"))
    roles = source.content["signatories"]
    if not roles:
        yield Paragraph(_("It is not yet said who signs."))
        return
    lines = tuple(_line(source, role) for role in roles)
    yield Signatures(
        lines,
        place_label=_("Place and date"),
        sign_label=_("Signature"),
        name_label=_("Name in print"),
        signed=_("Signed in the original"),
    )


def _line(source: DocumentSource, role: Content) -> SignatureLine:
    signed = source.signed.get(role["id"])
    title = _("Acting %(title)s", title=role["title"]) if role["is_acting"] else role["title"]
    body = role["body"]
    if role["party"] == "police":
        body = _("local police area %(area)s", area=body)
    return SignatureLine(
        role=title,
        body=body[:1].upper() + body[1:],
        place=(signed.place or "") if signed else "",
        day=date_long(signed.signed_on) if signed else "",
        is_signed=signed is not None and signed.signed_on is not None,
    )
