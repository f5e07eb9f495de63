"""The scenario tree: how the unknown unfolds, node by node."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dawndusk.core.records import Floats, Ints, record

EDGE = 1e-12  # distance of a value on an interval's open end: the next interval, if any, holds it


@record
class Tree:
    """Nodes of a scenario tree, ordered by period; a parent's index is below its children's.

    Parameters
    ----------
    parent : Ints
        Shape (N,); -1 at the root.
    period : Ints
        Shape (N,).
    probability : Floats
        Shape (N,), unconditional; the nodes of a period sum to 1.
    streams : tuple of str
        Names along the first axis of `demand`.
    demand : Floats
        Shape (S, N), H100e wanted on average over the node's period.
    step_share : Floats
        Shape (S, V): share of a stream's demand on each step of the value curve; rows sum to 1.
    step_value : Floats
        Shape (V, T), USD per H100e-hour for serving a step.
    factors : mapping
        Name -> (N,): gates (0 or 1), multipliers.
    low, high : Floats
        Shape (N,): the node stands for paths whose log of total demand (H100e) at the node's period
        lies in [low, high) - decided anew only where the tree branches; -inf and inf elsewhere.
    """

    parent: Ints
    period: Ints
    probability: Floats
    streams: tuple[str, ...]
    demand: Floats
    step_share: Floats
    step_value: Floats
    factors: Mapping[str, Floats]
    low: Floats
    high: Floats

    @property
    def size(self) -> int:
        """Number of nodes."""
        return int(self.parent.size)

    @property
    def periods(self) -> int:
        """Number of periods."""
        return int(self.period.max()) + 1

    @property
    def leaves(self) -> Ints:
        """Indices of the nodes of the last period."""
        return np.flatnonzero(self.period == self.period.max())

    def ancestor(self, k: int) -> Ints:
        """Index of each node's k-th ancestor (k = 0 is itself); -1 where there is none. Shape (N,)."""
        found = np.arange(self.size)
        for _ in range(k):
            found = np.where(found >= 0, self.parent[np.maximum(found, 0)], -1)
        return found

    def ancestors(self) -> Ints:
        """`ancestor(k)` for k = 0 .. T-1, shape (T, N)."""
        rows = [np.arange(self.size)]
        for _ in range(self.periods - 1):
            last = rows[-1]
            rows.append(np.where(last >= 0, self.parent[np.maximum(last, 0)], -1))
        return np.stack(rows)

    def path(self, leaf: int) -> Ints:
        """Nodes from the root to a leaf, shape (T,)."""
        found = [leaf]
        while self.parent[found[-1]] >= 0:
            found.append(int(self.parent[found[-1]]))
        return np.array(found[::-1], dtype=np.int64)

    def children(self, node: int) -> Ints:
        """Indices of a node's children."""
        return np.flatnonzero(self.parent == node)

    def assign(self, log_demand: Floats, gates: Mapping[str, Floats]) -> Ints:
        """The node whose decisions are followed, for fresh paths (non-anticipative).

        Parameters
        ----------
        log_demand : Floats
            Shape (P, T), natural log of total demand in H100e.
        gates : mapping
            Factor name -> (P, T), state of each gate on each path.

        Returns
        -------
        Ints
            Shape (P, T): in each period the child of the last node whose gates agree with the path's
            and whose interval holds the path's demand; the nearest interval if none does.
        """
        paths, periods = log_demand.shape
        found = np.zeros((paths, periods), dtype=np.int64)
        for t in range(1, periods):
            nodes = np.flatnonzero(self.period == t)
            is_child = self.parent[nodes][None, :] == found[:, t - 1][:, None]
            value = log_demand[:, t][:, None]
            outside = np.maximum(self.low[nodes][None, :] - value, value - self.high[nodes][None, :])
            at_top = value >= self.high[nodes][None, :]
            distance = np.where(outside < 0, 0.0, np.where(at_top, np.maximum(outside, EDGE), outside))
            for name, state in gates.items():
                if name in self.factors:
                    distance = distance + 1e6 * np.abs(
                        self.factors[name][nodes][None, :] - state[:, t][:, None]
                    )
            found[:, t] = nodes[np.argmin(np.where(is_child, distance, np.inf), axis=1)]
        return found
