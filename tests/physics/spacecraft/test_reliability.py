"""Delivered compute by age: closed forms and the order of the losses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.physics.spacecraft.reliability import delivered_by_age, mean_delivered, survival

RATES = st.floats(0, 0.3)


def test_losses_multiply():
    """Chips at 6.8 % and satellites at 1 % a year leave (0.932 x 0.99)^5 after five years."""
    found = delivered_by_age(5.0, chip_failure=0.068, satellite_loss=0.01)
    assert found == pytest.approx((0.932 * 0.99) ** 5, rel=1e-12)


def test_cliff_at_the_end_of_life():
    """A satellite delivers until its life ends and nothing from then on."""
    ages = np.array([4.99, 5.0, 5.01])
    found = delivered_by_age(ages, chip_failure=0.0, satellite_loss=0.0, life=5.0)
    np.testing.assert_array_equal(found, [1.0, 0.0, 0.0])


def test_dead_chips_leave_power_to_the_living():
    """Power and chips fading at the same rate cost that rate once, not twice."""
    found = delivered_by_age(3.0, chip_failure=0.05, satellite_loss=0.0, array_degradation=0.05)
    assert found == pytest.approx(0.95**3)


def test_weak_array_limits():
    """An array that fades faster than the chips fail sets what is delivered, after its margin is gone."""
    extra = {"chip_failure": 0.0, "satellite_loss": 0.0, "array_degradation": 0.04, "array_margin": 1.1}
    found = delivered_by_age(np.array([1.0, 5.0]), **extra)
    np.testing.assert_allclose(found, [1.0, 1.1 * 0.96**5])


@given(RATES, RATES, st.floats(0.5, 10), st.floats(0, 0.2))
def test_mean_is_the_integral(chips, loss, life, discount):
    """The closed form equals the discounted mean of the curve by age."""
    ages = np.linspace(0, life, 4001)
    worth = (1 + discount) ** -ages
    table = delivered_by_age(ages, chip_failure=chips, satellite_loss=loss) * worth
    wanted = np.trapezoid(table, ages) / np.trapezoid(worth, ages)
    rates = {"chip_failure": chips, "satellite_loss": loss}
    assert mean_delivered(**rates, life=life, discount=discount) == pytest.approx(wanted, rel=1e-6)


def test_capacity_weighted_life_is_not_used_twice():
    """R013 and R014 alone give 4.1 of 5 years, inside the range of R015 (2.2-5.9): the same losses."""
    assert 5 * mean_delivered(chip_failure=0.068, satellite_loss=0.01, life=5.0) == pytest.approx(
        4.12, abs=0.01
    )


def test_draws_stand_last():
    """Ages in rows and draws in columns give a table."""
    ages, draws = np.arange(4.0)[:, None], np.array([0.01, 0.05])
    assert delivered_by_age(ages, chip_failure=draws, satellite_loss=0.01).shape == (4, 2)
    assert survival(draws, ages).shape == (4, 2)
