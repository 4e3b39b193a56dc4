"""The ground of all maps from our own origin: the imported file, or a source's pictures."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from maps.ground.base_import import make_tiles
from maps.ground.base_store import FOLDER, StoredMap, forget_map, read_stored, store_map
from surveys.models.municipality import Municipality
from tests.factories.dialogues import make_dialogue
from tests.factories.ground_files import write_osm
from tests.factories.municipalities import make_named_place
from tests.page import PageClient
from webapp.raster_source import RasterSource, is_wanted, sweep, tile_address

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 20
WHOSE = "© Kartverket <b>AB</b>"
AREAS = [(16.5, 61.0, 17.5, 61.6)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiles")
    make_tiles(write_osm(folder), folder / "made.pmtiles", near=None, told=lambda _name: None)
    return folder / "made.pmtiles"


@pytest.fixture
def stored(whole_app: Flask, made: Path, tmp_path: Path) -> Iterator[StoredMap]:
    """A base map in use, for as long as the test."""
    folder = Path(whole_app.instance_path) / FOLDER
    copy = tmp_path / "copy.pmtiles"
    copy.write_bytes(made.read_bytes())
    yield store_map(copy, folder, attribution=WHOSE, source="", dated="")
    forget_map(folder)


@pytest.fixture
def survey(session: Session, municipality: Municipality) -> str:
    make_named_place(session, municipality)
    make_dialogue(session, municipality)
    session.commit()
    return "/soderhamn/dialoger/oppen"


@pytest.fixture
def address(stored: StoredMap) -> str:
    return f"/grundkarta/{stored.stamp}.pmtiles"


class Closing:
    """A browser that takes each answer in and closes it: a file is open until then."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, address: str, **options: Any) -> Any:
        answer = self.client.get(address, buffered=True, **options)
        assert answer.data is not None
        answer.close()
        return answer


def test_a_browser_gets_the_bytes_it_asks_for(app: Flask, stored: StoredMap, address: str) -> None:
    whole = stored.path.read_bytes()
    client = Closing(app.test_client())
    part = client.get(address, headers={"Range": "bytes=0-126"})
    assert part.status_code == 206
    assert part.data == whole[:127]
    assert part.headers["Content-Range"] == f"bytes 0-126/{len(whole)}"
    last = client.get(address, headers={"Range": "bytes=-10"})
    assert last.data == whole[-10:]
    assert client.get(address).data == whole
    assert "Content-Encoding" not in client.get(address, headers={"Accept-Encoding": "br"}).headers


def test_bytes_that_are_not_there_are_refused(app: Flask, stored: StoredMap, address: str) -> None:
    answer = Closing(app.test_client()).get(address, headers={"Range": "bytes=99999999-"})
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{stored.path.stat().st_size}"


def test_what_a_browser_has_is_not_sent_again(app: Flask, address: str) -> None:
    client = Closing(app.test_client())
    first = client.get(address)
    assert "immutable" in first.headers["Cache-Control"]
    tag = first.headers["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    fresh = client.get(address, headers={"Range": "bytes=0-9", "If-Range": tag})
    assert fresh.status_code == 206
    stale = client.get(address, headers={"Range": "bytes=0-9", "If-Range": '"other"'})
    assert stale.status_code == 200


def test_the_file_is_sent_in_pieces_and_never_read_whole(
    app: Flask, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_path: Path) -> bytes:
        raise AssertionError("read whole")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    answer = app.test_client().get(address, buffered=False)
    assert len(next(iter(answer.response))) <= 64 * 1024
    answer.close()


@pytest.mark.parametrize("stamp", ["0000000000000000", "basemap", "secret"])
def test_nothing_else_of_the_folder_is_sent(app: Flask, stored: StoredMap, stamp: str) -> None:
    assert app.test_client().get(f"/grundkarta/{stamp}.pmtiles").status_code == 404


def test_the_map_before_is_still_there_for_a_page_that_lies_open(
    app: Flask, stored: StoredMap, address: str, tmp_path: Path
) -> None:
    changed = tmp_path / "new.pmtiles"
    changed.write_bytes(stored.path.read_bytes() + b"\0")
    now = store_map(changed, stored.path.parent, attribution="x", source="", dated="")
    assert now.stamp != stored.stamp
    client = Closing(app.test_client())
    assert client.get(address).status_code == 200
    assert client.get(f"/grundkarta/{now.stamp}.pmtiles").status_code == 200
    again = tmp_path / "again.pmtiles"
    again.write_bytes(stored.path.read_bytes() + b"\0\0")
    store_map(again, stored.path.parent, attribution="x", source="", dated="")
    assert client.get(address).status_code == 404


def test_a_lost_file_costs_the_ground_and_no_page(
    client: PageClient, stored: StoredMap, survey: str
) -> None:
    stored.path.unlink()
    assert read_stored(stored.path.parent) is None
    assert client.get(survey).response.status_code == 200


def test_the_survey_s_map_is_told_of_the_ground(
    client: PageClient, survey: str, address: str
) -> None:
    told = client.client.get(f"{survey}/plats").get_json()["map"]["base"]
    assert told["url"] == address
    assert told["attribution"] == WHOSE
    assert told["maxZoom"] == 14


def test_the_first_view_of_the_survey_knows_nothing_of_it(
    client: PageClient, survey: str, address: str
) -> None:
    assert "grundkarta" not in client.client.get(survey).text


def test_without_script_the_map_is_drawn_from_the_same_file(
    client: PageClient, survey: str, stored: StoredMap
) -> None:
    page = client.send(survey, client.get(survey), 200, add_place="map")
    [picture] = page.soup.select("input[type=image]")
    drawn = unquote(str(picture["src"]))
    assert all(f'class="{name}"' in drawn for name in ("m-water", "m-road"))
    assert "© Kartverket <b>AB</b>" in page.soup.get_text()


def test_without_a_base_map_nothing_is_told(client: PageClient, survey: str) -> None:
    assert client.client.get(f"{survey}/plats").get_json()["map"]["base"] is None
    assert client.client.get("/grundkarta/bild/12/2242/1159").status_code == 404


class Source:
    """A map server of somebody else: what it was asked, and what it answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.answer: tuple[int, dict[str, str], bytes] = (200, {}, PNG)
        self.trickle: Callable[[BinaryIO], None] | None = None
        source = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                source.asked.append((self.path, dict(self.headers)))
                if source.trickle is not None:
                    source.trickle(self.wfile)
                    return
                status, headers, content = source.answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def source() -> Iterator[Source]:
    source = Source()
    yield source
    source.server.shutdown()
    source.server.server_close()


@pytest.fixture
def raster(app: Flask, source: Source, tmp_path: Path) -> Iterator[RasterSource]:
    """An installation whose operator has named the source."""
    raster = RasterSource(f"{source.url}/{{z}}/{{x}}/{{y}}.png?key=1", WHOSE, tmp_path / "r", 10**6)
    app.extensions["raster_source"] = raster
    app.extensions.pop("ground_areas", None)
    yield raster
    app.extensions["raster_source"] = None
    app.extensions.pop("ground_areas", None)


Get = Callable[..., Any]


@pytest.fixture
def get(municipality: Municipality, raster: RasterSource, client: PageClient) -> Get:
    return client.client.get


TILE = "/grundkarta/bild/12/2242/1159"


def test_a_picture_is_fetched_once_and_then_had_from_the_disk(get: Get, source: Source) -> None:
    for _ in range(3):
        answer = get(TILE)
        assert answer.status_code == 200
        assert answer.data == PNG
        assert answer.mimetype == "image/png"
    assert [path for path, _ in source.asked] == ["/12/2242/1159.png?key=1"]


def test_nothing_of_the_person_reaches_the_source(get: Get, source: Source) -> None:
    private = {
        "User-Agent": "Phone of Anna",
        "Referer": "http://localhost/soderhamn/dialoger/oppen",
        "Cookie": "who=anna",
        "Accept-Language": "ar",
        "X-Forwarded-For": "203.0.113.9",
    }
    get(f"{TILE}?name=anna", headers=private)
    [(path, headers)] = source.asked
    assert set(headers) <= {"Host", "User-Agent", "Accept-Encoding", "Connection"}
    assert headers["User-Agent"] == "Trygghetsdialog"
    assert "anna" not in path


@pytest.mark.parametrize(
    "tile",
    ["12/0/0", "12/99999/1159", "3/4/2", "18/143531/74211", "999999999/1/1", "7/70/36"]
    + ["12/2242/999999", f"12/2242/{10**400}", f"12/{10**400}/1159"],
)
def test_only_tiles_of_the_municipalities_are_asked_for(
    get: Get, source: Source, tile: str
) -> None:
    assert get(f"/grundkarta/bild/{tile}").status_code == 404
    assert source.asked == []


@pytest.mark.parametrize(
    "answer",
    [
        (500, {}, b""),
        (200, {"Content-Type": "image/png"}, b"<html>sign in</html>"),
        (200, {}, PNG + b"x" * 2_000_000),
        (302, {"Location": "http://127.0.0.1:9/secret.png"}, b""),
        (304, {}, b""),
        (200, {"Content-Length": str(len(PNG) + 1)}, PNG),  # cut off on its way
    ],
)
def test_a_source_that_fails_leaves_a_hole_and_is_left_alone_for_a_while(
    get: Get, source: Source, answer: tuple[int, dict[str, str], bytes]
) -> None:
    source.answer = answer
    for _ in range(2):
        failed = get(TILE)
        assert failed.status_code == 503
        assert failed.data == b""
        assert failed.headers["Cache-Control"] == "no-store"
    assert len(source.asked) == 1


@pytest.mark.parametrize(
    "come",
    [b"HTTP/1.", b"HTTP/1.0 200 OK\r\nX-Map", b"HTTP/1.0 200 OK\r\n\r\n" + PNG,
     b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1"],
    ids=["first line", "headers", "picture", "length of a chunk"],
)  # fmt: skip
def test_a_source_that_trickles_holds_nobody_up_whatever_it_has_come_to(
    get: Get, source: Source, monkeypatch: pytest.MonkeyPatch, come: bytes
) -> None:
    given_up = threading.Event()
    waited: list[bool] = []
    clock = [0.0]

    def trickle(out: BinaryIO) -> None:
        out.write(come)
        clock[0] = 3600.0
        with suppress(OSError):  # who gave up at once does not hear it
            out.write(b"0")
        waited.append(given_up.wait(5))

    source.trickle = trickle
    monkeypatch.setattr("webapp.timed_requests.monotonic", lambda: clock[0])
    monkeypatch.setattr("webapp.raster_source._TIMEOUT_S", 60.0)  # each piece comes in time
    assert get(TILE).status_code == 503
    given_up.set()
    source.server.shutdown()  # returns when the answer under way has been dealt with
    assert waited == [True]


@pytest.mark.parametrize("status", [400, 404, 410])
def test_a_tile_that_the_source_does_not_have_takes_no_other_away(
    get: Get, source: Source, status: int
) -> None:
    source.answer = (status, {}, b"")
    assert get(TILE).status_code == 503
    source.answer = (200, {}, PNG)
    assert get("/grundkarta/bild/12/2242/1160").data == PNG


def test_a_tile_that_is_no_picture_is_left_alone_and_takes_no_other_away(
    get: Get, source: Source
) -> None:
    source.answer = (200, {"Content-Type": "text/xml"}, b"<ServiceException/>")
    assert [get(TILE).status_code for _ in range(2)] == [503, 503]
    assert len(source.asked) == 1
    source.answer = (200, {}, PNG)
    assert get("/grundkarta/bild/12/2242/1160").data == PNG
    assert get(TILE).status_code == 503


def test_an_old_picture_is_shown_while_the_source_is_away(
    get: Get, source: Source, raster: RasterSource, monkeypatch: pytest.MonkeyPatch
) -> None:
    get(TILE)
    source.answer = (500, {}, b"")
    monkeypatch.setattr("webapp.raster_source.KEPT_S", -1)
    assert get(TILE).data == PNG


def test_the_oldest_pictures_make_room(tmp_path: Path) -> None:
    for age in range(10):
        file = tmp_path / "12" / str(age)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x" * 100)
        os.utime(file, (1_000_000 - age, 1_000_000 - age))
    sweep(tmp_path, 500)
    assert sorted(int(file.name) for file in (tmp_path / "12").iterdir()) == [0, 1, 2, 3, 4]


def test_a_wms_source_is_asked_by_the_box_of_the_tile() -> None:
    template = "https://maps.example/wms?bbox={bbox}&crs=EPSG:3857"
    url = tile_address(template, 1, 1, 0)
    assert url == "https://maps.example/wms?bbox=0.00,0.00,20037508.34,20037508.34&crs=EPSG:3857"


def test_tiles_beside_a_municipality_are_wanted_and_those_far_off_are_not() -> None:
    assert is_wanted(12, 2242, 1159, AREAS)
    assert not is_wanted(12, 2142, 1165, AREAS)
    assert not is_wanted(12, 2242, 1159, [])
