"""Who may open a staff page: sign-in and a permission in the page's municipality."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import current_app, redirect, request, url_for
from flask_security import current_user

from surveys.errors import PermissionDenied
from surveys.models.account import User
from surveys.permissions import Permission
from webapp.tenancy import current_municipality

P = ParamSpec("P")
R = TypeVar("R")

# Set on every guarded view; a test walks all staff routes and fails where it is missing.
PERMISSION_ATTRIBUTE = "required_permission"


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, Any]]:
    """Let in accounts that hold ``permission`` in this municipality; others sign in or get 403."""

    def decorate(view: Callable[P, R]) -> Callable[P, Any]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
            if not current_user.is_authenticated:
                return redirect(url_for("security.login", next=_here()))
            if not current_user.can(permission, current_municipality()):
                raise PermissionDenied(permission.value)
            return current_app.ensure_sync(view)(*args, **kwargs)

        setattr(guarded, PERMISSION_ATTRIBUTE, permission)
        return guarded

    return decorate


def signed_in_account() -> User:
    """The account behind this request; only inside a view guarded by ``requires``."""
    account = current_user._get_current_object()
    if not isinstance(account, User):
        raise PermissionDenied("sign-in")
    return account


def _here() -> str:
    # A form that was sent after the sign-in ran out leads back to the page that showed it.
    return request.full_path.rstrip("?") if request.method == "GET" else request.path
