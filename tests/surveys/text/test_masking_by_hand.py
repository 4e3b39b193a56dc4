"""What a person decides about the masking of a text."""

from surveys.text.masking_by_hand import HIDDEN_TOKEN, has_words, mask_as_decided


def test_hidden_words_are_hidden_in_whatever_case_and_spacing() -> None:
    masked = mask_as_decided("Stor-Nisse bråkar. stor-nisse  igen", ["Stor-Nisse"])
    assert masked.text == f"{HIDDEN_TOKEN} bråkar. {HIDDEN_TOKEN}  igen"


def test_hidden_words_are_whole_words() -> None:
    assert mask_as_decided("Parkvägen och parken", ["park"]).text == "Parkvägen och parken"


def test_what_was_taken_by_mistake_is_given_back() -> None:
    text = "Mörkt vid Storgatan 12"
    assert mask_as_decided(text).text == "Mörkt vid [adress]"
    assert mask_as_decided(text, told=["storgatan 12"]).text == text


def test_hiding_wins_over_giving_back() -> None:
    assert "Anna" not in mask_as_decided("Hos Anna Karlsson", ["Anna"], ["Anna Karlsson"]).text


def test_what_lies_in_something_masked_needs_no_token_of_its_own() -> None:
    assert mask_as_decided("Hos Anna Karlsson", ["Karlsson"]).text == "Hos [namn]"


def test_what_reaches_out_of_something_masked_is_hidden_as_a_whole() -> None:
    masked = mask_as_decided("Det var Anna Karlsson med hunden", ["Karlsson med hunden"])
    assert masked.text == "Det var [namn]"


def test_empty_words_hide_nothing() -> None:
    assert mask_as_decided("Mer ljus", ["", "  "]).text == "Mer ljus"


def test_whether_words_stand_in_a_text() -> None:
    assert has_words("Mörkt i Gamla parken", "gamla  PARKEN")
    assert not has_words("Mörkt i parkerna", "park")
