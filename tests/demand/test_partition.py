"""Nested partition of paths."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dawndusk.demand.partition import branchings, partition


def _walk(n=2000, periods=40, seed=0):
    return np.cumsum(np.random.default_rng(seed).normal(size=(n, periods)), axis=1)


def test_one_node_never_branches():
    """One node at the end means no branching."""
    assert branchings(1, states=np.ones(40, dtype=np.int64), leaves=1) == ()


@given(st.integers(2, 600), st.integers(2, 60))
@settings(max_examples=80, deadline=None)
def test_branchings_rise_to_the_wanted_count(ends, periods):
    """Dates and counts rise, the first branching makes three nodes or more, the last all of them."""
    plan = branchings(ends, states=np.ones(periods, dtype=np.int64), leaves=ends)
    dates, counts = zip(*plan, strict=True)
    assert all(a < b for a, b in pairwise(dates))
    assert all(a < b for a, b in pairwise(counts))
    assert dates[0] >= 1
    assert dates[-1] < periods
    assert counts[0] >= min(3, ends)
    assert counts[-1] == ends


@pytest.mark.parametrize("leaves", [64, 256, 1024])
def test_branchings_spread_over_the_horizon(leaves):
    """The first branching comes within a year and a quarter, the last in the last quarter of the horizon."""
    dates = [date for date, _ in branchings(leaves, states=np.ones(40, dtype=np.int64), leaves=leaves)]
    assert dates[0] <= 5
    assert dates[-1] >= 30
    assert max(np.diff(dates)) <= 15


def test_levels_nest():
    """Each node's paths are the union of its children's, and lie between the node's edges."""
    walk = _walk()
    levels = partition(walk, ((4, 3), (15, 7), (30, 20)))
    assert [x.size for x in levels] == [1, 3, 7, 20]
    for above, level in pairwise(levels):
        np.testing.assert_array_equal(level.parent[level.labels], above.labels)
        value = walk[:, level.start]
        assert np.all((value >= level.low[level.labels]) & (value < level.high[level.labels]))
        for node in range(above.size):
            children = np.flatnonzero(level.parent == node)
            assert np.isneginf(level.low[children[0]])
            assert np.isposinf(level.high[children[-1]])
            np.testing.assert_array_equal(level.high[children[:-1]], level.low[children[1:]])


def test_every_node_is_cut_before_one_is_cut_twice():
    """With twice the nodes every node has two children."""
    levels = partition(_walk(), ((4, 3), (15, 6)))
    np.testing.assert_array_equal(np.bincount(levels[-1].parent), [2, 2, 2])


def test_a_cut_removes_most_variance():
    """Two clusters are cut between them, wherever they lie and however large they are."""
    values = np.concatenate([np.linspace(0, 1, 300), np.linspace(9, 10, 700)])
    walk = np.stack([np.zeros(1000), values], axis=1)
    level = partition(walk, ((1, 2),))[-1]
    np.testing.assert_array_equal(level.counts, [300, 700])
    assert level.high[0] == pytest.approx(5.0)


def test_equal_paths_are_not_cut():
    """Paths that do not differ stay in one node."""
    assert partition(np.zeros((100, 5)), ((1, 3), (3, 8)))[-1].size == 1
