"""What is stored of a run beside its figures: its settings, and the names of its areas."""

from typing import Any

from maps.crs import SWEREF99_TM
from maps.engine.hotspots import Analysis, names_of_too_few
from maps.engine.people import People, SquarePeople
from maps.places import distance_m
from surveys.queries.ground.people import source_of
from surveys.queries.maps.stale_maps import TELLING_RULE
from surveys.services.maps.hotspot_drawing import class_limits
from surveys.services.maps.hotspot_holding import counted_persons
from surveys.services.maps.hotspot_input import RunInput, RunOutput


def run_settings(output: RunOutput, analysis: Analysis) -> dict[str, Any]:
    """What reproduces the run, and what its page says beside the figures."""
    data, chosen = output.data, analysis.settings
    of_all = {
        "n_words_only": data.marks.unplaced.size,
        "n_districts": analysis.n_districts,
        "n_far_outside": analysis.n_outside,
        "too_few": _too_few(output, analysis),
    }
    # Of a part of the marks the small numbers beside the map would tell what is withheld on it.
    of_part = {
        "too_few": [],
        "n_held_back": output.n_held_back,
    }
    return {
        "state": analysis.state.value,
        "crs": f"EPSG:{SWEREF99_TM}",
        "cell_m": chosen.cell_m,
        "radius_m": chosen.radius_m,
        "reach_m": chosen.reach_m,
        "bandwidth_m": analysis.bandwidth_m,
        "bandwidth_rule": analysis.bandwidth_rule.value,
        "false_discovery_rate": chosen.false_discovery_rate,
        "min_respondents": chosen.min_respondents,
        "min_marks": chosen.min_marks,
        "class_limits": class_limits(analysis),
        "fingerprint": data.fingerprint,
        "telling_rule": TELLING_RULE,
        "scan": _scan_settings(output, analysis),
        **counted_persons(data),
    } | (of_all if data.everybody is None else of_part)


def _scan_settings(output: RunOutput, analysis: Analysis) -> dict[str, Any] | None:
    """What the scan was made with and held to; None where there was nothing to hold it to."""
    scan = analysis.scan
    if scan is None:
        return None
    held_to = None if scan.baseline is None else source_of(output.data.people, scan.baseline)
    return {
        "untested": scan.untested,
        "source": held_to and held_to.source,
        "dated_on": held_to and held_to.dated_on and held_to.dated_on.isoformat(),
        "cell_m": scan.cell_m,
        "simulations": scan.simulations,
        "n": scan.n,
        "n_unpeopled": scan.n_unpeopled,
        "people_cell_m": scan.people_cell_m,
        "covers": held_to and _covers(output.data, held_to.people),
    }


def _covers(data: RunInput, people: People) -> dict[str, Any] | None:
    """How many an imported grid holds in the municipality, and how many are known to live there.

    None for other sources, and where nothing else is known.
    """
    if data.known is None or not isinstance(people, SquarePeople):
        return None
    outline = data.outline.geometry if data.outline is not None else None
    return {
        "n": round(people.number_within(outline)),
        "known": data.known.n,
        "is_whole": data.known.is_whole,
        "source": data.known.source,
    }


def _too_few(output: RunOutput, analysis: Analysis) -> list[str]:
    """Names of places with too few respondents; never one that a drawn area lies in."""
    told = set(output.names.values())
    for point in output.data.register:
        lies_in = any(
            distance_m(point.lat, point.lon, area.lat, area.lon) <= point.radius_m
            for area in analysis.areas
        )
        if lies_in:
            told.add(point.name)
    return [name for name in names_of_too_few(analysis, output.data.register) if name not in told]
