"""Proof of work under load (ALTCHA): little for each browser, much for a machine that floods.

The work proves nothing about a person, and whoever brings none is let in all the same: the answer
is marked. Signatures that have been used are remembered in memory until they expire.
"""

import enum
import hmac
import secrets
import threading
import time
from hashlib import sha256
from typing import Any

from altcha import Payload, create_challenge, verify_solution

ALGORITHM = "PBKDF2/SHA-256"
ROUNDS = 1000  # of the derivation that each try costs
FEWEST_TRIES, MOST_TRIES = 300, 900  # a second or two of an old phone, while somebody reads
LIFETIME_S = 3600  # longer than an answer takes; the widget asks for another when it is over
# Pages that lay open when the load rose have no widget.
GRACE_S = 600
MAX_PROOF = 4000  # characters; a real one has about 700


class ProofMode(enum.Enum):
    """When browsers are asked for work."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


class Proofs:
    """Hands out challenges and takes each solution once. Times are the machine's own clock."""

    def __init__(self, secret: str) -> None:
        self._key = hmac.digest(secret.encode(), b"proof-of-work", sha256)
        self._solution_key = hmac.digest(secret.encode(), b"proof-of-work-solution", sha256)
        self._lock = threading.Lock()
        self._used: dict[str, tuple[float, bytes]] = {}  # signature -> expiry, for which answer

    def challenge(self) -> dict[str, Any]:
        """A new challenge as the widget reads it."""
        tries = FEWEST_TRIES + secrets.randbelow(MOST_TRIES - FEWEST_TRIES)
        challenge = create_challenge(
            ALGORITHM,
            ROUNDS,
            counter=tries,
            expires_at=int(time.time()) + LIFETIME_S,
            hmac_secret=self._key,
            hmac_key_secret=self._solution_key,
        )
        return dict(challenge.to_dict())

    def accepts(self, proof: str, answer_key: str) -> bool:
        """Whether ``proof`` is a solution that no other answer than ``answer_key`` has used."""
        payload = _read(proof)
        if payload is None:
            return False
        result = verify_solution(payload, self._key, hmac_key_secret=self._solution_key)
        # What we sign has all of these; the check is cheap and keeps the library's slow path shut.
        signature, parameters = payload.challenge.signature, payload.challenge.parameters
        if not result.verified or not signature or not parameters.expires_at:
            return False
        return self._use(signature, parameters.expires_at, sha256(answer_key.encode()).digest())

    def _use(self, signature: str, expires_at: float, answer: bytes) -> bool:
        """Sent again with its own answer a proof is no replay: the line may have broken."""
        now = time.time()
        with self._lock:
            for old in [s for s, (until, _) in self._used.items() if until < now]:
                del self._used[old]
            return self._used.setdefault(signature, (expires_at, answer))[1] == answer


def is_asked_for(mode: ProofMode, high_for_s: float | None) -> bool:
    """Whether pages that are delivered now carry the widget."""
    return mode is ProofMode.ON or (mode is ProofMode.AUTO and high_for_s is not None)


def is_owed(mode: ProofMode, high_for_s: float | None) -> bool:
    """Whether an answer without proof is marked now."""
    if mode is ProofMode.AUTO:
        return high_for_s is not None and high_for_s >= GRACE_S
    return mode is ProofMode.ON


def _read(proof: str) -> Payload | None:
    if not proof or len(proof) > MAX_PROOF:
        return None
    try:
        return Payload.from_base64(proof)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
