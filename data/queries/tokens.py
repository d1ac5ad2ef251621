"""The tokens of systems that push, as administrators see them: never the token itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.api_token import ApiToken, ApiTokenRevocation


@dataclass(frozen=True, kw_only=True)
class TokenSummary:
    """A token that was issued."""

    id: int
    name: str
    department_id: str
    acts: Sequence[str]
    issued_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    reason: str
    #: Whether it is still taken.
    is_active: bool


def api_tokens(session: Session, *, now: datetime) -> list[TokenSummary]:
    """Return every token that was ever issued, newest first. Two statements."""
    revocations = {one.token_id: one for one in session.exec(select(ApiTokenRevocation))}
    issued = session.exec(select(ApiToken).order_by(col(ApiToken.id).desc()))
    rows = [(token, revocations.get(token.id)) for token in issued]
    return [
        TokenSummary(
            id=token.id,
            name=token.name,
            department_id=token.department_id,
            acts=tuple(token.acts),
            issued_at=token.recorded_at,
            expires_at=token.expires_at,
            revoked_at=revoked.recorded_at if revoked else None,
            reason=revoked.reason if revoked else "",
            is_active=revoked is None and now < token.expires_at,
        )
        for token, revoked in rows
    ]
