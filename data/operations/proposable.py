"""What can be proposed rather than published at once: every command about a project, and its form in JSON."""

import hashlib
import json
from base64 import urlsafe_b64decode
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from data.operations.contracts import modify_contract, publish_contract
from data.operations.disclosure_items import state_disclosure
from data.operations.documents import amend_document, publish_document
from data.operations.identifiers import identify_project
from data.operations.milestone_amendments import amend_milestone
from data.operations.milestone_duties import confirm_milestone, link_milestone
from data.operations.milestones import plan_milestone, revise_milestone
from data.operations.money import confirm_unchanged, publish_budget, report_progress
from data.operations.packages import package_project
from data.operations.project_decisions import link_project
from data.operations.project_places import locate_project
from data.operations.projects import amend_project, publish_project
from data.operations.withheld import withhold_field
from data.unit_of_work import Kept
from models.exceptions import InvalidValueError

#: By their names, which stand in the record: none is ever given to another operation.
OPERATIONS: Mapping[str, Callable[..., Kept]] = {
    operation.__name__: operation
    for operation in (
        amend_document,
        amend_milestone,
        amend_project,
        confirm_milestone,
        confirm_unchanged,
        identify_project,
        link_milestone,
        link_project,
        locate_project,
        modify_contract,
        package_project,
        plan_milestone,
        publish_budget,
        publish_contract,
        publish_document,
        publish_project,
        report_progress,
        revise_milestone,
        state_disclosure,
        withhold_field,
    )
}


def operation_of(command: object) -> Callable[..., Kept] | None:
    """Return the operation that takes a command; nothing where it cannot be proposed."""
    return _by_command().get(type(command))


def written(commands: Sequence[object]) -> str:
    """
    Return commands as JSON, from which :func:`read` makes the same ones.

    :raises InvalidValueError: if one cannot be proposed
    """
    return json.dumps([_written(command) for command in commands], ensure_ascii=False)


def read(text: str) -> list[object]:
    """
    Return the commands that were written.

    :raises InvalidValueError: if there is no longer such an operation, or its command has another form by now
    """
    return [_read(told) for told in json.loads(text)]


def without_files(text: str) -> list[Any]:
    """Return commands as the ledger has them: of a file its digest, which says as much and takes up less room."""
    told = json.loads(text)
    for values in (one["with"] for one in told):
        if values.get("content"):
            values["content"] = f"sha256:{hashlib.sha256(urlsafe_b64decode(values['content'])).hexdigest()}"
    return list(told)


def _written(command: object) -> dict[str, Any]:
    operation = operation_of(command)
    if operation is None:
        raise InvalidValueError("command", type(command).__name__)
    name = operation.__name__
    return {"do": name, "with": _form_of(name).dump_python(command, mode="json")}


def _read(told: Mapping[str, Any]) -> object:
    if told["do"] not in OPERATIONS:
        raise InvalidValueError("command", told["do"])
    try:
        return _form_of(told["do"]).validate_json(json.dumps(told["with"]))
    except ValidationError as error:
        raise InvalidValueError.from_validation(told["do"], error) from error


@cache
def _by_command() -> Mapping[type, Callable[..., Kept]]:
    return {_command_of(name): operation for name, operation in OPERATIONS.items()}


@cache
def _form_of(operation: str) -> TypeAdapter[Any]:
    return TypeAdapter(_command_of(operation))


def _command_of(operation: str) -> type:
    found: type = get_type_hints(OPERATIONS[operation])["command"]
    return found
