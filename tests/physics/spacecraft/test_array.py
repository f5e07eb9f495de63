"""Solar array: published areal power and ageing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import YEAR
from dawndusk.physics.spacecraft.array import areal_power, rated_power, remaining_share


def test_starlink_array():
    """105 m2 of 22 % cells with 90 % packing are the 28.295 kW behind table 1 of Suncatcher."""
    assert 105 * areal_power(0.22, 0.90) == pytest.approx(28295.0, abs=1.0)


def test_starlink_launched_power_price():
    """Suncatcher's table 1: 575 kg at $3,621.62/kg over 28.295 kW and 5 yr are $14,719 per kW and year."""
    kw = 105 * areal_power(0.22, 0.90) / 1e3
    assert 67e6 / 18500 * 575 / (kw * 5) == pytest.approx(14719, abs=1)


def test_geometric_ageing():
    """2.5 % a year leaves 0.975^5 after five years."""
    assert remaining_share(0.025 / YEAR, 5 * YEAR) == pytest.approx(0.975**5, rel=1e-12)


@given(st.floats(0, 0.1), st.floats(0, 20), st.floats(0, 20))
def test_ageing_composes(rate, first, second):
    """Ageing over two spans one after the other equals ageing over their sum."""
    both = remaining_share(rate / YEAR, first * YEAR) * remaining_share(rate / YEAR, second * YEAR)
    assert both == pytest.approx(remaining_share(rate / YEAR, (first + second) * YEAR), rel=1e-12)


def test_rating_carries_the_load():
    """The rated power, after ageing and pointing, is the load again; arrays broadcast."""
    remaining, pointing = np.array([0.8, 0.9, 1.0]), 0.97
    rated = rated_power(1e5, remaining=remaining, pointing=pointing)
    np.testing.assert_allclose(rated * remaining * pointing, 1e5)
