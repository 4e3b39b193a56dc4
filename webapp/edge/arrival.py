"""How readers arrive: without other people's tracking numbers, and by which short address.

Facebook and its like add a number of their own to each link that is followed. It tells one click
from every other one, so no page is shown with it: the reader is sent to the same address without.
"""

import re
from typing import Any
from urllib.parse import quote, urlencode

from flask import Flask, Response, redirect, request

from surveys.text.slugs import MAX_LINK_WORD
from webapp.languages import READERS_PAGES

VIA = "via"
# Pages of the survey between which the short address that led here is carried on.
CARRYING = frozenset({"survey.form", "survey.submit", "survey.blank_place"})

_TRACKER = re.compile(
    r"utm_.*|fbclid|fb_(action_ids|action_types|source|ref)|gcl(id|src)|dclid|[gw]braid|srsltid"
    r"|msclkid|ttclid|twclid|ref_src|igsh(id)?|li_fat_id|mc_[ce]id|mkt_tok|ys?clid|epik|rdt_cid"
    r"|sccid|s_cid|_openstat|_hs(enc|mi)|__hs(sc|tc|fp)|vero_id|oly_(anon|enc)_id|wickedid",
    re.IGNORECASE,
)
_WORD = re.compile(rf"[a-z0-9-]{{1,{MAX_LINK_WORD}}}")
# Programs that fetch a link to draw its preview, or to index it. "Cubot" is a make of phones.
_ROBOTS = re.compile(
    r"(?<!cu)bot\b|crawler|spider|externalhit|facebookcatalog|meta-external|whatsapp/|uripreview"
    r"|slack-imgproxy|embedly|mastodon/|bingpreview|inspectiontool|headlesschrome|lighthouse"
    r"|python-|curl/|wget/|go-http-client|okhttp/",
    re.IGNORECASE,
)


def init_arrival(app: Flask) -> None:
    """Drop tracking numbers from readers' addresses and carry the short address along."""
    app.before_request(_drop_trackers)
    app.url_defaults(_carry_via)


def is_tracker(name: str) -> bool:
    """Whether an address's parameter is somebody's number for one click."""
    return bool(_TRACKER.fullmatch(name))


def via() -> str | None:
    """The word of the short address that led to this page, as its own address tells."""
    word = request.args.get(VIA, "")
    return word if _WORD.fullmatch(word) else None


def is_person() -> bool:
    """Whether somebody opens the page, rather than a preview robot or a browser reading ahead.

    What the program calls itself is looked at here and kept nowhere.
    """
    ahead = " ".join(
        request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")
    ).lower()
    if "prefetch" in ahead or "preview" in ahead or request.method != "GET":
        return False
    return not _ROBOTS.search(request.headers.get("User-Agent", ""))


def _drop_trackers() -> Response | None:
    if request.method not in {"GET", "HEAD"} or request.blueprint not in READERS_PAGES:
        return None
    pairs = list(request.args.items(multi=True))
    kept = [(name, value) for name, value in pairs if not is_tracker(name)]
    if len(kept) == len(pairs):
        return None
    # Two slashes at the beginning would be another site's address.
    path = "/" + quote(request.path.lstrip("/\\"), safe="/")
    response = redirect(f"{path}?{urlencode(kept)}" if kept else path, 302)
    response.headers["Cache-Control"] = "no-store"  # the number stands in what a cache would keep
    return response  # type: ignore[return-value]


def _carry_via(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint in CARRYING and VIA not in values and request:
        word = via()
        if word:
            values[VIA] = word
