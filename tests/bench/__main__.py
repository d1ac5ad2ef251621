"""
Measure: ``python -m tests.bench [NAME ...] --size s|m|l --json FILE``.

Each line tells ours, the floor of the same run, their ratio, the budget, and whether it is held. The exit code is 1
if a budget is missed.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from data.samples.synthetic_plan import SIZES
from models.clock import utc_now
from tests.bench import exporting, pages, portfolio, procedures, promises, queries, reruns, searching, writing
from tests.bench.lines import HEAD, Line
from tests.bench.record import BenchRecord, entries_of

_MEASURES: dict[str, Callable[[BenchRecord], Iterator[Line]]] = {
    "queries": queries.measure,
    "procedures": procedures.measure,
    "promises": promises.measure,
    "search": searching.measure,
    "writes": writing.measure,
    "exports": exporting.measure,
    "pages": pages.measure,
    "portfolio": portfolio.measure,
    "reruns": reruns.measure,
}


def main() -> int:
    """Measure what is asked for, print it, and return 1 if a budget is missed."""
    asked = _asked()
    record = BenchRecord(asked.size)
    record.make()
    load = os.getloadavg()[0]
    print(f"size {asked.size}: {entries_of(record)} entries; load {load:.1f} on {os.cpu_count()} processors")
    print(HEAD)
    lines: list[Line] = []
    for name in asked.names or _MEASURES:
        for line in _MEASURES[name](record):
            print(line.printed(), flush=True)
            lines.append(line)
    missed = [line for line in lines if line.verdict == "MISSED"]
    print(f"{len(lines)} lines, {len(missed)} missed")
    if asked.json:
        told = {"size": asked.size, "measured_at": utc_now().isoformat(), "load": load}
        told["lines"] = [line.as_json() for line in lines]
        asked.json.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", "utf-8")
    return 1 if missed else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measures the record and its pages.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(_MEASURES)}")
    parser.add_argument("--size", choices=sorted(SIZES), default="s")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures there")
    asked = parser.parse_args()
    unknown = set(asked.names) - set(_MEASURES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    return asked


if __name__ == "__main__":
    sys.exit(main())
