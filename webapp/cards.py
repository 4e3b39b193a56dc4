"""Share cards: the picture that stands beside a link in a feed, and what it says in words.

A card says how things stand: open, the last week in days, closed. Its address carries that too
(``v``), since those who show previews keep a picture by its address, for weeks. Beside the days
that are left stands the last day, which stays true in a kept copy.
"""

from collections import OrderedDict
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock

from flask import Flask, Response, current_app, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from surveys.models.dialogue import Dialogue, DialoguePhase
from surveys.models.municipality import Municipality
from surveys.queries.promises.counters import PointState
from surveys.queries.promises.promises import PromiseSummary
from surveys.queries.promises.time import PromiseTime
from surveys.schedule.pace import Status
from surveys.theme.palette import HOUSE_BRAND
from webapp.clock import now, today
from webapp.documents.progress_words import status_words
from webapp.documents.town import town
from webapp.documents.typeset import typeset
from webapp.formatters import NO_BREAK, date_long, local_day, months_left
from webapp.mail.sending import whole_address
from webapp.words.counter import count_words
from webapp.writing import text_language

CLOSING_SOON_DAYS = 7
MAX_UNITS = 12  # more boxes than can be counted at a glance are left out
MAX_FACT = 80  # characters: two lines
KEPT_CARDS = 64  # about 60 kB each
FRESH_S = 600  # "3 dagar kvar" may be told ten minutes into the next day
DAY = "%Y%m%d"

HOUSE_TINT, HOUSE_MIDDLE = "#DFECEA", "#74B0AB"
INK, INK_2, LAMP = "#15262C", "#47585E", "#F3C24B"


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says. ``fact`` is large, ``tail`` goes on beside it, ``note`` stands under it.

    ``held`` of ``wanted`` boxes are filled; no boxes where ``wanted`` is 0. ``version`` changes
    with what is said.
    """

    lang: str
    dir: str
    slug: str
    name: str
    under: str
    kind: str
    fact: str
    tail: str = ""
    note: str = ""
    held: int = 0
    wanted: int = 0
    brand: str = HOUSE_BRAND
    version: str = ""

    @property
    def alt(self) -> str:
        """The card in words, for those who do not see it."""
        fact = f"{self.fact} {self.tail}".strip()
        return ". ".join(part for part in (self.name, self.kind, fact, self.note) if part)


class DrawnCards:
    """Cards that were drawn, the latest asked for last. A card is drawn once for what it says."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Card, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, card: Card) -> bytes:
        """The card as PNG."""
        with self._lock:
            if card in self._kept:
                self._kept.move_to_end(card)
                return self._kept[card]
        drawn = _draw(card)
        with self._lock:
            self._kept[card] = drawn
            while len(self._kept) > KEPT_CARDS:
                self._kept.popitem(last=False)
        return drawn


def init_cards(app: Flask) -> None:
    """Keep drawn cards in the memory of this process, and give templates their words."""
    app.extensions["drawn_cards"] = DrawnCards()
    for function in (dialogue_card, municipality_card, promise_card):
        app.add_template_global(function, function.__name__)
    app.add_template_global(card_address, "card_address")


def dialogue_card(municipality: Municipality, dialogue: Dialogue) -> Card:
    """The card of a dialogue as it stands now."""
    phase, last = dialogue.phase(now()), _("Last day: %(day)s", day=date_long(dialogue.closes_at))
    days = _days_left(dialogue.closes_at)
    kind = _("Questions about trygghet in %(name)s", name=municipality.name)
    if phase is DialoguePhase.UPCOMING:
        fact = _("Opens %(day)s", day=date_long(dialogue.opens_at))
        return _card(municipality, kind, fact, last, f"u{dialogue.opens_at:{DAY}}")
    if phase is DialoguePhase.CLOSED:
        thanks = _("Thank you to everybody who answered.")
        return _card(municipality, kind, _("The dialogue has closed"), thanks, "c")
    if days <= CLOSING_SOON_DAYS:
        left = months_left(dialogue.closes_at, now())
        return _card(municipality, kind, left[:1].upper() + left[1:], last, f"{days}")
    return _card(
        municipality, kind, _("Answer in two minutes"), last, f"o{dialogue.closes_at:{DAY}}"
    )


def municipality_card(municipality: Municipality, n_running: int = 0) -> Card:
    """The card of a municipality's pages where no dialogue is open."""
    kind = _("Trygghet in %(name)s", name=municipality.name)
    if not n_running:
        return _card(municipality, "", kind, "", "t")
    going = ngettext("How the promise is going", "How the promises are going", n_running)
    return _card(municipality, kind, going, "", f"p{min(n_running, 2)}")


def promise_card(municipality: Municipality, promise: PromiseSummary) -> Card:
    """The card of a promise: the first count that boxes can show, else any, else its title."""
    counts = [p for p in promise.points if p.counter and p.counter.wanted]
    counted = min(counts, key=_is_long, default=None)
    if counted is None or counted.counter is None:
        title = promise.title
        fact = title if len(title) <= MAX_FACT else f"{title[: MAX_FACT - 1].rsplit(' ', 1)[0]} …"
        note = _state(promise.status, promise.time)
        return _card(municipality, promise.label, fact, note, f"s{promise.status.value}")
    held, wanted = counted.counter.held, counted.counter.wanted or 0
    fact = _("%(done)s of %(target)s", done=held, target=wanted).replace(" ", NO_BREAK)
    boxes = wanted if wanted <= MAX_UNITS else 0
    tail = count_words(counted)
    version = f"{held}-{wanted}-{promise.time.left}-{counted.status.value}"
    note = _state(counted.status, promise.time)
    card = _card(municipality, promise.label, fact, note, version)
    return replace(card, tail=tail, held=min(held, boxes), wanted=boxes)


def card_address(endpoint: str, card: Card, **values: str) -> str:
    """Where the card is, in full: those who draw previews take no address without a host."""
    lang = None if card.lang == "sv" else card.lang
    path = url_for(endpoint, **values, lang=lang, v=card.version, via=None, _external=False)
    return whole_address(path)


def card_response(card: Card) -> Response:
    """The picture, to be asked for again soon; unchanged it is not sent again."""
    drawn: DrawnCards = current_app.extensions["drawn_cards"]
    response = Response(drawn.get(card), mimetype="image/png")
    response.headers["Cache-Control"] = f"public, max-age={FRESH_S}"
    # Previews are shown on other sites' pages; there is nothing secret in the picture.
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.add_etag()
    response.make_conditional(request)
    return response


def brand_of(municipality: Municipality) -> str:
    """The municipality's colour as "#rrggbb"."""
    return municipality.brand_color or HOUSE_BRAND


def mixed(colour: str, share: float) -> str:
    """``colour`` with white: ``share`` of it, the rest paper."""
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(255 - (255 - part) * share):02X}" for part in parts)


def font_folder() -> Path:
    """Where the built typeface lies."""
    return Path(current_app.static_folder or "") / "build"


def _card(municipality: Municipality, kind: str, fact: str, note: str, version: str) -> Card:
    language = text_language()
    return Card(
        lang=language.code,
        dir=language.direction,
        slug=municipality.slug,
        name=municipality.official_name,
        under=_("together with the police"),
        kind=kind,
        fact=fact,
        note=note,
        brand=brand_of(municipality),
        version=version,
    )


def _is_long(point: PointState) -> bool:
    return (point.counter.wanted or 0) > MAX_UNITS if point.counter else True


def _draw(card: Card) -> bytes:
    far, mid = mixed(card.brand, 0.14), mixed(card.brand, 0.55)
    if card.brand == HOUSE_BRAND:
        far, mid = HOUSE_TINT, HOUSE_MIDDLE
    colours = {
        "far": far,
        "mid": mid,
        "near": card.brand,
        "win": LAMP,
        "glow": f"{LAMP};opacity:.22",
        "post": INK,
    }
    words = asdict(card) | {"town": town(card.slug, colours), "ink": INK, "ink2": INK_2}
    words["lang"] = card.lang.split("-")[0]  # typst knows no variants
    return typeset("card.typ", words, font_folder(), "png")


def _days_left(closes_at: datetime) -> int:
    return (local_day(closes_at) - today()).days


def _state(status: Status, time: PromiseTime) -> str:
    """Efter plan, 5 månader kvar: the word beside the count, so that neither flatters."""
    return ", ".join(part for part in (status_words(status), _time_left(time)) if part)


def _time_left(time: PromiseTime) -> str:
    if time.window is None:
        return ""
    if time.is_running:
        return months_left(time.window.ends_on, today())
    return f"{date_long(time.window.starts_on)} – {date_long(time.window.ends_on)}"
