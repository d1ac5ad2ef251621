"""Choices among things that people named."""

from collections import Counter
from collections.abc import Mapping
from typing import TypeVar

K = TypeVar("K")


def distinct_names(names: Mapping[K, str]) -> dict[K, str]:
    """
    Return a label for each thing: its name, with its key where two have the same.

    Streamlit knows what was chosen by its label, so a label may not change while the thing stays the same, and no two
    may be equal.
    """
    often = Counter(names.values())
    return {key: name if often[name] == 1 else f"{name} ({key})" for key, name in names.items()}
