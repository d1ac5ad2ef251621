"""What the command line says about an import."""

import json
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from data.exchange.mapping import ColumnMapping, to_json
from data.exchange.phases import PhaseCounts
from data.exchange.previews import Preview
from data.exchange.report import Report

#: How often progress is shown, in seconds.
_EVERY = 0.2
#: How many rows are told of each reason.
_TOLD_ROWS = 5


def say_report(report: Report) -> None:
    """Say how many rows were taken and reported, and for which reasons, the most frequent first."""
    left = len(report.reported)
    if report.proposal_id is not None:
        say(f"nothing is published yet: a second person has to agree to proposal {report.proposal_id}")
    say(f"{report.rows} rows: {report.taken} taken, of which {report.unchanged} unchanged; {left} reported")
    _say_phases(report.phases)
    for reason, count in report.by_reason().items():
        say(f"  {count:>7}  {reason}")
        for one in islice((one for one in report.reported if one.reason == reason), _TOLD_ROWS):
            say(f"           row {one.row}, {one.column or '-'}: {one.value[:80]}")
    for reason, count in report.notes_by_reason().items():
        say(f"  {count:>7}  note: {reason}")


def say_preview(seen: Preview) -> None:
    """Say what a file would come to, and what is asked."""
    say_mapping(seen.mapping)
    say(f"{seen.rows} rows: {seen.sound} can be taken, {len(seen.reported)} would be reported")
    _say_phases(seen.phases)
    for reason, count in seen.by_reason().items():
        say(f"  {count:>7}  {reason}")
    for question in seen.questions:
        examples = f" ({', '.join(question.examples)})" if question.examples else ""
        say(f"  asked: {question.code} {question.column}{examples}; {question.rows} rows wait for the answer")


def _say_phases(found: PhaseCounts | None) -> None:
    if found is None:
        return
    say("no column says the phase; it was taken from dates, progress and contracts:")
    counts = {
        "completed": found.completion,
        "under construction": found.implementation,
        "in preparation": found.preparation,
        f"not begun as far as the file says, and taken as {found.assumed}": found.not_begun,
    }
    say("  " + ", ".join(f"{count} {where}" for where, count in counts.items()))


def say_mapping(mapping: ColumnMapping) -> None:
    """Say which column is taken for what."""
    told = json.loads(to_json(mapping))
    for field, value in told.items():
        if field == "milestones":
            for one in value:
                say(f"  milestone {one['title']}: {one['planned'] or one['actual'] or one['either']}")
        elif value and value != 1:
            say(f"  {field}: {value}")


def write_json(path: Path | None, found: object) -> None:
    """Write a report to a file, where one is asked for."""
    if path is not None:
        path.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", "utf-8")


def show_progress() -> Callable[[int, int], None]:
    """Return what shows how many rows are read, and of how many."""
    shown = 0.0

    def show(done: int, total: int) -> None:
        nonlocal shown
        if done < total and time.monotonic() - shown < _EVERY:
            return
        shown = time.monotonic()
        sys.stderr.write(f"{done} of {total} rows read" + ("\n" if done >= total else "\r"))
        sys.stderr.flush()

    return show


def say(line: str) -> None:
    """Say a line."""
    sys.stdout.write(line + "\n")
