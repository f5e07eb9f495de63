"""Periods, drift and planes of circular orbits."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import TROPICAL_YEAR
from dawndusk.core.errors import UserError
from dawndusk.physics.motion import orbit

DEGREE = np.pi / 180.0
DAY = 86400.0
with (Path(__file__).parents[2] / "reference" / "sso_eclipse_2027_sample.csv").open() as _file:
    SAMPLE = list(csv.DictReader(_file))
altitudes = st.floats(min_value=150e3, max_value=5e6)
angles = st.floats(min_value=0.0, max_value=np.pi)


@pytest.mark.parametrize("row", SAMPLE, ids=lambda row: row["alt_km"])
def test_sun_synchronous_orbits_match_the_reference(row):
    """Inclination, both periods and both drifts match the reference rows (and brahe) to their digits."""
    altitude = float(row["alt_km"]) * 1e3
    tilt = orbit.sun_synchronous_inclination(altitude)
    assert tilt / DEGREE == pytest.approx(float(row["inc_deg"]), abs=1e-6)
    assert tilt / DEGREE == pytest.approx(float(row["inc_brahe_deg"]), abs=1e-5)
    assert orbit.kepler_period(altitude) == pytest.approx(float(row["kepler_period_s"]), rel=1e-12)
    assert orbit.nodal_period(altitude, tilt) == pytest.approx(float(row["nodal_period_s"]), rel=1e-10)
    node = orbit.raan_rate(altitude, tilt) * DAY / DEGREE
    assert node == pytest.approx(float(row["raan_drift_deg_day"]), abs=1e-8)
    perigee = orbit.argument_of_perigee_rate(altitude, tilt) * DAY / DEGREE
    assert perigee == pytest.approx(float(row["argp_drift_deg_day"]), abs=1e-7)


@given(altitudes)
def test_sun_synchronous_plane_turns_once_in_a_tropical_year(altitude):
    """Where the inclination exists, its node drift is exactly one turn in a tropical year."""
    rate = orbit.raan_rate(altitude, orbit.sun_synchronous_inclination(altitude))
    assert rate * TROPICAL_YEAR == pytest.approx(2 * np.pi, rel=1e-12)


def test_geostationary_radius_has_a_sidereal_day():
    """At 35786.0 km the Kepler period is the sidereal day, 86164.1 s."""
    assert orbit.kepler_period(35786.0e3) == pytest.approx(86164.1, abs=1.0)


def test_polar_plane_stands_still():
    """At 90 deg the node does not drift."""
    assert orbit.raan_rate(600e3, np.pi / 2) == pytest.approx(0.0, abs=1e-20)


def test_perigee_stands_still_at_the_critical_inclination():
    """At 63.4349 deg, where 5 sin2 i = 4, the perigee does not drift."""
    assert orbit.argument_of_perigee_rate(600e3, np.arcsin(np.sqrt(0.8))) == pytest.approx(0.0, abs=1e-20)


@given(altitudes, angles)
def test_prograde_orbits_drift_west(altitude, tilt):
    """The node drifts against the orbit's own sense: mirrored inclinations drift oppositely."""
    rate = orbit.raan_rate(altitude, tilt)
    assert np.sign(np.round(rate, 18)) == -np.sign(np.round(np.cos(tilt), 9)) or abs(np.cos(tilt)) < 1e-8
    assert orbit.raan_rate(altitude, np.pi - tilt) == pytest.approx(-rate, abs=1e-18)


def test_nodal_period_follows_the_published_ratio():
    """Nodal over Kepler period is 1 - 1.5 J2 (R/a)2 (4 cos2 i - 1) to first order in J2."""
    tilt = np.linspace(0.0, np.pi, 37)
    small = 1.08262668e-3 * (6378.137 / 7178.137) ** 2
    first_order = 1.0 - 1.5 * small * (4.0 * np.cos(tilt) ** 2 - 1.0)
    ratio = orbit.nodal_period(800e3, tilt) / orbit.kepler_period(800e3)
    np.testing.assert_allclose(ratio, first_order, atol=(4.5 * small) ** 2)


@given(angles, st.floats(min_value=-7.0, max_value=7.0), st.floats(min_value=-1.5, max_value=1.5), angles)
def test_beta_and_argument_rebuild_the_sun(tilt, raan, declination, ascension):
    """Beta and the Sun's argument of latitude give back its direction through the plane's own axes."""
    sun = np.array(
        [
            np.cos(declination) * np.cos(ascension),
            np.cos(declination) * np.sin(ascension),
            np.sin(declination),
        ]
    )
    beta, argument = np.arcsin(orbit.sine_beta(tilt, raan, sun)), orbit.sun_argument(tilt, raan, sun)
    node = np.array([np.cos(raan), np.sin(raan), 0.0])
    normal = np.array([np.sin(raan) * np.sin(tilt), -np.cos(raan) * np.sin(tilt), np.cos(tilt)])
    ahead = np.cross(normal, node)
    rebuilt = np.cos(beta) * (np.cos(argument) * node + np.sin(argument) * ahead) + np.sin(beta) * normal
    np.testing.assert_allclose(rebuilt, sun, atol=1e-7)


def test_six_hours_of_local_time_are_a_quarter_turn():
    """Noon and six o'clock nodes stand 90 deg apart."""
    assert orbit.raan_from_ltan(12.0, 8e8) - orbit.raan_from_ltan(6.0, 8e8) == pytest.approx(np.pi / 2)


def test_functions_broadcast():
    """Altitudes down and inclinations across give a table."""
    table = orbit.nodal_period(np.array([[500e3], [900e3]]), np.array([0.5, 1.0, 1.7]))
    assert table.shape == (2, 3)
    assert table[1, 2] == orbit.nodal_period(900e3, 1.7)


@pytest.mark.parametrize("altitude", [100e3, 60e6, np.nan, np.array([650e3, 100e3])])
def test_impossible_altitudes_are_refused(altitude):
    """An altitude out of range, alone or within an array, is the user's error."""
    with pytest.raises(UserError, match="150 to 50000 km"):
        orbit.kepler_period(altitude)


@pytest.mark.parametrize("altitude", [6000e3, np.array([650e3, 6000e3])])
def test_too_high_for_a_sun_synchronous_orbit(altitude):
    """Above 5974 km no inclination is sun-synchronous; arrays raise too and name the altitude."""
    assert orbit.sun_synchronous_inclination(5974e3) > 175 * DEGREE
    with pytest.raises(UserError, match="6000 km, where no inclination"):
        orbit.sun_synchronous_inclination(altitude)


def test_bad_angles_and_hours_are_refused():
    """Inclinations beyond 180 deg, NaN nodes and a 25th hour are errors, never numbers."""
    sun = np.array([1.0, 0.0, 0.0])
    with pytest.raises(UserError, match="0 to 180 deg"):
        orbit.raan_rate(600e3, 4.0)
    with pytest.raises(UserError, match="finite"):
        orbit.sine_beta(1.0, np.nan, sun)
    with pytest.raises(UserError, match="0 to 24"):
        orbit.raan_from_ltan(25.0, 0.0)
