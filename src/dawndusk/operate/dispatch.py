"""Who is served: best paid work first, over pools that may serve only a share of each stream.

What the streams can get together is a polymatroid: a set A of streams can receive at most

    f(A) = sum over pools p of min(capacity_p, sum over s in A of eligible_sp demand_s),

by max-flow min-cut (Ford & Fulkerson 1956, doi:10.4153/CJM-1956-045-5), since each arc has its own limit.
On a polymatroid the greedy in order of value is optimal (Edmonds 1970; Schrijver 2003, *Combinatorial
Optimization*, chapter 44), so this is exact for any eligible shares and needs no linear program. Among
equally good answers the plan's own comes first (which stream it serves on a step, which pools it uses); what
is short within a step is shared in proportion, then in the order of the streams.
Service targets are not enforced: where the plan has targets, steps are served in order all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.offers import POOLS
from dawndusk.core.records import Floats, Ints

# Beyond the plan pools are used in this order: light in orbit costs nothing, rented compute can be left.
MERIT: Final = ("orbit", "ground", "leased", "cloud")
MOST_STREAMS: Final = 8  # all sets of streams are looked at


def by_value(demand: Floats, step_share: Floats, steps: Ints, planned: Floats) -> list[Floats]:
    """Demand cut into parts in the order in which they are served, (..., S) each.

    Parameters
    ----------
    demand : Floats
        Shape (..., S), H100e.
    step_share : Floats
        Shape (S, V), share of a stream's demand on each step of the value curve.
    steps : Ints
        Shape (V,), steps from the best paid to the worst.
    planned : Floats
        Shape (..., S, V), share of a stream's demand that the plan serves on each step: comes first
        within the step.
    """
    first = np.minimum(planned, step_share)
    found = []
    for v in steps:
        found += [first[..., v] * demand, (step_share[:, v] - first[..., v]) * demand]
    return found


def serve(
    demand: Floats, capacity: Floats, eligible: Floats, parts: Sequence[Floats], preferred: Floats
) -> tuple[Floats, Floats]:
    """Service of each stream and use of each pool, H100e.

    Parameters
    ----------
    demand : Floats
        Shape (..., S), H100e wanted.
    capacity : Floats
        Shape (..., Q), H100e there in each pool.
    eligible : Floats
        Shape (S, Q), largest share of a stream's demand that a pool may serve.
    parts : sequence of Floats
        Shape (..., S) each: demand in the order in which it is served (`by_value`).
    preferred : Floats
        Shape (..., Q), use of each pool that is wished for, H100e.

    Returns
    -------
    served : Floats
        Shape (..., S).
    used : Floats
        Shape (..., Q): a feasible use of the pools; as preferred if that serves all this, else those
        late in `MERIT` as little as possible.

    Raises
    ------
    UserError
        For more than eight streams.
    """
    members = _sets(demand.shape[-1])
    reach = np.einsum("as,...s,sq->...aq", members, demand, eligible)
    slack = np.minimum(capacity[..., None, :], reach).sum(axis=-1)
    served = np.zeros(demand.shape)
    for part in parts:
        wanted = np.einsum("as,...s->...a", members, part)
        there = np.maximum(slack, 0.0)
        even = np.where(wanted > there, there / np.where(wanted > there, wanted, 1.0), 1.0).min(axis=-1)
        served += even[..., None] * part
        slack -= even[..., None] * wanted
        for s in range(demand.shape[-1]):
            inside = members[:, s] > 0
            room = np.maximum(slack[..., inside].min(axis=-1), 0.0)
            more = np.minimum((1.0 - even) * part[..., s], room)
            served[..., s] += more
            slack[..., inside] -= more[..., None]
    served = np.minimum(served, demand)
    together = np.einsum("as,...s->...a", members, served)
    used = _use(together, capacity, reach, np.minimum(preferred, capacity))
    return served, _use(together, used, reach, np.zeros_like(used))


def _sets(streams: int) -> Floats:
    """Every set of streams but the empty one, shape (2^S - 1, S) of 0 and 1."""
    if streams > MOST_STREAMS:
        raise problem("demand.classes", f"{streams} streams", f"at most {MOST_STREAMS}", "fewer classes")
    return (np.arange(1, 2**streams)[:, None] >> np.arange(streams)[None, :] & 1).astype(np.float64)


def _use(together: Floats, capacity: Floats, reach: Floats, wished: Floats) -> Floats:
    """Use of each pool: what is needed of it or what is wished, pool by pool from the last in merit.

    A pool is needed for what some set of streams gets (`together`) beyond the reach of the other pools.
    Without wishes none can do with less in the end, so the uses sum to the service: a feasible flow that
    used less of one pool would contradict that pool's minimum.
    """
    used = capacity.astype(np.float64).copy()
    for pool in reversed(MERIT):
        q = POOLS.index(pool)
        others = [k for k in range(used.shape[-1]) if k != q]
        elsewhere = np.minimum(used[..., None, others], reach[..., others]).sum(axis=-1)
        least = np.maximum((together - elsewhere).max(axis=-1), wished[..., q])
        used[..., q] = np.minimum(used[..., q], least)
    return used
