"""CSV (RFC 4180) for whoever opens it: a byte order mark for Excel, and no cell that a spreadsheet would calculate."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

#: Excel takes UTF-8 for the encoding of its country unless a file begins with it.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: What a spreadsheet takes for the beginning of a formula (ASVS 5.0.0, 1.2.10), after white space or not.
_FORMULA = re.compile("[\\s\u3000\u200b\u200e\u200f\u2060\ufeff]*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]|[\t\r]")


def safe(text: str | None) -> str:
    """Return a cell of text that no spreadsheet calculates: behind an apostrophe, where it would."""
    if not text:
        return ""
    # Nearly all texts begin with a letter or a digit, and no formula does.
    return text if text[0].isalnum() or not _FORMULA.match(text) else f"'{text}"


def quoted(text: str | None) -> str:
    """Return a cell of text in quotes, and :func:`safe`; nothing for none."""
    if not text:
        return ""
    if not text[0].isalnum():
        text = safe(text)
    return f'"{text}"' if '"' not in text else '"' + text.replace('"', '""') + '"'


def lines(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return rows as CSV, quoted where they must be."""
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode()
