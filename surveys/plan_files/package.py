"""Office files: zip archives of XML, opened with limits on what they unpack to."""

import io
import zipfile
from dataclasses import dataclass
from posixpath import normpath
from typing import Any

from surveys.plan_files.blocks import MEBIBYTE, UnreadablePlan

MAX_UNPACKED_BYTES = 256 * MEBIBYTE  # all parts, pictures among them; none but two is unpacked
MAX_PART_BYTES = 48 * MEBIBYTE  # one part of XML
MAX_PARTS = 5000
MAX_RATIO = 400  # a text packs to a tenth; a bomb to a thousandth
_ENCRYPTED = 0x1
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_MAIN_PART = "/officeDocument"  # how the relationship to it ends, in both kinds of Office XML


@dataclass(frozen=True, slots=True)
class Package:
    """An opened Office file. ``main`` is the name of its main part."""

    archive: zipfile.ZipFile
    names: frozenset[str]
    main: str

    def xml(self, name: str) -> Any:
        """The root element of a part; raise UnreadablePlan."""
        return _parse(_read(self.archive, name))


def open_package(content: bytes) -> Package:
    """The Office file in ``content``; raise UnreadablePlan where it is none that can be read."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
        raise UnreadablePlan("broken") from error
    _check(parts, len(content))
    names = frozenset(part.filename for part in parts)
    if "[Content_Types].xml" not in names:
        raise UnreadablePlan(_other_archive(archive, names))
    types = _read(archive, "[Content_Types].xml")
    if b"macroEnabled" in types or any(name.endswith("vbaProject.bin") for name in names):
        raise UnreadablePlan("macros")
    main = _main_part(archive, names)
    if main is None or main not in names:
        raise UnreadablePlan("no_document")
    return Package(archive, names, main)


def _check(parts: list[zipfile.ZipInfo], packed: int) -> None:
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise UnreadablePlan("password")
    unpacked = sum(part.file_size for part in parts)
    heavy = unpacked > MAX_UNPACKED_BYTES or len(parts) > MAX_PARTS
    if heavy or (unpacked > MEBIBYTE and unpacked > MAX_RATIO * packed):
        raise UnreadablePlan("unpacked", limit=MAX_UNPACKED_BYTES // MEBIBYTE)


def _other_archive(archive: zipfile.ZipFile, names: frozenset[str]) -> str:
    if "mimetype" in names and _read(archive, "mimetype").startswith(b"application/vnd.oasis"):
        return "open_document"
    return "archive"


def _main_part(archive: zipfile.ZipFile, names: frozenset[str]) -> str | None:
    if "_rels/.rels" not in names:
        return None
    for relation in _parse(_read(archive, "_rels/.rels")).iter(_RELATIONSHIPS):
        if str(relation.get("Type", "")).endswith(_MAIN_PART):
            return normpath(str(relation.get("Target", "")).lstrip("/"))
    return None


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part's bytes; never more than its directory says, which has been looked at."""
    try:
        if archive.getinfo(name).file_size > MAX_PART_BYTES:
            raise UnreadablePlan("unpacked", limit=MAX_PART_BYTES // MEBIBYTE)
        return archive.read(name)
    except UnreadablePlan:
        raise
    except Exception as error:  # zlib, lzma, struct and zipfile each have errors of their own
        raise UnreadablePlan("broken") from error


def _parse(part: bytes) -> Any:
    if b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part:
        raise UnreadablePlan("broken")  # no Office program writes one
    # 20 MB that a web process pays only once somebody reads a plan in.
    from docx.oxml.parser import parse_xml  # noqa: PLC0415

    try:
        return parse_xml(part)
    except (SyntaxError, ValueError) as error:  # lxml's own is a SyntaxError
        raise UnreadablePlan("broken") from error
