"""Near-optimal bands, open-loop plans, entry prices and thresholds, in cases known in closed form."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.plan.instances import make_offer, make_resource, make_supply, make_tree, optimum, pose, solved
from tests.plan.random_instances import random_inputs

from dawndusk.core.errors import Cancelled
from dawndusk.core.offers import Contract
from dawndusk.core.plan import EntryPrice
from dawndusk.core.records import replace
from dawndusk.plan.alternatives import near_optimal_band, open_loop, orbit_share_row, unavoidable_loss
from dawndusk.plan.entry_prices import entry_price, own_price
from dawndusk.plan.formulation import build
from dawndusk.plan.inputs import Inputs
from dawndusk.plan.session import Session
from dawndusk.plan.solve import solve
from dawndusk.plan.thresholds import thresholds

ORBIT = {"pool": "orbit", "gives": {"compute:orbit": 1.0}}
CHAIN = (-1, 0, 1, 2)
THOUSAND = 1e3  # prices of the size of real ones, USD per H100e and quarter


def two(ground: float, orbit: float, demand: float = 100.0, **changes: Any) -> Inputs:
    """Four quarters of demand worth 10 that ground and orbit serve at these prices."""
    offers = [
        make_offer(4, "ground", running=ground * THOUSAND, **changes),
        make_offer(4, "orbit", running=orbit * THOUSAND, **ORBIT),
    ]
    tree = make_tree(CHAIN, np.full(4, demand), value=[10 * THOUSAND])
    return pose(tree, make_supply(4, offers))


def band(inputs: Inputs, slack: float) -> tuple[float, float, float]:
    """Orbit's share: of the plan, least and most within a relative slack."""
    model = build(inputs)
    session = Session(model)
    best = session.first()
    share = float(orbit_share_row(model, inputs) @ best.x)
    return share, *near_optimal_band(session, inputs, best, slack * best.objective)


@pytest.mark.parametrize("slack", [0.0, 0.004, 0.01, 0.02])
def test_band_of_an_option_two_percent_dearer(slack: float):
    """At 5.1 against 5 orbit may serve slack / 2 % of demand."""
    share, low, high = band(two(5.0, 5.1), slack)
    assert share == pytest.approx(0.0, abs=1e-9)
    assert low == pytest.approx(0.0, abs=1e-7)
    assert high == pytest.approx(slack / 0.02, abs=1e-6)


@pytest.mark.parametrize("seed", [0, 2, 5, 9])
def test_bands_are_nested_and_contain_the_plan(seed: int):
    """A wider slack gives a wider band, and each contains the plan's own share."""
    inputs = random_inputs(seed)
    found = [band(inputs, slack) for slack in (0.0, 0.005, 0.02)]
    for share, low, high in found:
        assert low - 1e-7 <= share <= high + 1e-7
    assert found[2][1] - 1e-7 <= found[1][1] <= found[0][1] + 1e-7
    assert found[0][2] - 1e-7 <= found[1][2] <= found[2][2] + 1e-7


def test_session_answers_like_a_fresh_solver():
    """After a band and entry prices the session still finds the plan's own cost."""
    inputs = random_inputs(4)
    model = build(inputs)
    session = Session(model)
    best = session.first()
    near_optimal_band(session, inputs, best, 0.01 * best.objective)
    entry_price(session, own_price(model, inputs, "x", "x", [len(inputs.supply.offers) - 1]))
    assert session.again().objective == pytest.approx(best.objective, rel=1e-9)


def entry(inputs: Inputs, member: int) -> EntryPrice:
    """Entry price of one offer."""
    model = build(inputs)
    session = Session(model)
    session.first()
    name = inputs.supply.offers[member].name
    return entry_price(session, own_price(model, inputs, name, name, [member]))


def at_price(inputs: Inputs, member: int, factor: float) -> float:
    """Units of an offer ordered in a fresh plan, its own price scaled."""
    offers = list(inputs.supply.offers)
    offer = offers[member]
    offers[member] = replace(offer, capital=offer.capital * factor, running=offer.running * factor)
    again = replace(inputs, supply=replace(inputs.supply, offers=tuple(offers)))
    return float(solved(again)[0].orders[member].sum())


@pytest.mark.parametrize(
    ("ground", "orbit", "factor"),
    [(5.0, 8.0, 5 / 8), (5.0, 20.0, 1 / 4), (12.0, 40.0, 1 / 4), (8.0, 5.0, 1.6)],
)
def test_entry_price_is_that_of_the_best_other_choice(ground: float, orbit: float, factor: float):
    """Orbit enters at the ground's price, or at the value of service if that is lower; used or not today."""
    inputs = two(ground, orbit)
    found = entry(inputs, 1)
    assert found.factor == pytest.approx(factor, rel=1e-6)
    assert found.proven
    assert at_price(inputs, 1, 0.99 * factor) > 1.0
    assert at_price(inputs, 1, 1.01 * factor) == pytest.approx(0.0, abs=1e-6)


def test_entry_price_of_a_first_use_worth_more_than_the_rest():
    """Where a little demand beyond the ground's limit is worth 10, orbit enters at 10, not at 5."""
    inputs = two(5.0, 20.0, limit_order=100.0 * (1 - 1e-6))
    found = entry(inputs, 1)
    assert found.factor == pytest.approx(0.5, rel=0.01)  # found by bracketing, to the margin of the proof
    assert found.proven


def test_entry_price_under_a_spending_limit():
    """Where money is short a lower price also spares money, and the entry price counts that."""
    # 300 kUSD a quarter buy 60 units from the ground at 5 kUSD; a unit of service is worth 10 kUSD, so a
    # dollar is worth 2 and earns 1. Orbit rented at p enters where 10 / p = 2: at 5 of its 20, a quarter
    # (with today's payments of 20 kept, a price of zero would not do: 10 - 20 = -10).
    tree = make_tree(CHAIN, np.full(4, 100.0), value=[10 * THOUSAND])
    offers = [
        make_offer(4, "ground", kind="rent", running=5 * THOUSAND),
        make_offer(4, "orbit", kind="rent", running=20 * THOUSAND, **ORBIT),
    ]
    inputs = pose(tree, make_supply(4, offers), spending=4 * 300 * THOUSAND)
    found = entry(inputs, 1)
    assert found.factor == pytest.approx(0.25, rel=1e-6)
    assert found.proven
    assert at_price(inputs, 1, 0.99 * 0.25) > 1.0
    assert at_price(inputs, 1, 1.01 * 0.25) == pytest.approx(0.0, abs=1e-6)


def test_entry_price_with_drawn_resources():
    """What an option draws keeps its price: 8 + 2 of launches enter against 7 at 5/8 of the 8."""
    offers = [
        make_offer(4, "ground", running=7 * THOUSAND),
        make_offer(4, "orbit", running=8 * THOUSAND, draws=(("launches", "delivery", 1.0),), **ORBIT),
    ]
    launches = make_resource(4, "launches", supply=np.inf, price=2 * THOUSAND)
    tree = make_tree(CHAIN, np.full(4, 100.0), value=[10 * THOUSAND])
    inputs = pose(tree, make_supply(4, offers, launches))
    found = thresholds(inputs, tree, "middle", [1], ["launches"])
    assert [(x.lever, x.enters, x.proven) for x in found] == [
        ("platform", False, True),
        ("launches", False, True),
    ]
    assert found[0].factor == pytest.approx(5 / 8, rel=1e-6)
    assert found[1].factor == 0.0  # even with free launches 8 is above 7
    cheaper = replace(offers[1], running=offers[1].running * 0.75)
    changed = pose(tree, make_supply(4, [offers[0], cheaper], launches))
    assert thresholds(changed, tree, "middle", [1], ["launches"])[1].factor == pytest.approx(0.5, rel=1e-6)


def test_entry_price_of_what_cannot_be_used():
    """An option without any of what it draws has no entry price, and says so."""
    offers = [
        make_offer(4, "ground", running=5 * THOUSAND),
        make_offer(4, "orbit", running=1 * THOUSAND, draws=(("slots", "service", 1.0),), **ORBIT),
    ]
    tree = make_tree(CHAIN, np.full(4, 100.0), value=[10 * THOUSAND])
    found = entry(pose(tree, make_supply(4, offers, make_resource(4, "slots"))), 1)
    assert (found.factor, found.proven) == (0.0, False)
    assert "cannot be used" in found.sentence


@pytest.mark.parametrize("seed", range(6))
def test_entry_prices_hold_in_fresh_plans(seed: int):
    """On random problems 1 % below the entry price the option enters a fresh plan, 1 % above it does not."""
    inputs = random_inputs(seed)
    plan, _ = solved(inputs)
    checked = 0
    for i, offer in enumerate(inputs.supply.offers):
        if not offer.orderable or plan.orders[i].any():
            continue
        found = entry(inputs, i)
        if found.factor > 0:
            assert found.proven, found
            size = max(1e-9, float(np.where(np.isfinite(offer.limit_order), offer.limit_order, 0).max()))
            assert at_price(inputs, i, 0.99 * found.factor) > 1e-7 * size
            assert at_price(inputs, i, 1.01 * found.factor) <= 1e-7 * size
            checked += 1
    assert checked or plan.orders[1:].any()


def test_open_loop_may_draw_on_a_supply():
    """Fixing orders by date on a single path changes nothing, also for what only draws a limited supply."""
    offer = make_offer(2, "x", running=1.0, draws=(("slots", "service", 1.0),))
    inputs = pose(
        make_tree([-1, 0], [5.0, 9.0]), make_supply(2, [offer], make_resource(2, "slots", supply=7.0))
    )
    model = build(inputs)
    assert open_loop(model, inputs).objective * model.money == pytest.approx(5 + 7 + 20, rel=1e-9)
    assert optimum(inputs) == pytest.approx(32.0, rel=1e-9)


def test_open_loop_keeps_a_contract_where_its_gate_opens():
    """A contract behind a gate that opens on one branch is signed there, in a plan fixed by date too."""
    tree = make_tree([-1, 0, 0], [0.0, 5.0, 5.0], factors={"gate": np.array([0.0, 1.0, 0.0])})
    offer = make_offer(
        2, "deal", running=4.0, contract=Contract(end=-1, earliest_exit=-1, notice=1, recall=0.0),
        factors={"limit": "gate"}, limit_order=9.0,
    )  # fmt: skip
    inputs = pose(tree, make_supply(2, [offer]))
    model = build(inputs)
    assert open_loop(model, inputs).objective * model.money == pytest.approx(0.5 * 20 + 0.5 * 50, rel=1e-9)


def test_open_loop_cannot_wait():
    """One order for demand of 2 or 8, bought in the same quarter, is the newsvendor's."""
    tree = make_tree([-1, 0, 0], [0.0, 2.0, 8.0])
    inputs = pose(tree, make_supply(2, [make_offer(2, "x", running=6.0)]))
    model = build(inputs)
    assert optimum(inputs) == pytest.approx(0.5 * 12 + 0.5 * 48, rel=1e-9)
    # a ratio of 0.6 is above one half: buy 2 on both branches, lose 6 on the second
    assert open_loop(model, inputs).objective * model.money == pytest.approx(12 + 0.5 * 60, rel=1e-9)


def test_loss_that_no_plan_avoids():
    """Of 10 wanted where 6 may be served 4 are lost, whatever it costs, besides what existing units cost."""
    existing = make_offer(1, "old", last=-1, initial=1.0, running=3.0)
    inputs = pose(
        make_tree([-1], [10.0]), make_supply(1, [make_offer(1, "x", running=1e3, limit_order=5.0), existing])
    )
    assert unavoidable_loss(build(inputs), inputs) == pytest.approx(40.0, rel=1e-9)


def test_answer_of_a_small_plan():
    """The whole answer holds a proven plan, its account, a band around its share and proven entry prices."""
    inputs = random_inputs(5)
    options = {o.name: o.name for o in inputs.supply.offers}
    said: list[float] = []
    answer = solve(
        inputs,
        options,
        {v: v.upper() for v in options.values()},
        [str(t) for t in range(inputs.tree.periods)],
        progress=lambda share, _: said.append(share),
    )
    other = answer.alternatives
    assert answer.account.objective == pytest.approx(answer.plan.objective, rel=1e-9)
    assert other.orbit_low - 1e-7 <= other.orbit_share <= other.orbit_high + 1e-7
    assert other.adaptivity >= -1e-9 * answer.plan.objective
    assert answer.plan.unavoidable <= answer.plan.lost_value + answer.plan.risk + 1.0
    assert all(e.proven for e in other.entries if e.factor > 0)
    assert said == sorted(said)


def test_planning_can_be_stopped():
    """A caller that asks to stop is obeyed."""
    inputs = two(5.0, 8.0)
    options = {"ground": "ground", "orbit": "orbit"}
    with pytest.raises(Cancelled):
        solve(inputs, options, options, ["a", "b", "c", "d"], cancel=lambda: True)
