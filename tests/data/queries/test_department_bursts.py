"""Days on which a department moved very many dates: found among all statements at once, by the rule for each day."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from data.queries.department_bursts import department_bursts
from models.milestone import RevisionKind
from models.project_coincidences import MovedDay, bursts
from models.promise_cases import as_statements

PROJECTS = ["P-1", "P-2", "P-3", "P-4"]
FIRST = date(2026, 1, 1).toordinal()
REFORECAST = list(RevisionKind).index(RevisionKind.REFORECAST)

#: On which day, which milestone, of which project.
moves = st.lists(st.tuples(st.integers(1, 7), st.integers(0, 20), st.integers(0, 3)), max_size=150)


def statements(moved, project):
    """Return what was said of the milestones of a project: each first, and then each move to another day."""
    rows = []
    for milestone in range(21):
        said_on = [0, *sorted(on for on, one, of in moved if (one, of) == (milestone, project))]
        number = project * 100 + milestone
        rows += [(number, 0, 0, 0, REFORECAST, FIRST + nth, FIRST + on, FIRST + on) for nth, on in enumerate(said_on)]
    return as_statements(rows)


def by_the_rule(moved):
    """Return the bursts, counted day by day."""
    return bursts(
        MovedDay(
            department="water",
            on=date.fromordinal(FIRST + day),
            milestones=len({(one, of) for on, one, of in moved if on == day}),
            projects=len({of for on, _, of in moved if on == day}),
        )
        for day in {on for on, _, _ in moved}
    )


@given(moved=moves)
@settings(deadline=None)
def test_they_are_those_that_the_rule_finds_day_by_day(moved):
    found = department_bursts("water", PROJECTS, [statements(moved, project) for project in range(4)], None)

    told = {(source.on, source.value) for each in found.values() for one in each for source in one.sources[:1]}
    assert told == {(one.sources[0].on, one.sources[0].value) for one in by_the_rule(moved)}


def test_a_day_on_which_all_was_moved_is_one_though_it_is_the_only_day():
    moved = [(1, milestone, milestone % 4) for milestone in range(16)]

    found = department_bursts("water", PROJECTS, [statements(moved, project) for project in range(4)], None)

    assert sorted(found) == PROJECTS


def test_where_nothing_was_moved_there_is_none():
    assert dict(department_bursts("water", [], [], None)) == {}
