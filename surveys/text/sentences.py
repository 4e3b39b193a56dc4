"""Where one sentence ends and the next begins."""

import re

# A full stop inside "bl.a." or "kl. 14" is not followed by a capital letter.
_BETWEEN = re.compile(r"(?<=[.!?…])[\"”’)]?\s+(?=[\"”’(]?[A-ZÅÄÖÉÜ0-9–])")
_ENDS_SHORT = re.compile(r"\b(?:bl\.a|t\.ex|s\.k|d\.v\.s|m\.m|kl|ca|nr|tel|resp|st|S:t)\.$", re.I)


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of ``text``, in order, with single spaces."""
    whole = " ".join(text.split())
    sentences: list[str] = []
    start = 0
    for gap in _BETWEEN.finditer(whole):
        sentence = whole[start : gap.end()].rstrip()
        if _ENDS_SHORT.search(sentence):
            continue
        sentences.append(sentence)
        start = gap.end()
    rest = whole[start:]
    return (*sentences, rest) if rest else tuple(sentences)


def first_sentences(text: str, count: int) -> str:
    """The first ``count`` sentences of ``text``."""
    return " ".join(split_sentences(text)[:count])
