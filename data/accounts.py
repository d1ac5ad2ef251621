"""Signing in and out: sessions that the server keeps and can end at any time."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from data.database import reading
from data.passwords import fits
from data.unit_of_work import Kept, UnitOfWork
from data.writer import change
from models.account import Account, AccountSession, SignInAttempt
from models.actor import CITIZEN, Actor, Role
from models.clock import utc_now
from models.exceptions import TooManyAttemptsError

#: A session ends when it was not used for so long, or is so old.
IDLE = timedelta(hours=2)
OLDEST = timedelta(hours=12)
#: How precisely the last use is known. Writing it down at every click would cost more than it tells.
_NOTED_EVERY = timedelta(minutes=5)
#: So many failures within the window, and the next attempt has to wait. The limit for one account is strict only where
#: all come from one address: otherwise anybody could keep an official out from afar.
MOST_FAILURES = {"account_from_address": 5, "address": 30, "account": 50}
WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Who is signed in."""

    account_id: int
    name: str
    email: str
    role: Role
    department_id: str | None

    @property
    def actor(self) -> Actor:
        """Who acts when they do."""
        return Actor(role=self.role, department_id=self.department_id, account_id=self.account_id)


@dataclass(frozen=True, kw_only=True)
class _Attempt:
    #: By the names of :data:`MOST_FAILURES`.
    keys: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class _Session:
    token_digest: str
    account_id: int = 0
    everywhere: bool = False
    #: The rows in which the attempt was noted that turned out to be right.
    attempts: tuple[int, ...] = ()


def open_session(email: str, password: str, address: str) -> str | None:
    """
    Return the token of a new session; nothing if the password does not fit, or there is no such account.

    An attempt is counted before it is looked at, so that many at once are not more than one after the other.

    :raises TooManyAttemptsError: if there were too many failures, with the seconds to wait
    """
    email = email.strip().lower()
    attempts = change(_count, _attempt(email, address), CITIZEN).key
    with reading() as session:
        account = session.exec(select(Account).where(Account.email == email)).first()
    is_right = fits(password, account.password_hash if account else None)
    if account is None or not is_right or not account.is_active:
        return None
    token = secrets.token_urlsafe(32)
    noted = tuple(int(number) for number in attempts.split())
    change(_open, _Session(token_digest=_digest(token), account_id=account.id, attempts=noted), CITIZEN)
    return token


def close_session(token: str, everywhere: bool) -> None:  # noqa: FBT001 - the form has one box.
    """End a session, or all sessions of its account."""
    change(_close, _Session(token_digest=_digest(token), everywhere=everywhere), CITIZEN)


def who_is(token: str) -> SignedIn | None:
    """Return who is signed in with that token; nobody if the session has ended, or the account is switched off."""
    now = utc_now()
    digest = _digest(token)
    with reading() as session:
        found = session.exec(
            select(AccountSession, Account)
            .join(Account, col(Account.id) == col(AccountSession.account_id))
            .where(AccountSession.token_digest == digest)
        ).first()
    if found is None:
        return None
    opened, account = found
    is_over = now - opened.last_seen_at > IDLE or now - opened.created_at > OLDEST
    if opened.revoked_at is not None or is_over or not account.is_active:
        return None
    if now - opened.last_seen_at > _NOTED_EVERY:
        change(_note_use, _Session(token_digest=digest), CITIZEN)
    return SignedIn(
        account_id=account.id,
        name=account.name,
        email=account.email,
        role=account.role,
        department_id=account.department_id,
    )


def _attempt(email: str, address: str) -> _Attempt:
    told = {"account_from_address": f"{email} from {address}", "address": address, "account": email}
    return _Attempt(keys={name: _digest(f"{name} {value}") for name, value in told.items()})


def _count(attempt: _Attempt, uow: UnitOfWork) -> Kept:
    for name, most in MOST_FAILURES.items():
        count, oldest = uow.session.exec(
            select(func.count(), func.min(SignInAttempt.attempted_at)).where(
                SignInAttempt.key_digest == attempt.keys[name], SignInAttempt.attempted_at > uow.now - WINDOW
            )
        ).one()
        if count >= most:
            raise TooManyAttemptsError(max(1, ceil((oldest + WINDOW - uow.now).total_seconds())))
    uow.session.execute(delete(SignInAttempt).where(col(SignInAttempt.attempted_at) <= uow.now - WINDOW))
    noted = [SignInAttempt(key_digest=key, attempted_at=uow.now) for key in attempt.keys.values()]
    uow.keep(*noted)
    return Kept(subject="session", key=" ".join(str(row.id) for row in noted))


def _open(opened: _Session, uow: UnitOfWork) -> Kept:
    uow.session.execute(delete(SignInAttempt).where(col(SignInAttempt.id).in_(opened.attempts)))
    uow.session.execute(delete(AccountSession).where(col(AccountSession.created_at) < uow.now - OLDEST))
    uow.keep(
        AccountSession(
            token_digest=opened.token_digest, account_id=opened.account_id, created_at=uow.now, last_seen_at=uow.now
        )
    )
    return Kept(subject="session")


def _note_use(used: _Session, uow: UnitOfWork) -> Kept:
    uow.session.execute(
        update(AccountSession)
        .where(col(AccountSession.token_digest) == used.token_digest)
        .values(last_seen_at=uow.now)
    )
    return Kept(subject="session")


def _close(closed: _Session, uow: UnitOfWork) -> Kept:
    found = uow.session.get(AccountSession, closed.token_digest)
    if found is not None:
        same = (
            col(AccountSession.account_id) == found.account_id
            if closed.everywhere
            else (col(AccountSession.token_digest) == closed.token_digest)
        )
        uow.session.execute(
            update(AccountSession).where(same, col(AccountSession.revoked_at).is_(None)).values(revoked_at=uow.now)
        )
    return Kept(subject="session")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
