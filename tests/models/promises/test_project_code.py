"""The national code of an investment project."""

import pytest

from models.exceptions import InvalidValueError
from models.project_code import ProjectCode, project_code


@pytest.mark.parametrize(
    ("text", "year", "month", "region"),
    [
        ("2017-440300-48-03-123456", 2017, None, "440300"),
        ("2020-330106-77-02-000001", 2020, None, "330106"),
        ("2011-440300-04-01-123456", 2020, 11, "440300"),
        ("2103-440300-04-01-123456", 2021, 3, "440300"),
        ("2609-000000-48-01-123456", 2026, 9, "000000"),
    ],
)
def test_a_code_tells_when_and_where_it_was_given(text, year, month, region):
    code = project_code(text)

    assert str(code) == text
    assert (code.year, code.month, code.region) == (year, month, region)


def test_its_parts_are_time_region_department_type_and_serial():
    assert project_code("2103-440300-04-01-123456") == ProjectCode("2103", "440300", "04", "01", "123456")


@pytest.mark.parametrize("text", [" 2017-440300-48-03-123456\n", "２０１７-440300—48–03－123456"])
def test_it_is_read_as_people_type_it(text):
    assert str(project_code(text)) == "2017-440300-48-03-123456"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "national_code"),
        ("2017-440300-48-03-12345", "national_code"),
        ("20174403004803123456", "national_code"),
        ("2017-44030O-48-03-123456", "national_code"),
        ("2017-440300-48-03-123456'; --", "national_code"),
        ("٢٠١٧-440300-48-03-123456", "national_code"),
        ("2014-440300-48-03-123456", "national_code.time"),
        ("2113-440300-48-03-123456", "national_code.time"),
        ("2100-440300-48-03-123456", "national_code.time"),
        ("1901-440300-48-03-123456", "national_code.time"),
        ("2017-990300-48-03-123456", "national_code.region"),
    ],
)
def test_what_is_no_code_is_refused_and_the_part_named(text, field):
    with pytest.raises(InvalidValueError) as refused:
        project_code(text)

    assert refused.value.facts[0] == field
