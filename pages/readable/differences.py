"""What one statement says otherwise than the one before it, heading by heading."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from pages.words import word

S = TypeVar("S")


def differences(
    before: S, after: S, names: Iterable[str], value: Callable[[S, str, str], str], *, words: str, language: str
) -> list[str]:
    """
    Return what differs under each heading, from what to what.

    :param value: returns what a statement says under a heading, in a language
    :param words: where the words for headings are: ``disclosure``
    """
    return [
        word(
            f"{words}.from_to",
            language,
            what=word(f"{words}.{name}", language),
            before=value(before, name, language),
            after=value(after, name, language),
        )
        for name in names
        if getattr(before, name) != getattr(after, name)
    ]
