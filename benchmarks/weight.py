"""Bytes and requests of each public page's first view, as a browser without a cache gets them."""

import http.client
import re
from urllib.parse import urlsplit

# What the first window of a TCP connection carries: ten segments of 1 460 bytes.
FIRST_WINDOW = 14_600
PAGES = (
    "/",
    "/soderhamn/",
    "/soderhamn/dialoger/",
    "/soderhamn/dialoger/oppen",
    "/soderhamn/lagesbild/",
    "/soderhamn/loften/",
    "/soderhamn/loften/farre-unga-i-kriminalitet-mindre-narkotika",
    "/soderhamn/kvitto",
    "/soderhamn/sa-hanterar-vi-svar",
    "/soderhamn/for-barn",
    "/soderhamn/tillganglighet",
    "/soderhamn/kontakt",
    "/logga-in",
)
_ASSETS = re.compile(r"<(?:link[^>]+rel=\"stylesheet\"[^>]*href|script[^>]*src)=\"([^\"]+)\"")


def fetch(url: str, path: str) -> tuple[int, int, str]:
    """(status, bytes on the wire with headers, text if it is not compressed)."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", path, headers={"Accept-Encoding": "br, gzip"})
    answer = connection.getresponse()
    body = answer.read()
    head = len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n\r\n")
    head += sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
    encoded = answer.getheader("Content-Encoding")
    connection.close()
    return answer.status, head + len(body), "" if encoded else body.decode("utf-8", "replace")


def plain_text(url: str, path: str) -> str:
    """The page without compression, to find what it asks for."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", path)
    text = connection.getresponse().read().decode("utf-8")
    connection.close()
    return text


def report(url: str) -> None:
    """Print a row for each public page."""
    print("\nWeight of the first view (headers included; br or gzip where the server offers it)")
    print(f"{'page':38} {'status':>6} {'requests':>8} {'bytes':>8} {'of first window':>16}")
    for page in PAGES:
        status, total, _ = fetch(url, page)
        assets = sorted(set(_ASSETS.findall(plain_text(url, page))))
        for asset in assets:
            total += fetch(url, asset)[1]
        share = total / FIRST_WINDOW
        print(f"{page:38} {status:>6} {1 + len(assets):>8} {total:>8} {share:>15.2f}x")
