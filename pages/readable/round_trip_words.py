"""What is wrong with a row of a spreadsheet, in words."""

from dataclasses import dataclass

from data.exchange.round_trip import Fault
from data.exchange.round_trip_cells import column_word
from pages.explanations import explain
from pages.words import has_word, word


@dataclass(frozen=True, kw_only=True)
class FaultWords:
    """A fault as it is read."""

    sheet: str
    #: The heading of the column; empty where the row as a whole is at fault.
    column: str
    words: str


def fault_words(fault: Fault, language: str) -> FaultWords:
    """Return what is wrong with a row."""
    return FaultWords(
        sheet=word(f"round_trip.sheet_{fault.sheet}", language),
        column=column_word(fault.column, language) if fault.column else "",
        words=_sentence(fault, language),
    )


def _sentence(fault: Fault, language: str) -> str:
    if fault.error is not None:
        reason = ".".join(map(str, fault.error.facts[:2]))
        key = f"updates.refused.{type(fault.error).__name__}.{reason}"
        if "." not in reason.partition(".")[2] and has_word(key, language):
            return word(key, language)
        return explain(fault.error, language)
    key = f"updates.fault.{fault.code}"
    return word(key if has_word(key, language) else "updates.fault.other", language)
