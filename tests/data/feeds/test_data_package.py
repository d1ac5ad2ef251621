"""Projects as a Data Package: tables that fit their description, in a zip that is written as it is read."""

import csv
import io
import json
import re
import tracemalloc
import zipfile
from datetime import date, datetime

import pytest

from data.__main__ import main
from data.database import reading
from data.feeds import data_package
from data.feeds.parts import Source
from tests.conftest import make_city
from tests.data.exchange.full_project import LATER, fill
from tests.data.feeds.conftest import SITE, Machine

_READS = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": lambda text: {"true": True, "false": False}[text],
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
}


@pytest.fixture
def full(record, comment):
    city = make_city()
    fill(city, comment)
    return city


@pytest.fixture
def package(full):
    reply = Machine(LATER).get("/open/projects.zip")
    assert reply.status == 200
    assert reply.headers["content-type"] == "application/zip"
    return zipfile.ZipFile(io.BytesIO(reply.body))


@pytest.fixture
def described(package):
    return json.loads(package.read("datapackage.json"))


@pytest.fixture
def found(package, described):
    """Return the rows of each table."""
    return {
        one["name"]: list(csv.DictReader(io.StringIO(package.read(one["path"]).decode(), newline="")))
        for one in described["resources"]
    }


def test_every_cell_is_of_the_type_that_its_column_has(described, found):
    for resource in described["resources"]:
        fields = {one["name"]: one for one in resource["schema"]["fields"]}
        for row in found[resource["name"]]:
            assert list(row) == list(fields)
            for name, cell in row.items():
                assert not cell or _READS[fields[name]["type"]](cell) is not None
                assert cell or not fields[name].get("constraints")


def test_keys_tell_rows_apart_and_what_points_at_a_row_finds_it(described, found):
    for resource in described["resources"]:
        schema, rows = resource["schema"], found[resource["name"]]
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
        for points in schema.get("foreignKeys", []):
            (column,), (theirs,) = points["fields"], points["reference"]["fields"]
            assert {row[column] for row in rows} <= {row[theirs] for row in found[points["reference"]["resource"]]}


def test_every_column_and_table_is_described_in_both_languages(described):
    for resource in described["resources"]:
        for text in (resource["title"], *(one["description"] for one in resource["schema"]["fields"])):
            chinese, english = text.split(" · ", 1)
            assert re.search("[\u4e00-\u9fff]", chinese)
            assert english.isascii()


def test_the_package_says_what_it_is_and_what_may_be_done_with_it(described, package):
    assert described["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[a-z0-9._-]+", described["name"])
    assert described["licenses"][0]["path"] == f"{SITE}/about"
    assert described["created"].endswith("Z")
    assert [one["path"] for one in described["resources"]] == package.namelist()[1:]
    assert package.testzip() is None


def test_everything_that_was_said_is_in_it(full, found):
    said = [row for row in found["statements"] if row["milestone"] == str(full.milestone)]

    assert [row["kind"] for row in said] == ["baseline", "reforecast", "rebaseline", "paused", "resumed", "correction"]
    assert said[1]["reason_code"] == "publicInput"
    assert (said[3]["next_steps"], said[3]["resume_on"]) == ("筹款\n复工", "2026-12-20")
    assert [row["amount_minor"] for row in found["budgets"]] == ["123456789", "0", "5"]
    assert [row["annual_bp"] for row in found["reports"]] == ["10756", "", "-10000"]
    assert [row["amount_minor"] for row in found["contracts"]] == ["5000000", ""]
    assert len(found["contract_changes"]) == 3
    assert {row["item"] for row in found["disclosures"]} == {"feasibility_study", "preliminary_design"}
    assert [row["said_on"] for row in found["amendments"]] == ["2026-12-14", "2026-12-15", "2026-12-16"]
    assert [(row["statement"], row["said_on"]) for row in found["confirmations"]] == [
        ("2", "2026-12-05"),
        ("5", "2026-12-08"),
    ]
    assert [(row["field"], row["holds"]) for row in found["withheld"]][2:] == [("spent", "true"), ("spent", "false")]
    assert [(row["letter"], row["rated_on"]) for row in found["ratings"]] == [("R", "2026-12-01"), ("Y", "2026-12-02")]
    assert [(row["project"], row["whole"]) for row in found["packages"]] == [(full.project, "P-1002")]
    assert {row["project"] for row in found["contradictions"]} == {full.project}
    assert all(json.loads(row["sources"]) for row in found["contradictions"])


def test_the_command_line_writes_the_same_zip(full, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("data.__main__.utc_now", lambda: LATER)
    path = tmp_path / "p.zip"

    assert main(["export", "datapackage", str(path), "--site", SITE]) == 0

    assert path.read_bytes() == Machine(LATER).get("/open/projects.zip").body
    assert "holds 2 rows" in capsys.readouterr().out


def test_the_zip_is_the_same_however_it_is_read_and_never_whole_in_memory(full, monkeypatch):
    source = Source(reading=reading, site=SITE, now=LATER)
    whole = zipfile.ZipFile(io.BytesIO(b"".join(part.content for part in data_package.package(source))))
    monkeypatch.setattr(data_package, "_ROWS", 2)

    in_parts = zipfile.ZipFile(io.BytesIO(b"".join(part.content for part in data_package.package(source))))

    assert {name: whole.read(name) for name in whole.namelist()} == {
        name: in_parts.read(name) for name in in_parts.namelist()
    }
    tracemalloc.start()
    for _ in data_package.package(source):
        pass
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
