"""Staff sign-in: the account table with the sign-in library's behaviour, and its settings."""

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from flask import Flask, Response, make_response, request
from flask import session as cookie
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_babel import lazy_gettext as _l
from flask_login import user_logged_in, user_logged_out
from flask_security import RoleMixin, SQLAlchemyUserDatastore, UserMixin, hash_password
from sqlalchemy.orm import Session

from surveys.models.account import Membership, User
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from webapp.extensions import db, limiter, security
from webapp.forms.sign_in import SignInForm
from webapp.transactions import unit_of_work

# The pages that know who reads them.
STAFF_BLUEPRINTS = frozenset({"staff", "security"})
# Each wrong password costs a guesser a tenth of a minute; a person who mistypes never notices.
SIGN_IN_LIMIT = "10/minute"


class Account(UserMixin, User):
    """The ``user`` table as the web process sees it. It adds no column and no table."""


class UnusedRole(RoleMixin):
    """The library asks for a role class. Roles here are held per municipality (``Membership``)."""


class StaffSession(SecureCookieSessionInterface):
    """The cookie of those who sign in; readers' pages neither set it nor depend on it.

    The sign-in library asks at every request who is there. On a readers' page that question alone
    would send ``Vary: Cookie``, and no shared cache could hand the page to the next reader.
    """

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if request.blueprint in STAFF_BLUEPRINTS:
            super().save_session(app, session, response)


datastore = SQLAlchemyUserDatastore(db, Account, UnusedRole)


def init_accounts(app: Flask) -> None:
    """Bind the sign-in pages: Swedish addresses and words, no registration, no mail."""
    app.config.update(_settings(app))
    app.session_interface = StaffSession()
    security.init_app(app, datastore, login_form=SignInForm)
    _keep_out_of_caches(app)
    security.want_json(lambda _request: False)  # its JSON answers are in English: pages only
    # Nobody signs in by a token, and looking for one would read any JSON that is sent to any page.
    app.login_manager.request_loader(lambda _request: None)  # type: ignore[attr-defined]
    user_logged_in.connect(_forget_the_strangers_token, app)
    user_logged_out.connect(_end_every_session, app)
    guarded: Callable[..., Any] = limiter.limit(SIGN_IN_LIMIT, methods=["POST"])
    view = app.view_functions["security.login"]
    app.view_functions["security.login"] = guarded(_refused_is_422(view))


def _keep_out_of_caches(app: Flask) -> None:
    """Staff read on shared computers: no page of theirs stays in the browser after they left."""

    @app.after_request
    def forbid_storing(response: Response) -> Response:
        if request.blueprint in STAFF_BLUEPRINTS:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response


def _forget_the_strangers_token(_app: Flask, **_signal: object) -> None:
    """A form token handed out before the sign-in, to whomever it was, sends nothing after it."""
    cookie.pop("csrf_token", None)


def _end_every_session(_app: Flask, user: Any, **_signal: object) -> None:
    """A copied cookie ends with the sign-out: it names a mark that the account no longer has."""
    if not isinstance(user, User):
        return
    with unit_of_work() as session:
        session.get_one(User, user.id).fs_uniquifier = secrets.token_hex(16)


def _refused_is_422(view: Callable[..., Any]) -> Callable[..., Response]:
    """The sign-in form shown again is an answer to something that was wrong."""

    @wraps(view)
    def answered(*args: Any, **kwargs: Any) -> Response:
        response = make_response(view(*args, **kwargs))
        if request.method == "POST" and response.status_code == 200:
            response.status_code = 422
        return response

    return answered


def make_account(
    session: Session,
    email: str,
    password: str,
    *,
    title: str,
    memberships: Mapping[Municipality, StaffRole],
    now: datetime,
) -> User:
    """Add an account that can sign in with ``password``, with a role in each municipality.

    Needs the application's context. ``title`` is the role that others see, never a name. Raises
    ValueError for an address that no sign-in would find again.
    """
    account = User(
        email=security.mail_util.validate(email),
        password=_hashed(password),
        active=True,
        fs_uniquifier=secrets.token_hex(16),
        title=title,
        created_at=now,
        memberships=[
            Membership(municipality_id=municipality.id, role=role)
            for municipality, role in memberships.items()
        ],
    )
    session.add(account)
    session.flush()
    return account


def _hashed(password: str) -> str:
    # The sign-in form brings what is typed into one Unicode form (NFKD). Without the same here an
    # "ä" of another form would never match.
    return str(hash_password(security.password_util.normalize(password)))


def _settings(app: Flask) -> dict[str, Any]:
    return {
        "SECURITY_LOGIN_URL": "/logga-in",
        "SECURITY_LOGOUT_URL": "/logga-ut",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": "staff.entry",
        "SECURITY_POST_LOGOUT_VIEW": "security.login",
        "SECURITY_LOGIN_USER_TEMPLATE": "staff/login.html",
        # No page of the library's own: nothing here asks for a fresh password, and it serves files
        # of its own only for pages that we do not have.
        "SECURITY_FRESHNESS": timedelta(minutes=-1),
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_CACHE_CONTROL": None,  # its own form of the header is not valid
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
        "REMEMBER_COOKIE_SECURE": app.config["SESSION_COOKIE_SECURE"],
        "REMEMBER_COOKIE_HTTPONLY": True,
        "REMEMBER_COOKIE_SAMESITE": "Lax",
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
