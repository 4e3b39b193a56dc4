"""Public figures: what readers see, and that nobody's own answer can be had from all of it."""

import csv
import json
import random
import re
from collections.abc import Callable
from hashlib import sha256
from io import StringIO
from typing import Any

import pytest
from sqlalchemy.orm import Session

from surveys.demo.approving import approve_by_all
from surveys.errors import Conflict
from surveys.models.dialogue import Channel, Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import AgeBand, Gender, PlaceReason, Response, SuspicionReview
from surveys.models.theme import Polarity
from surveys.queries.results.result_editions import get_public_results
from surveys.services.dialogues.count_checks import rebuild_counts
from surveys.services.dialogues.counting import settle_counting
from surveys.services.evidence.edition_evidence import use_published_figures
from surveys.services.evidence.evidence import FigureAddress, freeze_figure
from surveys.services.pictures.claims import DraftAddress
from surveys.services.pictures.pictures import PictureNotReady, publish_picture
from surveys.services.results.result_editions import (
    prepare_results,
    publish_results,
    publish_results_now,
    withdraw_results,
)
from tests.conftest import NOW, Clock
from tests.factories.coding import make_codebook, make_coding
from tests.factories.dialogues import CLOSES_AT, build_response, make_dialogue, make_response
from tests.factories.hotspots import STATION, mark
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import make_area, make_claim, make_picture
from tests.page import Page, PageClient
from tests.surveys.disclosure.attacker import Find, differences
from webapp.exports.csv_files import neutral
from webapp.words.figure import figure_words

PAGE = "/soderhamn/dialoger/oppen/resultat"
LONELY = range(1, 5)
Reading = dict[tuple[str, ...], int]
SAID = ("5", "4", "3", "2", "1", "vet_ej")
ROLE = "Trygghetssamordnare"


@pytest.fixture
def dialogue(session: Session, municipality: Municipality) -> Dialogue:
    return make_dialogue(session, municipality)


def add(session: Session, dialogue: Dialogue, dice: random.Random, n: int) -> list[Response]:
    """``n`` residents with answers at random."""
    responses = [
        build_response(
            dialogue,
            {
                1: (dice.choices(SAID, (20, 30, 15, 20, 12, 3))[0], None),
                2: (dice.choice(("ja", "nej")), None),
                3: (None, NOISE_TEXT if dice.random() < 0.7 else None),
            },
            [mark(*STATION, reasons=frozenset({PlaceReason.DARK}))] if dice.random() < 0.3 else [],
            gender=dice.choice((Gender.WOMAN, Gender.MAN)),
            age_band=dice.choice((AgeBand.FROM_15_TO_24, AgeBand.FROM_25_TO_44, AgeBand.FROM_80)),
            channel=dice.choices((Channel.WEB, Channel.PAPER), (70, 30))[0],
        )
        for _ in range(n)
    ]  # fmt: skip
    session.add_all(responses)
    session.flush()
    return responses


def add_lonely(session: Session, dialogue: Dialogue) -> Response:
    """Somebody who is alone in everything: answer, gender, age, channel and reason."""
    return make_response(
        session,
        dialogue,
        {1: ("vet_ej", None), 2: ("nej", None), 3: (None, None)},
        [mark(*STATION, reasons=frozenset({PlaceReason.TRAFFIC}))],
        gender=Gender.OTHER,
        channel=Channel.SCHOOL,
    )


def publish(session: Session, dialogue: Dialogue) -> bool:
    """Prepare and, where it may be, publish; whether there is a new edition."""
    here = dialogue.municipality
    edition = prepare_results(session, here, dialogue, now=NOW)
    if edition.failure is None:
        publish_results(session, here, dialogue, edition.id, role=ROLE, now=NOW)
    session.commit()
    return edition.failure is None


def read_page(page: Page) -> Reading:
    """Every number in the tables of a page, under what stands above and beside it."""
    found: Reading = {}
    for section in page.soup.select("main section.panel"):
        title = section.h2.get_text(" ", strip=True)
        for table in section.select("table"):
            heads = [cell.get_text(" ", strip=True) for cell in table.select("thead th")]
            for row in table.select("tbody tr"):
                words, *cells = [cell.get_text(" ", strip=True) for cell in row.select("td")]
                for head, cell in zip(heads[1:], cells, strict=True):
                    group = "" if head in ("Antal", "Andel") else head
                    if head != "Andel" and (n := re.match(r"\d+", cell)):
                        found[title, group, words] = int(n[0])
        for words, n in re.findall(r"([A-ZÅÄÖ][a-zåäö ]+):\s+(\d+)\s*\.", section.get_text(" ")):
            found[title, "", words] = int(n)
    return found


def read_csv(text: str) -> Reading:
    rows = list(csv.DictReader(StringIO(text)))
    return {
        (row["tabell"], row["grupp"], row["svar"]): int(row["antal"])
        for row in rows
        if row["antal"]
    }


def all_formats(client: PageClient) -> tuple[Reading, Reading, dict[str, object]]:
    page, table = read_page(client.get(PAGE)), read_csv(client.client.get(f"{PAGE}.csv").text)
    return page, table, json.loads(client.client.get(f"{PAGE}.json").text)


def test_the_page_says_what_was_answered_by_how_many_and_how_it_was_counted(
    session: Session, client: PageClient, dialogue: Dialogue
) -> None:
    add(session, dialogue, random.Random(1), 120)
    publish(session, dialogue)
    page = client.get(PAGE)
    assert page.heading == "Så svarade människor"
    for words in (
        "Självvalt urval", "Känner du dig trygg i Söderhamns kommun?", "svar är räknade här",
        "Ingen siffra gäller färre än 5 personer", "Utgåva", "Trygghetssamordnare", "Wilson",
    ):  # fmt: skip
        assert words in page.text
    assert page.soup.select("main svg.bar[role=img][aria-label]")
    assert not page.soup.select("main script")
    assert NOISE_TEXT not in page.response.text


def test_page_table_and_json_hold_the_same_numbers(
    session: Session, client: PageClient, dialogue: Dialogue
) -> None:
    add(session, dialogue, random.Random(2), 150)
    publish(session, dialogue)
    page, table, document = all_formats(client)
    assert {k: n for k, n in page.items() if k[2] != "Alla som svarade"} == table
    content = {key: document[key] for key in ("tables", "min_respondents", "min_crossed")}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sha256(text.encode()).hexdigest() == document["sha256"]
    told = [row.get("count") for t in document["tables"] for row in t["rows"]]  # type: ignore[attr-defined]
    counts = sorted(n for n in told if n)
    assert counts == sorted(n for k, n in table.items() if not k[1])


def test_themes_and_reasons_are_told_by_name_with_how_many(
    session: Session, client: PageClient, dialogue: Dialogue
) -> None:
    codes = make_codebook(session, dialogue.municipality)
    light, drugs = codes["lighting_environment"], codes["drugs"]
    for number, response in enumerate(add(session, dialogue, random.Random(9), 120)):
        make_coding(session, response, (light, Polarity.WISH) if number < 70 else drugs)
    publish(session, dialogue)
    page, table, _document = all_formats(client)
    wishes = ("Vad de svarande önskar", "", light.title())
    problems = ("Problem som de svarande nämner", "", drugs.title())
    assert 115 <= page[wishes] + page[problems] <= 120  # a few who did not know may wait
    assert table[wishes] == page[wishes]
    assert page["Varför platser känns otrygga", "", "Mörkt"] > 20
    assert client.get(f"{PAGE}?lang=en").soup.select("main svg")


def test_no_live_update_and_no_filter(
    session: Session, client: PageClient, dialogue: Dialogue
) -> None:
    add(session, dialogue, random.Random(3), 80)
    publish(session, dialogue)
    before = client.get(PAGE).html
    add(session, dialogue, random.Random(4), 80)
    session.commit()
    assert client.get(PAGE).html == before
    assert client.get(f"{PAGE}?alder=unga&kanal=web&kon=kvinna").html == before


def test_before_an_edition_readers_are_told_when_results_come(
    session: Session, client: PageClient, clock: Clock, dialogue: Dialogue
) -> None:
    session.commit()
    assert "Dialogen är öppen till och med 31 augusti 2023." in client.get(PAGE).text
    clock.now = CLOSES_AT.replace(year=2024)
    assert "Kommunen läser svaren." in client.get(PAGE).text
    for ending in (".csv", ".json"):
        client.get(f"{PAGE}{ending}", 404)


def test_after_a_taking_down_the_reason_stands_and_nothing_else(
    session: Session, client: PageClient, dialogue: Dialogue
) -> None:
    add(session, dialogue, random.Random(5), 80)
    publish(session, dialogue)
    here = dialogue.municipality
    shown = get_public_results(session, here, dialogue)
    assert shown is not None
    withdraw_results(session, here, dialogue, shown.id, reason="<b>Fel</b>", now=NOW)
    session.commit()
    page = client.get(PAGE)
    assert "Resultaten är nedtagna. Skäl: <b>Fel</b>" in page.text
    assert not page.soup.select("main b, main table")
    client.get(f"{PAGE}/1", 404)
    client.get(f"{PAGE}.csv", 404)


def test_earlier_editions_stay_and_say_that_they_were_changed(
    session: Session, client: PageClient, dialogue: Dialogue
) -> None:
    dice = random.Random(6)
    add(session, dialogue, dice, 80)
    publish(session, dialogue)
    first = read_page(client.get(PAGE))
    add(session, dialogue, dice, 200)
    publish(session, dialogue)
    page = client.get(PAGE)
    assert read_page(page) != first
    assert "Ändrad" in page.words("section[aria-labelledby=editions]")
    earlier = client.get(f"{PAGE}/1")
    assert "Det här är en tidigare utgåva." in earlier.text
    assert read_page(earlier) == first
    client.get(f"{PAGE}/7", 404)


def test_results_are_linked_from_where_readers_look_for_them(
    session: Session, client: PageClient, clock: Clock, dialogue: Dialogue
) -> None:
    add(session, dialogue, random.Random(7), 80)
    publish(session, dialogue)
    clock.now = CLOSES_AT.replace(year=2024)
    for path in ("/soderhamn/", "/soderhamn/dialoger/oppen"):
        assert client.get(path).one(f'a[href="{PAGE}"]')


def test_a_theme_s_name_is_never_a_formula() -> None:
    assert [neutral(cell) for cell in ("=1+1", "@x", "+4", "Belysning")] == [
        "'=1+1", "'@x", "'+4", "Belysning",
    ]  # fmt: skip


class Reader:
    """Somebody who keeps everything they have ever been shown of a dialogue's results."""

    def __init__(self, client: PageClient) -> None:
        self.client = client
        self.kept: dict[tuple[str, ...], set[int]] = {}
        self.documents: list[dict[str, object]] = []

    def look(self) -> None:
        page, table, document = all_formats(self.client)
        self.documents.append(document)
        for reading in (page, table):
            for label, n in reading.items():
                self.kept.setdefault(label, set()).add(n)
                self.kept.setdefault((*label, "not"), set()).add(self._others(reading, label))

    @staticmethod
    def _others(reading: Reading, label: tuple[str, ...]) -> int:
        """What is left of the table or group without this row."""
        rows = [n for k, n in reading.items() if k[:2] == label[:2] and k[2] != "Alla som svarade"]
        return sum(rows) - reading[label]

    def finds(self) -> set[object]:
        """Numbers of one to four persons, told or worked out."""
        found: set[object] = set(differences(self.documents))
        for label, counts in self.kept.items():
            for a in counts | {0}:
                found |= {Find(" ".join(label), b - a) for b in counts if b - a in LONELY}
        return found


class Newspaper(Reader):
    """A reader who keeps the municipality's pictures too, and holds them against the results.

    After each edition the coordinator freezes a figure as it stands that day and cites it; where
    it is held back the one press is tried that puts the published one in its place.
    """

    def __init__(self, client: PageClient, session: Session, dialogue: Dialogue) -> None:
        super().__init__(client)
        self.session, self.dialogue = session, dialogue
        self.n_published, self.n_held = 0, 0
        self.bases: set[int] = set()

    def look(self) -> None:
        super().look()
        tables: list[dict[str, Any]] = self.documents[-1]["tables"]  # type: ignore[assignment]
        for rows in (table["rows"] for table in tables if table["key"] == "q2"):
            self.bases.add(sum(r["count"] for r in rows if set(r["codes"]) <= {"ja", "nej"}))
        self.cite()
        page = self.client.get("/soderhamn/lagesbild/")
        for said in page.all_words("main details p.lines"):
            self.bases |= {int(n) for n in re.findall(r"[Aa]v (\d+)", said)}

    def cite(self) -> None:
        session, here = self.session, self.dialogue.municipality
        words, address = figure_words(here), FigureAddress(self.dialogue.slug, "q2")
        # The factory leaves out the kept counts that live figures are read from.
        rebuild_counts(session, self.dialogue)
        with self.client.client.application.test_request_context("/soderhamn/"):
            evidence = freeze_figure(session, here, address, words, by=ROLE, now=NOW)
            slug = f"bild-{self.n_published}"
            area = make_area("Platser", make_claim("Platser nämns.", supported_by=(evidence,)))
            picture = make_picture(session, here, slug, [area], published_at=None)
            approve_by_all(session, here, picture, now=NOW)
            session.commit()
            try:
                publish_picture(session, here, slug, revision=1, by=ROLE, now=NOW)
            except PictureNotReady:
                self.n_held += 1
                session.rollback()
                at = DraftAddress(slug, 1)
                assert use_published_figures(session, here, at, words, by=ROLE, now=NOW) == 1
                approve_by_all(session, here, picture, now=NOW)
                publish_picture(session, here, slug, revision=2, by=ROLE, now=NOW)
        self.n_published += 1
        session.commit()

    def finds(self) -> set[object]:
        steps = {abs(a - b) for a in self.bases for b in self.bases}
        return super().finds() | {Find("answered yes or no", n) for n in steps if n in LONELY}


def go_round(
    session: Session, dialogue: Dialogue, seed: int, look: Callable[[], None], *, leaves: bool
) -> int:
    """Seven editions of a dialogue in which lone people come and go; how many were published."""
    dice = random.Random(seed)
    add(session, dialogue, dice, dice.randint(60, 160))
    n_published = int(publish(session, dialogue))
    look()
    for step in (0, 3, 0, 40, 0, 90):
        newcomer = add_lonely(session, dialogue)
        others = add(session, dialogue, dice, step)
        if leaves:
            for response in (newcomer, *others[:1]):
                response.suspicion_review = SuspicionReview.LEFT_OUT
                settle_counting(session, response, now=NOW)
        n_published += publish(session, dialogue)
        look()
    return n_published


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("leaves", [False, True])
def test_lone_persons_cannot_be_had_from_all_editions_formats_and_totals(
    session: Session, client: PageClient, dialogue: Dialogue, seed: int, leaves: bool
) -> None:
    reader = Reader(client)
    n_published = go_round(session, dialogue, seed, reader.look, leaves=leaves)
    assert n_published > 1, "a rule that never publishes keeps every secret"
    assert reader.finds() == set()


@pytest.mark.parametrize("seed", range(2))
def test_lone_persons_cannot_be_had_from_pictures_beside_the_editions(
    session: Session, client: PageClient, dialogue: Dialogue, seed: int
) -> None:
    reader = Newspaper(client, session, dialogue)
    go_round(session, dialogue, seed, reader.look, leaves=False)
    assert reader.n_published > 1
    assert len(reader.bases) > 1
    assert reader.n_held > 0
    assert reader.finds() == set()


def test_without_the_hold_on_pictures_the_same_reader_finds_them(
    session: Session, client: PageClient, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveys.queries.figures.public_figures.find_hold", lambda *_args: None)
    monkeypatch.setattr(
        "surveys.services.results.result_editions.is_near_what_pictures_told", lambda *_args: False
    )
    reader = Newspaper(client, session, dialogue)
    go_round(session, dialogue, 0, reader.look, leaves=False)
    assert reader.finds()


def test_with_the_rule_broken_the_same_reader_finds_them(
    session: Session, client: PageClient, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveys.disclosure.editions.Ledger.allows", lambda *_args: True)
    monkeypatch.setattr(
        "surveys.services.results.result_editions.find_disclosures", lambda *_args: []
    )
    reader = Reader(client)
    go_round(session, dialogue, 0, reader.look, leaves=False)
    assert reader.finds()


def test_with_the_rule_broken_the_audit_still_refuses(
    session: Session, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("surveys.disclosure.editions.Ledger.allows", lambda *_args: True)
    dice = random.Random(8)
    add(session, dialogue, dice, 120)
    publish_results_now(session, dialogue.municipality, dialogue, role=ROLE, now=NOW)
    add(session, dialogue, dice, 2)
    with pytest.raises(Conflict):
        publish_results_now(session, dialogue.municipality, dialogue, role=ROLE, now=NOW)
