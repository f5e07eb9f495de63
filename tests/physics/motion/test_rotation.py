"""Earth's rotation."""

from __future__ import annotations

import numpy as np
import pytest
from sgp4.propagation import gstime

from dawndusk.core import time
from dawndusk.physics.motion.rotation import earth_fixed, earth_rotation


def test_sidereal_time_of_the_textbook():
    """Meeus (1998), example 12.a: 1987 April 10, 0 h UT, is 13h 10m 46.3668s."""
    expected = np.deg2rad(15.0 * (13.0 + 10.0 / 60.0 + 46.3668 / 3600.0))
    assert earth_rotation(time.seconds_from_utc("1987-04-10")) == pytest.approx(expected, abs=1e-8)


def test_sidereal_time_is_that_of_sgp4():
    """Over 1975 to 2050 the angle is that of the sgp4 package (which has the cubic term) to 1e-7 rad."""
    dates = np.arange("1975-01-01T03:17", "2050-01-01", 997 * 60, dtype="datetime64[m]")
    days = 2440587.5 + dates.astype("datetime64[s]").astype(float) / 86400.0
    theirs = np.array([gstime(day) for day in days])
    ours = earth_rotation(time.seconds_from_utc(dates))
    assert np.abs(np.mod(ours - theirs + np.pi, 2.0 * np.pi) - np.pi).max() < 1e-7


def test_a_point_of_the_ground_stays_where_it_is():
    """A place that turns with Earth has the same coordinates at every instant."""
    seconds = 8.6e8 + np.arange(5) * 3000.0
    angle = earth_rotation(seconds) + 0.3
    turning = np.stack([np.cos(angle), np.sin(angle), np.full(5, 0.5)])
    fixed = earth_fixed(turning, seconds)
    assert fixed == pytest.approx(np.tile([[np.cos(0.3)], [np.sin(0.3)], [0.5]], 5), abs=1e-9)
