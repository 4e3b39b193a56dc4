"""An action plan: its head, and for each area its goals and a table of what is done."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from surveys.queries.editions.edition_files import DocumentSource
from webapp.documents.blocks import Block, Bullets, Document, Heading, Paragraph, Table
from webapp.documents.document_parts import (
    Head,
    day_words,
    decision_words,
    edition_document,
    facts,
    paragraphs,
    words_of,
)
from webapp.formatters import day_range

Content = Mapping[str, Any]
_WIDTHS = (34, 20, 22, 24)
NOTHING = "–"


def plan_document(source: DocumentSource) -> Document:
    """The plan as its edition has it. An activity stands once, under the first of its areas."""
    content = source.content
    first_in: dict[int, str] = {}
    areas: list[Block] = []
    for area in content["areas"]:
        areas += _area(content, area, first_in)
    blocks = (
        facts(_first_facts(content)),
        *paragraphs(content["introduction"]),
        *areas,
        *_evaluation(content),
        *_channels(content),
    )
    head = Head(_("Action plan"), content["title"], _period(content))
    return edition_document(source, head, blocks)


def _period(content: Content) -> str:
    if not content["starts_on"] or not content["ends_on"]:
        return _("Not decided")
    return day_range(
        date.fromisoformat(content["starts_on"]), date.fromisoformat(content["ends_on"])
    )


def _first_facts(content: Content) -> list[tuple[str, str | None]]:
    council = content["council"]
    parties = [
        content["municipality"],
        *(_("local police area %(area)s", area=area) for area in content["police_areas"]),
    ]
    return [
        (_("Plan of"), words_of(parties)),
        (_("Decided"), decision_words(content["decision"])),
        (_("Rests on the picture"), _dated(content["picture"], "published_on")),
        (_("Agreement"), _dated(content["agreement"], "signed_on")),
        (_("Led from"), _council(council) if council else None),
        (_("Drawn up by"), words_of(content["authors"])),
        (_("Ways of working"), words_of(content["methods"])),
        (_("Other plans"), words_of(content["other_plans"])),
        (_("Reported to"), words_of(content["report_to"])),
        (_("Written summary, no later than"), day_words(content["summary_due_on"])),
    ]


def _dated(entry: Content | None, day: str) -> str | None:
    if not entry:
        return None
    parts = [entry["title"], day_words(entry[day]), entry.get("dnr")]
    return ", ".join(part for part in parts if part)


def _council(council: Content) -> str:
    led = _("led by %(role)s", role=council["led_by"]) if council["led_by"] else ""
    members = words_of(council["members"])
    return ". ".join(
        part for part in (", ".join(p for p in (council["name"], led) if p), members) if part
    )


def _area(content: Content, area: Content, first_in: dict[int, str]) -> Iterator[Block]:
    activities = {activity["id"]: activity for activity in content["activities"]}
    own = [link for link in area["activities"] if link["activity"] not in first_in]
    shared = [link for link in area["activities"] if link["activity"] in first_in]
    yield Heading(area["name"])
    if area["goals"]:
        yield Heading(_("Goals"), 2)
        yield Bullets(tuple(area["goals"]))
    yield Heading(_("Activities"), 2)
    if own:
        rows = tuple(_row(activities[link["activity"]], link) for link in own)
        heads = (_("Activity"), _("When"), _("Who"), _("Follow-up"))
        yield Table("", heads, rows, _WIDTHS)
    if shared:
        yield Paragraph(_("These activities stand above and belong here too:"))
        yield Bullets(
            tuple(
                _again(activities[link["activity"]], link, first_in[link["activity"]])
                for link in shared
            )
        )
    if not own and not shared:
        yield Paragraph(_("No activity stands under this area yet."), "muted")
    first_in |= {link["activity"]: area["name"] for link in own}


def _row(activity: Content, link: Content) -> tuple[str, ...]:
    name = activity["name"]
    if activity["methods"]:
        name = f"{name} ({words_of(activity['methods'])})"
    return (name, activity["when"] or NOTHING, activity["who"] or NOTHING, _follow_up(link))


def _follow_up(link: Content) -> str:
    told = link["follow_up"]
    if not told or not told["text"]:
        return _("The plan gives no follow-up")
    day = told["due_on"]
    when = day_words(day) if day and day not in told["text"] else ""
    body = told["body"] if told["body"] and told["body"] not in told["text"] else ""
    return ". ".join(part for part in (told["text"].rstrip("."), body, when) if part)


def _again(activity: Content, link: Content, area: str) -> str:
    return _(
        "%(name)s (see %(area)s). Follow-up here: %(text)s",
        name=activity["name"],
        area=area,
        text=_follow_up(link),
    )


def _evaluation(content: Content) -> Iterator[Block]:
    evaluation = content["evaluation"]
    after = day_words(evaluation["after"])
    rows = facts(
        [
            (_("To be evaluated after"), after),
            (_("Answer for follow-up and evaluation"), words_of(evaluation["owners"])),
        ]
    )
    if evaluation["text"] or rows.rows:
        yield Heading(_("Evaluation of the whole plan"))
        yield from paragraphs(evaluation["text"])
        yield rows


def _channels(content: Content) -> Iterator[Block]:
    if not content["channels"]:
        return
    yield Heading(_("Where we tell about the work"))
    yield Bullets(tuple(map(_channel, content["channels"])))


def _channel(channel: Any) -> str:
    if isinstance(channel, str):
        return channel
    owners = [
        _("in the municipality: %(role)s", role=channel["municipality"])
        if channel.get("municipality")
        else "",
        _("at the police: %(role)s", role=channel["police"]) if channel.get("police") else "",
    ]
    told = "; ".join(part for part in owners if part)
    return f"{channel['name']} ({told})" if told else channel["name"]
