"""The sign-in form."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_security.forms import EmailValidation, LoginForm, RequiredLocalize
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import EmailField, PasswordField
from wtforms.validators import Length

MAX_PASSWORD = 200  # hashing an endless password would keep the server busy


class SignInForm(LoginForm):
    """E-mail address and password. The address that was typed is kept, the password is not."""

    email = EmailField(
        _l("E-mail address"),
        widget=GovTextInput(),
        validators=[RequiredLocalize(message="EMAIL_NOT_PROVIDED"), EmailValidation()],
    )
    password = PasswordField(
        _l("Password"),
        widget=GovTextInput(),
        validators=[RequiredLocalize(message="PASSWORD_NOT_PROVIDED"), Length(max=MAX_PASSWORD)],
    )
    remember = None  # staff share computers: a sign-in ends with the browser
    submit = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A link from elsewhere may carry any address to go on to: only our own are kept, and a
        # foreign one costs nobody the sign-in.
        if not _is_own_path(self.next.data or ""):
            self.next.data = ""

    def faults(self) -> list[tuple[str, str]]:
        """What to put right, as (field id, text).

        The library blanks out which of the two was wrong. Which of them was left empty is no
        secret, and more use.
        """
        if not self.is_submitted():
            return []
        empty = (
            (self.email.id, _("Enter your e-mail address."), not self.email.data),
            (self.password.id, _("Enter your password."), not self.password.data),
        )
        missing = [(field, text) for field, text, is_empty in empty if is_empty]
        return missing or [(self.email.id, str(text)) for text in self.form_errors[:1]]


def _is_own_path(address: str) -> bool:
    """Whether ``address`` is a path here. Browsers read a backslash as a slash."""
    return (
        address.startswith("/")
        and not address.startswith("//")
        and "\\" not in address
        and address.isprintable()
    )
