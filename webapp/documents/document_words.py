"""What stands around every document: its whole title, its corner and its foot."""

from flask_babel import gettext as _

from webapp.documents.blocks import Document
from webapp.formatters import date_long


def draft_word() -> str:
    """What is stamped on what nobody has decided."""
    return _("DRAFT")


def full_title(document: Document) -> str:
    """The title as a window or a shelf shows it: with its kind, its edition and whose it is."""
    parts = [document.kind, document.title, document.municipality]
    if document.edition is not None:
        parts.append(_("edition %(number)s", number=document.edition))
    if document.is_draft:
        parts.append(draft_word())
    return ". ".join(part for part in parts if part)


def corner_words(document: Document) -> list[str]:
    """Diary number and day, as letters have them."""
    dnr = [_("Dnr %(dnr)s", dnr=document.dnr)] if document.dnr else []
    return [*dnr, date_long(document.day)]


def foot_words(document: Document) -> list[str]:
    """Two lines: which document it is and its control sum."""
    parts = [document.municipality, *corner_words(document)]
    if document.is_draft:
        parts.append(_("DRAFT. Not decided and not published."))
        printed = _("Printed from Trygghetsdialog.")
    elif document.edition is None:
        printed = _("Printed from Trygghetsdialog.")
    else:
        printed = _("Printed from Trygghetsdialog, edition %(number)s.", number=document.edition)
    if not document.content_hash:
        return [" · ".join(parts), printed]
    return [
        " · ".join([*parts, printed]),
        _("Control sum (SHA-256): %(sum)s", sum=document.content_hash),
    ]
