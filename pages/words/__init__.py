"""Words for the public, by key and language."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any


def word(key: str, language: str, **values: object) -> str:
    """Return the words for ``key``, with ``values`` put in."""
    found: Any = _words(language)
    for part in key.split("."):
        found = found[part]
    return str(found).format(**values)


@cache
def _words(language: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / f"{language}.toml").read_text("utf-8"))
