"""What kind of file the bytes are, whatever its name says."""

import enum

from surveys.plan_files.blocks import UnreadablePlan

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rich_text"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"BM", "picture"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"SQLite format 3", "not_text"),
)
_MARKUP = (b"<!doctype html", b"<html", b"<?xml", b"mime-version:")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of the streams in the older container, as it writes them.
_OLE_STREAMS = (
    ("EncryptedPackage", "password"),
    ("WordDocument", "old_word"),
    ("Workbook", "old_excel"),
    ("Book", "old_excel"),
)


class Kind(enum.Enum):
    """How the bytes are to be read."""

    PACKAGE = "package"  # a zip archive, as DOCX and XLSX are
    TEXT = "text"


def kind_of(content: bytes) -> Kind:
    """The kind of ``content``; raise UnreadablePlan for what holds no table that can be read."""
    if not content.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise UnreadablePlan("empty")
    if content.startswith(b"PK"):
        return Kind.PACKAGE
    if content.startswith(_OLE):
        raise UnreadablePlan(_ole_code(content))
    for start, code in _STARTS:
        # Two letters may begin a text as well; bytes that no text has tell them apart.
        if content.startswith(start) and (len(start) > 2 or b"\x00" in content[:512]):
            raise UnreadablePlan(code)
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(_MARKUP):
        raise UnreadablePlan("web_page")
    return Kind.TEXT


def _ole_code(content: bytes) -> str:
    for name, code in _OLE_STREAMS:
        if name.encode("utf-16-le") in content:
            return code
    return "old_word"
