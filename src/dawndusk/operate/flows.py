"""What blocks of every offer give and draw, tabulated once as flat tables of flows.

All amounts are per block (`Offer.unit_size` units), so that a satellite, a hall and a watt are counted
alike. A cohort is known by the period of its arrival; its technology is that of the order, one lead
earlier. A block that waits for a launch thereby counts as the technology of a later order (by at most the
progress of the quarters it waits, about 5 % each).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.offers import Supply, pool_of
from dawndusk.core.records import Floats, Ints, record

CLOSE: Final = 1e-6  # relative shortage that is the planner's numerical noise, not a shortage


@record
class Flows:
    """A list of flows between offers and resources.

    Parameters
    ----------
    offer, resource : Ints
        Shape (F,), indices into the supply.
    calendar : Floats
        Shape (F, T), amount per block and period, technology of each period.
    arrival : Floats
        Shape (F, T), the same by period of arrival; 0 where the order would lie before the horizon.
    """

    offer: Ints
    resource: Ints
    calendar: Floats
    arrival: Floats


@record
class Catalogue:
    """A supply as arrays over offers (I), resources (R) and periods (T).

    Parameters
    ----------
    names : tuple of str
        Offers, in order.
    size, loss : Floats
        Shape (I,): units in a block; share lost per period of age.
    lead, life, last : Ints
        Shape (I,), periods.
    contract, at_delivery : ndarray of bool
        Shape (I,): runs by contract; draws something at its delivery.
    recall : Floats
        Shape (I,), hazard per period that the owner takes a contract back.
    initial, limit : Floats
        Shape (I, T), blocks: in service without a decision; largest order.
    gives, compute, service, order, delivery : Flows
        All that is given; of that the compute (H100e); draws by when they are due.
    supply : Floats
        Shape (R, T), amount per period without any offer.
    stock : ndarray of bool
        Shape (R,), whether what is left carries over.
    """

    names: tuple[str, ...]
    size: Floats
    loss: Floats
    lead: Ints
    life: Ints
    last: Ints
    contract: np.ndarray
    at_delivery: np.ndarray
    recall: Floats
    initial: Floats
    limit: Floats
    gives: Flows
    compute: Flows
    service: Flows
    order: Flows
    delivery: Flows
    supply: Floats
    stock: np.ndarray


def tabulate(supply: Supply) -> Catalogue:
    """The supply as arrays.

    Raises
    ------
    UserError
        For compute that no offer gives, or a block without size: neither can be simulated.
    """
    _check(supply)
    offers = supply.offers
    size = np.array([o.unit_size for o in offers], dtype=np.float64)
    gives = [(i, name, o.gives[name]) for i, o in enumerate(offers) for name in o.gives]
    draws = {
        when: [(i, d.resource, d.amount) for i, o in enumerate(offers) for d in o.draws if d.when == when]
        for when in ("service", "order", "delivery")
    }
    drawing = {i for i, _, _ in draws["delivery"]}
    return Catalogue(
        names=tuple(supply.names()),
        size=size,
        loss=np.array([o.loss for o in offers], dtype=np.float64),
        lead=np.array([o.lead for o in offers], dtype=np.int64),
        life=np.array([o.life for o in offers], dtype=np.int64),
        last=np.array([o.last for o in offers], dtype=np.int64),
        contract=np.array([o.contract is not None for o in offers]),
        at_delivery=np.array([i in drawing for i in range(len(offers))]),
        recall=np.array([o.contract.recall if o.contract else 0.0 for o in offers]),
        initial=np.stack([o.initial for o in offers]) / size[:, None],
        limit=np.stack([o.limit_order for o in offers]) / size[:, None],
        gives=_flows(supply, gives),
        compute=_flows(supply, [x for x in gives if pool_of(x[1])]),
        service=_flows(supply, draws["service"]),
        order=_flows(supply, draws["order"]),
        delivery=_flows(supply, draws["delivery"]),
        supply=np.stack([r.supply for r in supply.resources]),
        stock=np.array([r.kind == "stock" for r in supply.resources]),
    )


def _check(supply: Supply) -> None:
    for resource in supply.resources:
        if pool_of(resource.name) and np.any(resource.supply != 0):
            raise problem(
                f"resources.{resource.name}.supply",
                float(resource.supply.max()),
                "compute that an offer gives",
                "0, and an offer in service without a decision (a commitment)",
            )
    for offer in supply.offers:
        if not (np.isfinite(offer.unit_size) and offer.unit_size > 0 and 0 <= offer.loss < 1):
            raise problem(
                f"offers.{offer.name}",
                f"a block of {offer.unit_size} {offer.unit}, loss {offer.loss}",
                "a block above 0 and a loss per period in [0, 1)",
                "1 and 0",
            )


def _flows(supply: Supply, rows: list[tuple[int, str, Floats]]) -> Flows:
    place = {r.name: k for k, r in enumerate(supply.resources)}
    periods = supply.resources[0].supply.shape[0]
    calendar = np.array([supply.offers[i].unit_size * amount for i, _, amount in rows])
    calendar = calendar.reshape(len(rows), periods)
    ordered = np.arange(periods)[None, :] - np.array(
        [[supply.offers[i].lead] for i, _, _ in rows], int
    ).reshape(-1, 1)
    known = np.take_along_axis(calendar, np.maximum(ordered, 0), axis=1)
    return Flows(
        offer=np.array([i for i, _, _ in rows], dtype=np.int64),
        resource=np.array([place[name] for _, name, _ in rows], dtype=np.int64),
        calendar=calendar,
        arrival=np.where(ordered >= 0, known, 0.0),
    )


def amounts(flows: Flows, cohorts: Ints, standing: Floats, period: int) -> Floats:
    """Amount of every flow in a period, shape (P, F).

    Parameters
    ----------
    flows : Flows
        F flows.
    cohorts : Ints
        Shape (P, I, T), blocks by period of arrival.
    standing : Floats
        Shape (P, I), blocks whose technology is that of the period (contracts, existing).
    """
    blocks = cohorts[:, flows.offer, : period + 1].astype(np.float64)
    aged: Floats = np.einsum("pfa,fa->pf", blocks, flows.arrival[:, : period + 1])
    return aged + standing[:, flows.offer] * flows.calendar[:, period]


def totals(flows: Flows, amount: Floats, resources: int) -> Floats:
    """Flows (P, F) summed by resource, shape (P, R)."""
    return summed(flows.resource, amount, resources)


def summed(group: Ints, amount: Floats, groups: int) -> Floats:
    """Columns (P, F) summed by group (F,), shape (P, groups); row by row in the same order."""
    found = np.zeros((groups, amount.shape[0]))
    np.add.at(found, group, amount.T)
    return found.T


def granted(flows: Flows, amount: Floats, have: Floats, offers: int) -> Floats:
    """Share of what each offer wants that is there, shape (P, I): the same for all who want a resource.

    Parameters
    ----------
    amount : Floats
        Shape (P, F), wanted by each flow.
    have : Floats
        Shape (P, R).
    """
    need = totals(flows, amount, have.shape[1])
    short = need > np.maximum(have, 0.0) * (1.0 + CLOSE)
    ratio = np.where(short, np.maximum(have, 0.0) / np.where(short, need, 1.0), 1.0)
    share = np.ones((offers, amount.shape[0]))
    limited = np.where(amount > 0, ratio[:, flows.resource], 1.0)
    np.minimum.at(share, flows.offer, limited.T)
    return share.T
