"""Browser assets: `asset("main.css")` in templates, and the files behind it.

`make assets` (webapp/frontend/build.mjs) writes static/build: every file with a hash of its
content in its name, beside it the same bytes compressed as .br and .gz, and manifest.json that
maps plain names to hashed ones. A hashed name never changes its content, so browsers may keep it
for a year and never ask again.
"""

import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, current_app, g, request, url_for
from werkzeug.http import quote_etag

from webapp.tinted_sheets import (
    TINTED,
    ColorConverter,
    ThemeConverter,
    color_of,
    own_color,
    theme_address,
    tinted_sheet,
)

YEAR = 31_536_000
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))


class AssetsNotBuilt(RuntimeError):
    """static/build has no manifest: `make assets` has not been run."""


@dataclass(frozen=True)
class Assets:
    """One build. `names` maps plain to hashed file names; `stamp` tells builds apart."""

    folder: Path
    names: dict[str, str]
    stamp: int


def read_assets(folder: Path) -> Assets:
    """Read the manifest of a build.

    Raises AssetsNotBuilt where there is none.
    """
    stamp = _stamp(folder)
    try:
        names = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise AssetsNotBuilt("The browser assets are not built. Run: make assets") from None
    return Assets(folder, names, stamp)


def _folder() -> Path:
    return Path(current_app.static_folder or "") / "build"


def _assets() -> Assets:
    """The build in use: read once, and again when a new build stands in its place."""
    kept: Assets | None = current_app.extensions.get("assets")
    if kept is None or _stamp(kept.folder) != kept.stamp:
        kept = read_assets(_folder())
        current_app.extensions["assets"] = kept
    return kept


def _stamp(folder: Path) -> int:
    """When the build was finished, in nanoseconds; 0 where there is none."""
    try:
        return (folder / "manifest.json").stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def asset(name: str) -> str:
    """The address of a built file by its plain name, "main.css".

    On the pages of a municipality with a colour of its own, a style sheet is one in that colour.
    Raises KeyError for a name that the build does not know.
    """
    build = _assets()
    municipality = g.get("municipality")
    color = own_color(municipality.brand_color) if municipality else None
    if color is None or name not in TINTED:
        return url_for("built_asset", name=build.names[name])
    theme = theme_address(color, secret=current_app.config["SECRET_KEY"])
    return url_for("tinted_asset", theme=theme, name=build.names[name])


def hashed_name(name: str) -> str:
    """The file name with its hash of a built file, "main-1a2b3c4d5e.css" for "main.css".

    Raises KeyError for a name that the build does not know.
    """
    return _assets().names[name]


def built_asset(name: str) -> Response:
    """Send a built file in the smallest form that the browser takes."""
    build = _assets()
    if name not in build.names.values():
        abort(404)
    encoding, suffix = _encoding(build.folder / name)
    content = (build.folder / (name + suffix)).read_bytes()
    return _immutable(name, content, encoding, tag=f"{name}{suffix}")


def tinted_asset(theme: str, name: str) -> Response:
    """Send a style sheet in a municipality's colour, at an address that `asset` has given out."""
    build = _assets()
    color = color_of(theme, secret=current_app.config["SECRET_KEY"])
    if color is None or name not in {build.names.get(plain) for plain in TINTED}:
        abort(404)
    encoding = next((e for e, _ in ENCODINGS if request.accept_encodings.quality(e) > 0), "")
    content = tinted_sheet(build.folder / name, build.stamp, color, encoding)
    return _immutable(name, content, encoding, tag=f"{theme}-{name}-{encoding}")


def _immutable(name: str, content: bytes, encoding: str, *, tag: str) -> Response:
    response = Response(content)
    response.mimetype = mimetypes.guess_type(name)[0] or "application/octet-stream"
    if encoding:
        response.content_encoding = encoding
    response.vary.add("Accept-Encoding")
    response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    # A coded form is another representation, so it has another tag than the plain file.
    response.headers["ETag"] = quote_etag(tag)
    response.make_conditional(request)
    return response


def _encoding(path: Path) -> tuple[str, str]:
    for encoding, suffix in ENCODINGS:
        wanted = request.accept_encodings.quality(encoding) > 0
        if wanted and path.with_name(path.name + suffix).is_file():
            return encoding, suffix
    return "", ""


def init_assets(app: Flask) -> None:
    """Give templates `asset` and serve /static/build/."""
    app.add_template_global(asset, "asset")
    # More specific than Flask's own /static/<path>, so it wins.
    app.add_url_rule("/static/build/<path:name>", "built_asset", built_asset)
    app.url_map.converters["theme"] = ThemeConverter
    app.url_map.converters["color"] = ColorConverter
    app.add_url_rule("/static/build/<theme:theme>/<path:name>", "tinted_asset", tinted_asset)
