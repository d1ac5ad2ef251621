"""The phase of projects of which no column says one: by their dates, progress and contracts, and counted."""

from dataclasses import replace

import pytest
from sqlmodel import select

from data.database import reading
from data.exchange.mapping import ColumnMapping, MilestoneColumns
from data.exchange.phases import PhaseCounts
from data.exchange.previews import preview
from data.exchange.projects import import_projects
from data.operations.projects import AmendProject, amend_project
from data.writer import change
from models.decision import Language
from models.ledger import LedgerEntry
from models.money import BudgetKind
from models.project import Phase, ProjectIdentifier, ProjectRevision
from tests.conftest import NOW, OFFICER

PERMIT = MilestoneColumns(title="Permit", planned="permit planned", actual="permit")
START = MilestoneColumns(title="Start", planned="start planned", actual="start", begins=True)
END = MilestoneColumns(title="Opening", planned="end planned", actual="end", completes=True)
MAPPING = ColumnMapping(
    identifier="id", title="id", budget="award", currency="CNY", progress="built", milestones=(PERMIT, START, END)
)
COLUMNS = ("id", "phase", "award", "built", *PERMIT.columns, *START.columns, *END.columns)
PLANNED = {"permit planned": "2026-01-01", "start planned": "2026-03-01", "end planned": "2027-09-01"}


def table(*rows):
    lines = [",".join(one.get(column, "") for column in COLUMNS) for one in rows]
    return "\n".join([",".join(COLUMNS), *lines]).encode()


def row(**more):
    return {"id": "A1", **PLANNED, **{name.replace("_", " "): cell for name, cell in more.items()}}


def imported(*rows, mapping=MAPPING):
    return import_projects(table(*rows), "list.csv", mapping, actor=OFFICER, now=NOW)


def said(identifier="A1"):
    with reading() as session:
        project = session.get_one(ProjectIdentifier, ("water", identifier)).project_id
        of_project = select(ProjectRevision).where(ProjectRevision.project_id == project)
        return session.exec(of_project.order_by(ProjectRevision.number)).all()


def entries():
    with reading() as session:
        return len(session.exec(select(LedgerEntry.idx)).all())


@pytest.mark.parametrize(
    ("told", "phase"),
    [
        ({}, Phase.IDENTIFICATION),
        ({"permit": "2026-01-05"}, Phase.PREPARATION),
        ({"permit": "2026-01-05", "start": "2026-03-04"}, Phase.IMPLEMENTATION),
        ({"built": "12"}, Phase.IMPLEMENTATION),
        ({"built": "0"}, Phase.IDENTIFICATION),
        ({"end": "2026-11-20"}, Phase.COMPLETION),
    ],
)
def test_a_project_is_in_the_phase_that_its_dates_and_its_progress_say(small_city, told, phase):
    imported(row(**told))

    assert said()[-1].phase is phase


def test_a_contract_that_is_signed_says_that_works_are_under_way(small_city):
    mapping = replace(MAPPING, budget_kind=BudgetKind.CONTRACT)

    imported(row(award="1200"), row(id="A2"), mapping=mapping)

    assert (said()[-1].phase, said("A2")[-1].phase) == (Phase.IMPLEMENTATION, Phase.IDENTIFICATION)


@pytest.mark.parametrize(
    ("told", "phase"),
    [
        ({"permit": "2026-01-05", "start": "2026-03-04", "end": "2026-11-20"}, Phase.COMPLETION),
        ({"permit": "2026-01-05", "end": "2026-11-20"}, Phase.PREPARATION),
        ({"permit": "2026-01-05", "start": "2026-03-04"}, Phase.IMPLEMENTATION),
    ],
)
def test_where_no_date_completes_a_project_all_of_them_do_together(small_city, told, phase):
    mapping = replace(MAPPING, milestones=(PERMIT, START, replace(END, completes=False)))

    imported(row(**told), mapping=mapping)

    assert said()[-1].phase is phase


def test_a_column_that_says_the_phase_is_believed_whatever_the_dates_are(small_city):
    mapping = replace(MAPPING, phase="phase")

    report = imported(row(phase="在建", end="2026-11-20"), mapping=mapping)

    assert (said()[-1].phase, report.phases) == (Phase.IMPLEMENTATION, None)


def test_preview_and_report_count_what_was_found_so_and_what_was_assumed(small_city):
    rows = (
        row(end="2026-11-20"),
        row(id="A2", start="2026-03-04"),
        row(id="A3", permit="2026-01-05"),
        row(id="A4"),
        row(id="A5"),
    )
    mapping = replace(MAPPING, default_phase=Phase.PREPARATION)
    counts = PhaseCounts(completion=1, implementation=1, preparation=1, not_begun=2, assumed=Phase.PREPARATION)

    seen = preview(table(*rows), "list.csv", mapping, now=NOW)
    report = imported(*rows, mapping=mapping)

    assert (seen.phases, report.phases) == (counts, counts)
    assert report.as_json()["phases"]["not_begun"] == 2


def test_importing_again_says_nothing_new_of_the_phase(city):
    rows = (row(end="2026-11-20"), row(id="A2", built="12"), row(id="A3"))
    imported(*rows)
    before = entries()

    report = imported(*rows)

    assert (report.unchanged, entries()) == (3, before)


def test_the_phase_goes_along_with_a_date_that_has_been_reached_since(small_city):
    imported(row(start="2026-03-04"))

    imported(row(start="2026-03-04", end="2026-11-20"))

    assert [one.phase for one in said()] == [Phase.IMPLEMENTATION, Phase.COMPLETION]
    assert said()[-1].reason == (
        "import from list.csv; no column says the phase: it follows from dates, progress and contracts"
    )


def test_the_phase_goes_back_with_a_date_that_was_not_reached_after_all(small_city):
    either = replace(MAPPING, milestones=(START, MilestoneColumns(title="Opening", either="end", completes=True)))
    imported(row(start="2026-03-04", end="2026-11-20"), mapping=either)

    imported(row(start="2026-03-04", end="2027-02-20"), mapping=either)

    assert [one.phase for one in said()] == [Phase.COMPLETION, Phase.IMPLEMENTATION]


def test_a_phase_that_a_column_or_a_person_says_holds_against_the_dates(small_city):
    imported(row(start="2026-03-04"))
    imported(row(start="2026-03-04", phase="运营"), mapping=replace(MAPPING, phase="phase"))
    told = said()[-1]
    more = {
        "project_id": told.project_id,
        "language": Language.ENGLISH,
        "title": told.title,
        "reason": "It is closed.",
    }
    imported(row(start="2026-03-04", end="2026-11-20"))
    assert [one.phase for one in said()] == [Phase.IMPLEMENTATION, Phase.MAINTENANCE]
    change(amend_project, AmendProject(phase=Phase.CANCELLED, **more), OFFICER, now=NOW)

    imported(row(start="2026-03-04", end="2026-11-20"))

    assert said()[-1].phase is Phase.CANCELLED
