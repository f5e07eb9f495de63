"""Batteries: wear, calendar, depth that lasts, and rates."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace, units_of
from dawndusk.physics.spacecraft.battery_life import (
    CHEMISTRIES,
    WORN,
    Chemistry,
    allowed_depth,
    battery_energy,
    calendar_fade,
    charge_loss,
    charge_power,
    chemistry,
    chemistry_ranges,
)

NAMES = tuple(CHEMISTRIES)
NICKEL = chemistry("nickel")


@pytest.mark.parametrize("name", NAMES)
def test_ranges_are_ordered_and_within_their_units(name):
    """Low, central and high of each number rise within what the record admits."""
    units, ranges = units_of(Chemistry), chemistry_ranges(name)
    assert set(ranges) == set(units)
    for field, found in ranges.items():
        assert units[field].low <= found.low <= found.mode <= found.high <= units[field].high, field


@pytest.mark.parametrize("name", ["nickel", "iron"])
def test_five_years_in_low_orbit(name):
    """S033: 27,500 cycles of 35 % cost a fifth of the capacity."""
    cell = chemistry(name)
    assert cell.full_cycles * 0.35**-cell.exponent == pytest.approx(27500, rel=0.02)
    assert 0.20 <= allowed_depth(cell, cycles=27500, age=5 * YEAR) <= 0.50


def test_specific_energy_is_the_ledgers():
    """S032: 110, 150 and 200 Wh/kg."""
    found = chemistry_ranges("nickel")["specific_energy"]
    assert np.array([found.low, found.mode, found.high]) / 3600 == pytest.approx([110, 150, 200])


def test_rest_goes_as_the_square_root():
    """Four years of rest take twice what one takes; fifteen take the 10 % of geostationary packs."""
    assert calendar_fade(NICKEL, 4 * YEAR) == pytest.approx(2 * NICKEL.calendar)
    assert calendar_fade(NICKEL, 15 * YEAR) == pytest.approx(0.10, abs=0.01)


@given(st.sampled_from(NAMES), st.floats(0, 1e6), st.floats(0, 30))
def test_allowed_depth_is_the_largest_that_lasts(name, cycles, years):
    """At that depth either all that is usable at the end is used or the fade limit is met; not more."""
    cell, age = chemistry(name), years * YEAR
    depth = allowed_depth(cell, cycles=cycles, age=age)
    if depth == 0.0:
        assert calendar_fade(cell, age) >= cell.fade_limit
        return
    left = 1 - WORN * cycles * depth**cell.exponent / cell.full_cycles - calendar_fade(cell, age)
    used, lost = depth / left, 1 - left
    assert used <= cell.usable * (1 + 1e-9)
    assert lost <= cell.fade_limit * (1 + 1e-9)
    assert used == pytest.approx(cell.usable, rel=1e-6) or lost == pytest.approx(cell.fade_limit, rel=1e-6)


def test_depth_falls_with_cycles_and_broadcasts():
    """More cycles, shallower; a column of cells against a row of cycles."""
    cells = replace(NICKEL, exponent=np.array([[1.5], [2.5]]))
    depths = allowed_depth(cells, cycles=np.array([0.0, 1e3, 1e4, 1e5]), age=5 * YEAR)
    assert depths.shape == (2, 4)
    assert np.all(np.diff(depths, axis=1) < 0)


def test_energy_is_bound_by_depth_or_by_rate():
    """A long mild shadow needs energy, a short one of high load needs power, a fast recharge too."""
    cell = replace(NICKEL, efficiency=0.81)
    by_depth = battery_energy(cell, taken=1e8, depth=0.5, discharge=1e4, charge=1e4)
    assert by_depth == pytest.approx(1e8 / 0.5 / 0.9)
    assert battery_energy(cell, taken=1e6, depth=0.5, discharge=1e5) == pytest.approx(1e5 * 3600)
    assert battery_energy(cell, taken=1e6, depth=0.5, charge=1e5) == pytest.approx(1e5 * 7200)
    assert np.isinf(battery_energy(cell, taken=1e6, depth=0.0))
    assert battery_energy(cell, taken=0.0, depth=0.0) == 0.0


def test_unknown_chemistry():
    """An unknown chemistry names the known ones."""
    with pytest.raises(UserError, match="nickel, iron, titanate"):
        chemistry("lead")


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
