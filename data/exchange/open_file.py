"""Opening a file as rows, whatever kind it is."""

from pathlib import Path

from data.exchange.sources import Source, content_of, form_of
from data.exchange.tables import csv_source, xlsx_source
from data.exchange.things import json_source

_OPENS = {"xlsx": xlsx_source, "json": json_source, "csv": csv_source, "text": csv_source}


def open_source(content: bytes | Path, name: str = "") -> Source:
    """
    Open a file to import: bytes and their name, or where it lies.

    :raises UnreadableFileError: if it cannot be read at all: ``(reason code, detail)``
    """
    found = content_of(content, name)
    return _OPENS[form_of(found)](found)
