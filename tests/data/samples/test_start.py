"""Starting: the example of today where nothing says otherwise, and never over something in earnest."""

import json
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data import settings, start
from data.__main__ import main
from data.database import reading
from data.operations.departments import PublishDepartment, publish_department
from data.queries.departments import departments
from data.queries.record import count_entries, example_day
from data.writer import change
from models.actor import OPERATOR
from models.exceptions import FutureEventError, RecordError, RuleError
from tests.conftest import forget

TODAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 6, 30, tzinfo=UTC)
ROOT = Path(settings.__file__).parent.parent
IN_ANOTHER_PROCESS = """
import pathlib, sys
from data import settings
from data.samples import steps
settings.EMBEDDED_FILE, steps._FILES = map(pathlib.Path, sys.argv[1:])
from data.start import start
start()
"""


@pytest.fixture
def embedded(monkeypatch, tmp_path, short_example):
    """Where the embedded file will be."""
    forget()
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(settings, "EMBEDDED_FILE", tmp_path / "house" / "record.db")
    yield settings.EMBEDDED_FILE
    forget()


def begin(now=NOW):
    """Start, and return how many steps were made."""
    told = []
    start.start(now=now, progress=lambda *progress: told.append(progress))
    return len(told)


def publish(code="earnest"):
    change(publish_department, PublishDepartment(id=code, name_zh=code, name_en=code), OPERATOR)


def found():
    """What kind of record there is, and how much is in it."""
    with reading() as session:
        return example_day(session), count_entries(session), set(departments(session))


def test_a_new_embedded_record_is_filled_with_the_example_of_today(embedded):
    made = begin()

    assert made == 2
    assert found() == (TODAY, 3, {"water", "parks"})


def test_starting_again_on_the_same_day_is_quick_and_keeps_what_visitors_wrote(embedded):
    begin()
    publish("visitor")
    before = time.monotonic()

    made = begin(NOW + timedelta(hours=9))

    assert time.monotonic() - before < 1
    assert made == 0
    assert found() == (TODAY, 4, {"water", "parks", "visitor"})


def test_an_example_of_an_earlier_day_begins_anew_and_keeps_nothing(embedded):
    begin()
    publish("visitor")

    made = begin(NOW + timedelta(days=1))

    assert made == 2
    assert found() == (TODAY + timedelta(days=1), 3, {"water", "parks"})
    assert b"visitor" not in b"".join(file.read_bytes() for file in embedded.parent.iterdir())


def test_an_example_begins_anew_under_readers_who_have_it_open(embedded):
    begin()
    with reading() as session:
        before = example_day(session)

        begin(NOW + timedelta(days=1))

        assert example_day(session) == before == TODAY
    assert found()[0] == TODAY + timedelta(days=1)


def test_a_record_in_earnest_is_never_filled(embedded):
    begin()
    start.clear_example()

    made = [begin(NOW + timedelta(days=days)) for days in range(3)]

    assert made == [0, 0, 0]
    assert found() == (None, 1, set())


def test_a_record_that_has_an_address_is_not_filled(record, short_example):
    assert begin() == 0
    assert found() == (None, 1, set())


def test_migrating_first_does_not_keep_the_example_away(embedded, capsys):
    assert main(["migrate"]) == 0

    assert begin() == 2


def test_an_attempt_that_failed_leaves_nothing_and_is_made_good(embedded, short_example):
    sound = (short_example / "departments.json").read_text("utf-8")
    told = json.loads(sound)
    told["steps"][1]["with"]["name_zh"] = ""
    (short_example / "departments.json").write_text(json.dumps(told), "utf-8")
    with pytest.raises(RecordError):
        begin()
    (short_example / "departments.json").write_text(sound, "utf-8")

    made = begin()

    assert made == 2
    assert found() == (TODAY, 3, {"water", "parks"})


def test_of_two_processes_that_start_at_once_one_makes_the_example(embedded, short_example):
    command = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(embedded), str(short_example)]
    running = [
        subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, env={"PATH": ""}) for _ in range(2)
    ]

    said = [process.communicate(timeout=60)[1] for process in running]

    assert [process.returncode for process in running] == [0, 0], said
    assert sorted(said) == ["", "2 of 2 steps of the example made\n"]
    assert found()[1] == 3


def test_a_record_is_filled_emptied_and_filled_again_by_command(record, short_example, capsys):
    assert main(["example", "--day", "2026-03-31"]) == 0
    filled = found()
    assert main(["clear-example"]) == 0
    cleared = found()
    assert main(["example", "--day", "2026-04-01"]) == 0

    assert filled == (date(2026, 3, 31), 3, {"water", "parks"})
    assert cleared == (None, 1, set())
    assert found() == (date(2026, 4, 1), 3, {"water", "parks"})
    assert main(["verify"]) == 0


def test_an_example_that_was_interrupted_is_made_anew_by_the_same_command(record, short_example, capsys):
    main(["example", "--day", "2026-03-31"])
    publish("half")

    assert main(["example", "--day", "2026-03-31"]) == 0

    assert found() == (date(2026, 3, 31), 3, {"water", "parks"})


def test_what_was_recorded_in_earnest_is_neither_filled_nor_removed(record, short_example, capsys):
    publish()

    codes = [main(["example"]), main(["clear-example"])]

    assert codes == [1, 1]
    assert "Refused" in capsys.readouterr().err
    assert found() == (None, 2, {"earnest"})


def test_an_empty_record_in_earnest_is_not_cleared(sqlite_record):
    with pytest.raises(RuleError):
        start.clear_example()


def test_there_is_no_example_of_a_day_to_come(sqlite_record, short_example):
    with pytest.raises(FutureEventError):
        start.fill_with_example(TODAY + timedelta(days=1), now=NOW)


def test_the_record_can_be_changed_as_soon_as_it_is_filled(embedded):
    begin()

    publish("next")

    assert found()[1] == 4
