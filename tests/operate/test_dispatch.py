"""Dispatch by merit against the linear program that it replaces."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from dawndusk.core.errors import UserError
from dawndusk.operate.dispatch import by_value, serve

VALUES = np.array([8.0, 5.0, 3.0, 1.0])
STEPS = np.arange(4)


def random_case(seed):
    """Three streams, four pools: demand, capacity, eligible shares, shares of steps."""
    random = np.random.default_rng(seed)
    demand = random.uniform(0.0, 10.0, 3)
    capacity = random.uniform(0.0, 8.0, 4) * (random.random(4) < 0.8)
    eligible = np.clip(random.uniform(-0.3, 1.5, (3, 4)), 0.0, 1.0)
    return demand, capacity, eligible, random.dirichlet(np.ones(4), 3)


def optimum(demand, capacity, eligible, step_share):
    """Value of the best dispatch: variables are steps (3, 4), then flows (3, 4)."""
    cost = np.concatenate([-np.tile(VALUES, 3), np.zeros(12)])
    balance = np.zeros((3, 24))
    within = np.zeros((4, 24))
    for s in range(3):
        balance[s, 4 * s : 4 * s + 4] = 1.0
        balance[s, 12 + 4 * s : 16 + 4 * s] = -1.0
        within[np.arange(4), 12 + 4 * s + np.arange(4)] = 1.0
    upper = np.concatenate([(step_share * demand[:, None]).ravel(), (eligible * demand[:, None]).ravel()])
    found = linprog(
        cost,
        A_ub=within,
        b_ub=capacity,
        A_eq=balance,
        b_eq=np.zeros(3),
        bounds=[*zip(0 * upper, upper, strict=True)],
    )
    return -found.fun


def best_by_step(demand, step_share, planned=None):
    """Parts by value, without a plan's wishes if none are given."""
    return by_value(demand, step_share, STEPS, np.zeros_like(step_share) if planned is None else planned)


def value_served(demand, served, step_share):
    """Value of serving the best paid part of each stream."""
    amounts = step_share * demand[:, None]
    before = np.cumsum(amounts, axis=1) - amounts
    return float((np.clip(served[:, None] - before, 0.0, amounts) * VALUES).sum())


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_greedy_is_optimal(seed):
    """Serving step by step earns as much as the linear program, for any eligible shares."""
    demand, capacity, eligible, step_share = random_case(seed)
    served, _ = serve(demand, capacity, eligible, best_by_step(demand, step_share), np.zeros(4))
    best = optimum(demand, capacity, eligible, step_share)
    assert value_served(demand, served, step_share) == pytest.approx(best, rel=1e-8, abs=1e-8)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_use_of_pools_is_a_flow(seed, wishing):
    """The pools' use sums to the service, respects capacity, and some dispatch has exactly these sums."""
    demand, capacity, eligible, step_share = random_case(seed)
    wish = capacity * np.random.default_rng(seed).random(4) if wishing else np.zeros(4)
    served, used = serve(demand, capacity, eligible, best_by_step(demand, step_share), wish)
    assert used.sum() == pytest.approx(served.sum(), rel=1e-12, abs=1e-12)
    assert np.all(used <= capacity)
    assert np.all((served >= 0) & (served <= demand))
    rows = np.kron(np.eye(3), np.ones(4))
    columns = np.kron(np.ones(3), np.eye(4))
    upper = (eligible * demand[:, None]).ravel()
    # Least overflow of the pools' stated use over all dispatches of the service: none.
    over = linprog(
        np.concatenate([np.zeros(12), np.ones(4)]),
        A_ub=np.hstack([columns, -np.eye(4)]),
        b_ub=used,
        A_eq=np.hstack([rows, np.zeros((3, 4))]),
        b_eq=served,
        bounds=[*zip(np.zeros(16), np.concatenate([upper * (1 + 1e-9), np.full(4, np.inf)]), strict=True)],
    )
    assert over.status == 0
    assert over.fun <= 1e-7


def test_best_paid_first_then_in_proportion():
    """The best paid step of every stream comes first; what is left is shared by what the next step wants."""
    demand = np.array([10.0, 10.0])
    step_share = np.array([[0.5, 0.5], [0.2, 0.8]])
    parts = by_value(demand, step_share, np.arange(2), np.zeros((2, 2)))
    served, _ = serve(demand, np.array([9.0, 0, 0, 0]), np.ones((2, 4)), parts, np.zeros(4))
    assert served == pytest.approx([5.0 + 2.0 * 5 / 13, 2.0 + 2.0 * 8 / 13])


def test_the_plan_decides_among_equals():
    """Within a step the stream that the plan serves comes first, and its pools are used as it uses them."""
    demand, capacity = np.array([10.0, 10.0]), np.array([8.0, 0.0, 6.0, 4.0])
    step_share = np.array([[0.5, 0.5], [0.2, 0.8]])
    planned = np.array([[0.5, 0.0], [0.2, 0.2]])
    parts = by_value(demand, step_share, np.arange(2), planned)
    served, _ = serve(demand, np.array([9.0, 0, 0, 0]), np.ones((2, 4)), parts, np.zeros(4))
    assert served == pytest.approx([5.0, 4.0])
    few = demand / 2
    parts = by_value(few, step_share, np.arange(2), planned)
    _, used = serve(few, capacity, np.ones((2, 4)), parts, np.array([3.0, 0.0, 5.0, 2.0]))
    assert used == pytest.approx([3.0, 0.0, 5.0, 2.0])


def test_orbit_serves_only_what_it_may():
    """Compute in orbit idles while training waits, if training may not go there."""
    demand = np.array([4.0, 6.0])
    eligible = np.array([[1.0, 1.0, 1.0, 0.5], [1.0, 1.0, 1.0, 0.0]])
    parts = by_value(demand, np.ones((2, 1)), np.arange(1), np.zeros((2, 1)))
    served, used = serve(demand, np.array([3.0, 0.0, 0.0, 9.0]), eligible, parts, np.zeros(4))
    assert served.sum() == pytest.approx(5.0)
    assert used == pytest.approx([3.0, 0.0, 0.0, 2.0])


def test_too_many_streams_are_refused():
    """Nine streams are a user's error, not an endless run."""
    with pytest.raises(UserError, match="9 streams"):
        serve(np.ones(9), np.ones(4), np.ones((9, 4)), [np.ones(9)], np.zeros(4))
