"""A draw that anybody can repeat."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from models.draw import commitment, drawn, rank

SEED = "云江教育听证 2026 第 1 号 7f3c91d2a8e64b05"


def test_a_draw_can_be_repeated_with_any_tool_that_knows_sha_256():
    by_hand = sorted(range(1, 15), key=lambda number: hashlib.sha256(f"{SEED}\n{number}".encode()).hexdigest())

    assert drawn(SEED, range(1, 15), 8) == tuple(by_hand[:8])
    assert rank("seed", 17) == hashlib.sha256(b"seed\n17").hexdigest()
    assert commitment(SEED) == hashlib.sha256(SEED.encode()).hexdigest()


@given(st.text(min_size=1), st.sets(st.integers(1, 10_000), max_size=50), st.integers(1, 60))
def test_as_many_take_part_as_there_are_places_and_nobody_who_did_not_register(seed, numbers, places):
    found = drawn(seed, numbers, places)

    assert len(found) == len(set(found)) == min(places, len(numbers))
    assert set(found) <= numbers


@given(st.text(min_size=1), st.sets(st.integers(1, 10_000), min_size=1, max_size=50), st.data())
def test_whoever_does_not_come_changes_nothing_in_the_order_of_the_others(seed, numbers, data):
    absent = data.draw(st.sampled_from(sorted(numbers)))

    everybody, others = drawn(seed, numbers, 100), drawn(seed, numbers - {absent}, 100)

    assert [number for number in everybody if number != absent] == list(others)
