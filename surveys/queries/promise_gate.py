"""What a promise still lacks before it can be published."""

from dataclasses import dataclass

from surveys.models.promise import Promise


@dataclass(frozen=True, slots=True)
class Missing:
    """One missing thing; ``municipality`` names whose, where it is somebody's."""

    code: str
    municipality: str | None = None


def list_missing(promise: Promise) -> tuple[Missing, ...]:
    """What is missing: a point, a period, somebody who signs for each party."""
    missing = []
    if not promise.points:
        missing.append(Missing("no_points"))
    if promise.months_from_signing is None and promise.ends_on is None:
        missing.append(Missing("no_period"))
    signing = {signatory.municipality_id for signatory in promise.signatories}
    if None not in signing:
        missing.append(Missing("no_police_signatory"))
    missing += [
        Missing("no_municipal_signatory", party.municipality.official_name)
        for party in promise.parties
        if party.municipality_id not in signing
    ]
    return tuple(missing)
