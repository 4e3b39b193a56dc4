"""How many answers come, from one address and in all: counted in memory or Redis, and forgotten.

A school class answers from one address within minutes. So many answers from one address are only
marked, and only a rate that no class reaches is asked to wait.
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

logger = logging.getLogger(__name__)

# More from one address are marked BURST: above a family and a library, below a school class.
USUAL = RateLimitItemPerMinute(20, 5)
# More are asked to wait: a school of a thousand that answers in ten minutes stays below.
ABSURD = RateLimitItemPerMinute(300)
# The same where all residents may stand behind one address: what the server can take in.
ABSURD_TOGETHER = RateLimitItemPerMinute(3000)

LOAD_WINDOW_S = 300
LOAD_ANSWERS = 150  # within the window: several schools at once
LOAD_STAYS_S = 600


class AddressCounts:
    """Counts per visitor, in the storage of ``url`` (memory:// or redis://)."""

    def __init__(self, url: str) -> None:
        self.storage = storage_from_string(url)
        self._counts = FixedWindowRateLimiter(self.storage)

    def exceeds(self, limit: RateLimitItem, what: str, key: Callable[[], str]) -> bool:
        """Count one more of ``what`` and say whether it is beyond ``limit``.

        Where the storage is away everything is let in: a limit is no reason to lose an answer.
        """
        try:
            return not self._counts.hit(limit, what, key())
        except Exception:
            logger.exception("rate limits cannot be counted, and everything is let in")
            return False


class Load:
    """How many answers came in all within the last minutes, and since when it has been many."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        # Longer than the threshold says nothing more.
        self._latest: deque[float] = deque(maxlen=LOAD_ANSWERS)
        self._since = self._until = 0.0

    def note_answer(self) -> None:
        """Take one answer in."""
        with self._lock:
            now = self._clock()
            self._latest.append(now)
            full = len(self._latest) == LOAD_ANSWERS
            if full and now - self._latest[0] <= LOAD_WINDOW_S:
                if now >= self._until:
                    self._since = now
                self._until = now + LOAD_STAYS_S

    def high_for_s(self) -> float | None:
        """For how many seconds it has been high, counted on for ten minutes after; else None."""
        with self._lock:
            now = self._clock()
            return now - self._since if now < self._until else None
