"""Imports every table, so that migrations and tests see the whole of ``Base.metadata``."""

from surveys.db import Base
from surveys.models import (
    access_record,
    account,
    dialogue,
    evidence,
    geography,
    hotspot,
    language,
    link,
    map_edition,
    municipality,
    notice,
    picture,
    place,
    plan,
    progress,
    promise,
    response,
    suspicion,
)

__all__ = ["TABLE_MODULES", "metadata"]

TABLE_MODULES = (
    access_record,
    account,
    dialogue,
    evidence,
    geography,
    hotspot,
    language,
    link,
    map_edition,
    municipality,
    notice,
    picture,
    place,
    plan,
    progress,
    promise,
    response,
    suspicion,
)
metadata = Base.metadata
