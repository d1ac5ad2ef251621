"""The catalogue of disclosure as a table: it goes out, is edited, comes back, and says what differs."""

import csv
import io

import pytest

from data.exchange.disclosure_catalogue import read_catalogue
from data.feeds.disclosure_catalogue import disclosure_csv
from data.templates.disclosure_classes import shipped_rules
from models.document import DocumentType
from models.exceptions import UnreadableFileError
from models.project import ApprovalRoute

RULES = shipped_rules()


def table():
    return list(csv.DictReader(io.StringIO(disclosure_csv(RULES.values()).decode("utf-8-sig"))))


def written(rows):
    found = io.StringIO()
    writer = csv.DictWriter(found, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return found.getvalue().encode()


def edited(**cells):
    """Return the table with cells of the contracts changed."""
    return written([row | (cells if row["key"] == "contracts" else {}) for row in table()])


def test_what_goes_out_and_comes_back_differs_in_nothing():
    found = read_catalogue(disclosure_csv(RULES.values()), RULES)

    assert (found.rows, found.differences, found.faults) == (len(RULES), (), ())


def test_what_was_edited_is_told_with_its_row_and_both_sides():
    found = read_catalogue(
        edited(days="7", title_zh="合同订立", source="省政府令第1号", approval_route="filing"), RULES
    )

    (one,) = found.differences
    assert one.before == RULES["contracts"]
    assert (one.after.days, one.after.title_zh, one.after.source) == (7, "合同订立", "省政府令第1号")
    assert one.after.approval_route is ApprovalRoute.FILING
    assert one.row == list(RULES).index("contracts") + 2


def test_an_item_is_added_and_one_is_retired_and_what_is_not_in_the_table_stays():
    row = table()[0]
    new = row | {"key": "bonds", "title_zh": "专项债券", "title_en": "Bonds", "number": ""}

    found = read_catalogue(written([new, row | {"retired": "yes"}]), RULES)

    added, retired = found.differences
    assert (added.before, added.after.key, added.after.number) == (None, "bonds", 0)
    assert (retired.after.key, retired.after.is_retired) == (row["key"], True)


def test_a_table_with_fewer_columns_says_nothing_of_the_others():
    rows = [{name: row[name] for name in ("key", "class_number", "title_zh", "title_en", "days")} for row in table()]

    found = read_catalogue(written(rows), RULES)

    assert any(rule.document_type for rule in RULES.values())
    assert found.differences == ()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("days", "soon"),
        ("days", ""),
        ("class_number", "一"),
        ("document_type", "letter"),
        ("approval_route", "by ear"),
        ("retired", "maybe"),
        ("title_zh", " "),
        ("key", "award_result"),
        ("number", "first"),
    ],
)
def test_a_cell_that_is_not_what_its_column_says_is_told(column, value):
    found = read_catalogue(edited(**{column: value}), RULES)

    assert [(one.column, one.value) for one in found.faults] == [(column, value.strip())]


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"key,class_number,title_zh,title_en\nx,1,x,x\n"])
def test_what_is_no_such_table_is_refused(content):
    with pytest.raises(UnreadableFileError):
        read_catalogue(content, RULES)


def test_no_cell_is_calculated_and_none_comes_back_with_the_apostrophe():
    rule = RULES["contracts"]
    formula = type(rule)(**vars(rule) | {"title_en": "=1+1", "document_type": DocumentType.PROJECT_PLAN})

    content = disclosure_csv([formula])

    assert b"'=1+1" in content
    assert read_catalogue(content, RULES).differences[0].after.title_en == "=1+1"
