"""How few respondents a municipality lets be told."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.dialogue import Channel
from surveys.models.municipality import Municipality
from surveys.permissions import StaffRole
from surveys.services.dialogues.counts import count_response
from tests.factories.dialogues import make_dialogue, make_response
from tests.factories.municipalities import make_account
from tests.page import PageClient

FORM = "/soderhamn/handlaggning/installningar/sma-tal"
RESULTS = "/soderhamn/handlaggning/dialoger/host-2021/resultat"
SignIn = Callable[[User], PageClient]


def test_a_higher_limit_holds_on_the_next_page(
    sign_in: SignIn, session: Session, municipality: Municipality
) -> None:
    dialogue = make_dialogue(session, municipality, slug="host-2021")
    for channel, n in ((Channel.WEB, 40), (Channel.PAPER, 8), (Channel.FACEBOOK, 30)):
        for _ in range(n):
            count_response(
                session, make_response(session, dialogue, {1: ("4", None)}, channel=channel)
            )
    police = make_account(session, municipality, StaffRole.POLICE)
    administrator = make_account(session, municipality, StaffRole.ADMINISTRATOR)
    assert row(sign_in(police), "På papper") == "8"
    client = sign_in(administrator)
    client.post(FORM, client.get(FORM).fields() | {"min_respondents": "10"}, 303)
    assert row(sign_in(police), "På papper") != "8"


@pytest.mark.parametrize(
    ("plain", "crossed", "fault"),
    [
        ("4", "10", "för få eller för många"),
        ("5", "101", "för få eller för många"),
        ("12", "10", "får inte visa färre"),
        ("", "10", "Skriv hur många"),
    ],
)
def test_a_limit_that_would_protect_nobody_is_refused(
    sign_in: SignIn,
    session: Session,
    municipality: Municipality,
    plain: str,
    crossed: str,
    fault: str,
) -> None:
    client = sign_in(make_account(session, municipality))
    fields = client.get(FORM).fields() | {"min_respondents": plain, "min_crossed": crossed}
    assert fault in client.post(FORM, fields, 422).text
    session.rollback()
    assert (municipality.min_respondents, municipality.min_crossed) == (5, 10)


def row(client: PageClient, words: str) -> str:
    """The number beside ``words`` in the table of how answers came in."""
    rows = [r.get_text("|", strip=True).split("|") for r in client.get(RESULTS).soup.select("tr")]
    return next(cells[1] for cells in rows if cells[0] == words)
