"""
The permission table, cell by cell: the whole policy on one screen.

A cell names where a matter may stand: B before a comment period, O while one is open, C closed, D decided, and E for
acts that are about no decision. In the first table the actor is of the matter's department; in the second, of another.
"""

import pytest

from models.access import PERMISSIONS, Act, Standing, demand, is_allowed
from models.actor import Actor, Role
from models.exceptions import NotAllowedError

ROLES = ("citizen", "officer", "planner", "approver", "expert", "auditor", "administrator")
STANDINGS = {
    "B": Standing.BEFORE,
    "O": Standing.OPEN,
    "C": Standing.CLOSED,
    "D": Standing.DECIDED,
    "E": Standing.ELSEWHERE,
}

OWN_DEPARTMENT = """
                      citizen  officer  planner  approver  expert  auditor  administrator
publish_decision      -        -        E        -         -       -        -
amend_decision        -        -        BOCD     -         -       -        -
revise_stage          -        -        BOCD     -         -       -        -
publish_draft         -        -        BOC      -         -       -        -
open_period           -        -        BC       -         -       -        -
extend_period         -        -        BO       -         -       -        -
close_period          -        -        O        -         -       -        -
submit_comment        O        O        O        O         O       -        O
enter_comment         -        -        OC       -         -       -        -
publish_opinion       -        -        BOC      -         -       -        -
give_verdict          -        -        OCD      -         -       -        -
publish_outcome       -        -        BC       BC        -       -        -
publish_evaluation    -        -        D        -         -       -        -
publish_document      -        BOCDE    BOCDE    -         -       -        -
publish_project       -        E        -        -         -       -        -
amend_project         -        E        -        -         -       -        -
plan_milestone        -        E        -        -         -       -        -
revise_milestone      -        E        -        -         -       -        -
publish_budget        -        E        -        -         -       -        -
report_progress       -        E        -        -         -       -        -
confirm_milestone     -        E        -        -         -       -        -
link_milestone        -        E        -        -         -       -        -
publish_contract      -        E        -        -         -       -        -
withhold_field        -        E        -        -         -       -        -
state_disclosure      -        E        -        -         -       -        -
package_project       -        E        -        -         -       -        -
link_project          -        BOCD     BOCD     -         -       -        -
choose_procedure      -        -        BOCD     -         -       -        -
publish_waiver        -        -        BOCD     BOCD      -       -        -
publish_notice        -        BOCD     BOCD     -         -       -        -
record_act            -        -        BOCD     BOCD      -       -        -
keep_hearing          -        -        BOCD     -         -       -        -
register_for_hearing  BOC      BOC      BOC      BOC       BOC     -        BOC
ask_expert            BOC      BOC      BOC      BOC       BOC     -        BOC
answer_question       -        -        BOCD     -         -       -        -
adopt_opinion         -        -        BOCD     -         -       -        -
keep_catalogue        -        -        E        -         -       -        -
link_catalogue        -        -        BOCD     -         -       -        -
promise_effect        -        -        BOCD     -         -       -        -
measure_effect        -        D        D        -         -       -        -
keep_departments      -        -        -        -         -       -        E
keep_accounts         -        -        -        -         -       -        E
keep_disclosure_rules -        -        -        -         -       -        E
publish_rating        -        -        -        -         -       -        E
publish_forecasts     -        -        -        -         -       -        E
keep_tokens           -        -        -        -         -       -        E
propose_change        -        E        E        -         -       -        -
withdraw_proposal     -        E        E        -         -       -        -
approve_proposal      -        -        -        E         -       -        -
publish_proposal      -        -        -        -         -       -        E
"""

OTHER_DEPARTMENT = """
                      citizen  officer  planner  approver  expert  auditor  administrator
submit_comment        O        O        O        O         O       -        O
register_for_hearing  BOC      BOC      BOC      BOC       BOC     -        BOC
ask_expert            BOC      BOC      BOC      BOC       BOC     -        BOC
keep_departments      -        -        -        -         -       -        E
keep_accounts         -        -        -        -         -       -        E
keep_disclosure_rules -        -        -        -         -       -        E
publish_rating        -        -        -        -         -       -        E
publish_forecasts     -        -        -        -         -       -        E
keep_tokens           -        -        -        -         -       -        E
publish_proposal      -        -        -        -         -       -        E
"""


def cells(table):
    """Return, by act and role, the standings that a table allows."""
    head, *rows = table.strip("\n").splitlines()
    assert tuple(head.split()) == ROLES
    return {(act, role): cell for act, *row in map(str.split, rows) for role, cell in zip(ROLES, row, strict=True)}


EVERY_CELL = [(act, role, standing) for act in Act for role in Role for standing in Standing]


def test_the_table_has_a_row_for_every_act():
    rows = {act for act, _ in cells(OWN_DEPARTMENT)}

    assert rows == {act.value for act in Act} == {act.value for act in PERMISSIONS}
    assert set(ROLES) == {role.value for role in Role}


@pytest.mark.parametrize(("act", "role", "standing"), EVERY_CELL)
@pytest.mark.parametrize(
    ("table", "department"), [(OWN_DEPARTMENT, "water"), (OTHER_DEPARTMENT, "parks")], ids=["own", "other"]
)
def test_an_act_is_allowed_exactly_where_the_table_says_so(act, role, standing, table, department):
    letters = cells(table).get((act, role), "-")

    allowed = is_allowed(act, Actor(role=role, department_id=department), standing=standing, department_id="water")

    assert allowed is (standing in {STANDINGS[letter] for letter in letters if letter != "-"})


@pytest.mark.parametrize("act", [act for act in Act if PERMISSIONS[act].own_department])
@pytest.mark.parametrize("role", list(Role))
def test_whoever_speaks_for_no_department_does_nothing_to_the_matter_of_one(act, role):
    nobody = Actor(role=role)

    assert not any(is_allowed(act, nobody, standing=standing, department_id="water") for standing in Standing)
    assert not any(is_allowed(act, nobody, standing=standing, department_id=None) for standing in Standing)


def test_what_is_not_allowed_is_refused_with_the_act_the_role_and_the_standing():
    with pytest.raises(NotAllowedError) as refusal:
        demand(
            Act.CLOSE_PERIOD,
            Actor(role=Role.OFFICER, department_id="water"),
            standing=Standing.OPEN,
            department_id="water",
        )

    assert refusal.value.facts == (Act.CLOSE_PERIOD, Role.OFFICER, Standing.OPEN)


def test_a_scope_allows_nothing_that_the_role_does_not_and_only_what_it_names():
    scoped = Actor(role=Role.OFFICER, department_id="water", scope=frozenset({"revise_milestone", "keep_accounts"}))

    allowed = {act for act in Act if is_allowed(act, scoped, standing=Standing.ELSEWHERE, department_id="water")}

    assert allowed == {Act.REVISE_MILESTONE}
    nothing = Actor(role=Role.OFFICER, department_id="water", scope=frozenset())
    assert not is_allowed(Act.REVISE_MILESTONE, nothing, standing=Standing.ELSEWHERE, department_id="water")
