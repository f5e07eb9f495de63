"""Entry prices: below which price an option is used, each proven by re-solving.

The option is held at a sliver of its own cost; the dual of that row is the part of its price that would
have to be taken off (or may be added, for an option that is used). The price found is then proven:
1 % below it the option enters, 1 % above it stays out. If it still enters above, the plan found there
pays for a higher price, and the search goes on from that one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dawndusk.core.offers import Offer
from dawndusk.core.plan import EntryPrice
from dawndusk.core.records import Floats, record
from dawndusk.plan.charges import order_charges
from dawndusk.plan.inputs import Inputs, capital_factor, recall_factor, runs_by_contract
from dawndusk.plan.model import Model
from dawndusk.plan.session import DUAL, PRIMAL, Session

SLIVER = 1e-3  # objective units (1 MUSD): small against any option, large against the tolerances
USED = 1e-6  # objective units of own cost above which an option counts as used
NOTHING = 1e-4  # multiple of its price at which an option is all but free
MARGIN = 0.01
STEPS = 12  # of the search for a price above which the option stays out


@record
class Lever:
    """A price that can be varied: its part of every column's cost.

    Parameters
    ----------
    name, label : str
        Key and words.
    cost : Floats
        Shape (columns,), objective units: what the price contributes to each column's cost today.
    """

    name: str
    label: str
    cost: Floats


def own_price(model: Model, inputs: Inputs, name: str, label: str, members: list[int]) -> Lever:
    """The price of some offers: capital and running cost, without what they draw."""
    return Lever(name=name, label=label, cost=_spread(model, inputs, members, None))


def drawn_price(model: Model, inputs: Inputs, resource: str, label: str, members: list[int]) -> Lever:
    """The price of a resource, as far as some offers pay it."""
    return Lever(name=resource, label=label, cost=_spread(model, inputs, members, resource))


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

    The cost of forced use is convex, so the dual at the sliver gives a price that is too low if the
    option's first uses are worth more than the sliver's last. Any plan that uses the option pays for the
    multiple (best cost without the option - its other cost) / its own cost: as long as the option enters
    1 % above the price, that is a higher one (Dinkelbach 1967, Management Science 13(7), p. 492).
    """
    factor, without = _forced(session, lever)
    if factor is None or without is None:
        return _entry(lever, factor, proven=False, needed=without is None)
    factor, stays_out = _raised(session, lever, max(factor, 0.0), without)
    enters = factor > 0 and _used_at(session, lever, factor * (1 - MARGIN))[0] > USED
    _restore(session)
    return _entry(lever, factor, proven=stays_out and (enters or factor == 0))


def _forced(session: Session, lever: Lever) -> tuple[float | None, float | None]:
    """First entry price as a multiple of today's, and the best cost without the option.

    None where the option cannot be used at all, or where there is no plan without it.
    """
    row = session.add_row(lever.cost, 0.0, 0.0)
    without = session.again(DUAL)
    session.set_row(row, SLIVER, SLIVER)
    forced = session.again(DUAL)
    price = 1.0 - float(forced.extra[-1]) if forced.optimal else None
    session.set_row(row, -np.inf, np.inf)
    session.again(DUAL)
    return price, without.objective if without.optimal else None


def _used_at(session: Session, lever: Lever, factor: float) -> tuple[float, float]:
    """The option's own cost at today's price in the best plan at another price, and that plan's rest."""
    session.set_cost(session.model.cost + (factor - 1.0) * lever.cost)
    found = session.again(PRIMAL)
    own = float(lever.cost @ found.x) if found.optimal else 0.0
    return own, found.objective - own


def _raised(session: Session, lever: Lever, factor: float, without: float) -> tuple[float, bool]:
    """The price raised until the option stays out 1 % above it, and whether it does."""
    for _ in range(STEPS):
        above = max(factor * (1 + MARGIN), NOTHING)
        own, rest = _used_at(session, lever, above)
        if own <= USED:
            return factor, True
        factor = max(above, (without - rest) / own)
    return factor, False


def _restore(session: Session) -> None:
    session.set_cost(session.model.cost)
    session.again(PRIMAL)


def _entry(lever: Lever, factor: float | None, *, proven: bool, needed: bool = False) -> EntryPrice:
    if needed and factor is not None:
        sentence = f"{lever.label} is needed at any price: there is no plan without it"
    elif factor is None:
        sentence = f"{lever.label} cannot be used within the horizon's limits"
    elif factor <= 0:
        sentence = f"{lever.label} would not enter even for nothing"
    else:
        sentence = f"{lever.label} enters below {factor:.3g} times its price"
    return EntryPrice(
        option=lever.name, label=lever.label, factor=max(factor or 0.0, 0.0), proven=proven, sentence=sentence
    )


def option_groups(inputs: Inputs, option: Mapping[str, str]) -> dict[str, list[int]]:
    """Offers by option of the reader (offer name -> option name)."""
    groups: dict[str, list[int]] = {}
    for i, offer in enumerate(inputs.supply.offers):
        if offer.orderable:
            groups.setdefault(option[offer.name], []).append(i)
    return groups
