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

from data.database import database, reading
from data.ledger.verify import verify
from data.operations.accounts import CreateAccount, create_account
from data.present import rebuild
from data.schema import migrate, open_record
from data.settings import record_settings
from data.writer import change, writer
from models.actor import OPERATOR, Role
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
    open_record(writer())
    print(f"The tables of {database().url.render_as_string()} have the form that this version knows.")
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


def _rebuild(_: argparse.Namespace) -> int:
    with database().rebuilding() as session:
        rebuild(session, _progress("rebuilt"))
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
    create = command("create-user", _create_user, "create an account; the password is asked for")
    create.add_argument("email")
    create.add_argument("--role", choices=[role.value for role in Role], default=Role.ADMINISTRATOR.value)
    create.add_argument("--department", help="the code of the department, unless an administrator or auditor")
    create.add_argument("--name", default="")
    check = command("verify", _verify, "derive every hash of the ledger anew")
    check.add_argument("--json", action="store_true")
    command("rebuild", _rebuild, "make everything that is derived anew")
    return parser


if __name__ == "__main__":
    sys.exit(main())
