"""The form that looks an answer up by its code."""

from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import Form, StringField

from webapp.forms.typed_text import AtMost, cleaned

MAX_CODE = 200


class ReceiptForm(Form):
    """The code as it was written down."""

    code = StringField(
        _l("Your code"),
        description=_l("Three words. Capital letters, spaces and hyphens do not matter."),
        filters=[cleaned],
        validators=[AtMost(MAX_CODE)],
        widget=GovTextInput(),
    )
