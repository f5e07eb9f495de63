"""What an order costs: annuities, running cost and priced draws, folded onto the order's column.

Everything but the factor on capital depends on the order's period alone, so the whole stream of
charges of one unit within the horizon is one number per vintage.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dawndusk.core.offers import Offer, Supply
from dawndusk.core.records import Floats, Ints, record
from dawndusk.plan.inputs import Inputs, runs_by_contract


def priced(offer: Offer, supply: Supply, when: str, periods: int) -> Floats:
    """USD per unit for the drawn resources that have a price, by vintage, shape (T,).

    Order and delivery draws are priced in their own period (a delivery after the horizon at the last
    price); service draws are left to `service_price`.
    """
    total = np.zeros(periods)
    for draw in offer.draws:
        if draw.when == when:
            at = np.arange(periods) + (offer.lead if when == "delivery" else 0)
            total += draw.amount * supply.resource(draw.resource).price[np.minimum(at, periods - 1)]
    return total


def paid(offer: Offer, supply: Supply, periods: int) -> list[tuple[int, Floats, Floats]]:
    """Payments of one unit: (lag, own capital, price of draws), each by vintage, shape (T,)."""
    order, delivery = (priced(offer, supply, when, periods) for when in ("order", "delivery"))
    zero = np.zeros(periods)
    found = [(lag, share * offer.capital, zero) for lag, share in offer.payments]
    return [*found, (0, zero, order), (offer.lead, zero, delivery)]


def annuity_factor(offer: Offer) -> Floats:
    """Charge per period in service per USD of capital, by vintage, shape (T,).

    Source: capital recovery factor q / (1 - (1 + q)^-m), q the rate per quarter, m the quarters of the
    asset's life (Park, *Contemporary Engineering Economics*, 6th ed. 2016, table 2.4).
    """
    quarters = offer.asset_life * 4.0
    q = (1.0 + offer.rate) ** 0.25 - 1.0
    return np.where(q > 0, q / -np.expm1(-quarters * np.log1p(np.where(q > 0, q, 1.0))), 1.0 / quarters)


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
            bought = draw.amount * price[np.minimum(np.arange(periods) + lag, periods - 1)]
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
    worth = np.where(q > 0, -np.expm1(-left * np.log1p(q)) / np.where(q > 0, q, 1.0), left)
    return np.asarray(inputs.finance.terminal_loss * worth * inputs.discount[-1], dtype=np.float64)
