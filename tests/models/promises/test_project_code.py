"""The national code of an investment project."""

import pytest

from models.exceptions import InvalidValueError
from models.project_code import ProjectCode, project_code


@pytest.mark.parametrize(
    ("text", "year", "month", "region"),
    [
        ("2017-440300-48-03-123456", 2017, None, "440300"),
        ("2020-330106-77-02-000001", 2020, None, "330106"),
        ("2011-440300-04-01-123453", 2020, 11, "440300"),
        ("2103-440300-04-01-123451", 2021, 3, "440300"),
        ("2609-000000-48-01-123454", 2026, 9, "000000"),
    ],
)
def test_a_code_tells_when_and_where_it_was_given(text, year, month, region):
    code = project_code(text)

    assert str(code) == text
    assert (code.year, code.month, code.region) == (year, month, region)


def test_its_parts_are_time_region_department_type_and_serial():
    assert project_code("2103-440300-04-01-123451") == ProjectCode("2103", "440300", "04", "01", "123451")


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
        ("2103-440300-04-01-123456", "national_code"),
        ("2103-440300-04-10-123451", "national_code"),
    ],
)
def test_what_is_no_code_is_refused_and_the_part_named(text, field):
    with pytest.raises(InvalidValueError) as refused:
        project_code(text)

    assert refused.value.facts[0] == field


@pytest.mark.parametrize(
    "text",
    [
        "2411-130202-89-01-637015",
        "2502-140109-89-01-287745",
        "2509-140602-89-05-864976",
        "2509-320193-89-01-544060",
        "2603-141124-89-05-346948",
    ],
)
def test_codes_in_public_notices_end_with_their_check_digit_and_no_other(text):
    assert str(project_code(text)) == text
    for digit in set("0123456789") - {text[-1]}:
        with pytest.raises(InvalidValueError):
            project_code(text[:-1] + digit)
