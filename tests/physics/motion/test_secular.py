"""Secular J2 theory in plain numpy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import EARTH_RADIUS, GRAVITATIONAL_PARAMETER, YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.motion import orbit, secular
from dawndusk.physics.motion.elements import Elements

EPOCH = 8.5e8


def satellites(count=1, *, altitude=650e3, eccentricity=0.0, inclination=1.0, seed=0):
    """Satellites at random places of orbits with a common perigee altitude."""
    angles = np.random.default_rng(seed).uniform(0.0, 2.0 * np.pi, (3, count))
    shape = np.broadcast_to(np.asarray(eccentricity, dtype=np.float64), count).copy()
    return Elements(
        semi_major_axis=(EARTH_RADIUS + altitude) / (1.0 - shape),
        eccentricity=shape,
        inclination=np.full(count, inclination),
        raan=angles[0],
        argument_of_perigee=angles[1],
        mean_anomaly=angles[2],
        epoch=np.full(count, EPOCH),
    )


@given(st.floats(-50.0, 50.0), st.floats(0.0, 0.999999))
def test_keplers_equation_is_solved(mean, eccentricity):
    """E - e sin E gives the mean anomaly back to a few units in the last place."""
    found = secular.eccentric_anomaly(mean, eccentricity)
    assert found - eccentricity * np.sin(found) == pytest.approx(mean, abs=1e-13)


def test_rates_of_circular_orbits_are_those_of_the_circular_theory():
    """At eccentricity zero the three rates equal those of physics.motion.orbit."""
    found = secular.rates(satellites(inclination=1.7))
    assert found.raan[0] == pytest.approx(orbit.raan_rate(650e3, 1.7), rel=1e-14)
    perigee = found.argument_of_perigee[0]
    assert perigee == pytest.approx(orbit.argument_of_perigee_rate(650e3, 1.7), rel=1e-13)
    along = orbit.argument_of_latitude_rate(650e3, 1.7)
    assert perigee + found.mean_anomaly[0] == pytest.approx(along, rel=1e-14)


def test_perigee_of_a_molniya_orbit_stands_still():
    """At 63.4349 deg the perigee does not move, and at e = 0.74 and 12 h the node falls 0.15 deg/day."""
    elements = replace(
        satellites(eccentricity=0.74, inclination=np.arcsin(np.sqrt(0.8))),
        semi_major_axis=np.array([26553.4e3]),  # half a sidereal day
    )
    found = secular.rates(elements)
    assert abs(found.argument_of_perigee[0]) < 1e-20
    assert np.rad2deg(found.raan[0]) * 86400.0 == pytest.approx(-0.147, abs=2e-3)


def test_a_whole_number_of_turns_comes_back():
    """After the time of ten mean anomalies the satellite is at its perigee distance again."""
    elements = replace(satellites(eccentricity=0.3), mean_anomaly=np.zeros(1))
    turns = 10.0 * 2.0 * np.pi / secular.rates(elements).mean_anomaly[0]
    place = secular.positions(elements, EPOCH + turns)
    assert np.linalg.norm(place) == pytest.approx(EARTH_RADIUS + 650e3, rel=1e-12)


def test_place_at_the_epoch_is_the_textbook_rotation():
    """The place at the epoch is the perifocal vector turned by perigee, inclination and node."""
    elements = satellites(5, eccentricity=0.2, inclination=0.9, seed=4)
    found = secular.positions(elements, EPOCH)

    def turn(angle, i, j):
        matrix = np.eye(3)
        matrix[i, i] = matrix[j, j] = np.cos(angle)
        matrix[j, i], matrix[i, j] = np.sin(angle), -np.sin(angle)
        return matrix

    for k in range(5):
        anomaly = secular.eccentric_anomaly(elements.mean_anomaly[k], 0.2)
        plane = elements.semi_major_axis[k] * np.array(
            [np.cos(anomaly) - 0.2, np.sqrt(1.0 - 0.04) * np.sin(anomaly), 0.0]
        )
        turns = turn(elements.raan[k], 0, 1) @ turn(0.9, 1, 2) @ turn(elements.argument_of_perigee[k], 0, 1)
        assert found[:, k] == pytest.approx(turns @ plane, abs=1e-6)


def test_speed_is_nearly_that_of_kepler():
    """The speed differs from vis-viva by no more than the angles drift, 3 J2 on the equator: 0.33 %."""
    elements = satellites(50, eccentricity=np.linspace(0.0, 0.7, 50), inclination=0.3)
    place, velocity = secular.states(elements, EPOCH + 5e4)
    expected = GRAVITATIONAL_PARAMETER * (
        2.0 / np.linalg.norm(place, axis=0) - 1.0 / elements.semi_major_axis
    )
    assert np.linalg.norm(velocity, axis=0) == pytest.approx(np.sqrt(expected), rel=3.3e-3)


def test_instants_broadcast_against_satellites():
    """Instants of shape (T, 1) give (3, T, n), each row as if it were asked for alone."""
    elements = satellites(4, eccentricity=0.1)
    instants = EPOCH + np.arange(3) * 1000.0
    found = secular.positions(elements, instants[:, None])
    assert found.shape == (3, 3, 4)
    assert np.array_equal(found[:, 1], secular.positions(elements, instants[1]))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("eccentricity", 1.0, "below 1"),
        ("eccentricity", -0.1, "below 1"),
        ("eccentricity", np.nan, "finite"),
        ("eccentricity", 0.2, "150 km"),
        ("semi_major_axis", 6.3e6, "above 6378137 m"),
        ("semi_major_axis", EARTH_RADIUS + 149e3, "150 km"),
        ("inclination", 3.5, "0 to pi"),
        ("raan", np.inf, "finite"),
        ("epoch", np.nan, "finite"),
    ],
)
def test_elements_that_cannot_be_flown_name_the_satellite(name, value, words):
    """Each fault is told with the number of the satellite that has it."""
    elements = satellites(30)
    wrong = getattr(elements, name).copy()
    wrong[17] = value
    with pytest.raises(UserError, match=f"satellite 17.*(.|\n)*{words}"):
        secular.positions(replace(elements, **{name: wrong}), EPOCH)


def test_uneven_elements_and_far_instants_are_refused():
    """Arrays of unlike length, instants a century away, and instants that are no number."""
    elements = satellites(3)
    with pytest.raises(UserError, match="one shape"):
        secular.positions(replace(elements, raan=np.zeros(2)), EPOCH)
    for bad in (EPOCH + 101 * YEAR, np.nan):
        with pytest.raises(UserError, match="100 years"):
            secular.positions(elements, bad)
