"""The arrays themselves: blocks, scaling, tied columns, dual bound, prices of random problems."""

from __future__ import annotations

import numpy as np
import pytest
from tests.plan.instances import (
    hand_inputs,
    make_offer,
    make_resource,
    make_supply,
    make_tree,
    optimum,
    solved,
)
from tests.plan.random_instances import random_inputs

from dawndusk.core.calendar import Calendar
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.plan.formulation import build, size_factor
from dawndusk.plan.inputs import eligible_share, order_window
from dawndusk.plan.outcome import plan_of
from dawndusk.plan.program import Assembly, Model, tied, with_row
from dawndusk.plan.session import Session
from dawndusk.plan.solve import describe
from dawndusk.plan.solver import dual_bound, size_of


def diet(size: float = 1.0) -> Model:
    """Least 2 a + 3 b with a + b >= 4, a <= 3 and b <= 9 (real units): a = 3, b = 1, cost 9."""
    assembly = Assembly(10.0, size)
    block = assembly.add_columns(
        "food",
        np.array([True, False, True]),
        lower=0.0,
        upper=[3.0, 0.0, 9.0],
        cost=[2.0, 0.0, 3.0],
        scale=[1.0, 1.0, 5.0],
    )
    row = assembly.add_rows("need", np.array([True]), lower=4.0, upper=np.inf, scale=2.0)
    assembly.add(np.broadcast_to(row.index, (3,)), block.index, 1.0)
    return assembly.finish(offset=100.0)


@pytest.mark.parametrize("size", [1.0, 1e-3])
def test_scaling_is_undone(size: float):
    """Values, objective and duals in real units do not depend on the scales."""
    model = diet(size)
    found = Session(model).first()
    assert model.real("food", found.x) == pytest.approx([3.0, 0.0, 1.0])
    assert found.objective * model.money == pytest.approx(109.0)
    assert found.bound * model.money == pytest.approx(109.0)
    dual = found.duals[model.rows["need"].index] * model.money / model.rows["need"].scale
    assert dual == pytest.approx([3.0])


def test_added_row_binds():
    """A row added to the model or to a session acts alike."""
    model = diet()
    coefficients = np.array([0.0, 1.0])  # b in units of 5
    session = Session(model)
    session.first()
    session.add_row(coefficients, 0.4, np.inf)
    assert session.again().objective * model.money == pytest.approx(100 + 2 * 2 + 3 * 2)
    assert Session(with_row(model, coefficients, 0.4, np.inf)).first().objective * 10 == pytest.approx(110.0)


def test_tied_columns_move_together_and_keep_their_bounds():
    """Two columns tied have the tighter of their bounds; a free column stays free."""
    assembly = Assembly(1.0)
    block = assembly.add_columns(
        "x",
        np.ones(3, dtype=bool),
        lower=[0.0, 1.0, -np.inf],
        upper=[5.0, 4.0, np.inf],
        cost=[1.0, 1.0, 1.0],
        scale=1.0,
    )
    row = assembly.add_rows("sum", np.array([True]), lower=-7.0, upper=np.inf, scale=1.0)
    assembly.add(np.broadcast_to(row.index, (3,)), block.index, [0.0, 0.0, 1.0])
    model = tied(assembly.finish(0.0), np.array([0, 0, 1]), np.ones(3))
    assert (model.lower[0], model.upper[0]) == (1.0, 4.0)
    assert Session(model).first().objective == pytest.approx(2 * 1.0 - 7.0)


@pytest.mark.parametrize("seed", range(5))
def test_gap_is_between_the_plan_and_a_proven_bound(seed: int):
    """The dual bound equals the objective to 1e-9 on random problems."""
    plan, _ = solved(random_inputs(seed))
    assert plan.gap < 1e-9
    assert plan.bound == pytest.approx(plan.objective, rel=1e-9)


def test_bound_from_any_duals_is_below_the_optimum():
    """With finite bounds on all columns every choice of duals gives a lower bound (weak duality)."""
    model = diet()
    found = Session(model).first()
    rng = np.random.default_rng(0)
    bounds = [dual_bound(model, rng.uniform(0, 5, 1), found.x) for _ in range(50)]
    assert max(bounds) <= found.objective + 1e-12
    assert dual_bound(model, found.duals, found.x) == pytest.approx(found.objective)


def test_gap_shows_a_plan_that_is_not_the_best():
    """A feasible plan 10 % too dear with the true duals has a gap of about 9 %."""
    inputs = hand_inputs(dollar=1e3)
    model = build(inputs)
    best = Session(model).first()
    poor = replace(best, objective=1.1 * best.objective)
    plan, _ = plan_of(inputs, model, poor, unavoidable=0.0, build_s=0.0)
    assert plan.gap == pytest.approx(0.1 / 1.1, rel=1e-6)


def test_prices_are_what_a_little_more_is_worth():
    """A resource's price is the fall of the optimum per unit added, per probability and discount."""
    inputs = random_inputs(7)
    plan, _ = solved(inputs)
    k = plan.resources.index("chips")
    base = optimum(inputs)
    chips = inputs.supply.resources[k]
    for t in range(2):
        more = chips.supply.copy()
        step = 1e-4 * more[t]
        more[t] += step
        resources = tuple(
            replace(r, supply=more) if r.name == "chips" else r for r in inputs.supply.resources
        )
        fall = base - optimum(replace(inputs, supply=replace(inputs.supply, resources=resources)))
        nodes = inputs.tree.period == t
        stated = float(plan.prices[k, nodes] @ inputs.tree.probability[nodes]) * inputs.discount[t]
        assert fall / step == pytest.approx(stated, rel=1e-4, abs=1e-3)


@pytest.mark.parametrize("seed", range(5))
def test_what_binds_is_used_up(seed: int):
    """Where chips are reported to bind, the account finds none left, and their price is above nothing."""
    inputs = random_inputs(seed)
    plan, _ = solved(inputs)
    k = plan.resources.index("chips")
    assert np.all(plan.prices[k][plan.binding["chips"] > 0] > 0)
    chips = inputs.supply.resources[k]
    if chips.kind == "flow":
        drawn = np.zeros(inputs.tree.size)
        given = chips.supply[inputs.tree.period]
        for i, offer in enumerate(inputs.supply.offers):
            for draw in offer.draws:
                if draw.resource == "chips":
                    drawn += plan.orders[i] * draw.amount[inputs.tree.period]
            if "chips" in offer.gives:
                given = given + plan.capacity[i] * offer.gives["chips"][0]
        bound = plan.binding["chips"] > 0
        assert drawn[bound] == pytest.approx(given[bound], rel=1e-6)


def test_size_of_an_instance():
    """Instances of full size keep their scales; a small one is scaled by a power of ten."""
    assert size_factor(hand_inputs(scale=1e9)) == 1.0
    assert size_factor(hand_inputs()) == pytest.approx(1e-7)
    model = build(hand_inputs(dollar=1e3))
    assert describe(size_of(model, 7)).startswith("7 nodes, 3")


def test_window_of_orders():
    """Orders are open from first to last, as long as they arrive before the horizon and the contract end."""
    tree = make_tree([-1, 0, 1, 2], np.ones(4))
    offer = make_offer(4, "x", first=1, last=3, lead=1)
    assert order_window(offer, tree).tolist() == [False, True, True, False]


def test_pools_with_two_shares_are_refused():
    """Dispatch is per pool, so two shares stated for one pool are the user's mistake."""
    offers = [make_offer(1, "a"), make_offer(1, "b", serves={"all": 0.5})]
    with pytest.raises(UserError, match="one eligible share"):
        eligible_share(make_supply(1, offers), ("all",))


def test_prepared_inputs():
    """A calendar that starts in a third quarter ends its first year after two periods."""
    from tests.plan.instances import make_finance

    from dawndusk.core.scenario.demand import Demand, DemandClass
    from dawndusk.plan.inputs import prepare

    classes = (DemandClass(name="all", label="All", share=1.0, steps=(1.0,), target=0.8),)
    fields = dict.fromkeys(Demand.__dataclass_fields__, 1.0)
    stated = {"classes": classes, "service": "target", "target_from": "2027Q1"}
    demand = Demand(**(fields | stated))
    tree = make_tree([-1, 0, 1, 2], np.ones(4))
    supply = make_supply(4, [make_offer(4, "x")], make_resource(4, "chips"))
    calendar = Calendar(start="2026Q3", periods=4)
    found = prepare(supply, tree, make_finance(discount=0.21), demand, calendar)
    assert found.target[0] == pytest.approx([0.0, 0.0, 0.8, 0.8])
    assert not found.value.any()
    assert found.year_end.tolist() == [False, True, False, True]
    assert found.discount == pytest.approx(1.21 ** (-np.arange(4) / 4))
    valued = prepare(supply, tree, make_finance(), replace(demand, service="value"), calendar)
    assert valued.value == pytest.approx(10.0 * 2191.5)
    assert not valued.target.any()
