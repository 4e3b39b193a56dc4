"""The way in: from the sign-in to the municipality that the account works in."""

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from surveys.errors import PermissionDenied
from surveys.permissions import Permission
from webapp.views.staff.blueprint import blueprint


@blueprint.get("/handlaggning")
def entry() -> ResponseReturnValue:
    """To the account's only municipality, else a choice between them."""
    if not current_user.is_authenticated:
        return redirect(url_for("security.login", next=request.path))
    places = sorted(
        (
            membership.municipality
            for membership in current_user.memberships
            if current_user.can(Permission.VIEW_STAFF, membership.municipality)
        ),
        key=lambda municipality: municipality.name,
    )
    if not places:
        raise PermissionDenied(Permission.VIEW_STAFF.value)
    if len(places) == 1:
        return redirect(url_for("staff.home", kommun=places[0].slug))
    return render_template("staff/entry.html", places=places)
