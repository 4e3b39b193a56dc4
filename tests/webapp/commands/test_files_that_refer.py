"""Files that hold no shapes but say where they are: no host is asked and no other file is read."""

import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.geography import Area
from surveys.models.municipality import Municipality
from webapp.cli import cli

Run = Callable[..., Result]
HERE = ("--municipality", "soderhamn", "--source", "SCB")
AREAS = ("import", "areas")
SECRET = "HEMLIGT"
VIRTUAL = "<OGRVRTDataSource><OGRVRTLayer name='{layer}'>{source}</OGRVRTLayer></OGRVRTDataSource>"
PIPELINE = '{{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read {source} !'
PIPELINE += ' reproject --dst-crs EPSG:4326"}}'
SHAPE = '{"type": "Polygon", "coordinates": [[[17,61],[17.1,61],[17.1,61.1],[17,61]]]}'
FEATURE = '{{"type": "Feature", "properties": {{"kod": "A"}}, "geometry": {shape}}}'
LINKED = '{{"type": "FeatureCollection", "crs": {{"type": "link", "properties": {{"href":'
LINKED += ' "{host}/crs", "type": "ogcwkt"}}}}, "features": [{feature}]}}'


class Host:
    """A host on this computer that keeps what it is asked for."""

    def __init__(self) -> None:
        self.asked = asked = list[str]()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_error(404)

            def do_HEAD(self) -> None:
                self.do_GET()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}"


@pytest.fixture
def host() -> Iterator[Host]:
    host = Host()
    thread = threading.Thread(target=host.server.serve_forever, daemon=True)
    thread.start()
    yield host
    host.server.shutdown()
    thread.join()
    host.server.server_close()


@pytest.fixture
def run(app: Flask, session: Session, municipality: Municipality) -> Run:
    session.commit()

    def invoke(*arguments: object) -> Result:
        with app.app_context():
            return CliRunner().invoke(cli, [str(it) for it in arguments], catch_exceptions=False)

    return invoke


def secret_file(folder: Path) -> Path:
    """A file of geography that nobody has asked to import."""
    square = shapely.box(17.0, 61.2, 17.1, 61.3)
    frame = gpd.GeoDataFrame({"kod": [SECRET], "kind": ["river"]}, geometry=[square], crs=4326)
    frame.to_file(folder / "secret.gpkg", layer="secret")
    return folder / "secret.gpkg"


def commands(file: Path) -> list[tuple[object, ...]]:
    """Each command that opens a file by GDAL."""
    return [
        (*AREAS, file, *HERE, "--kind", "deso", "--code", "kod"),
        ("import", "outline", file, *HERE[:2]),
        ("import", "places", file, *HERE),
        ("import", "population", file, *HERE, "--population", "kod"),
        ("import", "streets", file, *HERE),
        ("import", "basemap", file, "--attribution", "X"),
    ]


def test_no_host_is_asked(run: Run, host: Host, tmp_path: Path) -> None:
    virtual = VIRTUAL.format(
        layer="x", source=f"<SrcDataSource>/vsicurl/{host.address}/a.geojson</SrcDataSource>"
    )
    service = VIRTUAL.format(layer="x", source=f"<SrcDataSource>WFS:{host.address}</SrcDataSource>")
    files = {
        "virtual.geojson": virtual,
        "service.geojson": service,
        "server.gml": f"<OGRWFSDataSource><URL>{host.address}/wfs</URL></OGRWFSDataSource>",
        "steps.json": PIPELINE.format(source=f"/vsicurl/{host.address}/b.geojson"),
        "link.geojson": LINKED.format(host=host.address, feature=FEATURE.format(shape=SHAPE)),
    }
    for name, content in files.items():
        (tmp_path / name).write_text(content)
        for command in commands(tmp_path / name):
            result = run(*command)
            assert "Traceback" not in result.output
            assert host.asked == [], (name, command)


@pytest.mark.parametrize("name", ["virtual.geojson", "virtual.zip", "steps.geojson"])
def test_no_other_file_is_read(run: Run, session: Session, tmp_path: Path, name: str) -> None:
    source = secret_file(tmp_path)
    virtual = VIRTUAL.format(layer="secret", source=f"<SrcDataSource>{source}</SrcDataSource>")
    if name.endswith(".zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as packed:
            packed.writestr("virtual.vrt", virtual)
    else:
        is_virtual = name.startswith("virtual")
        content = virtual if is_virtual else PIPELINE.format(source=source)
        (tmp_path / name).write_text(content)

    for command in commands(tmp_path / name):
        result = run(*command)
        assert result.exit_code == 2, (command, result.output)
        assert SECRET not in result.output
    session.rollback()
    assert session.scalars(select(Area.code)).all() == []
    assert run(*AREAS, source, *HERE, "--kind", "deso").exit_code == 0  # the file itself is one


def test_a_packed_file_is_as_large_as_what_it_holds(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maps.files.geofiles.MAX_BYTES", 3_000_000)
    path = tmp_path / "packed.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("areas.geojson", " " * 4_000_000 + FEATURE.format(shape=SHAPE))
    assert path.stat().st_size < 100_000

    result = run(*AREAS, path, *HERE, "--kind", "deso")

    assert result.exit_code == 2
    assert "större än 3 MB" in result.stderr
