"""What the planner is given, tabulated once: indices, discounting, spending limits, eligible shares."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.calendar import HOURS_PER_PERIOD, Calendar
from dawndusk.core.errors import problem
from dawndusk.core.offers import POOLS, Offer, Resource, Supply
from dawndusk.core.records import Floats, Ints, record
from dawndusk.core.scenario.demand import Demand
from dawndusk.core.scenario.finance import Finance
from dawndusk.core.tree import Tree


@record
class Inputs:
    """A planning problem.

    Parameters
    ----------
    supply, tree, finance : records
        Offers and resources, the unknown, money.
    ancestors : Ints
        Shape (T, N), `tree.ancestors()`.
    discount : Floats
        Shape (T,), factor to the first period (charged at each period's start).
    hours : float
        Hours in a period.
    spending : Floats
        Shape (N,), USD that may be spent in each node's period; np.inf for no limit.
    year : Ints
        Shape (T,), calendar year of each period.
    year_end : NDArray of bool
        Shape (T,), whether a calendar year (or the horizon) ends with the period.
    share : Floats
        Shape (stream, pool), largest share of a stream's demand that a pool may serve.
    target : Floats
        Shape (stream, T), share of demand that must be served; 0 where service is valued instead.
    value : Floats
        Shape (step, T), USD per H100e and period for serving a step; 0 if service has targets.
    """

    supply: Supply
    tree: Tree
    finance: Finance
    ancestors: Ints
    discount: Floats
    hours: float
    spending: Floats
    year: Ints
    year_end: NDArray[np.bool_]
    share: Floats
    target: Floats
    value: Floats


def prepare(supply: Supply, tree: Tree, finance: Finance, demand: Demand, calendar: Calendar) -> Inputs:
    """Tabulate a planning problem from its parts."""
    periods = tree.periods
    times = np.arange(periods) / 4.0
    by_target = demand.service == "target"
    year = np.array([calendar.year(t) for t in range(periods)])
    start = calendar.index(demand.target_from)
    wanted = np.array([c.target for c in demand.classes])[:, None] * (np.arange(periods) >= start)[None, :]
    return Inputs(
        supply=supply,
        tree=tree,
        finance=finance,
        ancestors=tree.ancestors(),
        discount=(1.0 + finance.discount) ** -times,
        hours=HOURS_PER_PERIOD,
        spending=spending_limit(finance, tree),
        year=year,
        year_end=np.append(year[1:] != year[:-1], True),
        share=eligible_share(supply, tree.streams),
        target=wanted if by_target else np.zeros_like(wanted),
        value=np.zeros_like(tree.step_value) if by_target else tree.step_value * HOURS_PER_PERIOD,
    )


def spending_limit(finance: Finance, tree: Tree) -> Floats:
    """USD that may be spent in each node's period, shape (N,): follows the value of demand.

    Raises
    ------
    UserError
        If the limit is to follow a value of demand that is nothing at the start.
    """
    quarterly = finance.spending / 4.0
    if finance.spending_share == 0:
        return np.full(tree.size, quarterly)
    worth: Floats = np.einsum("sn,sv,vn->n", tree.demand, tree.step_share, tree.step_value[:, tree.period])
    if not worth[0] > 0:
        raise problem(
            "finance.spending_share",
            f"{finance.spending_share:g}, with demand of no value in the first quarter",
            "a value of demand in the first quarter that the limit can follow",
            "spending_share: 0",
        )
    return np.asarray(quarterly * (worth / worth[0]) ** finance.spending_share, dtype=np.float64)


def eligible_share(supply: Supply, streams: tuple[str, ...]) -> Floats:
    """Largest share of each stream that each pool may serve, shape (stream, pool).

    Dispatch is per pool and stream, so the offers of a pool must agree.

    Raises
    ------
    UserError
        If two offers of a pool state different shares.
    """
    share = np.zeros((len(streams), len(POOLS)))
    for p, pool in enumerate(POOLS):
        members = [o for o in supply.offers if o.pool == pool and o.computes]
        for s, stream in enumerate(streams):
            said = {o.serves[stream].share if stream in o.serves else 0.0 for o in members}
            if len(said) > 1:
                raise problem(
                    f"pool {pool}",
                    f"shares of {stream}: {sorted(said)}",
                    "one eligible share per class in a pool",
                    "the same share for all offers of the pool, or another pool",
                )
            share[s, p] = said.pop() if said else 0.0
    return share


def runs_by_contract(offer: Offer) -> bool:
    """Whether an offer's capacity is a contract with exit or a fixed end (tracked by its own state)."""
    return offer.contract is not None


def recall_factor(offer: Offer, periods: int) -> Floats:
    """Expected share of a contract not yet recalled, shape (T,)."""
    hazard = offer.contract.recall if offer.contract else 0.0
    return np.asarray((1.0 - hazard) ** np.arange(periods), dtype=np.float64)


def require_plain_contracts(supply: Supply) -> None:
    """Contracts have no vintages, so they may neither draw resources in service nor lose units.

    Raises
    ------
    UserError
        For a contract that does.
    """
    for offer in supply.offers:
        if runs_by_contract(offer) and (offer.loss or any(d.when == "service" for d in offer.draws)):
            raise problem(
                offer.name,
                "a contract that draws resources in service, or loses units with age",
                "a contract whose price holds what it uses and whose losses the owner replaces",
                "an offer without contract, or one without loss and service draws",
            )


def own_supply(inputs: Inputs, resource: Resource) -> Floats:
    """Supply of a resource without any offer, times its factor, shape (N,); np.inf for no limit."""
    supply = resource.supply[inputs.tree.period]
    if not resource.factor:
        return supply
    factor = inputs.tree.factors[resource.factor]
    return np.where(factor > 0, supply * np.where(factor > 0, factor, 1.0), 0.0)


def order_window(offer: Offer, tree: Tree) -> np.ndarray:
    """Nodes in which an offer can be ordered, shape (N,) bool."""
    t = tree.period
    end = offer.contract.end if offer.contract and offer.contract.end >= 0 else tree.periods
    arrives = t + offer.lead
    inside = (t >= offer.first) & (t <= offer.last) & (arrives < min(end, tree.periods))
    return inside & (order_limit(offer, tree) > 0)


def order_limit(offer: Offer, tree: Tree) -> Floats:
    """Largest order in each node, shape (N,): the offer's limit times its gate."""
    limit = offer.limit_order[tree.period]
    factor = tree.factors[offer.factors["limit"]] if "limit" in offer.factors else np.ones(tree.size)
    return np.where(factor > 0, limit * np.where(factor > 0, factor, 1.0), 0.0)


def capital_factor(inputs: Inputs, offer: Offer) -> Floats:
    """Factor on an offer's capital in each node, shape (N,)."""
    name = offer.factors.get("capital", "")
    return inputs.tree.factors[name] if name else np.ones(inputs.tree.size)


def fixed_cost(inputs: Inputs) -> float:
    """Discounted expected cost of existing and committed units, which no decision changes, USD."""
    running = sum((o.initial * o.running for o in inputs.supply.offers), np.zeros(inputs.tree.periods))
    tree = inputs.tree
    return float(tree.probability @ (inputs.discount * running)[tree.period])


def at_nodes(index: Ints, where: Ints) -> Ints:
    """Column numbers at ancestors: -1 where there is no ancestor. Shapes (..., N), (N,) -> (..., N)."""
    found: Ints = np.where(where >= 0, index[..., np.maximum(where, 0)], -1)
    return found


def back(inputs: Inputs, k: int) -> Ints:
    """Index of each node's k-th ancestor; -1 beyond the root."""
    if k >= inputs.ancestors.shape[0]:
        return np.full(inputs.tree.size, -1)
    found: Ints = inputs.ancestors[k]
    return found


def by_vintage(inputs: Inputs, values: Floats, where: Ints) -> Floats:
    """A table by vintage at the period of an ancestor; 0 where there is none."""
    return np.where(where >= 0, values[inputs.tree.period[np.maximum(where, 0)]], 0.0)
