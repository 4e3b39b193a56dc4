"""Somebody without an account keeps everything public of all editions, and looks for one person.

The whole of it, over HTTP: every route and every link, in each form that an address offers. They
know how many have come or left between two looks, and nothing else.
"""

import itertools
import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from maps import edition_rule
from maps.crs import to_degrees, to_metres
from maps.places import distance_m
from surveys.demo.approving import approve_by_all
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.place import PlaceKind
from surveys.models.response import Response, SuspicionReview
from surveys.queries.maps.map_editions import get_public_edition
from surveys.services.dialogues.count_checks import rebuild_counts
from surveys.services.dialogues.counting import settle_counting
from surveys.services.evidence.table_evidence import freeze_public_map
from surveys.services.maps.map_edition_steps import withdraw_edition
from surveys.services.maps.map_editions import publish_now
from surveys.services.pictures.pictures import publish_picture
from surveys.services.results.result_editions import prepare_results, publish_results
from tests.conftest import NOW, Clock
from tests.factories.dialogues import CLOSES_AT, make_dialogue, make_response
from tests.factories.hotspots import mark
from tests.factories.municipalities import make_named_place
from tests.factories.pictures import make_area, make_claim, make_picture
from tests.webapp.documents.test_edition_files import make_all
from tests.webapp.public.map_readings import (
    API,
    FILE,
    PAGE,
    RESULTS,
    Kept,
    all_cells,
    classes_of_page,
    positions,
    totals,
)
from tests.webapp.public.resident import Resident
from webapp.words.figure import figure_words

K, CELL_M = 5, 250
ROLE = "Trygghetssamordnare"
Spot = tuple[float, float]
WORDS = "Vid vår grind lyser det aldrig"
CHALLENGE = "/soderhamn/kontroll"  # the form's riddle, a new one each time


def at(column: float, row: float) -> Spot:
    """A spot by squares of the grid, counted from one by the station."""
    east, north = to_metres([61.3000], [17.0420])
    lat, lon = to_degrees(
        (east // CELL_M + column) * CELL_M, (north // CELL_M + row) * CELL_M
    )  # fmt: skip
    return float(lat[0]), float(lon[0])


CROWD, LONELY, SHELTER, HOME = at(0.3, 0.2), at(12.4, 20.7), at(-9.4, 8.3), at(-20.3, -14.6)
BORDER, BESIDE = at(5.996, 7.45), at(6.004, 7.45)  # a metre on each side of a square's edge
PATH = [at(3.4 * n + 0.3, -6.4) for n in range(1, 5)]  # one person's own squares
SECRETS = (LONELY, SHELTER, HOME, BESIDE, *PATH)


@dataclass
class Town:
    """A dialogue with marks that must not be found, and whoever publishes what is said in it."""

    session: Session
    app: Flask
    dialogue: Dialogue
    lonely: list[Response] = field(default_factory=list)

    def add(self, n: int, *spots: Spot, **values: object) -> list[Response]:
        """``n`` residents who mark all these spots each."""
        return [
            make_response(
                self.session, self.dialogue, {1: (str(1 + i % 5), None), 2: ("ja", None)},
                [mark(*spot, words=WORDS, **values) for spot in spots], id=uuid.uuid4(),
            )
            for i in range(n)
        ]  # fmt: skip

    def settle(self) -> None:
        """All who are there from the start."""
        here = self.dialogue.municipality
        for name, spot, values in (
            ("Resecentrum", at(0.4, 0.6), {}),
            ("Jouren", SHELTER, {"is_sensitive": True, "radius_m": 40}),
        ):
            make_named_place(self.session, here, name, lat=spot[0], lon=spot[1], **values)
        self.add(12, CROWD)
        self.add(9, BORDER)
        self.add(1, BESIDE)
        self.add(1, CROWD, *PATH)
        self.add(9, SHELTER)
        self.add(9, HOME, kind=PlaceKind.HOME)
        self.lonely += self.add(3, LONELY)

    def leave(self, response: Response) -> None:
        response.suspicion_review = SuspicionReview.LEFT_OUT
        settle_counting(self.session, response, now=NOW)

    def publish(self) -> None:
        """A map, and figures where their own rule lets them out."""
        session, here = self.session, self.dialogue.municipality
        publish_now(session, here, self.dialogue, role=ROLE, now=NOW)
        rebuild_counts(session, self.dialogue)
        figures = prepare_results(session, here, self.dialogue, now=NOW)
        if figures.failure is None:
            publish_results(session, here, self.dialogue, figures.id, role=ROLE, now=NOW)
        session.commit()

    def cite(self, slug: str) -> None:
        """A picture that rests on the map as it is now, with its document."""
        session, here = self.session, self.dialogue.municipality
        words = figure_words(here)
        with self.app.test_request_context("/soderhamn/"):
            map_now = freeze_public_map(session, here, "oppen", words, by=ROLE, now=NOW)
            area = make_area("Platser", make_claim("Platser nämns.", supported_by=(map_now,)))
            picture = make_picture(session, here, slug, [area], published_at=None)
            approve_by_all(session, here, picture, now=NOW)
            publish_picture(session, here, slug, revision=1, by=ROLE, now=NOW)
        make_all(self.app, session, here)

    def take_down(self) -> None:
        here = self.dialogue.municipality
        shown = get_public_edition(self.session, here, self.dialogue)
        assert shown is not None
        withdraw_edition(self.session, here, self.dialogue, shown.id, reason="Fel", now=NOW)
        self.session.commit()


@pytest.fixture
def town(session: Session, app: Flask, municipality: Municipality, clock: Clock) -> Town:
    clock.now = CLOSES_AT.replace(year=2024)  # an open form has a new key each time
    town = Town(session, app, make_dialogue(session, municipality))
    town.settle()
    return town


def live(town: Town, like: str = "") -> tuple[list[Kept], list[int]]:
    """Five editions: what was kept of each, and how many came or left before it.

    Of addresses ``like`` this: all of them where nothing is said.
    """
    resident = Resident(town.app, ("oppen", "forsta-bilden", "andra-bilden"))
    kept: list[Kept] = []

    def look() -> None:
        found = resident.fetch(like)
        kept.append({to: body for to, body in found.items() if to != CHALLENGE})

    town.publish()
    town.cite("forsta-bilden")
    look()
    for n, spots in ((1, (LONELY,)), (2, (LONELY, BESIDE)), (5, (LONELY,))):
        town.lonely += town.add(n, *spots)
        town.publish()
        if n == K:
            town.cite("andra-bilden")
        look()
    town.leave(town.lonely[0])
    look()
    town.publish()
    look()
    return kept, [0, 1, 2, K, 1, 0]


def finds(kept: Sequence[Kept], moved: Sequence[int]) -> set[str]:
    """What the attacker has found, in words."""
    found = set()
    for n, (before, after) in zip(moved[1:], itertools.pairwise(kept), strict=True):
        if n < K:
            changed = {to for to in before.keys() | after.keys() if before.get(to) != after.get(to)}
            found |= {f"{to} tells of {n}" for to in changed}
    for number, each in enumerate(kept):
        # From the fourth look on the lonely square has enough, and may be drawn.
        secrets = SECRETS if number < 3 else SECRETS[1:]
        found |= set(_near(each, secrets, 100)) | set(_near(each, (LONELY, CROWD, BORDER), 30))
        found |= {f"{to} has words" for to, body in each.items() if WORDS in body}
        found |= set(_counted(each))
    return found


def _near(kept: Kept, secrets: Sequence[Spot], metres: float) -> list[str]:
    return [
        f"{to} has {lat}, {lon}"
        for to, body in kept.items()
        for lat, lon in positions([body])
        if 60 < lat < 63 and 15 < lon < 19
        if any(distance_m(lat, lon, *secret) < metres for secret in secrets)
    ]


def _counted(kept: Kept) -> list[str]:
    """Numbers of a few: told, or left when squares and totals are taken from all who answered."""
    numbers = list(all_cells(kept)["file"].values())
    said = [n for n in (*numbers, *totals(kept)) if n < K]
    everybody = json.loads(kept[RESULTS])["respondents"]
    most = sum(2 * n - 1 for n in numbers)
    left = range(everybody - most, everybody - max(totals(kept)) + 1)
    return [f"told {n}" for n in said] + ["few are left"] * (set(left) <= set(range(1, K)))


def test_nothing_public_tells_a_lone_mark_and_every_form_tells_the_same_squares(town: Town) -> None:
    kept, moved = live(town)
    assert finds(kept, moved) == set()
    assert len(kept[0]) > 80, "every route and link, else nothing is tried"
    assert {PAGE, FILE, API, RESULTS, "/soderhamn/lagesbild/forsta-bilden"} <= kept[0].keys()
    assert any(to.endswith("/utgava-1.pdf") for to in kept[0])
    squares = [len(all_cells(each)["file"]) for each in kept]
    assert squares == [2, 2, 2, 3, 3, 3], "five who come together are enough"
    for each in kept:
        cells = all_cells(each)
        assert all(told == cells["file"] for told in cells.values())
        by_class = sorted(cells["file"].values())
        for form, counted in classes_of_page(each).items():
            assert sorted(counted.elements()) == by_class, form
        assert len(totals(each)) == 1
    for slug, n_squares, total in cited(kept):
        forms = [body for to, body in kept[-1].items() if re.search(f"{slug}($|/claims|/utg)", to)]
        assert len(forms) == 5  # page, document, and open data in three ways
        for body in forms:
            assert f"{n_squares} rutor på 250 meter" in body
            assert re.findall(r"Från minst (\d+) personer", body) == [str(total)]


def cited(kept: Sequence[Kept]) -> list[tuple[str, int, int]]:
    """Each picture, with the squares and the total of the edition that it was made of."""
    made = (("forsta-bilden", kept[0]), ("andra-bilden", kept[3]))
    return [(slug, len(all_cells(each)["file"]), max(totals(each))) for slug, each in made]


def test_the_sum_of_a_cited_map_does_not_follow_how_many_have_answered(town: Town) -> None:
    """Whoever knows all that it covers but one number tries them all."""
    town.publish()
    town.cite("forsta-bilden")
    town.add(1)  # marks no place
    rebuild_counts(town.session, town.dialogue)
    town.cite("andra-bilden")
    found = Resident(town.app, ("forsta-bilden", "andra-bilden")).fetch("/claims$")
    grounds = [json.loads(body)["data"][0]["supported_by"] for body in found.values()]
    assert len(grounds) == 2
    assert grounds[0] == grounds[1]


def test_a_map_that_is_taken_down_is_gone_from_every_address(town: Town) -> None:
    town.publish()
    resident = Resident(town.app, ("oppen",))
    before = resident.fetch()
    town.take_down()
    after = resident.fetch()
    assert FILE not in after
    assert not any("map-cells" in to for to in after)
    gone = [to for to in before if "map-cells" in to or to == FILE]
    assert len(gone) > 3
    assert "Kartan är nedtagen. Skäl: Fel" in after[PAGE]
    shown = [tuple(str(n) for n in pair) for pair in positions([before[FILE]])]
    corners = {number for pair in shown for number in pair}
    for to, body in after.items():
        assert not corners & set(re.findall(r"\d+\.\d{3,}", body)), to


def test_no_address_of_staff_answers_somebody_without_an_account(town: Town) -> None:
    town.publish()
    answers = dict(Resident(town.app, ("oppen",)).try_staff())
    assert len(answers) > 50
    assert {to: status for to, status in answers.items() if status not in (302, 404)} == {}


@pytest.mark.parametrize("broken", ["the rule between editions", "sensitive places"])
def test_with_a_rule_broken_the_same_resident_finds_somebody(
    town: Town, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    if broken == "sensitive places":
        monkeypatch.setattr("maps.public_cells._cells_reached", lambda *_args: frozenset())
    else:
        tell = edition_rule.tell
        monkeypatch.setattr(
            "surveys.services.maps.map_editions.tell",
            lambda now, _, least, n_all: tell(now, None, least, n_all),
        )
    assert finds(*live(town, like=r"/oppen/(karta|map-cells|resultat\.json)"))
