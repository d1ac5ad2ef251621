"""Canonical JSON is that of RFC 8785, whichever way it is written."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from data.ledger.canonical import canonical

_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text()
    | st.floats(allow_nan=False, allow_infinity=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(_VALUES)
def test_every_value_is_written_as_the_reference_writes_it(value):
    assert canonical(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, {"a": -(2**53)}, float("nan"), {"a": "\ud800"}, {1: 2}])
def test_what_the_reference_refuses_is_refused(value):
    with pytest.raises((rfc8785.CanonicalizationError, ValueError)):
        canonical(value)
