"""The quality table itself."""

import numpy as np
import pytest

from dawndusk.core.calendar import Calendar
from dawndusk.core.records import replace
from dawndusk.demand.process import sample
from dawndusk.demand.quality import compare, quantile
from dawndusk.demand.tree import build


def test_weighted_quantile():
    """A quantile is the smallest value whose cumulated weight reaches the level."""
    values, weights = np.array([3.0, 1.0, 2.0]), np.array([0.5, 0.2, 0.3])
    found = quantile(values, weights, np.array([0.1, 0.2, 0.21, 0.5, 0.51, 1.0]))
    np.testing.assert_array_equal(found, [1, 1, 2, 2, 3, 3])


def test_quantile_agrees_with_numpy():
    """With equal weights it is numpy's inverted distribution function."""
    values = np.random.default_rng(0).normal(size=997)
    levels = np.array([0.05, 0.5, 0.95])
    expected = np.quantile(values, levels, method="inverted_cdf")
    np.testing.assert_array_equal(quantile(values, np.full(997, 1 / 997), levels), expected)


def test_an_error_is_seen(demand, gates, calendar):
    """A tree whose demand is a tenth of a standard deviation too high fails mean and median, not tails."""
    paths = sample(demand, gates, calendar, n=5000, seed=0)
    tree = build(paths, demand, gates, calendar)
    moved = replace(tree, demand=tree.demand * np.exp(0.1 * paths.log_demand[:, -1].std()))
    last = [row for row in compare(moved, paths, calendar) if row.period == "2036Q1"]
    assert [row.statistic for row in last if not row.good] == ["mean", "median"]
    assert [row.error for row in last] == pytest.approx([0.1] * 4, abs=0.04)


def test_short_horizon(demand):
    """A horizon that ends before 2028Q4 is judged in its last quarter only."""
    calendar = Calendar(start="2026Q2", periods=6)
    paths = sample(demand, (), calendar, n=1000, seed=0)
    rows = compare(build(paths, demand, (), calendar, leaves=8), paths, calendar)
    assert {row.period for row in rows} == {"2027Q3"}
