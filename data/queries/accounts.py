"""Accounts, as administrators see them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from data.queries.paging import PAGE_SIZE, Page, page_of
from models.account import Account
from models.actor import Role


@dataclass(frozen=True, kw_only=True)
class AccountSummary:
    """Somebody who signs in, and what they may do."""

    id: int
    email: str
    name: str
    role: Role
    department_id: str | None
    is_active: bool
    created_at: datetime


def list_accounts(session: Session, *, after: str | None = None, size: int = PAGE_SIZE) -> Page[AccountSummary]:
    """
    Return accounts, by their addresses.

    :param after: the address of the last account seen
    """
    statement = select(Account).order_by(col(Account.email)).limit(size + 1)
    if after:
        statement = statement.where(col(Account.email) > after)
    return page_of([_summary(row) for row in session.exec(statement)], size, lambda account: account.email)


def find_account(session: Session, account_id: int) -> AccountSummary | None:
    """Return one account."""
    found = session.get(Account, account_id)
    return _summary(found) if found else None


def _summary(row: Account) -> AccountSummary:
    return AccountSummary(
        id=row.id,
        email=row.email,
        name=row.name,
        role=row.role,
        department_id=row.department_id,
        is_active=row.is_active,
        created_at=row.created_at,
    )
