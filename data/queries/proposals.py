"""Proposals as the people of a department see them: what is said now, what is proposed, and where that stands."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, true
from sqlmodel import Session, col, select

from data.queries.paging import Page, page_of
from data.queries.proposal_states import has_ended, stands
from data.queries.proposed_statements import ProposedStatement, proposed_statements
from models import exceptions
from models.account import Account
from models.disclosure import digest_of
from models.exceptions import RecordError
from models.proposal import Proposal, ProposalState, ProposalStep, ProposalStepKind, state_of

#: How many are gone through at once: each may hold many statements.
AT_ONCE = 10
#: So long what was refused, or failed, is on the desk.
LATELY = timedelta(days=30)
_LONGEST_NUMBER = 18
_AT_ANY_TIME: ColumnElement[bool] = true()


@dataclass(frozen=True, kw_only=True)
class ProposalStepView:
    """Something that became of a proposal, and through whom; the empty text for a system or the clock."""

    kind: ProposalStepKind
    at: datetime
    by: str
    reason: str
    error: RecordError | None


@dataclass(frozen=True, kw_only=True)
class ProposalView:
    """A proposal."""

    id: int
    department_id: str
    state: ProposalState
    proposed_at: datetime
    #: Who proposed it; the empty text for a system.
    proposed_by: str
    account_id: int | None
    needs_second_person: bool
    publish_at: datetime | None
    note: str
    statements: Sequence[ProposedStatement]
    steps: Sequence[ProposalStepView]
    #: The SHA-256 that the ledger holds of it since it was proposed.
    digest: str
    #: What the digest is of. It is shown to nobody before it is published.
    sealed: str

    @property
    def is_overtaken(self) -> bool:
        """Whether something else was said since of what it is about."""
        return any(one.is_overtaken for one in self.statements)

    @property
    def new_projects(self) -> int:
        """How many projects it would publish that were not published before."""
        return len({one.subject for one in self.statements if one.is_of_new_project})

    @property
    def moved_milestone(self) -> int | None:
        """The milestone of which it says something, where it says something of that alone."""
        moved = {one.moved_milestone for one in self.statements}
        return moved.pop() if len(moved) == 1 else None


@dataclass(frozen=True, kw_only=True)
class ProposalCounts:
    """How many proposals of a department stand where."""

    waiting: int
    scheduled: int
    refused: int
    failed: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.waiting + self.scheduled + self.refused + self.failed


def proposals(
    session: Session,
    department_id: str,
    state: ProposalState,
    *,
    now: datetime,
    after: str | None = None,
    size: int = AT_ONCE,
) -> Page[ProposalView]:
    """
    Return the proposals of a department that stand somewhere, newest first. Six statements.

    What is due stands with what is scheduled, for the seconds until it is published.

    :param after: the number of the last one seen; one that is no number is taken for none
    """
    statement = select(Proposal).where(Proposal.department_id == department_id, stands(state))
    if after is not None and is_number(after):
        statement = statement.where(Proposal.id < int(after))
    rows = session.exec(statement.order_by(col(Proposal.id).desc()).limit(size + 1)).all()
    page = page_of(rows, size, lambda one: one.id)
    return Page(_views(session, page.rows, now), page.next)


def find_proposal(session: Session, proposal_id: int, *, now: datetime) -> ProposalView | None:
    """Return a proposal; nothing if there is none of that number. Six statements."""
    proposal = session.get(Proposal, proposal_id)
    return None if proposal is None else _views(session, [proposal], now)[0]


def find_open_proposal_of(session: Session, department_id: str, words: str) -> int | None:
    """Return the first open proposal of a department whose note has certain words in it. One statement."""
    return session.exec(
        select(Proposal.id)
        .where(Proposal.department_id == department_id, col(Proposal.note).contains(words), ~has_ended())
        .order_by(col(Proposal.id))
        .limit(1)
    ).first()


def count_proposals(session: Session, department_id: str, *, since: datetime) -> ProposalCounts:
    """
    Return how many proposals of a department stand where. One statement.

    :param since: those that were refused, or failed, count only from then on
    """
    lately = col(ProposalStep.recorded_at) >= since
    columns = [
        select(func.count()).select_from(Proposal).where(Proposal.department_id == department_id, stands(state, more))
        for state, more in (
            (ProposalState.WAITING, _AT_ANY_TIME),
            (ProposalState.SCHEDULED, _AT_ANY_TIME),
            (ProposalState.REFUSED, lately),
            (ProposalState.FAILED, lately),
        )
    ]
    waiting, scheduled, refused, failed = session.execute(
        select(*(column.scalar_subquery() for column in columns))
    ).one()
    return ProposalCounts(waiting=waiting, scheduled=scheduled, refused=refused, failed=failed)


def is_number(told: str) -> bool:
    """Whether what stands in an address is a number, and one that a database can look for."""
    return told.isdecimal() and len(told) <= _LONGEST_NUMBER


def scheduled_proposals(session: Session) -> Sequence[tuple[int, datetime]]:
    """Return what waits for its instant alone, by number and instant, the soonest first. One statement."""
    return [
        (number, at)
        for number, at in session.exec(
            select(Proposal.id, Proposal.publish_at)
            .where(col(Proposal.publish_at).is_not(None), stands(ProposalState.SCHEDULED))
            .order_by(col(Proposal.publish_at), col(Proposal.id))
        )
        if at is not None
    ]


def _views(session: Session, rows: Sequence[Proposal], now: datetime) -> list[ProposalView]:
    of_these = select(ProposalStep).where(col(ProposalStep.proposal_id).in_([row.id for row in rows]))
    steps = session.exec(of_these.order_by(col(ProposalStep.id))).all()
    people = {row.recorded_by for row in rows} | {step.recorded_by for step in steps}
    named = select(Account.id, Account.name).where(col(Account.id).in_(people - {None}))
    # Nobody has no name: a system, or the clock.
    names: dict[int | None, str] = dict(session.exec(named).all())
    statements = proposed_statements(session, {row.id: json.loads(row.says) for row in rows})
    found = []
    for row in rows:
        theirs = [step for step in steps if step.proposal_id == row.id]
        found.append(
            ProposalView(
                id=row.id,
                department_id=row.department_id,
                state=state_of(row, theirs, now),
                proposed_at=row.recorded_at,
                proposed_by=names.get(row.recorded_by, ""),
                account_id=row.recorded_by,
                needs_second_person=row.needs_second_person,
                publish_at=row.publish_at,
                note=row.note,
                statements=statements[row.id],
                steps=[_step(step, names.get(step.recorded_by, "")) for step in theirs],
                digest=digest_of(row.sealed),
                sealed=row.sealed,
            )
        )
    return found


def _step(step: ProposalStep, by: str) -> ProposalStepView:
    error = getattr(exceptions, step.error, RecordError)(*step.facts) if step.error else None
    return ProposalStepView(kind=step.kind, at=step.recorded_at, by=by, reason=step.reason, error=error)
