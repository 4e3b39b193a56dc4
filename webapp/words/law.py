"""Words for what the law asks for: each duty, its state, and what is missing. Staff only."""

from typing import Any

from flask import Flask, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveys.queries.plans.statutory import DutyState, LegalDuty, Proof, ProofKind
from webapp.navigation import may_open
from webapp.words.body import body_kind

_DUTIES: dict[LegalDuty, LazyString] = {
    LegalDuty.PICTURE: _l("A picture of the situation: crime, its extent and its consequences"),
    LegalDuty.PLAN_DECIDED: _l("A decided action plan that rests on the picture"),
    LegalDuty.PICTURE_UPDATED: _l("The picture is updated at least every other year"),
    LegalDuty.PLAN_FOLLOWED_UP: _l("The plan is followed up at least every other year"),
    LegalDuty.AGREEMENT: _l("A written agreement with purpose and areas"),
    LegalDuty.COUNCIL: _l("A council that the municipality leads"),
    LegalDuty.COORDINATION: _l("A function that coordinates the work, and a contact point"),
    LegalDuty.INFORMATION: _l("Information to those who live here"),
    LegalDuty.REPORT: _l("Reports to the municipal council (fullmäktige), continuously"),
}
_STATES: dict[DutyState, LazyString] = {
    DutyState.MET: _l("Met"),
    DutyState.SOON: _l("Soon due"),
    DutyState.LATE: _l("Late"),
    DutyState.MISSING: _l("Missing"),
}
_LACKS: dict[str, LazyString] = {
    "picture": _l("The plan does not name the picture that it rests on."),
    "picture_published": _l("The picture that it rests on is not published."),
    "signed_on": _l("It is not signed."),
    "purpose": _l("The purpose is missing."),
    "areas": _l("The areas are missing."),
    "led_by": _l("It does not say who leads it."),
    "members": _l("It does not say who its members are."),
}
# The signs of components/status.html.
_SIGNS = {
    DutyState.MET: "done",
    DutyState.SOON: "ongoing",
    DutyState.LATE: "behind",
    DutyState.MISSING: "not_measurable",
}


def duty_name(duty: LegalDuty) -> str:
    """The duty in a few words."""
    return str(_DUTIES[duty])


def duty_state(state: DutyState) -> str:
    """The state in words."""
    return str(_STATES[state])


def duty_lack(code: str) -> str:
    """What is missing, as a sentence."""
    return str(_LACKS[code])


def duty_sign(state: DutyState) -> str:
    """Which sign stands by the word."""
    return _SIGNS[state]


def proof_href(proof: Proof) -> str | None:
    """Where the thing that shows it is looked at; None where the account may not open it."""
    addresses: dict[ProofKind, tuple[str, dict[str, Any]]] = {
        ProofKind.PICTURE: ("staff.picture", {"slug": proof.slug}),
        ProofKind.PLAN: ("staff.plan", {"slug": proof.slug}),
        ProofKind.AGREEMENT: ("staff.bodies", {"_anchor": "agreements"}),
        ProofKind.BODY: ("staff.body", {"body_id": proof.id}),
        ProofKind.SETTINGS: ("public.contact", {}),
        ProofKind.PUBLIC: ("public.municipality", {}),
    }
    endpoint, values = addresses[proof.kind]
    if endpoint.startswith("staff.") and not may_open(endpoint):
        return None
    return url_for(endpoint, **values)


def proof_title(proof: Proof) -> str:
    """What the link says."""
    return proof.title or _("The last report")


def init_law_words(app: Flask) -> None:
    """Make the words available in templates."""
    words = (duty_name, duty_state, duty_lack, duty_sign, proof_href, proof_title, body_kind)
    for function in words:
        app.add_template_global(function, function.__name__)
