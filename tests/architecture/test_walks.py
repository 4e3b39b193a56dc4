"""Every address of the demo opened: by anybody, and by each role."""

import re
from collections import Counter
from datetime import date
from html import unescape
from uuid import UUID

import pytest
from werkzeug.routing import Rule

from surveys.models.account import Membership, User
from surveys.permissions import Permission, StaffRole, has_permission
from tests.demo_site import DemoSite
from tests.page import PageClient
from tests.page_databases import PAGES_ON
from webapp.access import PERMISSION_ATTRIBUTE
from webapp.extensions import db

HOME = "/soderhamn/"
STAFF_HOME = "/soderhamn/handlaggning/"
PROMISE = "tryggare-kring-resecentrum-och-i-centrum"
PLAN = "lokal-handlingsplan-2022-2023"
PICTURE = "gemensam-problembild-2022"
# What each parameter is filled with where an endpoint has no entry of its own.
COMMON: dict[str, object] = {
    "kommun": "soderhamn",
    "way": "upp",
    "against": "polisen",
    "subject": "problembilder",
    "color": "17535a",
    "start": "st",
    "word": "soderhamn-affisch",
    "paper": "a6",
    "language": "ar",
    "form": "csv",
    "token": "0" * 48,
    "year": 2026,
    "response": UUID(int=1),
    "flag": UUID(int=1),
    "month": date(2023, 10, 1),
    "side": "fore",
    "part": "js",
}
BY_PATH: tuple[tuple[str, dict[str, object]], ...] = (
    ("/dialoger/<", {"slug": "oppen"}),
    ("/dialogues/<", {"slug": "host-2021"}),
    ("/problem-pictures/<", {"slug": PICTURE}),
    ("/dialoger/<slug:slug>/karta", {"slug": "host-2021"}),
    ("/dialoger/<slug:slug>/resultat", {"slug": "host-2021"}),
    ("/fragor/<", {"slug": "oppen"}),
    ("/loften/<", {"slug": PROMISE}),
    ("/polisomraden/<", {"slug": "halsingland"}),
    ("/handlingsplan/<", {"slug": PLAN, "year": 2022}),
    ("/handlingsplaner/<", {"slug": PLAN}),
    ("/lagesbild/<", {"slug": PICTURE}),
    ("/problembilder/<", {"slug": PICTURE}),
    (":subject>/<", {"slug": PICTURE}),
    ("<int:month>", {"month": 7}),
)
READERS = {"public", "survey", "health", "api"}
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#?]+)')
# The demo's three dialogues, and more.
ROWS_OF_A_KIND = 5
FOUND_BY_LINK = re.compile(r"<int:|<uuid:|<slug:digest>")


# Says that there is no such address; leads to the plan in force (tests/webapp/public).
NO_PAGES = {"api.nothing", "public.plans"}


def readers_rules(site: DemoSite) -> list[Rule]:
    rules = site.app.url_map.iter_rules()
    found = [r for r in rules if r.endpoint.split(".")[0] in READERS]
    return [r for r in found if r.endpoint not in NO_PAGES]


def staff_rules(site: DemoSite) -> list[Rule]:
    return [
        rule
        for rule in site.app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.") and rule.endpoint != "staff.entry"
    ]


def address(site: DemoSite, rule: Rule) -> str:
    """The rule's address with values from the demo."""
    values = dict(COMMON)
    for part, more in BY_PATH:
        if part in rule.rule:
            values |= more
    values |= rule.defaults or {}
    values |= {name: 1 for name in rule.arguments if name not in values}
    with site.app.test_request_context():
        return site.app.url_map.bind("localhost").build(
            rule.endpoint,
            {name: values[name] for name in rule.arguments},
            method="GET" if "GET" in (rule.methods or ()) else "POST",
        )


def links(html: str, prefix: str) -> set[str]:
    """Where a page leads below ``prefix``, without what follows # or ?."""
    found = {unescape(target) for target in LINK.findall(html)}
    return {target for target in found if target.startswith(prefix)}


class Walk:
    """Opens what it is led to. By hand one page of each kind is checked as well, else all are."""

    def __init__(self, site: DemoSite, client: PageClient, prefix: str) -> None:
        self._kinds = site.app.url_map.bind("localhost")
        self._client = client
        self._prefix = prefix
        self._checked: set[str] = set()

    def kind(self, path: str) -> str:
        """The endpoint that answers at ``path``."""
        return str(self._kinds.match(path)[0])

    def links(self, path: str) -> set[str]:
        """Where the page at ``path``, which opens, leads below the prefix."""
        kind = self.kind(path)
        if PAGES_ON and kind in self._checked:
            response = self._client.client.get(path)
            assert response.status_code == 200, (path, response.status_code)
        else:
            self._checked.add(kind)
            response = self._client.get(path).response
        return links(response.text, self._prefix) if response.mimetype == "text/html" else set()


def test_each_readers_page_opens_and_sets_no_cookie(demo_site: DemoSite) -> None:
    client = demo_site.reader()
    for rule in readers_rules(demo_site):
        if "GET" not in (rule.methods or ()):
            continue
        page = client.get(address(demo_site, rule))
        assert "Set-Cookie" not in page.response.headers, rule.rule


def test_readers_pages_are_the_same_for_everybody(demo_site: DemoSite) -> None:
    """A shared cache may keep them: they depend on no cookie, not even on that of staff."""
    for client in (demo_site.reader(), demo_site.staff("coordinator")):
        for rule in readers_rules(demo_site):
            if "GET" in (rule.methods or ()):
                headers = client.get(address(demo_site, rule)).response.headers
                assert "Cookie" not in headers.get("Vary", ""), rule.rule
                assert "Set-Cookie" not in headers, rule.rule


@pytest.mark.parametrize("kommun", ["soderhamn", "harnosand", "kramfors", "solleftea"])
def test_no_link_on_the_readers_pages_is_broken(demo_site: DemoSite, kommun: str) -> None:
    walk = Walk(demo_site, demo_site.reader(), f"/{kommun}/")
    waiting, seen = {f"/{kommun}/", "/"}, set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        waiting |= walk.links(path) - seen
    assert len(seen) > 5


@pytest.mark.parametrize("role", list(StaffRole))
def test_no_link_on_the_staff_pages_is_broken(demo_site: DemoSite, role: StaffRole) -> None:
    """What a role is shown as a link, it may open; of rows of a kind, the first it comes to."""
    walk = Walk(demo_site, demo_site.staff(role.value), STAFF_HOME)
    waiting, seen = [STAFF_HOME], {STAFF_HOME}
    opened = Counter[str]()
    while waiting:
        path = waiting.pop(0)
        kind = walk.kind(path)
        if opened[kind] == ROWS_OF_A_KIND:
            continue
        opened[kind] += 1
        found = walk.links(path) - seen
        seen |= found
        waiting += sorted(found)
    assert "staff.home" in opened


@pytest.mark.parametrize("role", list(StaffRole))
def test_each_role_opens_what_its_permissions_say_and_no_more(
    demo_site: DemoSite, role: StaffRole
) -> None:
    client = demo_site.staff(role.value).client
    for rule in staff_rules(demo_site):
        if "GET" not in (rule.methods or ()):
            continue
        view = demo_site.app.view_functions[rule.endpoint]
        permission = getattr(view, PERMISSION_ATTRIBUTE)
        status = client.get(address(demo_site, rule)).status_code
        if has_permission(role, permission):
            allowed = {200, 302, 303, 304, 404} if FOUND_BY_LINK.search(rule.rule) else {200}
            # A published row may send its editor elsewhere; it never refuses the role.
            allowed |= {302, 303, 409}
            assert status in allowed, (role, rule.rule, status)
        else:
            assert status == 403, (role, rule.rule, status)


def test_nobody_opens_a_staff_page_without_signing_in(demo_site: DemoSite) -> None:
    client = demo_site.reader().client
    for rule in staff_rules(demo_site):
        path = address(demo_site, rule)
        methods = (rule.methods or set()) & {"GET", "POST"}
        for method in methods:
            answer = client.open(path, method=method)
            turned_away = answer.status_code in {302, 303} and "/logga-in" in answer.location
            assert turned_away or answer.status_code == 400, (method, path, answer.status_code)


def test_an_account_has_no_way_into_another_municipality(demo_site: DemoSite) -> None:
    client = demo_site.staff("coordinator", "harnosand").client
    for rule in staff_rules(demo_site):
        path = address(demo_site, rule)
        for method in (rule.methods or set()) & {"GET", "POST"}:
            status = client.open(path, method=method).status_code
            assert status in {400, 403}, (method, path, status)


def test_the_demo_has_an_account_for_each_role(demo_site: DemoSite) -> None:
    with demo_site.app.app_context():
        roles = set(db.session.scalars(db.select(Membership.role).join(User)))
    assert roles == set(StaffRole)
    assert has_permission(StaffRole.COORDINATOR, Permission.READ_FREE_TEXT)
