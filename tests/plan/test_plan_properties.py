"""What holds for every plan: more freedom or knowledge never costs more, and scale is free."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.plan.instances import (
    HAND_DEMAND,
    HAND_PARENT,
    hand_inputs,
    hand_offers,
    make_offer,
    make_supply,
    make_tree,
    optimum,
    pose,
    solved,
)
from tests.plan.random_instances import random_inputs

from dawndusk.core.records import replace
from dawndusk.core.tree import Tree
from dawndusk.plan.alternatives import expected_value_cost, open_loop, path_tree, wait_and_see
from dawndusk.plan.formulation import build
from dawndusk.plan.inputs import Inputs
from dawndusk.plan.session import Session

SEEDS = range(8)


def mean_path(tree: Tree) -> Tree:
    """The path of expected demand and expected factors."""

    def mean(values: np.ndarray) -> np.ndarray:
        weighted = np.atleast_2d(values * tree.probability)
        return np.stack([weighted[:, tree.period == t].sum(axis=1) for t in range(tree.periods)], axis=1)

    return path_tree(tree, mean(tree.demand), {k: mean(v)[0] for k, v in tree.factors.items()})


def changed_offers(inputs: Inputs, **changes: Any) -> Inputs:
    """The same problem with fields of every offer computed anew from the offer."""
    offers = tuple(replace(o, **{k: f(o) for k, f in changes.items()}) for o in inputs.supply.offers)
    return replace(inputs, supply=replace(inputs.supply, offers=offers))


@pytest.mark.parametrize("seed", SEEDS)
def test_knowing_more_never_costs_more(seed: int):
    """Wait-and-see <= stochastic plan <= plan fixed by date <= plan made for the mean path."""
    inputs = random_inputs(seed, risky=False)
    model = build(inputs)
    plan = Session(model).first().objective * model.money
    fixed = open_loop(model, inputs).objective * model.money
    slack = 1e-9 * abs(plan)
    assert wait_and_see(inputs) <= plan + slack
    assert plan <= fixed + slack
    assert plan <= expected_value_cost(inputs, mean_path(inputs.tree)) + slack


def test_knowing_more_is_worth_something_where_demand_branches():
    """On the hand-solved plan the four values differ, in order."""
    inputs = hand_inputs()
    model = build(inputs)
    ordered = [
        wait_and_see(inputs),
        optimum(inputs),
        open_loop(model, inputs).objective * model.money,
        expected_value_cost(inputs, mean_path(inputs.tree)),
    ]
    assert np.all(np.diff(ordered) > 0.1), ordered


@pytest.mark.parametrize("seed", SEEDS)
def test_all_plans_are_one_on_a_single_path(seed: int):
    """Without branches the stochastic, open-loop, wait-and-see and mean-path plans cost the same."""
    inputs = random_inputs(seed, risky=False)
    path = inputs.tree.path(int(inputs.tree.leaves[-1]))
    single = path_tree(
        inputs.tree, inputs.tree.demand[:, path], {k: v[path] for k, v in inputs.tree.factors.items()}
    )
    alone = replace(inputs, tree=single, ancestors=single.ancestors(), spending=np.full(single.size, np.inf))
    model = build(alone)
    plan = optimum(alone)
    assert open_loop(model, alone).objective * model.money == pytest.approx(plan, rel=1e-9)
    assert wait_and_see(alone) == pytest.approx(plan, rel=1e-9)
    assert expected_value_cost(alone, single) == pytest.approx(plan, rel=1e-7)


@pytest.mark.parametrize("seed", SEEDS)
def test_more_supply_never_costs_more(seed: int):
    """Half as much again of every resource, or of every limit, never raises the cost."""
    inputs = random_inputs(seed)
    base = optimum(inputs)
    slack = 1e-9 * abs(base)
    resources = tuple(replace(r, supply=1.5 * r.supply) for r in inputs.supply.resources)
    richer = replace(inputs, supply=replace(inputs.supply, resources=resources))
    wider = changed_offers(
        inputs,
        limit_order=lambda o: 1.5 * o.limit_order,
        limit_total=lambda o: 1.5 * o.limit_total,
        limit_service=lambda o: 1.5 * o.limit_service,
    )
    assert optimum(richer) <= base + slack
    assert optimum(wider) <= base + slack
    assert optimum(replace(inputs, spending=1.5 * inputs.spending)) <= base + slack


@pytest.mark.parametrize("seed", SEEDS)
def test_an_added_option_never_costs_more(seed: int):
    """Leaving out any offer never lowers the cost."""
    inputs = random_inputs(seed)
    base = optimum(inputs)
    for i, offer in enumerate(inputs.supply.offers):
        rest = inputs.supply.offers[:i] + inputs.supply.offers[i + 1 :]
        if offer.orderable and any(o.pool == offer.pool for o in rest):
            without = replace(inputs, supply=replace(inputs.supply, offers=rest))
            assert optimum(without) >= base * (1 - 1e-9)


def test_a_shorter_lead_never_costs_more():
    """The hand-solved plan is dearer with each quarter of lead, and strictly so from 0 to 1 to 2."""
    tree = make_tree(HAND_PARENT, HAND_DEMAND)
    costs = [optimum(pose(tree, make_supply(3, hand_offers(lead)))) for lead in (0, 1, 2)]
    assert np.all(np.diff(costs) > 0.1), costs


def test_unserved_demand_priced_higher_never_costs_less():
    """The cost rises with the value of demand and with the weight of risk."""
    offers = make_supply(3, hand_offers())
    trees = [make_tree(HAND_PARENT, HAND_DEMAND, value=[v]) for v in (2.0, 4.0, 6.0, 40.0)]
    costs = [optimum(pose(t, offers)) for t in trees]
    assert np.all(np.diff(costs) >= -1e-9 * costs[-1])
    assert costs[-1] > costs[1] > costs[0]
    risks = [optimum(pose(trees[1], offers, cvar_weight=w, cvar_level=0.5)) for w in (0.0, 1.0, 5.0)]
    assert np.all(np.diff(risks) >= -1e-9 * risks[-1])


@pytest.mark.parametrize("dollar", [1e-1, 1e2, 1e5])
def test_the_unit_of_money_changes_nothing(dollar: float):
    """Service worth 1 USD or 1 MUSD per chip and period gives the same orders (real: about 20 kUSD)."""
    plan, _ = solved(hand_inputs(dollar=dollar))
    assert plan.objective == pytest.approx(19.5 * dollar, rel=1e-9)
    assert plan.orders[0] == pytest.approx([3, 5, 0, 0, 0, 0, 0], abs=1e-9)


@pytest.mark.parametrize("scale", [1.0, 1e3, 1e6, 1e9])
def test_a_small_lab_is_planned_like_a_large_one(scale: float):
    """From one chip to a billion the plan scales with demand."""
    plan, account = solved(hand_inputs(scale=scale, dollar=1e3))
    assert plan.objective == pytest.approx(19.5e3 * scale, rel=1e-9)
    assert plan.orders[0] / scale == pytest.approx([3, 5, 0, 0, 0, 0, 0], abs=1e-9)
    assert account.violation < 1e-9


def test_same_inputs_same_bytes():
    """Two runs on the same problem give the same bytes."""
    first, second = (solved(random_inputs(3))[0] for _ in range(2))
    assert first.orders.tobytes() == second.orders.tobytes()
    assert first.prices.tobytes() == second.prices.tobytes()
    assert (first.objective, first.bound) == (second.objective, second.bound)


def test_an_offer_that_arrives_after_the_horizon_is_not_ordered():
    """An order whose service would start with the horizon's end has no column, and changes nothing."""
    late = make_offer(3, "late", lead=3, life=4, capital=1e-6)
    tree = make_tree(HAND_PARENT, HAND_DEMAND)
    plan, _ = solved(pose(tree, make_supply(3, [*hand_offers(), late])))
    assert plan.objective == pytest.approx(19.5, rel=1e-9)
    assert not plan.orders[2].any()
