"""The cluster: its lattice, its distances, and its drift against an integration of the J2 field."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dawndusk.core.errors import UserError
from dawndusk.physics.motion.orbit import mean_motion, orbit_radius, sun_synchronous_inclination
from dawndusk.validation.formation.motion import (
    cluster,
    distances,
    drift_per_orbit,
    holding,
    lattice,
    matched,
    neighbours,
    scaled,
    shape_cycles,
)
from dawndusk.validation.formation.oblate_paths import (
    Orbiting,
    axes,
    energies,
    flown,
    inertial,
    reference_start,
    seen_from_first,
)
from dawndusk.validation.formation.relative_motion import carried, staying

TILT = float(sun_synchronous_inclination(650e3))
RATE = float(mean_motion(650e3))
TURN = 2.0 * np.pi / RATE
EQUATOR = Orbiting(altitude=650e3, inclination=TILT)
POLE = Orbiting(altitude=650e3, inclination=TILT, argument=math.pi / 2.0)
SLANT = Orbiting(altitude=650e3, inclination=TILT, argument=0.7)


def eight(orbit: Orbiting) -> tuple[np.ndarray, np.ndarray]:
    """The reference, and eight satellites at eight phases of the outermost ellipse by Hill's equations."""
    phase = np.arange(8) * np.pi / 4.0
    places = 500.0 * np.array([np.cos(phase), 2.0 * np.sin(phase)])
    return reference_start(orbit), staying(places, RATE)


@pytest.mark.parametrize(("rings", "count"), [(0, 1), (1, 5), (2, 13), (3, 29), (4, 49), (5, 81), (10, 317)])
def test_lattice_points_in_a_circle(rings: int, count: int) -> None:
    """The counts are those of Gauss's circle problem, 81 at radius 5."""
    places = lattice(rings * 100.0, 100.0)
    assert places.shape == (2, count)
    assert ((places[0]) ** 2 + (places[1] / 2.0) ** 2).max() <= (rings * 100.0) ** 2 * (1 + 1e-12)


def test_every_neighbour_is_found_once() -> None:
    """81 points in a circle of radius 5 have as many sides and diagonals as a count one by one finds."""
    places = lattice(500.0, 100.0)
    grid = {(round(x / 100.0), round(y / 200.0)) for x, y in places.T}
    sides = sum((x + 1, y) in grid for x, y in grid) + sum((x, y + 1) in grid for x, y in grid)
    across = sum((x + 1, y + 1) in grid for x, y in grid) + sum((x + 1, y - 1) in grid for x, y in grid)
    assert neighbours(places, 100.0).shape == (2, sides)
    assert neighbours(places, 100.0, diagonal=True).shape == (2, across)


def test_the_cluster_of_the_paper() -> None:
    """81 satellites, neighbours at 100-200 m and 141.4-282.8 m, two cycles, and J2's axes 2 : 1.0006."""
    found = cluster(EQUATOR, 500.0, 100.0)
    assert (found.satellites, found.cycles) == (81, 2.0)
    assert found.direct == pytest.approx([100.0, 200.0], rel=1e-4)
    assert found.diagonal == pytest.approx([100.0 * math.sqrt(2.0), 200.0 * math.sqrt(2.0)], rel=1e-4)
    assert found.axis == pytest.approx(1.00063, abs=5e-6)


def test_one_factor_helps_over_equator_and_pole_only() -> None:
    """There it brings the cost below 3 m/s a year at 1 km; in between only equal energies do."""
    for orbit in (EQUATOR, POLE):
        hill, corrected, equal = cluster(orbit, 500.0, 100.0).yearly
        assert hill > 3.0 > corrected
        assert equal < 1e-4
    hill, corrected, equal = cluster(SLANT, 500.0, 100.0).yearly
    assert corrected > 0.9 * hill > 10.0
    assert equal < 1e-4


@settings(max_examples=25, deadline=None)
@given(pitch=st.floats(1.0, 5000.0), rings=st.integers(1, 6), angle=st.floats(0.0, 6.28))
def test_neighbours_stay_between_one_and_two_pitches(pitch: float, rings: int, angle: float) -> None:
    """At any time the distance along a side of the lattice lies between one and two pitches."""
    places = lattice(rings * pitch, pitch)
    paths = carried(staying(places, RATE), RATE, np.array([angle / RATE]))[:3]
    apart = distances(paths, neighbours(places, pitch))
    assert np.all((apart > pitch * (1 - 1e-9)) & (apart < 2.0 * pitch * (1 + 1e-9)))


def test_the_drift_by_energies_is_the_drift_flown() -> None:
    """The along-track slope over 15 orbits is what the energies give, to 0.2 % or 2 mm per orbit."""
    reference, states = eight(SLANT)
    start = inertial(reference, states)
    seconds = np.linspace(0.0, 15.0 * TURN, 601)
    along = seen_from_first(flown(start, seconds))[1]
    turn = RATE * seconds
    terms = [np.ones_like(turn), turn, np.cos(turn), np.sin(turn), turn * np.cos(turn), turn * np.sin(turn)]
    slope = np.linalg.lstsq(np.array(terms).T, along.T, rcond=None)[0][1] * 2.0 * np.pi
    expected = drift_per_orbit(start)
    assert np.abs(expected).max() > 25.0
    assert slope == pytest.approx(expected, rel=2e-3, abs=2e-3)


def test_equal_energies_hold_the_cluster_for_a_day() -> None:
    """With equal energies neighbours stay within 1 m of 100-200 m for 15 orbits of the J2 field."""
    places = lattice(200.0, 100.0)
    reference = reference_start(SLANT)
    start = inertial(reference, matched(reference, staying(places, RATE)))
    apart = distances(
        seen_from_first(flown(start, np.linspace(0.0, 15.0 * TURN, 601))), neighbours(places, 100.0)
    )
    assert apart.min() > 99.0
    assert apart.max() < 201.0


def test_a_round_trip_of_frames() -> None:
    """What is put around the reference is seen from it at the same place."""
    reference, states = eight(SLANT)
    assert seen_from_first(inertial(reference, states)[..., None])[..., 0] == pytest.approx(
        states[:3], abs=1e-8
    )
    directions = axes(reference)
    assert directions @ directions.T == pytest.approx(np.eye(3), abs=1e-14)


def test_the_integration_keeps_energy() -> None:
    """Energy in the J2 field changes by less than 1e-12 of itself over 5 orbits."""
    start = inertial(*eight(SLANT))
    energy = energies(flown(start, np.linspace(0.0, 5.0 * TURN, 11)))
    assert np.abs(energy / energy[:, :1] - 1.0).max() < 1e-12


def test_the_reference_is_as_circular_as_j2_allows() -> None:
    """Its radius is 650 km's within 20 m on average, and twice per orbit 1.54 km more and less."""
    path = flown(reference_start(POLE)[:, None], np.linspace(0.0, 10.0 * TURN, 2001))[:3, 0]
    radius = np.linalg.norm(path, axis=0) - float(orbit_radius(650e3))
    assert radius.mean() == pytest.approx(0.0, abs=20.0)
    assert (radius.max() - radius.min()) / 2.0 == pytest.approx(1537.0, abs=20.0)


def test_holding_costs_two_thirds_of_the_drift_per_period() -> None:
    """30 m per orbit cost 2 x 30 / 3T m/s in each of 5,387 orbits a year: about 18 m/s."""
    assert holding(30.0, 650e3) == pytest.approx(60.0 / (3.0 * TURN) * 31557600.0 / TURN, rel=1e-12)
    assert holding(np.array([-30.0, 0.0]), 650e3) == pytest.approx([18.36, 0.0], abs=0.02)


def test_the_impulses_of_holding_take_the_drift_back() -> None:
    """By Hill's equations drift / 3T along the track moves a satellite by the drift in one orbit."""
    state = np.array([[0.0], [0.0], [0.0], [0.0], [30.0 / (3.0 * TURN)], [0.0]])
    assert carried(state, RATE, np.array([TURN]))[1, 0, 0] == pytest.approx(-30.0, rel=1e-12)


def test_scaled_heights() -> None:
    """A factor changes heights and climbs only."""
    _, states = eight(EQUATOR)
    changed = scaled(states, 1.1)
    assert changed[[0, 3]] == pytest.approx(1.1 * states[[0, 3]])
    assert changed[[1, 2, 4, 5]] == pytest.approx(states[[1, 2, 4, 5]])


def test_cycles_of_a_wave() -> None:
    """A wave of three turns has three cycles."""
    turn = np.linspace(0.0, 2.0 * np.pi, 360, endpoint=False)
    assert shape_cycles(np.array([np.sin(3.0 * turn), np.cos(turn)])) == pytest.approx([3.0, 1.0])


@pytest.mark.parametrize("bad", [(0.0, 0.0), (500.0, -1.0), (np.nan, 100.0), (1e6, 100.0), (500.0, np.nan)])
def test_impossible_lattices_are_refused(bad: tuple[float, float]) -> None:
    """No pitch, no reach and far too many satellites are the caller's mistake."""
    with pytest.raises(UserError, match="cluster of 1 to"):
        lattice(*bad)
