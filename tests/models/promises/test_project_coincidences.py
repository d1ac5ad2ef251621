"""What shows only when projects are laid side by side."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.project_coincidences import (
    CHINA,
    MovedDay,
    PhotoFact,
    PlaceFact,
    TextFact,
    bursts,
    copied_reports,
    misplaced,
    reused_photos,
    words_key,
)
from tests.models.promises.said import TODAY, day

WORDS = "主体结构已完成百分之六十，正在进行屋面防水施工，预计下月完成全部外墙砌筑工作。"


def moved(milestones, projects, on=TODAY, department="water"):
    return MovedDay(department=department, on=on, milestones=milestones, projects=projects)


@pytest.mark.parametrize(
    ("milestones", "projects", "is_burst"), [(9, 9, False), (10, 2, False), (10, 3, True), (40, 10, True)]
)
def test_a_burst_is_ten_milestones_of_three_projects_on_one_day(milestones, projects, is_burst):
    assert bool(list(bursts([moved(milestones, projects)]))) is is_burst


def test_who_moves_as_many_each_month_bursts_on_no_day_but_one():
    usual = [moved(12, 6, on=day("2026-01-15") + timedelta(days=30 * month)) for month in range(6)]

    assert list(bursts(usual)) == []
    found = list(bursts([*usual, moved(36, 12)]))
    assert [(one.sources[0].value, one.sources[0].on, one.sources[1].value) for one in found] == [(36, TODAY, 12)]


def test_departments_are_told_apart():
    assert list(bursts([moved(6, 6), moved(6, 6, department="parks")])) == []


@pytest.mark.parametrize(
    ("project", "on", "is_reused"),
    [("P-1", "2026-01-01", False), ("P-2", "2026-01-01", True), ("P-1", "2026-02-01", True)],
)
def test_a_picture_is_of_one_project_and_one_day(project, on, is_reused):
    photos = [
        PhotoFact(id=1, project="P-1", sha256="a" * 64, on=day("2026-01-01")),
        PhotoFact(id=2, project=project, sha256="a" * 64, on=day(on)),
        PhotoFact(id=3, project="P-3", sha256="b" * 64, on=day("2026-03-01")),
    ]

    found = list(reused_photos(photos))

    assert [tuple(each.id for each in one.sources) for one in found] == ([("2", "1")] if is_reused else [])


@pytest.mark.parametrize(
    ("body", "project", "period_end", "is_copied"),
    [
        (WORDS, "P-1", "2026-01-31", False),  # the same report again
        (WORDS, "P-1", "2026-02-28", True),
        (WORDS, "P-2", "2026-01-31", True),
        (WORDS.replace("，", ", ").replace("。", " "), "P-2", "2026-01-31", True),
        (WORDS.replace("六十", "七十"), "P-1", "2026-02-28", False),
    ],
)
def test_the_same_words_of_another_period_or_project_are_copied(body, project, period_end, is_copied):
    texts = [
        TextFact(id=1, project="P-1", period_end=day("2026-01-31"), words=words_key(WORDS)),
        TextFact(id=2, project=project, period_end=day(period_end), words=words_key(body)),
    ]

    assert bool(list(copied_reports(texts))) is is_copied


def test_short_texts_are_alike_by_chance():
    texts = [
        TextFact(id=each, project=f"P-{each}", period_end=TODAY, words=words_key("按计划进行。")) for each in range(9)
    ]

    assert list(copied_reports(texts)) == []


@pytest.mark.parametrize(
    ("longitude", "latitude", "kinds"),
    [
        (119.5, 30.2, []),
        (30.2, 119.5, ["coordinates_swapped"]),
        (0, 0, ["coordinates_out_of_range"]),
        (-73.9, 40.7, ["coordinates_out_of_range"]),
        (136, 54, []),
    ],
)
def test_a_project_lies_in_china_the_right_way_round(longitude, latitude, kinds):
    places = [PlaceFact(project="P-1", longitude=longitude, latitude=latitude)]

    assert [one.kind for one in misplaced(places)] == kinds


@given(st.floats(73, 136), st.floats(3, 54))
def test_in_china_every_swap_is_found(longitude, latitude):
    assert CHINA.has(longitude, latitude)
    assert not CHINA.has(latitude, longitude)
