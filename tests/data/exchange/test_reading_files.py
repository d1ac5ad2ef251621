import io
import zipfile
from datetime import date

import pytest
from openpyxl import Workbook

from data.exchange import sources
from data.exchange.open_file import open_source
from data.exchange.sources import counted
from models.exceptions import UnreadableFileError

CHINESE = "编号,名称,总投资(万元)\n1,第二水厂扩建工程,1200\n2,滨江路改造,300\n"


def refusal_of(content, name="list.csv"):
    with pytest.raises(UnreadableFileError) as refused:
        list(open_source(content, name).rows())
    return refused.value.facts


def workbook(*rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("gb18030", "gb18030"), ("gbk", "gb18030"), ("utf-16", "utf-16")],
)
def test_chinese_is_read_in_whatever_encoding_it_was_saved(encoding, found):
    source = open_source(CHINESE.encode(encoding), "list.csv")
    assert source.encoding == found
    assert source.columns == ("编号", "名称", "总投资(万元)")
    assert [row.cells["名称"] for row in source.rows()] == ["第二水厂扩建工程", "滨江路改造"]


def test_western_letters_of_old_windows_files_are_not_taken_for_chinese():
    source = open_source("id,name\n1,Café Müller – Straße\n2,Peña Ñoño\n".encode("cp1252"), "list.csv")
    assert source.encoding == "cp1252"
    assert [row.cells["name"] for row in source.rows()] == ["Café Müller – Straße", "Peña Ñoño"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(separator):
    source = open_source("id;name;place\n1;a, b;x\n2;c;y\n".replace(";", separator).encode(), "list.csv")
    if separator != ",":
        assert [row.cells["name"] for row in source.rows()] == ["a, b", "c"]
    assert source.separator == separator


def test_a_line_end_inside_a_cell_is_part_of_the_cell():
    rows = list(open_source(b'id,name\n1,"two\nlines"\n\n,\n2,b\n', "list.csv").rows())
    assert [(row.number, row.cells["name"]) for row in rows] == [(2, "two\nlines"), (5, "b")]


@pytest.mark.parametrize("content", [b"", b" \n\n "])
def test_an_empty_file_is_refused(content):
    assert refusal_of(content)[0] == "empty"


def test_utf8_with_broken_bytes_is_refused_and_not_read_as_something_else():
    assert refusal_of("编号,名称\n1,第二水".encode() + b"\xff\xfe" + "厂\n".encode())[0] == "bad_encoding"


def test_half_a_character_at_the_end_is_refused():
    assert refusal_of("编号,名称\n1,水厂".encode()[:-1])[0] == "bad_encoding"


def test_bytes_that_no_text_has_are_refused():
    assert refusal_of(b"id,name\n1,\x00\x01\x02\n")[0] == "not_text"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04broken"])
def test_files_of_other_kinds_are_refused(content):
    assert refusal_of(content)[0] == "unknown_type"


def test_two_columns_of_one_name_are_refused_by_name():
    assert refusal_of(b"id,name,id\n1,a,2\n") == ("duplicate_headers", "id")


def test_columns_without_a_name_are_named_by_their_place():
    assert open_source(b",id,\n0,1,2\n", "list.csv").columns == ("column 1", "id", "column 3")


def test_a_quote_that_is_never_closed_is_refused():
    assert refusal_of(b'id,name\n1,"never closed\n2,b\n')[0] == "broken_csv"


def test_more_cells_than_columns_are_a_fault_of_the_row():
    rows = list(open_source(b"id,name\n1,a,b\n2,c\n3\n", "list.csv").rows())
    assert [row.fault for row in rows] == ["too_many_cells", "", ""]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"projects": [{"id": "1", "title": "half', "broken_json"),
        (b'{"projects": [{"id": "1", "budget": NaN}]}', "nan_in_json"),
        (b'[{"id": 1, "lat": -Infinity}]', "nan_in_json"),
        (b'{"hello": "pets"}', "unknown_json"),
        (b"[]", "unknown_json"),
        (b'["a", "b"]', "unknown_json"),
        (b'{"type": "FeatureCollection"}', "unknown_json"),
        (b"[" * 100_000, "broken_json"),
        (b'{"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:27700"}}, "features": []}', "other_crs"),
    ],
)
def test_json_that_cannot_be_read_is_refused_with_its_reason(content, reason):
    assert refusal_of(content, "list.json")[0] == reason


def test_an_excel_sheet_may_have_a_title_above_its_heading():
    content = workbook(
        ["重大项目清单"], [], ["编号", "名称", "计划竣工"], [1, "水厂", date(2026, 5, 1)], [None, None, None]
    )
    source = open_source(content, "list.xlsx")
    rows = list(source.rows())
    assert source.columns == ("编号", "名称", "计划竣工")
    assert [(row.number, row.cells["计划竣工"]) for row in rows] == [(4, date(2026, 5, 1))]


def test_an_excel_file_that_was_cut_off_is_refused():
    content = workbook(["id", "name"], [1, "a"])
    assert refusal_of(content[: len(content) // 2], "list.xlsx")[0] == "unknown_type"


def test_a_workbook_without_sheets_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.xml", "<nothing/>")
    assert refusal_of(file.getvalue(), "list.xlsx")[0] == "broken_xlsx"


def test_a_file_with_too_many_rows_is_refused_before_anything_is_written(monkeypatch):
    monkeypatch.setattr(sources, "MOST_ROWS", 3)
    source = open_source(b"id,name\n1,a\n2,b\n3,c\n4,d\n", "list.csv")
    with pytest.raises(UnreadableFileError) as refused:
        list(counted(source.rows()))
    assert refused.value.facts[0] == "too_many_rows"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UnreadableFileError) as refused:
        open_source(tmp_path / "nowhere.csv")
    assert refused.value.facts == ("missing", "nowhere.csv")
