"""What is decided when: orders now, orders by year, and what each later trigger changes."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from dawndusk.core.records import Floats, Ints, record
from dawndusk.report import words
from dawndusk.report.view import View, leaf_paths
from dawndusk.supply.scenario import WORDS, words_of

WINDOW: Final = 4  # quarters after a branching in which its children's orders are compared
SOON: Final = 12  # quarters from the start within which branchings count as triggers


@record
class Order:
    """Units of an offer ordered, with words.

    Parameters
    ----------
    offer : int
        Index.
    amount : float
        In the offer's unit.
    """

    offer: int
    amount: float


Kind = Literal["gate", "above", "below", "between"]


@record
class Trigger:
    """What one outcome of a branching changes, against the mean of all outcomes there.

    Parameters
    ----------
    quarter, condition : str
        When, and what is seen.
    period : int
        Index of the quarter.
    probability, before : float
        Of this outcome, and of reaching the branching.
    kind : {"gate", "above", "below", "between"}
        Whether a gate decides it, or on which side demand turns out.
    more, less : tuple of Order
        Orders of the next four quarters above and below the mean, largest in money first.
    weight : float
        USD of what is ordered more, times the probability.
    """

    quarter: str
    condition: str
    period: int
    probability: float
    before: float
    kind: Kind
    more: tuple[Order, ...]
    less: tuple[Order, ...]
    weight: float


def noticeable(view: View) -> Floats:
    """Smallest amount worth naming, by offer, shape (offer, 1); less is the solver's dust or no act."""
    return np.array([words_of(kind).smallest for kind in view.offers.kind])[:, None]


def on_leaves(view: View, values: Floats) -> tuple[Floats, Floats]:
    """Node values along every path, shape (..., leaf, period), and the probability of each leaf."""
    paths = leaf_paths(view)
    return values[..., paths], view.demand.probability[paths[:, -1]]


def expected_by_period(view: View, values: Floats) -> Floats:
    """Expectation of node values in each period, shape (..., period)."""
    weighted = values * view.demand.probability
    found = np.zeros((*values.shape[:-1], len(view.quarters)))
    np.add.at(np.moveaxis(found, -1, 0), view.demand.period, np.moveaxis(weighted, -1, 0))
    return found


def band_by_period(view: View, values: Floats, levels: tuple[float, ...]) -> Floats:
    """Quantiles over the futures of node values in each period, shape (level, period)."""
    along, chance = on_leaves(view, values)
    order = np.argsort(along, axis=0)
    reached = np.cumsum(chance[order], axis=0)
    ranked = np.take_along_axis(along, order, axis=0)
    places = [(reached < level - 1e-9).sum(axis=0) for level in levels]
    last = along.shape[0] - 1
    return np.stack([np.take_along_axis(ranked, np.minimum(p, last)[None], axis=0)[0] for p in places])


def root_orders(view: View) -> tuple[Order, ...]:
    """What is ordered in the first quarter, in the order of the offers."""
    amount = view.plan.orders[:, 0]
    named = np.flatnonzero(amount > noticeable(view)[:, 0])
    return tuple(Order(offer=int(i), amount=float(amount[i])) for i in named)


def given_up(view: View, offer: int) -> tuple[float, str]:
    """Share of futures in which more than half of an offer is given up, and the last quarter of notice."""
    exits, chance = on_leaves(view, view.plan.exits[offer])
    orders, _ = on_leaves(view, view.plan.orders[offer])
    total = np.cumsum(exits, axis=1)
    left = total > 0.5 * np.maximum(orders.sum(axis=1, keepdims=True), 1e-9)
    share = float(chance @ left[:, -1])
    if share <= 0:
        return 0.0, ""
    return share, view.quarters[int(np.argmax(left, axis=1)[left[:, -1]].max())]


def first_order(view: View, offers: Ints) -> tuple[str, float] | None:
    """Earliest quarter in which any future orders one of some offers, and the share of futures that do."""
    if offers.size == 0:
        return None
    along, chance = on_leaves(view, view.plan.orders[offers])
    ordered = np.any(along > noticeable(view)[offers][:, :, None], axis=0)
    if not ordered.any():
        return None
    return view.quarters[int(ordered.any(axis=0).argmax())], float(chance @ ordered.any(axis=1))


def orbital_offers(view: View) -> Ints:
    """Indices of the offers that give compute in orbit."""
    return np.flatnonzero(np.array(view.offers.pool) == "orbit")


@record
class Timeline:
    """Expected orders by year.

    Parameters
    ----------
    offers : Ints
        The offers that are ordered at all, by first year of order.
    years : Ints
        Calendar years.
    amount, probability : Floats
        Shape (offer, year): expected amount, and share of futures that order a noticeable amount.
    now : Floats
        Shape (offer,): ordered in the first quarter.
    """

    offers: Ints
    years: Ints
    amount: Floats
    probability: Floats
    now: Floats


def timeline(view: View) -> Timeline:
    """Expected orders of each offer by calendar year."""
    along, chance = on_leaves(view, view.plan.orders)
    years = np.unique(view.years)
    starts = np.searchsorted(view.years, years)
    by_year = np.add.reduceat(along, starts, axis=2)
    probability = np.einsum("oly,l->oy", by_year > noticeable(view)[:, :, None], chance)
    amount = np.einsum("oly,l->oy", by_year, chance)
    used = np.flatnonzero(probability.max(axis=1) > 0)
    kinds = list(WORDS)
    rank = [kinds.index(view.offers.kind[i]) if view.offers.kind[i] in kinds else 99 for i in used]
    first = (probability[used] > 0).argmax(axis=1)
    used = used[np.lexsort((used, np.array(rank), first))]
    return Timeline(
        offers=used,
        years=years,
        amount=amount[used],
        probability=probability[used],
        now=view.plan.orders[used, 0],
    )


def money_per_unit(view: View) -> Floats:
    """What an ordered unit costs in the plan, discounted and expected, USD, shape (offer,)."""
    ordered = expected_by_period(view, view.plan.orders).sum(axis=1)
    floor = noticeable(view)[:, 0]
    cost = np.nan_to_num(view.offers.cost)
    return np.where(ordered > floor * 1e-3, cost / np.maximum(ordered, floor * 1e-3), 0.0)


def triggers(view: View) -> tuple[Trigger, ...]:
    """Every outcome of the branchings of the first three years, most important first."""
    demand = view.demand
    inside = np.flatnonzero((demand.period > 0) & (demand.period <= SOON))
    parents, count = np.unique(demand.parent[inside], return_counts=True)
    paths, value = leaf_paths(view), money_per_unit(view)
    orders, chance = on_leaves(view, view.plan.orders)
    found: dict[tuple[int, str, Kind], list[tuple[float, float, Floats]]] = {}
    for parent in parents[count > 1]:
        children = np.flatnonzero(demand.parent == parent)
        t = int(demand.period[children[0]])
        ahead = orders[:, :, t : t + WINDOW].sum(axis=2)
        through = (paths[:, t][None, :] == children[:, None]) * chance
        mean_child = (ahead @ through.T) / through.sum(axis=1)
        mean = (mean_child @ demand.probability[children]) / demand.probability[children].sum()
        for k, child in enumerate(children):
            seen = (t, *_condition(view, int(child), children))
            weight = (float(demand.probability[child]), float(demand.probability[parent]))
            found.setdefault(seen, []).append((*weight, mean_child[:, k] - mean))
    made = [_trigger(view, seen, outcomes, value) for seen, outcomes in found.items()]
    return tuple(sorted(made, key=lambda x: -x.weight))


def _trigger(
    view: View, seen: tuple[int, str, Kind], outcomes: list[tuple[float, float, Floats]], value: Floats
) -> Trigger:
    """The outcomes of all branchings where the same is seen, as one."""
    period, condition, kind = seen
    probability = sum(x[0] for x in outcomes)
    change = np.sum([x[0] * x[2] for x in outcomes], axis=0) / probability
    moved = change * value
    large = np.abs(change) > noticeable(view)[:, 0]
    order = np.argsort(-np.abs(moved), kind="stable")
    pick = [Order(offer=int(i), amount=float(change[i])) for i in order if large[i] and abs(moved[i]) > 0]
    return Trigger(
        quarter=view.quarters[period],
        condition=condition,
        period=period,
        probability=probability,
        before=sum(x[1] for x in outcomes),
        kind=kind,
        more=tuple(x for x in pick if x.amount > 0),
        less=tuple(x for x in pick if x.amount < 0),
        weight=float(probability * np.maximum(moved, 0).sum()),
    )


def _condition(view: View, child: int, siblings: Ints) -> tuple[str, Kind]:
    """What is seen at a branching when it turns to this child, and what tells it apart."""
    demand = view.demand
    quarter = view.quarters[demand.period[child]]
    parts = []
    for g, label in enumerate(demand.gates):
        if np.ptp(demand.factors[g, siblings]) > 0:
            parts.append(
                f"{label} by {quarter}" if demand.factors[g, child] > 0 else f"no {label} by {quarter}"
            )
    low, high = np.exp(demand.low[child]), np.exp(demand.high[child])
    interval = ""
    kind: Kind = "gate"
    if np.isfinite(high) and low > 0:
        kind = "between"
        interval = f"demand {words.compute(low).removesuffix(' H100e')} to {words.compute(high)}"
    elif low > 0:
        interval, kind = f"demand above {words.compute(low)}", "above"
    elif np.isfinite(high):
        interval, kind = f"demand below {words.compute(high)}", "below"
    if interval:
        parts.append(f"{interval} in {quarter}")
    return " and ".join(parts) or quarter, kind


def short_label(view: View, offer: int) -> str:
    """The offer in few words: the place for what belongs to a ground site, else its own label."""
    offers = view.offers
    place = bool(offers.site[offer]) and words_of(offers.kind[offer]).place
    return words.brief(offers.label[offer], place=place)


def part_label(view: View, offer: int) -> str:
    """The same with what is ordered at the place: ``Texas: grid queue``."""
    label = view.offers.label[offer]
    part = label.split(":", maxsplit=1)[1].strip() if view.offers.site[offer] and ":" in label else ""
    return f"{short_label(view, offer)}: {part}" if part else short_label(view, offer)


def phrase(view: View, kind: str, members: list[Order], sign: str = "") -> str:
    """One sentence part for the orders of a kind: ``enter the grid queues of Texas and Nordics (0.9 GW)``."""
    said, unit = words_of(kind), view.offers.unit[members[0].offer]
    verb = said.verb_many or said.verb if len(members) > 1 else said.verb
    if said.form in ("each", "whole"):
        return f"{verb} {words.listing([_named(view, m, sign) for m in members])}"
    names = words.listing(list(dict.fromkeys(short_label(view, m.offer) for m in members)))
    total = f"{sign}{words.amount(sum(abs(m.amount) for m in members), unit)}"
    if said.form == "count":
        return f"{verb} {total} ({names if len(members) == 1 else f'{len(members)} designs and shells'})"
    return f"{verb} {names} ({total})"


def _named(view: View, order: Order, sign: str) -> str:
    """An order with its own amount; of what is taken as a whole, the part that is taken."""
    name, unit = short_label(view, order.offer), view.offers.unit[order.offer]
    if words_of(view.offers.kind[order.offer]).form == "whole":
        return name if abs(order.amount) > 0.98 else f"{words.percent(abs(order.amount))} of {name}"
    return f"{name} ({sign}{words.amount(abs(order.amount), unit)})"


def phrases(view: View, orders: tuple[Order, ...], most: int | None = None, sign: str = "") -> list[str]:
    """The orders in words, those of a kind together; kinds in the order of their first member.

    Parameters
    ----------
    most : int or None
        Only so many orders.
    sign : str
        Before every amount: ``+`` if the orders are differences.
    """
    groups: dict[str, list[Order]] = {}
    for order in orders[:most]:
        groups.setdefault(view.offers.kind[order.offer], []).append(order)
    return [phrase(view, kind, members, sign) for kind, members in groups.items()]
