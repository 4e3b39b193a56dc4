"""The demo is what it says: its municipalities and accounts, and nothing after the visit."""

import json
import stat
from hashlib import sha256

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveys.models.dialogue import Dialogue
from surveys.models.evidence import Evidence
from surveys.models.hotspot import HotspotRun
from surveys.models.municipality import Municipality
from surveys.models.plan import ActionPlan, Activity
from surveys.models.promise import Promise
from surveys.models.response import Response
from surveys.permissions import StaffRole
from surveys.queries.municipalities.municipalities import get_municipality
from tests.demo_site import VISITED_AT, DemoSite
from webapp.cli import cli
from webapp.commands.demo import ACCOUNTS


def test_police_areas_know_their_place_in_the_organisation(
    demo: Session, soderhamn: Municipality
) -> None:
    [area] = soderhamn.police_areas
    assert (area.name, area.police_district, area.police_region) == (
        "Hälsingland",
        "Gävleborg",
        "Mitt",
    )
    [joint] = get_municipality(demo, "kramfors").police_areas
    assert [m.slug for m in joint.municipalities] == ["harnosand", "kramfors", "solleftea"]


def test_accounts_are_one_of_each_role_in_a_file_for_its_owner_only(
    demo_site: DemoSite, demo: Session
) -> None:
    file = demo_site.folder / "demo-accounts.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    accounts = json.loads(file.read_text(encoding="utf-8"))
    assert all(set(a) == {"email", "password", "role", "municipality"} for a in accounts)
    own = [a["role"] for a in accounts if a["municipality"] == "soderhamn"]
    assert sorted(own) == sorted(role.value for role in StaffRole)
    assert [a["role"] for a in accounts if a["municipality"] == "harnosand"] == ["coordinator"]
    assert len({a["password"] for a in accounts}) == len(ACCOUNTS)
    demo_site.staff("coordinator")


def test_loaded_again_it_is_left_as_it_is(demo_site: DemoSite, demo: Session) -> None:
    file = demo_site.folder / "demo-accounts.json"
    before = sha256(file.read_bytes()).hexdigest()
    counted = select(func.count()).select_from(Response)
    n = demo.scalar(counted)
    demo.rollback()
    again = demo_site.app.test_cli_runner().invoke(cli, ["demo", "load"])
    assert again.exit_code == 0
    assert "redan" in again.output
    assert sha256(file.read_bytes()).hexdigest() == before
    assert demo.scalar(counted) == n


def test_nothing_in_the_demo_happens_after_the_visit(demo: Session) -> None:
    moments = [
        *demo.scalars(select(Promise.published_at)),
        *demo.scalars(select(ActionPlan.published_at)),
        *demo.scalars(select(Activity.created_at)),
        *demo.scalars(select(Evidence.frozen_at)),
        *demo.scalars(select(HotspotRun.computed_at)),
    ]
    assert all(moment is not None and moment <= VISITED_AT for moment in moments)
    assert demo.scalar(select(func.count()).select_from(Dialogue)) == 5
