"""Unit costs of the options as a reader asks for them: now, in service in 2030, and at the entry price."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dawndusk.core.calendar import Calendar
from dawndusk.core.offers import Offer, Supply
from dawndusk.core.plan import EntryPrice
from dawndusk.core.records import Floats, Real, record, replace
from dawndusk.supply.assembly import group_of, option_of
from dawndusk.supply.unit_cost import cost_stacks

QUARTER = "2030Q1"  # what "cost in 2030" means, where the horizon holds it
TAILS = (0.05, 0.95)
Range = tuple[float, float]


@record
class Costs:
    """Unit costs by option, USD per delivered H100e-hour; options that have none are left out.

    Parameters
    ----------
    quarter : str
        Quarter in service behind `later`: `QUARTER`, or the horizon's last.
    now : mapping
        Option -> cost of what is ordered in the first quarter.
    later : mapping
        Option -> part -> cost of what is in service in `quarter`; of what is ordered as near to it as
        possible, where it cannot be ordered for then (a lease that must be taken today).
    ordered : mapping
        Option -> quarter of the order behind `later`.
    now_range, later_range : mapping
        Option -> 5 and 95 % points over drawn inputs; empty without draws.
    draws : int
        Number of draws behind the ranges; 0 without.
    """

    quarter: str
    now: Mapping[str, float]
    later: Mapping[str, Mapping[str, float]]
    ordered: Mapping[str, str]
    now_range: Mapping[str, Range]
    later_range: Mapping[str, Range]
    draws: int


def option_costs(supply: Supply, calendar: Calendar, drawn: Supply | None = None) -> Costs:
    """Unit costs of a supply's options, with ranges where the same supply with drawn inputs is given.

    Parameters
    ----------
    supply : Supply
        Of central values.
    calendar : Calendar
        Horizon of its tables.
    drawn : Supply, optional
        `supply.assemble` of the drawn scenario, tables of shape (T, n).
    """
    target = target_period(calendar)
    now = _summed(_stacks(supply, dict.fromkeys(_givers(supply), 0)))
    dates = {option: _order_for(offer, target) for option, offer in _givers(supply).items()}
    later = _stacks(supply, dates)
    spread = [_summed(_stacks(drawn, x)) if drawn else {} for x in (dict.fromkeys(dates, 0), dates)]
    ranges = [{option: _tails(cost) for option, cost in found.items()} for found in spread]
    return Costs(
        quarter=calendar.label(target),
        now={option: float(cost) for option, cost in now.items()},
        later={o: {part: float(x) for part, x in parts.items()} for o, parts in later.items()},
        ordered={option: calendar.label(dates[option]) for option in later},
        now_range=ranges[0],
        later_range=ranges[1],
        draws=max((np.size(cost) for found in spread for cost in found.values()), default=0),
    )


def drawn_costs(
    supply: Supply, calendar: Calendar, draws: int, central: Supply | None = None
) -> dict[str, Floats]:
    """Option -> cost of what is in service in `QUARTER` (see `Costs.later`), shape (draws,).

    Of a supply of drawn inputs; options that hang on no drawn number have the same cost in every draw.
    The order is dated by the lead times of `central`, as in `option_costs`; without it by the drawn
    supply's own, which are rounded from mean leads and may be a quarter longer.
    """
    target = target_period(calendar)
    dates = {option: _order_for(offer, target) for option, offer in _givers(central or supply).items()}
    found = _summed(_stacks(supply, dates))
    return {option: np.broadcast_to(np.asarray(cost), (draws,)).copy() for option, cost in found.items()}


def target_period(calendar: Calendar) -> int:
    """Period of `QUARTER`, or the horizon's nearest."""
    return min(max(calendar.index(QUARTER), 0), calendar.periods - 1)


def _givers(supply: Supply) -> dict[str, Offer]:
    """Option -> its offer that gives compute and can be ordered."""
    return {option_of(o): o for o in supply.offers if o.pool and o.orderable}


def order_for(first: int, last: int, lead: int, target: int) -> int:
    """Period of the order for service in `target`, or the nearest in which it can be ordered."""
    return min(max(target - lead, first, 0), last)


def _order_for(offer: Offer, target: int) -> int:
    return order_for(offer.first, offer.last, offer.lead, target)


def _stacks(supply: Supply, dates: Mapping[str, int]) -> dict[str, dict[str, Real]]:
    """Cost stack of each option at its own order period, in the order of `dates`."""
    tables = {period: cost_stacks(supply, period) for period in set(dates.values())}
    return {option: tables[period][option] for option, period in dates.items() if option in tables[period]}


def _summed(stacks: Mapping[str, Mapping[str, Real]]) -> dict[str, Real]:
    return {option: sum(parts.values()) for option, parts in stacks.items()}


def _tails(cost: Real) -> Range:
    """5 and 95 % points; infinite where so many draws deliver nothing."""
    low, high = np.quantile(np.asarray(cost), TAILS, method="inverted_cdf")
    return float(low), float(high)


def entry_costs(entry: EntryPrice, supply: Supply, calendar: Calendar) -> tuple[float, float, str]:
    """Price of an unused option today and at its entry, with all that it draws, and their unit.

    Of an option that gives compute the unit cost in service in `QUARTER` (of a satellite design, in its
    cheapest shell); of others (a fab, a pad) the capital per unit, for the first quarter in which it can be
    ordered. The entry factor scales the option's own capital and running cost: what it draws keeps its
    price. NaN if the entry is no option of this supply, and at the entry if it never enters.
    """
    members = [o for o in supply.offers if group_of(o) == entry.option and o.orderable]
    givers = [o for o in members if o.pool]
    dates = {option_of(o): _order_for(o, target_period(calendar)) for o in givers}
    costs = [_summed(_stacks(x, dates)) for x in (supply, _scaled(supply, entry))]
    if all(costs):
        now, then = (float(min(np.min(cost) for cost in found.values())) for found in costs)
        unit = "USD/(H100e*h)"
    elif members:
        now, unit = float(members[0].capital[members[0].first]), f"USD/{members[0].unit}"
        then = now * entry.factor
    else:
        now, then, unit = np.nan, np.nan, ""
    return now, then if entry.factor > 0 else np.nan, unit


def _scaled(supply: Supply, entry: EntryPrice) -> Supply:
    """The supply with the option's own capital and running cost at the entry price."""
    offers = tuple(
        replace(o, capital=o.capital * entry.factor, running=o.running * entry.factor)
        if group_of(o) == entry.option
        else o
        for o in supply.offers
    )
    return replace(supply, offers=offers)
