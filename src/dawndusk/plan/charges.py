"""What an order costs: annuities, running cost and priced draws, folded onto the order's column.

Everything but the factor on capital depends on the order's period alone, so the whole stream of
charges of one unit within the horizon is one number per vintage.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dawndusk.core.offers import Offer
from dawndusk.core.records import Floats, Ints, record
from dawndusk.plan.inputs import (
    Inputs,
    back,
    by_vintage,
    capital_factor,
    recall_factor,
    runs_by_contract,
)


@record
class Payment:
    """What is due on each node for one unit, against the spending limit.

    Parameters
    ----------
    block : {"order", "active"}
        What the unit is of: an order placed `lag` periods ago, or a contract that runs now (lag 0).
    lag : int
        Periods since the order.
    usd : Floats
        Shape (N,), USD per unit.
    """

    block: str
    lag: int
    usd: Floats


def own_payments(offer: Offer, inputs: Inputs) -> list[Payment]:
    """Payments for the offer itself: its capital when due, and its rent (not the running cost of assets)."""
    factor, period = capital_factor(inputs, offer), inputs.tree.period
    found = []
    for lag, share in offer.payments:
        source = back(inputs, lag)
        usd = by_vintage(inputs, share * offer.capital, source) * factor[np.maximum(source, 0)]
        found.append(Payment(block="order", lag=lag, usd=usd))
    if offer.cash == "all" and runs_by_contract(offer):
        due = (offer.running * recall_factor(offer, inputs.tree.periods))[period]
        found.append(Payment(block="active", lag=0, usd=due))
    elif offer.cash == "all":
        for k in range(min(offer.life, inputs.tree.periods)):
            due = offer.running[period] * (1.0 - offer.loss) ** k
            found.append(Payment(block="order", lag=offer.lead + k, usd=due))
    return found


def drawn_payments(offer: Offer, inputs: Inputs, resource: str | None = None) -> list[Payment]:
    """Payments for what is drawn at the order and at the delivery, of one resource or of all.

    A delivery after the horizon is priced at the last price.
    """
    found = []
    for draw in offer.draws:
        if draw.when == "service" or resource not in (None, draw.resource):
            continue
        lag = offer.lead if draw.when == "delivery" else 0
        bought = draw.amount * _price_after(inputs, draw.resource, lag)
        found.append(Payment(block="order", lag=lag, usd=by_vintage(inputs, bought, back(inputs, lag))))
    return found


def _price_after(inputs: Inputs, resource: str, lag: int) -> Floats:
    """Price of a resource `lag` periods after each vintage, shape (T,)."""
    periods = inputs.tree.periods
    return inputs.supply.resource(resource).price[np.minimum(np.arange(periods) + lag, periods - 1)]


def annuity_factor(offer: Offer) -> Floats:
    """Charge at the start of each period in service per USD of capital, by vintage, shape (T,).

    Source: capital recovery factor q / (1 - (1 + q)^-m), q the rate per quarter, m the quarters of the
    asset's life (Park, *Contemporary Engineering Economics*, 6th ed. 2016, table 2.4), divided by 1 + q
    since each annuity is due at its quarter's start.
    """
    quarters = offer.asset_life * 4.0
    q = (1.0 + offer.rate) ** 0.25 - 1.0
    late = np.where(q > 0, q / -np.expm1(-quarters * np.log1p(np.where(q > 0, q, 1.0))), 1.0 / quarters)
    return np.asarray(late / (1.0 + q), dtype=np.float64)


@record
class Charges:
    """Discounted charges of one unit within the horizon, by vintage, shape (T,) each.

    Parameters
    ----------
    capital : Floats
        Annuities of its own capital; what a factor on capital multiplies.
    running : Floats
        Its own running cost.
    drawn : mapping
        Resource -> annuities or payments for what is drawn of it.
    """

    capital: Floats
    running: Floats
    drawn: Mapping[str, Floats]

    def total(self, factor: Floats, period: Ints) -> Floats:
        """All charges at the periods of nodes, with their factor on capital, shape (N,)."""
        rest = sum(self.drawn.values(), self.running)
        return self.capital[period] * factor + rest[period]


def order_charges(offer: Offer, inputs: Inputs) -> Charges:
    """Everything that one ordered unit will be charged within the horizon."""
    periods = inputs.tree.periods
    supply, discount = inputs.supply, inputs.discount
    start = np.arange(periods) + offer.lead
    age = np.arange(offer.life)
    t = start[:, None] + age[None, :]
    at = np.minimum(t, periods - 1)
    weight = np.where(t < periods, discount[at], 0.0)
    annuities = annuity_factor(offer) * (weight.sum(axis=1) + terminal_weight(offer, inputs, start))
    own = sum(
        (
            share * offer.capital * (1.0 + offer.rate) ** ((offer.lead - lag) / 4.0)
            for lag, share in offer.payments
        ),
        np.zeros(periods),
    )
    running = (weight * (1.0 - offer.loss) ** age * offer.running[at]).sum(axis=1)
    drawn: dict[str, Floats] = {}
    for draw in offer.draws:
        price = supply.resource(draw.resource).price
        if draw.when == "service":
            due = draw.amount * (weight * price[at]).sum(axis=1)
        else:
            lag = 0 if draw.when == "order" else offer.lead
            bought = draw.amount * _price_after(inputs, draw.resource, lag)
            due = bought * (1.0 + offer.rate) ** ((offer.lead - lag) / 4.0) * annuities
        drawn[draw.resource] = drawn.get(draw.resource, np.zeros(periods)) + due
    return Charges(
        capital=own * annuities,
        running=np.zeros(periods) if runs_by_contract(offer) else running,
        drawn=drawn,
    )


def terminal_weight(offer: Offer, inputs: Inputs, start: Ints) -> Floats:
    """Annuities after the horizon that are lost, per annuity, by vintage, shape (T,).

    The book value at the horizon is the present value of the annuities still due, at the asset's rate;
    `Finance.terminal_loss` of it is charged at the horizon's end.
    """
    periods = inputs.tree.periods
    if inputs.finance.terminal_loss == 0:
        return np.zeros(periods)
    left = np.clip(np.minimum(start, periods) + offer.asset_life * 4.0 - periods, 0.0, None)
    left = np.where(start < periods, left, 0.0)
    q = (1.0 + offer.rate) ** 0.25 - 1.0
    worth = np.where(q > 0, -np.expm1(-left * np.log1p(q)) / np.where(q > 0, q, 1.0), left) * (1.0 + q)
    return np.asarray(inputs.finance.terminal_loss * worth * inputs.discount[-1], dtype=np.float64)
