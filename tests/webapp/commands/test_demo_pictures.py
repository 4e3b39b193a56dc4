"""The picture of 2022 in the demo cites both parties' sources with their limits."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.models.evidence import Evidence
from surveys.models.municipality import Municipality
from surveys.models.picture import ProblemPicture


def test_the_picture_of_2022_has_both_parties_sources_with_their_limits(
    demo: Session, soderhamn: Municipality
) -> None:
    picture = demo.scalars(
        select(ProblemPicture).where(ProblemPicture.title == "Gemensam problembild 2022")
    ).one()
    assert [area.title for area in picture.areas] == ["Ungdomskriminalitet", "Narkotika"]
    evidence = {e.title: e for area in picture.areas for c in area.claims for e in c.evidence}
    assert "underrättelser" in (evidence["Polisens problembild för Söderhamn"].method or "")
    inventory = evidence["Kommunens inventering"].method or ""
    assert "CAN" in inventory
    assert "Folkhälsoenkäten" in inventory
    assert "kollektivtrafik" in inventory
    compared = evidence["Narkotikarelaterade dödsfall i Söderhamn och Gävle"]
    assert "2,0" in compared.statement
    assert "1,3" in compared.statement
    assert "slumpen" in (compared.caveat or "")
    deaths = evidence["Dödsfall av narkotika och läkemedel"]
    assert (deaths.n, deaths.period) == (28, "2015–2020")
    assert "registerstudie" in deaths.source
    trend = evidence["Anmälda brott med misstänkt under 18 år"]
    assert (trend.n, trend.period) == (None, "De senaste fyra åren före 2022")
    assert "diagram som saknas" in (trend.caveat or "")


def test_a_share_without_its_base_is_cited_with_what_is_missing(demo: Session) -> None:
    speeding = demo.scalars(select(Evidence).where(Evidence.statement.startswith("38 %"))).one()
    assert speeding.n is None
    assert "inte redovisade" in (speeding.caveat or "")
    assert "Okänd" in (speeding.method or "")


def test_a_rank_without_numbers_is_cited_as_a_rank(demo: Session) -> None:
    fraud = demo.scalars(select(Evidence).where(Evidence.title.contains("bedrägeri"))).one()
    assert "en av de tre vanligaste" in fraud.statement
    assert fraud.n is None
    assert "inte antalen" in (fraud.caveat or "")
