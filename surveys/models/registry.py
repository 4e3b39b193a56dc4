"""Imports every table, so that migrations and tests see the whole of ``Base.metadata``."""

from surveys.db import Base
from surveys.models import (
    access_record,
    account,
    coding,
    dialogue,
    evidence,
    geography,
    hotspot,
    language,
    link,
    map_edition,
    map_export,
    municipality,
    notice,
    picture,
    place,
    plan,
    population,
    progress,
    promise,
    response,
    result_edition,
    safety,
    suspicion,
    theme,
)

__all__ = ["TABLE_MODULES", "metadata"]

TABLE_MODULES = (
    access_record,
    account,
    coding,
    dialogue,
    evidence,
    geography,
    hotspot,
    language,
    link,
    map_edition,
    map_export,
    municipality,
    notice,
    picture,
    place,
    plan,
    population,
    progress,
    promise,
    response,
    result_edition,
    safety,
    suspicion,
    theme,
)
metadata = Base.metadata
