"""The Sun against DE421 and against what is known of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dawndusk.core import time
from dawndusk.core.constants import ASTRONOMICAL_UNIT
from dawndusk.physics.motion import sun

ARCSEC = np.deg2rad(1.0 / 3600.0)
TABLE = np.genfromtxt(
    Path(__file__).parents[2] / "reference" / "sun_apparent_de421.csv",
    delimiter=",",
    names=True,
    dtype=None,
    encoding="utf-8",
)
SECONDS = time.seconds_from_utc(TABLE["utc"].astype("datetime64[ms]"))


def test_direction_agrees_with_the_ephemeris():
    """From 2020 to 2050 the apparent Sun is within 4 arcsec (0.0011 deg) of DE421."""
    expected = np.stack([TABLE[k] for k in ("x", "y", "z")])
    apart = np.linalg.norm(sun.sun_direction(SECONDS) - expected, axis=0)
    assert apart.max() < 4.0 * ARCSEC


def test_distance_agrees_with_the_ephemeris():
    """From 2020 to 2050 the Sun's distance is within 3e-5 au of DE421."""
    assert np.abs(sun.sun_distance(SECONDS) / ASTRONOMICAL_UNIT - TABLE["distance_au"]).max() < 3e-5


def test_mean_sun_follows_sidereal_time():
    """The mean Sun's right ascension is GMST less UT1 less 12 h to 0.001 deg, with UT1 taken as UTC."""
    found = np.rad2deg(sun.mean_sun_right_ascension(SECONDS))
    apart = (found - TABLE["mean_sun_right_ascension_deg"] + 180.0) % 360.0 - 180.0
    assert np.abs(apart).max() < 1e-3


def test_published_example_of_meeus():
    """On 1992 October 13.0 TD the Sun stood at 199.9074 deg and 0.99761 au (Meeus 1998, example 25.b)."""
    instant = (2448908.5 - 2451545.0) * 86400.0
    longitude = np.rad2deg(sun.sun_longitude(instant)) % 360.0
    # Meeus' apparent longitude 199 deg 54' 21.82" holds a nutation of +15.908", left out here.
    assert longitude == pytest.approx(199 + 54 / 60 + (21.82 - 15.908) / 3600, abs=4.0 / 3600)
    assert sun.sun_distance(instant) / ASTRONOMICAL_UNIT == pytest.approx(0.99760775, abs=3e-5)


def test_equation_of_time_stays_within_its_known_bounds():
    """Over 2027 the sundial runs from 14.2 minutes slow in February to 16.4 fast in November."""
    hours = time.seconds_from_utc("2027-01-01") + np.arange(8760) * 3600.0
    x, y, _ = sun.sun_direction(hours)
    ahead = sun.mean_sun_right_ascension(hours) - np.arctan2(y, x)
    minutes = ((ahead + np.pi) % (2 * np.pi) - np.pi) * 12 * 60 / np.pi
    assert minutes.min() == pytest.approx(-14.2, abs=0.1)
    assert minutes.max() == pytest.approx(16.45, abs=0.1)


def test_obliquity_at_the_epoch():
    """At J2000 the ecliptic is tilted by 84381.406 arcsec (IAU 2006)."""
    assert sun.mean_obliquity(0.0) == pytest.approx(84381.406 * ARCSEC, abs=1e-12)


@pytest.mark.parametrize("shape", [(), (1,), (3, 4)])
def test_directions_are_unit_vectors_of_any_shape(shape):
    """Times of any shape give unit vectors with the components in front."""
    found = sun.sun_direction(np.full(shape, 8.5e8))
    assert found.shape == (3, *shape)
    np.testing.assert_allclose(np.linalg.norm(found, axis=0), 1.0, atol=1e-15)
