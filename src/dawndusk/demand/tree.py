"""Sampled paths reduced to a scenario tree that keeps their distribution period by period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dawndusk.core.calendar import Calendar
from dawndusk.core.errors import problem
from dawndusk.core.paths import Paths
from dawndusk.core.records import Floats, Ints
from dawndusk.core.scenario.demand import Demand, Gate
from dawndusk.core.tree import Tree
from dawndusk.demand.atoms import atoms
from dawndusk.demand.partition import Level, branchings, partition
from dawndusk.demand.value import class_share, step_share, step_value


@dataclass(frozen=True)
class _Gates:
    """Gates in the order they branch: combinations are binary numbers, the latest gate their last digit."""

    names: tuple[str, ...]
    at: Ints  # period at which each branches; past the horizon where it never does
    opens: Floats  # probability
    certain: Floats  # state from its date on of a gate that does not branch; else nan

    @property
    def branching(self) -> Ints:
        return np.flatnonzero(np.isnan(self.certain))

    def states(self, periods: int) -> Ints:
        """Number of combinations alive in each period, shape (T,)."""
        known: Ints = (self.at[self.branching][None, :] <= np.arange(periods)[:, None]).sum(axis=1)
        return np.int64(1) << known


def build(
    paths: Paths,
    demand: Demand,
    gates: tuple[Gate, ...],
    calendar: Calendar,
    *,
    leaves: int = 64,
) -> Tree:
    """Reduce sampled paths to a scenario tree.

    Nodes branch by demand a few times over the horizon (`partition.branchings`) and by a gate's outcome at
    its date. In each period from the first branching on, the nodes' values share the sample's mean, median,
    5 and 95 % points and, within about a quarter where nodes are few, its variance.

    Parameters
    ----------
    paths : Paths
        At least as many as leaves; 10,000 for the default tree.
    demand : Demand
        Classes and values of serving them; drawn ranges enter by their means.
    gates : tuple of Gate
        Each splits every node at its date with exactly its probability, independent of demand.
    calendar : Calendar
        T periods, as those of the paths.
    leaves : int
        Leaves wanted, 1 or more. One leaf is the deterministic path: the mean of log demand, each gate at its
        likelier outcome. Else the nodes of demand in the last period are `leaves` divided by two for each
        gate that branches, rounded down.

    Raises
    ------
    UserError
        For too few leaves, periods or paths, and a gate that the first period would have to branch on.

    Notes
    -----
    Between branchings a node keeps its rank, and its value follows the sample's quantiles at that rank, so
    demand is smooth in time. Nodes are spread as wide as the sample's whole marginal distribution, wider
    than the means of their own paths: with 64 leaves a node's value lies 0.4 to 0.9 standard deviations (rms)
    from the paths that follow it, most just before a branching. So within a stretch the tree foresees more
    than a planner would, and what was foreseen wrongly comes out at once at the next branching (up to two
    standard deviations). Within a node everything else of a path (regimes, drawn ranges) is averaged out.
    Ranges, gates and leaves that leave too little to branch on give fewer leaves than wanted.
    """
    _check(paths, calendar, leaves)
    known = _gates(gates, calendar, branch=leaves > 1)
    ends = leaves >> known.branching.size
    if ends < 1:
        raise problem(
            "leaves",
            leaves,
            f"at least {2**known.branching.size}: two for each of the gates {', '.join(known.names)}",
            str(2**known.branching.size),
        )
    states = known.states(calendar.periods)
    levels = partition(paths.log_demand, branchings(ends, states=states, leaves=leaves))
    return _tree(levels, _values(paths.log_demand, levels), known, demand, calendar)


def _check(paths: Paths, calendar: Calendar, leaves: int) -> None:
    n, periods = paths.log_demand.shape
    if leaves < 1:
        raise problem("leaves", leaves, "at least one leaf", "64")
    if leaves > n:
        raise problem("leaves", leaves, f"no more leaves than the {n} sampled paths", str(n))
    if periods != calendar.periods:
        raise problem(
            "calendar.periods", calendar.periods, f"the {periods} periods of the paths", str(periods)
        )
    if periods == 1 and leaves > 1:
        raise problem("leaves", leaves, "one leaf, as one period has no room to branch", "1")
    if not np.all(np.isfinite(paths.log_demand)):
        raise problem("paths", "demand that is no number", "finite log demand on every path", "--paths 10000")


def _gates(gates: tuple[Gate, ...], calendar: Calendar, *, branch: bool) -> _Gates:
    order = sorted(gates, key=lambda gate: calendar.index(gate.resolved))
    at = np.array([calendar.index(gate.resolved) for gate in order], dtype=np.int64)
    opens = np.array([np.mean(gate.probability) for gate in order], dtype=np.float64)
    certain = np.where((opens <= 0.0) | (opens >= 1.0) | (at >= calendar.periods), np.rint(opens), np.nan)
    if not branch:
        certain = (opens >= 0.5).astype(np.float64)
    early = [gate for gate, a, c in zip(order, at, certain, strict=True) if a <= 0 and np.isnan(c)]
    if early:
        raise problem(
            f"gates.{early[0].name}.resolved",
            early[0].resolved,
            f"a quarter after {calendar.start}, or a probability of 0 or 1 where the outcome is known",
            calendar.label(1),
        )
    return _Gates(tuple(gate.name for gate in order), at, opens, certain)


def _values(log_demand: Floats, levels: tuple[Level, ...]) -> list[Floats]:
    """Log demand of each level's nodes, shape (K, periods of the level) each.

    Ranks are decided once per level, by the mean of a node's paths over the level's periods: nodes that
    change places between branchings would make demand jump on both.
    """
    ranked = np.sort(np.ascontiguousarray(log_demand.T), axis=1)
    found = []
    for level in levels:
        mean = np.bincount(level.labels, weights=log_demand[:, level.start : level.stop].mean(axis=1))
        order = np.argsort(mean / level.counts, kind="stable")
        value = np.empty((level.size, level.stop - level.start))
        for t in range(level.start, level.stop):
            value[order, t - level.start] = atoms(ranked[t], level.counts[order])
        found.append(value)
    return found


def _tree(
    levels: tuple[Level, ...], values: list[Floats], known: _Gates, demand: Demand, calendar: Calendar
) -> Tree:
    """Every node of demand times every combination of gates alive in its period."""
    states = known.states(calendar.periods)
    rows, before, end = [], 0, 0
    for level, value in zip(levels, values, strict=True):
        for t in range(level.start, level.stop):
            rows.append(_period(level, value[:, t - level.start], t, states, before))
            before, end = end, end + rows[-1][0].size
    parent, period, state, weight, log_demand, low, high = (
        np.concatenate(x) for x in zip(*rows, strict=True)
    )
    factors, chance = _factors(known, state, period)
    return Tree(
        parent=parent,
        period=period,
        probability=weight * chance,
        streams=tuple(x.name for x in demand.classes),
        demand=class_share(demand)[:, None] * np.exp(log_demand)[None, :],
        step_share=step_share(demand),
        step_value=step_value(demand, calendar),
        factors=factors,
        low=low,
        high=high,
    )


def _period(
    level: Level, value: Floats, t: int, states: Ints, before: int
) -> tuple[Ints, Ints, Ints, Floats, Floats, Floats, Floats]:
    """One period's nodes: parent, period, combination of gates, share of paths, log demand, edges.

    `before` is the index of the first node of the period before.
    """
    cell, state = np.divmod(np.arange(level.size * states[t]), states[t])
    branches = t == level.start
    parent = np.full(cell.size, -1, dtype=np.int64)
    if t > 0:
        above = level.parent[cell] if branches else cell
        parent = before + above * states[t - 1] + state // (states[t] // states[t - 1])
    everything = np.full(cell.size, np.inf)
    return (
        parent,
        np.full(cell.size, t, dtype=np.int64),
        state,
        level.counts[cell] / level.labels.size,
        value[cell],
        level.low[cell] if branches else -everything,
        level.high[cell] if branches else everything,
    )


def _factors(known: _Gates, state: Ints, period: Ints) -> tuple[dict[str, Floats], Floats]:
    """State of each gate at each node, and the probability of the node's combination."""
    chance = np.ones(period.size)
    factors = {}
    for i, name in enumerate(known.names):
        after = period >= known.at[i]
        if np.isnan(known.certain[i]):
            later = known.branching[known.branching > i]
            digits = (known.at[later][:, None] <= period[None, :]).sum(axis=0)
            opened = after & ((state >> digits) & 1 == 1)
            chance *= np.where(after, np.where(opened, known.opens[i], 1.0 - known.opens[i]), 1.0)
            factors[name] = opened.astype(np.float64)
        else:
            factors[name] = np.where(after, known.certain[i], 0.0)
    return factors, chance
