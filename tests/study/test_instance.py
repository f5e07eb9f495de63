"""The planning problem of a scenario, and the fresh paths that check its plan."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.library.read import read
from dawndusk.study.instance import fresh_paths


def test_fresh_paths_are_a_fair_and_even_sample():
    """Forty stratified paths hold the mean demand three times closer than forty plain ones would."""
    scenario, ranges = read("tiny")
    total = {n: np.exp(fresh_paths(scenario, ranges, n, 5).log_demand).sum(axis=1) for n in (40, 4000)}
    few = [
        np.exp(fresh_paths(scenario, ranges, 40, seed).log_demand).sum(axis=1).mean() for seed in range(12)
    ]
    plain = total[4000].std() / np.sqrt(40)
    assert np.std(few) < plain / 3
    assert np.mean(few) == pytest.approx(total[4000].mean(), abs=3 * plain / np.sqrt(12))


def test_fresh_paths_are_the_same_for_the_same_seed():
    """Same seed, same paths; another seed, others."""
    scenario, ranges = read("tiny")
    one, same, other = (fresh_paths(scenario, ranges, 7, seed).log_demand for seed in (3, 3, 4))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
