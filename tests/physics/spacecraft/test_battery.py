"""Battery: energy of one orbit balances."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.physics.spacecraft.battery import charge_loss, charge_power


@given(
    load=st.floats(1, 1e6),
    shadow=st.floats(0, 2200),
    efficiency=st.floats(0.5, 1),
)
def test_orbit_energy_balances(load, shadow, efficiency):
    """What is charged in sunlight is what the load takes in shadow plus the heat of charging."""
    period = 5800.0
    charge = charge_power(load, shadow=shadow, period=period, efficiency=efficiency)
    stored = charge * (period - shadow)
    heat = charge_loss(charge, efficiency) * (period - shadow)
    assert stored - heat == pytest.approx(load * shadow, rel=1e-12, abs=1e-9)


def test_no_shadow_needs_nothing():
    """Without shadow there is no charging."""
    assert charge_power(1e5, shadow=0.0, period=5800, efficiency=0.9) == 0
