"""Disposal: vis-viva and its inverse, decay after the burn, re-entries at steady state."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import DAY, EARTH_RADIUS, GRAVITATIONAL_PARAMETER, YEAR
from dawndusk.core.errors import UserError
from dawndusk.physics.environment.disposal import disposal_delta_v, disposal_life, perigee_after, steady_state
from dawndusk.physics.environment.drag import drag_life

GROUPS = np.array([559e3, 575e3, 702e3, 725.5e3, 962e3, 984.5e3])  # middles of the filing's six groups


@given(st.floats(200e3, 2000e3), st.floats(0.0, 1.0))
def test_burn_and_perigee_are_inverse(altitude, share):
    """The burn that reaches a perigee reaches that perigee, to a millimetre."""
    wanted = share * altitude
    assert perigee_after(altitude, disposal_delta_v(altitude, wanted)) == pytest.approx(wanted, abs=1e-3)


@given(st.floats(200e3, 2000e3), st.floats(0.0, 100.0))
def test_burn_keeps_angular_momentum_and_energy(altitude, burn):
    """At the new perigee speed and height agree with angular momentum and energy after the burn."""
    high, low = EARTH_RADIUS + altitude, EARTH_RADIUS + float(perigee_after(altitude, burn))
    speed = np.sqrt(GRAVITATIONAL_PARAMETER / high) - burn
    fast = speed * high / low
    energy = speed**2 / 2 - GRAVITATIONAL_PARAMETER / high
    assert fast**2 / 2 - GRAVITATIONAL_PARAMETER / low == pytest.approx(energy, rel=1e-12)


def test_fifty_metres_a_second_lower_the_perigee_by_180_to_197_km():
    """The letter's 50 m/s lowers the perigee to 379-394, 516-539 and 766-788 km from the six groups."""
    expected = [379e3, 394e3, 516e3, 539e3, 766e3, 788e3]
    np.testing.assert_allclose(perigee_after(GROUPS, 50.0), expected, atol=600.0)


def test_controlled_reentry_needs_three_to_five_times_as_much():
    """A perigee of 50 km needs 146-254 m/s from the six groups, not 50."""
    needed = disposal_delta_v(GROUPS)
    assert needed[0] == pytest.approx(145.7, abs=0.1)
    assert needed[-1] == pytest.approx(253.7, abs=0.1)
    assert np.all(needed > 2.9 * 50)


def test_fifty_metres_a_second_do_not_clear_the_upper_groups():
    """After 50 m/s the two lowest groups fall within a year even at minimum, the two highest not in 4.5."""
    for activity in ("min", "mean", "max"):
        left = disposal_life(GROUPS, 50.0, 0.1333, 2.2, activity) / YEAR
        assert np.all(left[:2] < 1.0)
        assert left[5] > left[4] > 4.5
    assert np.all(disposal_life(GROUPS, 50.0, 0.1333, 2.2, "mean")[4:] > 20 * YEAR)


def test_no_burn_is_plain_decay():
    """Without a burn the life is that of the circular orbit, and any burn shortens it."""
    np.testing.assert_allclose(
        disposal_life(GROUPS, 0.0, 0.1333, 2.2), drag_life(GROUPS, 0.1333, 2.2), rtol=1e-4
    )
    lives = disposal_life(725e3, np.array([0.0, 20.0, 50.0, 100.0, 150.0]), 0.1333, 2.2)
    assert np.all(np.diff(lives) < 0)


def test_a_perigee_in_the_ground_is_down_at_once():
    """A burn that aims below the end altitude leaves no life in orbit."""
    assert disposal_life(560e3, 300.0, 0.1333, 2.2) == 0


def test_a_million_satellites_come_down_548_a_day():
    """A million of 2.14 t replaced every 5 years: 200,000 a year, 548 a day, 51,000 t of alumina."""
    state = steady_state(1e6, 5 * YEAR, 2140.0)
    assert state.reentries * YEAR == pytest.approx(200000)
    assert state.reentries * DAY == pytest.approx(548, abs=0.5)
    assert state.alumina * YEAR / 1e3 == pytest.approx(51000, abs=500)
    assert state.mass * YEAR / 1e3 == pytest.approx(428000)
    assert state.derelicts == 0


@given(st.floats(0.0, 1.0), st.floats(0.1, 300.0))
def test_derelicts_follow_littles_law(failing, years):
    """Derelicts in orbit are the rate of failing times the time they stay."""
    state = steady_state(1e5, 5 * YEAR, 3000.0, failing=failing, drag_life=years * YEAR)
    assert state.derelicts == pytest.approx(2e4 * failing * years, rel=1e-9)


def test_groups_broadcast():
    """Counts and lives of six groups give six answers in one call."""
    life = drag_life(GROUPS, 0.1333, 2.2)
    state = steady_state(np.full(6, 1e5), 5 * YEAR, 3000.0, failing=0.01, drag_life=life)
    assert np.shape(state.derelicts) == (6,)
    assert np.argmax(state.derelicts) == 5


@pytest.mark.parametrize(
    "call",
    [
        lambda: perigee_after(560e3, -1.0),
        lambda: perigee_after(100e3, 50.0),
        lambda: perigee_after(49e6, 2900.0),
        lambda: disposal_delta_v(560e3, 600e3),
        lambda: disposal_delta_v(560e3, -1.0),
        lambda: steady_state(1e6, 0.0, 2140.0),
        lambda: steady_state(1e6, YEAR, 2140.0, failing=1.5),
        lambda: steady_state(np.nan, YEAR, 2140.0),
    ],
)
def test_mistakes_are_the_users_not_ours(call):
    """Values out of range and NaN raise an error that says what to write."""
    with pytest.raises(UserError, match="write"):
        call()
