"""One way to write an Offer: name what matters, the rest is empty; and which demand it may serve."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, cast

import numpy as np

from dawndusk.core.offers import Contract, Draw, Offer, Pool, Resource, Share, Standing
from dawndusk.core.records import Floats, Real
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.tables import PERIODS_PER_YEAR, Axis

When = Literal["order", "delivery", "service"]
GUESS: Final = "guess"


def compose(
    axis: Axis,
    *,
    name: str,
    label: str,
    kind: str,
    standing: Standing,
    unit: str,
    life: int,
    lead: int = 0,
    pool: Pool | Literal[""] = "",
    site: str = "",
    unit_size: float = 1.0,
    first: int = 0,
    last: int | None = None,
    loss: Real = 0.0,
    gives: Mapping[str, Real],
    draws: Mapping[tuple[str, When], Real] | None = None,
    capital: Real = 0.0,
    payments: tuple[tuple[int, float], ...] = ((0, 1.0),),
    rate: Real = 0.0,
    asset_life: Real | None = None,
    running: Real = 0.0,
    serves: Mapping[str, Share] | None = None,
    limit_order: Real = np.inf,
    limit_total: Real = np.inf,
    limit_service: Real = np.inf,
    initial: Real = 0.0,
    contract: Contract | None = None,
    factors: Mapping[str, str] | None = None,
    source: str = "",
    cash: Literal["capital", "all"] = "capital",
    design: str = "",
    strategy: Literal["battery", "shed", ""] = "",
    profile: Floats | None = None,
) -> Offer:
    """An Offer whose tables may be given as one number; its window is cut to the horizon.

    Parameters
    ----------
    axis : Axis
        Periods of the tables. A float is the same in every period; an array is a table already: a drawn
        scalar (n,) must be made one with `Axis.constant`.
    draws : mapping
        (resource, when) -> amount.
    first, last : int
        Window; an order that would be in service only after the horizon is not offered.
    asset_life : float
        yr; the service life if not given.

    See `dawndusk.core.offers.Offer` for the other parameters.
    """
    latest = axis.last_order(lead)
    return Offer(
        name=name,
        label=label,
        kind=kind,
        standing=standing,
        pool=pool,
        site=site,
        unit=unit,
        unit_size=unit_size,
        first=max(first, 0),
        last=latest if last is None else min(last, latest),
        lead=lead,
        life=life,
        loss=cast("float", loss),
        gives={key: _table(axis, x) for key, x in gives.items()},
        draws=tuple(
            Draw(resource=key, amount=_table(axis, x), when=when) for (key, when), x in (draws or {}).items()
        ),
        capital=_table(axis, capital),
        payments=payments,
        rate=_table(axis, rate),
        asset_life=life / PERIODS_PER_YEAR if asset_life is None else cast("float", asset_life),
        running=_table(axis, running),
        serves=dict(serves or {}),
        limit_order=_table(axis, limit_order),
        limit_total=_table(axis, limit_total),
        limit_service=_table(axis, limit_service),
        initial=_table(axis, initial),
        contract=contract,
        factors=dict(factors or {}),
        source=source or GUESS,
        cash=cash,
        design=design,
        strategy=strategy,
        profile=profile,
    )


def flow(
    axis: Axis, name: str, unit: str, label: str, *, supply: Real = 0.0, price: Real = 0.0, factor: str = ""
) -> Resource:
    """A resource that is used in its period or lost; floats or tables as in `compose`."""
    return Resource(
        name=name,
        unit=unit,
        label=label,
        kind="flow",
        supply=_table(axis, supply),
        price=_table(axis, price),
        factor=factor,
    )


def _table(axis: Axis, value: Real) -> Floats:
    if np.ndim(value) == 0:
        return axis.constant(value)
    table = np.asarray(value, dtype=np.float64)
    if table.shape[0] != axis.size:
        raise ValueError(f"a table of {axis.size} periods, not of shape {table.shape}")
    return table


def serves_all(market: AbstractMarket) -> dict[str, Share]:
    """Every class, without limit: on the ground nothing keeps chips from working together."""
    reason = "no limit: chips on the ground share networks built for synchronous training"
    return {item.name: Share(share=1.0, reason=reason) for item in market.demand.classes}


ORBIT_REASONS: Final = {
    "interactive": "links and latency: only a part of interactive use bears ground passes and hand-overs",
    "batch": "batch work waits for links and light, and fits one satellite",
    "training": "no synchronous training across satellites: links carry a hundredth of a rack's own network",
}


def serves_orbit(market: AbstractMarket) -> dict[str, Share]:
    """The share of each class that orbit may serve, and why; none of a class without a stated share."""
    orbit = market.orbit
    shares = {
        "interactive": orbit.interactive_share,
        "batch": orbit.batch_share,
        "training": orbit.training_share,
    }
    return {
        item.name: Share(
            share=float(np.median(shares.get(item.name, 0.0))),
            reason=ORBIT_REASONS.get(item.name, f"the scenario states no share of {item.name} in orbit"),
        )
        for item in market.demand.classes
    }
