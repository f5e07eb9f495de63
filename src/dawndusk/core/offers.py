"""Offer and Resource: all that the planner and the simulator know of a supply.

An Offer *gives* and *draws* named resources; compute is one of them. Amounts are per unit ordered, by
vintage (the period of the order). An order placed in period v is in service from v + lead for `life`
periods. What it gives decays geometrically with age at `loss` per period; what it draws does not (a
failed chip keeps its slot and its power reservation until it is replaced: overstates draws by at most
the accumulated loss, 20 % at five years and 4 %/yr).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

import numpy as np

from dawndusk.core.records import Floats, record

Standing = Literal["operating", "contracted", "building", "announced", "filed", "concept"]
FIRM: tuple[Standing, ...] = ("operating", "contracted", "building")
Pool = Literal["ground", "leased", "cloud", "orbit"]
POOLS: tuple[Pool, ...] = ("ground", "leased", "cloud", "orbit")
COMPUTE: Final = "compute:"  # nobody else spells it


def compute(pool: Pool) -> str:
    """Name of the resource that is the compute of a pool."""
    return COMPUTE + pool


def pool_of(resource: str) -> Pool | None:
    """The pool whose compute a resource is; None for anything else."""
    return next((pool for pool in POOLS if resource == compute(pool)), None)


@record
class Share:
    """Largest share of a stream's demand that an offer may serve, and why.

    Parameters
    ----------
    share : float
        In [0, 1].
    reason : str
        One sentence for the reader.
    """

    share: float
    reason: str


@record
class Contract:
    """Terms of a lease or capacity contract, in periods.

    Parameters
    ----------
    end : int
        First period in which the contract no longer runs (fixed end date); -1 for none.
    earliest_exit : int
        Periods in service before notice may be given; -1 if there is no exit.
    notice : int
        Periods between notice and the end of service and payment (at least 1).
    recall : float
        Hazard that the owner takes the capacity back, per period. The plan uses the expectation
        (1 - recall)^period, counted from the plan's first period; the simulation draws it.
    """

    end: int
    earliest_exit: int
    notice: int
    recall: float


@record
class Draw:
    """What one unit draws of a resource.

    Parameters
    ----------
    resource : str
        Name of the resource.
    amount : Floats
        Shape (T,), per unit, by vintage.
    when : {"order", "delivery", "service"}
        Once at the order, once at the delivery, or in every period of service.
    """

    resource: str
    amount: Floats
    when: Literal["order", "delivery", "service"]


@record
class Offer:
    """An option to obtain something: lease, rent, build, launch, queue, chips, power, fab ...

    Parameters
    ----------
    name, label : str
        Key and words.
    kind, standing : str
        What it is, and how real it is today.
    pool : str
        Pool whose compute it gives; "" if it gives none.
    site : str
        Site, shell or facility it belongs to; offers of one site are one *option* of the reader.
    unit : str
        What an order counts in ("W", "H100e", "satellite", "launch", "facility").
    unit_size : float
        Units in one indivisible block (a hall, an engine, a satellite); the simulation rounds to it.
    first, last : int
        Window of order periods (inclusive).
    lead, life : int
        Periods from order to service, and in service.
    loss : float
        Share of what is given that is lost per period of age (permanent failures), in [0, 1).
    gives : mapping
        Resource -> amount per unit and period in service, shape (T,) by vintage.
    draws : tuple of Draw
        What it draws.
    capital : Floats
        USD per unit, shape (T,) by vintage, without the price of drawn resources.
    payments : tuple of (lag, share)
        When capital is paid, in periods after the order; shares sum to 1.
    rate : Floats
        Cost of capital per year, shape (T,) by vintage; capital is charged as a real annuity at this
        rate over `asset_life`.
    asset_life : float
        Years over which capital is recovered (at least life / 4 unless the asset is scrapped early).
    running : Floats
        USD per unit and period in service, shape (T,) by calendar period.
    serves : mapping
        Stream -> Share; empty for offers without compute.
    limit_order, limit_total, limit_service : Floats
        Largest order in a period, sum of orders up to a period, and ordered units in service (besides
        `initial`); shape (T,), np.inf for none.
    initial : Floats
        Units in service without any decision (existing and committed), shape (T,).
    contract : Contract or None
        Terms, for leases and capacity contracts. Such an offer may neither lose units with age nor draw
        resources in service; what it gives is by calendar period, not by vintage.
    factors : mapping
        "limit" or "capital" -> name of a tree factor that multiplies it.
    source : str
        Ledger keys behind the numbers, separated by blanks; "guess" where there is none.
    cash : {"capital", "all"}
        Which of its own costs are paid in money and count against a limit of spending: its capital when
        due, or the running cost as well (rents).
    design, strategy : str
        Satellite option that it flies, and its answer to shadow ("battery" or "shed"); "" for the rest.
    profile : Floats or None
        What it gives in each calendar month relative to the year's mean, shape (12,), January first, at
        least 0; None if every month gives the same.
    """

    name: str
    label: str
    kind: str
    standing: Standing
    pool: Pool | Literal[""]
    site: str
    unit: str
    unit_size: float
    first: int
    last: int
    lead: int
    life: int
    loss: float
    gives: Mapping[str, Floats]
    draws: tuple[Draw, ...]
    capital: Floats
    payments: tuple[tuple[int, float], ...]
    rate: Floats
    asset_life: float
    running: Floats
    serves: Mapping[str, Share]
    limit_order: Floats
    limit_total: Floats
    limit_service: Floats
    initial: Floats
    contract: Contract | None
    factors: Mapping[str, str]
    source: str
    cash: Literal["capital", "all"] = "capital"
    design: str = ""
    strategy: Literal["battery", "shed", ""] = ""
    profile: Floats | None = None

    @property
    def computes(self) -> tuple[str, ...]:
        """Names of the compute that it gives."""
        return tuple(name for name in self.gives if pool_of(name))

    @property
    def leaves_early(self) -> bool:
        """Whether the contract has an exit."""
        return self.contract is not None and self.contract.earliest_exit >= 0

    @property
    def orderable(self) -> bool:
        """Whether there is anything to decide."""
        return self.last >= self.first and bool(np.any(self.limit_order > 0))


@record
class Resource:
    """Something that offers give and draw.

    Parameters
    ----------
    name, unit, label : str
        ``chips``, ``launches``, ``satellites``, ``power:texas``, ``shell:texas``, ``compute:ground`` ...
    kind : {"flow", "stock"}
        A flow is used in its period or lost; a stock carries over to the next.
    supply : Floats
        Amount per period without any offer, shape (T,); np.inf for no limit.
    price : Floats
        USD per unit (order and delivery draws) or per unit and period (service draws), shape (T,).
    factor : str
        Tree factor that multiplies the supply; "" for none.
    """

    name: str
    unit: str
    label: str
    kind: Literal["flow", "stock"]
    supply: Floats
    price: Floats
    factor: str = ""


@record
class Supply:
    """All offers and resources of a scenario, with the number of periods they are tabulated for."""

    offers: tuple[Offer, ...]
    resources: tuple[Resource, ...]

    def offer(self, name: str) -> Offer:
        """The offer of this name; KeyError if there is none."""
        found = {o.name: o for o in self.offers}
        return found[name]

    def resource(self, name: str) -> Resource:
        """The resource of this name; KeyError if there is none."""
        found = {r.name: r for r in self.resources}
        return found[name]

    def names(self) -> list[str]:
        """Offer names, in order."""
        return [o.name for o in self.offers]
