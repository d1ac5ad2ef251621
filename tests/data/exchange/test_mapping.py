import json
from dataclasses import replace

import pytest

from data.exchange.dates import DateOrder
from data.exchange.guess import guess_mapping
from data.exchange.mapping import ColumnMapping, MilestoneColumns, demand_mapped, from_json, to_json
from data.exchange.open_file import open_source
from models.exceptions import UnreadableFileError
from models.milestone import MilestoneType
from models.money import BudgetKind
from models.project import Phase


def guessed(text, name="list.csv"):
    return guess_mapping(open_source(text.encode(), name))


def test_chinese_headings_are_understood():
    mapping = guessed(
        "项目编号,项目名称,建设内容,建设阶段,行业,所在区,经度,纬度,总投资(万元),计划竣工时间,实际竣工时间\n"
        "A1,二水厂,扩建,在建,水务,东区,119.5,30.2,1200,2026-05-01,2026-06-01\n"
        "A2,滨江路,改造,前期,交通,西区,119.6,30.3,300,2026-07-01,\n"
    )
    assert mapping == ColumnMapping(
        identifier="项目编号",
        title="项目名称",
        description="建设内容",
        phase="建设阶段",
        sector="行业",
        region="所在区",
        longitude="经度",
        latitude="纬度",
        budget="总投资(万元)",
        currency="CNY",
        budget_unit=10_000,
        milestones=(MilestoneColumns(title="竣工", planned="计划竣工时间", actual="实际竣工时间", completes=True),),
    )


def test_english_headings_are_understood():
    mapping = guessed(
        "Project ID,Project Name,Status,Contract Award (USD),"
        "Planned Completion,Actual Completion,Tender Closed,Last updated\n"
        "1,Bridge,Construction,1200,2026-05-01,,2025-01-01,2026-01-01\n"
    )
    assert (mapping.identifier, mapping.title, mapping.phase) == ("Project ID", "Project Name", "Status")
    assert (mapping.budget, mapping.currency) == ("Contract Award (USD)", "USD")
    assert mapping.budget_kind is BudgetKind.CONTRACT
    assert mapping.milestones == (
        MilestoneColumns(title="Completion", planned="Planned Completion", actual="Actual Completion", completes=True),
        MilestoneColumns(title="Tender Closed", either="Tender Closed", type=MilestoneType.PREPROCUREMENT),
    )


def test_the_date_with_which_works_begin_is_told_from_those_of_permits_and_tenders():
    mapping = guessed(
        "id,name,Planned Start,Actual Start,Tender start date,Status granted,Construction end date,开工日期\n"
        "1,Bridge,2026-05-01,2026-05-02,2025-01-01,2024-01-01,2027-01-01,2026-05-02\n"
    )
    found = {one.title: (one.type, one.begins, one.completes) for one in mapping.milestones}
    assert found == {
        "Start": (MilestoneType.DELIVERY, True, False),
        "Tender start date": (MilestoneType.PREPROCUREMENT, False, False),
        "Status granted": (MilestoneType.APPROVAL, False, False),
        "Construction end date": (MilestoneType.DELIVERY, False, True),
        "开工日期": (MilestoneType.DELIVERY, True, False),
    }


def test_a_column_that_many_rows_share_does_not_tell_them_apart():
    mapping = guessed("Building ID,School Name\n" + "".join(f"M{n % 5},School {n}\n" for n in range(20)))
    assert (mapping.identifier, mapping.title) == ("", "School Name")


def test_where_nothing_is_a_title_the_identifier_stands_for_it():
    mapping = guessed("ID,FFC\nQ1,5\nQ2,6\n")
    assert (mapping.identifier, mapping.title) == ("ID", "ID")


def test_a_geometry_is_found_by_what_is_in_the_column():
    mapping = guessed("ref,name,point\n1,a,POINT(1 2)\n2,b,POINT(3 4)\n")
    assert mapping.geometry == "point"
    assert guessed("ref,name,point\n1,a,12\n2,b,13\n").geometry == ""


def test_a_mapping_is_saved_and_read_again():
    mapping = replace(
        guessed("id,name,due date\n1,a,2026-05-01\n"),
        date_order=DateOrder.DAY_FIRST,
        phases={"Bauphase": Phase.IMPLEMENTATION},
        currency="EUR",
    )
    assert from_json(to_json(mapping)) == mapping
    assert json.loads(to_json(mapping))["date_order"] == "dmy"


@pytest.mark.parametrize("text", ["", "{", '{"nothing": 1}', '{"date_order": "ymd"}', "[]"])
def test_what_is_no_mapping_is_refused(text):
    with pytest.raises(UnreadableFileError) as refused:
        from_json(text)
    assert refused.value.facts[0] == "bad_mapping"


def test_a_mapping_of_columns_that_the_file_lacks_is_refused_by_their_names():
    source = open_source(b"id,name\n1,a\n", "list.csv")
    with pytest.raises(UnreadableFileError) as refused:
        demand_mapped(ColumnMapping(identifier="id", title="Name", described=("notes",)), source)
    assert refused.value.facts == ("missing_column", "Name, notes")
