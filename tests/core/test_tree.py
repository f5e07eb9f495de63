"""Scenario trees: ancestors, paths, and which node fresh paths follow."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.records import replace
from dawndusk.core.tree import Tree

#       0
#     1   2
#    3 4   5
PARENT = np.array([-1, 0, 0, 1, 1, 2])


def tree(**changes: object) -> Tree:
    """Six nodes; demand splits at log 1, and above it at log 3; a gate differs below node 1."""
    fields: dict[str, object] = {
        "parent": PARENT,
        "period": np.array([0, 1, 1, 2, 2, 2]),
        "probability": np.array([1.0, 0.6, 0.4, 0.3, 0.3, 0.4]),
        "streams": ("all",),
        "demand": np.ones((1, 6)),
        "step_share": np.ones((1, 1)),
        "step_value": np.ones((1, 3)),
        "factors": {},
        "low": np.array([-np.inf, 1.0, -np.inf, 3.0, -np.inf, -np.inf]),
        "high": np.array([np.inf, np.inf, 1.0, np.inf, 3.0, np.inf]),
    }
    return Tree(**(fields | changes))  # type: ignore[arg-type]


def test_shape_of_the_tree():
    """Size, periods, leaves, children and paths of a tree of six nodes."""
    one = tree()
    assert (one.size, one.periods) == (6, 3)
    assert one.leaves.tolist() == [3, 4, 5]
    assert one.children(1).tolist() == [3, 4]
    assert one.path(4).tolist() == [0, 1, 4]


def test_ancestors():
    """The k-th ancestor of each node, and -1 beyond the root."""
    one = tree()
    assert one.ancestor(0).tolist() == [0, 1, 2, 3, 4, 5]
    assert one.ancestor(1).tolist() == [-1, 0, 0, 1, 1, 2]
    assert one.ancestor(2).tolist() == [-1, -1, -1, 0, 0, 0]
    assert one.ancestor(3).tolist() == [-1] * 6


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_ancestors_agree_with_each_other(steps: list[int]):
    """The table of ancestors is `ancestor(k)` row by row, and the reversed path of each leaf."""
    parent = [-1]
    for step in steps:
        parent.append(max(0, len(parent) - 1 - step))
    period = np.zeros(len(parent), dtype=np.int64)
    for n in range(1, len(parent)):
        period[n] = period[parent[n]] + 1
    one = tree(parent=np.array(parent), period=period)
    table = one.ancestors()
    assert table.shape == (one.periods, one.size)
    for k in range(one.periods):
        assert table[k].tolist() == one.ancestor(k).tolist()
    for leaf in one.leaves:
        assert one.path(int(leaf)).tolist() == table[: period[leaf] + 1, leaf][::-1].tolist()


@pytest.mark.parametrize(
    ("path", "nodes"),
    [
        ([0.0, 2.0, 5.0], [0, 1, 3]),
        ([0.0, 2.0, 2.0], [0, 1, 4]),
        ([0.0, 0.5, 9.0], [0, 2, 5]),  # what comes after a branch not taken does not matter
        ([0.0, 1.0, 3.0], [0, 1, 3]),  # intervals are closed below and open above
    ],
)
def test_fresh_paths_follow_the_interval_of_their_demand(path: list[float], nodes: list[int]):
    """In each period the child is followed whose interval holds the path's demand."""
    assert tree().assign(np.array([path]), {})[0].tolist() == nodes


def test_outside_all_intervals_the_nearest_is_followed():
    """Between two intervals the nearer one wins."""
    gap = tree(
        low=np.array([-np.inf, 4.0, -np.inf, 3.0, -np.inf, -np.inf]),
    )
    assert gap.assign(np.array([[0.0, 1.5, 0.0], [0.0, 3.5, 0.0]]), {})[:, 1].tolist() == [2, 1]


def test_gates_count_before_demand():
    """A child with the path's own gate is followed, whatever the demand."""
    gated = replace(tree(), factors={"licence": np.array([0.0, 0.0, 0.0, 1.0, 0.0, 0.0])})
    state = np.array([[0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    found = gated.assign(np.array([[0.0, 2.0, 2.0], [0.0, 2.0, 5.0]]), {"licence": state, "unknown": state})
    assert found[:, 2].tolist() == [3, 4]
