"""Solar array: published areal power."""

import pytest

from dawndusk.physics.spacecraft.array import areal_power


def test_starlink_array():
    """105 m2 of 22 % cells with 90 % packing are the 28.295 kW behind table 1 of Suncatcher."""
    assert 105 * areal_power(0.22, 0.90) == pytest.approx(28295.0, abs=1.0)


def test_starlink_launched_power_price():
    """Suncatcher's table 1: 575 kg at $3,621.62/kg over 28.295 kW and 5 yr are $14,719 per kW and year."""
    kw = 105 * areal_power(0.22, 0.90) / 1e3
    assert 67e6 / 18500 * 575 / (kw * 5) == pytest.approx(14719, abs=1)
