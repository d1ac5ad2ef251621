"""
What cannot all be true of one project, found by rule.

The counterpart for decisions is ``models/contradictions.py``; what only shows when projects are laid side by side is
in ``models/project_coincidences.py``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from models.milestone_codes import MilestoneCode
from models.money import WHOLE
from models.project_contradiction import ProjectContradiction, Source, SourceKind
from models.project_contradiction import ProjectContradictionKind as Kind
from models.project_facts import (
    Amount,
    BudgetFact,
    MilestoneFact,
    ReportFact,
    approved_estimate,
    expected_cost,
    spent_ahead,
)

#: Basis points by which money may be ahead of works: materials are paid for before they are built in.
SPEND_AHEAD = 2000

#: Milestones of which each comes after the one before it: 国办发〔2017〕94号; Construction Law of the PRC, Articles 7
#: (no start without a permit) and 61 (no handover without acceptance).
STAGE_ORDER = (
    (MilestoneCode.PROJECT_APPROVAL, MilestoneCode.PRELIMINARY_DESIGN, MilestoneCode.CONSTRUCTION_PERMIT),
    (MilestoneCode.TENDER_NOTICE, MilestoneCode.AWARD),
    (MilestoneCode.CONSTRUCTION_PERMIT, MilestoneCode.START, MilestoneCode.MAIN_STRUCTURE, MilestoneCode.ACCEPTANCE),
    (MilestoneCode.ACCEPTANCE, MilestoneCode.FILING),
    (MilestoneCode.ACCEPTANCE, MilestoneCode.HANDOVER, MilestoneCode.EVALUATION),
)


@dataclass(frozen=True, kw_only=True)
class ProjectFacts:
    """A project, in the order in which things were said of it."""

    project: str
    milestones: tuple[MilestoneFact, ...] = ()
    reports: tuple[ReportFact, ...] = ()
    budgets: tuple[BudgetFact, ...] = ()


_Found = Iterator[tuple[Kind, tuple[Source, ...]]]


def project_contradictions(facts: ProjectFacts) -> tuple[ProjectContradiction, ...]:
    """Return everything in a project that contradicts itself."""
    found = chain.from_iterable(rule(facts) for rule in _RULES)
    return tuple(ProjectContradiction(kind, facts.project, sources) for kind, sources in found)


def _spend_ahead(facts: ProjectFacts) -> _Found:
    """Compare each report with the budget as it stood when the report was made."""
    for report in facts.reports:
        known = tuple(one for one in facts.budgets if one.said_on <= report.said_on)
        budget = approved_estimate(known) or expected_cost(known)
        ahead = spent_ahead(report, budget.amount if budget else None)
        if budget is not None and ahead is not None and ahead > SPEND_AHEAD:
            yield Kind.SPEND_AHEAD, (_report(report, report.spent), _budget(budget), _report(report, report.physical))


def _value_falls(facts: ProjectFacts) -> _Found:
    """Compare each report with the last one that stated the same: works, or money of one currency."""
    yield from _falls([(one, one.physical) for one in facts.reports if one.physical is not None])
    currencies = sorted({one.spent.currency for one in facts.reports if one.spent})
    for currency in currencies:
        yield from _falls([(one, one.spent) for one in facts.reports if one.spent and one.spent.currency == currency])


def _falls(values: Sequence[tuple[ReportFact, int | Amount]]) -> _Found:
    for (before, more), (after, less) in pairwise(values):
        if _number(less) < _number(more) and not after.is_correction:
            yield Kind.VALUE_FALLS, (_report(after, less), _report(before, more))


def _achieved_before_predecessor(facts: ProjectFacts) -> _Found:
    by_id = {one.id: one for one in facts.milestones}
    for one in facts.milestones:
        for earlier in (by_id[each] for each in one.depends_on if each in by_id):
            if _is_out_of_order(earlier, one):
                yield Kind.ACHIEVED_BEFORE_PREDECESSOR, (_milestone(one), _milestone(earlier))


def _stage_order(facts: ProjectFacts) -> _Found:
    """
    Compare neighbours of each order among the milestones that the project has.

    Of which it has several (the sections of a road), it is not known which belongs to which. What it says itself that
    one depends on is told by another rule.
    """
    by_code: dict[MilestoneCode, list[MilestoneFact]] = {}
    for one in facts.milestones:
        if one.code is not None and not one.history.is_cancelled:
            by_code.setdefault(one.code, []).append(one)
    for order in STAGE_ORDER:
        present = [by_code[code][0] for code in order if len(by_code.get(code, ())) == 1]
        for earlier, later in pairwise(present):
            if earlier.id not in later.depends_on and _is_out_of_order(earlier, later):
                yield Kind.STAGE_ORDER, (_milestone(later), _milestone(earlier))


def _done_without_acceptance(facts: ProjectFacts) -> _Found:
    done = next((one for one in facts.reports if one.physical is not None and one.physical >= WHOLE), None)
    acceptances = [one for one in facts.milestones if one.code is MilestoneCode.ACCEPTANCE]
    if done is None or any(one.history.actual for one in acceptances):
        return
    missing = [_milestone(one) for one in acceptances] or [Source(SourceKind.MILESTONE, "")]
    yield Kind.DONE_WITHOUT_ACCEPTANCE, (_report(done, done.physical), *missing)


def _over_estimate(facts: ProjectFacts) -> _Found:
    """Compare what was said since an estimate was approved, and spent, with it, or with its approved adjustment."""
    limit = approved_estimate(facts.budgets)
    if limit is None:
        return
    later = facts.budgets[facts.budgets.index(limit) + 1 :]
    over = [_budget(one) for one in later if _exceeds(one.amount, limit) and not one.has_document]
    spending = [one for one in facts.reports if one.spent and _exceeds(one.spent, limit)]
    over += [_report(one, one.spent) for one in spending[:1]]
    for each in over:
        yield Kind.OVER_ESTIMATE, (each, _budget(limit))


def _dated_before_predecessor(facts: ProjectFacts) -> _Found:
    for one in facts.milestones:
        for before, after in pairwise(one.history.said):
            if after.said_on < before.said_on:
                yield (
                    Kind.DATED_BEFORE_PREDECESSOR,
                    tuple(
                        Source(SourceKind.REVISION, str(one.id), each.number, each.said_on) for each in (after, before)
                    ),
                )


_RULES = (
    _spend_ahead,
    _value_falls,
    _achieved_before_predecessor,
    _stage_order,
    _done_without_acceptance,
    _over_estimate,
    _dated_before_predecessor,
)


def _is_out_of_order(earlier: MilestoneFact, later: MilestoneFact) -> bool:
    """Whether the later was reached before the earlier, or while that is not; what was given up is not waited for."""
    if later.history.actual is None or earlier.history.is_cancelled:
        return False
    # Of an imprecise day, the latest that it may mean counts against the earliest of the other.
    return earlier.history.actual is None or (
        later.history.latest.promised.latest < earlier.history.latest.promised.earliest
    )


def _exceeds(amount: Amount, limit: BudgetFact) -> bool:
    return amount.currency == limit.amount.currency and amount.units > limit.amount.units


def _number(value: int | Amount) -> int:
    return value.units if isinstance(value, Amount) else value


def _report(report: ReportFact, value: int | Amount | None) -> Source:
    return Source(SourceKind.REPORT, str(report.id), value, report.period_end)


def _budget(budget: BudgetFact) -> Source:
    return Source(SourceKind.BUDGET, str(budget.id), budget.amount, budget.approved_on)


def _milestone(one: MilestoneFact) -> Source:
    return Source(SourceKind.MILESTONE, str(one.id), one.history.actual, one.history.latest.said_on)
