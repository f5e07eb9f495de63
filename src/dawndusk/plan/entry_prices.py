"""Entry prices: below which price an option is used, each proven by re-solving.

The option is held at a sliver of its own cost; the dual of that row is the part of its price that would
have to be taken off (or may be added, for an option that is used). The price found is then proven:
1 % below it the option enters, 1 % above it stays out. A price also counts against the spending limit,
so it is varied there as well; where the dual's price fails the proof, it is bracketed by re-solving.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dawndusk.core.offers import Offer
from dawndusk.core.plan import EntryPrice
from dawndusk.core.records import Floats, Ints, record
from dawndusk.plan.charges import drawn_payments, order_charges, own_payments
from dawndusk.plan.inputs import Inputs, at_nodes, back, capital_factor, recall_factor, runs_by_contract
from dawndusk.plan.program import Model
from dawndusk.plan.session import DUAL, PRIMAL, Session

SLIVER = 1e-3  # objective units (1 MUSD): small against any option, large against the tolerances
USED = 1e-6  # objective units of own cost above which an option counts as used
MARGIN = 0.01
NOTHING = 1e-4  # multiple of its price at which an option is all but free
DEAREST = 1e3  # multiple of its price above which no entry price is looked for


@record
class Lever:
    """A price that can be varied: its part of every column's cost.

    Parameters
    ----------
    name, label : str
        Key and words.
    cost : Floats
        Shape (columns,), objective units: what the price contributes to each column's cost today.
    rows, columns : Ints
        Shape (K,): places of the spending rows where the price stands.
    paid, whole : Floats
        Shape (K,): what it contributes there today, and the whole coefficient.
    """

    name: str
    label: str
    cost: Floats
    rows: Ints
    columns: Ints
    paid: Floats
    whole: Floats


def own_price(model: Model, inputs: Inputs, name: str, label: str, members: list[int]) -> Lever:
    """The price of some offers: capital and running cost, without what they draw."""
    return _lever(model, inputs, name, label, members, None)


def drawn_price(model: Model, inputs: Inputs, resource: str, label: str, members: list[int]) -> Lever:
    """The price of a resource, as far as some offers pay it."""
    return _lever(model, inputs, resource, label, members, resource)


def _lever(
    model: Model, inputs: Inputs, name: str, label: str, members: list[int], resource: str | None
) -> Lever:
    rows, columns, paid = _paid(model, inputs, members, resource)
    whole = model.matrix[rows, columns] if rows.size else np.zeros(0)
    return Lever(
        name=name,
        label=label,
        cost=_spread(model, inputs, members, resource),
        rows=rows,
        columns=columns,
        paid=paid,
        whole=np.asarray(whole, dtype=np.float64).ravel(),
    )


def _paid(
    model: Model, inputs: Inputs, members: list[int], resource: str | None
) -> tuple[Ints, Ints, Floats]:
    """What the price contributes to the spending rows: rows, columns, scaled coefficients."""
    limit = model.rows.get("spending")
    places, amounts = [np.zeros(0, dtype=np.int64)], [np.zeros(0)]
    for i in members if limit is not None else []:
        offer = inputs.supply.offers[i]
        due = own_payments(offer, inputs) if resource is None else drawn_payments(offer, inputs, resource)
        for each in due:
            assert limit is not None
            block = model.columns[each.block]
            columns = at_nodes(block.index[i], back(inputs, each.lag))
            keep = (columns >= 0) & (limit.index >= 0) & (each.usd != 0)
            places.append((limit.index * model.cost.size + columns)[keep])
            amounts.append((each.usd * block.scale[i] / limit.scale)[keep])
    place, inverse = np.unique(np.concatenate(places), return_inverse=True)
    paid = np.bincount(inverse, weights=np.concatenate(amounts), minlength=place.size).astype(np.float64)
    return place // model.cost.size, place % model.cost.size, paid


def _spread(model: Model, inputs: Inputs, members: list[int], resource: str | None) -> Floats:
    cost = np.zeros(model.cost.size)
    tree = inputs.tree
    for i in members:
        offer = inputs.supply.offers[i]
        charges = order_charges(offer, inputs)
        if resource is None:
            usd = charges.capital[tree.period] * capital_factor(inputs, offer) + charges.running[tree.period]
        else:
            usd = charges.drawn.get(resource, np.zeros(tree.periods))[tree.period]
        _put(cost, model, "order", i, usd * tree.probability)
        if resource is None and runs_by_contract(offer):
            _put(cost, model, "active", i, _contract_cost(inputs, offer))
    return cost


def _contract_cost(inputs: Inputs, offer: Offer) -> Floats:
    tree = inputs.tree
    due = (offer.running * recall_factor(offer, tree.periods) * inputs.discount)[tree.period]
    return np.asarray(due * tree.probability, dtype=np.float64)


def _put(cost: Floats, model: Model, block: str, i: int, usd: Floats) -> None:
    index = model.columns[block].index[i]
    inside = index >= 0
    cost[index[inside]] = (usd * model.columns[block].scale[i])[inside] / model.money


def entry_prices(session: Session, levers: list[Lever], x: Floats) -> list[EntryPrice]:
    """Entry prices of the levers that the solution `x` does not use, proven where proof succeeds."""
    unused = [lever for lever in levers if lever.cost.any() and float(lever.cost @ x) <= USED]
    return [entry_price(session, lever) for lever in unused]


def entry_price(session: Session, lever: Lever) -> EntryPrice:
    """Entry price of one lever; the session is left at the base optimum.

    Not using the option stays best when its price rises, so what re-solving shows at two prices holds
    below the one and above the other.
    """
    guess = _forced(session, lever)
    if guess is None:
        return _entry(lever, None, proven=False)
    factor, proven = _proven(session, lever, guess if guess > NOTHING else 0.0)
    _set_price(session, lever, 1.0)
    session.again(PRIMAL)
    return _entry(lever, factor, proven=proven)


def _forced(session: Session, lever: Lever) -> float | None:
    """First entry price as a multiple of today's; None if the option cannot be used at all.

    A unit of the option's own cost more in the plan costs the dual more. Of that, one part is its price
    and another the worth of the money it takes from the spending limit; both fall with the price.
    """
    row = session.add_row(lever.cost, SLIVER, SLIVER)
    forced = session.again(DUAL)
    price = None
    if forced.optimal:
        taken = -float((forced.duals[lever.rows] * lever.paid) @ forced.x[lever.columns]) / SLIVER
        price = 1.0 - float(forced.extra[-1]) / (1.0 + max(taken, 0.0))
    session.set_row(row, -np.inf, np.inf)
    session.again(DUAL)
    return price


def _proven(session: Session, lever: Lever, factor: float) -> tuple[float, bool]:
    """The price, or a better one, and whether the option enters 1 % below and stays out 1 % above."""
    above = max(factor * (1 + MARGIN), NOTHING)
    if not _enters(session, lever, above):
        if factor == 0 or _enters(session, lever, factor * (1 - MARGIN)):
            return factor, True
        low, high = _widened(session, lever, factor * (1 - MARGIN), 0.5)[::-1]
    else:
        low, high = _widened(session, lever, above, 1.5)
    if low < NOTHING or high > DEAREST:
        return (0.0, True) if low < NOTHING else (low, False)
    while high / low > 1 + MARGIN:
        middle = float(np.sqrt(low * high))
        low, high = (middle, high) if _enters(session, lever, middle) else (low, middle)
    return float(np.sqrt(low * high)), True


def _widened(session: Session, lever: Lever, start: float, step: float) -> tuple[float, float]:
    """The last price on this side of entry and the first on the other (or beyond any price of interest)."""
    last, following = start, start * step
    while NOTHING <= following <= DEAREST and _enters(session, lever, following) == (step > 1):
        last, following = following, following * step
    return last, following


def _enters(session: Session, lever: Lever, factor: float) -> bool:
    """Whether the best plan at a multiple of today's price uses the option."""
    _set_price(session, lever, factor)
    found = session.again(PRIMAL)
    return found.optimal and float(lever.cost @ found.x) > USED


def _set_price(session: Session, lever: Lever, factor: float) -> None:
    session.set_cost(session.model.cost + (factor - 1.0) * lever.cost)
    session.set_coefficients(lever.rows, lever.columns, lever.whole + (factor - 1.0) * lever.paid)


def _entry(lever: Lever, factor: float | None, *, proven: bool) -> EntryPrice:
    if factor is None:
        sentence = f"{lever.label} cannot be used within the horizon's limits"
    elif factor <= 0:
        sentence = f"{lever.label} would not enter even for nothing"
    elif not proven:
        sentence = f"{lever.label} is used even at {factor:.3g} times its price"
    else:
        sentence = f"{lever.label} enters below {factor:.3g} times its price"
    return EntryPrice(
        option=lever.name, label=lever.label, factor=factor or 0.0, proven=proven, sentence=sentence
    )


def option_groups(inputs: Inputs, option: Mapping[str, str]) -> dict[str, list[int]]:
    """Offers by option of the reader (offer name -> option name)."""
    groups: dict[str, list[int]] = {}
    for i, offer in enumerate(inputs.supply.offers):
        if offer.orderable:
            groups.setdefault(option[offer.name], []).append(i)
    return groups
