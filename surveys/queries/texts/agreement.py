"""How far those who coded the same answers agree, theme by theme, and where they differ."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from surveys.drafts.coding import Codes
from surveys.models.coding import Coding, CodingPurpose, CodingSample, CodingSampleMember
from surveys.models.dialogue import Dialogue
from surveys.models.municipality import Municipality
from surveys.models.response import Response
from surveys.models.theme import Theme
from surveys.queries.texts.coded_texts import has_text, with_words, words_of
from surveys.queries.texts.coding import codes_of, fingerprint
from surveys.queries.texts.themes import list_themes
from surveys.statistics.agreement import (
    Reliability,
    cohen_kappa,
    judge,
    krippendorff_alpha,
)


@dataclass(frozen=True, slots=True)
class SampleView:
    """One draw: what can be repeated of it."""

    drawn_at: datetime
    drawn_by: str
    seed: int
    size: int


@dataclass(frozen=True, slots=True)
class ThemeAgreement:
    """One theme over ``n`` answers that two people coded: given or not, whatever the axis.

    ``n_either`` answers got it from at least one of them. ``alpha`` and ``kappa`` are None where
    nobody or everybody got it; ``judged`` follows alpha.
    """

    name: str
    n: int
    n_both: int
    n_either: int
    alpha: float | None
    kappa: float | None
    judged: Reliability | None


@dataclass(frozen=True, slots=True)
class Difference:
    """An answer that two people coded otherwise, until somebody settles it."""

    response_id: uuid.UUID
    text: str
    readings: tuple[tuple[str, Codes], ...]  # (role, what they coded)
    settled: Codes | None
    base: str


@dataclass(frozen=True, slots=True)
class AgreementView:
    """All that the page shows. ``n_anchored`` pairs are left out: one had seen suggestions."""

    samples: tuple[SampleView, ...]
    n_drawn: int
    n_pairs: int
    n_anchored: int
    themes: tuple[ThemeAgreement, ...]
    differences: tuple[Difference, ...]


def get_agreement(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> AgreementView:
    """The agreement over all samples of a dialogue, with what is left to settle first."""
    samples = session.scalars(
        select(CodingSample)
        .where(
            CodingSample.municipality_id == municipality.id,
            CodingSample.dialogue_id == dialogue.id,
        )
        .order_by(CodingSample.id)
    ).all()
    codings = _codings(session, municipality, dialogue)
    pairs = {key: found for key, group in codings.items() if (found := _pair(group))}
    blind = [pair for pair in pairs.values() if not any(c.saw_suggestions for c in pair)]
    themes = list_themes(session, municipality)
    return AgreementView(
        samples=tuple(SampleView(s.drawn_at, s.drawn_by, s.seed, s.size) for s in samples),
        n_drawn=sum(sample.size for sample in samples),
        n_pairs=len(pairs),
        n_anchored=len(pairs) - len(blind),
        themes=tuple(_agreement(theme, blind) for theme in themes),
        differences=_differences(session, pairs, codings),
    )


def _codings(
    session: Session, municipality: Municipality, dialogue: Dialogue
) -> dict[uuid.UUID, list[Coding]]:
    statement = (
        select(Coding)
        .join(Response, Response.id == Coding.response_id)
        .join(CodingSampleMember, CodingSampleMember.response_id == Coding.response_id)
        .where(
            Coding.municipality_id == municipality.id,
            Coding.dialogue_id == dialogue.id,
            Response.is_counted.is_(True),
        )
        .options(selectinload(Coding.themes))
        .order_by(Coding.response_id, Coding.coded_on, Coding.coder_id)
    )
    found: dict[uuid.UUID, list[Coding]] = defaultdict(list)
    for coding in session.scalars(statement).unique():
        found[coding.response_id].append(coding)
    return found


def _pair(codings: Sequence[Coding]) -> tuple[Coding, Coding] | None:
    """The first two people's own readings."""
    own = [coding for coding in codings if coding.purpose is CodingPurpose.CODED]
    return (own[0], own[1]) if len(own) > 1 else None


def _agreement(theme: Theme, pairs: Sequence[tuple[Coding, Coding]]) -> ThemeAgreement:
    first = [_has(pair[0], theme) for pair in pairs]
    second = [_has(pair[1], theme) for pair in pairs]
    both = list(zip(first, second, strict=True))
    alpha = krippendorff_alpha(both)
    return ThemeAgreement(
        name=theme.title(),
        n=len(pairs),
        n_both=sum(a and b for a, b in both),
        n_either=sum(a or b for a, b in both),
        alpha=alpha,
        kappa=cohen_kappa(first, second),
        judged=judge(alpha),
    )


def _has(coding: Coding, theme: Theme) -> bool:
    return any(code.theme_id == theme.id for code in coding.themes)


def _differences(
    session: Session,
    pairs: dict[uuid.UUID, tuple[Coding, Coding]],
    codings: dict[uuid.UUID, list[Coding]],
) -> tuple[Difference, ...]:
    """Unsettled ones first. Whose words are gone cannot be settled and is left out."""
    unlike = [key for key, (a, b) in pairs.items() if codes_of(a) != codes_of(b)]
    statement = select(Response).where(Response.id.in_(unlike), has_text())
    texts = {r.id: " · ".join(words_of(r)) for r in session.scalars(with_words(statement))}
    found = []
    for key in unlike:
        settled = next((c for c in codings[key] if c.purpose is CodingPurpose.SETTLED), None)
        if key in texts:
            found.append(
                Difference(
                    response_id=key,
                    text=texts[key],
                    readings=tuple((c.coder_title, codes_of(c)) for c in pairs[key]),
                    settled=codes_of(settled) if settled else None,
                    base=fingerprint(settled),
                )
            )
    return tuple(sorted(found, key=lambda d: (d.settled is not None, d.response_id)))
