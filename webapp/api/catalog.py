"""The catalogue of the open data as DCAT-AP-SE in JSON-LD, its context inside.

A data set for each municipality and list, published by the municipality; the vocabulary's
addresses are names, and nothing is fetched from them.
"""

from typing import Any
from urllib.parse import urljoin

from flask import request, url_for
from flask_babel import gettext as _

from surveys.models.municipality import Municipality
from webapp.api.answers import TYPES, formats_of
from webapp.api.description import ROOT
from webapp.api.fields import Resource
from webapp.api.resources import RESOURCES
from webapp.mail.sending import public_url

_AUTHORITY = "http://publications.europa.eu/resource/authority"
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
SWEDISH_LANGUAGE = f"{_AUTHORITY}/language/SWE"
THEME = f"{_AUTHORITY}/data-theme/JUST"  # justice, legal system and public safety
MEDIA_TYPES = {
    "json": f"{_AUTHORITY}/file-type/JSON",
    "csv": f"{_AUTHORITY}/file-type/CSV",
    "geojson": f"{_AUTHORITY}/file-type/GEOJSON",
}
CONTEXT: dict[str, Any] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def describe_catalog(municipalities: list[Municipality]) -> dict[str, Any]:
    """The catalogue of this installation with a data set for each municipality and list."""
    publishers = [_publisher(municipality) for municipality in municipalities]
    datasets = [
        _dataset(resource, municipality)
        for municipality in municipalities
        for resource in RESOURCES
        if resource.is_of_municipality and not resource.is_of_one
    ]
    catalog = {
        "@id": _absolute(f"{ROOT}/catalog.jsonld#catalog"),
        "@type": "dcat:Catalog",
        "dct:title": _text(_("Open data of Trygghetsdialog")),
        "dct:description": _text(
            _("What municipalities and police promise about trygghet, and how it goes.")
        ),
        "dct:language": {"@id": SWEDISH_LANGUAGE},
        "dct:license": {"@id": LICENCE},
        "dct:publisher": [{"@id": publisher["@id"]} for publisher in publishers][:1],
        "foaf:homepage": {"@id": _absolute(url_for("public.start"))},
        "dcat:dataset": [{"@id": dataset["@id"]} for dataset in datasets],
        "dcat:service": {"@id": _service()["@id"]},
    }
    return {"@context": CONTEXT, "@graph": [catalog, _service(), *publishers, *datasets]}


def _publisher(municipality: Municipality) -> dict[str, Any]:
    page = url_for("public.municipality", kommun=municipality.slug)
    return {
        "@id": _absolute(f"{page}#kommun"),
        "@type": "foaf:Agent",
        "foaf:name": municipality.official_name,
        "foaf:homepage": {"@id": _absolute(page)},
        "dct:type": {"@id": "http://purl.org/adms/publishertype/LocalAuthority"},
    }


def _service() -> dict[str, Any]:
    return {
        "@id": _absolute(f"{ROOT}/catalog.jsonld#api"),
        "@type": "dcat:DataService",
        "dct:title": _text(_("Open data of Trygghetsdialog")),
        "dcat:endpointURL": {"@id": _absolute(ROOT + "/")},
        "dcat:endpointDescription": {"@id": _absolute(f"{ROOT}/openapi.json")},
        "dct:license": {"@id": LICENCE},
    }


def _dataset(resource: Resource, municipality: Municipality) -> dict[str, Any]:
    path = ROOT + resource.path.replace("<slug:kommun>", municipality.slug)
    found: dict[str, Any] = {
        "@id": _absolute(f"{path}#dataset"),
        "@type": "dcat:Dataset",
        "dct:title": _text(f"{resource.title}, {municipality.official_name}"),
        "dct:description": _text(str(resource.about)),
        "dct:publisher": {
            "@id": _absolute(url_for("public.municipality", kommun=municipality.slug) + "#kommun")
        },
        "dct:language": {"@id": SWEDISH_LANGUAGE},
        "dcat:theme": {"@id": THEME},
        "dct:accessRights": {"@id": f"{_AUTHORITY}/access-right/PUBLIC"},
        "dcat:landingPage": {
            "@id": _absolute(url_for("public.municipality", kommun=municipality.slug))
        },
        "dcat:distribution": [_distribution(path, kind) for kind in formats_of(resource)],
    }
    if municipality.contact_email:
        found["dcat:contactPoint"] = {
            "@type": "vcard:Organization",
            "vcard:fn": municipality.official_name,
            "vcard:hasEmail": {"@id": f"mailto:{municipality.contact_email}"},
        }
    return found


def _distribution(path: str, kind: str) -> dict[str, Any]:
    return {
        "@id": _absolute(f"{path}#{kind}"),
        "@type": "dcat:Distribution",
        "dcat:accessURL": {"@id": _absolute(f"{path}?format={kind}")},
        "dcat:downloadURL": {"@id": _absolute(f"{path}?format={kind}&limit=1000")},
        "dcat:accessService": {"@id": _absolute(f"{ROOT}/catalog.jsonld#api")},
        "dct:format": {"@id": MEDIA_TYPES[kind]},
        "dcat:mediaType": {"@id": f"http://www.iana.org/assignments/media-types/{TYPES[kind]}"},
        "dct:license": {"@id": LICENCE},
    }


def _text(words: str) -> dict[str, str]:
    return {"@value": str(words), "@language": "sv"}


def _absolute(path: str) -> str:
    return public_url(path) if public_url("") else urljoin(request.host_url, path)
