"""Site diversity against closed forms of the normal distribution."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.errors import UserError
from dawndusk.physics.network import weather

SHARES, RHO = st.floats(0.01, 0.99), st.floats(0.0, 0.99)


@pytest.mark.parametrize("sites", [1, 2, 3, 10, 100])
def test_half_clear_half_correlated(sites):
    """Sites clear half the time at correlation one half are all cloudy together 1 time in sites + 1."""
    found = weather.diversity_availability(np.full(sites, 0.5), 0.5)
    assert found == pytest.approx(1 - 1 / (sites + 1), abs=1e-12)


@given(RHO)
def test_two_sites_by_sheppard(rho):
    """Two half-clear sites are both cloudy for 1/4 + asin(rho) / 2 pi of the time (Sheppard 1899)."""
    none = 0.25 + np.arcsin(rho) / (2 * np.pi)
    assert weather.diversity_availability([0.5, 0.5], rho) == pytest.approx(1 - none, abs=1e-9)


@given(st.lists(SHARES, min_size=1, max_size=6))
def test_independent_sites_multiply(shares):
    """Without correlation the chances of clouds multiply, and a correlation of next to nothing is no jump."""
    none = np.prod(1 - np.array(shares))
    assert weather.diversity_availability(shares) == pytest.approx(1 - none, abs=1e-12)
    assert weather.diversity_availability(shares, 1e-9) == pytest.approx(1 - none, abs=1e-4)


@given(st.lists(SHARES, min_size=2, max_size=6), RHO, RHO)
def test_correlation_costs(shares, one, other):
    """More correlation never helps, and the best site alone is a floor."""
    low, high = sorted((one, other))
    free, tied = weather.diversity_availability(shares, np.array([low, high]))
    assert free >= tied - 1e-12
    assert tied >= max(shares) - 1e-9


def test_draws_broadcast_behind_the_sites():
    """Sites are the first axis; draws of availability and correlation follow."""
    alone = np.array([[0.5, 0.75, 0.85]] * 3)
    found = weather.diversity_availability(alone, np.array([0.0, 0.3, 0.5]))
    assert found.shape == (3,)
    assert found[0] == pytest.approx(1 - 0.5**3)
    assert found[2] == pytest.approx(float(weather.diversity_availability(alone[:, 2], 0.5)), rel=1e-12)


def test_sure_sites():
    """A site that is always clear settles it; one that never is adds nothing."""
    assert weather.diversity_availability([1.0, 0.5], 0.5) == pytest.approx(1.0, abs=1e-12)
    assert weather.diversity_availability([0.0, 0.5], 0.5) == pytest.approx(0.5, abs=1e-12)


@pytest.mark.parametrize(("alone", "sites"), [(0.5, 7), (0.75, 4), (0.85, 3)])
def test_sites_for_99_percent(alone, sites):
    """Independent sites of 50, 75 and 85 % need seven, four and three for 99 %."""
    assert weather.sites_needed(alone, 0.99) == sites


@given(st.floats(0.2, 0.99), st.floats(0.0, 0.5), st.floats(0.1, 0.97))
def test_sites_needed_are_the_fewest(alone, rho, target):
    """So many sites reach the target, one fewer does not."""
    sites = weather.sites_needed(alone, target, rho)
    assert weather.diversity_availability(np.full(sites, alone), rho) >= target - 1e-12
    if sites > 1:
        assert weather.diversity_availability(np.full(sites - 1, alone), rho) < target + 1e-12


def test_correlation_falls_with_distance():
    """It is 1 in place and 1/e at the scale; on the equator 400 km are 3.593 deg."""
    assert weather.cloud_correlation(np.array([0.0, 400e3])) == pytest.approx([1.0, np.exp(-1)])
    assert weather.mean_correlation(np.zeros(2), np.radians([0.0, 3.5933])) == pytest.approx(
        np.exp(-1), rel=1e-4
    )
    assert weather.mean_correlation(np.array([0.1]), np.array([0.2])) == 0.0


def test_one_correlation_for_all_pairs_is_4_to_7_percent_low():
    """Two sites side by side and one apart: all cloudy for 0.2301 of the time, 0.2146 by the mean."""
    near, far = 0.9, 0.1
    exact = 1 / 8 + (np.arcsin(near) + 2 * np.arcsin(far)) / (4 * np.pi)
    ours = 1 - weather.diversity_availability([0.5] * 3, (near + 2 * far) / 3)
    assert ours / exact == pytest.approx(0.933, abs=1e-3)


def test_unreachable_targets_and_percentages_are_refused():
    """Too high a target, percent for shares, and a correlation of one raise with what to write."""
    with pytest.raises(UserError, match="target"):
        weather.sites_needed(0.5, 0.999999, 0.95)
    with pytest.raises(UserError, match="availability"):
        weather.diversity_availability([75.0])
    with pytest.raises(UserError, match="correlation"):
        weather.diversity_availability([0.5, 0.5], 1.0)
