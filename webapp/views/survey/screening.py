"""What the way in which an answer comes says of it. Nobody is turned away for it but a flood."""

from flask import Response, current_app, jsonify, request

from surveys.models.response import Suspicion
from webapp.edge.pressure import ABSURD, ABSURD_TOGETHER, USUAL, AddressCounts, Load
from webapp.edge.proof import Proofs, is_asked_for, is_owed
from webapp.edge.visitors import address_key, current_visitor
from webapp.views.survey.blueprint import blueprint

# A field that no person sees. Programs that fill in everything fill it in too.
TRAP_FIELD = "subject"
PROOF_FIELD = "proof"


@blueprint.get("/kontroll")
def proof_challenge() -> Response:
    """A piece of work for the browser's widget, used once and for an hour."""
    proofs: Proofs = current_app.extensions["proofs"]
    response = jsonify(proofs.challenge())
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.app_template_global()
def asks_for_proof() -> bool:
    """Whether pages that are delivered now carry the widget."""
    return is_asked_for(current_app.extensions["proof_mode"], _load().high_for_s())


def is_flood() -> bool:
    """Whether this address sends more than any school does, and is to wait a minute."""
    if not current_app.config["RATELIMIT_ENABLED"]:
        return False
    limit = ABSURD_TOGETHER if current_visitor().is_shared else ABSURD
    return _counts().exceeds(limit, "flood", address_key)


def suspicions_of(answer_key: str) -> frozenset[Suspicion]:
    """The marks that this request puts on the answer with ``answer_key``."""
    found = set()
    if request.form.get(TRAP_FIELD, "").strip():
        found.add(Suspicion.HONEYPOT)
    if _is_burst():
        found.add(Suspicion.BURST)
    if not _has_proof(answer_key):
        found.add(Suspicion.NO_PROOF)
    return frozenset(found)


def _is_burst() -> bool:
    # Behind a proxy that says nothing everybody has one address: many from there mean nothing.
    if not current_app.config["RATELIMIT_ENABLED"] or current_visitor().is_shared:
        return False
    return _counts().exceeds(USUAL, "answers", address_key)


def _has_proof(answer_key: str) -> bool:
    load = _load()
    if current_app.config["RATELIMIT_ENABLED"]:
        load.note_answer()
    if not is_owed(current_app.extensions["proof_mode"], load.high_for_s()):
        return True
    proofs: Proofs = current_app.extensions["proofs"]
    return proofs.accepts(request.form.get(PROOF_FIELD, ""), answer_key)


def _counts() -> AddressCounts:
    counts = current_app.extensions["address_counts"]
    if not isinstance(counts, AddressCounts):
        raise TypeError("address_counts is ours")
    return counts


def _load() -> Load:
    load = current_app.extensions["load"]
    if not isinstance(load, Load):
        raise TypeError("load is ours")
    return load
