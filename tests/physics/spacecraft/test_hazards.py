"""Survival by age: closed forms, integrals and drawn lives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import kstest, lognorm

from dawndusk.core.constants import DAY, YEAR
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.hazards import (
    Hazard,
    constant_hazard,
    cumulated_hazard,
    drawn_lives,
    hazard_rate,
    known_hazard,
    lognormal_surviving,
    mean_surviving,
    surviving,
)

PARTS = ("chip", "board", "pump", "satellite", "surveyed satellite")
HAZARDS = st.builds(
    Hazard,
    infant=st.floats(0, 0.3),
    infant_shape=st.floats(0.35, 1),
    random=st.floats(0, 1e-8),
    wear_life=st.floats(3 * YEAR, 100 * YEAR),
    wear_shape=st.floats(1, 8),
)


def test_surveyed_satellites():
    """The survey's law leaves exp(-(t/8316)^0.3875) at every age."""
    ages = np.array([0.5, 1.0, 2.0, 6.0, 12.0])
    found = surviving(known_hazard("surveyed satellite"), ages * YEAR)
    np.testing.assert_allclose(
        found, np.exp(-((ages / 8316.0) ** 0.3875)), atol=1.3e-4
    )  # no wear-out in 1e5 yr


@given(HAZARDS, st.floats(0.05, 12))
def test_hazard_is_the_slope_of_the_cumulated(hazard, years):
    """Hazard times a small step is what the cumulated hazard grows by."""
    age, step = years * YEAR, 1e-4 * years * YEAR
    grown = cumulated_hazard(hazard, age + step) - cumulated_hazard(hazard, age - step)
    assert grown / (2 * step) == pytest.approx(hazard_rate(hazard, age), rel=1e-5, abs=1e-14)


@given(HAZARDS, st.floats(0.1, 1), st.floats(0, 0.2))
def test_mean_is_the_integral(hazard, part, discount):
    """The mean over a life up to wear-out is the discounted integral of survival, within 1e-6."""
    years, yearly = min(part * hazard.wear_life / YEAR, 15.0), discount / YEAR

    def integral(power):
        return quad(
            lambda u: (
                3 * u**2 * np.exp(-discount * years * u**3) * surviving(hazard, years * YEAR * u**3) ** power
            ),
            0,
            1,
            epsabs=1e-11,
        )[0]

    assert mean_surviving(hazard, years * YEAR, discount=yearly) == pytest.approx(
        integral(1) / integral(0), abs=1e-6
    )


def test_constant_hazard_alone_is_the_old_closed_form():
    """Without infancy and wear-out survival is the one of two rates."""
    only = Hazard(infant=0.0, infant_shape=1.0, random=0.068 / YEAR, wear_life=1e9 * YEAR, wear_shape=1.0)
    assert surviving(only, 5 * YEAR) == pytest.approx(np.exp(-0.34), rel=1e-8)
    assert mean_surviving(only, 5 * YEAR) == pytest.approx(-np.expm1(-0.34) / 0.34, rel=1e-8)


@pytest.mark.parametrize("part", PARTS)
def test_drawn_lives_follow_the_survival(part):
    """The ages at which drawn parts fail are distributed as the law says."""
    hazard = known_hazard(part)
    lives = drawn_lives(hazard, np.random.default_rng(7), (4000,))
    assert kstest(1 - surviving(hazard, lives), "uniform").pvalue > 0.01


def test_drawn_lives_without_a_cause():
    """A cause that never strikes gives no warning and no end."""
    hazard = replace(known_hazard("satellite"), infant=0.0, random=0.0)
    assert (drawn_lives(hazard, np.random.default_rng(1), (3, 5)) > YEAR).all()


def test_lognormal_wear_out():
    """Half reach the median age, and the rest is the lognormal law; all are alive at birth."""
    ages = np.array([0.0, 5.0, 10.0, 20.0])
    wanted = lognorm(0.4, scale=10.0).sf(ages)
    np.testing.assert_allclose(lognormal_surviving(ages, median=10.0, spread=0.4), wanted, rtol=1e-12)


def test_nine_of_twenty_disks():
    """Nine of twenty in 615 days are a hazard of 0.355 a year."""
    assert constant_hazard(11 / 20, 615 * DAY) * YEAR == pytest.approx(
        -np.log(0.55) / (615 / 365.25), rel=1e-12
    )


def test_ages_and_draws_make_a_table():
    """Ages in rows and draws in columns give a table."""
    draws = replace(known_hazard("chip"), random=np.array([1e-9, 2e-9, 5e-9]))
    assert np.shape(surviving(draws, np.arange(4.0)[:, None] * YEAR)) == (4, 3)
    assert np.shape(mean_surviving(draws, 5 * YEAR)) == (3,)
