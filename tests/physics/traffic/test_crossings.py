"""Closed forms for planes that cross at an angle."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.physics.traffic import crossings

DISTANCE = 1000.0


def test_orbits_at_one_height_see_the_whole_chord():
    """With hardly any spread the mean is sqrt(d2 - offset2), and nothing beyond the distance."""
    offset = np.array([0.0, 600.0, -800.0, 1200.0])
    wanted = np.sqrt(np.maximum(DISTANCE**2 - offset**2, 0.0))
    np.testing.assert_allclose(crossings.radial_mean(offset, 0.5, DISTANCE), wanted, rtol=1e-4)


def test_wide_spread_is_the_kinetic_regime():
    """With a spread of 100 d the chord's mean is its area times the density in the middle."""
    spread = 100.0 * DISTANCE
    area = 0.5 * np.pi * DISTANCE**2 / (np.sqrt(2.0 * np.pi) * spread)
    assert crossings.radial_mean(0.0, spread, DISTANCE) == pytest.approx(area, rel=1e-4)
    cubed = 4.0 / 3.0 * DISTANCE**3 / (np.sqrt(2.0 * np.pi) * spread)
    assert crossings.radial_mean(0.0, spread, DISTANCE, power=1.0) == pytest.approx(cubed, rel=1e-4)


def test_a_fall_is_the_mean_over_depths():
    """A drop gives the mean over offsets that are lower by up to it."""
    depths = (np.arange(4000) + 0.5) / 4000 * 6000.0
    one_by_one = crossings.radial_mean(2500.0 - depths, 400.0, DISTANCE).mean()
    at_once = crossings.radial_mean(2500.0, 400.0, DISTANCE, drop=6000.0)
    assert at_once == pytest.approx(one_by_one, rel=1e-4)


@given(
    st.floats(-3e3, 3e3), st.floats(5.0, 5e3), st.floats(10.0, 5e3), st.floats(1.0, 3.0), st.floats(0.0, 1e4)
)
def test_a_greater_distance_sees_more(offset, spread, distance, factor, drop):
    """The mean grows with the distance, and never exceeds the full chord."""
    near = crossings.radial_mean(offset, spread, distance, drop=drop)
    far = crossings.radial_mean(offset, spread, factor * distance, drop=drop)
    assert 0.0 <= near <= distance * (1.0 + 1e-6)
    assert near <= far * (1.0 + 1e-5) + 1e-9


def test_random_phases_simulated():
    """Satellites drawn at random on two crossing circles come near as often as the closed form says."""
    random, angle, radius, draws = np.random.default_rng(4), 1.1, 7e6, 4_000_000
    ahead = random.uniform(-20e3, 20e3, draws)  # those further ahead miss for certain
    height = random.normal(300.0, 500.0, draws)
    share = np.mean(np.hypot(height, ahead * np.cos(0.5 * angle)) < DISTANCE) * 40e3 / (2.0 * np.pi * radius)
    rate = 2.0 * share * 1e-3 / (2.0 * np.pi)  # two crossings in each turn
    window = 2.0 * crossings.radial_mean(300.0, 500.0, DISTANCE)
    ours = crossings.crossing_rate(window, np.cos(0.5 * angle), radius, 1e-3)
    assert ours == pytest.approx(rate, rel=0.01)


def _slotted(ahead, *, miss=300.0, slot=10e3, half=0.9):
    shape = np.ones_like(np.asarray(ahead, dtype=np.float64))
    return crossings.slotted_rate(
        ahead * shape,
        slot * shape,
        half * shape,
        radial=300.0 * shape,
        miss=miss * shape,
        rate=1e-3 * shape,
        distance=DISTANCE,
    )


@pytest.mark.parametrize("miss", [50.0, 1000.0, 8000.0])
def test_slots_over_all_gaps_are_random_phases(miss):
    """The mean over where the slots lie equals the rate of independent phases."""
    ahead = (np.arange(400) + 0.5) / 400 * 10e3
    window = 2.0 * crossings.radial_mean(0.0, 300.0, DISTANCE)
    satellites = 2.0 * np.pi * 7e6 / 10e3
    wanted = satellites * crossings.crossing_rate(window, 0.9, 7e6, 1e-3)
    assert _slotted(ahead, miss=miss).mean() == pytest.approx(float(wanted), rel=1e-3)


def test_slot_on_slot_meets_on_every_turn_and_half_way_never():
    """Held slots meet twice a turn, or not at all, by design."""
    twice = 2.0 * 1e-3 / (2.0 * np.pi)
    held = _slotted(np.array([0.0, 10e3, 5e3]), miss=50.0)
    inside = np.array([twice, twice, 0.0])
    np.testing.assert_allclose(held, inside, atol=2e-3 * twice)
