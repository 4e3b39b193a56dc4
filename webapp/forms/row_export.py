"""The form before rows are taken out: why, and whether the masked texts go with them."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm

from surveys.limits import MAX_EXPORT_REASON
from webapp.forms.staff_fields import paragraphs, tick


class RowExportForm(FlaskForm):
    """A reason that stands in the log."""

    reason = paragraphs(
        _l("What is it for?"),
        MAX_EXPORT_REASON,
        needed=_l("Write what the answers are to be used for."),
        hint=_l("It stands in the log over who has looked at what."),
    )
    has_texts = tick(
        _l("Take the texts along"),
        _l("What people wrote, personal data masked. Masking can miss something: read with care."),
    )
