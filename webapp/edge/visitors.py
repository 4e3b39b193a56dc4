"""Where a request comes from, told apart without keeping it: for rate limits and nothing else.

What is counted under is a hash of the network address, with the key of
``webapp.edge.address_keys``.
"""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request

from webapp.edge.address_keys import hashed
from webapp.edge.proxy_watch import ProxyFault, ProxyWatch

# A household or a phone has at least this much of an IPv6 address to itself, and changes the rest.
IPV6_PREFIX = 64
OWN_NETWORKS = tuple(
    map(
        ipaddress.ip_network,
        (
            *("127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16"),
            *("100.64.0.0/10", "::1/128", "fc00::/7", "fe80::/10"),
        ),
    )
)
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Visitor:
    """One network that requests come from.

    ``is_shared``: the address is a proxy's or cannot be told, so that everybody may stand behind
    it and limits for one visitor must not be put on it. ``fault`` says what speaks for a wrong
    ``TRUSTED_PROXIES``.
    """

    network: str
    is_shared: bool
    fault: ProxyFault | None


def read_visitor(environ: Mapping[str, Any], trusted_proxies: int, watch: ProxyWatch) -> Visitor:
    """Who sends the request of ``environ``, as ``ProxyFix`` left it with ``trusted_proxies``."""
    before_us = _parse(environ.get("werkzeug.proxy_fix.orig", environ).get("REMOTE_ADDR", ""))
    address = _parse(environ.get("REMOTE_ADDR", ""))
    hops = [hop for hop in environ.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    fault = None
    if len(hops) > trusted_proxies:
        fault = ProxyFault.UNTRUSTED
    elif len(hops) < trusted_proxies:
        fault = ProxyFault.MISSING
    known = address or before_us
    # A visitor can add hops of their own but take none away.
    is_shared = (
        address is None
        or _is_own(address)
        or fault is ProxyFault.MISSING
        or watch.finding is not None
    )
    return Visitor(_network(known) if known else "unknown", is_shared, fault)


def current_visitor() -> Visitor:
    """Who sends this request; read once and kept with the request."""
    if "visitor" not in g:
        app = current_app
        g.visitor = read_visitor(
            request.environ, app.config["TRUSTED_PROXIES"], app.extensions["proxy_watch"]
        )
    visitor = g.visitor
    if not isinstance(visitor, Visitor):
        raise TypeError("g.visitor is ours")
    return visitor


def address_key() -> str:
    """This visitor's key in rate limits: worth nothing once the key behind it is renewed."""
    key: bytes = current_app.extensions["address_keys"].current()
    return hashed(current_visitor().network, key)


def _parse(text: str) -> Address | None:
    """An address as servers and proxies write it: ``[::1]:80``, ``10.0.0.1:80``, ``fe80::1%2``."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _is_own(address: Address) -> bool:
    return any(address in network for network in OWN_NETWORKS)


def _network(address: Address) -> str:
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
