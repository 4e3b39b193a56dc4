"""Published problem pictures, and the sentences in them with what they rest on."""

from collections.abc import Iterator, Sequence

from flask import url_for
from flask_babel import lazy_gettext as _l

from surveys.days import swedish_day
from surveys.models.picture import PictureKind
from surveys.queries.evidence.evidence import EvidenceView
from surveys.queries.pictures.pictures import get_published, list_published
from surveys.queries.pictures.views import AreaView, ClaimView, PictureSummary, PictureView
from webapp.api.fields import Asked, Field, Resource, Row, of_municipality

PICTURE = Field("picture", "string", _l("The picture's part of each address."))


def picture_rows(asked: Asked) -> list[Row]:
    """The heads of all published editions, the latest first."""
    heads = list_published(asked.session, of_municipality(asked))
    return [_head(head) for head in heads]


def claim_rows(asked: Asked) -> list[Row]:
    """The sentences of one published edition in their order; raise NotFound."""
    picture = get_published(asked.session, of_municipality(asked), asked.slug or "")
    return list(_claims(picture))


def _head(head: PictureSummary) -> Row:
    return {
        "slug": head.slug,
        "kind": head.kind.value,
        "title": head.title,
        "period": head.period,
        "summary": head.summary,
        "published_on": swedish_day(head.published_at).isoformat() if head.published_at else None,
        "published_by": head.published_by,
        "url": url_for("public.picture", slug=head.slug),
    }


def _claims(picture: PictureView) -> Iterator[Row]:
    for area in picture.areas:
        for claim in area.claims:
            yield _claim(picture.head.slug, area, claim)


def _claim(slug: str, area: AreaView, claim: ClaimView) -> Row:
    return {
        "picture": slug,
        "area_rank": area.rank,
        "area": area.title,
        "text": claim.text,
        "judged_by": claim.judged_by,
        "supported_by": [_source(evidence) for evidence in claim.supporting],
        "contradicted_by": [_source(evidence) for evidence in claim.disagreeing],
    }


def _source(evidence: EvidenceView) -> Row:
    return {
        "title": evidence.title,
        "statement": evidence.statement,
        "source": evidence.source,
        "period": evidence.period,
        "method": evidence.method,
        "caveat": evidence.caveat,
        "n": evidence.n,
        "sha256": evidence.content_hash,
    }


PICTURES = Resource(
    "problem-pictures",
    "/municipalities/<slug:kommun>/problem-pictures",
    _l("Problem pictures"),
    _l("The joint pictures of police and municipality, published edition by edition."),
    (
        Field("slug", "string", _l("The picture's part of each address.")),
        Field(
            "kind",
            "string",
            _l("The ground for promises, or the public picture of a month."),
            values=tuple(kind.value for kind in PictureKind),
        ),
        Field("title", "string", _l("Its title.")),
        Field("period", "string", _l("The time that it tells of.")),
        Field("summary", "string", _l("What it says in short.")),
        Field("published_on", "date", _l("The day on which it was published.")),
        Field("published_by", "string", _l("The role that published it."), is_nullable=True),
        Field("url", "uri", _l("The page for readers.")),
    ),
    picture_rows,
)
CLAIMS = Resource(
    "claims",
    "/municipalities/<slug:kommun>/problem-pictures/<slug:slug>/claims",
    _l("Sentences of a problem picture"),
    _l("Each sentence with what it rests on, and with what says otherwise."),
    (
        PICTURE,
        Field("area_rank", "integer", _l("The rank of the problem area.")),
        Field("area", "string", _l("The problem area.")),
        Field("text", "string", _l("The sentence.")),
        Field("judged_by", "string", _l("Whose judgement it is, else null."), is_nullable=True),
        Field("supported_by", "objects", _l("Sources with their period, method, limits and n.")),
        Field("contradicted_by", "objects", _l("Sources that say otherwise.")),
    ),
    claim_rows,
)
PICTURE_RESOURCES: Sequence[Resource] = (PICTURES, CLAIMS)
