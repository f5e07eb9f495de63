"""Compute and space from others: leases, rentals, commitments, colocation, capacity from orbit.

Where a price is fixed at the order for a term, it is written as capital that is repaid over the term
without interest (rate 0) and paid evenly while it runs: exactly the rent of that vintage in each period.
"""

from __future__ import annotations

import numpy as np

from dawndusk.core.offers import Contract, Kind, Offer, Resource
from dawndusk.core.records import Floats, Real
from dawndusk.core.scenario import CapacityContract, Colocation, Commitment, Lease, Rental, Scenario
from dawndusk.supply.chips import chip_offer
from dawndusk.supply.offer import compose, flow, serves_all, serves_orbit
from dawndusk.supply.tables import (
    PERIODS_PER_YEAR,
    Axis,
    axis_of,
    lead_periods,
    life_periods,
    per_period,
    product,
)


def lease_offer(lease: Lease, scenario: Scenario) -> Offer:
    """A whole facility with its chips, once: take-or-pay, with its end, its exit and the owner's recall.

    Notes
    -----
    `end` is the last quarter that is still served. Exit and notice are rounded up to whole quarters.
    """
    axis = axis_of(scenario)
    lead, first = lead_periods(lease.lead), max(axis.index(lease.first), 0)
    end = axis.index(lease.end) + 1
    return compose(
        axis,
        name=lease.name,
        label=lease.label,
        kind="lease",
        standing=lease.standing,
        pool="leased",
        unit="facility",
        first=first,
        last=axis.index(lease.last),
        lead=lead,
        life=max(end - first - lead, 1),
        gives={"compute:leased": axis.constant(lease.compute)},
        running=axis.constant(np.multiply(lease.compute, lease.price) / PERIODS_PER_YEAR),
        serves=serves_all(scenario),
        limit_total=1.0,
        contract=Contract(
            end=end,
            earliest_exit=lead_periods(lease.earliest_exit),
            notice=max(lead_periods(lease.notice), 1),
            recall=float(np.median(per_period(lease.recall))),
        ),
        source=lease.source,
    )


def rental_offer(rental: Rental, scenario: Scenario) -> Offer:
    """Compute by the H100e-hour for a term, at the price of the order's date."""
    axis, term = axis_of(scenario), life_periods(rental.term)
    return compose(
        axis,
        name=rental.name,
        label=rental.label,
        kind="rent",
        standing=rental.standing,
        pool="cloud",
        unit="H100e",
        life=term,
        gives={"compute:cloud": 1.0},
        capital=_price(axis, rental.price, rental.decline) * term / PERIODS_PER_YEAR,
        payments=_rents(0, term),
        serves=serves_all(scenario),
        limit_service=axis.geometric(rental.limit, rental.growth),
        source=rental.source,
    )


def _price(axis: Axis, start: Real, decline: Real) -> Floats:
    """USD per H100e and year by date of the order, falling smoothly by `decline` a year."""
    return axis.geometric(start, (1 - decline) ** (1 / PERIODS_PER_YEAR) - 1)


def _rents(lead: int, term: int) -> tuple[tuple[int, float], ...]:
    return tuple((lead + k, 1.0 / term) for k in range(term))


def capacity_offer(deal: CapacityContract, scenario: Scenario) -> Offer:
    """Compute bought from an orbital operator: what is not delivered is not paid.

    Notes
    -----
    The limit holds for what is in service; each order's own limit is the largest of these, so that a
    gate has something finite to shut.
    """
    axis = axis_of(scenario)
    lead, term, first = lead_periods(deal.lead), life_periods(deal.term), axis.index(deal.first)
    limit = axis.geometric(deal.limit, deal.growth ** (1 / PERIODS_PER_YEAR) - 1, first)
    kept = axis.constant(1 - deal.shortfall)
    return compose(
        axis,
        name=deal.name,
        label=deal.label,
        kind="capacity contract",
        standing=deal.standing,
        pool="orbit",
        unit="H100e",
        first=first - lead,
        lead=lead,
        life=term,
        gives={"compute:orbit": kept},
        capital=product(_price(axis, deal.price, deal.decline), kept) * term / PERIODS_PER_YEAR,
        payments=_rents(lead, term),
        serves=serves_orbit(scenario),
        limit_order=np.broadcast_to(limit.max(axis=0), limit.shape),
        limit_service=limit,
        contract=Contract(end=-1, earliest_exit=-1, notice=1, recall=0.0),
        factors={"limit": deal.gate} if deal.gate else {},
        source=deal.source,
    )


def commitment_offer(item: Commitment, scenario: Scenario) -> Offer:
    """Compute in use or firmly committed: in service without a decision, paid anyway."""
    axis = axis_of(scenario)
    kinds: dict[str, Kind] = {"ground": "build", "leased": "lease", "cloud": "rent"}
    return compose(
        axis,
        name=item.name,
        label=item.label,
        kind=kinds[item.pool],
        standing=item.standing,
        pool=item.pool,
        unit="H100e",
        last=-1,
        life=axis.size,
        gives={f"compute:{item.pool}": 1.0},
        running=axis.constant(item.price / PERIODS_PER_YEAR),
        serves=serves_all(scenario),
        initial=arrivals_in_service(item, scenario),
        source=item.source,
    )


def arrivals_in_service(item: Commitment, scenario: Scenario) -> Floats:
    """H100e in service by period: what has come, less what left since its own arrival.

    Notes
    -----
    Between two dates arrivals are even unless `stepped`; nothing comes before the first date. Arrivals
    dated before the horizon have been leaving since then.
    """
    axis = axis_of(scenario)
    arrivals = sorted(item.arrivals, key=lambda x: axis.index(x.start))
    dates = [axis.index(x.start) for x in arrivals]
    begin = min([0, *dates])
    time = np.arange(begin, axis.size)
    come: Floats = np.zeros((1, 1))
    for k, arrival in enumerate(arrivals):
        before = dates[k] - 1 if item.stepped or k == 0 else dates[k - 1]
        part = np.clip((time - before) / max(dates[k] - before, 1), 0, 1)
        come = come + part[:, None] * np.atleast_1d(arrival.amount)
    come = np.broadcast_to(come, (time.size, come.shape[1]))
    stock, kept = np.zeros((1, 1)), 1 - np.atleast_1d(per_period(item.retire))
    rows = []
    for new in np.diff(come, axis=0, prepend=0.0):
        stock = stock * kept + new
        rows.append(stock[0])
    table = np.stack(rows)[-begin:]
    return table if _drawn(item) else table[:, 0]


def _drawn(item: Commitment) -> bool:
    return any(np.ndim(x) for x in (item.retire, *(a.amount for a in item.arrivals)))


def colocation_offers(item: Colocation, scenario: Scenario) -> list[Offer]:
    """Powered shell by the IT watt, and our chips in it; the rent holds energy and cooling."""
    axis, lead = axis_of(scenario), lead_periods(item.lead)
    rent = compose(
        axis,
        name=f"rent-{item.name}",
        label=f"{item.label}: rent",
        kind="rent",
        standing=item.standing,
        site=item.name,
        unit="W",
        lead=lead,
        life=life_periods(item.term),
        gives={f"shell:{item.name}": 1.0, f"power:{item.name}": 1.0},
        running=axis.constant(item.rent / PERIODS_PER_YEAR),
        limit_order=axis.constant(item.limit),
        source=item.source,
    )
    chips = chip_offer(
        scenario,
        place=item.name,
        label=item.label,
        standing=item.standing,
        pool="ground",
        draws={f"power:{item.name}": 1.0},
        source=item.source,
    )
    return [rent, chips]


def colocation_resources(item: Colocation, scenario: Scenario) -> list[Resource]:
    """Space and power of a colocation, counted per IT watt."""
    axis = axis_of(scenario)
    return [
        flow(axis, f"shell:{item.name}", "W", f"{item.label}: powered IT space"),
        flow(axis, f"power:{item.name}", "W", f"{item.label}: power per IT watt"),
    ]
