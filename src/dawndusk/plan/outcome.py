"""From a solution back to words: decisions, the Plan record, prices and binding limits."""

from __future__ import annotations

import numpy as np

from dawndusk.core.errors import NoOptimum, Problem
from dawndusk.core.offers import POOLS
from dawndusk.core.plan import Plan
from dawndusk.core.records import Floats
from dawndusk.plan.evaluator import Account, Decisions, evaluate
from dawndusk.plan.inputs import Inputs
from dawndusk.plan.program import Block, Model
from dawndusk.plan.solver import Solution, size_of

NOISE = 1e-7  # scaled units below which an interior solution means zero
PRICED = 1e-9  # duals (objective units per scaled unit) below this are noise
TOUCHING = 1e-6  # scaled slack that counts as none, whatever the side (a resource may have no own supply)


def decisions(inputs: Inputs, model: Model, x: Floats) -> Decisions:
    """Decisions in real units, with the interior point's noise below `NOISE` set to zero."""
    clean = np.where(np.abs(x) < NOISE, 0.0, x)
    shape = (len(inputs.supply.offers), inputs.tree.size)
    empty = Block(name="", index=np.full(shape, -1), scale=np.ones(shape))
    blocks = {name: model.columns.get(name, empty) for name in ("order", "exit", "active")}
    values = {
        name: np.where(b.index >= 0, clean[np.maximum(b.index, 0)], 0.0) * b.scale
        for name, b in blocks.items()
    }
    return Decisions(
        orders=values["order"],
        exits=values["exit"],
        active=values["active"],
        served=model.real("dispatch", clean),
        steps=model.real("step", clean),
    )


def require_optimal(solution: Solution, what: str) -> None:
    """Raise NoOptimum with a sentence unless the solver proved optimality."""
    if not solution.optimal:
        raise NoOptimum(
            Problem(
                path=what,
                read=f"solver status '{solution.status}'",
                expected="an optimal plan",
                write=solution.sentence,
            )
        )


def plan_of(
    inputs: Inputs, model: Model, solution: Solution, *, unavoidable: float, build_s: float
) -> tuple[Plan, Account]:
    """The Plan record and the independent account of the same decisions."""
    chosen = decisions(inputs, model, solution.x)
    account = evaluate(inputs, chosen)
    tree, supply = inputs.tree, inputs.supply
    plan = Plan(
        offers=tuple(supply.names()),
        resources=tuple(r.name for r in supply.resources),
        pools=POOLS,
        streams=tree.streams,
        orders=chosen.orders,
        exits=chosen.exits,
        capacity=account.capacity,
        delivered=account.delivered,
        served=chosen.served,
        unserved=tree.demand - chosen.steps.sum(axis=1),
        steps=chosen.steps,
        prices=resource_prices(inputs, model, solution),
        binding=binding_limits(inputs, model, solution),
        objective=solution.objective * model.money,
        bound=solution.bound * model.money,
        gap=abs(solution.objective - solution.bound) / max(abs(solution.objective), 1e-12),
        cost=account.cost,
        lost_value=account.lost_value,
        risk=account.risk,
        unavoidable=unavoidable,
        status=solution.status,
        sentence=solution.sentence,
        size=size_of(model, tree.size),
        build_s=build_s,
        solve_s=solution.seconds,
    )
    return plan, account


def resource_prices(inputs: Inputs, model: Model, solution: Solution) -> Floats:
    """What one more unit of a resource is worth in a node's period, USD, shape (resource, node).

    The dual of the resource's balance, divided by the node's probability and discount.
    """
    weight = inputs.tree.probability * inputs.discount[inputs.tree.period]
    prices = np.zeros((len(inputs.supply.resources), inputs.tree.size))
    for k, resource in enumerate(inputs.supply.resources):
        block = model.rows.get(f"balance:{resource.name}")
        if block is not None:
            dual = np.where(block.index >= 0, solution.duals[np.maximum(block.index, 0)], 0.0)
            prices[k] = dual / block.scale * model.money / weight
    return prices


def binding_limits(inputs: Inputs, model: Model, solution: Solution) -> dict[str, Floats]:
    """Where each shared limit holds the plan back, name -> (node,) of 0 and 1.

    A limit binds where its price is worth more than 0.1 % of the largest price it has anywhere, and
    its slack is below 1e-4 of its side: both, since an interior solution has neither exactly zero.
    Prices below `PRICED` are the solver's noise.
    """
    found: dict[str, Floats] = {}
    activity = model.matrix @ solution.x
    for name, block in model.rows.items():
        kind, _, what = name.partition(":")
        if kind not in ("balance", "spending") or what.startswith(("compute", "shell", "power")):
            continue
        row = np.maximum(block.index, 0)
        found[what or kind] = _binds(inputs, solution.duals[row], activity[row], model, row) * (
            block.index >= 0
        )
    for name, block in model.columns.items():
        kind, _, what = name.partition(":")
        if kind in ("total", "service"):
            column = np.maximum(block.index, 0)
            at_limit = solution.x[column] >= model.upper[column] * (1 - 1e-4)
            priced = -solution.reduced[column] > PRICED
            found[what] = np.maximum(
                found.get(what, 0.0), (at_limit & priced & (block.index >= 0)).astype(float)
            )
    order = model.columns["order"]
    for i, offer in enumerate(inputs.supply.offers):
        column = np.maximum(order.index[i], 0)
        finite = np.isfinite(model.upper[column]) & (order.index[i] >= 0)
        at_limit = finite & (solution.x[column] >= model.upper[column] * (1 - 1e-4))
        priced = -solution.reduced[column] > PRICED
        if finite.any():
            found[offer.name] = np.maximum(found.get(offer.name, 0.0), (at_limit & priced).astype(float))
    return found


def _weights(inputs: Inputs) -> Floats:
    return np.asarray(inputs.tree.probability * inputs.discount[inputs.tree.period], dtype=np.float64)


def _binds(inputs: Inputs, dual: Floats, activity: Floats, model: Model, row: np.ndarray) -> Floats:
    price = np.abs(dual) / _weights(inputs)
    lower, upper = model.row_lower[row], model.row_upper[row]
    slack = np.minimum(
        np.where(np.isfinite(lower), activity - lower, np.inf),
        np.where(np.isfinite(upper), upper - activity, np.inf),
    )
    side = np.where(np.isfinite(lower), np.abs(lower), np.abs(upper))
    priced = (np.abs(dual) > PRICED) & (price > 1e-3 * price.max())
    return np.where(priced & (slack <= np.maximum(1e-4 * side, TOUCHING)), 1.0, 0.0)
