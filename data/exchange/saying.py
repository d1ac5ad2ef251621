"""What the command line says about an import."""

import json
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from data.exchange.mapping import ColumnMapping, to_json
from data.exchange.projects import Preview
from data.exchange.report import Report

#: How often progress is shown, in seconds.
_EVERY = 0.2
#: How many rows are told of each reason.
_TOLD_ROWS = 5


def say_report(report: Report) -> None:
    """Say how many rows were taken and reported, and for which reasons, the most frequent first."""
    left = len(report.reported)
    say(f"{report.rows} rows: {report.taken} taken, of which {report.unchanged} unchanged; {left} reported")
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
    for reason, count in seen.by_reason().items():
        say(f"  {count:>7}  {reason}")
    for question in seen.questions:
        examples = f" ({', '.join(question.examples)})" if question.examples else ""
        say(f"  asked: {question.code} {question.column}{examples}; {question.rows} rows wait for the answer")


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
