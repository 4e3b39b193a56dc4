"""A resident without an account who opens every address that there is, and keeps what they get."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from html import unescape
from io import BytesIO, StringIO
from itertools import product
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.pdf_reading import read_pdf

HERE = "soderhamn"
# What follows from nothing that a resident has read: tokens of mails, files' names, short words.
UNGUESSED = frozenset(
    {"token", "typed", "word", "stamp", "path", "filename", "theme", "name", "rest", "z", "x", "y"}
)
STAFF = ("staff.", "security.")
_EDITION = re.compile(r'(?<="edition":)\s*\d+|(?<=<dd>)\d+(?=, publicerad )')
_LINK = re.compile(r'(?:href|src)="([^"]+)"')
_FORMATS = ("json", "csv", "geojson")


class Resident:
    """``slugs`` are the dialogues, pictures, promises and plans that they have read of anywhere."""

    def __init__(self, app: Flask, slugs: Sequence[str]) -> None:
        self._client = app.test_client()
        self._values: Mapping[str, Sequence[object]] = {
            "kommun": (HERE,),
            "slug": slugs,
            "number": (1, 2, 3),
            "edition_id": (1, 2, 3),
            "run_id": (1, 2),
            "year": (2022, 2023),
            "start": ("re",),
        }
        rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
        self._public = [rule for rule in rules if not rule.endpoint.startswith(STAFF)]
        self._staff = [rule for rule in rules if rule.endpoint.startswith("staff.")]

    def fetch(self, like: str = "") -> dict[str, str]:
        """Every public address that answers, with its words: from all routes and along all links.

        Only addresses ``like`` an expression, where one is given. Without the number of the
        edition, which differs where nothing else does.
        """
        waiting = [to for to in self._addresses(self._public) if re.search(like, to)]
        seen, kept = set(waiting), {}
        while waiting:
            address = waiting.pop()
            response = self._client.get(address)
            assert response.status_code < 500, address
            if response.status_code != 200:
                continue
            kept[address] = words_of(response)
            new = {to for to in _links(address, response) if re.search(like, to)} - seen
            waiting += sorted(new)
            seen |= new
        return kept

    def try_staff(self) -> Iterator[tuple[str, int]]:
        """What each of staff's addresses answers to somebody without an account."""
        for address in self._addresses(self._staff):
            yield address, self._client.get(address).status_code

    def _addresses(self, rules: Sequence[Rule]) -> Iterator[str]:
        for rule in rules:
            missing = rule.arguments - self._values.keys() - (rule.defaults or {}).keys()
            assert not missing - UNGUESSED or rule in self._staff, (rule, "is it looked at?")
            if missing:
                continue
            names = sorted(rule.arguments & self._values.keys())
            for values in product(*(self._values[name] for name in names)):
                built = rule.build(dict(zip(names, values, strict=True)) | (rule.defaults or {}))
                if built is None:
                    continue
                yield built[1]
                if "kommun" in rule.arguments and rule.endpoint.startswith("api."):
                    yield from (f"{built[1]}?limit=1000&format={kind}" for kind in _FORMATS)


def words_of(response: TestResponse) -> str:
    """All that can be read in the answer, of documents too; a picture's sum."""
    if response.mimetype == "application/pdf":
        pdf = read_pdf(response.data)
        return " ".join((pdf.title, pdf.text, *pdf.alternatives, *pdf.bookmarks))
    if response.mimetype.endswith("wordprocessingml.document"):
        with ZipFile(BytesIO(response.data)) as parts:
            names = sorted(name for name in parts.namelist() if name.endswith(".xml"))
            return " ".join(parts.read(name).decode() for name in names)
    if response.mimetype.startswith("image/") and "svg" not in response.mimetype:
        return sha256(response.data).hexdigest()
    if response.mimetype == "text/csv":
        rows = list(csv.DictReader(StringIO(response.text)))
        return json.dumps([row | {"edition": 0} for row in rows], ensure_ascii=False)
    return _EDITION.sub("0", response.text)


def _links(address: str, response: TestResponse) -> Iterator[str]:
    """Where the page leads on this site, in the language in which it is written."""
    if response.mimetype not in ("text/html", "application/atom+xml"):
        return
    for link in _LINK.findall(response.text):
        to = urlsplit(urljoin(f"http://localhost{address}", unescape(link)))
        is_ours = to.netloc == "localhost" and to.path.startswith((f"/{HERE}/", "/api/", "/polis"))
        if is_ours and "lang=" not in to.query:
            yield to.path + (f"?{to.query}" if to.query else "")
