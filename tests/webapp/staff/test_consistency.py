"""The page and the command that tell what contradicts what, with both places and links to them."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from surveys.models.account import User
from surveys.models.municipality import Municipality
from surveys.models.plan import FollowUp
from surveys.permissions import StaffRole
from tests.factories.municipalities import make_account, make_municipality
from tests.factories.promises import make_activity, make_plan
from tests.page import PageClient
from webapp.cli import cli

PAGE = "/soderhamn/handlaggning/dokumentkontroll/"
PLAN = "/soderhamn/handlaggning/handlingsplaner/handlingsplan-2022-2023"
SignIn = Callable[[User], PageClient]
DIFFER = "Samma aktivitet ska följas upp två olika dagar: 2022-10-24 och 2023-02-06."


@pytest.fixture
def two_days(session: Session, municipality: Municipality) -> None:
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Till BRÅ", "Till BRÅ"), name="Möte")
    for link, day in zip(activity.links, (date(2023, 2, 6), date(2022, 10, 24)), strict=True):
        assert isinstance(link.follow_up, FollowUp)
        link.follow_up.due_on = day
    session.commit()


@pytest.mark.usefixtures("two_days")
def test_both_places_are_shown_with_links_and_the_reason_stays(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    client = sign_in(make_account(session, municipality))
    assert "Kontrollera alla dokument" in client.get(PLAN.rsplit("/", 1)[0] + "/").text
    page = client.get(PAGE)
    assert "1 sak att se på" in page.text
    told = page.words("section[aria-labelledby=fault]")
    assert DIFFER in told
    assert "Möte (Narkotika)" in told
    assert "Möte (Ungdomskriminalitet)" in told
    links = page.soup.select("section[aria-labelledby=fault] .ground a")
    assert all(str(link["href"]).startswith(PLAN + "/aktiviteter/") for link in links)
    address = str(page.one("a.crumb[href*=dokumentkontroll]")["href"])
    form = client.get(address)
    assert DIFFER in form.text
    assert "Skriv varför." in client.post(address, form.fields(), status=422).text
    client.post(address, form.fields() | {"reason": "Båda gäller."}, status=303)
    page = client.get(PAGE)
    assert "Inget säger emot något annat" in page.text
    assert "Båda gäller." in page.words("section[aria-labelledby=noted]")
    action = address + "/ta-bort"
    client.post(action, page.fields(f'form[action="{action}"]'), status=303)
    assert "1 sak att se på" in client.get(PAGE).text
    client.get(PAGE + "0" * 40, status=404)


def test_an_analyst_has_no_way_in(
    session: Session, municipality: Municipality, sign_in: SignIn
) -> None:
    sign_in(make_account(session, municipality, StaffRole.ANALYST)).get(PAGE, status=403)


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(cli, ["check", "documents", *words])


@pytest.mark.usefixtures("two_days")
def test_the_command_tells_the_same_and_its_exit_code_says_whether_to_look(
    app: Flask, session: Session
) -> None:
    told = run(app, "--municipality", "soderhamn")
    assert told.exit_code == 1
    assert DIFFER in told.output
    assert "Aktivitet: Möte (Narkotika) | Till BRÅ" in told.output
    [row] = json.loads(run(app, "--municipality", "soderhamn", "--json").output)
    assert (row["rule"], row["severity"], row["noted"]) == ("follow_ups_differ", "fault", None)
    assert [place["title"] for place in row["places"]] == [
        "Möte (Narkotika)",
        "Möte (Ungdomskriminalitet)",
    ]
    make_municipality(session, "gavle", code="2180", name="Gävle")
    session.commit()
    empty = run(app, "--municipality", "gavle")
    assert (empty.exit_code, empty.output.strip()) == (0, "0 hittade, 0 att se på")
    unknown = run(app, "--municipality", "ingenstans")
    assert unknown.exit_code == 2
    assert "Det finns ingen kommun på adressen" in unknown.output
