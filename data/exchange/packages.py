"""Which projects of a file are parts of others: said when all of them are in the record."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from data.database import reading
from data.exchange.project_row import TakeRow
from data.exchange.promises import IMPORTED
from data.exchange.report import Tally, told
from data.operations.packages import PackageProject, package_project
from data.writer import change
from models.actor import Actor
from models.exceptions import RecordError
from models.package import PackageRevision
from models.project import ProjectIdentifier


@dataclass(frozen=True, kw_only=True)
class PackageRow:
    """That the project of a row is a part of another one: each by a scheme and a name in it."""

    row: int
    file: str
    part: tuple[str, str]
    whole: tuple[str, str]
    actor: Actor


def package_in(row: int, command: TakeRow, actor: Actor) -> Iterable[PackageRow]:
    """Yield what a row says of which project its own is a part of."""
    if command.standard is not None and command.standard.parent:
        scheme, name = next(iter(command.identifiers.items()))
        whole = (scheme, command.standard.parent)
        yield PackageRow(row=row, file=command.file, part=(scheme, name), whole=whole, actor=actor)


def keep_packages(rows: Sequence[PackageRow], now: datetime, tally: Tally) -> None:
    """Say of projects which they are parts of, where the record has both; else, note that it does not."""
    for one in rows:
        with reading() as session:
            part, whole = (session.get(ProjectIdentifier, name) for name in (one.part, one.whole))
            before = _parent(session, part.project_id) if part else None
        if part is None:
            continue
        if whole is None:
            tally.notes.append(told(one.row, "relatedProjects", one.whole[1], "unknown_project"))
        elif whole.project_id != before:
            command = PackageProject(
                project_id=part.project_id, parent_id=whole.project_id, reason=f"{IMPORTED}{one.file}"
            )
            try:
                change(package_project, command, one.actor, now=now)
            except RecordError as error:
                tally.notes.append(told(one.row, "relatedProjects", str(error), "package_left_out"))


def _parent(session: Session, project_id: str) -> str | None:
    said = select(PackageRevision.parent_id).where(PackageRevision.project_id == project_id)
    return session.exec(said.order_by(col(PackageRevision.number).desc()).limit(1)).first()
