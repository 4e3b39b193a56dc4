"""Municipalities, their dialogues, and what published editions tell of the answers."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from shapely.geometry import shape

from surveys.days import swedish_day
from surveys.errors import NotFound
from surveys.languages import SWEDISH
from surveys.models.dialogue import Dialogue, DialoguePhase
from surveys.models.municipality import Municipality
from surveys.queries.dialogues.dialogues import get_dialogue, list_dialogues
from surveys.queries.maps.map_editions import EditionView, get_public_edition, list_public_maps
from surveys.queries.municipalities.municipalities import list_municipalities
from surveys.queries.results.result_editions import (
    ResultEditionView,
    get_public_results,
    list_public_results,
)
from surveys.statistics.proportions import Proportion
from webapp.api.fields import Asked, Field, Resource, Row, of_municipality, point_geometry
from webapp.clock import now
from webapp.public_results import Part, draw_results
from webapp.writing import written_in

EDITION = Field("edition", "integer", _l("The number of the published edition."))
PUBLISHED_ON = Field("published_on", "date", _l("The day on which the edition was published."))
DECIMALS = 4


def municipality_rows(asked: Asked) -> list[Row]:
    """Every municipality of the installation, by name."""
    return [_municipality(m) for m in list_municipalities(asked.session)]


def dialogue_rows(asked: Asked) -> list[Row]:
    """The municipality's dialogues, own and joint, the latest first."""
    here = of_municipality(asked)
    results = {found.slug for found in list_public_results(asked.session, here)}
    maps = {found.slug for found in list_public_maps(asked.session, here)}
    return [
        _dialogue(dialogue, dialogue.slug in results, dialogue.slug in maps)
        for dialogue in list_dialogues(asked.session, here)
    ]


def result_rows(asked: Asked) -> list[Row]:
    """Each number of the published edition; raise NotFound where none is published."""
    here = of_municipality(asked)
    dialogue = get_dialogue(asked.session, here, asked.slug or "")
    edition = get_public_results(asked.session, here, dialogue)
    if edition is None:
        raise NotFound(f"no public results of {dialogue.slug}")
    with written_in(SWEDISH):
        return list(_numbers(dialogue, edition))


def cell_rows(asked: Asked) -> list[Row]:
    """Each cell of the published map; raise NotFound where none is published."""
    here = of_municipality(asked)
    dialogue = get_dialogue(asked.session, here, asked.slug or "")
    edition = get_public_edition(asked.session, here, dialogue)
    if edition is None:
        raise NotFound(f"no public map of {dialogue.slug}")
    return [_cell(dialogue, edition, feature) for feature in edition.cells["features"]]


def _municipality(municipality: Municipality) -> Row:
    return {
        "code": municipality.code,
        "slug": municipality.slug,
        "name": municipality.name,
        "official_name": municipality.official_name,
        "police_areas": [area.name for area in municipality.police_areas],
        "longitude": municipality.center_lon,
        "latitude": municipality.center_lat,
        "url": url_for("public.municipality", kommun=municipality.slug),
        "geometry": point_geometry(municipality.center_lon, municipality.center_lat),
    }


def _dialogue(dialogue: Dialogue, has_results: bool, has_map: bool) -> Row:
    return {
        "slug": dialogue.slug,
        "title": dialogue.title,
        "opens_on": swedish_day(dialogue.opens_at).isoformat(),
        "closes_on": swedish_day(dialogue.closes_at).isoformat(),
        "phase": dialogue.phase(now()).value,
        "municipalities": [m.official_name for m in dialogue.municipalities],
        "sampling": dialogue.sampling.value,
        "questions": [question.text() for question in dialogue.questions],
        "has_results": has_results,
        "has_map": has_map,
        "url": url_for("survey.form", slug=dialogue.slug),
    }


def _numbers(dialogue: Dialogue, edition: ResultEditionView) -> Iterator[Row]:
    for table in draw_results(edition).tables:
        head = {
            "dialogue": dialogue.slug,
            "edition": table.edition or edition.number,
            "published_on": _day(edition),
            "table": table.key,
            "title": table.title,
            "question": table.question or None,
        }
        told = [(bar.label, part) for bar in table.bars for part in bar.parts]
        for group, part in [*told, *(("", part) for part in table.rows)]:
            yield head | _part(group, part)
        for words, n in table.outside:
            yield head | {"group": None, "answer": words, "count": n, "base": table.n}
        for words in table.untold:
            yield head | {"group": None, "answer": words, "is_withheld": True}


def _part(group: str, part: Part) -> Row:
    return {
        "group": group or None,
        "answer": part.label,
        "count": part.n,
        "base": part.found.n,
        **_shares(part.found),
    }


def _shares(found: Proportion) -> Row:
    """Of a small base the count alone is told, as on the page."""
    if found.is_small:
        return {}
    return {
        "share": round(found.share, DECIMALS),
        "share_low": round(found.low, DECIMALS),
        "share_high": round(found.high, DECIMALS),
    }


def _cell(dialogue: Dialogue, edition: EditionView, feature: Mapping[str, Any]) -> Row:
    told = feature["properties"]
    middle = shape(feature["geometry"]).representative_point()
    return {
        "dialogue": dialogue.slug,
        "edition": edition.number,
        "published_on": _day(edition),
        "cell_m": edition.cell_m,
        "level": told["level"],
        "respondents_at_least": told["at_least"],
        "longitude": round(middle.x, 5),
        "latitude": round(middle.y, 5),
        "geometry": feature["geometry"],
    }


def _day(edition: ResultEditionView | EditionView) -> str | None:
    return swedish_day(edition.published_at).isoformat() if edition.published_at else None


MUNICIPALITIES = Resource(
    "municipalities",
    "/municipalities",
    _l("Municipalities"),
    _l("The municipalities that hold dialogues here, with their police areas."),
    (
        Field("code", "string", _l("The municipality's code, four digits.")),
        Field("slug", "string", _l("The municipality's part of each address.")),
        Field("name", "string", _l("Its short name.")),
        Field("official_name", "string", _l("Its official name.")),
        Field("police_areas", "strings", _l("Local police areas that it lies in.")),
        Field("longitude", "number", _l("Its middle, in degrees (WGS 84)."), is_nullable=True),
        Field("latitude", "number", _l("Its middle, in degrees (WGS 84)."), is_nullable=True),
        Field("url", "uri", _l("The page for readers.")),
    ),
    municipality_rows,
    has_place=True,
)
DIALOGUES = Resource(
    "dialogues",
    "/municipalities/<slug:kommun>/dialogues",
    _l("Dialogues"),
    _l("The rounds in which residents are asked, with the questions word for word."),
    (
        Field("slug", "string", _l("The dialogue's part of each address.")),
        Field("title", "string", _l("Its title.")),
        Field("opens_on", "date", _l("The first day to answer.")),
        Field("closes_on", "date", _l("The last day to answer.")),
        Field(
            "phase",
            "string",
            _l("Where it stands today."),
            values=tuple(phase.value for phase in DialoguePhase),
        ),
        Field("municipalities", "strings", _l("Who asks; several in a joint dialogue.")),
        Field("sampling", "string", _l("How those who answered came to be asked.")),
        Field("questions", "strings", _l("The questions in Swedish, in their order.")),
        Field("has_results", "boolean", _l("Whether figures are published.")),
        Field("has_map", "boolean", _l("Whether a map is published.")),
        Field("url", "uri", _l("The page for readers.")),
    ),
    dialogue_rows,
)
RESULTS = Resource(
    "results",
    "/municipalities/<slug:kommun>/dialogues/<slug:slug>/results",
    _l("Published results"),
    _l(
        "The figures of the published edition, in respondents. Those who answered chose to: the"
        " numbers are about them, not about all residents. Small numbers are told together or not"
        " at all."
    ),
    (
        Field("dialogue", "string", _l("The dialogue's part of each address.")),
        EDITION,
        PUBLISHED_ON,
        Field("table", "string", _l("The table's key.")),
        Field("title", "string", _l("The table's title, in Swedish.")),
        Field("question", "string", _l("The question word for word."), is_nullable=True),
        Field("group", "string", _l("The group that answered, else null."), is_nullable=True),
        Field("answer", "string", _l("The answer, or several told together.")),
        Field("count", "integer", _l("How many gave it; null where withheld."), is_nullable=True),
        Field("base", "integer", _l("Of how many; null where withheld."), is_nullable=True),
        Field("share", "number", _l("count / base, null under 30."), is_nullable=True),
        Field(
            "share_low", "number", _l("Lower end of the 95 % Wilson interval."), is_nullable=True
        ),
        Field(
            "share_high", "number", _l("Upper end of the 95 % Wilson interval."), is_nullable=True
        ),
        Field("is_withheld", "boolean", _l("True where the number is too small to be told.")),
    ),
    lambda asked: [{"is_withheld": False} | row for row in result_rows(asked)],
)
CELLS = Resource(
    "map-cells",
    "/municipalities/<slug:kommun>/dialogues/<slug:slug>/map-cells",
    _l("Cells of the public map"),
    _l(
        "Squares in which enough respondents marked an unsafe place. It shows how places feel, not"
        " where crimes happen."
    ),
    (
        Field("dialogue", "string", _l("The dialogue's part of each address.")),
        EDITION,
        PUBLISHED_ON,
        Field("cell_m", "integer", _l("The side of a square, in metres.")),
        Field("level", "integer", _l("The class; 0 where too few answered to tell.")),
        Field(
            "respondents_at_least",
            "integer",
            _l("At least so many respondents; null in class 0."),
            is_nullable=True,
        ),
        Field("longitude", "number", _l("A point inside the shape, in degrees (WGS 84).")),
        Field("latitude", "number", _l("A point inside the shape, in degrees (WGS 84).")),
    ),
    cell_rows,
    has_place=True,
)
DIALOGUE_RESOURCES: Sequence[Resource] = (MUNICIPALITIES, DIALOGUES, RESULTS, CELLS)
