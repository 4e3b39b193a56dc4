"""Staff sign-in: the account table with the sign-in library's behaviour, and its settings."""

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_security import RoleMixin, SQLAlchemyUserDatastore, UserMixin

from surveys.models.account import User
from webapp.extensions import db, security


class Account(UserMixin, User):
    """The ``user`` table as the web process sees it. It adds no column and no table."""


class UnusedRole(RoleMixin):
    """The library asks for a role class. Roles here are held per municipality (``Membership``)."""


datastore = SQLAlchemyUserDatastore(db, Account, UnusedRole)


def init_accounts(app: Flask) -> None:
    """Bind the sign-in pages: Swedish addresses and words, no registration, no mail."""
    app.config.update(_settings(app))
    security.init_app(app, datastore)


def _settings(app: Flask) -> dict[str, Any]:
    return {
        "SECURITY_LOGIN_URL": "/logga-in",
        "SECURITY_LOGOUT_URL": "/logga-ut",
        "SECURITY_POST_LOGIN_VIEW": "staff.entry",
        "SECURITY_POST_LOGOUT_VIEW": "public.start",
        "SECURITY_LOGIN_USER_TEMPLATE": "staff/login.html",
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_SALT": app.config["SECRET_KEY"],
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_RECOVERABLE": False,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_TRACKABLE": False,  # it would store addresses
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_UNAUTHORIZED_VIEW": None,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_CSRF_IGNORE_UNAUTH_ENDPOINTS": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
        # One answer for every wrong sign-in: who has an account here is nobody's business.
        "SECURITY_MSG_GENERIC_AUTHN_FAILED": (
            _l("The e-mail address or the password is wrong. Check both and try again."),
            "error",
        ),
        "SECURITY_MSG_EMAIL_NOT_PROVIDED": (_l("Enter your e-mail address."), "error"),
        "SECURITY_MSG_PASSWORD_NOT_PROVIDED": (_l("Enter your password."), "error"),
        "SECURITY_MSG_INVALID_EMAIL_ADDRESS": (
            _l("Enter an e-mail address like name@example.se."),
            "error",
        ),
    }
