"""OC4IDS out, in, and out again."""

import json
from datetime import date, timedelta

import pytest
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource

from data.__main__ import main
from data.database import reading
from data.exchange.projects import import_projects
from data.exchange.standard_terms import GENERATED
from data.feeds.exports import EXPORTS
from data.feeds.parts import Source
from data.ledger.verify import verify
from data.queries.projects import find_project
from data.queries.promises import project_promises
from data.start import fill_with_example
from models.clock import local_date
from models.milestone import RevisionKind
from tests.conftest import NOW, OFFICER, make_city
from tests.data.exchange.full_project import LATER, fill

SITE = "https://record.example"


def exported(now=LATER, site=SITE):
    return b"".join(part.content for part in EXPORTS["oc4ids"].write(Source(reading=reading, site=site, now=now)))


def compared(content):
    """Return a package without the fields that each record makes anew, as bytes."""

    def kept(value):
        if isinstance(value, dict):
            return {name: kept(one) for name, one in value.items() if name not in GENERATED}
        return [kept(one) for one in value] if isinstance(value, list) else value

    return json.dumps(kept(json.loads(content)), ensure_ascii=False).encode()


@pytest.fixture
def validator(real_data):
    registry = Registry()
    for name in ("project-schema.json", "project-package-schema.json"):
        schema = json.loads((real_data / "oc4ids-ocds" / name).read_text("utf-8"))
        registry = registry.with_resource(schema["id"], Resource.from_contents(schema))
    return Draft4Validator(schema, registry=registry, format_checker=FormatChecker())


@pytest.fixture
def elsewhere(use_record, tmp_path):
    """Open an empty record beside the one of the test."""

    def use(name="elsewhere"):
        return use_record(f"sqlite:///{tmp_path}/{name}.db")

    return use


@pytest.fixture
def full(use_record, tmp_path, comment):
    use_record(f"sqlite:///{tmp_path}/first.db")
    city = make_city()
    fill(city, comment)
    return city


def taken_in(content, tmp_path, monkeypatch):
    path = tmp_path / "package.json"
    path.write_bytes(content)
    for module in ("projects", "command"):
        monkeypatch.setattr(f"data.exchange.{module}.utc_now", lambda: LATER)
    told = tmp_path / "report.json"
    assert main(["import", str(path), "--report", str(told)]) == 0
    return json.loads(told.read_text("utf-8"))


def test_everything_that_is_said_of_a_project_is_the_same_after_export_import_and_export(
    full, elsewhere, tmp_path, monkeypatch
):
    first = exported()
    elsewhere()

    report = taken_in(first, tmp_path, monkeypatch)

    second = exported(site="https://other.example")
    assert (report["rows"], report["taken"], report["reported"], report["notes"]) == (2, 2, [], [])
    assert compared(second) == compared(first)
    kinds = {one["dimensions"]["kind"] for one in json.loads(second)["projects"][0]["forecasts"][0]["observations"]}
    assert kinds == {"baseline", "reforecast", "rebaseline", "paused", "resumed", "correction"}
    with reading() as session:
        assert not verify(session, lambda _done, _total: None).faults


def test_what_was_taken_already_changes_nothing(full, elsewhere, tmp_path, monkeypatch):
    first = exported()
    elsewhere()
    taken_in(first, tmp_path, monkeypatch)

    again = taken_in(exported(), tmp_path, monkeypatch)

    assert (again["taken"], again["unchanged"], again["notes"]) == (2, 2, [])


def test_what_was_said_since_is_added_to_what_was_taken(full, elsewhere, tmp_path, monkeypatch):
    package = json.loads(exported())
    history = package["projects"][0]["forecasts"][0]["observations"]
    whole, history[3:] = list(history), []
    elsewhere()
    taken_in(json.dumps(package).encode(), tmp_path, monkeypatch)
    history[:] = whole

    report = taken_in(json.dumps(package).encode(), tmp_path, monkeypatch)

    assert (report["taken"], report["unchanged"]) == (2, 1)
    with reading() as session:
        found = find_project(session, "P-1001", today=local_date(LATER))
    said = next(one for one in found.milestones if one.id == 1).revisions
    assert [one.kind for one in said] == [item["dimensions"]["kind"] for item in whole]


def test_a_history_that_is_taken_says_on_which_days_it_was_said(full, elsewhere, tmp_path, monkeypatch):
    with reading() as session:
        before = project_promises(session, full.project)
    first = exported()
    elsewhere()

    taken_in(first, tmp_path, monkeypatch)

    with reading() as session:
        after = project_promises(session, full.project)
    assert [one.history.points for one in after.milestones] == [one.history.points for one in before.milestones]
    assert after.milestones[0].history.points[0][0] == local_date(NOW) + timedelta(days=1)


@pytest.mark.real_data
def test_the_whole_example_is_valid_and_the_same_after_export_import_and_export(
    use_record, elsewhere, tmp_path, monkeypatch, validator
):
    use_record(f"sqlite:///{tmp_path}/example.db")
    fill_with_example(local_date(LATER), now=LATER, progress=lambda _done, _total: None)
    first = exported()
    assert [error.message for error in validator.iter_errors(json.loads(first))] == []
    elsewhere()

    report = taken_in(first, tmp_path, monkeypatch)

    assert (report["rows"], report["taken"], report["reported"]) == (40, 40, [])
    assert compared(exported()) == compared(first)


@pytest.mark.real_data
def test_a_project_about_which_everything_is_said_is_valid(full, validator):
    package = json.loads(exported())

    assert [error.message for error in validator.iter_errors(package)] == []
    package["projects"][0]["contractingProcesses"][0]["summary"]["modifications"][0]["date"] = "2026-11-20"
    assert [error.message for error in validator.iter_errors(package)] == ["'2026-11-20' is not a 'date-time'"]


def test_a_date_carries_its_range_its_precision_its_notice_and_who_can_do_something_about_it(full):
    histories = json.loads(exported())["projects"][0]["forecasts"]

    ranged = histories[1]["observations"][0]
    moved = histories[0]["observations"][1]
    assert {key: day[:10] for key, day in ranged["period"].items()} == {
        "startDate": "2027-02-01",
        "endDate": "2027-03-31",
        "maxExtentDate": "2027-06-01",
    }
    assert (ranged["dimensions"]["precision"], ranged["dimensions"]["after"]) == ("quarter", ["3"])
    assert (moved["dimensions"]["causeParty"], moved["dimensions"]["point"]) == ("public", "1")
    assert moved["dimensions"]["noticeDays"] == 100 - 11
    assert len({one["dimensions"]["hash"] for one in histories[0]["observations"]}) == 6


def test_a_statement_that_is_altered_has_another_digest_and_so_have_all_after_it(
    full, elsewhere, tmp_path, monkeypatch
):
    first = exported()
    altered = first.replace("筹款".encode(), "等待".encode())
    elsewhere()

    taken_in(altered, tmp_path, monkeypatch)

    def digests(content):
        return [
            one["dimensions"]["hash"] for one in json.loads(content)["projects"][0]["forecasts"][0]["observations"]
        ]

    same = [one == other for one, other in zip(digests(first), digests(exported()), strict=True)]
    assert same == [True, True, True, False, False, False]


def told(package, **more):
    return import_projects(json.dumps(package).encode(), "p.json", actor=OFFICER, now=NOW, **more)


def history(*said):
    return {
        "projects": [
            {
                "id": "x",
                "title": "Road",
                "status": "implementation",
                "milestones": [{"id": "7", "title": "Open"}],
                "forecasts": [
                    {
                        "id": "milestoneDate.7",
                        "observations": [
                            {"id": str(place), "measure": day, "dimensions": {"kind": kind, "saidOn": on}}
                            for place, (kind, day, on) in enumerate(said)
                        ],
                    }
                ],
            }
        ]
    }


@pytest.mark.parametrize(
    ("said", "reason", "left"),
    [
        ((("baseline", "2027-01-01", ""), ("baseline", "2027-02-01", "")), "second_baseline", ["baseline"]),
        (
            (
                ("baseline", "2027-01-01", "2026-05-01"),
                ("reforecast", "2027-02-01", "2026-04-01"),
                ("reforecast", "2027-03-01", "2026-06-01"),
            ),
            "dated_before_predecessor",
            ["baseline", "reforecast"],
        ),
        ((("baseline", "31/02/2024", ""),), "not_a_date", None),
    ],
)
def test_a_history_that_cannot_be_is_named_and_can_be_taken_without_what_is_wrong(small_city, said, reason, left):
    strict = told(history(*said))
    lenient = told(history(*said), lenient=True)

    assert [one.reason for one in strict.reported] == [reason]
    assert strict.reported[0].column == "forecasts.milestoneDate.7"
    assert reason in [one.reason for one in lenient.notes]
    with reading() as session:
        found = find_project(session, "P-1002", today=local_date(NOW))
    assert [said.kind for one in found.milestones for said in one.revisions] == (left or [])


def test_a_move_without_a_reason_says_that_none_is_given(small_city):
    told(history(("baseline", "2027-01-01", "2026-05-01"), ("reforecast", "2027-02-01", "2026-06-01")))

    with reading() as session:
        said = find_project(session, "P-1002", today=local_date(NOW)).milestones[0].revisions[1]
    assert (said.kind, said.data_date) == (RevisionKind.REFORECAST, date(2026, 6, 1))
    assert said.reason == "as in the file; no reason is given in it"


@pytest.mark.real_data
def test_a_file_of_others_is_the_same_after_it_was_taken_twice(elsewhere, real_data, tmp_path, monkeypatch, validator):
    elsewhere()
    report = taken_in((real_data / "oc4ids-ocds" / "example.json").read_bytes(), tmp_path, monkeypatch)
    first = exported()
    elsewhere("third")
    taken_in(first, tmp_path, monkeypatch)

    assert compared(exported()) == compared(first)
    assert [error.message for error in validator.iter_errors(json.loads(first))] == []
    assert {one["column"] for one in report["notes"]} >= {"social", "environment", "transactions"}
    project = json.loads(first)["projects"][0]
    assert [len(one["summary"].get("modifications", [])) for one in project["contractingProcesses"]] == [3, 0, 0]
    assert project["metrics"][1]["id"] == "physicalProgress"
