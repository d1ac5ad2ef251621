"""Tokens of systems that push: made here, shown once, and known again by their digest alone."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import col, select

from data.database import reading
from data.operations.tokens import IssueToken, issue_token
from data.writer import change
from models.access import Act
from models.actor import Actor
from models.api_token import ApiToken, ApiTokenRevocation

#: How a token begins, so that whoever finds one in a file knows what it opens.
PREFIX = "tlt_"


@dataclass(frozen=True, kw_only=True)
class IssuedToken:
    """A token, and the number by which it is revoked."""

    id: int
    #: Shown once, and kept nowhere.
    token: str


def issue(
    actor: Actor,
    *,
    name: str,
    department_id: str,
    acts: Iterable[Act],
    expires_at: datetime,
    now: datetime | None = None,
) -> IssuedToken:
    """
    Issue a token.

    :raises RecordError: if the record refuses it: see :func:`data.operations.tokens.issue_token`
    """
    token = PREFIX + secrets.token_urlsafe(32)
    command = IssueToken(
        token_digest=digest(token),
        name=name,
        department_id=department_id,
        acts=tuple(acts),
        expires_at=expires_at,
    )
    return IssuedToken(id=int(change(issue_token, command, actor, now=now).key), token=token)


def who_holds(token: str, now: datetime) -> Actor | None:
    """Return who acts when a token does; nobody if there is none, or it was revoked, or has ended."""
    with reading() as session:
        found = session.exec(
            select(ApiToken)
            .outerjoin(ApiTokenRevocation, col(ApiTokenRevocation.token_id) == col(ApiToken.id))
            .where(ApiToken.token_digest == digest(token), col(ApiTokenRevocation.token_id).is_(None))
        ).first()
    return found.actor if found is not None and now < found.expires_at else None


def digest(token: str) -> str:
    """Return what is kept of a token. It is random and long, so that its digest can be quick to compute."""
    return hashlib.sha256(token.encode()).hexdigest()
