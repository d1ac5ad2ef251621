"""Whatever a department publishes of its projects can be proposed, and is read back as the very command it was."""

from datetime import timedelta

import pytest

from data.operations.departments import AmendDepartment, amend_department
from data.operations.documents import AmendDocument, PublishDocument, amend_document, publish_document
from data.operations.projects import PublishProject
from data.operations.proposable import OPERATIONS, operation_of, read, without_files, written
from data.writer import change
from models.actor import OPERATOR, Actor, Role
from models.document import DocumentType
from models.exceptions import InvalidValueError, RecordError, SecondPersonError
from tests.conftest import OFFICER, PLANNER
from tests.data.test_permissions import CALLS, LATER, PROJECT, SECRET, matter

__all__ = ["matter"]


def command_for(operation, matter):
    return CALLS[operation][1](matter)


def needs_second_person(operation, matter):
    """Whether an operation is refused for want of a second person, whoever of the department asks."""
    actors = [Actor(role=role, department_id="water") for role in (Role.OFFICER, Role.PLANNER, Role.APPROVER)]
    for actor in actors:
        try:
            change(operation, command_for(operation, matter), actor, now=LATER + timedelta(hours=1))
        except SecondPersonError:
            return True
        except RecordError:
            continue
    return False


def test_what_needs_a_second_person_is_what_can_be_proposed(matter):
    needs = {"department_id": "water", "name_zh": "水局", "name_en": "Water", "reason": "内控"}
    change(amend_department, AmendDepartment(needs_second_person=True, **needs), OPERATOR, now=LATER)

    found = {operation.__name__ for operation in CALLS if needs_second_person(operation, matter)}

    # Those of documents speak here of a decision, where nothing of the kind is asked.
    assert found | {"publish_document", "amend_document"} == set(OPERATIONS)


def test_a_document_of_a_project_needs_a_second_person_too(matter):
    needs = {"department_id": "water", "name_zh": "水局", "name_en": "Water", "reason": "内控"}
    document = PublishDocument(project_id=matter.project, type=DocumentType.OTHER, title="甲", **SECRET)
    number = int(change(publish_document, document, OFFICER, now=LATER).key)
    change(amend_department, AmendDepartment(needs_second_person=True, **needs), OPERATOR, now=LATER)
    amended = AmendDocument(document_id=number, type=DocumentType.OTHER, title="乙", reason="改", **SECRET)

    for operation, command in ((publish_document, document), (amend_document, amended)):
        with pytest.raises(SecondPersonError):
            change(operation, command, OFFICER, now=LATER)


def test_every_command_is_read_back_as_it_was_written(matter):
    commands = [command_for(operation, matter) for operation in CALLS if operation.__name__ in OPERATIONS]

    assert read(written(commands)) == commands


def test_a_file_is_read_back_byte_for_byte_and_sealed_by_its_digest_alone():
    content = bytes(range(256))
    command = PublishDocument(
        project_id="P-1001", type=DocumentType.OTHER, title="批复", file_name="a.pdf", content=content
    )

    text = written([command])

    assert read(text) == [command]
    (sealed,) = without_files(text)
    assert sealed["with"]["content"] == "sha256:40aff2e9d2d8922e47afd4648e6967497158785fbd1da870e7110266bf944880"


def test_a_place_is_read_back_with_its_fractions():
    place = {"type": "Point", "coordinates": [119.500001, 30.2]}
    command = PublishProject(department_id="water", geometry=place, **PROJECT)

    assert read(written([command])) == [command]


def test_what_no_version_knows_any_longer_is_a_fault_of_the_proposal():
    with pytest.raises(InvalidValueError):
        read('[{"do": "paint_project", "with": {}}]')
    with pytest.raises(InvalidValueError):
        read('[{"do": "confirm_unchanged", "with": {"project": 1}}]')


def test_what_is_no_statement_about_a_project_cannot_be_proposed():
    command = AmendDepartment(department_id="water", name_zh="水局", name_en="Water", reason="改")

    assert operation_of(command) is None
    with pytest.raises(InvalidValueError):
        written([command])
    assert PLANNER.unlimited == PLANNER
