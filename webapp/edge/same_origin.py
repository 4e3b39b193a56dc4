"""Whether a form was sent from a page of this site, told without a cookie.

Residents' pages set no cookie, so a token tied to one cannot guard their form. The browser itself
says where a request comes from; one that says nothing (old, or behind a proxy that strips headers)
is let in, since an answer carries nobody's rights.
"""

from urllib.parse import urlsplit

from flask import request


def is_cross_site() -> bool:
    """Whether the browser says that another site sent this request."""
    site = request.headers.get("Sec-Fetch-Site", "").strip().lower()
    if site:
        return site == "cross-site"
    # Older browsers and plain HTTP: the host alone is compared, since a proxy in front of us may
    # speak another scheme and port. "null" is what private modes and in-app browsers send.
    origin = request.headers.get("Origin", "").strip()
    if not origin or origin == "null":
        return False
    return _host(origin) != _host(f"//{request.host}")


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None
