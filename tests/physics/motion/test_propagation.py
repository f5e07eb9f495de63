"""Compiled positions and light beside their plain twins."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.physics.light import exact_light as exact

from dawndusk.core import memory
from dawndusk.core.constants import EARTH_RADIUS, YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.light import shadow
from dawndusk.physics.motion import orbit, orbit_kernels, propagation, secular, sun
from dawndusk.physics.motion.elements import Elements

EPOCH = 8.6e8  # in 2027
MILLIMETRE = 1e-3
NAMES = (
    "semi_major_axis",
    "eccentricity",
    "inclination",
    "raan",
    "argument_of_perigee",
    "mean_anomaly",
    "epoch",
)


def satellites(count, *, least=0.0, most=0.0, seed=0):
    """Satellites on random orbits with eccentricities between two bounds and epochs over two days."""
    draw = np.random.default_rng(seed).uniform
    eccentricity = draw(least, most, count)
    perigee = EARTH_RADIUS + draw(150e3, 2000e3, count)
    angles = draw(0.0, 2.0 * np.pi, (3, count))
    tilt, epoch = draw(0.0, np.pi, count), EPOCH + draw(-86400.0, 86400.0, count)
    values = (perigee / (1.0 - eccentricity), eccentricity, tilt, *angles, epoch)
    return Elements(**dict(zip(NAMES, values, strict=True)))


def circles(count, altitude, inclination):
    """Circular orbits of one kind with nodes all around."""
    zero = np.zeros(count)
    raan = np.linspace(0.0, 6.0, count)
    values = (zero + EARTH_RADIUS + altitude, zero, zero + inclination, raan, zero, zero, zero + EPOCH)
    return Elements(**dict(zip(NAMES, values, strict=True)))


@pytest.mark.parametrize("way", range(3))
@pytest.mark.parametrize("after", [0.0, 1e5, YEAR, 5.0 * YEAR])
def test_positions_agree_with_the_twin_to_a_millimetre(way, after):
    """10,000 random satellites of each way to solve Kepler's equation, up to five years from the epoch."""
    bounds = [(0.0, 0.0), (0.0, 0.01), (0.0, 0.9)]
    elements = satellites(10_000, least=bounds[way][0], most=bounds[way][1], seed=way)
    motion = propagation.motion_of(elements)
    assert motion.way == way
    found = propagation.positions(motion, EPOCH + after)
    assert np.abs(found - secular.positions(elements, EPOCH + after)).max() < MILLIMETRE


@given(
    eccentricity=st.floats(0.0, 0.9),
    perigee=st.floats(150e3, 2000e3),
    inclination=st.floats(0.0, 3.14),
    angles=st.tuples(*[st.floats(-10.0, 10.0)] * 3),
    after=st.floats(-5.0 * YEAR, 5.0 * YEAR),
)
def test_any_orbit_agrees_with_the_twin(eccentricity, perigee, inclination, angles, after):
    """For any elements and instant, compiled position and twin are within a millimetre."""
    axis = (EARTH_RADIUS + perigee + 1.0) / (1.0 - eccentricity)
    values = (axis, eccentricity, inclination, *angles, EPOCH)
    elements = Elements(**{name: np.array([value]) for name, value in zip(NAMES, values, strict=True)})
    found = propagation.positions(propagation.motion_of(elements), EPOCH + after)
    assert np.abs(found - secular.positions(elements, EPOCH + after)).max() < MILLIMETRE


@pytest.mark.parametrize("most", [0.0, 0.01, 0.5])
def test_tracks_are_positions_at_each_instant(most):
    """Tracks of three satellites over 1,300 instants (more than a block) equal the positions one by one."""
    motion = propagation.motion_of(satellites(3, most=most))
    seconds = EPOCH + np.arange(1300) * 37.0
    found = propagation.tracks(motion, seconds)
    assert found.shape == (3, 3, 1300)
    for k in (0, 511, 512, 1299):
        assert found[:, :, k] == pytest.approx(propagation.positions(motion, seconds[k]), abs=1e-6)


def test_positions_do_not_depend_on_the_number_of_parts():
    """One part or several threads give the same bytes, into a given array or a new one."""
    motion = propagation.motion_of(satellites(50_001, most=0.01))
    alone, given_out = np.empty((3, 50_001)), np.empty((3, 50_001))
    orbit_kernels.fill(motion.table, motion.way, 1000.0 - (motion.epoch - EPOCH), 0, 50_001, alone)
    found = propagation.positions(motion, EPOCH + 1000.0, given_out)
    assert found is given_out
    assert np.abs(found - alone).max() < 1e-6
    assert np.array_equal(found, propagation.positions(motion, EPOCH + 1000.0))


def light_under_a_standing_sun(elements, since):
    """Mean light and instants in shadow with the Sun held where it is at the epoch."""
    motion = propagation.motion_of(elements)
    sky = np.repeat(propagation._sky(np.array([EPOCH])), since.size, axis=1)
    lost, dark = np.empty(motion.size), np.empty(motion.size)
    orbit_kernels.shade(motion.table, motion.way, since, sky, 0, motion.size, lost, dark)
    return 1.0 - lost / since.size, dark


@pytest.mark.parametrize("altitude", [160e3, 650e3, 2000e3, 35786e3])
def test_light_of_an_orbit_is_that_of_the_closed_form(altitude):
    """Mean light and time in shadow over one orbit equal the closed form, at all beta angles."""
    elements = circles(100, altitude, np.pi / 2.0)  # polar: the node stands still
    period = float(orbit.nodal_period(altitude, np.pi / 2.0))
    steps = 10_000
    mean, dark = light_under_a_standing_sun(elements, (np.arange(steps) + 0.5) / steps * period)
    distance = sun.sun_distance(EPOCH)
    beta = np.arcsin(orbit.sine_beta(np.pi / 2.0, elements.raan, sun.sun_direction(EPOCH)))
    assert np.ptp(np.abs(beta)) > 1.0
    assert np.abs(mean - exact.sunlit_fraction(beta, altitude, distance)).max() < 4e-5
    durations = exact.shadow_durations(beta, altitude, np.pi / 2.0, distance)[1]
    assert np.abs(dark * period / steps - durations).max() < 2.0 * period / steps


@pytest.mark.parametrize("most", [0.01, 0.6])
def test_light_of_eccentric_orbits_is_that_of_the_twin(most):
    """Instant by instant, the twin's places and the discs of `light.shadow` give the same mean light."""
    elements = replace(satellites(40, most=most), epoch=np.full(40, EPOCH))
    since = np.arange(600) * 10.0
    mean, dark = light_under_a_standing_sun(elements, since)
    places = secular.positions(elements, EPOCH + since[:, None])
    radius = np.linalg.norm(places, axis=0)
    behind = -np.tensordot(sun.sun_direction(EPOCH), places, axes=1) / radius
    angle = np.arccos(np.clip(behind, -1.0, 1.0))
    seen = shadow.visible_disc_fraction(angle, radius - EARTH_RADIUS, sun.sun_distance(EPOCH))
    assert np.abs(mean - seen.mean(axis=0)).max() < 4e-5
    assert np.abs(dark - (seen < 1.0 - 1e-9).sum(axis=0)).max() <= 2


def test_light_over_a_day_follows_the_sun():
    """With the real Sun and fourteen orbits, light and shadow are those of the closed form at midday."""
    tilt = float(orbit.sun_synchronous_inclination(650e3))
    elements = circles(30, 650e3, tilt)
    seconds = EPOCH + np.arange(0.0, 86400.0, 10.0)
    found = propagation.light(propagation.motion_of(elements), seconds)
    noon = EPOCH + 43200.0
    node = elements.raan + orbit.raan_rate(650e3, tilt) * 43200.0
    beta = np.arcsin(orbit.sine_beta(tilt, node, sun.sun_direction(noon)))
    expected = exact.sunlit_fraction(beta, 650e3, sun.sun_distance(noon))
    assert np.abs(found.mean - expected).max() < 0.4 / 14.7  # at most the missing part of the last orbit
    assert np.abs(found.mean - expected).mean() < 0.01
    full = found.mean == 1.0
    assert full.any()
    assert np.all((found.shadow == 0.0) == full)
    assert np.all(found.shadow <= 86400.0 * (1.0 - found.mean) * 1.2 + 300.0)


def test_requests_that_cannot_be_served_are_told():
    """Too eccentric, no satellite, far or uneven instants, an unfit array: each is the user's mistake."""
    motion = propagation.motion_of(satellites(4))
    bad_calls = [
        (lambda: propagation.motion_of(satellites(4, least=0.91, most=0.95)), "0 to 0.9"),
        (lambda: propagation.motion_of(satellites(0)), "at least one"),
        (lambda: propagation.positions(motion, np.nan), "100 years"),
        (lambda: propagation.positions(motion, EPOCH, np.empty((4, 3))), "contiguous"),
        (lambda: propagation.tracks(motion, np.array([EPOCH + 200 * YEAR])), "100 years"),
        (lambda: propagation.tracks(motion, np.full((2, 2), EPOCH)), "instants"),
        (lambda: propagation.light(motion, EPOCH + np.array([0.0, 1.0, 5.0])), "evenly"),
        (lambda: propagation.light(motion, np.array([EPOCH])), "evenly"),
    ]
    for call, words in bad_calls:
        with pytest.raises(UserError, match=words):
            call()


def test_memory_is_asked_before_it_is_taken(monkeypatch):
    """A request beyond the machine's memory says how much, and how many satellites would fit."""
    monkeypatch.setattr(memory, "memory_here", lambda: 24e9)
    motion = propagation.motion_of(satellites(1000))
    with pytest.raises(UserError, match="needs 48 GB, this machine has 24 GB") as told:
        propagation.tracks(motion, EPOCH + np.arange(2_000_000) * 1.0)
    assert "at most 399 satellites" in str(told.value)
