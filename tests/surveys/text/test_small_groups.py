"""Few people are told of in words too: found, and left to a person to judge."""

import pytest

from surveys.text.small_groups import find_small_groups


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Det gäller 12–13-åringar i centrum.", "12–13-åringar"),
        ("Det gäller 12-13 åringar i centrum.", "12-13 åringar"),
        ("En 14-årig pojke har setts.", "14-årig pojke"),
        ("Fem personer står för det mesta.", "Fem personer"),
        ("Tre unga män i området.", "Tre unga män"),
        ("Det handlar om 2–3 familjer.", "2–3 familjer"),
        ("4 elever på skolan.", "4 elever"),
        ("Barn i 12-årsåldern röker.", "12-årsåldern"),
        ("Två syskon bor där.", "Två syskon"),
    ],
)
def test_a_few_people_and_a_narrow_age_are_found(text: str, phrase: str) -> None:
    assert phrase in find_small_groups(text)


@pytest.mark.parametrize(
    "text",
    [
        "28 personer dog 2015–2020.",
        "1 234 personer svarade.",
        "41 anmälda brott, 2,5 personer per hushåll.",
        "Allt fler anmälningar gäller misstänkta under 18 år.",
        "16–29-åringar är mest otrygga.",
        "Två områden bidrar mest: ungdomar och narkotika.",
        "Polisen och kommunen ser samma två områden.",
        "",
    ],
)
def test_many_people_wide_ages_and_other_things_are_not(text: str) -> None:
    assert find_small_groups(text) == ()
