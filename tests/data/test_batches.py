"""What is read once for a batch, or kept between two commits, is forgotten when it no longer holds."""

from datetime import timedelta
from threading import Event

import pytest

from data.operations.comments import SubmitComment, submit_comment
from data.operations.periods import ClosePeriod, close_period
from data.queries.head import head_now
from data.unit_of_work import Kept
from data.writer import writer
from models.actor import CITIZEN
from models.comment import Stance
from models.decision import Language
from models.exceptions import InvalidValueError, NotOpenError
from pages.readable import Visit
from pages.readable.now import now_html
from tests.conftest import NOW, PLANNER

LATER = NOW + timedelta(hours=1)


def a_comment(city, **more):
    values = {
        "decision_id": city.decision,
        "body": "噪音太大了",
        "stance": Stance.OBJECT,
        "language": Language.CHINESE,
    }
    return SubmitComment(**values | more)


def in_one_batch(*jobs):
    """Submit changes while the writer waits for the first, so that it takes all others together."""
    waits = Event()

    def hold(_, __):
        waits.wait(60)
        return Kept(subject="log")

    held = writer().submit(hold, None, PLANNER, now=NOW)
    answers = [writer().submit(*job, token=f"t{place}", now=LATER) for place, job in enumerate(jobs)]
    waits.set()
    held.result(60)
    return [answer.exception(60) for answer in answers]


def test_a_comment_in_the_same_batch_as_an_early_closing_but_after_it_is_refused(city):
    closing = (close_period, ClosePeriod(decision_id=city.decision, reason="草案撤回"), PLANNER)
    comment = (submit_comment, a_comment(city), CITIZEN)

    before, closed, after = in_one_batch(comment, closing, comment)

    assert (before, closed) == (None, None)
    assert isinstance(after, NotOpenError)


def test_a_closing_that_is_refused_closes_nothing_for_the_comments_after_it(city):
    def close_and_fail(command, uow):
        close_period(command, uow)
        submit_comment(a_comment(city), uow)
        raise AssertionError("the comment before this line was let in")

    closing = (close_and_fail, ClosePeriod(decision_id=city.decision, reason="草案撤回"), PLANNER)
    comment = (submit_comment, a_comment(city), CITIZEN)

    answers = in_one_batch(comment, closing, comment)

    assert [type(answer) for answer in answers] == [type(None), NotOpenError, type(None)]


@pytest.mark.parametrize("more", [{"name": "长" * 101}, {"contact": "x" * 201}])
def test_what_does_not_fit_a_comment_is_refused_though_no_object_is_made_of_it(small_city, comment, more):
    with pytest.raises(InvalidValueError):
        comment(small_city, **more)


def test_the_head_is_further_at_once_after_a_change(city, comment):
    before = head_now()

    comment(city)

    assert head_now().size == before.size + 1


def test_a_page_that_is_kept_tells_the_next_comment(city, comment):
    asked = Visit(language="en", now=LATER)
    before = now_html(asked)

    comment(city, now=LATER)

    assert now_html(asked) != before
