"""The fleet as whole blocks by offer and period of arrival, on many paths at once.

One period: cohorts at the end of their life leave; what was ordered arrives, if launches are there; orders
are placed, if chips and satellites are there; sites whose halls or power fell short run a part. What could
not be placed or launched stays wanted and is tried again in the next period. Blocks thin out by Binomial
failures month by month.

A `Fleet`'s arrays are made by `empty` and filled in place by the steps below.
"""

from __future__ import annotations

import numpy as np

from dawndusk.core.records import Floats, Ints, record
from dawndusk.core.trace import Cells
from dawndusk.operate.flows import CLOSE, Catalogue, amounts, granted, totals


@record
class Fleet:
    """Blocks on P paths of I offers by T periods of arrival.

    Parameters
    ----------
    installed : Ints
        Shape (P, I, T): arrived and within life; they keep drawing what they draw, also if failed.
    working : Ints
        Shape (P, I, T): those of them that have not failed.
    placed : Ints
        Shape (P, I, T + 1): ordered before each period.
    arrived : Ints
        Shape (P, I): so far.
    stock : Floats
        Shape (P, R): carried over.
    """

    installed: Ints
    working: Ints
    placed: Ints
    arrived: Ints
    stock: Floats


def empty(catalogue: Catalogue, paths: int) -> Fleet:
    """A fleet without blocks."""
    offers, periods = catalogue.initial.shape
    return Fleet(
        installed=np.zeros((paths, offers, periods), dtype=np.int64),
        working=np.zeros((paths, offers, periods), dtype=np.int64),
        placed=np.zeros((paths, offers, periods + 1), dtype=np.int64),
        arrived=np.zeros((paths, offers), dtype=np.int64),
        stock=np.zeros((paths, catalogue.supply.shape[0])),
    )


def whole_blocks(units: Floats, size: Floats, dither: Floats) -> Ints:
    """Units as whole blocks by stochastic rounding: floor(units / size + dither).

    Parameters
    ----------
    units : Floats
        Shape (P, I, T): running sums of orders along a path, or amounts under contract.
    size : Floats
        Shape (I,), units in a block.
    dither : Floats
        Shape (P, I), uniform in [0, 1).

    Notes
    -----
    The expectation over the dither is exact in every period. With running sums the remainder is carried:
    never a block more or less than planned so far, and small orders add up instead of vanishing. A limit
    that is no multiple of the block may be passed by less than a block.
    """
    return np.floor(np.maximum(units, 0.0) / size[:, None] + dither[:, :, None]).astype(np.int64)


def expire(fleet: Fleet, catalogue: Catalogue, period: int) -> None:
    """Take out the cohorts whose life is over."""
    which = np.flatnonzero(catalogue.life <= period)
    arrival = period - catalogue.life[which]
    fleet.installed[:, which, arrival] = 0
    fleet.working[:, which, arrival] = 0


def deliver(fleet: Fleet, catalogue: Catalogue, period: int, which: np.ndarray, have: Floats) -> Floats:
    """Let the blocks of `which` offers (I,) arrive that are due, as far as (P, R) is there; what they use.

    Returns
    -------
    Floats
        Shape (P, R).
    """
    offers = fleet.arrived.shape[1]
    ordered = np.maximum(period - catalogue.lead + 1, 0)
    due = fleet.placed[:, np.arange(offers), ordered] - fleet.arrived
    due = np.where(which, due, 0)
    flows = catalogue.delivery
    need = due[:, flows.offer] * flows.arrival[:, period]
    share = granted(flows, need, have, offers)
    come = np.where(share < 1.0, np.floor(due * share), due).astype(np.int64)
    fleet.arrived[...] += come
    fleet.installed[:, :, period] += come
    fleet.working[:, :, period] += come
    return totals(flows, come[:, flows.offer] * flows.arrival[:, period], have.shape[1])


def place(
    fleet: Fleet, catalogue: Catalogue, period: int, wanted: Ints, gate: Floats, have: Floats
) -> Floats:
    """Order what is wanted so far (P, I) and not ordered yet, where the gate (P, I) is open; what it uses.

    Returns
    -------
    Floats
        Shape (P, R).
    """
    before = fleet.placed[:, :, period]
    allowed = (gate > 0) & (period <= catalogue.last)
    most = np.ceil(catalogue.limit[:, period] * np.where(allowed, gate, 1.0) * (1.0 - CLOSE))
    want = np.where(allowed, np.minimum(wanted - before, most), 0.0)
    flows = catalogue.order
    share = granted(flows, want[:, flows.offer] * flows.calendar[:, period], have, want.shape[1])
    come = np.where(share < 1.0, np.floor(want * share), want)
    fleet.placed[:, :, period + 1] = before + come.astype(np.int64)
    return totals(flows, come[:, flows.offer] * flows.calendar[:, period], have.shape[1])


def running_share(
    catalogue: Catalogue, given: Floats, drawn: Floats, have: Floats, offers: int
) -> tuple[Floats, Floats]:
    """Share of each offer that runs, given the halls and the power that are there.

    Parameters
    ----------
    given, drawn : Floats
        Shapes (P, F), flows of `catalogue.gives` and `catalogue.service` if all ran.
    have : Floats
        Shape (P, R), without what offers give.

    Returns
    -------
    share : Floats
        Shape (P, I): all who draw a short resource run the same share of it.
    left : Floats
        Shape (P, R), what remains.

    Notes
    -----
    What an offer gives shrinks with its share (energy through a short connection), so shares are repeated
    until nothing changes: at most once per link of the longest chain. An offer cut by one resource leaves
    its part of the others unused: up to a few per cent too careful where two are short at once.
    """
    share = np.ones((given.shape[0], offers))
    for _ in range(offers + 1):
        there = have + totals(catalogue.gives, given * share[:, catalogue.gives.offer], have.shape[1])
        after = granted(catalogue.service, drawn, there, offers)
        if np.array_equal(after, share):
            break
        share = after
    used = totals(catalogue.service, drawn * share[:, catalogue.service.offer], have.shape[1])
    return share, there - used


def thin(working: Ints, chance: Floats, random: np.random.Generator) -> Ints:
    """Blocks left after independent failures.

    Parameters
    ----------
    working : Ints
        Shape (P, I, A).
    chance : Floats
        Shape (I,), that a block fails, in [0, 1).
    random : Generator
        Used path by path: more paths behind do not change those in front.
    """
    return working - random.binomial(working, chance[None, :, None])


def flows_now(catalogue: Catalogue, fleet: Fleet, standing: Floats, period: int) -> tuple[Floats, Floats]:
    """What is given by working blocks and drawn by installed ones if all run: (P, F) each."""
    return (
        amounts(catalogue.gives, fleet.working, standing, period),
        amounts(catalogue.service, fleet.installed, standing, period),
    )


def cells(fleet: Fleet, catalogue: Catalogue, path: int, period: int) -> Cells:
    """Working cohorts of one path at the end of a period as a structure of arrays."""
    offer, arrival = np.nonzero(fleet.working[path, :, : period + 1])
    return Cells(
        offer=offer,
        vintage=arrival - catalogue.lead[offer],
        units=fleet.working[path, offer, arrival],
        unit_size=catalogue.size[offer],
        age=3 * (period + 1 - arrival),
    )
