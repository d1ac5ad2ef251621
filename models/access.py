"""
The permission table: who may do what, while a matter stands where.

One row per act. Whatever is not in a row is refused. An act on a department's matter needs an actor of
that department, unless the row says otherwise.
"""

from dataclasses import dataclass
from enum import StrEnum

from models.actor import Actor, Role
from models.exceptions import NotAllowedError


class Standing(StrEnum):
    """Where a matter stands, as far as permission is concerned."""

    #: No comment period has opened yet.
    BEFORE = "before"
    #: A comment period is running.
    OPEN = "open"
    #: The last comment period has ended; nothing is decided.
    CLOSED = "closed"
    #: The outcome is published.
    DECIDED = "decided"
    #: The act is not about a decision.
    ELSEWHERE = "elsewhere"


class Act(StrEnum):
    """What an operation does, as the permission table names it."""

    PUBLISH_DECISION = "publish_decision"
    AMEND_DECISION = "amend_decision"
    REVISE_STAGE = "revise_stage"
    PUBLISH_DRAFT = "publish_draft"
    OPEN_PERIOD = "open_period"
    EXTEND_PERIOD = "extend_period"
    CLOSE_PERIOD = "close_period"
    SUBMIT_COMMENT = "submit_comment"
    ENTER_COMMENT = "enter_comment"
    PUBLISH_OPINION = "publish_opinion"
    GIVE_VERDICT = "give_verdict"
    PUBLISH_OUTCOME = "publish_outcome"
    PUBLISH_EVALUATION = "publish_evaluation"
    PUBLISH_DOCUMENT = "publish_document"
    PUBLISH_PROJECT = "publish_project"
    AMEND_PROJECT = "amend_project"
    PLAN_MILESTONE = "plan_milestone"
    REVISE_MILESTONE = "revise_milestone"
    PUBLISH_BUDGET = "publish_budget"
    REPORT_PROGRESS = "report_progress"
    LINK_PROJECT = "link_project"
    CONFIRM_MILESTONE = "confirm_milestone"
    LINK_MILESTONE = "link_milestone"
    PUBLISH_CONTRACT = "publish_contract"
    WITHHOLD_FIELD = "withhold_field"
    STATE_DISCLOSURE = "state_disclosure"
    PACKAGE_PROJECT = "package_project"
    KEEP_DISCLOSURE_RULES = "keep_disclosure_rules"
    PUBLISH_RATING = "publish_rating"
    PUBLISH_FORECASTS = "publish_forecasts"
    KEEP_TOKENS = "keep_tokens"
    CHOOSE_PROCEDURE = "choose_procedure"
    PUBLISH_WAIVER = "publish_waiver"
    PUBLISH_NOTICE = "publish_notice"
    RECORD_ACT = "record_act"
    KEEP_HEARING = "keep_hearing"
    REGISTER_FOR_HEARING = "register_for_hearing"
    ADOPT_OPINION = "adopt_opinion"
    ASK_EXPERT = "ask_expert"
    ANSWER_QUESTION = "answer_question"
    KEEP_CATALOGUE = "keep_catalogue"
    LINK_CATALOGUE = "link_catalogue"
    PROMISE_EFFECT = "promise_effect"
    MEASURE_EFFECT = "measure_effect"
    PROPOSE_CHANGE = "propose_change"
    APPROVE_PROPOSAL = "approve_proposal"
    WITHDRAW_PROPOSAL = "withdraw_proposal"
    PUBLISH_PROPOSAL = "publish_proposal"
    KEEP_DEPARTMENTS = "keep_departments"
    KEEP_ACCOUNTS = "keep_accounts"


@dataclass(frozen=True)
class Permission:
    """A row of the table."""

    roles: frozenset[Role]
    standings: frozenset[Standing]
    own_department: bool = True


def _row(roles: set[Role], standings: set[Standing], *, own_department: bool = True) -> Permission:
    return Permission(frozenset(roles), frozenset(standings), own_department)


_BEFORE, _OPEN, _CLOSED, _DECIDED = Standing.BEFORE, Standing.OPEN, Standing.CLOSED, Standing.DECIDED
_ALWAYS = {_BEFORE, _OPEN, _CLOSED, _DECIDED}
_ELSEWHERE = {Standing.ELSEWHERE}
_ANYONE = set(Role) - {Role.AUDITOR}

PERMISSIONS: dict[Act, Permission] = {
    Act.PUBLISH_DECISION: _row({Role.PLANNER}, _ELSEWHERE),
    Act.AMEND_DECISION: _row({Role.PLANNER}, _ALWAYS),
    Act.REVISE_STAGE: _row({Role.PLANNER}, _ALWAYS),
    Act.PUBLISH_DRAFT: _row({Role.PLANNER}, {_BEFORE, _OPEN, _CLOSED}),
    Act.OPEN_PERIOD: _row({Role.PLANNER}, {_BEFORE, _CLOSED}),
    Act.EXTEND_PERIOD: _row({Role.PLANNER}, {_BEFORE, _OPEN}),
    Act.CLOSE_PERIOD: _row({Role.PLANNER}, {_OPEN}),
    Act.SUBMIT_COMMENT: _row(_ANYONE, {_OPEN}, own_department=False),
    Act.ENTER_COMMENT: _row({Role.PLANNER}, {_OPEN, _CLOSED}),
    Act.PUBLISH_OPINION: _row({Role.PLANNER}, {_BEFORE, _OPEN, _CLOSED}),
    Act.GIVE_VERDICT: _row({Role.PLANNER}, {_OPEN, _CLOSED, _DECIDED}),
    Act.PUBLISH_OUTCOME: _row({Role.PLANNER, Role.APPROVER}, {_BEFORE, _CLOSED}),
    Act.PUBLISH_EVALUATION: _row({Role.PLANNER}, {_DECIDED}),
    Act.PUBLISH_DOCUMENT: _row({Role.PLANNER, Role.OFFICER}, _ALWAYS | _ELSEWHERE),
    Act.PUBLISH_PROJECT: _row({Role.OFFICER}, _ELSEWHERE),
    Act.AMEND_PROJECT: _row({Role.OFFICER}, _ELSEWHERE),
    Act.PLAN_MILESTONE: _row({Role.OFFICER}, _ELSEWHERE),
    Act.REVISE_MILESTONE: _row({Role.OFFICER}, _ELSEWHERE),
    Act.PUBLISH_BUDGET: _row({Role.OFFICER}, _ELSEWHERE),
    Act.REPORT_PROGRESS: _row({Role.OFFICER}, _ELSEWHERE),
    Act.CONFIRM_MILESTONE: _row({Role.OFFICER}, _ELSEWHERE),
    Act.LINK_MILESTONE: _row({Role.OFFICER}, _ELSEWHERE),
    Act.PUBLISH_CONTRACT: _row({Role.OFFICER}, _ELSEWHERE),
    Act.WITHHOLD_FIELD: _row({Role.OFFICER}, _ELSEWHERE),
    Act.STATE_DISCLOSURE: _row({Role.OFFICER}, _ELSEWHERE),
    Act.PACKAGE_PROJECT: _row({Role.OFFICER}, _ELSEWHERE),
    # What is measured by, and who measures, is for nobody to say who is measured.
    Act.KEEP_DISCLOSURE_RULES: _row({Role.ADMINISTRATOR}, _ELSEWHERE, own_department=False),
    Act.PUBLISH_RATING: _row({Role.ADMINISTRATOR}, _ELSEWHERE, own_department=False),
    Act.PUBLISH_FORECASTS: _row({Role.ADMINISTRATOR}, _ELSEWHERE, own_department=False),
    Act.LINK_PROJECT: _row({Role.OFFICER, Role.PLANNER}, _ALWAYS),
    Act.CHOOSE_PROCEDURE: _row({Role.PLANNER}, _ALWAYS),
    # A reason may be asked for after the fact; that it came late is then to be read, too.
    Act.PUBLISH_WAIVER: _row({Role.PLANNER, Role.APPROVER}, _ALWAYS),
    Act.PUBLISH_NOTICE: _row({Role.PLANNER, Role.OFFICER}, _ALWAYS),
    Act.RECORD_ACT: _row({Role.PLANNER, Role.APPROVER}, _ALWAYS),
    Act.KEEP_HEARING: _row({Role.PLANNER}, _ALWAYS),
    Act.REGISTER_FOR_HEARING: _row(_ANYONE, {_BEFORE, _OPEN, _CLOSED}, own_department=False),
    Act.ADOPT_OPINION: _row({Role.PLANNER}, _ALWAYS),
    # Once it is decided there is nothing left that an expert could advise on; what was asked before is answered still.
    Act.ASK_EXPERT: _row(_ANYONE, {_BEFORE, _OPEN, _CLOSED}, own_department=False),
    Act.ANSWER_QUESTION: _row({Role.PLANNER}, _ALWAYS),
    Act.KEEP_CATALOGUE: _row({Role.PLANNER}, _ELSEWHERE),
    Act.LINK_CATALOGUE: _row({Role.PLANNER}, _ALWAYS),
    # Late promises bear the day on which they were made.
    Act.PROMISE_EFFECT: _row({Role.PLANNER}, _ALWAYS),
    Act.MEASURE_EFFECT: _row({Role.PLANNER, Role.OFFICER}, {_DECIDED}),
    # Besides, each act that is proposed is asked about as if it were done at once.
    Act.PROPOSE_CHANGE: _row({Role.OFFICER, Role.PLANNER}, _ELSEWHERE),
    # Whoever agrees answers for it, so it is somebody of the department, whose part that is.
    Act.APPROVE_PROPOSAL: _row({Role.APPROVER}, _ELSEWHERE),
    Act.WITHDRAW_PROPOSAL: _row({Role.OFFICER, Role.PLANNER}, _ELSEWHERE),
    # What everybody who had to has agreed to is published by the clock.
    Act.PUBLISH_PROPOSAL: _row({Role.ADMINISTRATOR}, _ELSEWHERE, own_department=False),
    Act.KEEP_DEPARTMENTS: _row({Role.ADMINISTRATOR}, _ELSEWHERE, own_department=False),
    Act.KEEP_ACCOUNTS: _row({Role.ADMINISTRATOR}, _ELSEWHERE, own_department=False),
    Act.KEEP_TOKENS: _row({Role.ADMINISTRATOR}, _ELSEWHERE, own_department=False),
}


def is_allowed(act: Act, actor: Actor, *, standing: Standing, department_id: str | None) -> bool:
    """Whether the actor may do this, to a matter of that department that stands there."""
    permission = PERMISSIONS[act]
    if actor.role not in permission.roles or standing not in permission.standings:
        return False
    if actor.scope is not None and act not in actor.scope:
        return False
    return not permission.own_department or (department_id is not None and actor.department_id == department_id)


def demand(
    act: Act, actor: Actor, *, standing: Standing = Standing.ELSEWHERE, department_id: str | None = None
) -> None:
    """
    Let the actor do this, or refuse.

    :raises NotAllowedError: if the permission table does not say that the actor may
    """
    if not is_allowed(act, actor, standing=standing, department_id=department_id):
        raise NotAllowedError(act, actor.role, standing)
