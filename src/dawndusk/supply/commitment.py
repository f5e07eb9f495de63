"""Commitments: compute in use or firmly committed; there is nothing to order, and it is paid anyway."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Final, Literal

import numpy as np

from dawndusk.core.calendar import Quarter, quarter_text
from dawndusk.core.errors import Problem
from dawndusk.core.offers import Offer, Standing, compute
from dawndusk.core.records import Floats, record
from dawndusk.core.units import Unit
from dawndusk.supply.kinds import Kind, one, quarter_or_none, wrong
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.offer import compose, serves_all
from dawndusk.supply.tables import PERIODS_PER_YEAR, axis_of, per_period


@record
class Arrival:
    """Compute that comes without a decision: `amount` more from quarter `start` on."""

    start: Quarter
    amount: Annotated[float, Unit("H100e", low=0)]


@record
class Commitment:
    """Compute in use or firmly committed, with its own chips.

    Parameters
    ----------
    pool : {"ground", "leased", "cloud"}
        Where it counts.
    arrivals : tuple of Arrival
        What comes when; linear between two dates unless `stepped`.
    retire : 1/yr
        Share of it that leaves per year.
    price : USD/(H100e*yr)
        Paid anyway.
    stepped : bool
        Whether arrivals come at once at their date.
    """

    name: str
    label: str
    standing: Standing
    pool: Literal["ground", "leased", "cloud"]
    arrivals: tuple[Arrival, ...]
    retire: Annotated[float, Unit("1/yr", low=0, high=1)]
    price: Annotated[float, Unit("USD/(H100e*yr)", low=0)]
    stepped: bool = True
    source: str = ""


def commitment_offer(item: Commitment, market: AbstractMarket) -> Offer:
    """Compute in use or firmly committed: in service without a decision, paid anyway."""
    axis = axis_of(market)
    return compose(
        axis,
        name=item.name,
        label=item.label,
        kind="commitment",
        standing=item.standing,
        pool=item.pool,
        unit="H100e",
        last=-1,
        life=axis.size,
        gives={compute(item.pool): 1.0},
        running=axis.constant(item.price / PERIODS_PER_YEAR),
        serves=serves_all(market),
        initial=arrivals_in_service(item, market),
        source=item.source,
    )


def arrivals_in_service(item: Commitment, market: AbstractMarket) -> Floats:
    """H100e in service by period: what has come, less what left since its own arrival.

    Notes
    -----
    Between two dates arrivals are even unless `stepped`; nothing comes before the first date. Arrivals
    dated before the horizon have been leaving since then.
    """
    axis = axis_of(market)
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


def _checks(item: Commitment, _market: AbstractMarket) -> Iterator[Problem]:
    dates = [quarter_or_none(a.start) for a in item.arrivals]
    for i, (before, after) in enumerate(pairwise(dates)):
        if before is not None and after is not None and after <= before:
            yield wrong(
                f"arrivals.{i + 1}.start",
                f"{item.arrivals[i + 1].start}, not after {item.arrivals[i].start}",
                "arrivals in the order of their dates",
                f"start: {quarter_text(before + 1)}",
            )


KIND: Final = Kind(
    block="commitments",
    item=Commitment,
    title="commitments",
    words=(),
    offers=one(commitment_offer),
    checks=_checks,
    example="""
name: in-use
label: Compute in use
standing: operating
pool: cloud
arrivals: [{start: 2026Q2, amount: 0.7e6 H100e}]
retire: 10 %/yr
price: 2.5 USD/(H100e*h)
stepped: true
""",
)
