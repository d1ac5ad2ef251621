"""The example: a city that does not exist, whose record is made by the very operations that make every record."""

import logging
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from data.database import Database
from data.operations.accounts import create_account
from data.operations.acts import record_act
from data.operations.catalogue import amend_catalogue_entry, publish_catalogue_entry
from data.operations.comments import enter_comment, submit_comment
from data.operations.contracts import modify_contract, publish_contract
from data.operations.decisions import amend_decision, publish_decision, revise_stage
from data.operations.departments import amend_department, publish_department
from data.operations.disclosure_items import state_disclosure
from data.operations.documents import amend_document, publish_document
from data.operations.drafts import publish_draft
from data.operations.effects import measure_effect, promise_effect
from data.operations.experts import adopt_opinion, publish_panel
from data.operations.forecasts import PublishForecasts, publish_forecasts
from data.operations.hearings import record_hearing_step, register_for_hearing
from data.operations.milestones import plan_milestone, revise_milestone
from data.operations.money import confirm_unchanged, publish_budget, report_progress
from data.operations.notices import publish_notice
from data.operations.opinions import publish_opinion
from data.operations.outcomes import publish_evaluation, publish_outcome
from data.operations.packages import package_project
from data.operations.periods import close_period, extend_period, open_period
from data.operations.procedures import choose_procedure, publish_waiver
from data.operations.project_decisions import link_project
from data.operations.project_places import locate_project
from data.operations.projects import amend_project, publish_project
from data.operations.proposal_steps import approve_proposal
from data.operations.proposals import ProposeChange, propose_change
from data.operations.questions import answer_question, ask_expert
from data.operations.ratings import publish_rating
from data.operations.verdicts import give_verdict
from data.operations.withheld import withhold_field
from data.queries.decision_view import clauses_of_version, draft_versions
from data.queries.forecasts import chances
from data.queries.standings import all_standings
from data.samples.steps import Step, read_steps
from data.unit_of_work import Kept
from data.writer import Operation, Writer
from models.actor import Actor
from models.clock import start_of_day
from models.likelihood import RULE_VERSION

_LOG = logging.getLogger(__name__)
#: What would have been done later today was done so long ago, so that nothing lies in the future.
_JUST_NOW = timedelta(minutes=3)

_OPERATIONS: Mapping[str, Operation[Any]] = {
    operation.__name__: operation
    for operation in (
        adopt_opinion,
        amend_catalogue_entry,
        amend_decision,
        amend_department,
        amend_document,
        amend_project,
        answer_question,
        approve_proposal,
        ask_expert,
        choose_procedure,
        close_period,
        confirm_unchanged,
        create_account,
        enter_comment,
        extend_period,
        give_verdict,
        link_project,
        locate_project,
        measure_effect,
        modify_contract,
        open_period,
        package_project,
        plan_milestone,
        promise_effect,
        publish_budget,
        publish_catalogue_entry,
        publish_contract,
        publish_decision,
        publish_department,
        publish_document,
        publish_draft,
        publish_evaluation,
        publish_notice,
        publish_opinion,
        publish_outcome,
        publish_panel,
        publish_project,
        publish_rating,
        publish_waiver,
        record_act,
        record_hearing_step,
        register_for_hearing,
        report_progress,
        revise_milestone,
        revise_stage,
        state_disclosure,
        submit_comment,
        withhold_field,
    )
}
#: What its author can look up.
_WITH_RECEIPT = (ask_expert, enter_comment, register_for_hearing, submit_comment)
#: What two people do: who is who matters.
_BY_PEOPLE = (propose_change, approve_proposal)
_COMMANDS = {name: TypeAdapter(get_type_hints(operation)["command"]) for name, operation in _OPERATIONS.items()}


def replay_example(
    kept_in: Database,
    writer: Writer,
    *,
    today: date,
    now: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> None:
    """
    Make the record of the example, as if it had come about over the months before today.

    :param today: the day from which its days are counted, on the calendar of the city
    :param now: nothing is done later than then
    :param progress: told how many steps are done, and of how many
    :raises RecordError: if the record refuses a step
    """
    steps = read_steps(today)
    # What is told of today must not be done yesterday, however early it is.
    replay = _Replay(kept_in, writer, max(now - _JUST_NOW, start_of_day(today)))
    for step in steps:
        replay.submit(step)
    for done, (step, answer) in enumerate(replay.answers, 1):
        try:
            answer.result()
        except Exception:
            _LOG.exception("The step %s %s of the example was refused.", step.operation, step.name)
            raise
        progress(done, len(steps))


class _Replay:
    """What was submitted so far, and what its names stand for."""

    def __init__(self, kept_in: Database, writer: Writer, latest: datetime) -> None:
        self.answers: list[tuple[Step, Future[Kept]]] = []
        self._kept_in = kept_in
        self._writer = writer
        self._latest = latest
        self._named: dict[str, Future[Kept]] = {}
        #: By what they act as.
        self._accounts: dict[Actor, Future[Kept]] = {}
        #: By the name of a decision: the clauses of its latest version, by label and by position.
        self._clauses: dict[str, dict[str, int]] = {}

    def submit(self, step: Step) -> None:
        """Have a step made, without waiting for it unless it is referred to."""
        if step.operation == publish_forecasts.__name__:
            self._forecast(step)
            return
        values = {key: self._resolved(value) for key, value in step.values.items()}
        command = _COMMANDS[step.operation].validate_python(values)
        operation = _OPERATIONS[step.operation]
        if step.proposed is not None:
            operation, command = propose_change, ProposeChange(commands=(command,), **step.proposed)
        answer = self._change(step, operation, command)
        if step.name:
            self._named[step.name] = answer
        if operation is publish_draft:
            self._note_clauses(str(step.values["decision_id"]).removeprefix("@"), answer.result().key)

    def _change(self, step: Step, operation: Operation[Any], command: Any) -> Future[Kept]:
        token, actor = step.token if operation in _WITH_RECEIPT else "", step.actor
        if operation in _BY_PEOPLE:
            actor = replace(actor, account_id=int(self._accounts[actor].result().key))
        answer = self._writer.submit(operation, command, actor, token=token, now=min(step.at, self._latest))
        if operation is create_account:
            self._accounts[Actor(role=command.role, department_id=command.department_id)] = answer
        self.answers.append((step, answer))
        return answer

    def _forecast(self, step: Step) -> None:
        """Publish what can be said of how likely dates are, by the rule and from what the record knows by then."""
        if self.answers:
            # One after the other: with the last step, all before it are in the record.
            self.answers[-1][1].result()
        with self._kept_in.reading() as session:
            forecasts = tuple(chances(all_standings(session, step.at).values()))
        command = PublishForecasts(forecasts=forecasts, rule_version=str(RULE_VERSION), is_synthetic=True)
        self._change(step, publish_forecasts, command)

    def _resolved(self, value: Any) -> Any:
        """Return what a value refers to: ``@name``, ``@name/clause`` or ``@name.point``; or the value itself."""
        if not isinstance(value, str) or not value.startswith("@"):
            return value
        name, _, clause = value[1:].partition("/")
        if clause:
            return self._clauses[name][clause]
        if name.endswith(".point"):
            return self._named[name.removesuffix(".point")].result().number
        return self._named[name].result().key

    def _note_clauses(self, name: str, decision_id: str) -> None:
        with self._kept_in.reading() as session:
            clauses = clauses_of_version(session, draft_versions(session, decision_id)[-1].id)
        by_position = {str(clause.position): clause.id for clause in clauses}
        self._clauses[name] = by_position | {clause.label: clause.id for clause in clauses if clause.label}
