"""The field for an address that wants mail."""

from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import Form, StringField, ValidationError

from webapp.forms.typed_text import cleaned

MAX_ADDRESS = 254


class SubscribeForm(Form):
    """One e-mail address."""

    email = StringField(
        _l("Your e-mail address"),
        filters=[cleaned],
        widget=GovTextInput(),
    )

    def validate_email(self, field: StringField) -> None:
        """Keep the address in lower case: few mail boxes tell capitals apart."""
        typed = field.data or ""
        if not typed:
            raise ValidationError(_("Write your e-mail address."))
        try:
            valid = validate_email(typed, check_deliverability=False, allow_smtputf8=False)
        except EmailNotValidError:
            raise ValidationError(_("Write an e-mail address like name@example.se.")) from None
        if len(valid.normalized) > MAX_ADDRESS:
            raise ValidationError(_("Write an e-mail address like name@example.se."))
        field.data = valid.normalized.lower()
