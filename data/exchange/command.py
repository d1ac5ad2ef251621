"""The command ``python -m data import PATH``: what it asks for, and what it says."""

import argparse
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from data.database import database, reading
from data.exchange.authorities import publish_authorities
from data.exchange.comment_rows import guess_columns
from data.exchange.comments import CommentSource, import_comments
from data.exchange.dates import DateOrder
from data.exchange.drafts import import_draft
from data.exchange.guess import guess_mapping
from data.exchange.mapping import from_json, to_json
from data.exchange.open_file import open_source
from data.exchange.previews import preview
from data.exchange.projects import import_projects
from data.exchange.saying import say, say_mapping, say_preview, say_report, show_progress, write_json
from data.exchange.sources import Source, content_of, form_of
from data.operations.departments import PublishDepartment, publish_department
from data.queries.decision_view import find_decision
from data.queries.departments import departments
from data.queries.record import example_day
from data.schema import migrate, open_record
from data.writer import change, writer
from models.actor import OPERATOR, Actor, Role
from models.clock import utc_now
from models.comment import Channel
from models.exceptions import InvalidValueError, NotFoundError

#: On whose behalf a file is imported when nobody says. Made when it is needed.
_IMPORTED, _NAME_EN, _NAME_ZH = "imported", "Imported", "导入"
_KINDS = ("projects", "comments", "draft")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say what the command takes."""
    parser.add_argument("path", type=Path, metavar="PATH", help="CSV, XLSX, GeoJSON, OC4IDS, or a text for a draft")
    parser.add_argument("--report", type=Path, metavar="FILE", help="where to write what became of each row, as JSON")
    parser.add_argument("--preview", action="store_true", help="say what the file would come to, and write nothing")
    parser.add_argument("--as", dest="kind", choices=_KINDS, help="what it holds; guessed unless said")
    parser.add_argument("--department", metavar="CODE", help=f"for which department; {_IMPORTED} unless said")
    parser.add_argument("--create-department", metavar="NAME", help="make that department, if there is none")
    parser.add_argument("--mapping", type=Path, metavar="FILE", help="which column means what, as saved before")
    parser.add_argument("--save-mapping", type=Path, metavar="FILE", help="where to save which column means what")
    parser.add_argument("--date-order", choices=[order.value for order in DateOrder], help="how to read 03/04/2026")
    parser.add_argument("--as-of", type=date.fromisoformat, metavar="DATE", help="the day that the file tells of")
    parser.add_argument("--crs", choices=["gcj02"], help="of coordinates that are not WGS 84")
    parser.add_argument("--currency", metavar="CODE", help="of amounts that name none: ISO 4217")
    parser.add_argument("--unit", type=int, metavar="NUMBER", help="what amounts count in: 1000 for thousands")
    parser.add_argument("--scheme", default="", help="the list of which the identifiers are")
    parser.add_argument("--lenient", action="store_true", help="take a row without the cells that are wrong in it")
    parser.add_argument("--decision", metavar="ID", help="the decision that comments or a draft belong to")
    parser.add_argument("--channel", choices=[channel.value for channel in Channel], default=Channel.WEB.value)
    parser.add_argument("--received-at", type=_instant, metavar="INSTANT", help="when comments were handed over")
    parser.add_argument("--reason", default="", help="what a draft changes, and why")


def run(asked: argparse.Namespace) -> int:
    """
    Import a file, say what became of its rows, and return the exit code.

    :raises UnreadableFileError: if it cannot be read at all: ``(reason code, detail)``
    """
    migrate(database())
    open_record(writer())
    _warn_of_example()
    kind = asked.kind or _kind(asked.path)
    if kind == "projects":
        return _projects(asked)
    if not asked.decision:
        raise InvalidValueError("decision", f"say with --decision which one the {kind} belongs to")
    actor = Actor(role=Role.PLANNER, department_id=_department_of(asked.decision))
    if kind == "draft":
        report = import_draft(asked.path, decision_id=asked.decision, actor=actor, reason=asked.reason)
    else:
        came = CommentSource(
            decision_id=asked.decision,
            channel=Channel(asked.channel),
            received_at=asked.received_at,
            scheme=asked.scheme,
        )
        report = import_comments(asked.path, came=came, actor=actor, progress=show_progress())
    write_json(asked.report, report.as_json())
    say_report(report)
    return 0


def _projects(asked: argparse.Namespace) -> int:
    source = open_source(asked.path)
    mapping = from_json(_bytes(asked.mapping)) if asked.mapping else guess_mapping(source)
    answers = {
        "date_order": DateOrder(asked.date_order) if asked.date_order else None,
        "currency": asked.currency,
        "crs": asked.crs,
        "budget_unit": asked.unit,
    }
    mapping = replace(mapping, **{name: value for name, value in answers.items() if value})
    if asked.save_mapping:
        asked.save_mapping.write_text(to_json(mapping), "utf-8")
    seen = preview(asked.path, mapping=mapping, lenient=asked.lenient) if asked.preview else None
    if seen is not None:
        say_preview(seen)
        write_json(asked.report, seen.as_json())
        return 0
    by_authority = source.form == "oc4ids" and not asked.department
    if by_authority:
        publish_authorities(source)
    actor = Actor(role=Role.OFFICER, department_id=None if by_authority else _own_department(asked))
    say_mapping(mapping)
    report = import_projects(
        asked.path,
        mapping=mapping,
        actor=actor,
        scheme=asked.scheme,
        lenient=asked.lenient,
        as_of=asked.as_of,
        by_authority=by_authority,
        progress=show_progress(),
    )
    write_json(asked.report, report.as_json())
    say_report(report)
    return 0


def _kind(path: Path) -> str:
    content = content_of(path)
    form = form_of(content)
    if form == "text":
        return "draft"
    return "comments" if form in ("csv", "xlsx") and _holds_comments(open_source(path)) else "projects"


def _holds_comments(source: Source) -> bool:
    mapping = guess_mapping(source)
    return bool(guess_columns(source).text) and mapping.title in ("", mapping.identifier)


def _own_department(asked: argparse.Namespace) -> str:
    code: str = asked.department or _IMPORTED
    with reading() as session:
        if code in departments(session):
            return code
    if asked.department and not asked.create_department:
        raise NotFoundError("department", code)
    names = (asked.create_department,) * 2 if asked.create_department else (_NAME_ZH, _NAME_EN)
    change(publish_department, PublishDepartment(id=code, name_zh=names[0], name_en=names[1]), OPERATOR)
    return code


def _department_of(decision_id: str) -> str:
    with reading() as session:
        found = find_decision(session, decision_id, now=utc_now())
    if found is None:
        raise NotFoundError("decision", decision_id)
    return found.said.department_id


def _warn_of_example() -> None:
    with reading() as session:
        if example_day(session) is not None:
            say("This record is the example, which is made anew each day: what is imported goes with it.")


def _bytes(path: Path) -> bytes:
    content_of(path)
    return path.read_bytes()


def _instant(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise argparse.ArgumentTypeError("an instant needs a zone: 2026-11-20T12:00+08:00")
    return found
