"""Planes off their local time."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.core.time import seconds_from_utc
from dawndusk.physics.light import eclipse, local_time
from dawndusk.physics.motion import layout, orbit
from dawndusk.physics.motion.sun import sun_direction

DEGREE = np.pi / 180.0
YEAR = 365.25 * 86400.0
EPOCH = float(seconds_from_utc("2027-01-01"))


def _dawn(*altitudes, hours=6.0):
    """Sun-synchronous planes, one per altitude, made from a Walker ring's record."""
    height = np.array(altitudes) * 1e3
    made = layout.walker(height.size, height.size, 0, inclination=1.0, altitude=600e3, epoch=EPOCH)
    node = np.mod(np.broadcast_to(orbit.raan_from_ltan(hours, EPOCH), height.shape), 2.0 * np.pi)
    tilt = orbit.sun_synchronous_inclination(height)
    return replace(made, altitude=height, inclination=tilt, raan=node, ltan=np.full(height.shape, hours))


def _light(altitudes, ltan):
    """Light of the planned planes in 2027."""
    return np.array([eclipse.orbit_year(altitude=h, ltan=ltan, year=2027).sunlit_fraction for h in altitudes])


def test_edges_of_the_tolerance_are_two_hours_off():
    """Nodes 30 deg off have the light of 08:00 and 04:00."""
    found = local_time.raan_edge(_dawn(575, 962), 30 * DEGREE, 2027)
    for light, ltan in ((found.east, 8.0), (found.west, 4.0)):
        there = _light((575e3, 962e3), ltan)
        np.testing.assert_allclose(light, there, atol=1e-5)
    np.testing.assert_allclose(found.edge, 0.5 * (found.east + found.west))


def test_the_cylindrical_estimate_at_575_km_holds():
    """A cylindrical shadow gives 75.7 % of light at 575 km with the node 30 deg off; the true one 0.1 off."""
    assert local_time.raan_edge(_dawn(575), 30 * DEGREE, 2027).edge[0] == pytest.approx(0.757, abs=0.002)


def test_light_of_spread_nodes_lies_between_the_edge_and_the_plan():
    """Evenly spread nodes have less light than planned ones and more than the edge, which is the worst."""
    planes = _dawn(575, 984)
    spread, edge = (f(planes, 30 * DEGREE, 2027) for f in (local_time.raan_spread, local_time.raan_edge))
    nominal = _light(planes.altitude, 6.0)
    assert np.all((edge.edge < spread.mean) & (spread.mean < nominal))
    np.testing.assert_allclose(spread.worst, np.minimum(edge.east, edge.west), atol=1e-5)
    hours = 6.0 + np.linspace(-2.0, 2.0, 81)
    fine = np.concatenate([_light((575e3,), hour) for hour in hours])
    mean = (fine.sum() - 0.5 * (fine[0] + fine[-1])) / 80
    assert spread.mean[0] == pytest.approx(mean, abs=2e-3)


def test_no_tolerance_changes_nothing():
    """With a tolerance of zero the edges are the plan."""
    found = local_time.raan_edge(_dawn(600), 0.0, 2027)
    plan = _light((600e3,), 6.0)
    np.testing.assert_array_equal(found.east, found.west)
    np.testing.assert_allclose(found.east, plan, atol=1e-5, rtol=0)


def test_sun_synchronous_planes_keep_their_local_time():
    """The node of a sun-synchronous plane does not drift; 0.01 deg too steep gives 0.46 deg a year."""
    tilt = orbit.sun_synchronous_inclination(600e3)
    assert local_time.local_time_rate(600e3, tilt) == pytest.approx(0.0, abs=1e-18)
    drift = local_time.local_time_rate(600e3, tilt + 0.01 * DEGREE) * YEAR / DEGREE
    assert drift == pytest.approx(0.46, abs=0.01)


def test_group_four_drifts_as_filed():
    """97.2 deg at 707-744 km drifts by 0.13 deg a day against the Sun."""
    drift = local_time.local_time_rate(725.5e3, 97.2 * DEGREE) * 86400 / DEGREE
    assert drift == pytest.approx(-0.13, abs=0.005)


@pytest.mark.parametrize("hour", [6.0, 8.0, 10.5, 13.0, 18.0, 21.0])
def test_the_suns_pull_is_the_mean_of_its_torque(hour):
    """The formula is the year's mean of the Sun's torque on a ring, taken instant by instant."""
    seconds = EPOCH + np.arange(0.0, YEAR, 3600.0)
    altitude, tilt = 700e3, float(orbit.sun_synchronous_inclination(700e3))
    sun, node = sun_direction(seconds), orbit.raan_from_ltan(hour, seconds)
    along = np.cos(node) * sun[0] + np.sin(node) * sun[1]
    torque = 1.5 * orbit.MEAN_SUN_RATE**2 / orbit.mean_motion(altitude)
    mean = np.mean(torque * orbit.sine_beta(tilt, node, sun) * along)
    # the true Sun runs up to 2 deg ahead of the mean one and its latitude swings; 1 % of the largest rate
    largest = abs(float(local_time.solar_inclination_rate(altitude, tilt, 9.0)))
    assert local_time.solar_inclination_rate(altitude, tilt, hour) == pytest.approx(mean, abs=0.01 * largest)
    assert largest * YEAR / DEGREE == pytest.approx(0.046, abs=0.001)


def test_group_four_loses_the_sun_within_two_years():
    """As filed at 97.2 deg, planes that start at dawn stand near midnight two years later."""
    planes = replace(_dawn(707, 744), inclination=np.full(2, 97.2 * DEGREE))
    found = local_time.planes_over_life(planes, 2027, 3)
    assert found.sunlit_fraction.shape == (3, 2)
    assert np.all(found.sunlit_fraction[1] < 0.68)
    turned = np.mod(found.ltan[2] - 6.0, 24.0)
    assert np.all((turned > 17.0) & (turned < 19.0))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: local_time.raan_edge(_dawn(600), 4.0, 2027), "180 deg"),
        (lambda: local_time.raan_edge(_dawn(600), np.zeros(3), 2027), "3 values for 1 planes"),
        (lambda: local_time.planes_over_life(_dawn(600), 2027, 0), "1 year"),
        (lambda: local_time.planes_over_life(_dawn(600), 2099, 5), "2104"),
    ],
)
def test_impossible_questions_are_refused(call, words):
    """A tolerance, altitude or life out of range is the user's error."""
    with pytest.raises(UserError, match=words):
        call()
