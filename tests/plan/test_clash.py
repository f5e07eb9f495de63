"""A plan without optimum names the limits that clash, and what to write instead."""

from __future__ import annotations

import re

import numpy as np
import pytest
from tests.plan.instances import make_offer, make_resource, make_supply, make_tree, pose

from dawndusk.core.errors import NoOptimum, UserError
from dawndusk.plan.conflict import explain
from dawndusk.plan.formulation import build
from dawndusk.plan.outcome import require_optimal
from dawndusk.plan.session import Session
from dawndusk.plan.solve import solve

LABELS = ["2026Q1", "2026Q2", "2026Q3"]


def failure(*offers, resources=(), demand=(10.0, 10.0, 10.0), target: float = 0.9, **finance) -> UserError:
    """The error of a plan with a service target that its limits cannot meet."""
    tree = make_tree([-1, 0, 1], demand)
    inputs = pose(tree, make_supply(3, offers, *resources), target=target, **finance)
    names = {o.name: o.name for o in offers}
    with pytest.raises(UserError) as caught:
        solve(inputs, names, names, LABELS)
    assert caught.value.exit_code == 2
    return caught.value


def named(error: UserError) -> str:
    """The limits that the first problem names."""
    return error.problems[0].expected.partition("clash with: ")[2]


def test_clash_with_an_order_limit():
    """A target of 90 % against an offer of at most 8 of 10 is told: that offer, and 80 %."""
    error = failure(make_offer(3, "small hall", running=1.0, limit_order=8.0))
    assert named(error) == "small hall"
    assert error.problems[0].path == "demand.classes.all.target"
    assert "at most 80 %" in error.problems[0].write
    assert "2026Q1" in error.problems[0].write


def test_clash_with_a_shared_supply_names_it_and_not_what_carries_it():
    """Chips that are short are named; the power that plants give without limit is not."""
    plant = make_offer(3, "plant", pool="", serves={}, life=9, capital=1.0, gives={"power": 1.0})
    chips = make_offer(3, "hall", running=1.0, draws=(("chips", "order", 1.0), ("power", "service", 1.0)))
    resources = (make_resource(3, "chips", supply=[9.0, 9.0, 5.5]), make_resource(3, "power"))
    error = failure(plant, chips, resources=resources)
    assert named(error) == "chips"
    assert "at most 55 %" in error.problems[0].write
    assert "2026Q3" in error.problems[0].write


def test_clash_with_the_spending_limit():
    """A target that money cannot buy names spending."""
    error = failure(make_offer(3, "hall", kind="rent", running=10.0), spending=4 * 70.0)
    assert named(error) == "spending"


def test_clash_with_a_queue():
    """A limit on the sum of orders is named by its offer."""
    error = failure(make_offer(3, "queue", life=9, capital=1.0, limit_total=4.0))
    assert named(error) == "queue"


def test_clash_with_lead_times():
    """If nothing but the dates stands in the way, lead times are named."""
    error = failure(make_offer(3, "hall", lead=2, life=3, capital=1.0, last=0))
    assert named(error) == "lead times"
    assert "2026Q1" in error.problems[0].write


def test_the_stated_share_is_reachable_and_a_percent_more_is_not():
    """What the message tells the user to write works, rounded down to a whole percent."""
    offer = make_offer(3, "hall", running=1.0, limit_order=[8.79, 9.0, 9.0])
    error = failure(offer, target=0.95)
    share = int(re.findall(r"at most (\d+) %", error.problems[0].write)[0])
    assert share == 87
    tree = make_tree([-1, 0, 1], [10.0, 10.0, 10.0])
    supply = make_supply(3, [offer])
    assert Session(build(pose(tree, supply, target=share / 100))).first().optimal
    assert not Session(build(pose(tree, supply, target=share / 100 + 0.01))).first().optimal


def test_limits_that_clash_without_targets():
    """Existing units that draw more than there is are told apart from targets out of reach."""
    offer = make_offer(3, "old", last=-1, initial=5.0, draws=(("power", "service", 1.0),))
    for target, text in (
        (0.0, "no plan meets the stated limits together"),
        (0.5, "even without service targets"),
    ):
        inputs = pose(
            make_tree([-1, 0, 1], np.ones(3)),
            make_supply(3, [offer], make_resource(3, "power")),
            target=target,
        )
        error = explain(build(inputs), inputs, LABELS)
        assert text in error.problems[0].read


def test_any_other_status_is_an_error_with_a_sentence():
    """A status other than optimal is never taken for a plan."""
    inputs = pose(make_tree([-1], [1.0]), make_supply(1, [make_offer(1, "x", limit_order=0.0)]), target=0.5)
    found = Session(build(inputs)).first()
    with pytest.raises(NoOptimum, match="no plan can meet the stated limits"):
        require_optimal(found, "plan")
