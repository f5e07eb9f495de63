"""What is decided when: orders now, orders by year, and what each later trigger changes."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from dawndusk.core.records import Floats, Ints, record
from dawndusk.report import words
from dawndusk.report.measures import Order, money_per_unit, noticeable, on_leaves
from dawndusk.report.view import View, leaf_paths
from dawndusk.supply.scenario import words_of

WINDOW: Final = 4  # quarters after a branching in which its children's orders are compared
SOON: Final = 12  # quarters from the start within which branchings count as triggers


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
