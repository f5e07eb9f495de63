"""Share of time in sight of a ground station, passes, distances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.errors import UserError
from dawndusk.physics.motion.orbit import mean_motion, orbit_radius, raan_rate
from dawndusk.physics.network.contact import contact_share, mean_slant_range, reach_angle
from dawndusk.physics.network.ground_stations import slant_range, station_position

DEGREE = np.pi / 180.0
CASES = [
    (600e3, 97.8, 0.0, 20.0),
    (600e3, 97.8, 47.0, 20.0),
    (600e3, 97.8, 78.0, 20.0),
    (600e3, 97.8, 80.0, 0.0),
    (600e3, 53.0, 60.0, 25.0),
    (2000e3, 30.0, 10.0, 10.0),
]


def sky(altitude, inclination, latitude, elevation, seconds):
    """Whether a station sees a satellite at each instant, from positions of both (no closed form)."""
    turn, node = mean_motion(altitude) * seconds, raan_rate(altitude, inclination) * seconds
    cu, su, cn, sn = np.cos(turn), np.sin(turn), np.cos(node), np.sin(node)
    ci, si = np.cos(inclination), np.sin(inclination)
    there = orbit_radius(altitude) * np.stack([cu * cn - su * ci * sn, cu * sn + su * ci * cn, su * si])
    spin = 7.2921159e-5 * seconds  # rad/s
    here = np.stack(
        [
            np.cos(latitude) * np.cos(spin),
            np.cos(latitude) * np.sin(spin),
            np.full_like(spin, np.sin(latitude)),
        ]
    )
    away = there - EARTH_RADIUS * here
    return np.einsum("kn,kn->n", away, here) >= np.sin(elevation) * np.linalg.norm(away, axis=0)


@pytest.mark.parametrize(("altitude", "inclination", "latitude", "elevation"), CASES)
def test_share_is_that_of_two_months_of_flight(altitude, inclination, latitude, elevation):
    """Followed for sixty days at odd steps, a satellite is in sight for the same time within 4 %."""
    angles = [x * DEGREE for x in (inclination, latitude, elevation)]
    seconds = np.arange(0.0, 60 * 86400.0, 12.7)
    flown = sky(altitude, *angles, seconds).mean()
    assert contact_share(altitude, *angles) == pytest.approx(flown, rel=0.04)


@pytest.mark.parametrize(("altitude", "inclination", "latitude", "elevation"), CASES)
def test_share_is_the_mean_over_all_longitudes(altitude, inclination, latitude, elevation):
    """Even points over argument of latitude and longitude give the same share within 0.3 %."""
    i, f, e = (x * DEGREE for x in (inclination, latitude, elevation))
    number = np.arange(1_000_000)
    turn = 2.0 * np.pi * np.mod(number * 0.7548776662466927, 1.0)
    east = 2.0 * np.pi * np.mod(number * 0.5698402909980532, 1.0)
    sine = np.sin(i) * np.sin(turn)
    near = np.sin(f) * sine + np.cos(f) * np.sqrt(1.0 - sine**2) * np.cos(east)
    counted = np.mean(near >= np.cos(reach_angle(altitude, e)))
    assert contact_share(altitude, i, f, e) == pytest.approx(counted, rel=3e-3)


def test_a_polar_orbit_in_sight_of_the_pole_is_seen_for_the_arc_over_it():
    """From the pole a satellite over it is in sight for 2 reach of 2 pi."""
    reach = reach_angle(600e3, 0.2)
    assert contact_share(600e3, np.pi / 2.0, np.pi / 2.0, 0.2) == pytest.approx(float(reach) / np.pi)


def test_an_equatorial_orbit_is_seen_from_the_equator_for_its_reach_of_all_longitudes():
    """Half the width in sight over pi."""
    assert contact_share(600e3, 0.0, 0.0, 0.2) == pytest.approx(float(reach_angle(600e3, 0.2)) / np.pi)


@given(st.floats(4e5, 2e6), st.floats(0.0, np.pi), st.floats(0.0, np.pi / 2), st.floats(0.0, 1.2))
def test_share_is_the_same_for_both_hemispheres_and_directions(altitude, inclination, latitude, elevation):
    """North or south, prograde or retrograde, and between 0 and a half."""
    share = float(contact_share(altitude, inclination, latitude, elevation))
    assert 0.0 <= share < 0.5
    assert float(contact_share(altitude, inclination, -latitude, elevation)) == pytest.approx(share)
    assert float(contact_share(altitude, np.pi - inclination, latitude, elevation)) == pytest.approx(share)


def test_mean_slant_range_is_that_of_a_shell_of_satellites():
    """The mean over satellites spread evenly over the cap in sight."""
    rng, low = np.random.default_rng(3), 25.0 * DEGREE
    edge = np.cos(reach_angle(600e3, low))
    height = rng.uniform(edge, 1.0, 200_000)
    radius = orbit_radius(600e3)
    distance = np.sqrt(EARTH_RADIUS**2 + radius**2 - 2.0 * EARTH_RADIUS * radius * height)
    assert mean_slant_range(600e3, low) == pytest.approx(distance.mean(), rel=2e-3)


def test_reach_closes_the_triangle():
    """Station, satellite and Earth's centre: the slant range of the same elevation."""
    reach, low = reach_angle(600e3, 0.3), 0.3
    there = orbit_radius(600e3) * np.array([np.cos(reach), np.sin(reach)])
    here = station_position(0.0, 0.0, flattening=0.0)[:2]
    assert np.linalg.norm(there - here) == pytest.approx(float(slant_range(600e3, low)))


@pytest.mark.parametrize(
    ("call", "word"),
    [
        (lambda: contact_share(600e3, 1.7, 2.0, 0.3), "latitude"),
        (lambda: contact_share(600e3, 1.7, np.nan, 0.3), "latitude"),
        (lambda: contact_share(600e3, 1.7, 0.5, 1.6), "elevation"),
        (lambda: contact_share(600.0, 1.7, 0.5, 0.3), "altitude"),
    ],
)
def test_what_cannot_be_is_refused(call, word):
    """Angles in degrees and heights in km are caught."""
    with pytest.raises(UserError, match=word):
        call()
