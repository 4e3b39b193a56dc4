"""Whether ``TRUSTED_PROXIES`` fits the proxies that stand before the server, seen from outside.

With a wrong number every resident has the same address, and limits for one would lock out all.
One visitor can send any header, so it takes most of the latest networks to call it wrong. What is
remembered of a network is whether its number of proxies fitted, under a hash with a renewed key.
"""

import enum
import threading
from collections import OrderedDict

from webapp.edge.address_keys import RenewedKey, hashed

LOOKED_AT = 60  # the latest networks
ENOUGH = 20  # requests
MOST = 0.9


class ProxyFault(enum.Enum):
    """How the number of proxies that a request came through differs from the setting."""

    UNTRUSTED = "untrusted"  # more than TRUSTED_PROXIES says
    MISSING = "missing"  # fewer: a proxy passes X-Forwarded-For on to nobody


class ProxyWatch:
    """What the latest requests say. ``finding`` is the fault that most networks have, if any."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys = RenewedKey()
        self._latest: OrderedDict[str, ProxyFault | None] = OrderedDict()
        self._n_requests = 0
        self.finding: ProxyFault | None = None

    def note(self, network: str, fault: ProxyFault | None) -> bool:
        """Take one request in; return whether the finding has just become another."""
        name = hashed(network, self._keys.current())
        with self._lock:
            self._n_requests += 1
            self._latest[name] = fault
            self._latest.move_to_end(name)
            if len(self._latest) > LOOKED_AT:
                self._latest.popitem(last=False)
            before, self.finding = self.finding, self._judge()
            return self.finding is not before

    def _judge(self) -> ProxyFault | None:
        if self._n_requests < ENOUGH:
            return None
        faults = list(self._latest.values())
        return next((f for f in ProxyFault if faults.count(f) >= MOST * len(faults)), None)
