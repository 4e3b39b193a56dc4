"""Whether this installation can serve: for load balancers and for the set-up that waits for it."""

from flask import Blueprint, Response, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from webapp.extensions import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def healthz() -> Response:
    """200 when the database answers, else 503."""
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        response = jsonify(status="database unavailable")
        response.status_code = 503
        response.headers["Retry-After"] = "30"
        return response
    response = jsonify(status="ok")
    response.headers["Cache-Control"] = "no-store"
    return response
