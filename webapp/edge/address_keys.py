"""Keys that addresses are hashed with: drawn at random and renewed every ten minutes.

They are kept in memory (or in Redis, where they expire by themselves). When a key is gone, nobody
can lead a hash back to an address, and no two ten minutes can be put together.
"""

import secrets
import threading
import time
from collections.abc import Callable
from hashlib import blake2b
from typing import Any

KEY_LIFETIME_S = 600
KEY_BYTES = 32


class RenewedKey:
    """A random key that lives for ten minutes in this process's memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._key = secrets.token_bytes(KEY_BYTES)
        self._renew_at = clock() + KEY_LIFETIME_S

    def current(self) -> bytes:
        """The key of these ten minutes; the one before is forgotten."""
        with self._lock:
            if self._clock() >= self._renew_at:
                self._key = secrets.token_bytes(KEY_BYTES)
                self._renew_at = self._clock() + KEY_LIFETIME_S
            return self._key


class RedisKey:
    """The same for several processes: the first draws it, Redis drops it after ten minutes."""

    NAME = "trygghetsdialog:address-key"

    def __init__(self, client: Any) -> None:
        self._client = client
        self._own = RenewedKey()

    def current(self) -> bytes:
        """The key of these ten minutes; while Redis is away, one of this process alone."""
        drawn = self._own.current()
        try:
            self._client.set(self.NAME, drawn, nx=True, ex=KEY_LIFETIME_S)
            return bytes(self._client.get(self.NAME) or drawn)
        # Whatever a client raises: no page may break for a limit.
        except Exception:  # noqa: BLE001
            return drawn


def hashed(network: str, key: bytes) -> str:
    """``network`` under ``key``: what may be kept for as long as the key lives."""
    return blake2b(network.encode(), key=key, digest_size=12).hexdigest()
