"""
Words for the public: one folder for each language, one file for each subject, the same keys in each.

The first part of a key names the file: ``decision.closes`` stands in ``en/decision.toml`` and ``zh/decision.toml``.
Words for published codes are those of ``data/words``, which feeds use too.
"""

from pathlib import Path

from data.words import find_words
from data.words import word as find_word

_FOLDER = str(Path(__file__).parent)


def word(key: str, language: str, **values: object) -> str:
    """
    Return the words for ``key``, with ``values`` put in.

    Where English has two forms, both are given as ``one`` and ``other``, and ``count`` chooses.
    """
    return find_word(key, language, _FOLDER, **values)


def has_word(key: str, language: str) -> bool:
    """Whether there are words for ``key``."""
    try:
        find_words(key, language, _FOLDER)
    except KeyError:
        return False
    return True
