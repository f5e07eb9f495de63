"""Stations on the ellipsoid, and the satellites that they see."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.errors import UserError
from dawndusk.physics.network import ground_stations as ground

NORTH, EAST = st.floats(-np.pi / 2, np.pi / 2), st.floats(-np.pi, np.pi)


def test_axes_of_the_ellipsoid():
    """The equator lies 6,378.137 km from the centre and the pole 6,356.752 km (WGS 84)."""
    assert ground.station_position(0.0, 0.0) == pytest.approx([6378137.0, 0.0, 0.0])
    assert ground.station_position(np.pi / 2, 0.0) == pytest.approx([0.0, 0.0, 6356752.314245], abs=1e-5)


@given(NORTH, EAST, st.floats(-400.0, 9000.0))
def test_stations_lie_on_the_ellipsoid(latitude, longitude, height):
    """Without its height a station satisfies the ellipsoid's equation, whose gradient is its zenith."""
    up = ground.zenith(latitude, longitude)
    position = ground.station_position(latitude, longitude, height) - height * up
    axes = EARTH_RADIUS * np.array([1.0, 1.0, 1.0 - ground.FLATTENING])
    assert np.sum((position / axes) ** 2) == pytest.approx(1.0, rel=1e-12)
    gradient = position / axes**2
    np.testing.assert_allclose(gradient / np.linalg.norm(gradient), up, atol=1e-12)


def test_turning_east():
    """A quarter turn carries Greenwich to 90 deg east; turning back undoes any turn."""
    place = ground.station_position(0.3, 0.0)
    quarter = ground.turned(place, np.pi / 2)
    np.testing.assert_allclose(quarter, ground.station_position(0.3, np.pi / 2), atol=1e-6)
    np.testing.assert_allclose(ground.turned(quarter, -np.pi / 2), place, atol=1e-6)


def _random_sky(satellites, stations):
    generator = np.random.default_rng(7)
    sky = generator.normal(size=(3, satellites))
    sky *= (EARTH_RADIUS + generator.uniform(400e3, 1200e3, satellites)) / np.linalg.norm(sky, axis=0)
    latitude = np.arcsin(generator.uniform(-1, 1, stations))
    longitude = generator.uniform(-np.pi, np.pi, stations)
    return sky, ground.station_position(latitude, longitude), ground.zenith(latitude, longitude)


@pytest.mark.parametrize("elevation", [-10.0, 0.0, 25.0])
def test_sightings_are_what_a_full_search_finds(elevation, monkeypatch):
    """In small blocks or one, the pairs are those whose elevation and range pass, station by station."""
    sky, stations, up = _random_sky(3000, 9)
    away = sky[:, None, :] - stations[:, :, None]
    distance = np.linalg.norm(away, axis=0)
    sine = np.einsum("ksn,ks->sn", away, up) / distance
    station, satellite = np.nonzero((sine >= np.sin(np.radians(elevation))) & (distance < 2.5e6))
    monkeypatch.setattr(ground, "BLOCK", 6000)
    seen = ground.sightings(stations, up, sky, minimum_elevation=np.radians(elevation), longest=2.5e6)
    np.testing.assert_array_equal(seen.station, station)
    np.testing.assert_array_equal(seen.satellite, satellite)
    np.testing.assert_allclose(seen.distance, distance[station, satellite])
    np.testing.assert_array_equal(seen.count(9), np.bincount(station, minlength=9))


def test_number_in_sight_is_the_share_of_the_shell():
    """Of satellites spread evenly over a shell a station sees as many as its cap of the shell holds."""
    n, altitude, elevation = 200_000, 550e3, np.radians(25.0)
    k = np.arange(n) + 0.5
    z, turn = 1 - 2 * k / n, np.pi * (1 + 5**0.5) * k
    level = np.sqrt(1 - z**2)
    radius = EARTH_RADIUS + altitude
    sky = radius * np.array([level * np.cos(turn), level * np.sin(turn), z])
    up = ground.zenith(0.4, 1.0)[:, None]
    seen = ground.sightings(EARTH_RADIUS * up, up, sky, minimum_elevation=elevation)
    half = np.arccos(EARTH_RADIUS * np.cos(elevation) / radius) - elevation
    assert seen.count(1)[0] == pytest.approx(n * (1 - np.cos(half)) / 2, rel=5e-3)
    assert seen.distance.max() == pytest.approx(float(ground.slant_range(altitude, elevation)), rel=2e-3)
    assert seen.distance.min() == pytest.approx(altitude, rel=1e-3)


@given(st.floats(150e3, 5e7), st.floats(0.01, np.pi / 2))
def test_flat_ground_reaches_further(altitude, elevation):
    """A flat Earth overstates the range at an elevation, and overhead both are the altitude."""
    assert ground.slant_range(altitude, elevation) <= ground.flat_range(altitude, elevation) * (1 + 1e-9)
    assert ground.slant_range(altitude, np.pi / 2) == pytest.approx(altitude, rel=1e-6)


def test_hypatias_range():
    """The 30 deg of the published Kuiper round trips are a range of 1,260 km, really 25.2 deg."""
    longest = ground.flat_range(630e3, np.radians(30.0))
    assert longest == pytest.approx(1260e3)
    assert ground.slant_range(630e3, np.radians(25.2)) == pytest.approx(float(longest), rel=1e-3)


@pytest.mark.parametrize(("latitude", "longitude"), [(14.6, 2.1), (0.3, 121.0), (np.nan, 0.0)])
def test_degrees_are_refused(latitude, longitude):
    """Degrees given for radians, or no number, raise with the conversion to write."""
    with pytest.raises(UserError, match=r"np\.radians"):
        ground.station_position(latitude, longitude)


def test_an_elevation_in_degrees_is_refused():
    """A minimum elevation of 30 rad is the user's mistake."""
    sky, stations, up = _random_sky(10, 1)
    with pytest.raises(UserError, match="minimum_elevation"):
        ground.sightings(stations, up, sky, minimum_elevation=30.0)
