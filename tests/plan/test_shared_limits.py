"""Queues, limits on what is in service, stocks, gates, windows and the yearly spending limit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.plan.instances import make_offer, make_resource, make_supply, make_tree, pose, solved

from dawndusk.core.errors import UserError


def on_a_path(demand: Any, offers: Any, *resources: Any, **options: Any):
    """The plan on a single path."""
    periods = len(demand)
    tree = make_tree(range(-1, periods - 1), demand)
    return solved(pose(tree, make_supply(periods, offers, *resources), **options))


def test_lead_and_life_are_exact():
    """An order of quarter 1 with lead 2 and life 3 serves quarters 3, 4 and 5 only."""
    offer = make_offer(8, "x", first=1, last=1, lead=2, life=3, capital=1.0)
    plan, _ = on_a_path([5.0] * 8, [offer])
    assert plan.delivered[0] == pytest.approx([0, 0, 0, 5, 5, 5, 0, 0], abs=1e-9)


def test_losses_are_geometric_and_end_with_life():
    """Of 5 units 10 % are lost each quarter; after their life nothing is left."""
    offer = make_offer(5, "x", last=0, life=3, loss=0.1, capital=1.0, limit_order=5.0)
    plan, _ = on_a_path([9.0] * 5, [offer])
    assert plan.delivered[0] == pytest.approx([5.0, 4.5, 4.05, 0.0, 0.0], abs=1e-9)
    assert plan.served[0, 0] == pytest.approx([5.0, 4.5, 4.05, 0.0, 0.0], abs=1e-9)


def test_queue_limit_counts_all_orders_so_far():
    """Rights in a queue of 3, then 2 more, bound the sum of orders and are reported where they bind."""
    queue = make_offer(4, "queue", kind="queue", pool="", serves={}, lead=1, life=9, capital=0.01,
                       gives={"power": 1.0}, limit_total=[3.0, 3.0, 5.0, 5.0])  # fmt: skip
    chips = make_offer(4, "chips", life=1, running=1.0, draws=(("power", "service", 1.0),))
    plan, _ = on_a_path([9.0] * 4, [queue, chips], make_resource(4, "power"))
    assert plan.orders[0] == pytest.approx([3.0, 0.0, 2.0, 0.0], abs=1e-9)
    assert plan.served[0, 0] == pytest.approx([0.0, 3.0, 3.0, 5.0], abs=1e-9)
    assert plan.binding["queue"].any()


def test_a_falling_total_limit_holds_after_the_last_order():
    """A limit on the sum of orders that falls after the window closes bounds the orders too."""
    offer = make_offer(4, "x", last=1, life=4, capital=1.0, limit_total=[5.0, 5.0, 2.0, 5.0])
    plan, account = on_a_path([9.0] * 4, [offer])
    assert plan.orders[0].sum() == pytest.approx(2.0)
    assert account.violation < 1e-9


def test_limit_in_service_counts_what_still_runs():
    """With 4 in service at most and a life of 2, four are bought every second quarter."""
    plan, _ = on_a_path([9.0] * 4, [make_offer(4, "x", life=2, capital=2.0, limit_service=4.0)])
    assert plan.capacity[0] == pytest.approx(4.0)
    assert plan.binding["x"].any()


def test_gate_is_shut_per_node_and_halves_a_limit():
    """A factor of 0 on a limit forbids the order on that node; a factor of one half halves it."""
    tree = make_tree([-1, 0, 0, 0], [0.0, 9.0, 9.0, 9.0], factors={"gate": np.array([1.0, 1.0, 0.5, 0.0])})
    offer = make_offer(2, "x", running=1.0, limit_order=4.0, factors={"limit": "gate"})
    plan, account = solved(pose(tree, make_supply(2, [offer])))
    assert plan.orders[0] == pytest.approx([0.0, 4.0, 2.0, 0.0], abs=1e-9)
    assert account.violation < 1e-9


def test_account_notices_an_order_above_half_a_limit():
    """The account applies a factor of one half to the limit of an order."""
    from dawndusk.plan.evaluator import Decisions, evaluate

    tree = make_tree([-1], [9.0], factors={"gate": np.array([0.5])})
    offer = make_offer(1, "x", limit_order=4.0, factors={"limit": "gate"})
    inputs = pose(tree, make_supply(1, [offer]))
    zero = np.zeros((1, 1))
    served = np.zeros((1, 4, 1))
    served[0, 0] = 4.0
    chosen = Decisions(orders=zero + 4, exits=zero, active=zero, served=served, steps=np.full((1, 1, 1), 4.0))
    assert evaluate(inputs, chosen).violations["x: order limit"] == pytest.approx(0.5)


def test_factor_on_supply_spares_existing_units():
    """A factor on a resource multiplies its own supply, not what existing units give of it."""
    tree = make_tree([-1, 0, 0], [0.0, 9.0, 9.0], factors={"open": np.array([1.0, 1.0, 0.0])})
    pad = make_offer(2, "pad", pool="", serves={}, last=-1, initial=1.0, gives={"launches": 2.0})
    offer = make_offer(2, "x", running=1.0, draws=(("launches", "order", 1.0),))
    launches = make_resource(2, "launches", unit="launch", supply=3.0, factor="open")
    plan, account = solved(pose(tree, make_supply(2, [pad, offer], launches)))
    assert plan.orders[1] == pytest.approx([0.0, 5.0, 2.0], abs=1e-9)
    assert account.violation < 1e-9


def test_unlimited_supply_behind_a_shut_gate_is_none():
    """A factor of 0 on a supply without limit leaves nothing."""
    tree = make_tree([-1, 0], [9.0, 9.0], factors={"open": np.array([1.0, 0.0])})
    offer = make_offer(2, "x", running=1.0, draws=(("launches", "order", 1.0),))
    launches = make_resource(2, "launches", supply=[np.inf, 3.0], factor="open")
    plan, _ = solved(pose(tree, make_supply(2, [offer], launches)))
    assert plan.orders[0] == pytest.approx([9.0, 0.0], abs=1e-9)


# Spending: units at 10 each, of which each quarter wants 5 more; value far above cost.


def spend(quarter: int, limit: float):
    """Orders of a path of six quarters that starts in a quarter of its year, under a yearly limit."""
    offer = make_offer(6, "x", life=9, capital=10.0, rate=0.0)
    demand = 5.0 * np.arange(1, 7)
    return on_a_path(demand, [offer], quarter=quarter, spending=limit, spending_share=0.0)


def test_spending_limit_holds_within_each_calendar_year():
    """From the third quarter of a year 40 USD a year give 20 for its rest and 40 for the next year."""
    plan, account = spend(2, 40.0)
    paid = 10 * plan.orders[0]
    assert paid[:2].sum() == pytest.approx(20.0)
    assert paid[2:].sum() == pytest.approx(40.0)
    assert account.violation < 1e-9
    assert plan.binding["spending"].any()


def test_what_is_not_spent_ends_with_the_year():
    """Nothing wanted in the first year leaves no more for the second."""
    offer = make_offer(6, "x", life=9, capital=10.0)
    plan, _ = on_a_path([0.0, 0.0, 9.0, 9.0, 9.0, 9.0], [offer], quarter=2, spending=40.0)
    assert 10 * plan.orders[0, 2:].sum() == pytest.approx(40.0)


def test_payments_count_when_they_fall_due():
    """An order paid half a year later counts against the next year's limit."""
    offer = make_offer(6, "x", last=1, life=9, capital=10.0, payments=((2, 1.0),))
    plan, account = on_a_path([9.0] * 6, [offer], quarter=2, spending=40.0)
    assert 10 * plan.orders[0].sum() == pytest.approx(40.0)
    assert account.spending[:2] == pytest.approx(0.0)


@pytest.mark.parametrize(("kind", "served"), [("rent", 2.0), ("build", 9.0)])
def test_rent_counts_and_running_cost_does_not(kind: str, served: float):
    """Rent counts against the spending limit; the running cost of an own asset does not."""
    plan, _ = on_a_path([9.0], [make_offer(1, "x", kind=kind, running=5.0)], spending=40.0)
    assert plan.served[0, 0, 0] == pytest.approx(served)


def test_spending_may_not_follow_a_worthless_start():
    """A limit that is to follow the value of demand needs a value in the first quarter."""
    with pytest.raises(UserError, match="spending_share"):
        on_a_path([0.0, 1.0], [make_offer(2, "x")], spending=40.0, spending_share=1.0)


def test_spending_follows_demand():
    """With a share of one half the limit grows with the square root of the value of demand."""
    tree = make_tree([-1, 0], [1.0, 9.0])
    inputs = pose(tree, make_supply(2, [make_offer(2, "x")]), spending=40.0, spending_share=0.5)
    assert inputs.spending == pytest.approx([10.0, 30.0])
