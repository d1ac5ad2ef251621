"""JSON as it is sent, and the plain values of the record in it."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from data.queries.departments import DepartmentName
from models.clock import JURISDICTION, zone
from models.milestone_codes import Precision
from models.promised_day import PromisedDay


def as_json(value: Any) -> bytes:
    """Return JSON in UTF-8. NaN and infinity, which JSON does not have, are a fault of ours."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def instant(value: datetime | None) -> str | None:
    """Return an instant in UTC (RFC 3339)."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if value else None


def day(value: date | None) -> str | None:
    """Return a civil day (ISO 8601)."""
    return value.isoformat() if value else None


def as_said(promised: PromisedDay) -> str:
    """
    Return a day no more exactly than it was said, with its range where one was said.

    Days, months and years are written as ISO 8601 has them, and quarters likewise: no language is needed for them.
    """
    said = {
        Precision.YEAR: f"{promised.said:%Y}",
        Precision.QUARTER: f"{promised.said.year}-Q{(promised.said.month + 2) // 3}",
        Precision.MONTH: f"{promised.said:%Y-%m}",
    }.get(promised.precision, f"{promised.said}")
    if promised.low is None and promised.high is None:
        return said
    return f"{said} ({promised.low or promised.said} – {promised.high or promised.said})"


def midnight(value: date) -> str:
    """Return a civil day as OC4IDS wants it: with a time and the offset of the jurisdiction."""
    return datetime(value.year, value.month, value.day, tzinfo=zone(JURISDICTION)).isoformat()


def closing(closes_at: datetime, zone_name: str) -> str:
    """
    Return until when comments are taken, on the calendar of their zone.

    The first instant of a day is excluded, so people are told the last minute of the day before, as pages tell them.
    """
    local = closes_at.astimezone(zone(zone_name))
    last = local - timedelta(minutes=1) if (local.hour, local.minute) == (0, 0) else local
    return f"{last:%Y-%m-%d %H:%M} ({zone_name}, UTC{local:%z})"


def department(code: str, names: Mapping[str, DepartmentName]) -> dict[str, str]:
    """Return a department by its code, with its names."""
    named = names.get(code)
    return {"id": code, **({"name_zh": named.name_zh, "name_en": named.name_en} if named else {})}


def money(amount: int | None, currency: str | None) -> dict[str, Any] | None:
    """Return an amount in the smallest unit of its currency; nothing where none is stated."""
    return None if amount is None else {"amount_minor": amount, "currency": currency}
