"""What else could be done: open-loop plans, near-optimal bands, wait-and-see, what no plan could serve."""

from __future__ import annotations

import numpy as np

from dawndusk.core.offers import POOLS
from dawndusk.core.records import Floats, replace
from dawndusk.core.tree import Tree
from dawndusk.plan.formulation import build
from dawndusk.plan.inputs import Inputs, fixed_cost, spending_limit
from dawndusk.plan.outcome import require_optimal
from dawndusk.plan.program import Model, tied, with_cost
from dawndusk.plan.session import Session
from dawndusk.plan.solver import Solution

LAST_YEAR = 4  # periods


def unavoidable_loss(model: Model, inputs: Inputs) -> float:
    """Lost value that no plan could have served, USD: all supply for nothing, the limits as they are.

    With a risk term this is the least of lost value and its CVaR term together.
    """
    cost = np.zeros(model.cost.size)
    for name in ("step", "risk level", "beyond"):
        if name in model.columns:
            index = model.columns[name].index
            cost[index[index >= 0]] = model.cost[index[index >= 0]]
    free = with_cost(model, cost, model.offset)
    found = Session(free).first()
    require_optimal(found, "lost value that no plan could serve")
    return found.objective * model.money - fixed_cost(inputs)


def open_loop(model: Model, inputs: Inputs) -> Solution:
    """The best plan whose orders, exits and queue entries are fixed by date today; dispatch is free.

    An order whose gate is shut on a node is not carried out there. Contracts follow from their orders
    and notices, so they may differ between nodes (where a gate was shut).
    """
    group = np.arange(model.cost.size)
    weight = np.ones(model.cost.size)
    for name in ("order", "exit"):
        if name not in model.columns:
            continue
        index = model.columns[name].index
        for i in range(index.shape[0]):
            for t in range(inputs.tree.periods):
                same = index[i, inputs.tree.period == t]
                same = same[same >= 0]
                group[same] = same.min(initial=model.cost.size)
    _, group = np.unique(group, return_inverse=True)
    found = Session(tied(model, group, weight)).first()
    require_optimal(found, "plan with every order fixed today")
    return found


def orbit_share_row(model: Model, inputs: Inputs) -> Floats:
    """Coefficients (columns,) that give orbit's share of expected demand in the last year."""
    tree = inputs.tree
    late = tree.period >= tree.periods - LAST_YEAR
    weight = np.where(late, tree.probability, 0.0)
    index = model.columns["dispatch"].index[:, POOLS.index("orbit")]
    row = np.zeros(model.cost.size)
    spread = np.broadcast_to(weight, index.shape)
    scale = model.columns["dispatch"].scale[:, POOLS.index("orbit")]
    row[index[index >= 0]] = (spread * scale)[index >= 0]
    return row / float((tree.demand * weight).sum())


def near_optimal_band(session: Session, inputs: Inputs, best: Solution, slack: float) -> tuple[float, float]:
    """Least and most orbital share among plans at most `slack` (objective units) dearer than the best."""
    model = session.model
    share = orbit_share_row(model, inputs)
    if not share.any():
        return 0.0, 0.0
    row = session.add_row(model.cost, -np.inf, best.objective - model.offset + slack)
    band = []
    for sign in (1.0, -1.0):
        session.set_cost(sign * share)
        found = session.again()
        require_optimal(found, "near-optimal plans")
        band.append(float(share @ found.x))
    session.set_row(row, -np.inf, np.inf)
    session.set_cost(model.cost)
    return band[0], band[1]


def one_path(tree: Tree, leaf: int) -> Tree:
    """The tree that has only the path to a leaf, with probability 1."""
    nodes = tree.path(leaf)
    return path_tree(tree, tree.demand[:, nodes], {k: v[nodes] for k, v in tree.factors.items()})


def path_tree(tree: Tree, demand: Floats, factors: dict[str, Floats]) -> Tree:
    """A tree with a single path: demand (stream, T) and factors (T,)."""
    periods = demand.shape[1]
    return replace(
        tree,
        parent=np.arange(periods) - 1,
        period=np.arange(periods),
        probability=np.ones(periods),
        demand=demand,
        factors=factors,
        low=np.full(periods, -np.inf),
        high=np.full(periods, np.inf),
    )


def on_tree(inputs: Inputs, tree: Tree) -> Inputs:
    """The same problem on another tree of the same periods, with the spending limits of its nodes.

    The limit follows demand, so it is taken from the same law as the inputs' own.
    """
    return replace(
        inputs, tree=tree, ancestors=tree.ancestors(), spending=spending_limit(inputs.finance, tree)
    )


def wait_and_see(inputs: Inputs) -> float:
    """Expected cost if the whole path were known today, USD; never above the plan's.

    Only for risk-neutral objectives (the CVaR of separate paths is not separable).
    """
    tree = inputs.tree
    total = 0.0
    for leaf in tree.leaves:
        model = build(on_tree(inputs, one_path(tree, int(leaf))))
        found = Session(model).first()
        require_optimal(found, "wait and see")
        total += float(tree.probability[leaf]) * found.objective * model.money
    return total


def expected_value_cost(inputs: Inputs, mean: Tree) -> float:
    """Cost of the plan made for the mean path alone, its orders fixed by date on the real tree, USD.

    On each node an order is carried out up to that node's own limit (not at all behind a shut gate).
    Infinite if what is carried out breaks a shared limit somewhere.
    """
    single = build(on_tree(inputs, mean))
    found = Session(single).first()
    require_optimal(found, "plan for the mean path")
    model = build(inputs)
    lower, upper = model.lower.copy(), model.upper.copy()
    for name in ("order", "exit"):
        index, fixed = model.columns[name].index, single.columns[name].index
        source = fixed[:, inputs.tree.period]
        unit = single.columns[name].scale[:, inputs.tree.period] / model.columns[name].scale
        value = np.where(source >= 0, found.x[np.maximum(source, 0)], 0.0) * unit
        inside = index >= 0
        fixed_at = np.minimum(value[inside], model.upper[index[inside]])
        lower[index[inside]] = upper[index[inside]] = fixed_at
    known = Session(replace(model, lower=lower, upper=upper)).first()
    return known.objective * model.money if known.optimal else float("inf")
