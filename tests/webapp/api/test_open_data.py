"""Open data: what the pages say, for programs, and nothing that is not published."""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from rdflib import Graph, Namespace
from rdflib.namespace import DCAT, DCTERMS, RDF
from sqlalchemy.orm import Session

from surveys.models.municipality import Municipality
from tests.demo_site import DemoSite
from tests.factories.noise import NOISE_TEXT
from tests.factories.pictures import make_area, make_claim, make_picture
from tests.factories.promises import (
    SLUG,
    hold,
    make_activity,
    make_plan,
    make_point,
    make_promise,
)
from tests.page import PageClient
from webapp.api.answers import formats_of
from webapp.api.description import ROOT
from webapp.api.fields import Resource
from webapp.api.resources import RESOURCES

HERE = f"{ROOT}/municipalities/soderhamn"
SLUGS = {"results": "host-2021", "map-cells": "host-2021", "claims": "gemensam-problembild-2022"}


def path_of(resource: Resource, kommun: str = "soderhamn") -> str:
    path = resource.path.replace("<slug:kommun>", kommun)
    return ROOT + path.replace("<slug:slug>", SLUGS.get(resource.key, ""))


def read(site: DemoSite, path: str, **headers: str) -> Any:
    return site.app.test_client().get(path, headers=headers)


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda r: r.key)
def test_each_list_holds_the_same_rows_in_each_format(
    demo_site: DemoSite, resource: Resource
) -> None:
    path = path_of(resource)
    document = read(demo_site, f"{path}?limit=1000").get_json()
    assert document["total"] == len(document["data"]) > 0
    assert all(tuple(row) == resource.names for row in document["data"])
    table = read(demo_site, f"{path}?format=csv&limit=1000")
    assert table.mimetype == "text/csv"
    rows = list(csv.DictReader(StringIO(table.get_data(as_text=True))))
    assert len(rows) == document["total"]
    assert list(rows[0]) == list(resource.names)
    if "geojson" in formats_of(resource):
        drawn = read(demo_site, f"{path}?limit=1000", Accept="application/geo+json").get_json()
        assert drawn["type"] == "FeatureCollection"
        assert [f["properties"] for f in drawn["features"]] == document["data"]


def test_rows_have_the_kinds_that_the_description_tells(demo_site: DemoSite) -> None:
    kinds: dict[str, tuple[type, ...]] = {
        "string": (str,),
        "date": (str,),
        "uri": (str,),
        "integer": (int,),
        "number": (int, float),
        "boolean": (bool,),
        "strings": (list,),
        "objects": (list,),
    }
    for resource in RESOURCES:
        for row in read(demo_site, f"{path_of(resource)}?limit=1000").get_json()["data"]:
            for field in resource.fields:
                value = row[field.name]
                if value is None:
                    assert field.is_nullable, (resource.key, field.name)
                else:
                    assert isinstance(value, kinds[field.kind]), (resource.key, field.name, value)
                    assert not field.values or value in field.values, (resource.key, field.name)


def test_the_description_is_valid_and_names_each_list(demo_site: DemoSite) -> None:
    document = read(demo_site, f"{ROOT}/openapi.json").get_json()
    OpenAPIV31SpecValidator(document).validate()
    assert document["openapi"] == "3.1.0"
    assert len(document["paths"]) == len(RESOURCES)
    assert "/municipalities/{kommun}/dialogues/{slug}/map-cells" in document["paths"]


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own use of it
def test_the_catalogue_is_read_as_rdf_without_asking_anybody(demo_site: DemoSite) -> None:
    body = read(demo_site, f"{ROOT}/catalog.jsonld").get_data(as_text=True)
    assert isinstance(json.loads(body)["@context"], dict)
    graph = Graph().parse(data=body, format="json-ld")
    [catalog] = graph.subjects(RDF.type, DCAT.Catalog)
    datasets = list(graph.objects(catalog, DCAT.dataset))
    towns = read(demo_site, f"{ROOT}/municipalities").get_json()["total"]
    assert len(datasets) == towns * sum(r.is_of_municipality and not r.is_of_one for r in RESOURCES)
    foaf = Namespace("http://xmlns.com/foaf/0.1/")
    for dataset in datasets:
        for mandatory in (DCTERMS.title, DCTERMS.description, DCTERMS.publisher):
            assert graph.value(dataset, mandatory), (dataset, mandatory)
        assert graph.value(graph.value(dataset, DCTERMS.publisher), foaf.name)
        for distribution in graph.objects(dataset, DCAT.distribution):
            assert graph.value(distribution, DCTERMS.license)
            address = str(graph.value(distribution, DCAT.accessURL))
            assert read(demo_site, address.removeprefix("http://localhost")).status_code == 200


def test_an_answer_that_has_not_changed_is_short(demo_site: DemoSite) -> None:
    first = read(demo_site, f"{HERE}/points")
    again = read(demo_site, f"{HERE}/points", **{"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    other = read(demo_site, f"{HERE}/points?format=csv")
    assert other.headers["ETag"] != first.headers["ETag"]


def test_a_list_comes_in_parts_that_lead_on(demo_site: DemoSite) -> None:
    whole = read(demo_site, f"{HERE}/points").get_json()["data"]
    seen, path = [], f"{HERE}/points?limit=2"
    while path:
        answer = read(demo_site, path)
        document = answer.get_json()
        seen += document["data"]
        assert answer.headers["X-Total-Count"] == str(len(whole))
        assert ("Link" in answer.headers) == (document["next"] is not None)
        path = document["next"]
    assert seen == whole


def test_other_sites_may_read_and_nobody_may_write(demo_site: DemoSite) -> None:
    client = demo_site.app.test_client()
    asked = client.options(f"{HERE}/points", headers={"Origin": "https://annan.example"})
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "If-None-Match" in asked.headers["Access-Control-Allow-Headers"]
    assert "POST" not in asked.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in asked.headers
    answer = client.post(f"{HERE}/points")
    assert answer.status_code in {400, 405}
    assert answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"{HERE}/points?limit=0", 400),
        (f"{HERE}/points?limit=1001", 400),
        (f"{HERE}/points?offset=-1", 400),
        (f"{HERE}/points?limit=%EF%BC%93", 400),
        (f"{HERE}/points?format=xml", 400),
        (f"{HERE}/dialogues?format=geojson", 400),
        (f"{ROOT}/municipalities/ingenstans/points", 404),
        (f"{HERE}/dialogues/oppen/results", 404),
        (f"{HERE}/dialogues/finns-inte/map-cells", 404),
        (f"{ROOT}/vad/som/helst", 404),
    ],
)
def test_what_cannot_be_answered_is_said_in_a_sentence(
    demo_site: DemoSite, path: str, status: int
) -> None:
    answer = read(demo_site, path)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.get_json()["status"] == status
    assert answer.get_json()["title"].endswith((".", "1000", "10000000", "csv", "geojson"))


def test_only_what_is_published_and_only_ones_own(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    """Drafts of every kind, and the other municipality's rows that ``noise`` has put in."""
    shown = make_promise(session, municipality)
    plan = make_plan(session, municipality)
    activity = make_activity(session, municipality, plan, ("Rapport",), name="Synlig aktivitet")
    make_point(session, shown, "Synlig punkt", [activity])
    hold(session, activity, shown.starts_on, note="Synlig anteckning")  # type: ignore[arg-type]
    draft = make_promise(session, municipality, "utkast", title="HEMLIGT", published_at=None)
    make_point(session, draft, "HEMLIGT")
    hidden = make_plan(session, municipality, "plan-utkast")
    hidden.published_at = None
    make_activity(session, municipality, hidden, ("HEMLIGT",), name="HEMLIGT")
    area = make_area("HEMLIGT", make_claim("HEMLIGT"))
    make_picture(session, municipality, "bild-utkast", [area], title="HEMLIGT", published_at=None)
    session.commit()
    everything = ""
    for resource in RESOURCES:
        if not resource.is_of_one:
            everything += client.client.get(path_of(resource)).get_data(as_text=True)
    assert SLUG in everything
    assert "Synlig punkt" in everything
    assert "Synlig aktivitet" in everything
    assert "Synlig anteckning" in everything
    assert "HEMLIGT" not in everything
    assert NOISE_TEXT not in everything
    for slug in ("bild-utkast", "utkast"):
        path = f"{HERE}/problem-pictures/{slug}/claims"
        assert client.client.get(path).status_code == 404


def test_what_a_municipality_writes_begins_no_formula(
    client: PageClient, session: Session, municipality: Municipality
) -> None:
    make_promise(session, municipality, title="=HYPERLINK(1)", pledge="@SUM(1)")
    session.commit()
    table = client.client.get(f"{HERE}/promises?format=csv").get_data(as_text=True)
    [row] = csv.DictReader(StringIO(table))
    assert (row["title"], row["pledge"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


def test_the_page_explains_each_list_and_its_fields(demo_site: DemoSite) -> None:
    page = demo_site.reader().get(f"{ROOT}/")
    assert page.heading == "Öppna data"
    for resource in RESOURCES:
        assert resource.key in {str(tag["id"]) for tag in page.soup.select("h2[id]")}
        for name in resource.names:
            assert name in page.all_words("table code")
