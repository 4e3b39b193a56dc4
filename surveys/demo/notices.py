"""What the demo's municipalities say of themselves: notice, statement and colour. Invented."""

from datetime import datetime

from sqlalchemy.orm import Session

from surveys.days import swedish_day
from surveys.demo.moments import first_of_month
from surveys.drafts.settings import NoticeDraft, StatementDraft
from surveys.models.municipality import Municipality
from surveys.models.notice import Conformance
from surveys.services.municipalities.settings import (
    save_accessibility_statement,
    save_brand,
    save_privacy_notice,
)

RUST = "#8a3b12"  # a colour of its own, so that one sees what a municipality can choose


def add_notices(session: Session, municipality: Municipality, now: datetime) -> None:
    """Söderhamn's notice and statement, as if the municipality had written them."""
    save_privacy_notice(
        session,
        municipality,
        NoticeDraft(
            controllers=(
                "Kommunstyrelsen i Söderhamns kommun är personuppgiftsansvarig för svaren."
                " Polismyndigheten är personuppgiftsansvarig för det som polisen själv sparar.\n\n"
                "Kommunen och polisen bestämmer tillsammans vilka frågor som ställs. Polisen läser"
                " inte enskilda svar."
            ),
            data_protection_contact=f"dataskyddsombudet, {municipality.contact_email}",
            retention=(
                "Svaren sparas så länge dialogen och löftena som bygger på den följs upp. Därefter"
                " gäller kommunens dokumenthanteringsplan."
            ),
        ),
    )
    save_accessibility_statement(
        session,
        municipality,
        StatementDraft(
            conformance=Conformance.PARTIAL,
            shortcomings=(
                "Texter i äldre problembilder är skrivna av oss och kan vara svåra att läsa. Vi har"
                " inte hunnit skriva om dem på lätt svenska."
            ),
            method="Självskattning: två medarbetare gick igenom enkäten, löftena och startsidan.",
            assessed_on=first_of_month(swedish_day(now)),
            contact_email=municipality.contact_email,
        ),
        now=now,
    )


def add_color(session: Session, municipality: Municipality) -> None:
    """A colour that is not the product's own."""
    save_brand(session, municipality, RUST)
