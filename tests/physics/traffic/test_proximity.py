"""Exact pairs, counts and nearest neighbours at one instant."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.errors import UserError
from dawndusk.physics.traffic import proximity


def _places(satellites, seed=0):
    return np.random.default_rng(seed).uniform(-50e3, 50e3, (3, satellites))


def _apart(places):
    return np.sqrt(((places[:, :, None] - places[:, None]) ** 2).sum(axis=0))


def test_pairs_are_those_of_the_full_table_of_distances():
    """The tree finds exactly the pairs that a table of all distances shows."""
    places = _places(400)
    wanted = np.argwhere(np.triu(_apart(places) < 8e3, 1))
    found = proximity.pairs_within(places, 8e3)
    assert found.dtype == np.int64
    np.testing.assert_array_equal(found[np.lexsort(found.T[::-1])], wanted)


def test_counts_are_those_of_the_full_table_of_distances():
    """Counts at several radii equal those of a table of all distances."""
    places, radii = _places(400, 1), np.array([1e3, 5e3, 40e3])
    upper = _apart(places)[np.triu_indices(400, 1)]
    np.testing.assert_array_equal(proximity.pair_counts(places, radii), (upper[:, None] <= radii).sum(axis=0))


def test_nearest_distance_is_the_least_of_the_table():
    """The nearest other satellite is as far as the least entry of its row."""
    places = _places(300, 2)
    table = _apart(places) + np.diag(np.full(300, np.inf))
    np.testing.assert_allclose(proximity.nearest_distance(places), table.min(axis=0), rtol=1e-12)


def test_too_many_pairs_are_refused_with_a_radius_that_works():
    """What would not fit is refused before it is made, and the radius suggested is accepted."""
    places = _places(2000, 3)
    with pytest.raises(UserError) as caught:
        proximity.pairs_within(places, 40e3, most=10_000)
    told = caught.value.problems[0]
    assert "pairs" in told.read
    smaller = 1e3 * float(told.write.split("a radius of ")[1].split(" km")[0])
    assert len(proximity.pairs_within(places, smaller, most=10_000)) <= 10_000


@pytest.mark.parametrize(
    ("places", "radius"),
    [
        (np.array([[0.0, np.nan], [0.0, 0.0], [0.0, 0.0]]), 1e3),
        (np.zeros((2, 5)), 1e3),
        (_places(5), 0.0),
        (_places(5), np.nan),
    ],
)
def test_bad_input_is_the_users_mistake(places, radius):
    """Lost positions, a wrong shape and a radius of nothing are told, not computed."""
    with pytest.raises(UserError):
        proximity.pairs_within(places, radius)
    with pytest.raises(UserError):
        proximity.pair_counts(places, np.array([radius]))


def test_one_satellite_has_no_neighbour():
    """The nearest of a single satellite is asked for in vain."""
    with pytest.raises(UserError):
        proximity.nearest_distance(np.zeros((3, 1)))
