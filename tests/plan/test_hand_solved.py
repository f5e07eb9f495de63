"""Plans that can be solved by hand."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.plan.instances import (
    HAND_DEMAND,
    HAND_PARENT,
    hand_inputs,
    make_offer,
    make_resource,
    make_supply,
    make_tree,
    optimum,
    pose,
    solved,
)


def newsvendor(demand: list[float], cost: float, value: float):
    """Order now at `cost`, serve one of equally likely demands next period at `value`."""
    offer = make_offer(2, "stock", last=0, lead=1, life=1, capital=cost)
    tree = make_tree([-1] + [0] * len(demand), [0.0, *demand], value=[value])
    return pose(tree, make_supply(2, [offer]))


def test_newsvendor_orders_the_critical_quantile():
    """With a cost of 45 % of the value, the order is the 55 % quantile of demand: 30 of 10 .. 50."""
    plan, _ = solved(newsvendor([10.0, 20.0, 30.0, 40.0, 50.0], cost=4.5, value=10.0))
    assert plan.orders[0, 0] == pytest.approx(30.0, rel=1e-9)
    # 30 units at 4.5, and 10 x (0.2 x 10 + 0.2 x 20) for demand of 40 and 50 that is not served
    assert plan.objective == pytest.approx(30 * 4.5 + 60.0, rel=1e-9)


@given(
    demand=st.lists(st.integers(1, 1000), min_size=1, max_size=8, unique=True),
    ratio=st.floats(0.03, 0.97),
)
@settings(max_examples=20, deadline=None)
def test_newsvendor_costs_what_the_best_quantile_costs(demand: list[int], ratio: float):
    """The plan's cost is the least over all quantiles of c q + p E[(D - q)+]."""
    wanted = np.array(demand, dtype=float)
    best = min(10 * ratio * q + 10 * np.maximum(wanted - q, 0).mean() for q in [0.0, *wanted])
    assert optimum(newsvendor(list(wanted), 10 * ratio, 10.0)) == pytest.approx(best, rel=1e-9)


# The hand-solved plan. Demand 0; then 4 or 1; then 8 or 4 after 4, and 3 or 0 after 1; unserved costs 10.
# Rent costs 5 and yields at most 2 per node; build costs 2 a period from the period after its order.
# After 4: with capacity K a unit more costs 2 and saves 0.5 x 10 up to K = 6, 0.5 x 5 = 2.5 up to K = 8:
#   K = 8. After 1: 0.5 x 10 up to K = 1, 2.5 up to K = 3, then nothing: K = 3.
# First order b: a unit costs 4 (two periods) and saves the later order of its unit on both branches,
#   2 while b <= 3 and 1 beyond, and in the second quarter, where 4 - b and 1 - b are short:
#   b 0-1: 5 + 2.5, 1-2: 5, 2-3: 2.5, 3-4: 2.5. Savings 9.5, 7, 4.5, 3.5 against 4: b = 3.
# Cost: 3 x 4, then 0.5 x 5 x 2 for five more after demand 4, and 0.5 x 1 x 5 of rent: 12 + 5 + 2.5 = 19.5.


def test_hand_solved_plan():
    """Two options, three quarters, four leaves: order 3 now, 5 more after high demand, rent 1 meanwhile."""
    plan, account = solved(hand_inputs())
    assert plan.objective == pytest.approx(19.5, rel=1e-9)
    assert plan.orders[0] == pytest.approx([3, 5, 0, 0, 0, 0, 0], abs=1e-9)
    assert plan.orders[1] == pytest.approx([0, 1, 0, 0, 0, 0, 0], abs=1e-9)
    assert plan.unserved == pytest.approx(0.0, abs=1e-9)
    assert account.by_offer == pytest.approx([17.0, 2.5], rel=1e-9)


def test_hand_solved_plan_against_every_whole_order():
    """No combination of whole orders is cheaper than the hand-solved plan, and one is as cheap."""

    def late(short: float) -> float:
        return 5 * min(max(short, 0), 2) + 10 * max(short - 2, 0)

    def cost(b0: int, b1: int, b2: int) -> float:
        nodes = zip(HAND_PARENT[1:], HAND_DEMAND[1:], (0.5, 0.5, 0.25, 0.25, 0.25, 0.25), strict=True)
        built = {0: b0, 1: b0 + b1, 2: b0 + b2}
        return 4 * b0 + 0.5 * 2 * (b1 + b2) + sum(p * late(d - built[above]) for above, d, p in nodes)

    every = [cost(*b) for b in itertools.product(range(9), repeat=3)]
    assert min(every) == pytest.approx(optimum(hand_inputs()), rel=1e-9)


def test_price_of_a_chip_is_what_it_saves():
    """A chip that costs 3 and saves 10 is worth 7 more than its price where chips are short, else 0."""
    # quarter 0: demand 4 under 5 chips; quarter 1: demand 9 over 5 chips
    offer = make_offer(2, "chips on site", draws=(("chips", "order", 1.0),))
    chips = make_resource(2, "chips", supply=5.0, price=3.0)
    inputs = pose(make_tree([-1, 0], [4.0, 9.0]), make_supply(2, [offer], chips), discount=0.08)
    plan, _ = solved(inputs)
    assert plan.prices[plan.resources.index("chips")] == pytest.approx([0.0, 7.0], abs=1e-9)
    assert plan.binding["chips"] == pytest.approx([0.0, 1.0])
    assert plan.objective == pytest.approx(12.0 + (15.0 + 40.0) * 1.08**-0.25, rel=1e-9)


def test_stocked_chips_carry_their_price_back():
    """Chips left from a slack quarter are worth in it what they save later, discounted."""
    offer = make_offer(2, "chips on site", draws=(("chips", "order", 1.0),))
    chips = make_resource(2, "chips", kind="stock", supply=5.0, price=3.0)
    inputs = pose(make_tree([-1, 0], [4.0, 9.0]), make_supply(2, [offer], chips), discount=0.08)
    plan, _ = solved(inputs)
    assert plan.orders[0] == pytest.approx([4.0, 6.0], abs=1e-9)
    assert plan.prices[plan.resources.index("chips")] == pytest.approx([7.0 * 1.08**-0.25, 7.0], abs=1e-9)


def test_risk_term_of_four_equal_paths():
    """Lost values 10, 20, 30, 40 that nothing can serve have a CVaR of 36.25 at level 0.6."""
    tree = make_tree([-1, 0, 0, 0, 0], [0.0, 1.0, 2.0, 3.0, 4.0])
    inputs = pose(tree, make_supply(2, [make_offer(2, "none", last=-1)]), cvar_weight=2.0, cvar_level=0.6)
    plan, account = solved(inputs)
    assert plan.objective == pytest.approx(25.0 + 2 * 36.25, rel=1e-9)
    assert account.risk == pytest.approx(72.5, rel=1e-12)


def test_risk_aversion_orders_a_higher_quantile():
    """With the worst fifth counted twice over, the newsvendor buys for the highest demand."""
    cautious = newsvendor([10.0, 20.0, 30.0, 40.0, 50.0], cost=4.5, value=10.0)
    changed = pose(cautious.tree, cautious.supply, cvar_weight=2.0, cvar_level=0.8)
    assert solved(changed)[0].orders[0, 0] == pytest.approx(50.0, rel=1e-9)
