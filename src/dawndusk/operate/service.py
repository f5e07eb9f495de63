"""Service in one number, by class and by pool: of the simulation, and of the plan in the same terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from dawndusk.core.offers import POOLS
from dawndusk.core.plan import Plan
from dawndusk.core.records import Floats, record
from dawndusk.core.trace import Trace
from dawndusk.core.tree import Tree

YEAR: Final = 4  # periods
LEVELS: Final = (0.05, 0.5, 0.95)


@record
class Service:
    """Share of demand served over the horizon, weighted by H100e-hours.

    Parameters
    ----------
    expected : float
        Expected service over expected demand, in [0, 1].
    low, median, high : float
        5, 50 and 95 % of the share over paths.
    by_stream : mapping
        Stream -> share of its own demand served.
    by_pool : mapping
        Pool -> share of all demand that it serves; the pools sum to `expected`.
    orbit_last_year : float
        Orbit's share of demand in the last four periods.
    held_back : mapping
        Limit -> share of path-periods in which it held service back; empty for a plan.
    """

    expected: float
    low: float
    median: float
    high: float
    by_stream: Mapping[str, float]
    by_pool: Mapping[str, float]
    orbit_last_year: float
    held_back: Mapping[str, float]


def service(trace: Trace, streams: tuple[str, ...]) -> Service:
    """What the simulated fleet served; every path counts the same."""
    paths = np.full(trace.served.shape[0], 1.0 / trace.served.shape[0])
    held = {name: float((trace.binding == k).mean()) for k, name in enumerate(trace.limits)}
    return _summary(trace.latent, trace.served, trace.pool_served, paths, streams, held)


def planned_service(tree: Tree, plan: Plan) -> Service:
    """What the plan serves on its own tree; paths are the ways to the leaves."""
    leaves = tree.leaves
    ways = tree.ancestors()[::-1, leaves].T  # (leaf, period)
    by_node = plan.served.transpose(2, 0, 1)
    return _summary(
        tree.demand.T[ways],
        by_node.sum(axis=2)[ways],
        by_node.sum(axis=1)[ways],
        tree.probability[leaves],
        tree.streams,
        {},
    )


def _summary(
    demand: Floats,
    served: Floats,
    pools: Floats,
    weight: Floats,
    streams: tuple[str, ...],
    held: Mapping[str, float],
) -> Service:
    """From (P, T, S), (P, T, S), (P, T, Q) and the paths' probabilities (P,)."""
    wanted, met, by = (np.einsum("p,pts->s", weight, x) for x in (demand, served, pools))
    total = float(wanted.sum())
    late = slice(-YEAR, None)
    last = np.einsum("p,pt->", weight, demand[:, late].sum(axis=2))
    orbit = np.einsum("p,pt->", weight, pools[:, late, POOLS.index("orbit")])
    low, median, high = _quantiles(served.sum(axis=(1, 2)) / demand.sum(axis=(1, 2)), weight)
    return Service(
        expected=float(met.sum()) / total,
        low=low,
        median=median,
        high=high,
        by_stream={s: float(m / w) if w > 0 else 1.0 for s, m, w in zip(streams, met, wanted, strict=True)},
        by_pool={p: float(x) / total for p, x in zip(POOLS, by, strict=True)},
        orbit_last_year=float(orbit / last),
        held_back=held,
    )


def _quantiles(values: Floats, weight: Floats) -> list[float]:
    """`LEVELS` of a discrete distribution: the least value whose share of paths reaches the level."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weight[order])
    place = np.searchsorted(reached, np.array(LEVELS) * reached[-1] * (1 - 1e-12))
    return [float(x) for x in values[order][np.minimum(place, values.size - 1)]]
