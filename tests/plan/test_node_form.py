"""The node form against explicit scenarios with non-anticipativity rows, dense, solved by scipy."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import linprog
from tests.plan.instances import make_offer, make_resource, make_supply, make_tree, optimum, pose

PARENT = [-1, 0, 0, 1, 1, 2, 3, 4, 4, 5]
LEAD, LIFE, LOSS = (2, 0), (2, 3), (0.0, 0.1)
COST, RUNNING, LIMIT = (14.0, 9.0), (0.0, 2.0), (6.0, 2.5)
CHIPS, CHIP_PRICE, VALUE, DISCOUNT = 4.0, 1.5, (12.0, 6.0), 0.1


def problem(demand: np.ndarray):
    """Two options that share chips: a slow one for good, a quick one that wears out and costs more to run."""
    offers = [
        make_offer(
            4, f"option {i}", lead=LEAD[i], life=LIFE[i], loss=LOSS[i], capital=COST[i], running=RUNNING[i],
            limit_order=LIMIT[i], last=3 - LEAD[i], draws=(("chips", "order", 1.0),),
        )
        for i in range(2)
    ]  # fmt: skip
    tree = make_tree(PARENT, demand, value=VALUE)
    chips = make_resource(4, "chips", supply=CHIPS, price=CHIP_PRICE)
    return pose(tree, make_supply(4, offers, chips), discount=DISCOUNT)


def explicit(demand: np.ndarray, tree) -> float:  # noqa: C901 - a whole formulation in one piece
    """One copy of every decision per leaf and period; copies that share a node are set equal by rows."""
    paths = [tree.path(int(leaf)) for leaf in tree.leaves]
    chance = tree.probability[tree.leaves]
    names = [(s, t, k) for s in range(len(paths)) for t in range(4) for k in ("o0", "o1", "v0", "v1")]
    at = {name: j for j, name in enumerate(names)}
    cost, upper, offset = np.zeros(len(names)), np.zeros(len(names)), 0.0
    rows, sides, equal = [], [], []
    for s, path in enumerate(paths):
        for t in range(4):
            d = DISCOUNT_AT[t]
            wanted = demand[path[t]]
            offset += chance[s] * d * wanted * sum(VALUE) / 2
            for v in range(2):
                upper[at[s, t, f"v{v}"]] = wanted / 2
                cost[at[s, t, f"v{v}"]] -= chance[s] * d * VALUE[v]
            serve, chips = np.zeros(len(names)), np.zeros(len(names))
            for v in range(2):
                serve[at[s, t, f"v{v}"]] = 1.0
            for i in range(2):
                j = at[s, t, f"o{i}"]
                upper[j] = LIMIT[i] if t + LEAD[i] <= 3 else 0.0
                chips[j] = 1.0
                for age in range(LIFE[i]):
                    if t + LEAD[i] + age <= 3:
                        due = (COST[i] + CHIP_PRICE) / LIFE[i] + RUNNING[i] * (1 - LOSS[i]) ** age
                        cost[j] += chance[s] * DISCOUNT_AT[t + LEAD[i] + age] * due
                    if t - LEAD[i] - age >= 0:
                        serve[at[s, t - LEAD[i] - age, f"o{i}"]] = -((1 - LOSS[i]) ** age)
            rows += [serve, chips]
            sides += [0.0, CHIPS]
            for other in range(s):
                if paths[other][t] == path[t]:
                    for k in ("o0", "o1", "v0", "v1"):
                        same = np.zeros(len(names))
                        same[at[s, t, k]], same[at[other, t, k]] = 1.0, -1.0
                        equal.append(same)
    found = linprog(
        cost,
        np.array(rows),
        sides,
        np.array(equal),
        np.zeros(len(equal)),
        np.stack([0 * upper, upper], axis=1),
    )
    assert found.status == 0
    return float(found.fun) + offset


DISCOUNT_AT = 1.1 ** (-np.arange(4) / 4.0)


@pytest.mark.parametrize("seed", range(6))
def test_node_form_equals_explicit_scenarios(seed: int):
    """Decisions on nodes cost the same as scenario copies tied by non-anticipativity rows."""
    demand = np.random.default_rng(seed).uniform(0, 12, len(PARENT))
    inputs = problem(demand)
    assert optimum(inputs) == pytest.approx(explicit(demand, inputs.tree), rel=1e-8)
