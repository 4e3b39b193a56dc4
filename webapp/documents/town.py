"""The town at dusk, as the pages draw it, in colours that a picture or a printer can take."""

from flask import render_template
from jinja2 import Template


def town(slug: str, colours: dict[str, str]) -> str:
    """The municipality's picture as an SVG document.

    ``colours`` names the parts: far, mid, near, win, glow, post.
    """
    names: list[str | Template] = [f"towns/{slug}.html", "towns/any.html"]
    drawn = render_template(names).strip()
    rules = "".join(f".sky-{part}{{fill:{colour}}}" for part, colour in colours.items())
    rules += f".sky-post{{fill:none;stroke:{colours['post']};stroke-width:2.5}}"
    start = drawn.index("<svg")
    head, rest = drawn[start : drawn.index(">", start)], drawn[drawn.index(">", start) :]
    return f'{head} xmlns="http://www.w3.org/2000/svg" width="1200" height="216">' + (
        f"<style>{rules}</style>{rest[1:]}"
    )
