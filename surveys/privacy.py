"""Small numbers of people are not told. Applied in ``surveys.queries``, so that no page forgets."""

# Counts of respondents below this could point at a person.
MIN_RESPONDENTS = 5


def shown_count(respondents: int, limit: int = MIN_RESPONDENTS) -> int | None:
    """``respondents``, or None where they are fewer than ``limit`` and the number is withheld."""
    return respondents if respondents >= limit else None
