"""Keys and codes of answers: made from a secret, stored only as hashes.

A receipt code is three pronounceable words of three syllables each, 75^9 codes or 56 bits. It is
derived from the answer's key, so that a second sending shows the same code, though neither is kept.
"""

import hmac
import re
import unicodedata
from hashlib import sha256

# Letters that are heard, read and typed alike on any keyboard.
_CONSONANTS = "bdfghjklmnprstv"
_VOWELS = "aeiou"
_SYLLABLES = tuple(c + v for c in _CONSONANTS for v in _VOWELS)
_WORDS = 3
_SYLLABLES_A_WORD = 3
_CODE = re.compile(f"(?:[{_CONSONANTS}][{_VOWELS}]){{{_WORDS * _SYLLABLES_A_WORD}}}")
_HEARD_AS = str.maketrans({"c": "k", "q": "k", "w": "v", "z": "s", "y": "i"})
# Nobody should be handed a code that begins a conversation of its own.
_UNWELCOME = re.compile("kuk|fit|hor|neg|bog|pul|rap|ped|nas|naz|run|luder|gang|knu|jude|dod|mord")


def hash_key(secret: str, key: str) -> str:
    """What is stored of an idempotency key, as 64 hex digits."""
    return _keyed(secret, "key", key).hex()


def make_code(secret: str, dialogue_id: int, key: str) -> str:
    """The receipt code of the answer with ``key``, as words with spaces between."""
    attempt = 0
    while True:
        code = _spell(_keyed(secret, "receipt", str(dialogue_id), key, str(attempt)))
        if not _UNWELCOME.search(code):
            return code
        attempt += 1


def hash_code(secret: str, code: str) -> str | None:
    """What is stored of a receipt code, as 64 hex digits; None for what cannot be a code."""
    letters = normalise_code(code)
    return None if letters is None else _keyed(secret, "code", letters).hex()


def normalise_code(typed: str) -> str | None:
    """The letters of a code as they were given out; None where ``typed`` cannot be one.

    Case, spaces, hyphens and the dots over letters do not matter.
    """
    if len(typed) > 200:
        return None
    plain = unicodedata.normalize("NFKD", typed).casefold().translate(_HEARD_AS)
    letters = "".join(c for c in plain if c.isalpha())
    return letters if _CODE.fullmatch(letters) else None


def _spell(digest: bytes) -> str:
    number = int.from_bytes(digest, "big")
    syllables = []
    for _ in range(_WORDS * _SYLLABLES_A_WORD):
        number, index = divmod(number, len(_SYLLABLES))
        syllables.append(_SYLLABLES[index])
    starts = range(0, len(syllables), _SYLLABLES_A_WORD)
    return " ".join("".join(syllables[i : i + _SYLLABLES_A_WORD]) for i in starts)


def _keyed(secret: str, *parts: str) -> bytes:
    message = "\x1f".join(parts).encode()
    return hmac.new(secret.encode(), message, sha256).digest()
