"""Tokens of systems that push: each speaks for one department, does only what it was given for, and ends."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from pydantic import AwareDatetime
from sqlalchemy import JSON, CheckConstraint
from sqlmodel import Field

from models.access import PERMISSIONS, Act
from models.actor import Actor, Role
from models.base import Instant, Record, RowNumber
from models.exceptions import InvalidValueError, OrderError

#: A token that nobody has renewed for a year may be one that nobody remembers.
LONGEST_TOKEN = timedelta(days=366)


class ApiToken(Record, table=True):
    """A token that was issued. What it may do is never changed: another one is issued."""

    __tablename__ = "api_token"
    append_only = True

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    #: The SHA-256 of the token, so that the table is of no use to a thief.
    token_digest: str = Field(unique=True, min_length=64, max_length=64)
    #: Which system holds it.
    name: str = Field(min_length=1, max_length=100)
    department_id: str = Field(foreign_key="department.id")
    #: What it may do, as the permission table names it.
    acts: list[str] = Field(sa_type=JSON)
    expires_at: AwareDatetime = Field(sa_type=Instant)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None

    @property
    def actor(self) -> Actor:
        """Who acts when the token does."""
        return Actor(role=Role.OFFICER, department_id=self.department_id, scope=frozenset(self.acts))


class ApiTokenRevocation(Record, table=True):
    """That a token is no longer taken, and why."""

    __tablename__ = "api_token_revocation"
    __table_args__ = (CheckConstraint("length(trim(reason)) > 0", name="reason_given"),)
    append_only = True

    token_id: int = Field(primary_key=True, foreign_key="api_token.id", sa_type=RowNumber)
    reason: str = Field(max_length=2000)
    recorded_at: AwareDatetime = Field(sa_type=Instant)
    recorded_by: int | None = None


def demand_scope(acts: Sequence[Act]) -> list[str]:
    """
    Return what a token is to be given for, in order, if a token can be.

    :raises InvalidValueError: if it is nothing, or something that no officer may do
    """
    if not acts:
        raise InvalidValueError("acts", "missing")
    for act in acts:
        if Role.OFFICER not in PERMISSIONS[act].roles or not PERMISSIONS[act].own_department:
            raise InvalidValueError("acts", act)
    return sorted({str(act) for act in acts})


def demand_expiry(expires_at: datetime, now: datetime) -> datetime:
    """
    Return when a token ends, if that is after now and within a year.

    :raises OrderError: if it has ended already
    :raises InvalidValueError: if it would never be looked at again
    """
    if expires_at <= now:
        raise OrderError(now, expires_at)
    if expires_at > now + LONGEST_TOKEN:
        raise InvalidValueError("expires_at", "more than a year")
    return expires_at
