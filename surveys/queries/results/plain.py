"""Frozen values as plain ones, to be stored or filed."""

import json
from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import Any


def as_json(value: Any) -> dict[str, Any]:
    """A dataclass in plain values; days in ISO form, members by their value."""
    stored: dict[str, Any] = json.loads(json.dumps(asdict(value), default=_plain))
    return stored


def _plain(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} cannot be stored in a figure")
