"""Displacement damage of solar cells: shapes, anchors and orbits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.environment.trapped import MEV, above, spectrum
from dawndusk.physics.spacecraft.cell_damage import (
    REFERENCE_ALTITUDE,
    REFERENCE_INCLINATION,
    REFERENCE_TIME,
    array_share,
    damage_ratio,
    displacement_rate,
    radiation_share,
)
from dawndusk.physics.spacecraft.cells import TECHNOLOGIES, cell

NAMES = tuple(TECHNOLOGIES)
SILICON = cell("silicon")


@pytest.mark.parametrize("name", NAMES)
def test_ten_years_in_the_reference_orbit_cost_what_the_technology_says(name):
    """The law is anchored: ratio 1, ten years."""
    assert damage_ratio(REFERENCE_ALTITUDE, REFERENCE_INCLINATION, cell(name)) == pytest.approx(1, rel=1e-12)
    left = radiation_share(cell(name), ratio=1.0, age=REFERENCE_TIME)
    assert left == pytest.approx(1 - cell(name).ten_year_loss, rel=1e-12)


def test_triple_junction_cells_follow_the_test_of_xtj():
    """Fluence doubled from 5e14 to 1e15 electrons per cm2 takes XTJ from 0.89 to 0.84 of its power."""
    decade = cell("III-V").decade
    first = (10 ** (0.11 / decade) - 1) / 5e14  # 1 / reference fluence that makes 0.89
    assert 1 - decade * np.log10(1 + first * 1e15) == pytest.approx(0.84, abs=0.005)


@given(st.floats(0.01, 50), st.floats(0, 15), st.floats(0, 15))
def test_ageing_only_takes(ratio, first, second):
    """Power falls with age, faster at first, and never below nothing."""
    ages = np.array([0.0, first, first + second]) * YEAR
    left = array_share(SILICON, ratio=ratio, age=ages)
    assert left[0] == 1.0
    assert np.all(np.diff(left) <= 0)
    assert np.all(left >= 0)


def test_damage_and_time_trade():
    """Twice the damage rate for half the time costs the same."""
    a = radiation_share(SILICON, ratio=2.0, age=3 * YEAR)
    assert a == pytest.approx(radiation_share(SILICON, ratio=1.0, age=6 * YEAR), rel=1e-14)


def test_altitude_inclination_and_cover():
    """Damage rises to the inner belt and falls with the shield; 30 deg at 550 km has less than polar."""
    rates = displacement_rate(np.array([400e3, 550e3, 700e3, 1000e3, 1500e3]), 1.7, 1e-4)
    assert np.all(np.diff(rates) > 0)
    assert rates[-1] > 30 * rates[1]
    shields = displacement_rate(550e3, 1.7, np.array([2e-5, 1e-4, 5e-4, 2e-3]))
    assert np.all(np.diff(shields) < 0)
    assert 0.1 < displacement_rate(550e3, 0.52, 1e-4) / displacement_rate(550e3, 1.7, 1e-4) < 0.9


def test_proton_sum_is_that_of_a_fine_grid():
    """Behind 5 mm, where protons rule, 48 steps of energy are within 2 % of 4,000."""
    energies, flux = spectrum("proton", "min", np.array([1500e3]), np.array([1.0]))
    kept = np.geomspace(0.3, 390.0, 4001)
    arriving = np.minimum((kept**1.7756 + 2700.0 * 5e-3 / 0.02787) ** (1 / 1.7756), 400.0)
    number = -np.diff(above("proton", arriving[:, None] * MEV, energies, flux)[:, 0])
    middle = np.sqrt(kept[1:] * kept[:-1]) / 10
    damage = 7.9e-3 * np.where(middle < 1, middle**-0.89, middle**-0.46)
    ours = displacement_rate(1500e3, 1.0, 5e-3)
    assert ours == pytest.approx(0.5 * MEV * 0.1 * np.sum(number * damage), rel=0.02)


def test_drawn_covers_are_read_from_a_table():
    """For one orbit and many covers the table agrees with the sums within 1 %."""
    covers = np.array([0.6e-4, 1.3e-4, 4.1e-4])
    drawn = replace(SILICON, cover=covers, backing=np.full(3, 2e-4))
    quick = damage_ratio(700e3, 1.71, drawn)
    slow = damage_ratio(np.full(3, 700e3), np.full(3, 1.71), drawn)
    assert quick == pytest.approx(slow, rel=0.01)


@pytest.mark.parametrize(("altitude", "shield"), [(100e3, 1e-4), (550e3, 1e-6), (550e3, float("nan"))])
def test_out_of_range(altitude, shield):
    """Orbits outside the belts' tables and shields outside the law are refused."""
    with pytest.raises(UserError):
        displacement_rate(altitude, 1.7, shield)
