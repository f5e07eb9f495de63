"""The fleet of a block of paths through all periods and months."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from dawndusk.core.records import Floats, Ints, record
from dawndusk.operate import fleet as steps
from dawndusk.operate.fleet import Fleet
from dawndusk.operate.flows import Catalogue, amounts, summed, totals

CAUSES: Final = ("failures", "recall", "site", "shadow")


@record
class Orders:
    """What a block of P paths wants and finds.

    Parameters
    ----------
    blocks : Ints
        Shape (P, I, T): running sums of orders in whole blocks.
    contracts : Ints
        Shape (P, I, T): blocks under contract, as planned.
    kept : ndarray of bool
        Shape (P, I, T): not yet recalled by the owner.
    gate : Floats
        Shape (P, I, T): factor on the offer's limit; where it is 0 nothing can be
        ordered, and no contract runs.
    supply : Floats
        Shape (P, R, T): resources there without any offer.
    sun : Floats
        Shape (I, T, M): factor on compute.
    """

    blocks: Ints
    contracts: Ints
    kept: np.ndarray
    gate: Floats
    supply: Floats
    sun: Floats


@record
class Delivered:
    """Compute of a block of paths, H100e.

    Parameters
    ----------
    compute : Floats
        Shape (P, T, M, I).
    lost : Floats
        Shape (P, T, M, 4): compute not there for each of `CAUSES`.
    fleet : Fleet
        At the end of the horizon.
    """

    compute: Floats
    lost: Floats
    fleet: Fleet


def run(
    catalogue: Catalogue,
    orders: Orders,
    random: Callable[[int, int], np.random.Generator],
    between: Callable[[int], None],
) -> Delivered:
    """Simulate the fleet.

    Parameters
    ----------
    random : callable
        The generator of a (period, month).
    between : callable
        Called with every period before it starts; may raise to stop.
    """
    paths, offers, periods = orders.blocks.shape
    months = orders.sun.shape[2]
    fleet = steps.empty(catalogue, paths)
    compute = np.zeros((paths, periods, months, offers))
    lost = np.zeros((paths, periods, months, len(CAUSES)))
    lossy = np.flatnonzero(catalogue.loss > 0)
    chance = 1.0 - (1.0 - catalogue.loss[lossy]) ** (1.0 / months)
    for t in range(periods):
        between(t)
        standing = _standing(catalogue, orders, t)
        share = _turn(catalogue, fleet, orders, standing, t)
        for m in range(months):
            compute[:, t, m], lost[:, t, m] = _month(catalogue, fleet, orders, standing, share, t, m)
            from_ = max(0, t + 1 - int(catalogue.life[lossy].max(initial=1)))
            window = fleet.working[:, lossy, from_ : t + 1]
            fleet.working[:, lossy, from_ : t + 1] = steps.thin(window, chance, random(t, m))
    return Delivered(compute=compute, lost=lost, fleet=fleet)


def _standing(catalogue: Catalogue, orders: Orders, t: int) -> Floats:
    """Blocks without vintage, shape (P, I): existing ones and contracts that still run."""
    running = orders.contracts[:, :, t] * orders.kept[:, :, t] * (orders.gate[:, :, t] > 0)
    standing: Floats = catalogue.initial[:, t] + running
    return standing


def _turn(catalogue: Catalogue, fleet: Fleet, orders: Orders, standing: Floats, t: int) -> Floats:
    """What happens at a period's start; the share of each offer that runs, shape (P, I)."""
    resources = catalogue.supply.shape[0]
    own = orders.supply[:, :, t] + fleet.stock
    late = catalogue.lead > 0
    steps.expire(fleet, catalogue, t)
    # Pads arrive before the satellites that they launch, chips of a fab before the orders for them.
    steps.deliver(fleet, catalogue, t, late & ~catalogue.at_delivery, own)
    given, _ = steps.flows_now(catalogue, fleet, standing, t)
    have = own + totals(catalogue.gives, given, resources)
    used = steps.deliver(fleet, catalogue, t, late & catalogue.at_delivery, have)
    used += steps.place(fleet, catalogue, t, orders.blocks[:, :, t], orders.gate[:, :, t], have - used)
    used += steps.deliver(fleet, catalogue, t, ~late, have - used)
    given, drawn = steps.flows_now(catalogue, fleet, standing, t)
    share, left = steps.running_share(catalogue, given, drawn, own - used, late.size)
    fleet.stock[...] = np.where(catalogue.stock, np.maximum(left, 0.0), 0.0)
    return share


def _month(
    catalogue: Catalogue, fleet: Fleet, orders: Orders, standing: Floats, share: Floats, t: int, m: int
) -> tuple[Floats, Floats]:
    """Compute by offer (P, I) in a month, and what is lost to each cause (P, 4)."""
    flows = catalogue.compute
    sun, part = orders.sun[flows.offer, t, m], share[:, flows.offer]
    there = amounts(flows, fleet.working, standing, t)
    installed = amounts(flows, fleet.installed, standing, t)
    gone = orders.contracts[:, :, t] * ~orders.kept[:, :, t]
    lost = (
        (installed - there) * part * sun,
        gone[:, flows.offer] * flows.calendar[:, t],
        there * (1.0 - part) * sun,
        there * part * np.maximum(1.0 - sun, 0.0),
    )
    compute = summed(flows.offer, there * part * sun, standing.shape[1])
    return compute, np.stack([x.sum(axis=1) for x in lost], axis=1)
