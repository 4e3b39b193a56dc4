"""Where the imported base map lies: one PMTiles file in the instance folder, and its particulars.

A new file is put beside the one in use and takes its place in one step. The one before is kept
until the next, since pages that lie open still ask for it.
"""

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from maps.ground.pmtiles_file import BadPmtiles, PmtilesFacts, read_facts

FOLDER = "basemap"
_ABOUT = "basemap.json"
_CHUNK = 1 << 20
MAX_SAID = 300


@dataclass(frozen=True, slots=True)
class StoredMap:
    """The base map in use. `stamp` tells its content from any other's."""

    path: Path
    stamp: str
    attribution: str
    source: str
    dated: str  # as 2026-11-26, empty where nobody said it
    facts: PmtilesFacts


def store_map(made: Path, folder: Path, *, attribution: str, source: str, dated: str) -> StoredMap:
    """Take in a checked file: move it into `folder` and let it be the one in use.

    Raises BadPmtiles where it cannot be drawn; the map in use is then unchanged.
    """
    read_facts(made)
    stamp = _digest(made)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = read_stored(folder)
    target = folder / f"{stamp}.pmtiles"
    shutil.move(made, target)
    about = {
        "stamp": stamp,
        "attribution": attribution[:MAX_SAID],
        "source": source[:MAX_SAID],
        "dated": dated,
    }
    draft = folder / f"{_ABOUT}.new"
    draft.write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    draft.replace(folder / _ABOUT)
    kept = {stamp, before.stamp if before else stamp}
    for other in folder.glob("*.pmtiles"):
        if other.stem not in kept:
            with suppress(OSError):  # still open somewhere (Windows): the next import tries again
                other.unlink()
    stored = read_stored(folder)
    if stored is None:
        raise BadPmtiles("missing", path=target.name)
    return stored


def read_stored(folder: Path) -> StoredMap | None:
    """The base map in use; None where none has been imported, or its file has been lost."""
    try:
        about = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
        path = folder / f"{about['stamp']}.pmtiles"
        said = {name: str(about[name]) for name in ("stamp", "attribution", "source", "dated")}
        return StoredMap(path, facts=read_facts(path), **said)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_map(folder: Path) -> bool:
    """Take the base map away; tells whether there was one."""
    was_there = (folder / _ABOUT).is_file()
    (folder / _ABOUT).unlink(missing_ok=True)
    for path in folder.glob("*.pmtiles"):
        with suppress(OSError):
            path.unlink()
    return was_there


def changed_at(folder: Path) -> int:
    """When the map in use was put there, in nanoseconds; 0 where there is none."""
    try:
        return (folder / _ABOUT).stat().st_mtime_ns
    except OSError:
        return 0


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()[:16]
