"""The independent account agrees with the program, and notices decisions that break a limit."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.plan.instances import hand_inputs, solved
from tests.plan.random_instances import random_inputs

from dawndusk.core.records import replace
from dawndusk.plan import evaluator
from dawndusk.plan.evaluator import Decisions, conditional_value_at_risk, evaluate
from dawndusk.plan.formulation import build
from dawndusk.plan.outcome import decisions
from dawndusk.plan.session import Session


@given(seed=st.integers(0, 10**6), size=st.sampled_from([1e2, 1e4, 1e6, 1e8]), target=st.booleans())
@settings(max_examples=40, deadline=None)
def test_account_agrees_with_the_program(seed: int, size: float, target: bool):
    """On random problems with every feature the account confirms cost (1e-9) and feasibility (1e-7)."""
    inputs = random_inputs(seed, size=size, target=0.02 if target else 0.0)
    assume(not target or Session(build(inputs)).first().optimal)
    plan, account = solved(inputs)
    assert account.objective == pytest.approx(plan.objective, rel=1e-9)
    assert account.violation < 1e-7, account.violations
    assert abs(plan.gap) < 1e-9


def test_an_interior_point_that_turns_in_circles_is_left_for_the_simplex_method():
    """A small problem on which the interior point never ends is solved all the same."""
    plan, account = solved(random_inputs(291, size=1e2, target=0.0))
    assert account.objective == pytest.approx(plan.objective, rel=1e-9)


def test_every_feature_is_used():
    """The random problems exercise every kind of offer, exits, stocks and a binding spending limit."""
    used: set[str] = set()
    exits = spent = False
    for seed in range(25):
        plan, _ = solved(random_inputs(seed))
        used |= {o for o, row in zip(plan.offers, plan.orders, strict=True) if row.any()}
        exits |= bool(plan.exits.any())
        spent |= bool(np.any(plan.binding.get("spending", 0.0)))
    assert used == set(plan.offers) - {"existing", "existing pad"}
    assert exits
    assert spent


def test_conditional_value_at_risk_of_four_values():
    """The worst 40 % of 10, 20, 30, 40 are all of 40 and 0.15 of 30: 36.25."""
    found = conditional_value_at_risk(np.array([10.0, 40.0, 20.0, 30.0]), np.full(4, 0.25), 0.6)
    assert found == pytest.approx(36.25, rel=1e-12)


def broken(name: str) -> tuple[Decisions, str]:
    """The hand-solved decisions with one thing wrong, and the limit that should notice."""
    inputs = hand_inputs()
    model = build(inputs)
    good = decisions(inputs, model, Session(model).first().x)
    orders, served, steps = good.orders.copy(), good.served.copy(), good.steps.copy()
    if name == "order above its limit":
        orders[1, 1] = 2.5
        return replace(good, orders=orders), "rent: order limit"
    if name == "negative order":
        orders[0, 2] = -0.1
        return replace(good, orders=orders), "build: negative order"
    if name == "compute from nowhere":
        orders[0, 0] = 2.0
        return replace(good, orders=orders), "balance compute:ground"
    if name == "served twice":
        steps[0, 0, 1] = 3.0
        return replace(good, steps=steps), "served twice"
    served[0, 1, 3] = 1.0  # nothing may be served by the leased pool
    served[0, 0, 3] = 7.0
    return replace(good, served=served), "eligible share"


@pytest.mark.parametrize(
    "name",
    ["order above its limit", "negative order", "compute from nowhere", "served twice", "ineligible pool"],
)
def test_account_notices(name: str):
    """Decisions that break a limit are reported under that limit's name."""
    wrong, limit = broken(name)
    account = evaluate(hand_inputs(), wrong)
    assert account.violations[limit] > 1e-2
    assert account.violation > 1e-2


def test_account_does_not_know_the_matrix_builder():
    """The evaluator imports neither the matrix builder nor what the builder folds its costs with."""
    tree = ast.parse(Path(evaluator.__file__).read_text(encoding="utf-8"))
    imported = {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert not imported & {f"dawndusk.plan.{x}" for x in ("matrix", "charges", "model", "solver", "session")}
