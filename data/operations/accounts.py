"""Changes to accounts. Every right that is given or taken is written to the ledger."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field
from sqlalchemy import update
from sqlmodel import col, select

from data.passwords import hashed
from data.unit_of_work import Kept, UnitOfWork
from models.access import Act, demand
from models.account import Account, AccountSession
from models.actor import Role
from models.department import Department
from models.exceptions import InvalidValueError, NotFoundError
from models.ledger import EntryType
from models.text import one_line

#: Left out of what is kept with a client token: that digest is quick to compute, so a password in it could be guessed.
Password = Annotated[str, Field(exclude=True)]


@dataclass(frozen=True, kw_only=True)
class CreateAccount:
    """Somebody who will work on the record."""

    email: str
    name: str
    role: Role
    department_id: str | None = None
    password: Password


@dataclass(frozen=True, kw_only=True)
class ChangeAccount:
    """What somebody may do from now on."""

    account_id: int
    role: Role
    department_id: str | None = None
    is_active: bool = True
    #: A new password; none to keep the present one.
    password: Password = ""


def create_account(command: CreateAccount, uow: UnitOfWork) -> Kept:
    """
    Create an account.

    :raises InvalidValueError: if the address is taken, the password too short, or the department missing
    """
    demand(Act.KEEP_ACCOUNTS, uow.actor)
    email = one_line(command.email).lower()
    if uow.session.exec(select(Account.id).where(Account.email == email)).first() is not None:
        raise InvalidValueError("email", email)
    account = Account(
        email=email,
        name=one_line(command.name),
        role=command.role,
        department_id=_department(command.role, command.department_id, uow),
        password_hash=hashed(command.password),
        created_at=uow.now,
    )
    uow.keep(account)
    return _granted(account, uow)


def change_account(command: ChangeAccount, uow: UnitOfWork) -> Kept:
    """
    Change what an account may do, switch it off, or give it a new password.

    Sessions that were opened before end: whoever is signed in signs in again, with what is now allowed.

    :raises NotFoundError: if there is no such account
    :raises InvalidValueError: if the last administrator would be gone
    """
    demand(Act.KEEP_ACCOUNTS, uow.actor)
    account = uow.session.get(Account, command.account_id)
    if account is None:
        raise NotFoundError("account", command.account_id)
    if account.role is Role.ADMINISTRATOR and (command.role is not Role.ADMINISTRATOR or not command.is_active):
        others = select(Account.id).where(
            Account.role == Role.ADMINISTRATOR, Account.is_active, Account.id != account.id
        )
        if uow.session.exec(others).first() is None:
            raise InvalidValueError("role", "last administrator")
    account.role = command.role
    account.department_id = _department(command.role, command.department_id, uow)
    account.is_active = command.is_active
    if command.password:
        account.password_hash = hashed(command.password)
    uow.keep(account)
    of_account = col(AccountSession.account_id) == account.id, col(AccountSession.revoked_at).is_(None)
    uow.session.execute(update(AccountSession).where(*of_account).values(revoked_at=uow.now))
    return _granted(account, uow)


def _department(role: Role, department_id: str | None, uow: UnitOfWork) -> str | None:
    if role in (Role.ADMINISTRATOR, Role.AUDITOR):
        return None
    if department_id is None or uow.session.get(Department, department_id) is None:
        raise InvalidValueError("department_id", str(department_id))
    return department_id


def _granted(account: Account, uow: UnitOfWork) -> Kept:
    uow.record(
        EntryType.ACCESS_GRANTED,
        subject="access",
        about=f"account/{account.id}",
        pub={"role": str(account.role), "department": account.department_id, "active": account.is_active},
        private={"name": account.name, "email": account.email},
    )
    return Kept(subject="access", key=str(account.id))
