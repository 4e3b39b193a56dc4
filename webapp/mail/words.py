"""Why a mail did not go out, in words for staff."""

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.drafts.mail import MailFault

_FAULTS: dict[MailFault, LazyString] = {
    MailFault.UNREACHABLE: _l("The mail server could not be reached for three days."),
    MailFault.SIGN_IN: _l("The mail server does not take this system's name and password."),
    MailFault.SENDER: _l("The mail server does not let this system send from its address."),
    MailFault.RECIPIENT: _l("The address takes no mail. Check that it is right."),
    MailFault.REFUSED: _l("The mail server did not take the mail."),
    MailFault.NOT_SET_UP: _l("No mail is sent from this installation."),
}


def mail_fault(fault: MailFault) -> str:
    """What went wrong, in a sentence."""
    return str(_FAULTS[fault])


def init_mail_words(app: Flask) -> None:
    """Make the words known to templates."""
    app.add_template_global(mail_fault)
