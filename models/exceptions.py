"""
Everything this application raises on purpose.

RecordError
├── RuleError                 the change would break a rule of the record
│   ├── InvalidValueError     a value is missing, or is not of its kind
│   ├── ReasonMissingError    a published statement changes without a public reason
│   ├── FutureEventError      something is said to have happened that has not
│   ├── OrderError            a date lies before another that it must follow
│   ├── NotOpenError          a comment arrives outside the comment period
│   ├── SecondPersonError     a department publishes nothing unless a second person agrees
│   ├── OwnProposalError      whoever proposed a change would also agree to it
│   └── ProposalStandsError   a proposal no longer, or not yet, stands for what is to be done
├── NotAllowedError           the actor may not make the change
├── NotFoundError             there is no such thing in the record
├── ConflictError             somebody else changed it first
├── TokenReusedError          a client token came back with other content
├── UnrecordedChangeError     a change was about to be kept without a ledger entry
├── FileRefusedError          an uploaded file is not what the record takes
├── UnreadableFileError       a file to import cannot be read at all
├── TooManyAttemptsError      sign-in is throttled
└── WriterBusyError           the record takes no more changes for the moment

Exceptions carry facts, not sentences: ``pages/words`` turns a class and its facts into words for the public.
"""

from typing import Any

from pydantic import ValidationError

#: How Pydantic names the limit that a value breaks.
_LIMITS = ("max_length", "min_length", "ge", "le", "gt", "lt")


class RecordError(Exception):
    """Base class for exceptions from within this application."""

    def __init__(self, *facts: Any) -> None:
        super().__init__(*facts)
        #: What happened, in values: a page chooses the words.
        self.facts = facts


class RuleError(RecordError):
    """Raised if a change would break a rule of the record."""


class InvalidValueError(RuleError):
    """Raised if a value is missing, or is not of its kind: ``(field, value or problem)``."""

    #: Where Pydantic found it: its name for what is wrong, and the limit that was broken.
    kind = ""
    limit: Any = None

    @classmethod
    def from_validation(cls, owner: str, error: ValidationError) -> "InvalidValueError":
        """Return the first thing that is wrong, named by its field."""
        first = error.errors(include_url=False, include_input=False)[0]
        found = cls(".".join(str(part) for part in first["loc"]) or owner, first["msg"])
        context = first.get("ctx", {})
        found.kind = first["type"]
        found.limit = next((context[name] for name in _LIMITS if name in context), None)
        return found


class ReasonMissingError(RuleError):
    """Raised if a published statement changes without a public reason: ``(what,)``."""


class FutureEventError(RuleError):
    """Raised if something is said to have happened that has not: ``(date,)``."""


class OrderError(RuleError):
    """Raised if a date lies before another that it must follow: ``(earlier, later)``."""


class NotOpenError(RuleError):
    """Raised if a comment arrives outside the comment period: ``(opens_at, closes_at, arrived_at)``."""


class SecondPersonError(RuleError):
    """Raised if a department would publish what no second person has agreed to: ``(department,)``."""


class OwnProposalError(RuleError):
    """Raised if whoever proposed a change would also agree to it: ``(proposal,)``."""


class ProposalStandsError(RuleError):
    """Raised if a proposal does not stand for what is to be done with it: ``(proposal, state)``."""


class NotAllowedError(RecordError):
    """Raised if the actor may not make the change: ``(act, role)``."""


class NotFoundError(RecordError):
    """Raised if there is no such thing in the record: ``(kind, identifier)``."""


class ConflictError(RecordError):
    """Raised if somebody else changed it first: ``(what, number seen, number now, what it says now)``."""


class TokenReusedError(RecordError):
    """Raised if a client token came back with other content."""


class UnrecordedChangeError(RecordError):
    """Raised if a change was about to be kept without a ledger entry: ``(table,)``."""


class FileRefusedError(RecordError):
    """Raised if an uploaded file is not what the record takes: ``(reason code, file name)``."""


class UnreadableFileError(RecordError):
    """Raised if a file to import cannot be read at all: ``(reason code, detail)``."""


class TooManyAttemptsError(RecordError):
    """Raised if sign-in is throttled: ``(seconds to wait,)``."""


class WriterBusyError(RecordError):
    """Raised if the record takes no more changes for the moment."""
