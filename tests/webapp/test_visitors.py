"""Who is told from whom by rate limits, and what is kept of it."""

from typing import Any

import pytest
from werkzeug.middleware.proxy_fix import ProxyFix

from webapp.edge.address_keys import KEY_BYTES, KEY_LIFETIME_S, RedisKey, RenewedKey
from webapp.edge.proxy_watch import ENOUGH, LOOKED_AT, ProxyFault, ProxyWatch
from webapp.edge.visitors import Visitor, read_visitor


def visitor(
    address: str, forwarded: str = "", trusted: int = 0, watch: ProxyWatch | None = None
) -> Visitor:
    """Whom the application sees behind ``trusted`` proxies."""
    environ: dict[str, Any] = {"REMOTE_ADDR": address, "HTTP_HOST": "localhost"}
    if forwarded:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    if trusted:
        ProxyFix(lambda *_: [], x_for=trusted)(environ, lambda *_: None)  # type: ignore[arg-type]
    return read_visitor(environ, trusted, watch or ProxyWatch())


def test_an_address_of_the_internet_is_one_visitor() -> None:
    assert visitor("203.0.113.7") == Visitor("203.0.113.7", is_shared=False, fault=None)


def test_a_household_with_ipv6_is_one_visitor_whatever_address_it_takes() -> None:
    here = visitor("2001:db8:1:2:aaaa::1").network
    assert here == visitor("2001:db8:1:2:bbbb:cccc:dddd:eeee").network
    assert here != visitor("2001:db8:1:3::1").network
    assert visitor("::ffff:203.0.113.7").network == "203.0.113.7"


def test_the_trusted_proxy_says_who_it_is_and_a_visitor_cannot() -> None:
    true = visitor("127.0.0.1", "203.0.113.7", trusted=1)
    assert true == Visitor("203.0.113.7", is_shared=False, fault=None)
    lying = visitor("127.0.0.1", "198.51.100.1, 203.0.113.7", trusted=1)
    assert (lying.network, lying.is_shared) == ("203.0.113.7", False)
    assert visitor("203.0.113.7", "198.51.100.1").network == "203.0.113.7"


@pytest.mark.parametrize(
    ("address", "forwarded", "trusted"),
    [
        ("127.0.0.1", "203.0.113.7", 0),  # a proxy that the setting forgets
        ("10.0.0.5", "", 0),  # one that says nothing
        ("10.0.0.5", "", 1),  # one that is trusted and says nothing
        ("10.0.0.5", "203.0.113.7, 10.0.0.9", 1),  # two where one is trusted
        ("10.0.0.5", "203.0.113.7", 2),  # one where two are trusted
        ("192.0.2.9", "", 1),  # a proxy on the internet that says nothing
        ("10.0.0.5", "unknown", 1),
        ("", "", 0),  # a socket without an address
    ],
)
def test_behind_a_proxy_that_does_not_tell_everybody_shares(
    address: str, forwarded: str, trusted: int
) -> None:
    assert visitor(address, forwarded, trusted).is_shared


def test_ports_and_brackets_that_proxies_add_are_left_out() -> None:
    assert visitor("127.0.0.1", "203.0.113.7:4711", trusted=1).network == "203.0.113.7"
    assert visitor("127.0.0.1", "[2001:db8::1]:443", trusted=1).network == "2001:db8::/64"


def test_the_setting_is_called_wrong_when_all_networks_say_so() -> None:
    watch = ProxyWatch()
    changes = [watch.note("192.0.2.9", ProxyFault.UNTRUSTED) for _ in range(ENOUGH)]
    assert changes == [False] * (ENOUGH - 1) + [True]
    assert watch.finding is ProxyFault.UNTRUSTED
    # Behind a proxy of the internet nothing else would tell that it is not a visitor.
    assert visitor("192.0.2.9", "203.0.113.7", watch=watch).is_shared


def test_one_visitor_who_invents_headers_makes_no_setting_wrong() -> None:
    watch = ProxyWatch()
    watch.note("203.0.113.8", None)
    for _ in range(1000):
        watch.note("203.0.113.7", ProxyFault.UNTRUSTED)
    assert watch.finding is None


def test_only_the_latest_networks_are_looked_at() -> None:
    watch = ProxyWatch()
    for n in range(LOOKED_AT):
        watch.note(f"203.0.113.{n}", None)
    for n in range(LOOKED_AT):
        watch.note(f"192.0.2.{n}", ProxyFault.MISSING)
    assert watch.finding is ProxyFault.MISSING
    assert len(watch._latest) == LOOKED_AT
    assert not any("." in name for name in watch._latest)


def test_the_key_is_another_every_ten_minutes_and_at_every_start() -> None:
    at = [0.0]
    key = RenewedKey(lambda: at[0])
    first = key.current()
    at[0] = KEY_LIFETIME_S - 1
    assert key.current() == first
    at[0] = KEY_LIFETIME_S
    assert key.current() != first
    assert RenewedKey().current() != RenewedKey().current()


def test_processes_share_a_key_through_redis_which_drops_it_by_itself() -> None:
    class Redis:
        def __init__(self) -> None:
            self.kept: dict[str, bytes] = {}
            self.lifetimes: set[int] = set()

        def set(self, name: str, value: bytes, *, nx: bool, ex: int) -> None:
            assert nx
            self.kept.setdefault(name, value)
            self.lifetimes.add(ex)

        def get(self, name: str) -> bytes | None:
            return self.kept.get(name)

    redis = Redis()
    assert RedisKey(redis).current() == RedisKey(redis).current()
    assert redis.lifetimes == {KEY_LIFETIME_S}


def test_a_redis_that_is_away_breaks_no_page() -> None:
    assert len(RedisKey(None).current()) == KEY_BYTES
