"""Accounts of those who work on the record, and their sessions."""

from pydantic import AwareDatetime
from sqlalchemy import CheckConstraint
from sqlmodel import Field

from models.actor import Actor, Role
from models.base import Instant, Record, RowNumber, codelist


class Account(Record, table=True):
    """Somebody who signs in. The ledger keeps who was given which role, and when."""

    __table_args__ = (
        CheckConstraint("role IN ('administrator', 'auditor') OR department_id IS NOT NULL", name="has_a_department"),
    )

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    #: In lower case.
    email: str = Field(unique=True, min_length=3, max_length=200, schema_extra={"pattern": r"^[^@\s]+@[^@\s]+$"})
    name: str = Field(min_length=1, max_length=100)
    role: Role = Field(sa_type=codelist(Role))
    department_id: str | None = Field(default=None, foreign_key="department.id")
    #: Argon2id, in PHC string format.
    password_hash: str = Field(max_length=200)
    is_active: bool = True
    created_at: AwareDatetime = Field(sa_type=Instant)

    @property
    def actor(self) -> Actor:
        """Who acts when this account does."""
        return Actor(role=self.role, department_id=self.department_id, account_id=self.id)


class AccountSession(Record, table=True):
    """A browser that is signed in. It ends when it is revoked, idle or too old."""

    __tablename__ = "account_session"
    tracked = False

    #: The SHA-256 of the token in the cookie, so that the table is of no use to a thief.
    token_digest: str = Field(primary_key=True, min_length=64, max_length=64)
    account_id: int = Field(foreign_key="account.id", index=True)
    created_at: AwareDatetime = Field(sa_type=Instant)
    last_seen_at: AwareDatetime = Field(sa_type=Instant)
    revoked_at: AwareDatetime | None = Field(default=None, sa_type=Instant)


class SignInAttempt(Record, table=True):
    """A failed attempt to sign in, kept for as long as it slows the next one."""

    __tablename__ = "sign_in_attempt"
    tracked = False

    id: int = Field(default=None, primary_key=True, sa_type=RowNumber)
    #: The SHA-256 of the e-mail address or of the network address it came for or from.
    key_digest: str = Field(index=True, min_length=64, max_length=64)
    attempted_at: AwareDatetime = Field(sa_type=Instant)
