"""What the record refused, in words for the public: a class of exception and its facts, turned into a sentence."""

from datetime import date, datetime

from models.exceptions import (
    ConflictError,
    FileRefusedError,
    FutureEventError,
    InvalidValueError,
    NotOpenError,
    OrderError,
    ReasonMissingError,
    RecordError,
    TooManyAttemptsError,
    UnreadableFileError,
)
from pages.formats import format_closing, format_day, format_instant
from pages.words import has_word, word

#: How many dots the key of a word about a field and its problem has.
_WORD_DEPTH = 3


def explain(error: RecordError, language: str) -> str:
    """Return what went wrong and what can be done, as a sentence. Facts that people typed come out as text."""
    facts = [_fact(fact, language) for fact in error.facts]
    match error:
        case InvalidValueError():
            return _invalid(error, facts, language)
        case ReasonMissingError():
            return word("errors.reason_missing", language)
        case FutureEventError():
            return word("errors.future_event", language, day=facts[0])
        case OrderError():
            return word("errors.order", language, earlier=facts[0], later=facts[1])
        case NotOpenError():
            return _not_open(error, language)
        case ConflictError():
            return word("errors.conflict", language, seen=facts[1], now=facts[2], says=facts[3])
        case TooManyAttemptsError():
            return word("errors.too_many_attempts", language, seconds=facts[0])
        case FileRefusedError() | UnreadableFileError():
            return _file(facts, language)
        case _:
            return word(f"errors.{type(error).__name__}", language)


def _invalid(error: InvalidValueError, facts: list[str], language: str) -> str:
    path, problem = [*facts, "", ""][:2]
    field = path.partition(".")[0]
    for key in (f"errors.invalid.{field}.{problem}", f"errors.invalid.{field}.other"):
        # A problem that is itself a sentence names no word of ours.
        if key.count(".") == _WORD_DEPTH and has_word(key, language):
            return word(key, language, value=problem)
    name = word(f"fields.{field}", language) if has_word(f"fields.{field}", language) else field
    of_kind = f"errors.kinds.{error.kind}"
    if error.kind and has_word(of_kind, language):
        return word(of_kind, language, field=name, limit=error.limit)
    return word("errors.invalid_field", language, field=name, problem=problem)


def _not_open(error: NotOpenError, language: str) -> str:
    opens_at, closes_at, arrived_at = error.facts
    if arrived_at < opens_at:
        return word("errors.not_yet_open", language, opens=format_instant(opens_at, None, language))
    return word("errors.no_longer_open", language, closed=format_closing(closes_at, None, language))


def _file(facts: list[str], language: str) -> str:
    reason, detail = [*facts, "", ""][:2]
    key = f"errors.file.{reason}"
    return word(key if has_word(key, language) else "errors.file.other", language, detail=detail, name=detail)


def _fact(fact: object, language: str) -> str:
    if isinstance(fact, datetime):
        return format_instant(fact, None, language)
    return format_day(fact) if isinstance(fact, date) else str(fact)
