"""Who takes part in two years of a promise, the plan that they begin with, and what they see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import docx
import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize

from surveys.permissions import StaffRole
from tests.browser.conftest import PHONE, open_watched, take_picture
from tests.browser.visitor import Visitor
from tests.browser.years import Years
from tests.factories.plan_documents import HEADINGS, SKER, fill, saved

PLAN = "Lokal handlingsplan 2022 – 2023"
COUNTED = "Nattvandring i centrum"
YEARLY = "Hastighetskontroller vid skolorna"
DESK = {"width": 1280, "height": 900}
AREAS = (
    (
        "Unga",
        (
            (COUNTED, "Minst 2 gånger/år", "Föreningarna", "Muntligt till lokala BRÅ 2022-11-15"),
            ("Samråd om oro i ett område", "När behov uppstår", "Fältgruppen kallar", ""),
        ),
    ),
    (
        "Trafik",
        (
            (YEARLY, "Varje månad", "Polisen", "Årsvis"),
            (COUNTED, "Minst 2 gånger/år", "Föreningarna", "Efter varje vandring"),
            ("Medverkan i projektet Säker väg", "Löpande", "Båda", f"{SKER} i styrgruppen"),
        ),
    ),
)


@dataclass(frozen=True)
class People:
    """Who takes part: two desks, a phone in the field, and a reader's phone."""

    years: Years
    coordinator: Visitor
    police: Visitor
    field: Visitor
    reader: Visitor


@pytest.fixture
def people(years: Years, chromium: Browser) -> Iterator[People]:
    """Four browsers, none with another's cookies."""
    for make in open_watched(chromium, years.url):
        found = _people(years, make)
        yield found
        for name in ("coordinator", "police", "field", "reader"):
            photograph(getattr(found, name), f"last-{name}")


@pytest.fixture
def people_without_script(years: Years, chromium: Browser) -> Iterator[People]:
    """The same four, with browsers that run no JavaScript."""
    for make in open_watched(chromium, years.url):
        yield _people(years, partial(make, java_script_enabled=False))


def _people(years: Years, make: Callable[..., BrowserContext]) -> People:
    coordinator, police = (Visitor(make(viewport=DESK).new_page()) for _ in range(2))
    field, reader = (Visitor(make().new_page()) for _ in range(2))
    years.sign_in(coordinator.page, StaffRole.COORDINATOR)
    years.sign_in(police.page, StaffRole.POLICE)
    years.sign_in(field.page, StaffRole.COORDINATOR)
    return People(years, coordinator, police, field, reader)


def plan_document() -> bytes:
    """A plan with a missing follow-up, a row that stands twice, and two Cyrillic letters."""
    document = docx.Document()
    document.add_heading(PLAN, 0)
    for area, rows in AREAS:
        document.add_heading(area, 1)
        fill(document.add_table(rows=0, cols=4), (HEADINGS, *rows))
    return saved(document)


def photograph(visitor: Visitor, name: str) -> None:
    """Keep the page as a phone and as a desk show it."""
    own = visitor.page.viewport_size or PHONE
    for size in (PHONE, DESK):
        visitor.page.set_viewport_size(ViewportSize(**size))
        take_picture(visitor.page, f"followed-{name}-{size['width']}")
    visitor.page.set_viewport_size(ViewportSize(**own))
