"""
The command line: ``python -m data --help``.

Commands speak English, since whoever has the machine reads logs. Each long one shows how far it is.
"""

import argparse
import getpass
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from data.database import database, reading
from data.exchange import command as exchange
from data.feeds import checking, forecasting
from data.feeds.exports import FORMATS, export_to
from data.feeds.parts import Source
from data.feeds.portfolio_asked import day_in
from data.ledger.verify import verify
from data.operations.accounts import CreateAccount, create_account
from data.present import rebuild
from data.publication import publish_due
from data.samples.synthetic import synthesize
from data.samples.synthetic_plan import SIZES
from data.schema import migrate, open_record
from data.settings import record_settings
from data.start import clear_example, fill_with_example
from data.templates import command as procedures
from data.writer import change, writer
from models.actor import OPERATOR, Role
from models.clock import local_date, utc_now
from models.exceptions import RecordError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command, and return its exit code."""
    asked = _parser().parse_args(arguments)
    try:
        code: int = asked.run(asked)
    except RecordError as error:
        print(f"Refused: {type(error).__name__} {', '.join(map(str, error.facts))}", file=sys.stderr)
        return 1
    return code


def _migrate(_: argparse.Namespace) -> int:
    migrate(database())
    if not record_settings().is_embedded:  # A new embedded record is opened when the server starts: as the example.
        open_record(writer())
    print(f"The tables of {database().url.render_as_string()} have the form that this version knows.")
    return 0


def _example(asked: argparse.Namespace) -> int:
    day = fill_with_example(asked.day)
    print(f"The record is the example of {day}. Everybody in it signs in with the password throughline-example.")
    return 0


def _clear_example(_: argparse.Namespace) -> int:
    clear_example()
    print("The example is gone. The record is empty, and in earnest.")
    return 0


def _create_user(asked: argparse.Namespace) -> int:
    migrate(database())
    open_record(writer())
    password = os.environ.get("THROUGHLINE_PASSWORD") or getpass.getpass("Password: ")
    command = CreateAccount(
        email=asked.email,
        name=asked.name or asked.email.partition("@")[0],
        role=Role(asked.role),
        department_id=asked.department,
        password=password,
    )
    change(create_account, command, OPERATOR)
    print(f"{asked.email} can sign in as {asked.role}.")
    return 0


def _verify(asked: argparse.Namespace) -> int:
    with reading() as session:
        found = verify(session, _progress("verified"))
    result = {"entries": found.entries, "root": found.root, "faults": found.faults}
    print(json.dumps(result, indent=2) if asked.json else _sentences(found.entries, found.root, found.faults))
    return 1 if found.faults else 0


def _sentences(entries: int, root: str, faults: Sequence[str]) -> str:
    verdict = "Everything follows from the entries." if not faults else "It does not hold:\n" + "\n".join(faults)
    return f"{entries} entries, root {root}\n{verdict}"


def _export(asked: argparse.Namespace) -> int:
    if asked.decision and FORMATS[asked.format] is not FORMATS["comments"]:
        print("Refused: only comments can be exported for one decision", file=sys.stderr)
        return 1
    if not asked.path.parent.is_dir():
        print(f"Refused: there is no folder {asked.path.parent}", file=sys.stderr)
        return 1
    export, now = FORMATS[asked.format], utc_now()
    if asked.as_of and not export.shows_past:
        print("Refused: that form cannot be exported as of a past day", file=sys.stderr)
        return 1
    source = Source(
        reading=reading,
        site=asked.site.rstrip("/"),
        now=now,
        decision_id=asked.decision,
        as_of=day_in({"as_of": asked.as_of}, local_date(now)),
    )
    rows = export_to(asked.path, export, source, _progress("exported"))
    print(f"{asked.path} holds {rows} rows.")
    return 0


def _publish_due(_: argparse.Namespace) -> int:
    done = publish_due()
    for number in done.failed:
        print(f"Proposal {number} was refused; its department sees why.", file=sys.stderr)
    for number in done.left:
        print(f"Proposal {number} could not be tried; it is tried again.", file=sys.stderr)
    following = f" The next is due at {done.next_at:%Y-%m-%dT%H:%M:%SZ}." if done.next_at else ""
    print(f"{len(done.published)} published, {len(done.failed)} refused.{following}")
    return 1 if done.left else 0


def _rebuild(_: argparse.Namespace) -> int:
    with database().rebuilding() as session:
        rebuild(session, _progress("rebuilt"))
    return 0


def _synthesize(asked: argparse.Namespace) -> int:
    migrate(database())
    shown = _progress("slices of time made")
    synthesize(database(), writer(), size=asked.size, seed=asked.seed, until=utc_now(), progress=shown)
    return 0


def _progress(done_what: str) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        ends = "\n" if done >= total else "\r"
        print(f"{done} of {total} {done_what}", end=ends, file=sys.stderr, flush=True)

    return show


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m data", description="Keeps the record.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int], says: str) -> argparse.ArgumentParser:
        found = commands.add_parser(name, help=says, description=says)
        found.set_defaults(run=run)
        return found

    where = "in the embedded file" if record_settings().is_embedded else "at DATABASE_URL"
    command("migrate", _migrate, f"bring the tables {where} up to date")
    example = command("example", _example, "fill an empty record with the example; make an example anew")
    example.add_argument("--day", type=date.fromisoformat, help="the day it is an example of: YYYY-MM-DD; today")
    command("clear-example", _clear_example, "remove the example, and leave an empty record")
    create = command("create-user", _create_user, "create an account; the password is asked for")
    create.add_argument("email")
    create.add_argument("--role", choices=[role.value for role in Role], default=Role.ADMINISTRATOR.value)
    create.add_argument("--department", help="the code of the department, unless an administrator or auditor")
    create.add_argument("--name", default="")
    check = command("verify", _verify, "derive every hash of the ledger anew")
    check.add_argument("--json", action="store_true")
    export = command("export", _export, "write the whole record to a file, in a form that others read")
    export.add_argument("format", choices=sorted(FORMATS), metavar="FORMAT", help=", ".join(sorted(FORMATS)))
    export.add_argument("path", type=Path, metavar="PATH")
    export.add_argument("--decision", help="only the comments on this decision")
    export.add_argument("--as-of", default="", metavar="DATE", help="as the record was at the end of that day")
    export.add_argument("--site", default=os.environ.get("PUBLIC_URL") or "http://localhost:8501", help="for links")
    invent = command("synthesize", _synthesize, "fill an empty record with one of a given size, or go on")
    invent.add_argument("--size", choices=sorted(SIZES), required=True)
    invent.add_argument("--seed", type=int, default=1)
    exchange.add_arguments(command("import", exchange.run, "take the rows of a file, and report those not taken"))
    clock = command("clock", procedures.run_clock, "count a legal period, and print the arithmetic day by day")
    procedures.add_clock_arguments(clock)
    templates = command("templates", procedures.run_templates, "list the procedures, and say what is wrong in them")
    procedures.add_template_arguments(templates)
    checking.add_arguments(command("check", checking.run, "say where every duty of a decision stands"))
    forecast = command("forecast", forecasting.run, "explain how likely the date of a project is; publish it for all")
    forecasting.add_arguments(forecast)
    command("publish-due", _publish_due, "publish what was scheduled and is due; the server does so by itself")
    command("rebuild", _rebuild, "make everything that is derived anew")
    return parser


if __name__ == "__main__":
    sys.exit(main())
