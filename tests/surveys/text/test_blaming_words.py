"""D122: what is written for those who were harmed puts no blame on them."""

import pytest

from surveys.text.blaming_words import find_blaming_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Äldre som låter sig luras av samtal", "låter sig luras"),
        ("Många gick på bluffen i våras.", "gick på bluffen"),
        ("De är ofta godtrogna.", "godtrogna"),
        ("Den som lämnar ut sin kod får skylla sig själv.", "får skylla sig själv"),
        ("Hon stannade kvar trots våldet.", "stannade kvar trots"),
        ("De borde ha vetat bättre", "borde ha vetat bättre"),
        ("Det kan hända alla, och ingen ska behöva skämmas.", None),
        ("Den som blir lurad ska veta vart man vänder sig.", None),
        ("Fler ska känna till hur bedrägerier går till.", None),
        ("Gå på trygghetsvandring", None),
    ],
)
def test_words_that_blame_are_found_and_plain_ones_are_not(text: str, found: str | None) -> None:
    assert find_blaming_words(text) == found
