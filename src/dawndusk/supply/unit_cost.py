"""Unit cost of an option: USD per delivered H100e-hour, closed over all that it draws, by part.

The sum of what the planner charges for one unit ordered in a period: capital as an annuity with interest
during the lead, running cost, priced draws, and the same for the cheapest giver of everything else it
draws (a shell, a place in the queue, a plant), over what it delivers on average over its life. Scarcity is
not in it: that is what the plan's duals are for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, get_args

import numpy as np

from dawndusk.core.calendar import HOURS_PER_PERIOD
from dawndusk.core.offers import Draw, Offer, Resource, Supply
from dawndusk.core.records import Real
from dawndusk.economics.annuity import annuity
from dawndusk.physics.spacecraft.health import mean_left
from dawndusk.supply.assembly import option_of
from dawndusk.supply.kinds import Part
from dawndusk.supply.scenario import words_of
from dawndusk.supply.tables import PERIODS_PER_YEAR

PARTS: Final[tuple[str, ...]] = get_args(Part)
DRAW_PART: Final = {"chips": "chips", "launches": "launch", "energy": "energy"}
Parts = dict[str, Real]


def unit_costs(supply: Supply, period: int) -> dict[str, Real]:
    """Option -> USD per delivered H100e-hour of what is ordered in `period`.

    Parameters
    ----------
    supply : Supply
        From `assemble`; with drawn values the costs have shape (n,).
    period : int
        Period of the order. What the option draws is taken at the same date, as if it had been ordered in
        time: a site whose queue is years long has a cost from the first period on (`earliest_service`
        says from when it can be had).

    Returns
    -------
    dict
        Without options that cannot be ordered in `period`, or that draw something nobody gives.

    Notes
    -----
    Delivered compute is the plain mean over the life; discounting it at 8 % would lower the costs of
    options that fade by about 2 %.
    """
    return {name: sum(parts.values()) for name, parts in cost_stacks(supply, period).items()}


def cost_stacks(supply: Supply, period: int) -> dict[str, Parts]:
    """Option -> part (one of `PARTS`) -> USD per delivered H100e-hour, without parts that cost nothing."""
    found: dict[str, Parts] = {}
    for offer in supply.offers:
        if not offer.computes or not offer.first <= period <= offer.last:
            continue
        parts = _closed(offer, period, supply, ())
        if parts is None:
            continue
        hours = offer.gives[offer.computes[0]][period] * mean_survival(offer) * HOURS_PER_PERIOD
        with np.errstate(divide="ignore"):  # a drawn satellite that does not work delivers nothing
            found[option_of(offer)] = {
                key: parts[key] / hours for key in PARTS if np.any(parts.get(key, 0) != 0)
            }
    return found


def mean_survival(offer: Offer) -> Real:
    """Mean over the periods in service of what is left after losses: 1 in the first period."""
    return mean_left(offer.loss, offer.life)


def _closed(offer: Offer, period: int, supply: Supply, above: tuple[str, ...] = ()) -> Parts | None:
    """Cost per unit and period in service, by part, with the cheapest givers of what it draws."""
    costs = list(_own(offer, period))
    needs: dict[str, tuple[Real, Parts]] = {}
    for draw in offer.draws:
        resource = supply.resource(draw.resource)
        if np.any(resource.supply > 0):
            costs.append(_bought(offer, draw, resource, period))
            continue
        found = _cheapest(draw.resource, period, supply, (*above, offer.name))
        if found is None:
            return None
        giver, cost = found
        units = draw.amount[period] / giver.gives[draw.resource][_vintage(giver, period)]
        before = needs.get(giver.name, (0.0, cost))[0]
        needs[giver.name] = (np.maximum(before, units), cost)  # what gives two things is paid once
    for units, cost in needs.values():
        costs.extend((part, units * value) for part, value in cost.items())
    return _summed(costs)


def _summed(costs: list[tuple[str, Real]]) -> Parts:
    parts: Parts = {}
    for part, value in costs:
        parts[part] = parts.get(part, 0.0) + value
    return parts


def _own(offer: Offer, period: int) -> Iterator[tuple[str, Real]]:
    """Capital and running cost per unit and period in service."""
    rate = offer.rate[period]
    interest: Real = sum(share * (1 + rate) ** ((offer.lead - lag) / 4) for lag, share in offer.payments)
    yield words_of(offer.kind).capital, offer.capital[period] * _repaid(offer, period) * interest
    running = offer.running[min(period + offer.lead, offer.running.shape[0] - 1)]
    yield words_of(offer.kind).running, running * mean_survival(offer)


def _repaid(offer: Offer, period: int) -> Real:
    return annuity(offer.rate[period], offer.asset_life) / PERIODS_PER_YEAR


def _bought(offer: Offer, draw: Draw, resource: Resource, period: int) -> tuple[str, Real]:
    """What a priced resource costs per period in service; order and delivery draws are capital."""
    part = DRAW_PART.get(resource.name.split(":")[0], "operations")
    delivery = min(period + offer.lead, resource.price.shape[0] - 1)
    amount = draw.amount[period]
    if draw.when == "service":
        return part, amount * resource.price[delivery]
    if draw.when == "delivery":
        return part, amount * resource.price[delivery] * _repaid(offer, period)
    interest = (1 + offer.rate[period]) ** (offer.lead / PERIODS_PER_YEAR)
    return part, amount * resource.price[period] * interest * _repaid(offer, period)


def _vintage(offer: Offer, period: int) -> int:
    return int(np.clip(period, offer.first, offer.last))


def _givers(name: str, supply: Supply) -> list[Offer]:
    return [x for x in supply.offers if name in x.gives and x.orderable]


def _cheapest(name: str, period: int, supply: Supply, above: tuple[str, ...]) -> tuple[Offer, Parts] | None:
    """The giver whose whole cost per amount given is lowest, and that cost per unit of it."""
    best, lowest = None, np.inf
    for giver in _givers(name, supply):
        vintage = _vintage(giver, period)
        cost = _closed(giver, vintage, supply, above) if giver.name not in above else None
        if cost is None:
            continue
        value = float(np.median(sum(cost.values()) / giver.gives[name][vintage]))
        if value < lowest:
            best, lowest = (giver, cost), value
    return best


def earliest_service(supply: Supply) -> dict[str, int]:
    """Option with compute -> first period in which it can be in service with all that it draws in service.

    Notes
    -----
    Gates and shared limits (chips, launches, satellites) that open later are not looked at.
    """
    found: dict[str, int] = {}
    for offer in supply.offers:
        if offer.orderable and offer.computes:
            start = _start(offer, supply, ())
            if start is not None:
                found[option_of(offer)] = start
    return found


def _start(offer: Offer, supply: Supply, above: tuple[str, ...]) -> int | None:
    """First period in service, with the earliest giver of each thing it draws in service."""
    allowed = np.flatnonzero(offer.limit_order.reshape(offer.limit_order.shape[0], -1).max(axis=1) > 0)
    first = int(max(offer.first, allowed[0])) + offer.lead
    for draw in offer.draws:
        resource = supply.resource(draw.resource)
        if draw.when != "service" or np.any(resource.supply > 0) or offer.name in above:
            continue
        starts = [_start(x, supply, (*above, offer.name)) for x in _givers(draw.resource, supply)]
        known = [x for x in starts if x is not None]
        if not known:
            return None
        first = max(first, min(known))
    return first
