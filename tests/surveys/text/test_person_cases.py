"""The guard of public notes: what is about one person is found, what is about work is not."""

import pytest

from surveys.text.person_cases import find_case_signs


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("En 14-årig pojke med missbruk.", "age"),
        ("Vi talade med en femtonåring på stationen.", "age"),
        ("15-åringens mamma kom.", "age"),
        ("Pojke, 15 år, kördes hem.", "age"),
        ("A 14-year-old was taken home.", "age"),
        ("Samtal med Anna Svensson.", "name"),
        ("Gällde 20090101-2384.", "pnr"),
        ("Bilen ABC 123 stoppades.", "plate"),
    ],
)
def test_one_person_is_found(text: str, kind: str) -> None:
    assert kind in {sign.kind for sign in find_case_signs(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Ungdomar under 21 år kallades till möte.",
        "14-åringar på högstadiet fick information.",
        "En tvåårig satsning i centrum.",
        "Tre orosanmälningar skrevs.",
        "Fältgruppen och socialtjänsten gick tillsammans i centrum kl. 20–02.",
        "Socialtjänsten satt på polisstationen.",
    ],
)
def test_places_and_work_are_no_person(text: str) -> None:
    assert find_case_signs(text) == ()
