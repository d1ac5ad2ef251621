"""Objects without their empty fields, as OC4IDS wants them (conformance check ``missing-values``)."""

from collections.abc import Mapping
from typing import Any


def stated(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that have a value. Zero and false are values."""
    return {name: content for name, content in fields.items() if content not in (None, "", [], {})}
