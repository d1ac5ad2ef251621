"""Where the record is kept, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

#: Where the record is kept when nothing says otherwise. It may be deleted: it holds the example.
EMBEDDED_FILE = Path(__file__).resolve().parent.parent / ".throughline" / "record.db"


@dataclass(frozen=True, kw_only=True)
class RecordSettings:
    """The settings of the record."""

    #: Where the record is: ``sqlite:////var/lib/record.db``, ``postgresql://user@host/name``.
    database_url: str
    #: Whether nobody said where. Then a new record is filled with the example.
    is_embedded: bool


def read_settings(environment: Mapping[str, str]) -> RecordSettings:
    """Return the settings that ``environment`` asks for."""
    url = environment.get("DATABASE_URL", "")
    return RecordSettings(database_url=url or f"sqlite:///{EMBEDDED_FILE}", is_embedded=not url)


@cache
def record_settings() -> RecordSettings:
    """Return the settings of this process."""
    return read_settings(os.environ)
