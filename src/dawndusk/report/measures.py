"""What the views show of a result beyond what stands in it: sums, shares, expectations and orders.

Every number that a page, a screen or a JSON object shows and that is not in the result file is computed here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from dawndusk.core.records import Floats, Ints, record
from dawndusk.report.view import View, leaf_paths
from dawndusk.supply.scenario import WORDS, words_of

LAST_YEAR: Final = 4  # quarters


@record
class Order:
    """Units of an offer ordered, with words.

    Parameters
    ----------
    offer : int
        Index.
    amount : float
        In the offer's unit.
    """

    offer: int
    amount: float


def noticeable(view: View) -> Floats:
    """Smallest amount worth naming, by offer, shape (offer, 1); less is the solver's dust or no act."""
    return np.array([words_of(kind).smallest for kind in view.offers.kind])[:, None]


def on_leaves(view: View, values: Floats) -> tuple[Floats, Floats]:
    """Node values along every path, shape (..., leaf, period), and the probability of each leaf."""
    paths = leaf_paths(view)
    return values[..., paths], view.demand.probability[paths[:, -1]]


def expected_by_period(view: View, values: Floats) -> Floats:
    """Expectation of node values in each period, shape (..., period)."""
    weighted = values * view.demand.probability
    found = np.zeros((*values.shape[:-1], len(view.quarters)))
    np.add.at(np.moveaxis(found, -1, 0), view.demand.period, np.moveaxis(weighted, -1, 0))
    return found


def band_by_period(view: View, values: Floats, levels: tuple[float, ...]) -> Floats:
    """Quantiles over the futures of node values in each period, shape (level, period)."""
    along, chance = on_leaves(view, values)
    order = np.argsort(along, axis=0)
    reached = np.cumsum(chance[order], axis=0)
    ranked = np.take_along_axis(along, order, axis=0)
    places = [(reached < level - 1e-9).sum(axis=0) for level in levels]
    last = along.shape[0] - 1
    return np.stack([np.take_along_axis(ranked, np.minimum(p, last)[None], axis=0)[0] for p in places])


def root_orders(view: View) -> tuple[Order, ...]:
    """What is ordered in the first quarter, in the order of the offers."""
    amount = view.plan.orders[:, 0]
    named = np.flatnonzero(amount > noticeable(view)[:, 0])
    return tuple(Order(offer=int(i), amount=float(amount[i])) for i in named)


def given_up(view: View, offer: int) -> tuple[float, str]:
    """Share of futures in which more than half of an offer is given up, and the last quarter of notice."""
    exits, chance = on_leaves(view, view.plan.exits[offer])
    orders, _ = on_leaves(view, view.plan.orders[offer])
    total = np.cumsum(exits, axis=1)
    left = total > 0.5 * np.maximum(orders.sum(axis=1, keepdims=True), 1e-9)
    share = float(chance @ left[:, -1])
    if share <= 0:
        return 0.0, ""
    return share, view.quarters[int(np.argmax(left, axis=1)[left[:, -1]].max())]


def first_order(view: View, offers: Ints) -> tuple[str, float] | None:
    """Earliest quarter in which any future orders one of some offers, and the share of futures that do."""
    if offers.size == 0:
        return None
    along, chance = on_leaves(view, view.plan.orders[offers])
    ordered = np.any(along > noticeable(view)[offers][:, :, None], axis=0)
    if not ordered.any():
        return None
    return view.quarters[int(ordered.any(axis=0).argmax())], float(chance @ ordered.any(axis=1))


def orbital_offers(view: View) -> Ints:
    """Indices of the offers that give compute in orbit."""
    return np.flatnonzero(np.array(view.offers.pool) == "orbit")


@record
class Timeline:
    """Expected orders by year.

    Parameters
    ----------
    offers : Ints
        The offers that are ordered at all, by first year of order.
    years : Ints
        Calendar years.
    amount, probability : Floats
        Shape (offer, year): expected amount, and share of futures that order a noticeable amount.
    now : Floats
        Shape (offer,): ordered in the first quarter.
    """

    offers: Ints
    years: Ints
    amount: Floats
    probability: Floats
    now: Floats


def timeline(view: View) -> Timeline:
    """Expected orders of each offer by calendar year."""
    along, chance = on_leaves(view, view.plan.orders)
    years = np.unique(view.years)
    starts = np.searchsorted(view.years, years)
    by_year = np.add.reduceat(along, starts, axis=2)
    probability = np.einsum("oly,l->oy", by_year > noticeable(view)[:, :, None], chance)
    amount = np.einsum("oly,l->oy", by_year, chance)
    used = np.flatnonzero(probability.max(axis=1) > 0)
    kinds = list(WORDS)
    rank = [kinds.index(view.offers.kind[i]) if view.offers.kind[i] in kinds else 99 for i in used]
    first = (probability[used] > 0).argmax(axis=1)
    used = used[np.lexsort((used, np.array(rank), first))]
    return Timeline(
        offers=used,
        years=years,
        amount=amount[used],
        probability=probability[used],
        now=view.plan.orders[used, 0],
    )


def money_per_unit(view: View) -> Floats:
    """What an ordered unit costs in the plan, discounted and expected, USD, shape (offer,)."""
    ordered = expected_by_period(view, view.plan.orders).sum(axis=1)
    floor = noticeable(view)[:, 0]
    cost = np.nan_to_num(view.offers.cost)
    return np.where(ordered > floor * 1e-3, cost / np.maximum(ordered, floor * 1e-3), 0.0)


def number(attrs: Mapping[str, Any], key: str) -> float | None:
    """A number among attributes; None where there is none."""
    value = attrs.get(key)
    return float(value) if value is not None and np.isfinite(float(value)) else None


def controllable(view: View) -> float | None:
    """The objective without the lost value that no plan could have served, USD."""
    objective, lost = (number(view.plan.attrs, k) for k in ("objective_usd", "unavoidable_usd"))
    return None if objective is None or lost is None else objective - lost


def orbit_share(view: View) -> float:
    """Expected demand served from orbit over expected demand, in the last four quarters."""
    pool = list(view.plan.pools).index("orbit") if "orbit" in view.plan.pools else None
    if pool is None:
        return 0.0
    late = expected_by_period(view, view.plan.served[:, pool].sum(axis=0))[-LAST_YEAR:]
    return float(late.sum() / expected_by_period(view, view.demand.total)[-LAST_YEAR:].sum())


def service_of_futures(view: View) -> tuple[Floats, Floats]:
    """Share of demand served over the horizon on each leaf's path, and the leaves' probability."""
    served, chance = on_leaves(view, view.plan.served.sum(axis=(0, 1)))
    wanted, _ = on_leaves(view, view.demand.total)
    return served.sum(axis=1) / wanted.sum(axis=1), chance


def service(view: View) -> dict[str, float | None]:
    """Share of demand served: planned (expectation, 5 and 95 % of futures), of its value, operated."""
    share, chance = service_of_futures(view)
    order = np.argsort(share)
    place = np.searchsorted(np.cumsum(chance[order]), [0.05 - 1e-9, 0.95 - 1e-9])
    ends = share[order][np.minimum(place, share.size - 1)]
    served = float(view.demand.probability @ view.plan.served.sum(axis=(0, 1)))
    attrs = view.operation.attrs if view.operation else {}
    return {
        "planned": served / float(view.demand.probability @ view.demand.total),
        "planned_low": float(ends[0]),
        "planned_high": float(ends[1]),
        "value": number(view.plan.attrs, "value_share"),
        "followed": number(attrs, "followed"),
        "operated": number(attrs, "service"),
    }


def unit_costs(view: View) -> dict[str, float | None]:
    """USD per delivered H100e-hour by option, for service in 2030; for service now where that is unknown."""
    offers = view.offers
    both = np.where(np.isfinite(offers.unit_cost_2030), offers.unit_cost_2030, offers.unit_cost)
    return {name: float(x) if np.isfinite(x) else None for name, x in zip(offers.options, both, strict=True)}


def binding_shares(view: View) -> dict[str, float]:
    """Share of the tree's nodes in which each limit binds, largest first; those that never bind left out."""
    shares = view.plan.binding.mean(axis=1) if view.plan.limits else np.zeros(0)
    order = np.argsort(-shares, kind="stable")
    return {view.plan.limits[i]: float(shares[i]) for i in order if shares[i] > 0}


def option_price(view: View, offer: int) -> float:
    """Unit cost today of the option an offer belongs to, USD per H100e-hour; NaN if not known."""
    name = view.offers.option[offer]
    return (
        float(view.offers.unit_cost[view.offers.options.index(name)])
        if name in view.offers.options
        else np.nan
    )


def prices_by_year(view: View) -> Floats:
    """Expected price of each resource, mean of the quarters of a year, shape (resource, year)."""
    by_period = expected_by_period(view, view.plan.prices)
    years = np.unique(view.years)
    starts = np.searchsorted(view.years, years)
    counts = np.diff(np.append(starts, view.years.size))
    found: Floats = np.add.reduceat(by_period, starts, axis=1) / counts
    return found


def binding_by_year(view: View) -> Floats:
    """Share of futures in which each limit binds, mean of the quarters of a year, shape (limit, year)."""
    along, chance = on_leaves(view, view.plan.binding)
    starts = np.searchsorted(view.years, np.unique(view.years))
    counts = np.diff(np.append(starts, view.years.size))
    found: Floats = np.add.reduceat(np.einsum("klt,l->kt", along, chance), starts, axis=1) / counts
    return found


def capacity_by_year(view: View, years: list[int]) -> dict[str, list[float]]:
    """Expected H100e in the last quarter of each year: delivered by pool, then demand and served."""
    at = [int(np.flatnonzero(view.years == y)[-1]) for y in years]
    pool = np.array(view.offers.pool)
    delivered = expected_by_period(view, view.plan.delivered)
    found = {
        name: delivered[pool == name].sum(axis=0)[at].tolist()
        for name in view.plan.pools
        if delivered[pool == name].sum() > 0
    }
    found["served"] = expected_by_period(view, view.plan.served.sum(axis=(0, 1)))[at].tolist()
    found["demand"] = expected_by_period(view, view.demand.total)[at].tolist()
    return found
