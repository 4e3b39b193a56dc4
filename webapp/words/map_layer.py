"""The layers of a staff map in words: what each is called, its key and its list."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from markupsafe import Markup

from surveys.models.geography import AreaKind
from surveys.queries.maps.hotspots import OffMap
from surveys.queries.maps.map_layers import (
    CLASS_RULE,
    AreaRow,
    AreasView,
    CommonestView,
    GroupsView,
    LayerViews,
    NearView,
    SquaresView,
)
from webapp.formatters import number, share
from webapp.labels import label


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One class: the style sheet's class of its colour, its words, and how many squares have it."""

    css_class: str
    said: str
    count: str


@dataclass(frozen=True, slots=True)
class LayerView:
    """One layer as the page shows it. ``rows`` is its list beside the map, under ``head``.

    The first ``n_words`` columns of the list are words, the rest numbers.
    """

    key: str
    title: str
    about: str
    keys: tuple[KeyRow, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str | Markup, ...], ...] = ()
    more: str = ""
    n_words: int = 1


def view_layers(layers: LayerViews, least: int) -> list[LayerView]:
    """All layers that the map has, in the order in which they are offered."""
    few = _("Squares with fewer than %(min)s persons are not shown.", min=least)
    views = []
    if layers.persons is not None:
        about = _("How many persons have marked something in each square.") + " " + few
        keys = _of_persons(layers.persons)
        near = _list_near(layers.persons.near, keys, _("Persons by square"))
        views.append(LayerView("persons", _("Persons by square"), about, keys, *near))
    if layers.density is not None:
        about = _(
            "How close the marks lie, evened out. It also shows where people happen to be: it is"
            " no measure of risk."
        )
        if layers.density.class_rule < CLASS_RULE:
            about += " " + _(
                "The classes are of an earlier version of the program. Compute the map again to"
                " have them at round numbers."
            )
        keys = _of_density(layers.density)
        near = _list_near(layers.density.near, keys, _("Density"))
        views.append(LayerView("density", _("Density"), about, keys, *near))
    if layers.gi is not None:
        about = _(
            "Squares with more persons than squares elsewhere, together with those around them."
            " It is no measure of risk."
        )
        keys = _of_gi(layers.gi)
        near = _list_near(layers.gi.near, keys, _("How clearly"))
        views.append(LayerView("gi", _("Squares that stand out"), about, keys, *near))
    if layers.groups is not None:
        views.append(_view_groups(layers.groups))
    if layers.reasons is not None:
        about = _("The reason that most persons have given for each square.") + " " + few
        keys = _of_commonest(layers.reasons)
        near = _list_near(layers.reasons.near, keys, _("Commonest reason"))
        views.append(LayerView("reasons", _("Commonest reason"), about, keys, *near))
    if layers.times is not None:
        about = _("The time of day that most persons have given for each square.") + " " + few
        keys = _of_commonest(layers.times)
        near = _list_near(layers.times.near, keys, _("Commonest time"))
        views.append(LayerView("times", _("Commonest time"), about, keys, *near))
    return views + [_view_areas(view) for view in layers.areas]


def off_map_words(found: OffMap, least: int) -> str:
    """Which marks are on no map: "7 only in words, fewer than 5 for a whole district."."""
    parts = (
        (found.n_words_only, _l("%(n)s only in words")),
        (found.n_districts, _l("%(n)s for a whole district")),
        (found.n_far_outside, _l("%(n)s far outside the municipality")),
    )
    few = _("fewer than %(limit)s", limit=least)
    said = [words % {"n": few if n is None else number(n)} for n, words in parts if n != 0]
    return f"{', '.join(said)}."


def class_words(limits: Sequence[float]) -> list[str]:
    """Classes of persons, "5–6", "7–9", "10–", from their lowest numbers."""
    lows = [round(limit) for limit in limits]
    ends = [high - 1 for high in lows[1:]]
    closed = [
        str(low) if low == end else f"{low}–{end}" for low, end in zip(lows, ends, strict=False)
    ]
    return closed + [f"{low}–" for low in lows[-1:]]


def _of_persons(layer: SquaresView) -> tuple[KeyRow, ...]:
    words = [_("%(range)s persons", range=name) for name in class_words(layer.limits)]
    if layer.limits:
        words[-1] = _("at least %(n)s persons", n=round(layer.limits[-1]))
    return _squares(words, layer.squares)


def _of_density(layer: SquaresView) -> tuple[KeyRow, ...]:
    told = [_density(low) for low in layer.limits]
    words = [
        _("%(low)s to below %(high)s persons per km²", low=low, high=high)
        for low, high in pairwise(told)
    ]
    words += [_("at least %(n)s persons per km²", n=low) for low in told[-1:]]
    return _squares(words, layer.squares)


def _density(low: float) -> str:
    """Never more than it is: of squares from 3,5 on it is true that they have at least 3."""
    decimals = 0 if low >= 1 else 2
    return number(floor(low * 10**decimals + 1e-9) / 10**decimals, decimals)


def _of_gi(layer: SquaresView) -> tuple[KeyRow, ...]:
    words = [_("stands out"), _("stands out clearly"), _("stands out very clearly")]
    return tuple(
        KeyRow(f"s{place + 3}", said, _count(n))
        for place, (said, n) in enumerate(zip(words, layer.squares, strict=False))
    )


def _of_commonest(layer: CommonestView) -> tuple[KeyRow, ...]:
    rows = [
        KeyRow(f"k{place}", label(member), _count(n))
        for place, (member, n) in enumerate(layer.members, start=1)
    ]
    if layer.n_others:
        rows.append(KeyRow(f"k{len(rows) + 1}", _("others"), _count(layer.n_others)))
    if layer.n_few:
        rows.append(KeyRow("few", _("too few said the same"), _count(layer.n_few)))
    return tuple(rows)


def _view_groups(groups: GroupsView) -> LayerView:
    n_more = groups.n_groups - len(groups.rows)
    return LayerView(
        "groups",
        _("Groups of marks"),
        _(
            "Neighbouring squares together, with at least how many persons. Closer in, a group"
            " parts. Only squares that the map shows are counted, and no group stands for a single"
            " mark."
        ),
        head=(_("Near"), _("Persons")),
        rows=tuple(
            (name or _("No place near"), f"{low}–{high}") for name, low, high in groups.rows
        ),
        more=ngettext("%(num)s smaller group", "%(num)s smaller groups", n_more) if n_more else "",
    )


def _view_areas(view: AreasView) -> LayerView:
    names = {
        AreaKind.DESO: _("DeSO areas"),
        AreaKind.REGSO: _("RegSO areas"),
        AreaKind.DISTRICT: _("Parts of town"),
    }
    has_people = any(row.per_thousand is not None for row in view.rows)
    has_shares = any(row.share is not None for row in view.rows)
    head = [_("Area"), _("Persons")]
    head += [_("Share")] if has_shares else []
    head += [_("Per 1 000 inhabitants")] if has_people else []
    rows = []
    for row in view.rows:
        cells = [row.name, _area_number(row, view.step)]
        cells += [share(row.share) if row.share is not None else "–"] if has_shares else []
        per = number(row.per_thousand, 1) if row.per_thousand is not None else "–"
        rows.append((*cells, per) if has_people else tuple(cells))
    words = [_("%(range)s persons", range=name) for name in class_words(view.limits)]
    if view.limits:
        words[-1] = _("at least %(n)s persons", n=view.limits[-1])
    keys = [KeyRow(f"s{place}", said, "") for place, said in enumerate(words, start=1)]
    if view.n_told < len(view.rows):
        keys.append(KeyRow("few", _("too few answers, here or beside it"), ""))
    about = _(
        "How many persons have marked something in each area. One person may have marked several"
        " areas, and those who marked need not live there. An area is not told either where its"
        " number, beside another of the map, would tell of a few persons."
    )
    if view.step > 1:
        about += " " + _("Numbers of a part of the marks are rounded down.")
    return LayerView(
        key=view.key,
        title=names[view.kind],
        about=about,
        keys=tuple(keys),
        head=tuple(head),
        rows=tuple(rows),
        more=_("Source: %(source)s", source=view.source) if view.source else "",
    )


def _area_number(row: AreaRow, step: int) -> str:
    if row.n is None:  # it may have many: what is told beside it would else tell of a few
        return _("too few answers, here or beside it")
    return number(row.n) if step == 1 else _("at least %(n)s", n=number(row.n))


def _list_near(
    near: NearView, keys: Sequence[KeyRow], what: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], str, int]:
    """Head, rows, what is beyond them and how many columns are words, as a LayerView has them."""
    rows = tuple(
        (name or _("No place near"), keys[level - 1].said, number(n))
        for name, level, n in near.rows
        if level <= len(keys)
    )
    more = ngettext("%(num)s square more", "%(num)s squares more", near.n_more)
    return (_("Near"), what, _("Squares")), rows, more if near.n_more else "", 2


def _squares(words: Sequence[str], squares: Sequence[int]) -> tuple[KeyRow, ...]:
    return tuple(
        KeyRow(f"s{place}", said, _count(n))
        for place, (said, n) in enumerate(zip(words, squares, strict=True), start=1)
    )


def _count(n: int) -> str:
    return ngettext("%(num)s square", "%(num)s squares", n) if n else ""
