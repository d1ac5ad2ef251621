"""What became of a point, as far as other matters depend on it."""

from data.operations.numbering import latest_of
from data.unit_of_work import UnitOfWork
from models.comment import Point
from models.exceptions import InvalidValueError, NotFoundError
from models.verdict import Verdict, VerdictCode


def demand_adopted(point_id: int | None, uow: UnitOfWork) -> None:
    """
    Let a point be the reason of something only if it was adopted, at least in part.

    :param point_id: none where no point is named
    :raises NotFoundError: if there is no such point
    :raises InvalidValueError: if it is not answered, or was not adopted
    """
    if point_id is None:
        return
    if uow.session.get(Point, point_id) is None:
        raise NotFoundError("point", point_id)
    verdict = latest_of(uow.session, Verdict, point_id=point_id)
    if verdict is not None and verdict.same_as_id is not None:
        # It shares the answer of another point.
        verdict = latest_of(uow.session, Verdict, point_id=verdict.same_as_id)
    if verdict is None or verdict.code not in (VerdictCode.ADOPTED, VerdictCode.PARTLY_ADOPTED):
        raise InvalidValueError("point_id", verdict.code if verdict else "unanswered")
