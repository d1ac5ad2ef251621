"""The ladder of evidence: as much as the number of cases allows to say, and no more."""

import random
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.likelihood import CannotSay, Rung, Scale, likelihood
from models.reference_class import Level, PastPromise, ReferenceClasses, past_promise
from tests.models.promises.said import TODAY, day, told


def promise(
    number=0,
    *,
    department="water",
    stage="acceptance",
    sector="water",
    start="2024-01-01",
    first="2025-01-01",
    actual=None,
    cancelled=None,
    said=None,
):
    return PastPromise(
        milestone=number,
        department=department,
        stage=stage,
        sector=sector,
        start=start and day(start),
        first_date=day(first),
        actual=actual and day(actual),
        cancelled_on=cancelled and day(cancelled),
        said_on=said and day(said),
    )


def kept(number, **more):
    return promise(number, actual="2024-12-31", **more)


def missed(number, days=100, **more):
    return promise(number, actual=str(day("2025-01-01") + timedelta(days=days)), **more)


def cases(on_time, late):
    """Return so many promises of one class, of which those late are ever later."""
    return [kept(each) for each in range(on_time)] + [missed(on_time + each, 30 * (each + 1)) for each in range(late)]


OPEN = promise(9999, start="2026-06-01", first="2027-06-01")


def said_of(others, one=OPEN, due="2027-06-01"):
    return likelihood(ReferenceClasses([*others, one], TODAY), one, due=day(due))


@pytest.mark.parametrize(
    ("n", "rung", "has_share", "has_median", "has_most", "why"),
    [
        (0, Rung.NOTHING, False, False, False, [CannotSay.NO_CASES]),
        (4, Rung.COUNTS, False, False, False, [CannotSay.TOO_FEW]),
        (5, Rung.SHARE, True, False, False, [CannotSay.TOO_FEW]),
        (7, Rung.SHARE, True, False, False, [CannotSay.TOO_FEW]),
        (8, Rung.MEDIAN, True, True, False, []),
        (19, Rung.MEDIAN, True, True, False, []),
        (20, Rung.QUANTILE, True, True, True, []),
    ],
)
def test_each_rung_needs_its_number_of_cases(n, rung, has_share, has_median, has_most, why):
    found = said_of(cases(n // 4, n - n // 4))

    assert (found.rung, found.n, found.late) == (rung, n, n - n // 4)
    assert (found.share is not None, found.median is not None, found.most is not None) == (
        has_share,
        has_median,
        has_most,
    )
    assert (found.chance is not None) == has_median
    assert list(found.why) == why


def test_four_cases_give_counts_and_no_percentage_at_all():
    found = said_of(cases(1, 3))

    assert (found.n, found.on_time, found.late) == (4, 1, 3)
    assert found.share is found.chance is found.median is found.most is None


def test_no_share_comes_without_its_range_and_number():
    found = said_of(cases(3, 8))

    assert (round(found.share.share, 2), round(found.share.low, 2), round(found.share.high, 2)) == (0.27, 0.11, 0.52)
    assert found.share.n == 11
    assert found.chance.low <= found.chance.share <= found.chance.high


@pytest.mark.parametrize(
    ("groups", "level", "n"),
    [
        (
            {("water", "acceptance", "water"): 8, ("parks", "acceptance", "water"): 40},
            Level.DEPARTMENT_STAGE_SECTOR,
            8,
        ),
        ({("water", "acceptance", "water"): 7, ("parks", "acceptance", "water"): 1}, Level.STAGE_SECTOR, 8),
        ({("parks", "acceptance", "water"): 7, ("parks", "acceptance", "health"): 1}, Level.STAGE, 8),
        ({("parks", "start", "health"): 8}, Level.ALL, 8),
        # Where no class is enough for a date, the most alike that is enough for a share.
        ({("water", "acceptance", "water"): 5, ("parks", "start", "health"): 2}, Level.DEPARTMENT_STAGE_SECTOR, 5),
        ({("water", "acceptance", "water"): 1, ("parks", "start", "health"): 2}, Level.ALL, 3),
    ],
)
def test_the_class_is_the_most_alike_that_is_enough(groups, level, n):
    others = [
        missed(1000 * number + each, department=department, stage=stage, sector=sector)
        for number, ((department, stage, sector), size) in enumerate(groups.items())
        for each in range(size)
    ]

    found = said_of(others)

    assert (found.key.level, found.n) == (level, n)
    assert (found.key.department != "", found.key.sector != "") == (
        level == "department_stage_sector",
        "sector" in level,
    )


def test_a_milestone_that_is_none_of_the_usual_ones_is_like_no_other_in_particular():
    others = [missed(each, stage="") for each in range(10)]

    assert said_of(others, promise(9999, stage="", start="2026-06-01", first="2027-06-01")).key.level is Level.ALL


def test_a_promise_is_no_evidence_of_itself():
    itself = promise(9999, first="2026-01-01")

    found = said_of(cases(1, 3), itself)

    assert found.n == 4


def test_what_is_late_already_has_the_time_that_remained_to_others_so_late():
    # Promised to take 366 days, now 500 days late; half of those that were as late took at most another 250.
    others = cases(0, 40)
    late = promise(9999, start="2024-07-12", first="2025-07-12")

    found = said_of(others, late, due="2027-03-01")

    assert found.share.share == 0
    assert found.at_risk == sum(
        1 for each in range(1, 41) if (366 + 30 * each) / 366 > (TODAY - day("2024-07-12")).days / 365
    )
    assert TODAY < found.median.day < found.most.day
    assert 0 < found.chance.share < 1


def test_what_is_later_than_nearly_all_others_has_no_date():
    found = said_of(cases(5, 5), promise(9999, start="2020-01-01", first="2021-01-01"), due="2027-01-01")

    assert found.rung is Rung.SHARE
    assert list(found.why) == [CannotSay.TOO_FEW_AS_LATE]
    assert found.median is None


def test_where_too_many_are_unfinished_a_date_is_a_lower_bound():
    others = [kept(each) for each in range(3)] + [promise(100 + each) for each in range(30)]

    found = said_of(others)

    assert found.most.is_lower_bound
    assert found.median.is_lower_bound


def test_a_date_that_has_passed_has_no_chance_and_one_beyond_experience_none_that_is_known():
    assert list(said_of(cases(2, 20), due="2026-11-23").why) == [CannotSay.DATE_PASSED]
    unfinished = [promise(100 + each) for each in range(20)]
    assert list(said_of(cases(2, 2) + unfinished, due="2099-01-01").why) == [CannotSay.BEYOND_EXPERIENCE]


def test_without_a_beginning_slips_are_counted_in_days():
    one = promise(9999, start=None, first="2027-06-01")

    found = said_of(cases(0, 20), one)

    assert found.scale is Scale.DAYS
    assert found.median.day == day("2027-06-01") + timedelta(days=300)


def test_where_too_few_of_a_class_have_a_beginning_slips_are_counted_in_days_too():
    others = [missed(each, 30 * (each + 1), start=None) for each in range(20)]

    assert said_of(others).scale is Scale.DAYS
    assert said_of(others).median.day == day("2027-06-01") + timedelta(days=300)


def test_a_class_has_a_name_under_which_it_is_kept():
    assert str(said_of(cases(4, 4)).key) == "department_stage_sector/water/acceptance/water"
    assert str(said_of([]).key) == "all"


def test_what_was_given_up_is_told_apart_and_ends_nothing():
    found = said_of([*cases(2, 6), *(promise(200 + each, cancelled="2025-06-01") for each in range(3))])

    assert (found.n, found.cancelled) == (8, 3)


@pytest.mark.parametrize("ended", [kept(9999), promise(9999, cancelled="2026-01-01")])
def test_what_has_ended_is_not_likely_any_more(ended):
    assert said_of(cases(2, 20), ended).why == (CannotSay.ENDED,)


def test_those_of_which_nothing_was_said_since_their_date_are_counted_late_and_told_apart():
    silent = [promise(number, said="2024-06-01") for number in range(3)]
    spoken_of = [promise(3, said="2025-06-01"), kept(4, said="2024-12-31"), missed(5, said="2025-04-11")]
    classes = ReferenceClasses([*silent, *spoken_of], TODAY)

    found = likelihood(classes, promise(9, first="2030-01-01"), due=day("2030-01-01"))
    itself = likelihood(classes, silent[0], due=day("2030-01-01"))

    assert (found.n, found.on_time, found.late, found.silent) == (6, 1, 5, 3)
    assert (itself.n, itself.silent) == (5, 2)


def test_a_class_of_which_most_fell_silent_says_nothing_of_dates():
    silent = [promise(number, said="2024-06-01") for number in range(20)]
    late = [missed(100 + number) for number in range(20)]

    half = said_of([*silent, *late])
    most = said_of([*silent, *late[1:]])
    passed = said_of([*silent, *late[1:]], due="2026-01-01")

    assert half.share is not None
    assert (most.rung, most.share, most.chance, most.median) == (Rung.COUNTS, None, None, None)
    assert (most.n, most.silent, list(most.why)) == (39, 20, [CannotSay.MOSTLY_SILENT])
    assert list(passed.why) == [CannotSay.MOSTLY_SILENT, CannotSay.DATE_PASSED]


def test_a_history_tells_what_became_of_its_first_promise():
    place = {"milestone": 1, "department": "water", "stage": "", "sector": "water"}
    moved = told(
        "2025-01-01 baseline 2026-01-01", "2025-06-01 reforecast 2026-06-01", "2026-06-02 achieved 2026-06-01"
    )
    late = told("2026-01-02 baseline 2026-01-01", "2026-02-01 cancelled 2026-01-01")

    assert past_promise(moved, **place) == PastPromise(
        **place,
        start=day("2025-01-01"),
        first_date=day("2026-01-01"),
        actual=day("2026-06-01"),
        said_on=day("2026-06-02"),
    )
    assert past_promise(late, **place).start is None
    assert past_promise(late, **place).cancelled_on == day("2026-02-01")


# How long things take, as multiples of what was promised, and how many of them keep the date.
TRUTHS = {
    "log-normal": (lambda draw: draw.lognormvariate(0.3367, 0.4), 0.20),
    "weibull": (lambda draw: draw.weibullvariate(1.5, 1.8), 0.382),
    "a third on time, the rest late and some very late": (
        lambda draw: 1.0 if draw.random() < 0.3 else 1 + 0.4 * (1 / (1 - draw.random()) - 1) ** 0.6,
        0.30,
    ),
}


@pytest.mark.parametrize("truth", TRUTHS)
def test_counting_what_is_unfinished_is_true_within_three_points_where_leaving_it_out_is_too_kind(truth):
    takes, share = TRUTHS[truth]
    draw = random.Random(7)
    promises = []
    for number in range(6000):
        start = TODAY - timedelta(days=draw.randrange(1, 1500))
        planned = draw.randrange(200, 900)
        end = start + timedelta(days=int(planned * takes(draw)))
        promises.append(
            PastPromise(
                milestone=number,
                department="water",
                stage="acceptance",
                sector="water",
                start=start,
                first_date=start + timedelta(days=planned),
                actual=end if end <= TODAY else None,
            )
        )
    finished = [one for one in promises if one.actual]

    found = likelihood(ReferenceClasses(promises, TODAY), OPEN, due=OPEN.first_date)

    only_finished = sum(one.actual <= one.first_date for one in finished) / len(finished)
    assert found.share.share == pytest.approx(share, abs=0.03)
    assert only_finished > share + 0.04


@pytest.mark.parametrize("truth", TRUTHS)
def test_half_come_by_the_median_day_and_four_of_five_by_the_other(truth):
    takes, _ = TRUTHS[truth]
    draw = random.Random(11)

    def one(number):
        start = TODAY - timedelta(days=draw.randrange(1, 1500))
        planned = draw.randrange(200, 900)
        end = start + timedelta(days=int(planned * takes(draw)))
        first = start + timedelta(days=planned)
        return promise(number, start=str(start), first=str(first), actual=str(end) if end <= TODAY else None), end

    medians, most = [], []
    for _ in range(800):
        target, end = one(9999)
        while not target.is_open:
            target, end = one(9999)
        found = said_of([one(number)[0] for number in range(60)], target)
        if found.median and not found.median.is_lower_bound:
            medians.append(end <= found.median.day)
        if found.most and not found.most.is_lower_bound:
            most.append(end <= found.most.day)

    assert sum(medians) / len(medians) == pytest.approx(0.5, abs=0.06)
    assert sum(most) / len(most) == pytest.approx(0.8, abs=0.06)


@given(
    days=st.lists(st.tuples(st.integers(-300, 900), st.booleans()), max_size=60),
    first=st.dates(min_value=day("2025-06-01"), max_value=day("2029-01-01")),
    due=st.integers(-100, 2000),
)
@settings(deadline=None)
def test_whatever_the_evidence_no_percentage_is_bare_and_no_date_is_past(days, first, due):
    others = [
        missed(number, late) if done and late <= 690 else promise(number) for number, (late, done) in enumerate(days)
    ]

    found = said_of(others, promise(9999, start="2025-05-01", first=str(first)), due=str(TODAY + timedelta(days=due)))

    assert found.n >= 5 or found.share is None
    assert found.n >= 8 or (found.median is None and found.chance is None)
    assert found.n >= 20 or found.most is None
    for each in (found.share, found.chance):
        assert each is None or (0 <= each.low <= each.share + 1e-9 <= each.high + 2e-9 and each.n > 0)
    for expected in (found.median, found.most):
        assert expected is None or expected.day > TODAY
    if found.most:
        assert found.most.day >= found.median.day
    assert found.why or found.chance


def test_what_was_first_said_when_it_had_been_reached_is_no_promise_that_was_kept():
    named = {"department": "water", "stage": "acceptance", "sector": "water"}
    told_late = told("2025-03-01 baseline 2025-01-01", "2025-03-01 achieved 2025-01-01")
    hindsight = [past_promise(told_late, milestone=100 + each, **named) for each in range(30)]

    assert all(one.is_hindsight for one in hindsight)
    assert said_of([*hindsight, *cases(1, 3)]).n == 4


def test_what_was_promised_for_a_few_days_on_is_measured_in_days():
    assert promise(start="2025-01-01", first="2025-01-20").planned is None
    assert promise(start="2025-01-01", first="2025-02-01").planned == 31
