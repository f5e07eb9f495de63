"""Leases: whole facilities with their chips, from their owner, until a date."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, Final

import numpy as np

from dawndusk.core.calendar import Quarter, quarter_text
from dawndusk.core.errors import Problem
from dawndusk.core.offers import Contract, Offer, Standing, compute
from dawndusk.core.records import record
from dawndusk.core.units import Unit
from dawndusk.supply.kinds import Kind, Words, one, quarter_or_none, wrong
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.offer import compose, serves_all
from dawndusk.supply.tables import PERIODS_PER_YEAR, axis_of, lead_periods, per_period


@record
class Lease:
    """A whole facility taken with its chips (order 0 to 1 facility).

    Parameters
    ----------
    name, label, standing
        As in Offer.
    power : W
        Facility power, for the reader.
    compute : H100e
        Of the whole facility.
    price : USD/(H100e*yr)
        Take-or-pay.
    first, last : str
        Quarters in which it may be taken.
    end : str
        Last quarter of the contract.
    lead : yr
        Signature to service.
    earliest_exit, notice : yr
        Time in service before notice may be given, and from notice to the end.
    recall : 1/yr
        Hazard that the owner takes it back.
    """

    name: str
    label: str
    standing: Standing
    power: Annotated[float, Unit("W", low=0)]
    compute: Annotated[float, Unit("H100e", low=0)]
    price: Annotated[float, Unit("USD/(H100e*yr)", low=0)]
    first: Quarter
    last: Quarter
    end: Quarter
    lead: Annotated[float, Unit("yr", low=0, high=20)]
    earliest_exit: Annotated[float, Unit("yr", low=0, high=20)]
    notice: Annotated[float, Unit("yr", low=0.25, high=10)]
    recall: Annotated[float, Unit("1/yr", low=0, high=1)]
    source: str = ""


def lease_offer(lease: Lease, market: AbstractMarket) -> Offer:
    """A whole facility with its chips, once: take-or-pay, with its end, its exit and the owner's recall.

    Notes
    -----
    `end` is the last quarter that is still served. Exit and notice are rounded up to whole quarters.
    """
    axis = axis_of(market)
    lead, first = lead_periods(lease.lead), max(axis.index(lease.first), 0)
    end = axis.index(lease.end) + 1
    return compose(
        axis,
        name=lease.name,
        label=lease.label,
        kind="lease",
        cash="all",
        standing=lease.standing,
        pool="leased",
        unit="facility",
        first=first,
        last=axis.index(lease.last),
        lead=lead,
        life=max(end - first - lead, 1),
        gives={compute("leased"): axis.constant(lease.compute)},
        running=axis.constant(np.multiply(lease.compute, lease.price) / PERIODS_PER_YEAR),
        serves=serves_all(market),
        limit_total=1.0,
        contract=Contract(
            end=end,
            earliest_exit=lead_periods(lease.earliest_exit),
            notice=max(lead_periods(lease.notice), 1),
            recall=float(np.median(per_period(lease.recall))),
        ),
        source=lease.source,
    )


def _checks(lease: Lease, _market: AbstractMarket) -> Iterator[Problem]:
    first, last, end = (quarter_or_none(x) for x in (lease.first, lease.last, lease.end))
    if first is None or last is None or end is None:
        return
    if last < first:
        yield wrong(
            "last",
            f"{lease.last}, before the first quarter {lease.first}",
            "the last quarter in which the lease may be taken, not before `first`",
            f"last: {lease.first}",
        )
    start = first + (0 if math.isnan(lease.lead) else round(lease.lead * PERIODS_PER_YEAR))
    if end < max(start, first):
        yield wrong(
            "end",
            f"{lease.end}, before it starts in {quarter_text(max(start, first))}",
            "the last quarter of the contract, not before its start",
            f"end: {quarter_text(start + 11)}",
        )
    elif end < last:
        yield wrong(
            "last",
            f"{lease.last}, after the contract's end {lease.end}",
            "a quarter before the contract ends",
            f"last: {lease.end}",
        )


KIND: Final = Kind(
    block="leases",
    item=Lease,
    title="leases",
    words=(Words(kind="lease", verb="lease", form="whole", chief=True, unit="facility", smallest=0.02),),
    offers=one(lease_offer),
    checks=_checks,
    example="""
name: colossus-1
label: Colossus 1, whole
standing: operating
power: 300 MW
compute: 275e3 H100e
price: 3.25 USD/(H100e*h)
first: 2026Q2
last: 2026Q3
end: 2028Q3
lead: 1 month
earliest_exit: 3 month
notice: 3 month
recall: 5 %/yr
""",
)
