"""``python -m data clock`` and ``templates``: what they say, and how they end."""

import json

import pytest

from data.__main__ import main
from tests.data.templates.example import OVERLAY, PROCEDURE, shelve

NOTICE = ["clock", "--calendar", "cn", "--from", "2025-02-07", "--count", "10", "--unit", "working"]


@pytest.mark.parametrize(("more", "last_day"), [(["--count-first-day"], "2025-02-19"), ([], "2025-02-20")])
def test_the_clock_prints_its_arithmetic_day_by_day(capsys, more, last_day):
    code = main([*NOTICE, *more])

    said = capsys.readouterr().out
    assert code == 0
    assert f"Last day {last_day}." in said
    assert "2025-02-08 Sat" in said
    assert "make-up workday" in said
    assert "Provisional" not in said


def test_the_clock_speaks_to_machines(capsys):
    main([*NOTICE, "--zone", "Asia/Tokyo", "--json"])

    said = json.loads(capsys.readouterr().out)
    assert (said["last_day"], said["ends_at"], said["zone"]) == ("2025-02-20", "2025-02-20T15:00:00Z", "Asia/Tokyo")
    assert said["steps"][0] == {"day": "2025-02-07", "ordinal": None, "reason": "first_day", "kind": "working"}
    assert said["steps"][-1]["ordinal"] == 10


def test_the_clock_says_what_is_provisional_and_a_table_settles_it(capsys, tmp_path):
    asked = ["clock", "--from", "2027-09-28", "--count", "5", "--unit", "working"]
    table = tmp_path / "cn-2027.csv"
    table.write_text("date,kind,name\n2027-10-01,holiday,国庆节\n", "utf-8")

    main(asked)
    guessed = capsys.readouterr().out
    main([*asked, "--calendar-file", str(table)])
    settled = capsys.readouterr().out

    assert "Last day 2027-10-05." in guessed
    assert "Provisional" in guessed
    assert "Last day 2027-10-06." in settled
    assert "国庆节" in settled
    assert "Provisional" not in settled


@pytest.mark.parametrize(
    "wrong",
    [
        ["--calendar", "xx", "--count", "1"],
        ["--count", "0"],
        ["--count", "-3"],
        ["--count", "999999"],
        ["--count", "1", "--zone", "Mars/Olympus"],
    ],
)
def test_the_clock_refuses_what_makes_no_sense(capsys, wrong):
    assert main(["clock", "--from", "2026-01-01", *wrong]) == 1
    assert "Refused" in capsys.readouterr().err


def test_templates_are_listed_with_their_overlays(capsys):
    code = main(["templates"])

    said = capsys.readouterr().out
    assert code == 0
    assert "cn-713" in said
    assert "  + cn-quzhou" in said


def test_a_wrong_template_is_told_with_its_line_and_the_command_fails(capsys, tmp_path):
    folder = shelve(tmp_path, procedure=PROCEDURE.replace("n: 5", "n: -5"), overlay=OVERLAY)

    code = main(["templates", "--folder", str(folder)])

    said = capsys.readouterr().out
    assert code == 1
    assert "ys-tides.yaml:28: stages[1].min_duration[0].n: " in said
    assert "ys-harbour.yaml:3: extends: " in said


def test_faults_are_told_to_machines_too(capsys, tmp_path):
    folder = shelve(tmp_path, overlay=OVERLAY.replace("n: 8", "n: 1"))

    assert main(["templates", "--folder", str(folder), "--json"]) == 1

    said = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in said["templates"]] == ["ys-tides"]
    assert [(one["line"], one["code"]) for one in said["faults"]] == [(11, "loosens")]


def test_an_empty_folder_holds_no_procedure(tmp_path):
    assert main(["templates", "--folder", str(tmp_path)]) == 1
