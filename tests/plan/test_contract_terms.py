"""Leases and capacity contracts: when they start, may be left, end, are recalled, and what stays paid."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.plan.instances import make_offer, make_supply, make_tree, pose, solved

from dawndusk.core.errors import UserError
from dawndusk.core.offers import Contract
from dawndusk.core.records import replace


def lease(periods: int, terms: dict[str, Any] | None = None, **changes: Any):
    """A lease of compute at 4 a period, from one period after the order."""
    agreed = {"end": -1, "earliest_exit": -1, "notice": 1, "recall": 0.0} | (terms or {})
    fields = {"kind": "lease", "pool": "leased", "gives": {"compute:leased": 1.0}, "running": 4.0, "lead": 1}
    return make_offer(
        periods, "lease", contract=Contract(**agreed), **({"life": periods, **fields} | changes)
    )


def on_a_path(demand: list[float], *offers: Any, **finance: Any):
    """The plan on a single path."""
    periods = len(demand)
    return solved(
        pose(make_tree(range(-1, periods - 1), demand), make_supply(periods, list(offers)), **finance)
    )


@pytest.mark.parametrize(
    ("earliest_exit", "notice", "end", "quarters"),
    [
        (1, 1, -1, [1, 2]),  # in service from 1, notice in 2 after one quarter, gone in 3
        (0, 1, -1, [1, 2]),  # notice on arrival would lose quarter 2, which is worth more than it costs
        (2, 1, -1, [1, 2, 3]),
        (1, 2, -1, [1, 2, 3]),
        (0, 2, -1, [1, 2]),
        (2, 2, -1, [1, 2, 3, 4]),
        (-1, 1, -1, [1, 2, 3, 4, 5]),
        (-1, 1, 4, [1, 2, 3]),
        (2, 1, 3, [1, 2]),
    ],
)
def test_terms_of_a_lease(earliest_exit: int, notice: int, end: int, quarters: list[int]):
    """A lease wanted in quarters 1 and 2 is paid until its exit, notice and end let it go."""
    terms = {"earliest_exit": earliest_exit, "notice": notice, "end": end}
    plan, account = on_a_path([0.0, 5.0, 5.0, 0.0, 0.0, 0.0], lease(6, terms, running=3.0))
    assert np.flatnonzero(plan.capacity[0] > 1e-9).tolist() == quarters
    assert plan.capacity[0].max() == pytest.approx(5.0)
    assert plan.objective == pytest.approx(5 * 3 * len(quarters), rel=1e-9)
    assert account.violation < 1e-9


def test_notice_is_given_before_the_branch_is_known():
    """With a quarter's notice a lease is kept, or let go, on both branches that follow."""
    # quarter 1: demand 5 on the only node; quarter 2: 5 or nothing; value 10, price 4: keep on both
    tree = make_tree([-1, 0, 1, 1], [0.0, 5.0, 5.0, 0.0])
    plan, _ = solved(pose(tree, make_supply(3, [lease(3, {"earliest_exit": 0})])))
    assert plan.capacity[0] == pytest.approx([0.0, 5.0, 5.0, 5.0], abs=1e-9)
    assert plan.objective == pytest.approx(5 * 4 * 2, rel=1e-9)


def test_term_runs_out():
    """A contract of two quarters without exit serves two quarters, and is bought again."""
    plan, _ = on_a_path([5.0] * 5, lease(5, lead=0, life=2))
    assert plan.capacity[0] == pytest.approx(5.0)
    assert plan.orders[0].sum() == pytest.approx(15.0)
    assert plan.orders[0, 0] == pytest.approx(5.0)


def test_minimum_term_longer_than_the_term_itself():
    """A minimum of four quarters on a contract of two is no clash: it ends after two."""
    plan, account = on_a_path([5.0, 5.0, 0.0, 0.0, 0.0], lease(5, {"earliest_exit": 3}, lead=0, life=2))
    assert plan.capacity[0] == pytest.approx([5.0, 5.0, 0.0, 0.0, 0.0], abs=1e-9)
    assert account.violation < 1e-9


def test_recall_is_an_expectation():
    """At a hazard of 10 % a quarter what is delivered and paid falls by a tenth each quarter."""
    plan, account = on_a_path([10.0] * 3, lease(3, {"recall": 0.1}, lead=0, limit_total=1.0))
    assert plan.delivered[0] == pytest.approx([1.0, 0.9, 0.81])
    assert account.by_offer[0] == pytest.approx(4 * (1.0 + 0.9 + 0.81))


def test_running_limit_of_a_contract_frees_what_was_given_up():
    """A limit on what is in service lets a lease that was left be taken again."""
    offer = lease(6, {"earliest_exit": 0}, lead=0, limit_service=5.0)
    plan, account = on_a_path([5.0, 5.0, 0.0, 0.0, 5.0, 5.0], offer)
    assert plan.objective == pytest.approx(5 * 4 * 4, rel=1e-9)
    assert plan.orders[0, [0, 4]] == pytest.approx([5.0, 5.0])
    assert account.violation < 1e-9


def test_running_limit_of_a_contract_holds():
    """No more of a contract is in service than its limit allows."""
    plan, _ = on_a_path([5.0] * 3, lease(3, lead=0, limit_service=2.0))
    assert plan.capacity[0] == pytest.approx(2.0)
    assert plan.binding["lease"].max() == 1.0


def test_account_notices_a_contract_above_its_limit():
    """The account checks the running limit of contracts too."""
    from dawndusk.plan.evaluator import evaluate
    from dawndusk.plan.formulation import build
    from dawndusk.plan.outcome import decisions
    from dawndusk.plan.session import Session

    inputs = pose(make_tree(range(-1, 2), [5.0] * 3), make_supply(3, [lease(3, lead=0)]))
    model = build(inputs)
    chosen = decisions(inputs, model, Session(model).first().x)
    capped = replace(inputs, supply=make_supply(3, [lease(3, lead=0, limit_service=2.0)]))
    assert evaluate(capped, chosen).violations["lease: service limit"] == pytest.approx(0.6)


def test_running_units_of_a_contract_serve():
    """Units in service before any decision serve and are paid beside the ordered ones."""
    plan, account = on_a_path([5.0] * 2, lease(2, lead=0, initial=3.0))
    assert plan.capacity[0] == pytest.approx(5.0)
    assert plan.orders[0, 0] == pytest.approx(2.0)
    assert account.objective == pytest.approx(plan.objective, rel=1e-12)


def test_contract_may_not_draw_in_service():
    """A contract that would draw a resource by age is refused, with what to write instead."""
    offer = lease(2, draws=(("power", "service", 1.0),))
    with pytest.raises(UserError, match="without loss and service draws"):
        on_a_path([1.0, 1.0], offer)
