"""Rings, grids and nearest links, and which of them have a clear line of sight."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.errors import UserError
from dawndusk.physics.network import topology

FEW = st.integers(3, 12)


def test_grid_by_hand():
    """Three planes of three satellites, shifted by one over the seam, are linked as drawn."""
    links = topology.grid(3, 3, shift=np.array([0, 0, 1]))
    found = {tuple(sorted(pair)) for pair in links.T.tolist()}
    within = {(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (6, 7), (7, 8), (6, 8)}
    across = {(0, 3), (1, 4), (2, 5), (3, 6), (4, 7), (5, 8), (1, 6), (2, 7), (0, 8)}
    assert found == within | across


@given(FEW, FEW, st.integers(-20, 20), st.integers(0, 100))
def test_each_satellite_of_a_grid_has_four_links(planes, slots, shift, first):
    """Whatever the size and shift, two links lie within the plane and one leads to either neighbour."""
    links = topology.grid(planes, slots, shift=shift, first=first)
    count = np.bincount(links.ravel() - first, minlength=planes * slots)
    assert links.min() == first
    assert set(count) == {4}
    assert len({frozenset(pair) for pair in links.T.tolist()}) == 2 * planes * slots


def test_small_shells_have_no_double_links():
    """One satellite has no ring, two share one link, and two planes are linked once."""
    assert topology.rings(5, 1).shape == (2, 0)
    np.testing.assert_array_equal(topology.rings(1, 2), [[0], [1]])
    np.testing.assert_array_equal(topology.rungs(2, 2), [[0, 1], [2, 3]])
    assert topology.rungs(1, 9).shape == (2, 0)


def test_an_open_grid_has_no_seam():
    """Without the seam the last plane has no links to the first."""
    links = topology.rungs(4, 5, closed=False)
    assert links.shape == (2, 15)
    assert np.all(links[1] - links[0] == 5)


@given(st.integers(3, 40), st.floats(-3.0, 3.0), st.floats(-3.0, 3.0))
def test_nearest_shift_is_nearest(slots, here, there):
    """No slot of the other plane is nearer in phase than the one that the shift names."""
    slot = topology.nearest_shift(np.array([here]), np.array([there]), slots)[0]
    spacing = 2 * np.pi / slots
    apart = np.angle(np.exp(1j * (there + spacing * np.arange(slots) - here)))
    assert abs(apart[slot % slots]) <= np.abs(apart).min() + 2e-6 * spacing


def test_staggered_planes_are_linked_number_to_number():
    """Half a slot ahead or behind, the satellite of the same number is taken."""
    phase = np.array([0.0, 0.5, 0.0, 0.5]) * 2 * np.pi / 34
    np.testing.assert_array_equal(topology.nearest_shift(phase, np.roll(phase, -1), 34), 0)


def test_links_below_80_km_are_cut():
    """A chord that touches the lowest altitude is the longest that counts; the next longer one is cut."""
    radius = EARTH_RADIUS + 630e3
    longest = 2 * np.sqrt(radius**2 - (EARTH_RADIUS + 80e3) ** 2)
    half = np.arcsin(longest / 2 / radius) + np.array([-1e-6, 1e-6])
    ends = radius * np.array([np.cos(half), np.sin(half), 0 * half])
    positions = np.concatenate([ends, ends * [[1], [-1], [1]]], axis=1)
    links = np.array([[0, 1], [2, 3]])
    np.testing.assert_array_equal(topology.clear(positions, links), [True, False])
    np.testing.assert_allclose(topology.lowest_points(positions, links), EARTH_RADIUS + 80e3, rtol=1e-6)


def test_lowest_point_of_a_climbing_link_is_its_lower_end():
    """Where the foot of the perpendicular lies outside the link, the nearer end counts."""
    positions = np.array([[7e6, 8e6], [0.0, 1e5], [0.0, 0.0]])
    assert topology.lowest_points(positions, np.array([[0], [1]])) == pytest.approx([7e6])


def test_a_longest_link_cuts():
    """Links longer than told are cut although nothing is in their way."""
    positions = np.array([[7e6, 7e6, 7e6], [0.0, 1e6, 3e6], [0.0, 0.0, 0.0]])
    links = np.array([[0, 0], [1, 2]])
    np.testing.assert_array_equal(topology.clear(positions, links, longest=2e6), [True, False])
    np.testing.assert_allclose(topology.link_lengths(positions, links), [1e6, 3e6])


def test_no_planes_is_the_users_mistake():
    """A grid of no planes is refused."""
    with pytest.raises(UserError, match="planes"):
        topology.grid(0, 5)
