"""Learning: Wright's law and a published use of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.economics.learning import amount_for, unit_price


@given(st.floats(0, 0.5), st.floats(1, 1e6))
def test_doubling(rate, made):
    """A doubling saves the stated share."""
    after = unit_price(1.0, made=2 * made, rate=rate)
    assert after == pytest.approx((1 - rate) * unit_price(1.0, made=made, rate=rate), rel=1e-9)


@pytest.mark.parametrize(("target", "more"), [(200, 367905), (300, 104125)])
def test_suncatcher_launch_mass(target, more):
    """From $1,800/kg at 400 t, 20 % per doubling reaches $200 after 367,905 t more (arXiv 2511.19468)."""
    assert amount_for(target, first=1800, start=400, rate=0.2) - 400 == pytest.approx(more, abs=1)
