"""Where an item of the eight classes stands, on the calendar of the People's Republic."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.templates.calendars import calendar_of
from data.templates.disclosure_classes import shipped_rules
from models.disclosure_item import (
    DisclosureItem,
    DisclosureKind,
    DisclosureState,
    completeness,
    disclosure,
)
from models.disclosure_rule import DisclosureRuleRevision, holding_rules
from models.exceptions import InvalidValueError
from models.project import ApprovalRoute

NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
CALENDAR = calendar_of("cn")
TWENTY, SEVEN = shipped_rules()["tender_notice"], shipped_rules()["construction_permit"]


def item(kind=DisclosureKind.FORMED, **more):
    said = {"project_id": "P-1001", "rule_key": "tender_notice", "number": 1, "kind": kind, "recorded_at": NOW}
    return DisclosureItem(**{**said, **more})


def stands(said, today=TODAY, rule=TWENTY, **more):
    return disclosure(rule, said, CALENDAR, today, **more)


def test_the_catalogue_has_eight_classes_and_the_two_times_of_the_circular():
    rules = shipped_rules().values()

    assert {rule.class_number for rule in rules} == set(range(1, 9))
    assert {rule.days for rule in rules} == {7, 20}
    assert all(rule.title_zh and rule.title_en for rule in rules)


@pytest.mark.parametrize(
    ("formed_on", "rule", "deadline", "is_provisional"),
    [
        # 7 working days within one stretch: Wednesday 4 March 2026, counted from the day after.
        (date(2026, 3, 4), SEVEN, date(2026, 3, 13), False),
        # Across National Day: 1 to 7 October are free; so is 25 September; 20 September and 10 October are worked.
        (date(2026, 9, 18), TWENTY, date(2026, 10, 22), False),
        # Across the Spring Festival: 15 to 23 February are free; 14 and 28 February are worked.
        (date(2026, 2, 6), TWENTY, date(2026, 3, 12), False),
        # Into a year whose holidays nobody has published: weekends alone, and said to be provisional.
        (date(2026, 12, 21), TWENTY, date(2027, 1, 18), True),
    ],
)
def test_working_days_are_counted_across_holidays(formed_on, rule, deadline, is_provisional):
    found = stands(item(formed_on=formed_on), today=formed_on, rule=rule)

    assert (found.deadline, found.is_provisional) == (deadline, is_provisional)


@pytest.mark.parametrize(
    ("after", "state", "days_late"),
    [(-1, DisclosureState.DUE, 0), (0, DisclosureState.DUE, 0), (1, DisclosureState.OVERDUE, 1)],
)
def test_it_is_due_up_to_its_last_day_and_overdue_from_the_next(after, state, days_late):
    said = item(formed_on=date(2026, 9, 18))

    found = stands(said, today=date(2026, 10, 22) + timedelta(days=after))

    assert (found.state, found.days_late) == (state, days_late)


def test_what_was_published_late_is_published_and_stays_late():
    said = item(
        DisclosureKind.PUBLISHED,
        formed_on=date(2026, 9, 18),
        published_on=date(2026, 10, 25),
        link="https://city.example/17",
    )

    found = stands(said, today=date(2027, 6, 1))

    assert (found.state, found.days_late) == (DisclosureState.PUBLISHED, 3)


def test_silence_is_not_the_same_as_not_applicable_and_neither_is_withheld():
    assert stands(None).state is DisclosureState.NOT_STATED
    assert stands(item(DisclosureKind.NOT_APPLICABLE, reason="不征地。")).state is DisclosureState.NOT_APPLICABLE
    withheld = item(DisclosureKind.WITHHELD, ground="第十五条", review_on=TODAY)
    assert stands(withheld).state is DisclosureState.WITHHELD


def test_an_item_of_another_way_of_approval_is_not_applicable():
    rule = shipped_rules()["project_filing"]

    assert stands(None, rule=rule, route=ApprovalRoute.APPROVAL).state is DisclosureState.NOT_APPLICABLE
    assert stands(None, rule=rule, route=ApprovalRoute.FILING).state is DisclosureState.NOT_STATED
    assert stands(None, rule=rule).state is DisclosureState.NOT_STATED


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (DisclosureKind.FORMED, {}),
        (DisclosureKind.PUBLISHED, {"formed_on": TODAY, "published_on": TODAY}),
        (DisclosureKind.PUBLISHED, {"formed_on": TODAY, "link": "https://city.example"}),
        (DisclosureKind.PUBLISHED, {"published_on": TODAY, "link": "https://city.example"}),
        (DisclosureKind.NOT_APPLICABLE, {"reason": " "}),
        (DisclosureKind.WITHHELD, {"ground": "第十五条"}),
        (DisclosureKind.WITHHELD, {"review_on": TODAY}),
        (DisclosureKind.FORMED, {"formed_on": TODAY, "link": "javascript:alert(1)"}),
    ],
)
def test_each_kind_says_what_it_needs(kind, said):
    with pytest.raises(InvalidValueError):
        item(kind, **said)


def test_completeness_counts_what_is_published_of_what_there_is_and_withheld_is_not_published():
    published = item(DisclosureKind.PUBLISHED, formed_on=TODAY, published_on=TODAY, link="https://city.example")
    found = completeness(
        [
            stands(published),
            stands(item(formed_on=TODAY)),
            stands(item(DisclosureKind.WITHHELD, ground="第十五条", review_on=TODAY)),
            stands(item(DisclosureKind.NOT_APPLICABLE, reason="不征地。")),
            stands(None),
        ]
    )

    assert (found.applicable, found.share) == (4, 2_500)
    assert completeness([]).share is None


@given(formed_on=st.dates(date(2020, 1, 1), date(2030, 1, 1)), days=st.integers(1, 60))
def test_the_deadline_is_a_working_day_after_so_many_others(formed_on, days):
    found = stands(
        item(formed_on=formed_on),
        rule=DisclosureRuleRevision(
            key="x", number=1, class_number=1, title_zh="甲", title_en="a", days=days, reason="新", recorded_at=NOW
        ).rule,
    )

    between = [formed_on + timedelta(days=offset) for offset in range(1, (found.deadline - formed_on).days + 1)]
    assert CALENDAR.is_working(found.deadline)
    assert sum(CALENDAR.is_working(day) for day in between) == days


def test_what_an_administrator_said_last_holds_over_what_came_with_the_program():
    def said(number, days, key="contracts", **more):
        values = {"key": key, "number": number, "class_number": 3, "title_zh": "合同", "title_en": "Contracts"}
        return DisclosureRuleRevision(**values, days=days, reason="改", recorded_at=NOW, **more)

    rules = holding_rules(shipped_rules(), [said(3, 5), said(2, 10), said(1, 7, key="bonds", is_retired=True)])

    assert (rules["contracts"].days, rules["contracts"].number) == (5, 3)
    assert rules["bonds"].is_retired
    assert [rule.class_number for rule in rules.values()] == sorted(rule.class_number for rule in rules.values())
