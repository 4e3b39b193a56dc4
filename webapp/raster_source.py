"""Pictures of a ground from a source that the operator names, fetched by us for everybody.

A resident's browser asks us and nobody else. What reaches the source is a tile's address and the
name of this program: no address of a person, no header of theirs, no page that they read. Every
picture is kept on disk, so that the source does not even learn when one is looked at again.
"""

import hashlib
import math
import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request

from webapp.config import Config
from webapp.timed_requests import opener_for

FIRST_ZOOM, LAST_ZOOM = 8, 17  # those of our maps
KEPT_S = 30 * 86_400
_TIMEOUT_S, _MOST_S = 4.0, 8.0
_MOST_BYTES = 1_000_000
_CHUNK = 65_536
_AT_ONCE = 3  # so that a slow source holds up a few threads at most
_PAUSE_S = 20.0  # after a failure: a source that is down is left alone
_MOST_SILENT = 500  # tiles that are left alone one by one
_NONE_HERE = (400, 404, 410)  # what sources say of a tile that they do not have
_SWEEP_EVERY = 200  # pictures
_HALF_WORLD_M = 20_037_508.342789244
_SIGNS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"RIFF": "image/webp",
}

Bounds = tuple[float, float, float, float]  # west, south, east, north


class NoPicture(Exception):
    """The picture cannot be had now."""


class _NotThere(NoPicture):
    """The source answers, and has no such picture: of its others that says nothing."""


class _NotAPicture(NoPicture):
    """The source answers with something else: of its other tiles that says nothing."""


class _NoRedirects(HTTPRedirectHandler):
    """The host is the operator's choice: an answer may not send us to another."""

    def redirect_request(self, *_args: Any) -> None:
        return None


@dataclass(slots=True)
class RasterSource:
    """One source: its template, whose map it is, and where pictures are kept."""

    template: str
    attribution: str
    folder: Path
    most_bytes: int
    _turns: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(_AT_ONCE))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _broken_until: float = 0.0
    _silent: dict[tuple[int, int, int], float] = field(default_factory=dict)  # tile: until when
    _n_written: int = 0

    @classmethod
    def of(cls, settings: Config) -> "RasterSource | None":
        """The source of the settings; None where there is none."""
        if not settings.raster_url:
            return None
        name = hashlib.sha256(settings.raster_url.encode()).hexdigest()[:16]
        return cls(
            settings.raster_url,
            settings.raster_attribution,
            settings.instance_path / "raster" / name,
            settings.raster_cache_bytes,
        )

    def picture(self, z: int, x: int, y: int) -> tuple[bytes, str]:
        """The picture and its type, from the disk or from the source. Raises NoPicture."""
        path = self.folder / str(z) / str(x) / str(y)
        kept = _kept(path)
        if kept is not None and time.time() - kept[1] < KEPT_S:
            return kept[0], _type_of(kept[0])
        try:
            content = self._fetch(z, x, y)
        except NoPicture:
            if kept is None:
                raise
            return kept[0], _type_of(kept[0])  # an old picture is better than a hole
        self._keep(path, content)
        return content, _type_of(content)

    def _fetch(self, z: int, x: int, y: int) -> bytes:
        if time.monotonic() < max(self._broken_until, self._silent.get((z, x, y), 0.0)):
            raise NoPicture
        if not self._turns.acquire(timeout=_TIMEOUT_S):
            raise NoPicture
        try:
            return _download(tile_address(self.template, z, x, y))
        except _NotThere:  # else whoever asks for a tile at sea would take everybody's map away
            raise
        except _NotAPicture:
            self._leave_alone((z, x, y))
            raise
        except NoPicture:
            self._broken_until = time.monotonic() + _PAUSE_S
            raise
        finally:
            self._turns.release()

    def _leave_alone(self, tile: tuple[int, int, int]) -> None:
        """Ask for this tile no more for a while: a source may answer all with its log-in page."""
        with self._lock:
            if len(self._silent) >= _MOST_SILENT:
                self._silent.clear()
            self._silent[tile] = time.monotonic() + _PAUSE_S

    def _keep(self, path: Path, content: bytes) -> None:
        """Write the picture; a disk that is full costs the cache and nothing else."""
        draft = path.with_name(f"{path.name}.{threading.get_ident()}.new")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(content)
            draft.replace(path)
        with self._lock:
            self._n_written += 1
            is_due = self._n_written % _SWEEP_EVERY == 1
        if is_due:
            sweep(self.folder, self.most_bytes)


def tile_address(template: str, z: int, x: int, y: int) -> str:
    """The address of one tile: ``{z}``, ``{x}``, ``{y}`` and for WMS ``{bbox}`` filled in.

    ``{bbox}`` is west, south, east and north in metres of EPSG:3857.
    """
    side = 2 * _HALF_WORLD_M / 2**z
    west, north = x * side - _HALF_WORLD_M, _HALF_WORLD_M - y * side
    box = ",".join(f"{edge:.2f}" for edge in (west, north - side, west + side, north))
    values = {"{z}": str(z), "{x}": str(x), "{y}": str(y), "{bbox}": box}
    for name, value in values.items():
        template = template.replace(name, value)
    return template


def is_wanted(z: int, x: int, y: int, areas: Iterable[Bounds]) -> bool:
    """Whether our maps have a use for the tile: their zooms, near one of the municipalities."""
    side = 2**z if FIRST_ZOOM <= z <= LAST_ZOOM else 0
    if not (0 <= x < side and 0 <= y < side):
        return False
    west, east = x / side * 360 - 180, (x + 1) / side * 360 - 180
    north, south = _latitude(y / side), _latitude((y + 1) / side)
    return any(west < e and east > w and south < n and north > s for w, s, e, n in areas)


def sweep(folder: Path, most_bytes: int) -> None:
    """Drop the pictures that were fetched longest ago until the rest fits."""
    found = []
    for path in folder.rglob("*"):
        with suppress(OSError):
            if path.is_file():
                facts = path.stat()
                found.append((facts.st_mtime, facts.st_size, path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found, key=lambda entry: entry[0]):
        if total <= most_bytes:
            return
        with suppress(OSError):
            path.unlink()
            total -= size


def _latitude(down: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * down))))


def _kept(path: Path) -> tuple[bytes, float] | None:
    try:
        content = path.read_bytes()
        return (content, path.stat().st_mtime) if _type_of(content) else None
    except OSError:
        return None


def _download(address: str) -> bytes:
    opener = opener_for(_MOST_S, _NoRedirects())
    asked = Request(address, headers={"User-Agent": "Trygghetsdialog"})  # noqa: S310 - checked in the settings
    content = b""
    try:
        with opener.open(asked, timeout=_TIMEOUT_S) as answer:
            while chunk := answer.read1(_CHUNK):
                content += chunk
                if len(content) > _MOST_BYTES:
                    raise NoPicture
            if answer.length:  # cut off on its way: it would be kept as half a picture
                raise NoPicture
    except HTTPError as error:
        raise (_NotThere if error.code in _NONE_HERE else NoPicture) from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        raise NoPicture from error
    if not _type_of(content):
        raise _NotAPicture
    return content


def _type_of(content: bytes) -> str:
    """By its first bytes: what the source calls it is not believed."""
    return next((kind for sign, kind in _SIGNS.items() if content.startswith(sign)), "")
