"""Independent ratings that OC4IDS tells of: taken when the projects are, by somebody who is not measured by them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.database import reading
from data.exchange.project_row import TakeRow
from data.exchange.report import Tally, told
from data.exchange.said_before import revisions
from data.exchange.standard import StandardProject
from data.exchange.standard_take import keep_documents
from data.exchange.standard_terms import RATING
from data.operations.ratings import PublishRating, publish_rating
from data.unit_of_work import Kept, UnitOfWork
from data.writer import change
from models.actor import OPERATOR
from models.exceptions import RecordError
from models.project import ProjectIdentifier, project_subject
from models.rating import IndependentRating


@dataclass(frozen=True, kw_only=True)
class RatedRow:
    """The ratings of the project of a row."""

    row: int
    #: A scheme, and the name of the project in it.
    name: tuple[str, str]
    told: StandardProject


@dataclass(frozen=True, kw_only=True)
class TakeRatings:
    """What somebody independent says of a project that is in the record."""

    project_id: str
    told: StandardProject


def rated_in(row: int, command: TakeRow) -> Iterable[RatedRow]:
    """Yield what a row says of the ratings of its project."""
    if command.standard is not None and command.standard.ratings:
        yield RatedRow(row=row, name=next(iter(command.identifiers.items())), told=command.standard)


def keep_ratings(rows: Sequence[RatedRow], now: datetime, tally: Tally, *, by_operator: bool) -> None:
    """Publish ratings of projects that were taken; note those that may not be: a department is not its own judge."""
    for one in rows:
        with reading() as session:
            named = session.get(ProjectIdentifier, one.name)
        if named is None:
            continue
        if not by_operator:
            tally.notes.append(told(one.row, f"metrics.{RATING}", len(one.told.ratings), "rating_by_operator_only"))
            continue
        try:
            change(take_ratings, TakeRatings(project_id=named.project_id, told=one.told), OPERATOR, now=now)
        except RecordError as error:
            tally.notes.append(told(one.row, f"metrics.{RATING}", str(error), "rating_left_out"))


def take_ratings(command: TakeRatings, uow: UnitOfWork) -> Kept:
    """
    Publish the ratings of a project, from where the record stops. Its documents are in the record by then.

    :raises RecordError: if the record refuses one of them; then none is kept
    """
    had = revisions(IndependentRating, command.project_id, uow)
    documents = keep_documents(command.project_id, command.told.documents, uow)
    for one in command.told.ratings[len(had) :]:
        publish_rating(
            PublishRating(
                project_id=command.project_id,
                body=one.body,
                letter=one.letter,
                rated_on=one.rated_on,
                document_id=documents.get(one.document),
                link=one.link,
                statement=one.statement,
            ),
            uow,
        )
    return Kept(subject=project_subject(command.project_id), key=command.project_id, number=len(uow.entries))
