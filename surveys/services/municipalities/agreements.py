"""Writing agreements between municipalities and the police of a local police area.

The words are the parties' in common: each municipality that is part of an agreement may put them
right. A diary number is written by its own municipality only.
"""

from collections.abc import Collection

from sqlalchemy.orm import Session

from surveys.drafts.bodies import AgreementDraft
from surveys.errors import InvalidInput
from surveys.limits import MAX_DNR, MAX_TITLE
from surveys.models.municipality import (
    Agreement,
    AgreementMunicipality,
    LocalPoliceArea,
    Municipality,
)
from surveys.queries.municipalities.agreements import get_agreement
from surveys.services.editions.input_rules import check_day, optional_text, required_text


def create_agreement(
    session: Session,
    municipality: Municipality,
    draft: AgreementDraft,
    police_area: LocalPoliceArea,
    other_ids: Collection[int] = (),
) -> Agreement:
    """Keep an agreement of ``municipality``, the others and the police; all lie in the area."""
    in_area = {m.id for m in police_area.municipalities}
    parties = {municipality.id, *other_ids}
    if not parties <= in_area:
        raise InvalidInput("party_outside_area", "others")
    agreement = Agreement(
        police_area=police_area,
        municipalities=[AgreementMunicipality(municipality_id=id_) for id_ in sorted(parties)],
    )
    _fill(agreement, municipality, draft)
    session.add(agreement)
    session.flush()
    return agreement


def edit_agreement(
    session: Session, municipality: Municipality, agreement_id: int, draft: AgreementDraft
) -> Agreement:
    """Change what the agreement says, and the municipality's own number. Raise NotFound."""
    agreement = get_agreement(session, municipality, agreement_id)
    _fill(agreement, municipality, draft)
    session.flush()
    return agreement


def _fill(agreement: Agreement, municipality: Municipality, draft: AgreementDraft) -> None:
    check_day(draft.signed_on, "signed_on")
    check_day(draft.ends_on, "ends_on")
    if draft.signed_on and draft.ends_on and draft.ends_on < draft.signed_on:
        raise InvalidInput("end_before_start", "ends_on")
    agreement.title = required_text(draft.title, "title", MAX_TITLE)
    agreement.purpose = optional_text(draft.purpose, "purpose") or ""
    agreement.areas = list(draft.areas)
    agreement.signed_on, agreement.ends_on = draft.signed_on, draft.ends_on
    for part in agreement.municipalities:
        if part.municipality_id == municipality.id:
            part.dnr = optional_text(draft.dnr, "dnr", MAX_DNR)
