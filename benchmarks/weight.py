"""Bytes and requests of each public page's first view, as a browser without a cache gets them."""

import http.client
import json
import re
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

# What the first window of a TCP connection carries: ten segments of 1 460 bytes.
FIRST_WINDOW = 14_600
WITH_THE_MAP = 150_000  # the map's code with its first picture, once somebody asks for it
SURVEY = "/soderhamn/dialoger/oppen"
# Where a reader may begin: the rest is found by following links.
BEGINNINGS = ("/", SURVEY, "/logga-in", "/soderhamn/vantar")
STAFF = "/handlaggning/"
_ASSETS = re.compile(r"<(?:link[^>]+rel=\"stylesheet\"[^>]*href|script[^>]*src)=\"([^\"]+)\"")
_PICTURES = re.compile(r"<img[^>]*\ssrc=\"(/[^\"]+)\"")
_LINKS = re.compile(r"<a\s[^>]*?href=\"([^\"#?]+)")
_PLACE = re.compile(r"data-(style|editor|blank)=\"(/[^\"]+)\"")
# What only browsers without script fetch.
_WITHOUT_SCRIPT = re.compile(r"<noscript.*?</noscript>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of the server: ``size`` in bytes on the wire, headers included."""

    status: int
    kind: str
    size: int
    body: bytes


def fetch(url: str, path: str, encodings: str = "br, gzip") -> Answer:
    """Ask for ``path`` as a browser does that takes ``encodings``."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", path, headers={"Accept-Encoding": encodings} if encodings else {})
    answer = connection.getresponse()
    body = answer.read()
    head = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n\r\n")
    head += sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    connection.close()
    return Answer(answer.status, answer.headers.get_content_type(), head + len(body), body)


def plain_text(url: str, path: str) -> str:
    """The page without compression, to find what it asks for."""
    return fetch(url, path, encodings="").body.decode("utf-8", "replace")


def public_pages(url: str) -> list[str]:
    """The addresses of all pages that a reader comes to by links, in order."""
    waiting, pages, seen = list(BEGINNINGS), [], set(BEGINNINGS)
    while waiting:
        path = waiting.pop()
        answer = fetch(url, path, encodings="")
        if answer.status != 200 or answer.kind != "text/html":
            continue
        pages.append(path)
        for link in _LINKS.findall(answer.body.decode("utf-8", "replace")):
            target = urljoin(path, link)
            if target.startswith("/") and STAFF not in target and target not in seen:
                seen.add(target)
                waiting.append(target)
    return sorted(pages)


def first_view(url: str, path: str) -> tuple[int, int, int]:
    """(status, requests, bytes) of the page with its styles, scripts and pictures."""
    answer = fetch(url, path)
    text = _WITHOUT_SCRIPT.sub("", plain_text(url, path))
    parts = {*_ASSETS.findall(text), *_PICTURES.findall(text)}
    return answer.status, 1 + len(parts), answer.size + sum(fetch(url, p).size for p in parts)


def map_parts(url: str) -> list[str]:
    """What a phone fetches from the first press on "På en karta" until the map shows."""
    parts = dict(_PLACE.findall(plain_text(url, SURVEY)))
    asked = json.loads(fetch(url, parts["blank"], encodings="").body)["map"]
    return [*parts.values(), *(asked[name] for name in ("mapSrc", "mapCss", "ground"))]


def report(url: str) -> None:
    """Print a row for each public page, and what the survey's map costs when it is asked for."""
    print("\nWeight of the first view (headers included; br or gzip where the server offers it)")
    print(f"{'page':70} {'status':>6} {'requests':>8} {'bytes':>8} {'of first window':>16}")
    for page in public_pages(url):
        status, requests, total = first_view(url, page)
        print(f"{page:70} {status:>6} {requests:>8} {total:>8} {total / FIRST_WINDOW:>15.2f}x")
    sizes = [(part, fetch(url, part).size) for part in map_parts(url)]
    total = sum(size for _part, size in sizes)
    print(f"\nThe survey's map, when it is asked for: {len(sizes)} requests, {total} bytes")
    print(f"({total / WITH_THE_MAP:.2f} of the {WITH_THE_MAP} that it may cost)")
    for part, size in sizes:
        print(f"  {part:68} {size:>8}")
