"""Comparing what is written with what was written when somebody last looked at it."""

import os
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "golden"
#: Set to write the files anew; read the difference before it is committed.
UPDATE = "UPDATE_GOLDEN"


def assert_golden(name, content):
    """Assert that ``content`` is what the file of that name holds."""
    path = FOLDER / name
    if os.environ.get(UPDATE):
        path.write_bytes(content)
    assert content == path.read_bytes()
