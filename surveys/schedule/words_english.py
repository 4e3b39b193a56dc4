"""English phrases -> the Swedish that the grammar reads, so that one set of rules serves both."""

import re

_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
)
_SEASON = r"(?:spring|summer|autumn|winter)"
# What follows "by", "in" or "from" where a time is meant and not a place.
_TIME = (
    rf"(?=\d|{_MONTH}\b|{_SEASON}|q ?\d|week \d|the (?:end|beginning|start|middle|period|first"
    rf"|second|third|fourth|last|year|{_SEASON})\b)"
)
_UNIT = r"(?=(?:day|week|month|quarter|term|year|half|semester|school|calendar|academic)\b)"
_NEED = r"(?:needed|required|necessary|appropriate|warranted|called for)"

# In order: longer phrases first, since each sees what the ones before it left.
_PHRASES: tuple[tuple[str, str], ...] = (
    (r"\band\b", "och"),
    (r"\bby (?:the )?end of (?:the |this |each )?year\b", "senast 31 december"),
    (r"\b(?:at )?the end of the year\b", "31 december"),
    (rf"\b({_SEASON}) of (?=20\d\d)", r"\1 "),
    (r"\b(?:every|each) (?:night|evening|morning|afternoon)\b", "varje dag"),
    (r"\baccording to\b", "enligt"),
    (r"\bbetween\b", "mellan"),
    (r"\b(?:school|academic|calendar|fiscal) year", "year"),
    (r"\bsemi[- ]?annually\b|\bhalf[- ]yearly\b", "halvårsvis"),
    (r"\b(?:half[- ]a[- ]year|half[- ]year)\b", "halvår"),
    (r"\b(per|each|every|a|an|/) semester\b", r"\1 term"),
    (r"\bevery (?:other|second)\b", "varannan"),
    (r"\b(?:every fortnight|fortnightly|once a fortnight)\b", "varannan vecka"),
    (r"\bevery (\d+):e\b", r"var \1:e"),
    (r"\bevery (\d+) (?=(?:day|week|month|year)s\b)", r"var \1:e "),
    (r"\bevery (third|fourth)\b", r"var \1"),
    (r"\b(?:no|not) (?:fewer|less) than\b|\bat least\b|\ba minimum of\b|\bminimum of\b", "minst"),
    (r"\bno more than\b|\bat most\b|\bup to\b|\ba maximum of\b|\bmaximum of\b", "högst"),
    (r"\bmore than (?=\d)", "fler än "),
    (r"\b(?:about|around) (?=\d|once|twice)", "ca "),
    (r"\bor more\b", "eller fler"),
    (r"\bonce\b", "1 gånger"),
    (r"\btwice\b", "2 gånger"),
    (r"\bthrice\b", "3 gånger"),
    (r"\ba couple of\b", "ett par"),
    (r"\b(?:several|some|a few|many) (?=\w)", "några "),
    (rf"\b(?:as och when|as|when|whenever|if|where) (?:it is |so )?{_NEED}\b", "vid behov"),
    (r"\b(?:when|whenever|if) (?:the |a )?needs? (?:arises?|occurs?)\b", "vid behov"),
    (r"\bon (?:request|demand)\b|\bdemand[- ]driven\b|\bneeds[- ]based\b", "vid behov"),
    (r"\bin the event of\b|\bwhenever\b", "när"),
    (r"\bon (?:an ongoing|a rolling) basis\b|\ball year\b|\bround the clock\b", "löpande"),
    (r"\bthroughout\b", "löpande under"),
    (r"\b(?:after|following|upon completion of) (?:each|every|all|any)\b", "efter varje"),
    (r"\b(?:after|following) completed\b|\bupon completion\b", "efter genomförd"),
    (r"\b(?:at|before|for) (?:each|every|all)(?: of the)?((?: [\w-]+){0,4}?) meetings?\b",
     r"vid varje\1 möte"),
    (r"\b(?:no|not) later than\b|\bby the latest\b|\bat the latest\b|\bdue (?:by|on)?\b", "senast"),
    (rf"\bby (?=(?:the )?{_SEASON})", "före "),
    (rf"\bby {_TIME}", "senast "),
    (rf"\b(?:until|through|up until) {_TIME}", "till och med "),
    (r"\bprior to\b", "före"),
    (r"\bthe end of\b", "utgången av"),
    (r"\bthe (?:beginning|start) of\b", "början av"),
    (r"\bthe middle of\b", "mitten av"),
    (r"\bwithin (?=\d)", "inom "),
    (rf"\b(?:in|during|over|within) {_TIME}", "under "),
    (r"\bduring\b", "under"),
    (rf"\bfrom (?:and including )?{_TIME}|\bfrom (?=den\b)", "från "),
    (rf"\bto {_TIME}", "till "),
    (rf"\b(\d{{1,2}}(?::e)?) (?:day )?of (?={_MONTH})", r"\1 "),
    (r"\b(?:(?<=\d )|(?<=:e )|(?<=every )|(?<=in )|(?<=under ))may\b|\bmay\b(?= \d)", "maj"),
    (rf"\b(?:every|each|per|a|an) {_UNIT}", "varje "),
    (r"\b(?:every|each)\b", "varje"),
    (r"\b(?:except|excluding|apart from|other than)\b(?: in| for| during)?", "utom"),
    (r"\bsummer break\b|\bsummer recess\b", "sommaruppehåll"),
    (r"(?<!the )\bdaily\b", "dagligen"),
    (r"\bvarje weekday\b", "vardagar"),
    (r"\bvarje weekend\b|\b(?:at|on) the weekend\b", "helger"),
    (r"\b(?:beyond|in addition to|on top of) the daily\b", "utöver den dagliga"),
    (r"\b(?:on the|the) (?=(?:\d{1,2}:e|first|second|third|fourth|last)\b)", ""),
    (r"\bsecond (?=(?:mon|tues|wednes|thurs|fri|satur|sun)day)", "andra "),
    (r"\b(\w+day) (?:of|in) (?=varje|the month)", r"\1 i "),
    (r"\b(\d{1,2}:e) (?:of|in) (?=varje|the month)", r"\1 i "),
    (r"\bthe (?=(?:period|term|month|year|week)\b)", ""),
    (r"\beven (?=weeks\b)", "jämna "),
    (r"\bodd (?=weeks\b)", "udda "),
)  # fmt: skip
PHRASES = tuple((re.compile(pattern), swedish) for pattern, swedish in _PHRASES)

_CLOCK = re.compile(
    r"\b(?:at )?(\d{1,2})(?:[:.](\d\d))?(?: ?(?:-|to) ?\d{1,2}(?:[:.]\d\d)?)? ?([ap])\.? ?m\b\.?"
)
_AT = re.compile(r"\bat (?=\d{1,2}(?:[:.]\d\d)\b)|\bat noon\b")


def to_swedish(text: str) -> str:
    """``text`` (lower case) with the English phrases of schedules in Swedish; the rest as it is."""
    text = _AT.sub(lambda m: "kl 12.00" if "noon" in m[0] else "kl ", _CLOCK.sub(_clock, text))
    for pattern, swedish in PHRASES:
        text = pattern.sub(swedish, text)
    return text


def _clock(match: re.Match[str]) -> str:
    hour = int(match[1]) % 12 + (12 if match[3] == "p" else 0)
    return f"kl {hour:02d}.{match[2] or '00'}"
