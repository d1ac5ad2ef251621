"""OC4IDS out, in, and out again."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from jsonschema import Draft4Validator, FormatChecker
from referencing import Registry, Resource
from sqlmodel import col, select

from data.__main__ import main
from data.database import reading
from data.exchange.projects import import_projects
from data.exchange.standard_terms import GENERATED
from data.feeds.exports import EXPORTS
from data.feeds.parts import Source
from data.ledger.verify import verify
from data.operations.milestone_amendments import AmendMilestone, amend_milestone
from data.queries.milestone_amendments import amendments_of
from data.queries.project_view import find_project
from data.queries.promises import project_promises
from data.queries.search import search
from data.search import Kind, Query
from data.start import fill_with_example
from data.writer import change
from models.clock import local_date
from models.day_said import said_on
from models.milestone import MilestoneCode, ReasonCode, RevisionKind
from models.milestone_amendment import MilestoneAmendment, descriptions
from models.rating import IndependentRating
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
def empty(record, use_record):
    """Open an empty record, once in each database. It is made first: the record of the test is opened after it."""
    address = record.url.render_as_string(hide_password=False)
    return lambda: use_record(address)


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
    empty, full, tmp_path, monkeypatch
):
    first = exported()
    empty()

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


def test_a_pause_of_a_file_that_does_not_say_how_it_goes_on_is_taken_and_says_so(
    full, elsewhere, tmp_path, monkeypatch
):
    package = json.loads(exported())
    history = package["projects"][0]["forecasts"][0]["observations"]
    paused = next(one for one in history if one["dimensions"]["kind"] == "paused")
    for name in ("nextSteps", "resumeOn"):
        del paused["dimensions"][name]
    elsewhere()

    report = taken_in(json.dumps(package).encode(), tmp_path, monkeypatch)

    with reading() as session:
        found = find_project(session, "P-1001", today=local_date(LATER))
    said = next(one for one in found.milestones if one.id == 1).revisions
    told = next(one for one in said if one.kind is RevisionKind.PAUSED)
    assert report["reported"] == []
    assert (told.next_steps, told.resume_on) == ("", None)


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
    empty, use_record, tmp_path, monkeypatch, validator
):
    use_record(f"sqlite:///{tmp_path}/example.db")
    fill_with_example(local_date(LATER), now=LATER, progress=lambda _done, _total: None)
    first = exported()
    assert [error.message for error in validator.iter_errors(json.loads(first))] == []
    empty()

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
    assert moved["dimensions"]["causeParty"] == "public"
    assert moved["dimensions"]["point"] == f"{SITE}/decisions/{full.decision}#point-1"
    assert moved["dimensions"]["noticeDays"] == 100 - 11
    assert len({one["dimensions"]["hash"] for one in histories[0]["observations"]}) == 6


def test_what_was_said_beside_dates_and_money_is_carried_too(full):
    project = json.loads(exported())["projects"][0]

    said = {one["id"]: one["observations"] for one in project["metrics"]}
    assert [(one["measure"], one["period"]["endDate"][:10]) for one in said["formerTitle"]] == [
        ("第二水厂", str(local_date(NOW) + timedelta(days=1)))
    ]
    assert [(one["id"], one["dimensions"]["statement"]) for one in said["confirmation"]] == [
        ("confirmation.1.1", 2),
        ("confirmation.1.2", 5),
    ]
    assert [one["dimensions"]["kind"] for one in said["disclosure"]] == ["formed", "published", "withheld"]
    assert [(one["measure"], one.get("notes")) for one in said["independentRating"]] == [
        ("R", None),
        ("Y", "进度偏慢。\n已整改。"),
    ]
    held = [(one["dimensions"]["field"], one["dimensions"]["holds"]) for one in said["withheld"]]
    assert held == [("bidders", True), ("spent", True), ("spent", False), ("supplier", True)]
    assert {one["id"] for one in project["documents"]} >= {"withheld-bidders", "withheld-supplier"}
    assert "withheld-spent" not in {one["id"] for one in project["documents"]}


def descriptions_in(project_id):
    """Return what each milestone of a project was said to be, first to last."""
    with reading() as session:
        found, amendments = find_project(session, project_id, today=local_date(LATER)), {}
        for one in found.milestones:
            amendments[one.id] = descriptions(one.first_description, amendments_of(session, one.id))
    return [[(said.title, said.code, said.is_critical) for said in amendments[one]] for one in sorted(amendments)]


def test_what_a_milestone_was_said_to_be_first_and_since_is_carried_with_its_reasons(full):
    project = json.loads(exported())["projects"][0]

    said = next(one["observations"] for one in project["metrics"] if one["id"] == "milestoneAmendment")
    assert [(one["id"], one["measure"], one["dimensions"].get("before"), one["notes"]) for one in said] == [
        ("milestoneAmendment.1.1", "全线通水", "通水", "名称\n有误。"),
        ("milestoneAmendment.1.2", "全线通水", None, "并非交付。"),
        ("milestoneAmendment.2.1", "通水", None, "编码有误。"),
    ]
    assert [one["period"]["endDate"][:10] for one in said] == [
        str(local_date(NOW + timedelta(days=days))) for days in (20, 21, 22)
    ]
    assert [(one["dimensions"].get("code"), one["dimensions"]["critical"]) for one in said] == [
        ("handover", True),
        (None, False),
        (None, False),
    ]
    assert [one["title"] for one in project["milestones"]] == ["全线通水", "通水", "开工"]
    promised = project["forecasts"][1]["observations"][0]["dimensions"]
    assert (promised["code"], promised["critical"]) == ("acceptance", True)


def test_what_a_milestone_is_said_to_be_since_alters_no_digest_of_what_was_said_before(full):
    before = json.loads(exported())["projects"][0]["forecasts"]

    command = AmendMilestone(
        milestone_id=full.milestone, title="供水", code=MilestoneCode.HANDOVER, is_critical=True, reason="有误。"
    )
    change(amend_milestone, command, OFFICER, now=LATER)

    after = json.loads(exported())["projects"][0]["forecasts"]
    assert [one["observations"] for one in after] == [one["observations"] for one in before]


def test_a_milestone_is_recognised_by_what_it_was_called_first_and_takes_what_was_said_since(
    full, elsewhere, tmp_path, monkeypatch
):
    before = descriptions_in(full.project)
    package = json.loads(exported())
    said = next(one for one in package["projects"][0]["metrics"] if one["id"] == "milestoneAmendment")["observations"]
    whole, said[1:] = list(said), []
    elsewhere()
    taken_in(json.dumps(package).encode(), tmp_path, monkeypatch)
    partly = descriptions_in("P-1001")
    said[:] = whole

    report = taken_in(json.dumps(package).encode(), tmp_path, monkeypatch)

    assert [len(one) for one in partly] == [2, 1, 1]
    assert descriptions_in("P-1001") == before
    assert report["unchanged"] == 1


def days_amended(session):
    """Return on which days it was said what the first milestone of the project is."""
    return [said_on(one) for one in amendments_of(session, 1)]


def test_what_a_milestone_is_was_said_on_the_days_that_the_file_tells(full, elsewhere, tmp_path, monkeypatch):
    with reading() as session:
        before = days_amended(session)
    first = exported()
    elsewhere()

    taken_in(first, tmp_path, monkeypatch)

    with reading() as session:
        after, kept = days_amended(session), amendments_of(session, 1)
        assert verify(session, lambda _done, _total: None).faults == []
    assert before == after == [local_date(NOW + timedelta(days=days)) for days in (20, 21)]
    assert [local_date(one.recorded_at) for one in kept] == [local_date(LATER)] * 2


def test_a_department_that_imports_what_a_milestone_is_says_so_on_the_day_on_which_it_imports_it(full, elsewhere):
    package = exported()
    elsewhere()
    make_city()

    import_projects(package, "p.json", actor=replace(OFFICER, account_id=1), now=LATER)

    with reading() as session:
        said = session.exec(select(MilestoneAmendment).order_by(col(MilestoneAmendment.id))).all()
    assert [(one.data_date, said_on(one)) for one in said] == [
        (local_date(NOW + timedelta(days=days)), local_date(LATER)) for days in (20, 21, 22)
    ]


def test_a_file_that_does_not_tell_the_day_on_which_a_milestone_was_amended_is_taken(
    full, elsewhere, tmp_path, monkeypatch
):
    package = json.loads(exported())
    said = next(one for one in package["projects"][0]["metrics"] if one["id"] == "milestoneAmendment")
    for one in said["observations"]:
        del one["period"]
    elsewhere()

    taken_in(json.dumps(package).encode(), tmp_path, monkeypatch)

    with reading() as session:
        assert days_amended(session) == [local_date(LATER)] * 2


def test_what_somebody_said_here_of_what_a_milestone_is_holds(full, elsewhere, tmp_path, monkeypatch):
    first = exported()
    package = json.loads(first)
    metrics = package["projects"][0]["metrics"]
    metrics[:] = [one for one in metrics if one["id"] != "milestoneAmendment"]
    elsewhere()
    taken_in(json.dumps(package).encode(), tmp_path, monkeypatch)
    here = AmendMilestone(milestone_id=2, title="验收", code=None, is_critical=True, reason="有误。")
    change(amend_milestone, here, OFFICER, now=LATER)

    taken_in(first, tmp_path, monkeypatch)

    assert descriptions_in("P-1001")[1][1:] == [("验收", None, True)]


def test_an_amendment_that_says_nothing_new_is_named_and_left_out(small_city):
    package = history(("baseline", "2027-01-01", "2026-05-01"))
    package["projects"][0]["metrics"] = [
        {
            "id": "milestoneAmendment",
            "observations": [
                {"id": str(place), "measure": title, "dimensions": {"milestone": "7", **more}}
                for place, (title, more) in enumerate((("Opened", {"before": "Opn"}), ("Opened", {}), ("", {})))
            ],
        }
    ]

    report = told(package)

    assert [one.reason for one in report.notes] == ["amendment_left_out"] * 2
    with reading() as session:
        found = find_project(session, "P-1002", today=local_date(NOW)).milestones[0]
        said = amendments_of(session, found.id)
    assert (found.first_title, found.title) == ("Opn", "Opened")
    assert [one.reason for one in said] == ["as in the file; no reason is given in it"]


def test_a_point_of_another_record_stays_the_reason_and_can_be_read_there(full, elsewhere, tmp_path, monkeypatch):
    first = exported()
    elsewhere()

    taken_in(first, tmp_path, monkeypatch)

    with reading() as session:
        found = find_project(session, "P-1001", today=local_date(LATER))
    said = next(one for one in found.milestones if one.id == 1).revisions[1]
    assert (said.reason_code, said.point_id) == (ReasonCode.PUBLIC_INPUT, None)
    assert said.point_elsewhere == f"{SITE}/decisions/{full.decision}#point-1"


def test_former_titles_are_names_that_the_project_had_on_their_days(full, elsewhere, tmp_path, monkeypatch):
    first = exported()
    elsewhere()

    taken_in(first, tmp_path, monkeypatch)

    with reading() as session:
        found = find_project(session, "P-1001", today=local_date(LATER))
        hits = search(session, Query("第二水厂"), kind=Kind.PROJECT).rows
    assert [one.title for one in found.revisions] == ["第二水厂", "第二水厂（一期）"]
    assert [one.data_date for one in found.revisions] == [local_date(NOW), local_date(NOW) + timedelta(days=1)]
    assert [hit.project_id for hit in hits] == ["P-1001"]


def test_no_department_imports_what_somebody_independent_says_of_it(full, elsewhere):
    package = exported()
    elsewhere()
    make_city()

    report = import_projects(package, "p.json", actor=OFFICER, now=LATER)

    assert [(one.column, one.reason) for one in report.notes] == [
        ("metrics.independentRating", "rating_by_operator_only")
    ]
    with reading() as session:
        assert session.exec(select(IndependentRating)).all() == []


def test_a_project_without_a_title_is_called_by_its_identifier(small_city):
    report = told({"projects": [{"id": "oc4ids-x-1"}]})

    assert (report.taken, [one.reason for one in report.notes]) == (1, ["named_by_identifier"])
    with reading() as session:
        assert find_project(session, "P-1002", today=local_date(NOW)).said.title == "oc4ids-x-1"


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
