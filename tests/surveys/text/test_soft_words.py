"""Words of a promise that nobody can follow up."""

import pytest

from surveys.text.soft_words import find_soft_words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vi ska aktivt verka för en tryggare kommun.", "aktivt verka för"),
        ("Jobba aktivt mot unga som befinner sig i riskzonen", "Jobba aktivt mot"),
        ("Kommunen fortsätter att utveckla forum.", "fortsätter att utveckla"),
        ("Förbättring av trafikmiljöerna i förekommande fall.", "i förekommande fall"),
        ("Samverkan då det är befogat", "då det är befogat"),
        ("Arbete i den omfattning som är nödvändig.", "i den omfattning som är nödvändig"),
        ("Trygghetsfrågor ska regelbundet beaktas", "regelbundet"),
        ("Polisen ska höja sin förmåga.", "höja sin förmåga"),
        ("Minst fyra insatser mot narkotika, var och en minst en arbetsdag.", None),
        ("Kommunen byter belysningen på gångvägen.", None),
        ("Polisen arbetar på stationen varje måndag.", None),
        ("", None),
    ],
)
def test_words_that_cannot_be_followed_up_are_found_as_they_stand(
    text: str, found: str | None
) -> None:
    assert find_soft_words(text) == found
