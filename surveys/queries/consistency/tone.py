"""How the documents speak of those who were harmed."""

from collections.abc import Iterator

from surveys.queries.consistency.documents import Documents, list_words
from surveys.queries.consistency.findings import Finding, Severity
from surveys.queries.consistency.words import excerpt
from surveys.text.blaming_words import find_blaming_words


def blaming_words(documents: Documents) -> Iterator[Finding]:
    """A sentence that puts the blame on whoever was harmed (D122)."""
    for words in list_words(documents):
        found = find_blaming_words(words.text)
        if found is not None:
            spot = excerpt(words, max(words.text.find(found), 0), len(found))
            yield Finding("blames_harmed", Severity.GAP, (spot,), {"words": found})
