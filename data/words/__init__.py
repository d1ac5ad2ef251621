"""
Words for published codes, and for feeds: one folder for each language, one file for each subject.

Pages have more words (``pages/words``), and find them in the same way. The first part of a key names the file:
``codes.stance.object`` stands in ``en/codes.toml`` and ``zh/codes.toml``.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

#: By its name, as every folder of words is given: a path would be hashed again, and slowly, for each word of a page.
FOLDER = str(Path(__file__).parent)


def word(key: str, language: str, *folders: str, **values: object) -> str:
    """
    Return the words for ``key``, with ``values`` put in.

    Where English has two forms, both are given as ``one`` and ``other``, and ``count`` chooses.

    :param folders: where words are looked for before they are looked for here
    """
    found = find_words(key, language, *folders)
    if isinstance(found, dict):
        found = found["one" if values.get("count") == 1 and "one" in found else "other"]
    return str(found).format(**values)


def in_both(key: str, **values: object) -> str:
    """Return the words for ``key`` in both languages, for what has one address for all readers."""
    return f"{word(key, 'zh', **values)} · {word(key, 'en', **values)}"


@cache
def find_words(key: str, language: str, *folders: str) -> Any:
    """
    Return what stands under ``key``.

    :raises KeyError: if nothing does
    """
    subject, *parts = key.split(".")
    found: Any = _subject(subject, language, *folders)
    for part in parts:
        try:
            found = found[part]
        except (KeyError, TypeError):
            raise KeyError(key) from None
    return found


@cache
def _subject(subject: str, language: str, *folders: str) -> dict[str, Any]:
    for folder in (*folders, FOLDER):
        path = Path(folder, language, f"{subject}.toml")
        if path.is_file():
            return tomllib.loads(path.read_text("utf-8"))
    return {}
