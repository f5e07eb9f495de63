"""Nested partition of sampled paths: when the tree branches, how far, and which paths go where."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from dawndusk.core.records import Floats, Ints, record
from dawndusk.demand.atoms import three_weights

NODES_PER_LEAF = 12.5  # for a horizon of ten years: 64 leaves make a plan that solves in about a second
THRIFTY_FROM = 250  # nodes over ten years; smaller trees solve at once and need not be thrifty
_TEN_YEARS = 40  # quarters
_BEND = 1.4  # branchings lie closer early, when demand forgets where it was soonest
_EARLIEST_LAST = 0.75  # of the horizon: branchings are spread over it even where nodes are plenty


@record
class Level:
    """Nodes of demand over a stretch of periods without branching by demand.

    Parameters
    ----------
    start, stop : int
        First period, and the one after the last.
    labels : Ints
        Shape (n,): the node of each path, 0 .. K-1.
    parent : Ints
        Shape (K,): node of the level before; -1 at the root.
    low, high : Floats
        Shape (K,): log demand at `start` of the paths that took this branch lies in [low, high).
    """

    start: int
    stop: int
    labels: Ints
    parent: Ints
    low: Floats
    high: Floats

    @property
    def size(self) -> int:
        """Number of nodes of demand in each of its periods."""
        return int(self.parent.size)

    @property
    def counts(self) -> Ints:
        """Number of paths in each node, shape (K,)."""
        return np.bincount(self.labels, minlength=self.size).astype(np.int64)


def branchings(ends: int, *, states: Ints, leaves: int) -> tuple[tuple[int, int], ...]:
    """Periods at which the tree branches by demand, with the nodes of demand from then on.

    The first branching makes three nodes after a tenth of the horizon; each later one about doubles them,
    so that nearly every node is told anew where its paths are. They are spread over the horizon, a little
    closer early, up to the earliest last date at which the tree keeps to its limit on nodes. (Tried on 10,000
    default paths: the correlation of node and path stays above 0.65; with evenly spread dates, with seven
    branchings or with five nodes after half a year it falls to between 0.5 and 0.6.)

    Parameters
    ----------
    ends : int
        Nodes of demand in the last period, at least 1.
    states : Ints
        Shape (T,): combinations of gates alive in each period; each repeats all nodes of demand.
    leaves : int
        Leaves of the whole tree; it aims at no more than 12.5 nodes for each, per ten years (250 nodes in
        all for small trees).
    """
    if ends == 1:
        return ()
    periods = states.size
    limit = max(NODES_PER_LEAF * leaves, THRIFTY_FROM) * periods / _TEN_YEARS
    first = max(1, round(periods / 10))
    counts = _counts(min(3, ends), ends, most=periods - first)
    plan: tuple[tuple[int, int], ...] = ()
    for last in range(first + len(counts) - 1, periods):
        dates = np.rint(first + (last - first) * np.linspace(0.0, 1.0, len(counts)) ** _BEND)
        dates = np.maximum(dates, first + np.arange(len(counts)))
        plan = tuple((int(date), count) for date, count in zip(dates, counts, strict=True))
        if last >= _EARLIEST_LAST * periods and _size(plan, states) <= limit:
            break
    return plan


def _counts(first: int, ends: int, *, most: int) -> tuple[int, ...]:
    """Nodes of demand after each branching, from `first` to `ends`."""
    number = min(most, round(math.log2(ends / first)) + 1)
    if number <= 1:
        return (ends,)
    counts = np.rint(first * (ends / first) ** np.linspace(0.0, 1.0, number)).astype(int)
    # Six nodes part evenly at the median and leave none to stand for it; the seventh does.
    counts[1] = max(counts[1], min(7, ends))
    return tuple(int(x) for x in counts)


def _size(plan: tuple[tuple[int, int], ...], states: Ints) -> int:
    """Nodes of the whole tree."""
    nodes = np.ones(states.size, dtype=np.int64)
    for date, count in plan:
        nodes[date:] = count
    return int(np.sum(nodes * states))


def partition(log_demand: Floats, plan: tuple[tuple[int, int], ...]) -> tuple[Level, ...]:
    """Divide the paths into nodes, and the nodes into finer ones at each branching.

    At a branching the piece whose best cut removes most of the sample's variance of log demand (that is:
    of the probability-weighted variance) is cut again and again, until the count is reached; so a node
    gets as many children as are worth it. Exact for each cut, greedy over cuts: the variance left is
    typically within a few per cent of the best partition's.

    Parameters
    ----------
    log_demand : Floats
        Shape (n, T).
    plan : tuple of (period, count)
        From `branchings`. Where paths do not differ (demand held by the cap), fewer nodes come out.
    """
    n, periods = log_demand.shape
    stops = [date for date, _ in plan] + [periods]
    edge = np.array([np.inf])
    whole = np.zeros(n, dtype=np.int64)
    found = [
        Level(start=0, stop=stops[0], labels=whole, parent=np.array([-1]), low=-edge, high=edge),
    ]
    smallest = max(1, n // (10 * plan[-1][1])) if plan else 1
    for (date, count), stop in zip(plan, stops[1:], strict=True):
        # Skew grows until the next branching, and three nodes have nothing but their weights to hold it.
        late = log_demand[:, (date + stop) // 2 : stop]
        first = three_weights(late) if len(found) == 1 and count > 2 else None
        value = log_demand[:, date]
        found.append(_branch(value, found[-1], count=count, smallest=smallest, stop=stop, first=first))
    return tuple(found)


def _branch(
    value: Floats, before: Level, *, count: int, smallest: int, stop: int, first: Floats | None
) -> Level:
    """The level after one branching at period ``before.stop``."""
    order = np.lexsort((value, before.labels))
    ranked = value[order]
    borders = np.concatenate([[0], np.cumsum(before.counts)])
    edges = [int(x) for x in borders] if first is None else _cuts_at(ranked, np.cumsum(first)[:-1])
    cuts = _cut(ranked, edges, count, smallest=smallest)
    parent = np.searchsorted(borders, cuts[:-1], side="right") - 1
    labels = np.empty_like(before.labels)
    labels[order] = np.repeat(np.arange(parent.size), np.diff(cuts))
    inner = cuts[1:-1]
    between = np.where(parent[1:] == parent[:-1], (ranked[inner - 1] + ranked[inner]) / 2.0, np.nan)
    return Level(
        start=before.stop,
        stop=stop,
        labels=labels,
        parent=parent,
        low=np.concatenate([[-np.inf], np.where(np.isnan(between), -np.inf, between)]),
        high=np.concatenate([np.where(np.isnan(between), np.inf, between), [np.inf]]),
    )


def _cut(ranked: Floats, edges: list[int], count: int, *, smallest: int) -> Ints:
    """Borders of `count` pieces of values that are sorted within each stretch between `edges`."""
    total = np.concatenate([[0.0], np.cumsum(ranked - ranked.mean())])
    edges = list(edges)
    best = {a: _best_cut(ranked, total, a, b, smallest) for a, b in pairwise(edges)}
    whole = set(edges[:-1])  # nodes not cut yet come first
    while len(edges) - 1 < count:
        able = [a for a in (whole or best) if best[a][0] > 0.0] or [a for a in best if best[a][0] > 0.0]
        if not able:
            break
        start = max(able, key=lambda a: best[a][0])
        middle, end = best[start][1], edges[edges.index(start) + 1]
        edges.insert(edges.index(end), middle)
        best[start] = _best_cut(ranked, total, start, middle, smallest)
        best[middle] = _best_cut(ranked, total, middle, end, smallest)
        whole.discard(start)
    return np.array(edges, dtype=np.int64)


def _cuts_at(ranked: Floats, shares: Floats) -> list[int]:
    """Borders at given shares of the sorted values, moved to where neighbouring values differ."""
    steps = np.flatnonzero(np.diff(ranked) > 0.0) + 1
    inner = {int(steps[np.argmin(np.abs(steps - w))]) for w in shares * ranked.size} if steps.size else set()
    return [0, *sorted(inner), ranked.size]


def _best_cut(ranked: Floats, total: Floats, start: int, end: int, smallest: int) -> tuple[float, int]:
    """Sum of squares removed by the best cut of ranked[start:end], and its place; 0 if there is none."""
    at = np.arange(start + smallest, end - smallest + 1)
    at = at[ranked[at - 1] < ranked[at]] if at.size else at
    if not at.size:
        return 0.0, start
    left, whole = total[at] - total[start], total[end] - total[start]
    gain = left**2 / (at - start) + (whole - left) ** 2 / (end - at) - whole**2 / (end - start)
    place = int(np.argmax(gain))
    return float(gain[place]), int(at[place])
