"""Few values that stand for a sample."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from dawndusk.demand.atoms import LEVELS, atoms, three_weights
from dawndusk.demand.quality import quantile


def _normal(n=20_000):
    return norm.ppf((np.arange(n) + 0.5) / n)


def test_pearson_tukey_weights():
    """For a normal sample the three weights are 0.185, 0.63, 0.185 (Keefer and Bodily 1983)."""
    np.testing.assert_allclose(three_weights(_normal()[:, None]), [0.185, 0.63, 0.185], atol=5e-4)


def test_three_weights_hold_skew():
    """With its three weights a shifted gamma sample keeps mean and variance."""
    sample = np.sort(np.random.default_rng(0).gamma(6.0, size=40_000))
    weight = three_weights(sample[:, None])
    points = np.quantile(sample, LEVELS, method="inverted_cdf")
    assert weight @ points == pytest.approx(sample.mean(), rel=1e-9)
    assert weight @ (points - sample.mean()) ** 2 == pytest.approx(sample.var(), rel=1e-9)


def test_one_atom_is_the_mean():
    """One atom is the sample's mean; two keep mean and variance as far as they may move."""
    ranked = _normal()
    assert atoms(ranked, np.array([20_000])) == pytest.approx(ranked.mean())
    np.testing.assert_allclose(atoms(ranked, np.array([10_000, 10_000])), [-1, 1], rtol=0.01)


@pytest.mark.parametrize("parts", [(185, 630, 185), (90, 200, 420, 200, 90), (100,) * 10])
def test_atoms_keep_the_normal(parts):
    """Atoms of a normal sample have its mean, 5/50/95 % points and its variance."""
    ranked, counts = _normal(), np.array(parts) * 20
    value, weight = atoms(ranked, counts), counts / 20_000
    spread = weight @ (value - weight @ value) ** 2
    assert weight @ value == pytest.approx(0, abs=0.002)
    np.testing.assert_allclose(quantile(value, weight, np.array(LEVELS)), [-1.645, 0, 1.645], atol=0.065)
    assert spread == pytest.approx(1, rel=0.01)


@given(st.integers(0, 10_000), st.lists(st.integers(1, 400), min_size=1, max_size=30))
@settings(max_examples=60, deadline=None)
def test_atoms_do_not_fall(seed, counts):
    """Atoms of any skewed sample rise with their rank and stay finite."""
    counts = np.array(counts)
    ranked = np.sort(np.random.default_rng(seed).gamma(0.7, size=counts.sum()))
    value = atoms(ranked, counts)
    assert np.all(np.isfinite(value))
    assert np.all(np.diff(value) >= -1e-9)


def test_a_sample_without_spread():
    """Equal values give equal atoms."""
    np.testing.assert_allclose(atoms(np.full(100, 3.0), np.array([10, 50, 30, 10])), 3.0)
