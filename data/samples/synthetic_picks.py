"""Choices that nobody makes: always the same ones for the same numbers."""

from collections.abc import Sequence

from models.decision import Language

_MASK = (1 << 64) - 1
#: Of a hundred texts, so many are Chinese.
CHINESE = 60


class Picks:
    """A row of choices that follows from numbers alone (SplitMix64, Steele et al., OOPSLA 2014)."""

    __slots__ = ("_state",)

    def __init__(self, *numbers: int) -> None:
        """Begin the row that belongs to these numbers."""
        state = 0
        for number in numbers:
            state = (state ^ (number + 1)) * 0xBF58476D1CE4E5B9 & _MASK
            state ^= state >> 31
        self._state = state

    def below(self, limit: int) -> int:
        """Return the next number, less than ``limit``."""
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = (self._state ^ (self._state >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB & _MASK
        return (mixed >> 33) % limit

    def one_of(self, words: Sequence[str]) -> str:
        """Return one of the words."""
        return words[self.below(len(words))]

    def language(self) -> Language:
        """Return a language: Chinese more often than English."""
        return Language.CHINESE if self.below(100) < CHINESE else Language.ENGLISH
