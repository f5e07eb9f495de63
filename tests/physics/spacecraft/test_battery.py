"""Battery: energy of one orbit balances."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.physics.spacecraft.battery import capacity, charge_loss, charge_power


def test_capacity_of_an_hour():
    """1 kW for half an hour at 50 % depth and 80 % efficiency needs 1.25 kWh."""
    assert capacity(1e3, shadow=1800, depth=0.5, efficiency=0.8) == pytest.approx(1.25 * 3.6e6)


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
    """Without shadow there is neither battery nor charging."""
    assert capacity(1e5, shadow=0.0, depth=0.3, efficiency=0.9) == 0
    assert charge_power(1e5, shadow=0.0, period=5800, efficiency=0.9) == 0
