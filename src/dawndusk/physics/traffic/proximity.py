"""Who is near whom at one instant: exact pairs, counts and nearest neighbours of a million positions.

Everything here is exact for the positions given. Positions from secular mean elements are kilometres off
after a day, and a filing gives no phases, so a single instant is one case of many: for rates over time see
`dawndusk.physics.traffic.encounters`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Ints

if TYPE_CHECKING:
    from scipy.spatial import cKDTree

MOST_PAIRS: Final = 50_000_000  # pairs handed out as an array: 0.8 GB, and as much again while it is made
SAMPLE: Final = 500  # satellites whose neighbours are counted to foresee how many pairs there are


def pairs_within(positions: Floats, radius: float, *, most: int = MOST_PAIRS) -> Ints:
    """Every pair of satellites closer than a radius.

    Parameters
    ----------
    positions : array of shape (3, n)
        In m, any frame.
    radius : m
        Above zero.
    most : int
        Pairs that may be handed out; 16 bytes each.

    Returns
    -------
    array of int, shape (pairs, 2)
        Numbers of the two satellites, the smaller first; in no order.

    Raises
    ------
    UserError
        If a position is not finite, or if there are more pairs than `most`. Foreseen from the neighbours of
        `SAMPLE` satellites, so the count said is good to ten per cent or so.

    Notes
    -----
    A million satellites spread over 500-2,000 km take about 1 s at 20 km. Narrow shells are far denser.
    """
    tree = _tree(positions)
    _checked(radius)
    expected = _expected_pairs(tree, radius)
    if expected > most:
        smaller = radius * (most / expected) ** 0.5
        raise problem(
            "radius",
            f"{radius / 1e3:g} km, about {expected:,.0f} pairs",
            f"at most {most:,} pairs ({16 * most / 1e9:.1f} GB)",
            f"a radius of {0.9 * smaller / 1e3:.3g} km, or only count them (pair_counts)",
        )
    return np.asarray(tree.query_pairs(radius, output_type="ndarray"), dtype=np.int64)


def pair_counts(positions: Floats, radii: Floats) -> Ints:
    """How many pairs are closer than each of several radii.

    Parameters
    ----------
    positions : array of shape (3, n)
        In m, any frame.
    radii : array of shape (k,)
        In m, above zero.

    Returns
    -------
    array of int, shape (k,)

    Raises
    ------
    UserError
        If a position is not finite or a radius is not above zero.

    Notes
    -----
    Exact, and needs no memory for the pairs: fit for shells that are too dense for `pairs_within`.
    """
    tree = _tree(positions)
    radii = np.atleast_1d(np.asarray(radii, dtype=np.float64))
    for radius in radii.tolist():
        _checked(radius)
    ordered = np.asarray(tree.count_neighbors(tree, radii), dtype=np.int64)
    return np.asarray((ordered - positions.shape[1]) // 2)


def nearest_distance(positions: Floats) -> Floats:
    """Distance of each satellite to the nearest other one (m).

    Parameters
    ----------
    positions : array of shape (3, n)
        In m, any frame; at least two satellites.

    Raises
    ------
    UserError
        If a position is not finite or there is only one satellite.
    """
    tree = _tree(positions)
    if positions.shape[1] < 2:
        raise problem("positions", positions.shape[1], "at least two satellites", "two satellites")
    distance = tree.query(np.ascontiguousarray(positions.T), k=2, workers=-1)[0]
    return np.asarray(distance, dtype=np.float64)[:, 1]


def _tree(positions: Floats) -> cKDTree:
    from scipy.spatial import cKDTree

    if positions.ndim != 2 or positions.shape[0] != 3:
        raise problem("positions", f"shape {positions.shape}", "shape (3, satellites)", "x, y and z in rows")
    lost = np.flatnonzero(~np.isfinite(positions).all(axis=0))
    if lost.size:
        raise problem("positions", f"no number at satellite {lost[0]}", "finite metres", "valid elements")
    return cKDTree(np.ascontiguousarray(positions.T), balanced_tree=False, compact_nodes=False)


def _checked(radius: float) -> None:
    if not 0.0 < radius < np.inf:
        raise problem("radius", f"{radius:g} m", "more than 0 m", "1 km")


def _expected_pairs(tree: cKDTree, radius: float) -> float:
    """Pairs in all, from the neighbours of an even sample of the satellites."""
    sample = np.unique(np.linspace(0, tree.n - 1, min(SAMPLE, tree.n)).astype(np.int64))
    found = tree.query_ball_point(tree.data[sample], radius, return_length=True)
    return float(np.mean(np.asarray(found) - 1.0)) * tree.n / 2.0
