"""Learning: Wright's law and a published use of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.economics.learning import amount_for, cumulative_average, unit_price


@given(st.floats(0, 0.5), st.floats(1, 1e6))
def test_doubling(rate, made):
    """A doubling saves the stated share."""
    after = unit_price(1.0, made=2 * made, rate=rate)
    assert after == pytest.approx((1 - rate) * unit_price(1.0, made=made, rate=rate), rel=1e-9)


@pytest.mark.parametrize(("target", "more"), [(200, 367905), (300, 104125)])
def test_suncatcher_launch_mass(target, more):
    """From $1,800/kg at 400 t, 20 % per doubling reaches $200 after 367,905 t more (arXiv 2511.19468)."""
    assert amount_for(target, first=1800, start=400, rate=0.2) - 400 == pytest.approx(more, abs=1)


def test_average_of_a_run():
    """The mean over a run of 1,000 units is the sum over its units within 0.5 %."""
    units = unit_price(60.0, made=np.arange(1, 1001), rate=0.2)
    assert cumulative_average(60.0, made=1000, rate=0.2) == pytest.approx(units.mean(), rel=5e-3)


def test_halving_has_its_own_form():
    """At 50 % per doubling cost falls as 1 / x, and the mean has a logarithm."""
    assert cumulative_average(1.0, made=np.e, rate=0.5) == pytest.approx(1 / (np.e - 1), rel=1e-12)


def test_no_learning():
    """Without learning every unit costs the same."""
    assert cumulative_average(7.0, made=50, rate=0.0) == pytest.approx(7.0)
