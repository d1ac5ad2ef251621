import json

import pytest

from data.__main__ import main
from data.database import reading
from data.queries.departments import departments
from data.queries.projects import ProjectFilter, count_projects
from models.clock import local_date
from tests.conftest import NOW
from tests.data.operations.test_proposals import demand_two

LIST = "id,name,planned opening,budget\n1,a,03/04/2027,5\n2,b,05/05/2027,6\n"


@pytest.fixture
def file(tmp_path):
    def write(text, name="list.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return str(path)

    return write


def test_a_plain_import_needs_nothing_but_the_file(sqlite_record, file, tmp_path, capsys):
    report = tmp_path / "report.json"
    code = main(["import", file(LIST), "--report", str(report)])
    told = json.loads(report.read_text("utf-8"))
    assert code == 0
    assert (told["rows"], told["taken"], told["unchanged"]) == (2, 1, 0)
    assert told["reported"] == [
        {"row": 2, "column": "planned opening", "value": "03/04/2027", "reason": "ambiguous_date"}
    ]
    assert "2 rows: 1 taken, of which 0 unchanged; 1 reported" in capsys.readouterr().out
    with reading() as session:
        assert departments(session)["imported"].name_zh == "导入"


def test_what_was_asked_is_answered_on_the_command_line_and_saved_for_the_next_time(sqlite_record, file, tmp_path):
    saved, report = tmp_path / "mapping.json", tmp_path / "report.json"
    answers = ["--date-order", "dmy", "--currency", "AUD", "--save-mapping", str(saved)]
    main(["import", file(LIST), *answers])
    main(["import", file(LIST), "--mapping", str(saved), "--report", str(report)])
    told = json.loads(report.read_text("utf-8"))
    assert (told["taken"], told["unchanged"], told["reported"]) == (2, 2, [])


def test_a_preview_says_what_would_come_and_writes_nothing(sqlite_record, file, capsys):
    assert main(["import", file(LIST), "--preview"]) == 0
    said = capsys.readouterr().out
    assert "2 rows: 1 can be taken, 1 would be reported" in said
    assert "asked: date_order planned opening (03/04/2027); 1 rows wait for the answer" in said
    with reading() as session:
        assert sum(count_projects(session, ProjectFilter(), today=local_date(NOW)).values()) == 0
        assert not departments(session)


def test_a_department_is_made_only_when_asked(sqlite_record, file, capsys):
    path = file(LIST)
    assert main(["import", path, "--department", "works"]) == 1
    assert main(["import", path, "--department", "works", "--create-department", "工务局"]) == 0
    with reading() as session:
        assert departments(session)["works"].name_zh == "工务局"


def test_where_a_second_person_agrees_the_command_says_that_nothing_is_published_yet(small_city, file, capsys):
    demand_two()

    code = main(["import", file("id,name\n1,a\n"), "--department", "water"])

    said = capsys.readouterr().out
    assert code == 0
    assert "nothing is published yet: a second person has to agree to proposal 1" in said
    assert "no column says the phase" in said
    with reading() as session:
        assert sum(count_projects(session, ProjectFilter(), today=local_date(NOW)).values()) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b'{"projects": [', "broken_json"), (b"id,id\n1,2\n", "duplicate_headers")],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(sqlite_record, file, capsys, content, reason):
    assert main(["import", file(content)]) == 1
    assert f"UnreadableFileError {reason}" in capsys.readouterr().err


def test_comments_and_drafts_are_known_by_what_they_are_and_need_a_decision(small_city, file, capsys, monkeypatch):
    for module in ("comments", "drafts"):
        monkeypatch.setattr(f"data.exchange.{module}.utc_now", lambda: NOW)
    words = file("timestamp,comment-id,comment-body\n1,1,太吵\n", "comments.csv")
    assert main(["import", words]) == 1
    assert "--decision" in capsys.readouterr().err
    assert main(["import", words, "--decision", small_city.decision, "--received-at", NOW.isoformat()]) == 0
    assert main(["import", file("第一条 新的。", "办法.md"), "--decision", small_city.decision]) == 0
    assert "1 rows: 1 taken" in capsys.readouterr().out
    assert main(["import", words, "--decision", "2026-9999"]) == 1
