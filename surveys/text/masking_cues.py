"""The word before a number that says what the number is."""

import re
from typing import Literal

from surveys.text.masking_digits import Chain

Cue = Literal["pnr", "account", "giro", "card", "swish", "phone", "other"]

_REACH = 40  # characters before the number: "mitt personnummer om ni behöver det är "
_NEW_SENTENCE = re.compile(r"[.!?]\s")
_CUES = re.compile(
    r"(?P<pnr>\bpe\w{1,7}n\w{0,3}m+e?r|\bpers\.?\s?-?\s?n\w{0,2}r\b|\bp-?nr\b|personnr"
    r"|samordn\w*|person\w*numm?e?r|födelsenum\w+|personal (?:identity )?number)"
    r"|(?P<account>\bk[oå]n+to(?:t|s|n\w*)?\b|bank?konto\w*|sparkonto\w*|lönekonto\w*"
    r"|personkonto\w*|clear\w*|cleri\w*|kontonum\w*|\b(?:swedbank|nordea|handelsbanken|seb|sbab"
    r"|skandia\w*|länsförsäkringar|sparbanken|danske bank|ica[- ]banken)\b)"
    r"|(?P<giro>\bbank?\s?giro\w*|\bplus\s?giro\w*|\bpost\s?giro\w*|\b[bp]g(?:-?(?:nr"
    r"|nummer))?\b)"
    r"|(?P<card>(?:bank|kredit|betal|visa|master)-?kort\w*|\bkort(?:et|n\w*)?\b|\bvisa\b"
    r"|mastercard)"
    r"|(?P<swish>\bsw[ie]sc?h\w*)"
    r"|(?P<phone>\bt\w{0,2}le?f\w*|\btel\w{0,2}\b|\btfn\b|\w*mobil\w*|\bmob\b|\bring\w{0,2}\b"
    r"|\bsms\w*|\bnås\b|\bnår\b|\bphone\b|\bcall\b|whats\s?app|viber|\bsignal\b|\bslå\b"
    r"|\b(?:hans|hennes|mitt|deras|vårt)\s+(?:nr|nummer)\b|\bnumret\b|\blur(?:en)?\b)"
    r"|(?P<other>\bärende\w*|\bdnr\b|\bdiarie\w*|\border\w*|\bfaktur\w*|\bref(?:erens\w*)?\b"
    r"|\bkvitto\w*|\bartikel\w*|\borg\w*\.?\s?-?n\w*r|\bboknings\w*|\bocr\b|\banmälan\w*)",
    re.IGNORECASE,
)


def cue_before(text: str, chain: Chain, first: int) -> Cue | None:
    """What the last telling word shortly before group ``first`` of ``chain`` announces."""
    place = chain.groups[first].start
    if place - chain.groups[0].start > _REACH:
        return None  # only digits stand there
    last = None
    for found in _CUES.finditer(text, max(0, place - _REACH), place):
        last = found
    if last is None or _NEW_SENTENCE.search(text, last.end() + 2, place):
        return None
    cue: Cue = last.lastgroup  # type: ignore[assignment]  # the names of the groups are the cues
    return cue
