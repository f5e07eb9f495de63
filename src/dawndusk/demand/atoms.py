"""Few values with probabilities that stand for a sample: same mean, median, 5/95 % and variance."""

from __future__ import annotations

import numpy as np

from dawndusk.core.records import Floats, Ints

LEVELS = (0.05, 0.50, 0.95)
_TAIL = (0.08, 0.40)
_GIVE = (0.06, 0.02)  # standard deviations by which the tails, then the median, may give way to the mean
_STRETCH = (0.7, 1.4)  # bounds on how far free atoms move together, so that no value leaves its neighbours


def atoms(ranked: Floats, counts: Ints) -> Floats:
    """A value for each of K groups of a sorted sample, rising with the group.

    Each value is the mean of its stretch of the sorted sample. Then the three atoms that hold the 5, 50
    and 95 % points are set to these points (the reasoning of the Pearson-Tukey points; Keefer and Bodily
    1983, doi:10.1287/mnsc.29.5.595) and the others are moved together, by one shift and one stretch, so
    that mean and variance come out; if the mean still misses, the set points give way to it by at most 6 %
    (median: 2 %) of the standard deviation.

    Parameters
    ----------
    ranked : Floats
        Shape (n,), sorted.
    counts : Ints
        Shape (K,): number of values in each group, in order; they sum to n.

    Returns
    -------
    Floats
        Shape (K,), not falling. Where one atom holds two of the points (always with K below 3) none is
        set: mean and variance only; one atom is the mean. With few atoms of a skewed sample the mean may
        miss by some per cent of the standard deviation and the variance by a quarter.
    """
    ends = np.cumsum(counts)
    total = np.concatenate([[0.0], np.cumsum(ranked)])
    value: Floats = np.diff(total[np.concatenate([[0], ends])]) / counts
    if counts.size == 1:
        return value
    places = np.ceil(np.array(LEVELS) * ranked.size - 1e-9).astype(np.int64)
    fixed = np.searchsorted(ends, places)
    if np.unique(fixed).size == fixed.size:
        value[fixed] = ranked[places - 1]
    else:
        fixed = fixed[:0]
    return _moved(value, counts / ranked.size, fixed, float(ranked.mean()), float(ranked.var()))


def three_weights(sample: Floats) -> Floats:
    """Weights of the 5, 50 and 95 % points with the sample's mean and variance, shape (3,).

    Parameters
    ----------
    sample : Floats
        Shape (n, T): T periods, whose weights are averaged.

    Notes
    -----
    For a normal sample these are the extended Pearson-Tukey weights, 0.185, 0.63, 0.185 (Keefer and Bodily
    1983, Management Science 29(5), 595, doi:10.1287/mnsc.29.5.595); solving for them makes room for skew.
    Held between 8 and 40 %, so that each point stays inside its own part.
    """
    low, middle, high = np.quantile(sample, LEVELS, axis=0, method="inverted_cdf")
    below, above = np.maximum(middle - low, 1e-9), np.maximum(high - middle, 1e-9)
    shift = sample.mean(axis=0) - middle
    square = sample.var(axis=0) + shift**2
    under = np.clip((square - shift * above) / (below * (below + above)), *_TAIL).mean()
    over = np.clip((square + shift * below) / (above * (below + above)), *_TAIL).mean()
    return np.array([under, 1.0 - under - over, over])


def _moved(value: Floats, weight: Floats, fixed: Ints, mean: float, variance: float) -> Floats:
    """Atoms with the wanted mean and variance: free ones shifted and stretched, then set ones a little."""
    free = np.ones(value.size, dtype=bool)
    free[fixed] = False
    moved = value.copy()
    if free.any():
        share = weight[free].sum()
        centre = float(weight[free] @ value[free] / share)
        spread = float(weight[free] @ (value[free] - centre) ** 2)
        wanted = float(mean - weight[~free] @ value[~free]) / share
        rest = float(variance - weight[~free] @ (value[~free] - mean) ** 2 - share * (wanted - mean) ** 2)
        stretch = np.clip(np.sqrt(max(rest, 0.0) / spread), *_STRETCH) if spread > 0.0 else 1.0
        moved[free] = wanted + stretch * (value[free] - centre)
        moved = _between(moved, fixed)
        # What the neighbours took away from the mean goes to the free atoms once more.
        moved[free] += float(mean - weight @ moved) / share
        moved = _between(moved, fixed)
    for group, reach in zip((fixed[[0, -1]], fixed[1:-1]) if fixed.size else (), _GIVE, strict=False):
        most = reach * np.sqrt(variance)
        moved[group] += np.clip(float(mean - weight @ moved) / weight[group].sum(), -most, most)
        moved = _between(moved, fixed)
    return moved


def _between(value: Floats, fixed: Ints) -> Floats:
    """Values cut to the fixed ones below and above them."""
    index = np.arange(value.size)
    known = np.concatenate([[-np.inf], value[fixed], [np.inf]])
    return np.clip(
        value,
        known[np.searchsorted(fixed, index, side="right")],
        known[np.searchsorted(fixed, index, side="left") + 1],
    )
