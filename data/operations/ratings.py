"""Publishing what a body that does not build a project says of it."""

from dataclasses import dataclass
from datetime import date

from data.operations.documents import demand_project_document
from data.operations.facts import stated
from data.operations.numbering import next_number
from data.operations.standing import demand_on_project
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act
from models.clock import local_date
from models.exceptions import FutureEventError, InvalidValueError
from models.ledger import EntryType
from models.project import project_subject
from models.rating import IndependentRating, RatingLetter
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class PublishRating:
    """An independent rating of a project."""

    project_id: str
    #: Who rated it.
    body: str
    letter: RatingLetter
    rated_on: date
    #: Where its reasons can be read: a document of the project, or an address.
    document_id: int | None = None
    link: str = ""
    statement: str = ""


def publish_rating(command: PublishRating, uow: UnitOfWork) -> Kept:
    """
    Publish a rating. It stands beside the light that is computed; a later one stands beside it.

    :raises FutureEventError: if it is said to be of a day to come
    :raises InvalidValueError: if nobody can read why
    """
    demand_on_project(Act.PUBLISH_RATING, uow, command.project_id)
    if command.rated_on > local_date(uow.now):
        raise FutureEventError(command.rated_on)
    if command.document_id is None and not command.link.strip():
        raise InvalidValueError("link", "missing")
    demand_project_document(command.document_id, command.project_id, uow)
    rating = IndependentRating(
        project_id=command.project_id,
        number=next_number(uow, IndependentRating, project_id=command.project_id),
        body=one_line(command.body),
        letter=command.letter,
        rated_on=command.rated_on,
        document_id=command.document_id,
        link=one_line(command.link),
        statement=cleaned(command.statement),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(rating)
    uow.record(
        EntryType.RATING_PUBLISHED,
        subject=project_subject(command.project_id),
        about=f"rating/{rating.number}",
        pub={
            "body": rating.body,
            "letter": str(rating.letter),
            "rated_on": str(rating.rated_on),
            **stated(document=rating.document_id, link=rating.link),
        },
        public={"statement": rating.statement} if rating.statement else None,
    )
    return Kept(subject=project_subject(command.project_id), key=command.project_id, number=rating.number)
