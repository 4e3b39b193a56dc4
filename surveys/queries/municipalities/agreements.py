"""Readers for agreements. A municipality sees those that it is part of."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from surveys.errors import NotFound
from surveys.models.municipality import Agreement, AgreementMunicipality, Municipality


@dataclass(frozen=True, slots=True)
class AgreementPart:
    """One municipality's part. ``dnr`` is shown to that municipality and stays None for others."""

    name: str
    is_own: bool
    dnr: str | None


@dataclass(frozen=True, slots=True)
class AgreementView:
    """An agreement as one of its municipalities sees it."""

    id: int
    title: str
    police_area: str
    signed_on: date | None
    ends_on: date | None
    purpose: str
    areas: tuple[str, ...]
    parts: tuple[AgreementPart, ...]

    @property
    def dnr(self) -> str | None:
        """The municipality's own diary number."""
        return next((part.dnr for part in self.parts if part.is_own), None)

    def holds_on(self, today: date) -> bool:
        """Whether it is signed and has not run out."""
        is_signed = self.signed_on is not None and self.signed_on <= today
        return is_signed and (self.ends_on is None or self.ends_on >= today)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What 9 § asks for and it does not say: ``signed_on``, ``purpose``, ``areas``."""
        asked = {"signed_on": self.signed_on, "purpose": self.purpose, "areas": self.areas}
        return tuple(name for name, value in asked.items() if not value)


def get_agreement(session: Session, municipality: Municipality, agreement_id: int) -> Agreement:
    """The agreement, if the municipality is part of it; raise NotFound."""
    agreement = session.scalar(_of(municipality).where(Agreement.id == agreement_id))
    if agreement is None:
        raise NotFound(str(agreement_id))
    return agreement


def view_agreement(
    session: Session, municipality: Municipality, agreement_id: int
) -> AgreementView:
    """The same as the municipality sees it; raise NotFound."""
    return _view(get_agreement(session, municipality, agreement_id), municipality)


def list_agreements(session: Session, municipality: Municipality) -> tuple[AgreementView, ...]:
    """Those that the municipality is part of, the latest signed first, unsigned ones before."""
    views = [_view(row, municipality) for row in session.scalars(_of(municipality))]
    return tuple(sorted(views, key=lambda a: (a.signed_on or date.max, a.title), reverse=True))


def list_agreement_choices(session: Session, municipality: Municipality) -> list[tuple[int, str]]:
    """(id, title) of each, for a form."""
    return [(agreement.id, agreement.title) for agreement in list_agreements(session, municipality)]


def _of(municipality: Municipality) -> Select[Agreement]:
    return (
        select(Agreement)
        .join(AgreementMunicipality)
        .where(AgreementMunicipality.municipality_id == municipality.id)
        .options(
            selectinload(Agreement.police_area),
            selectinload(Agreement.municipalities).selectinload(AgreementMunicipality.municipality),
        )
    )


def _view(agreement: Agreement, municipality: Municipality) -> AgreementView:
    parts = sorted(agreement.municipalities, key=lambda part: part.municipality.name)
    return AgreementView(
        id=agreement.id,
        title=agreement.title,
        police_area=agreement.police_area.name,
        signed_on=agreement.signed_on,
        ends_on=agreement.ends_on,
        purpose=agreement.purpose,
        areas=tuple(agreement.areas),
        parts=tuple(_part(part, municipality) for part in parts),
    )


def _part(part: AgreementMunicipality, municipality: Municipality) -> AgreementPart:
    is_own = part.municipality_id == municipality.id
    return AgreementPart(part.municipality.official_name, is_own, part.dnr if is_own else None)
