"""The plan as a sparse linear program on the scenario tree (node form).

Variables live on nodes, so decisions cannot look ahead. Capacity is a recursion along the tree, one
state per resource and loss rate; dispatch is per pool and stream. The formulation is written out in
``docs/design/plan.md``.
"""

from __future__ import annotations

import numpy as np

from dawndusk.core.offers import POOLS, Resource, pool_of
from dawndusk.core.records import Floats, Ints
from dawndusk.plan.charges import drawn_payments, order_charges, own_payments
from dawndusk.plan.inputs import (
    Inputs,
    at_nodes,
    back,
    by_vintage,
    capital_factor,
    fixed_cost,
    order_limit,
    order_window,
    own_supply,
    recall_factor,
    require_plain_contracts,
    runs_by_contract,
)
from dawndusk.plan.program import Assembly, Block, Model

MONEY = 1e9  # USD in one unit of the objective, at full size
FULL = 1e7  # H100e: largest demand from which an instance counts as of full size
SCALES = {"W": 1e8, "H100e": 1e5, "satellite": 1e3, "launch": 1e2, "facility": 1.0, "USD": 1e9}


def scale_of(unit: str) -> float:
    """Size of one scaled unit."""
    return SCALES.get(unit, 1.0)


def size_factor(inputs: Inputs) -> float:
    """Size of the instance for scaling: its largest demand against `FULL`, a power of ten, at most 1."""
    most = float(inputs.tree.demand.max(initial=0.0))
    return float(10.0 ** np.floor(np.log10(min(most / FULL, 1.0)))) if most > 0 else 1.0


def build(inputs: Inputs) -> Model:
    """The linear program of a planning problem."""
    require_plain_contracts(inputs.supply)
    assembly = Assembly(MONEY, size_factor(inputs))
    orders = _orders(assembly, inputs)
    contracts = _contracts(assembly, inputs, orders)
    states = _states(assembly, inputs, orders)
    steps, dispatch = _service(assembly, inputs)
    _balances(assembly, inputs, orders, contracts, states, dispatch)
    _limits(assembly, inputs, orders, contracts)
    _spending(assembly, inputs, orders, contracts)
    offset = _lost_value(assembly, inputs, steps)
    return assembly.finish(offset)


def _weight(inputs: Inputs) -> Floats:
    """Probability times discount of each node, shape (N,)."""
    return inputs.tree.probability * inputs.discount[inputs.tree.period]


def _orders(assembly: Assembly, inputs: Inputs) -> Block:
    """Order columns with all charges that depend on the order alone."""
    tree, offers = inputs.tree, inputs.supply.offers
    mask = np.array([order_window(o, tree) for o in offers]).reshape(len(offers), tree.size)
    upper = np.array([order_limit(o, tree) for o in offers]).reshape(mask.shape)
    scale = np.array([scale_of(o.unit) for o in offers])[:, None]
    cost = np.zeros(mask.shape)
    for i, offer in enumerate(offers):
        charges = order_charges(offer, inputs)
        cost[i] = charges.total(capital_factor(inputs, offer), tree.period) * tree.probability
    return assembly.add_columns("order", mask, lower=0.0, upper=upper, cost=cost, scale=scale)


def _contracts(assembly: Assembly, inputs: Inputs, orders: Block) -> Block:
    """Active amount and notices of contracts that may end before their term."""
    tree, offers, periods = inputs.tree, inputs.supply.offers, inputs.tree.periods
    mask = np.zeros((len(offers), tree.size), dtype=bool)
    leaving = mask.copy()
    cost = np.zeros(mask.shape)
    for i, offer in enumerate(offers):
        if not runs_by_contract(offer) or not order_window(offer, tree).any():
            continue
        end = offer.contract.end if offer.contract and offer.contract.end >= 0 else periods
        mask[i] = (tree.period >= offer.first + offer.lead) & (tree.period < end)
        if offer.contract and offer.leaves_early:
            leaving[i] = mask[i] & (tree.period + offer.contract.notice < min(end, periods))
        cost[i] = (offer.running * recall_factor(offer, periods))[tree.period] * _weight(inputs)
    scale = np.array([scale_of(o.unit) for o in offers])[:, None]
    active = assembly.add_columns("active", mask, lower=0.0, upper=np.inf, cost=cost, scale=scale)
    exits = assembly.add_columns("exit", leaving, lower=0.0, upper=np.inf, cost=0.0, scale=scale)
    for i in range(len(offers)):
        if mask[i].any():
            _contract_rows(assembly, inputs, i, orders, active, exits)
    return active


def _contract_rows(
    assembly: Assembly, inputs: Inputs, i: int, orders: Block, active: Block, exits: Block
) -> None:
    """An active contract grows by arrivals, falls by notices and expiries, and never returns."""
    offer = inputs.supply.offers[i]
    assert offer.contract is not None
    here, live, scale = active.index[i], active.index[i] >= 0, scale_of(offer.unit)
    parent = at_nodes(here, back(inputs, 1))
    arrived = at_nodes(orders.index[i], back(inputs, offer.lead))
    expired = at_nodes(orders.index[i], back(inputs, offer.lead + offer.life))
    left = at_nodes(exits.index[i], back(inputs, max(offer.contract.notice, 1)))
    for sign, name in ((0.0, "grow"), (1.0, "fall")):
        bounds = {"lower": -np.inf, "upper": 0.0} if sign == 0.0 else {"lower": 0.0, "upper": np.inf}
        row = assembly.add_rows(f"{name}:{offer.name}", live, scale=scale, **bounds).index
        for column, value in ((here, 1.0), (parent, -1.0), (arrived, -1.0), (left, 1.0), (expired, sign)):
            assembly.add(row, column, value)
    if (expired >= 0).any():
        _window(assembly, inputs, i, orders, here, offer.life, name="term", lower=-np.inf, upper=0.0)
    if offer.leaves_early:
        held = min(offer.contract.earliest_exit + offer.contract.notice, offer.life)
        _window(assembly, inputs, i, orders, here, held, name="held", lower=0.0, upper=np.inf)


def _window(
    assembly: Assembly,
    inputs: Inputs,
    i: int,
    orders: Block,
    here: Ints,
    span: int,
    *,
    name: str,
    lower: float,
    upper: float,
) -> None:
    """A row: active amount against what arrived in the last `span` periods."""
    offer = inputs.supply.offers[i]
    row = assembly.add_rows(
        f"{name}:{offer.name}", here >= 0, lower=lower, upper=upper, scale=scale_of(offer.unit)
    )
    assembly.add(row.index, here, 1.0)
    for k in range(min(span, inputs.tree.periods)):
        assembly.add(row.index, at_nodes(orders.index[i], back(inputs, offer.lead + k)), -1.0)


def _flows(inputs: Inputs) -> dict[tuple[str, float], list[tuple[int, Floats]]]:
    """Service flows by (resource, loss per period): offer number and signed amount by vintage."""
    found: dict[tuple[str, float], list[tuple[int, Floats]]] = {}
    for i, offer in enumerate(inputs.supply.offers):
        if runs_by_contract(offer) or not order_window(offer, inputs.tree).any():
            continue
        for name, amount in offer.gives.items():
            found.setdefault((name, offer.loss), []).append((i, amount))
        for draw in offer.draws:
            if draw.when == "service" and _limited(inputs, draw.resource):
                found.setdefault((draw.resource, 0.0), []).append((i, -draw.amount))
    return found


def _limited(inputs: Inputs, name: str) -> bool:
    resource = inputs.supply.resource(name)
    return resource.kind == "stock" or bool(np.isfinite(resource.supply).any())


def _states(assembly: Assembly, inputs: Inputs, orders: Block) -> dict[str, list[Ints]]:
    """Recursions: what the ordered units give less what they draw, per resource and loss rate."""
    tree = inputs.tree
    states: dict[str, list[Ints]] = {}
    for (name, loss), flows in _flows(inputs).items():
        scale = scale_of(inputs.supply.resource(name).unit)
        first = min(inputs.supply.offers[i].first + inputs.supply.offers[i].lead for i, _ in flows)
        mask = tree.period >= first
        label = f"{name}@{loss:.6g}"
        free = any((amount < 0).any() for _, amount in flows)
        state = assembly.add_columns(
            f"state:{label}", mask, lower=-np.inf if free else 0.0, upper=np.inf, cost=0.0, scale=scale
        ).index
        row = assembly.add_rows(f"state:{label}", mask, lower=0.0, upper=0.0, scale=scale).index
        assembly.add(row, state, 1.0)
        assembly.add(row, at_nodes(state, back(inputs, 1)), loss - 1.0)
        for i, amount in flows:
            offer = inputs.supply.offers[i]
            for k, factor in ((offer.lead, -1.0), (offer.lead + offer.life, (1.0 - loss) ** offer.life)):
                source = back(inputs, k)
                assembly.add(
                    row, at_nodes(orders.index[i], source), factor * by_vintage(inputs, amount, source)
                )
        states.setdefault(name, []).append(state)
    return states


def _service(assembly: Assembly, inputs: Inputs) -> tuple[Block, Block]:
    """Steps of the value curve, dispatch by pool, and the row that ties them."""
    tree = inputs.tree
    streams, steps = tree.step_share.shape
    scale = scale_of("H100e")
    on_step = tree.step_share[:, :, None] * tree.demand[:, None, :]
    value = -inputs.value[:, tree.period] * _weight(inputs)
    step = assembly.add_columns("step", on_step > 0, lower=0.0, upper=on_step, cost=value[None], scale=scale)
    most = inputs.share[:, :, None] * tree.demand[:, None, :]
    dispatch = assembly.add_columns("dispatch", most > 0, lower=0.0, upper=most, cost=0.0, scale=scale)
    every = np.ones((streams, tree.size), dtype=bool)
    row = assembly.add_rows("served", every, lower=0.0, upper=0.0, scale=scale).index
    for p in range(len(POOLS)):
        assembly.add(row, dispatch.index[:, p], 1.0)
    for v in range(steps):
        assembly.add(row, step.index[:, v], -1.0)
    wanted = inputs.target[:, tree.period] * tree.demand
    floor = assembly.add_rows("target", wanted > 0, lower=wanted, upper=np.inf, scale=scale).index
    for v in range(steps):
        assembly.add(floor, step.index[:, v], 1.0)
    return step, dispatch


def _balances(
    assembly: Assembly,
    inputs: Inputs,
    orders: Block,
    contracts: Block,
    states: dict[str, list[Ints]],
    dispatch: Block,
) -> None:
    """What is drawn of a limited resource never exceeds supply plus what is given."""
    tree = inputs.tree
    for resource in inputs.supply.resources:
        if not _limited(inputs, resource.name):
            continue
        scale = scale_of(resource.unit)
        every = np.ones(tree.size, dtype=bool)
        have = _available(inputs, resource)
        row = assembly.add_rows(
            f"balance:{resource.name}", every, lower=-have, upper=np.inf, scale=scale
        ).index
        for state in states.get(resource.name, []):
            assembly.add(row, state, 1.0)
        if resource.kind == "stock":
            stock = assembly.add_columns(
                f"stock:{resource.name}", every, lower=0.0, upper=np.inf, cost=0.0, scale=scale
            ).index
            assembly.add(row, stock, -1.0)
            assembly.add(row, at_nodes(stock, back(inputs, 1)), 1.0)
        pool = pool_of(resource.name)
        if pool:
            for s in range(dispatch.index.shape[0]):
                assembly.add(row, dispatch.index[s, POOLS.index(pool)], -1.0)
        _draw_terms(assembly, inputs, resource, row, orders, contracts)


def _available(inputs: Inputs, resource: Resource) -> Floats:
    """Supply of a resource by node without any order: its own, and that of existing units. Shape (N,)."""
    existing = np.zeros(inputs.tree.periods)
    for offer in inputs.supply.offers:
        if resource.name in offer.gives:
            existing = existing + offer.initial * offer.gives[resource.name]
        for draw in offer.draws:
            if draw.when == "service" and draw.resource == resource.name:
                existing = existing - offer.initial * draw.amount
    return own_supply(inputs, resource) + existing[inputs.tree.period]


def _draw_terms(
    assembly: Assembly, inputs: Inputs, resource: Resource, row: Ints, orders: Block, contracts: Block
) -> None:
    for i, offer in enumerate(inputs.supply.offers):
        for draw in offer.draws:
            if draw.resource == resource.name and draw.when != "service":
                source = back(inputs, 0 if draw.when == "order" else offer.lead)
                assembly.add(row, at_nodes(orders.index[i], source), -by_vintage(inputs, draw.amount, source))
        if resource.name in offer.gives and runs_by_contract(offer):
            given = offer.gives[resource.name] * recall_factor(offer, inputs.tree.periods)
            assembly.add(row, contracts.index[i], given[inputs.tree.period])


def _limits(assembly: Assembly, inputs: Inputs, orders: Block, contracts: Block) -> None:
    """Cumulative orders and units in service, where an offer limits them.

    Nothing is ordered after the window, so the sum stops there, under the least limit that follows.
    """
    tree = inputs.tree
    for i, offer in enumerate(inputs.supply.offers):
        if not (orders.index[i] >= 0).any():
            continue
        scale = scale_of(offer.unit)
        for kind, limit in (("total", offer.limit_total), ("service", offer.limit_service)):
            if not np.isfinite(limit).any():
                continue
            lead = 0 if kind == "total" else offer.lead
            last = tree.periods - 1
            if kind == "total":
                last = min(offer.last, last - offer.lead)
            mask = (tree.period >= offer.first + lead) & (tree.period <= last)
            wide = np.where(tree.period == last, limit[last:].min(), limit[tree.period])
            state = assembly.add_columns(
                f"{kind}:{offer.name}", mask, lower=0.0, upper=wide, cost=0.0, scale=scale
            ).index
            row = assembly.add_rows(f"{kind}:{offer.name}", mask, lower=0.0, upper=0.0, scale=scale).index
            assembly.add(row, state, 1.0)
            if kind == "service" and runs_by_contract(offer):
                assembly.add(row, contracts.index[i], -1.0)
                continue
            assembly.add(row, at_nodes(state, back(inputs, 1)), -1.0)
            assembly.add(row, at_nodes(orders.index[i], back(inputs, lead)), -1.0)
            if kind == "service":
                assembly.add(row, at_nodes(orders.index[i], back(inputs, lead + offer.life)), 1.0)


def _spending(assembly: Assembly, inputs: Inputs, orders: Block, contracts: Block) -> None:
    """Capital, lease and rental payments against the limit of each calendar year along the path."""
    tree = inputs.tree
    if not np.isfinite(inputs.spending).any():
        return
    every = np.ones(tree.size, dtype=bool)
    scale = scale_of("USD")
    lowest = np.where(inputs.year_end[tree.period], 0.0, -np.inf)
    left = assembly.add_columns("unspent", every, lower=lowest, upper=np.inf, cost=0.0, scale=scale).index
    row = assembly.add_rows("spending", every, lower=-np.inf, upper=inputs.spending, scale=scale).index
    assembly.add(row, left, 1.0)
    parent = back(inputs, 1)
    same = (parent >= 0) & (inputs.year[tree.period[np.maximum(parent, 0)]] == inputs.year[tree.period])
    assembly.add(row, at_nodes(left, np.where(same, parent, -1)), -1.0)
    for i, offer in enumerate(inputs.supply.offers):
        for due in (*own_payments(offer, inputs), *drawn_payments(offer, inputs)):
            index = (contracts if due.block == "active" else orders).index[i]
            assembly.add(row, at_nodes(index, back(inputs, due.lag)), due.usd)


def _lost_value(assembly: Assembly, inputs: Inputs, steps: Block) -> float:
    """Value of all demand (the steps earn it back), fixed cost of existing units, and the risk term."""
    tree = inputs.tree
    wanted = np.einsum("sn,sv,vn->n", tree.demand, tree.step_share, inputs.value[:, tree.period])
    offset = float(_weight(inputs) @ wanted) + fixed_cost(inputs)
    if inputs.finance.cvar_weight > 0 and wanted.any():
        _risk(assembly, inputs, steps, wanted)
    return offset


def _risk(assembly: Assembly, inputs: Inputs, steps: Block, wanted: Floats) -> None:
    """CVaR of a path's discounted lost value (Rockafellar & Uryasev 2000, J. Risk 2(3), eq. 4)."""
    tree = inputs.tree
    scale = scale_of("USD")
    every, leaf = np.ones(tree.size, dtype=bool), tree.period == tree.periods - 1
    discount = inputs.discount[tree.period]
    lost = assembly.add_columns("lost", every, lower=0.0, upper=np.inf, cost=0.0, scale=scale).index
    row = assembly.add_rows("lost", every, lower=discount * wanted, upper=np.inf, scale=scale).index
    assembly.add(row, lost, 1.0)
    assembly.add(row, at_nodes(lost, back(inputs, 1)), -1.0)
    for v in range(tree.step_share.shape[1]):
        for s in range(len(tree.streams)):
            assembly.add(row, steps.index[s, v], inputs.value[v, tree.period] * discount)
    weight = inputs.finance.cvar_weight
    level = assembly.add_columns(
        "risk level", np.ones(1, dtype=bool), lower=0.0, upper=np.inf, cost=weight, scale=scale
    ).index
    tail = weight / (1.0 - inputs.finance.cvar_level) * tree.probability
    beyond = assembly.add_columns("beyond", leaf, lower=0.0, upper=np.inf, cost=tail, scale=scale).index
    row = assembly.add_rows("beyond", leaf, lower=0.0, upper=np.inf, scale=scale).index
    assembly.add(row, beyond, 1.0)
    assembly.add(row, np.where(leaf, level[0], -1), 1.0)
    assembly.add(row, np.where(leaf, lost, -1), -1.0)
