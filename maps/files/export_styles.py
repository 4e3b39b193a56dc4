"""How QGIS draws the layers of an export, written in its own style language (QML)."""

from collections.abc import Sequence
from itertools import pairwise
from xml.sax.saxutils import quoteattr

# The sequence of the web page's style sheet, in light (a test holds them together).
SEQUENCE = ("#beb4db", "#9c8cc2", "#7d69aa", "#614a8f", "#452d6f")
INK, EDGE, BRAND = "#15262c", "#614a8f", "#17535a"
_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"


def class_words(limits: Sequence[int]) -> list[str]:
    """The classes in persons, "5–6", "7–9", "10–", from their lowest numbers."""
    if not limits:
        return []
    ends = [f"–{high - 1}" if high - 1 > low else "" for low, high in pairwise(limits)]
    return [f"{low}{end}" for low, end in zip(limits, [*ends, "–"], strict=True)]


def style_of(layer: str, limits: Sequence[int]) -> str:
    """The style of a layer: cells and areas by class, hotspots as dashed rings with numbers."""
    if layer == "hotspots":
        return _document(_single(_fill("0", None, INK, 0.7, dashed=True)), _labels("rank"))
    return _document(_by_class(limits))


def _by_class(limits: Sequence[int]) -> str:
    words = [f"{word} personer" for word in class_words(limits)]
    words[-1:] = [f"minst {limit} personer" for limit in limits[-1:]]
    categories = "".join(
        f'<category render="true" value="{level}" symbol="{level - 1}" type="integer"'
        f" label={quoteattr(word)}/>"
        for level, word in enumerate(words, start=1)
    )
    symbols = "".join(_fill(str(place), SEQUENCE[place], EDGE, 0.2) for place in range(len(words)))
    hidden = len(words)
    categories += (
        f'<category render="true" value="" symbol="{hidden}" type="NULL" label="för få svar"/>'
    )
    symbols += _fill(str(hidden), None, "#8a9598", 0.2, dashed=True)
    return (
        '<renderer-v2 type="categorizedSymbol" attr="level" enableorderby="0" forceraster="0">'
        f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>"
    )


def _single(symbol: str) -> str:
    return (
        '<renderer-v2 type="singleSymbol" enableorderby="0" forceraster="0">'
        f"<symbols>{symbol}</symbols></renderer-v2>"
    )


def _fill(name: str, fill: str | None, edge: str, width_mm: float, *, dashed: bool = False) -> str:
    options = {
        "color": _rgba(fill or "#ffffff"),
        "style": "solid" if fill else "no",
        "outline_color": _rgba(edge),
        "outline_style": "dash" if dashed else "solid",
        "outline_width": f"{width_mm:g}",
        "outline_width_unit": "MM",
    }
    inner = "".join(
        f'<Option type="QString" name="{key}" value="{value}"/>' for key, value in options.items()
    )
    return (
        f'<symbol type="fill" name="{name}" alpha="1" clip_to_extent="1" force_rhr="0">'
        '<layer class="SimpleFill" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{inner}</Option></layer></symbol>'
    )


def _labels(column: str) -> str:
    return (
        '<labeling type="simple"><settings calloutType="simple">'
        f'<text-style fieldName="{column}" fontSize="11" fontWeight="75"'
        f' textColor="{_rgba(INK)}"><text-buffer bufferDraw="1" bufferSize="1"'
        ' bufferColor="255,255,255,255"/></text-style></settings></labeling>'
    )


def _document(renderer: str, labels: str = "") -> str:
    parts = "Symbology|Labeling" if labels else "Symbology"
    return (
        f'{_HEAD}<qgis version="3.28.0" styleCategories="{parts}"'
        f' labelsEnabled="{int(bool(labels))}">'
        f"{renderer}{labels}</qgis>"
    )


def _rgba(color: str) -> str:
    return ",".join(str(int(color[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
