"""Facts as the ledger has them: what was stated, and nothing about what was not."""

from typing import Any


def stated(**facts: Any) -> dict[str, Any]:
    """Return those facts that were stated: numbers and yes or no as they are, everything else as text."""
    return {
        name: value if isinstance(value, int) else str(value)
        for name, value in facts.items()
        if value is not None and value != ""
    }
