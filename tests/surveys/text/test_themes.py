"""Suggested themes: each labelling rule on its own."""

import pytest

from surveys.text.themes import suggest, suggest_all
from surveys.text.themes_examples import CODES, invented_examples, labelled_answers
from surveys.text.themes_lexicon import is_one_slip
from surveys.text.themes_model import ThemeModel
from surveys.text.themes_rules import read_answer


def found(q2: str, q3: str = "") -> set[str]:
    """What the rules alone find, with any evidence."""
    return set(read_answer(q2, q3).scores())


def suggested(q2: str, q3: str = "", learned: ThemeModel | None = None) -> list[str]:
    return [suggestion.code for suggestion in suggest(q2, q3, learned)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Mopparna", "traffic"),
        ("epatraktorer", "traffic"),
        ("snöskoterkörning", "traffic"),
        ("knarkförsäljning", "drugs"),
        ("ordningsvakterna", "police_presence"),
        ("gatubelysningen", "lighting_environment"),
        ("källarinbrott", "burglary_theft"),
        ("fritidsgårdarna", "activities_for_youth"),
        ("ersättningsbussen", "public_transport"),
        ("kvinnojouren", "domestic_violence"),
        ("bluffakturor", "economic_crime"),
        ("mobbningen", "harassment"),
        ("skjutningar", "gangs_guns"),
        ("ungdomsgängen", "youth_crime"),
        ("grannsamverkan", "cooperation"),
        ("rattfyllerister", "alcohol"),
        ("misshandlad", "violence_threats"),
        ("lösa hundar", "other"),
    ],
)
def test_stems_and_compounds_are_found(text: str, code: str) -> None:
    assert code in suggested(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("polsien syns aldrig", "police_presence"),
        ("gångtuneln", "lighting_environment"),
        ("belyssningen", "lighting_environment"),
        ("narkotka", "drugs"),
        ("övergångstället", "traffic"),
        ("fritidsgåden", "activities_for_youth"),
        ("trakaserier", "harassment"),
    ],
)
def test_one_slip_in_a_long_word_is_forgiven(text: str, code: str) -> None:
    assert code in found(text)


def test_short_words_are_not_forgiven() -> None:
    assert "drugs" not in found("kvark")
    assert is_one_slip("polsien", "polisen")
    assert not is_one_slip("polerna", "polisen")


@pytest.mark.parametrize(
    "text",
    [
        "Inga knarkare här",
        "Har aldrig sett någon langare",
        "Det finns inga gäng här",
        "inte otrygg",
        "Jag är inte rädd",
    ],
)
def test_what_is_denied_is_no_theme(text: str, model: ThemeModel) -> None:
    assert suggested(text) == ["none"]
    assert suggested(text, "", model) == ["none"]


def test_a_denial_stops_at_the_clause_and_at_what_it_is_about() -> None:
    assert "drugs" in found("Ni gör inget åt knarket")
    assert "alcohol" in found("Inga knarkare, men fyllon på torget")
    assert "drugs" not in found("Inga knarkare, men fyllon på torget")
    assert "alcohol" in found("Det är inte bara fylla")


def test_a_missing_resource_is_the_theme() -> None:
    assert "lighting_environment" in found("ingen belysning")
    assert "police_presence" in found("Ser aldrig en polis")
    assert "public_transport" in found("ingen buss")


def test_a_wish_to_be_rid_of_something_names_it() -> None:
    assert "drugs" in found("torget", "inga knarkare")
    assert "traffic" in found("", "inga epor")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Klipper gräset i parken", "drugs"),
        ("gräsmattan", "drugs"),
        ("hög hastighet", "drugs"),
        ("en hög häck", "drugs"),
        ("drog i min arm", "drugs"),
        ("fullt med folk", "alcohol"),
        ("full fart på cykelbanan", "alcohol"),
        ("parken är full av löv", "alcohol"),
        ("ungefär vid stan", "youth_crime"),
        ("trygg", "other"),
        ("ett gäng pensionärer", "gangs_guns"),
        ("kommer därifrån", "violence_threats"),
        ("snön skottas inte", "gangs_guns"),
        ("halva byn", "lighting_environment"),
        ("barnvakten", "police_presence"),
        ("klimatet", "harassment"),
    ],
)
def test_traps_lend_no_strong_evidence(text: str, code: str) -> None:
    strong = {e.code for e in read_answer(text, "").evidence if e.strength == "strong"}
    assert code not in strong


def test_grass_and_high_are_drugs_only_in_company() -> None:
    assert "drugs" in suggested("det luktar gräs i trapphuset")
    assert "drugs" in suggested("folk som är höga")


def test_speed_cameras_are_traffic_and_other_cameras_police() -> None:
    assert "traffic" in suggested("", "fartkameror")
    assert "police_presence" not in found("", "fartkameror")
    assert "police_presence" in suggested("", "kameror på torget")


@pytest.mark.parametrize(
    "text", ["Resecentrum", "Stadsparken", "Vid Folkets hus", "Stugsund", "Sandarne", "Bergvik"]
)
def test_a_place_alone_gives_no_theme(text: str, model: ThemeModel) -> None:
    assert suggested(text, "", model) in (["other"], ["none"])


@pytest.mark.parametrize(
    "text",
    [
        "Polisen gör ett bra jobb",
        "Den nya belysningen är jättefin",
        "Trivs jättebra här",
        "Vår buss fungerar utmärkt, tack",
    ],
)
def test_praise_alone_is_none(text: str, model: ThemeModel) -> None:
    assert suggested(text, "", model) == ["none"]


def test_a_wish_to_keep_is_the_theme(model: ThemeModel) -> None:
    assert "police_presence" in suggested("Polisen syns mer nu, bra", "fortsätt med det", model)
    assert "activities_for_youth" in suggested("", "Lägg inte ner fritidsgården", model)


def test_sarcasm_is_coded_by_what_is_meant(model: ThemeModel) -> None:
    text = "Underbart att polisstationen bara har öppet på tisdagar"
    assert "police_presence" in suggested(text, "", model)


def test_parties_asked_to_act_together_are_cooperation() -> None:
    assert "cooperation" in found("", "Polis och skola måste prata med varandra")
    assert "police_presence" not in found("", "Polis och skola måste prata med varandra")
    assert "police_presence" in found("", "Fler poliser")
    assert "police_presence" not in found("", "ett möte med polisen")


def test_none_stands_alone(model: ThemeModel) -> None:
    answers = [(e.q2, e.q3) for e in (*labelled_answers(), *invented_examples())]
    for suggestions in suggest_all(answers, model):
        codes = [suggestion.code for suggestion in suggestions]
        assert codes
        assert "none" not in codes or codes == ["none"]
        assert len(set(codes)) == len(codes)
        assert set(codes) <= set(CODES)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "-",
        "nej",
        "Nej, inga",
        "vet ej",
        "?",
        "😀",
        "<script>alert(1)</script>",
        "{{7*7}}",
    ],
)
def test_answers_that_say_nothing_are_none(text: str, model: ThemeModel) -> None:
    assert suggested(text, "", model) == ["none"]
    assert suggested("", text, model) == ["none"]


def test_markup_hides_no_words() -> None:
    assert "lighting_environment" in found("<b onclick=x>mörkt</b>")


@pytest.mark.parametrize("text", ["Det känns otryggt", "Vågar inte gå ut", "rädd", "I feel unsafe"])
def test_vague_unsafety_is_other(text: str, model: ThemeModel) -> None:
    assert suggested(text, "", model) == ["other"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Someone sells drugs behind the school", "drugs"),
        ("It is too dark, we need street lights", "lighting_environment"),
        ("more police", "police_presence"),
        ("lisää poliiseja", "police_presence"),
        ("liian pimeää", "lighting_environment"),
        ("المزيد من الشرطة", "police_presence"),
        ("daroogo", "drugs"),
        ("темно", "lighting_environment"),
    ],
)
def test_other_languages(text: str, code: str, model: ThemeModel) -> None:
    assert suggested(text, "", model)[0] == code


def test_several_themes_and_the_words_behind_each(model: ThemeModel) -> None:
    q2, q3 = "Tunneln är becksvart och ungdomar säljer knark där", "Ordningsvakter"
    suggestions = {s.code: s for s in suggest(q2, q3, model)}
    expected = {"lighting_environment", "drugs", "youth_crime", "police_presence"}
    assert expected <= set(suggestions)
    assert "knark" in suggestions["drugs"].why
    assert suggestions["police_presence"].why == ("Ordningsvakter",)


def test_suggestions_come_best_first(model: ThemeModel) -> None:
    suggestions = suggest("Fyllon och bråk vid krogen varje lördag", "fler poliser", model)
    scores = [suggestion.score for suggestion in suggestions]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)


def test_a_screen_may_ask_for_three(model: ThemeModel) -> None:
    few, more = suggest("Mopparna", "", model), suggest("Mopparna", "", model, at_least=3)
    assert len(few) < len(more) == 3
    assert more[: len(few)] == few
    assert [s.code for s in suggest("nej", "", model, at_least=3)] == ["none"]


@pytest.mark.timeout(20, func_only=True)
def test_a_huge_answer_is_read_in_time(model: ThemeModel) -> None:
    for text in (
        "ord " * 200_000,
        "x" * 500_000,
        "<script" * 50_000,
        "${" * 100_000,
        " " * 500_000,
    ):
        assert suggest(text, text, model)


def test_ethnicity_religion_and_nationality_are_no_words() -> None:
    for word in ("muslimer", "invandrare", "romer", "svenskar", "judar", "utlänningar", "somalier"):
        assert not read_answer(word, "").evidence
