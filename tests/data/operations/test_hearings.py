"""A hearing, from its notice to the feedback; and who takes part, by a draw that was committed to."""

from datetime import timedelta

import pytest

from data.database import reading
from data.operations.hearings import (
    RecordHearingStep,
    RegisterForHearing,
    record_hearing_step,
    register_for_hearing,
)
from data.queries.hearings import hearing_of
from data.writer import change
from models.actor import CITIZEN
from models.clock import local_date
from models.draw import commitment, drawn
from models.exceptions import FutureEventError, InvalidValueError, NotFoundError, OrderError
from models.hearing import HearingRegistration, HearingSide, HearingStepKind
from models.ledger import EntryType
from tests.conftest import NOW, PLANNER
from tests.data.operations.keeping import disclosures, ledger, refused, rows

TODAY = local_date(NOW)
SEED = "a seed that nobody guesses, 4815162342"
CLOSED = NOW + timedelta(days=4)


def step(city, kind, *, now=NOW, held_on=None, **more):
    command = RecordHearingStep(
        decision_id=city.decision, step=HearingStepKind(kind), held_on=held_on or local_date(now), **more
    )
    return change(record_hearing_step, command, PLANNER, now=now)


def register(city, name, *, now=NOW, side=HearingSide.PUBLIC, contact="a@b.example"):
    command = RegisterForHearing(decision_id=city.decision, side=side, name=name, contact=contact)
    return change(register_for_hearing, command, CITIZEN, now=now)


def announced(city):
    step(city, "notice")
    step(city, "selection", places=2, seed_digest=commitment(SEED))
    step(city, "registration", ends_on=TODAY + timedelta(days=3))


def test_those_take_part_whom_the_opened_seed_draws_and_the_public_sees_masked_names(city):
    announced(city)
    for name in ("朱自清", "Mary Ann Smith", "鲁迅"):
        register(city, name)

    step(city, "list", now=CLOSED, seed=SEED, participants=2, interested=0)

    with reading() as session:
        found = hearing_of(session, city.decision)
    places = drawn(SEED, (1, 2, 3), 2)
    assert [one.masked_name for one in found.registrants] == ["朱**", "M. A. S.", "鲁**"]
    assert {one.number: one.drawn for one in found.registrants} == {
        number: places.index(number) + 1 if number in places else 0 for number in (1, 2, 3)
    }
    assert "SHA-256" in found.rule


def test_a_name_and_a_contact_are_told_to_officials_only(city):
    announced(city)

    kept = register(city, "朱自清")

    entry_type, _, about, pub = ledger()
    assert (entry_type, about, kept.number) == (EntryType.HEARING_REGISTERED, "registration/1", 1)
    assert pub == {"number": 1, "side": "public"}
    assert disclosures() == 3
    assert rows(HearingRegistration)[0].name == "朱自清"


def test_registration_is_open_from_its_first_day_to_its_last(small_city):
    with refused(NotFoundError):
        register(small_city, "甲")
    announced(small_city)

    register(small_city, "甲", now=NOW + timedelta(days=3))

    with refused(InvalidValueError):
        register(small_city, "乙", now=CLOSED)
    with refused(InvalidValueError):
        register(small_city, " ")


@pytest.mark.parametrize(
    ("now", "seed"),
    [
        (CLOSED, "another seed that nobody guesses, 108"),
        (CLOSED, "short"),
        (NOW, SEED),
    ],
)
def test_a_seed_is_opened_only_as_it_was_committed_to_and_when_registration_is_over(small_city, now, seed):
    announced(small_city)

    with refused(InvalidValueError):
        step(small_city, "list", now=now, seed=seed)


def test_a_draw_that_is_committed_to_when_registration_is_over_is_refused(small_city):
    step(small_city, "registration", ends_on=TODAY)

    with refused(InvalidValueError):
        step(small_city, "selection", now=CLOSED, places=2, seed_digest=commitment(SEED))
    with refused(InvalidValueError):
        step(small_city, "notice", seed_digest=commitment(SEED), places=2)


def test_only_what_is_announced_may_lie_in_the_future(small_city):
    step(small_city, "held", held_on=TODAY + timedelta(days=20))

    with refused(FutureEventError):
        step(small_city, "materials", held_on=TODAY + timedelta(days=1))
    with refused(OrderError):
        step(small_city, "registration", ends_on=TODAY - timedelta(days=1))
    with refused(OrderError):
        step(small_city, "held", participants=3, attended=4)
