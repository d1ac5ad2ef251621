"""Issuing and revoking the tokens of systems that push. Every right that is given or taken is in the ledger."""

from dataclasses import dataclass
from datetime import datetime

from data.unit_of_work import Kept, UnitOfWork
from models.access import Act, demand
from models.api_token import ApiToken, ApiTokenRevocation, demand_expiry, demand_scope
from models.department import Department
from models.exceptions import InvalidValueError, NotFoundError
from models.ledger import EntryType
from models.revision import demand_reason
from models.text import cleaned, one_line


@dataclass(frozen=True, kw_only=True)
class IssueToken:
    """A token, of which only the digest is ever sent."""

    #: The SHA-256 of the token.
    token_digest: str
    #: Which system holds it.
    name: str
    department_id: str
    acts: tuple[Act, ...]
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class RevokeToken:
    """That a token is no longer taken."""

    token_id: int
    reason: str


def issue_token(command: IssueToken, uow: UnitOfWork) -> Kept:
    """
    Issue a token that speaks for one department, for some acts, until an instant.

    :raises NotFoundError: if there is no such department
    :raises InvalidValueError: if it is for nothing, for what no officer may do, or for more than a year
    :raises OrderError: if it would have ended already
    """
    demand(Act.KEEP_TOKENS, uow.actor)
    if uow.session.get(Department, command.department_id) is None:
        raise NotFoundError("department", command.department_id)
    token = ApiToken(
        token_digest=command.token_digest,
        name=one_line(command.name),
        department_id=command.department_id,
        acts=demand_scope(command.acts),
        expires_at=demand_expiry(command.expires_at, uow.now),
        recorded_at=uow.now,
        recorded_by=uow.actor.account_id,
    )
    uow.keep(token)
    _record(token, uow, is_active=True)
    return Kept(subject="access", key=str(token.id))


def revoke_token(command: RevokeToken, uow: UnitOfWork) -> Kept:
    """
    Revoke a token, at once.

    :raises NotFoundError: if there is no such token
    :raises InvalidValueError: if it is revoked already
    :raises ReasonMissingError: if nothing says why
    """
    demand(Act.KEEP_TOKENS, uow.actor)
    token = uow.session.get(ApiToken, command.token_id)
    if token is None:
        raise NotFoundError("token", command.token_id)
    if uow.session.get(ApiTokenRevocation, token.id) is not None:
        raise InvalidValueError("token_id", "revoked")
    reason = demand_reason("token", cleaned(command.reason))
    uow.keep(
        ApiTokenRevocation(token_id=token.id, reason=reason, recorded_at=uow.now, recorded_by=uow.actor.account_id)
    )
    _record(token, uow, is_active=False)
    return Kept(subject="access", key=str(token.id))


def _record(token: ApiToken, uow: UnitOfWork, *, is_active: bool) -> None:
    uow.record(
        EntryType.ACCESS_GRANTED,
        subject="access",
        about=f"token/{token.id}",
        pub={
            "department": token.department_id,
            "acts": list(token.acts),
            "expires_at": f"{token.expires_at:%Y-%m-%dT%H:%M:%SZ}",
            "active": is_active,
        },
        private={"name": token.name},
    )
