"""Ground sites: places in the grid queue, early connections, shells, chips, and power behind the meter.

Energy is charged once, by who feeds the site. Without plants, connections give ``power:SITE`` for nothing
and the chips pay the grid's price for what they draw (``energy:SITE``). Off the grid, plants give
``power:SITE`` and pay their fuel at full load, because they are built for load only. A site with both has
the offer ``energy-SITE`` between: it turns a connection (``grid:SITE``) into power at the grid's price,
quarter by quarter, so that a plant's watt is not billed by the grid as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, ClassVar, Final

import numpy as np

from dawndusk.core.errors import Problem
from dawndusk.core.offers import Offer, Resource, Standing
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit
from dawndusk.supply.chips import CHIP_WORDS, chip_offer
from dawndusk.supply.kinds import Kind, Words, several, wrong
from dawndusk.supply.market import AbstractMarket
from dawndusk.supply.offer import compose, flow
from dawndusk.supply.plant import POWER_WORDS
from dawndusk.supply.tables import SECONDS_PER_PERIOD, axis_of, even_payments, lead_periods, life_periods


@record
class Site:
    """A region where we can build.

    Parameters
    ----------
    name, label, standing
        As in Offer; offers are ``queue-NAME``, ``build-NAME``, ``chips-NAME``.
    power_price : USD/J
        Energy from the grid, all in ("60 USD/MWh").
    pue : 1
        Facility energy over IT energy, yearly mean.
    queue_lead : yr
        Queue entry to connection.
    queue_first, queue_growth : W
        Facility power that can be connected at the first date, and more per quarter after it;
        0 for a site without grid.
    queue_deposit : USD/W
        Paid at entry, lost if the place is not used.
    queue_completion : 1
        Share of the power asked for that is really connected.
    flexible_lead : yr
        Lead of an early connection in return for curtailment; 0 if there is none.
    flexible_limit : W
        Its size in all.
    flexible_curtailment : 1
        Share of the time without power.
    shell_lead : yr
        Permit and construction of building and plant.
    shell_cost : USD/W
        Per IT watt, without IT and without power plants.
    shell_limit : W
        Most IT power that can be ordered per quarter; site limit on land, permits and crews.
    hall : W
        IT power of one hall.
    """

    RETIRED: ClassVar = {"wue": "water is not reckoned"}

    name: str
    label: str
    standing: Standing
    power_price: Annotated[float, Unit("USD/J", low=0)]
    pue: Annotated[float, Unit("1", low=1, high=3)]
    queue_lead: Annotated[float, Unit("yr", low=0, high=20)]
    queue_first: Annotated[float, Unit("W", low=0)]
    queue_growth: Annotated[float, Unit("W", low=0)]
    queue_deposit: Annotated[float, Unit("USD/W", low=0)]
    queue_completion: Annotated[float, Unit("1", low=0.01, high=1)]
    flexible_lead: Annotated[float, Unit("yr", low=0, high=20)]
    flexible_limit: Annotated[float, Unit("W", low=0)]
    flexible_curtailment: Annotated[float, Unit("1", low=0, high=1)]
    shell_lead: Annotated[float, Unit("yr", low=0, high=20)]
    shell_cost: Annotated[float, Unit("USD/W", low=0)]
    shell_limit: Annotated[float, Unit("W", low=0)]
    hall: Annotated[float, Unit("W", low=1)]
    source: str = ""


@record
class Ground:
    """What ground sites have in common.

    Parameters
    ----------
    sites : tuple of Site
        The regions.
    shell_life : yr
        Service life of building and plant (mean of shell, electrical and cooling).
    operations : 1/yr
        Yearly operation and maintenance as a share of shell capital.
    availability : 1
        Share of installed compute that is up.
    """

    sites: tuple[Site, ...]
    shell_life: Annotated[float, Unit("yr", low=1, high=60)]
    operations: Annotated[float, Unit("1/yr", low=0, high=1)]
    availability: Annotated[float, Unit("1", low=0, high=1)]


def site_offers(site: Site, market: AbstractMarket) -> list[Offer]:
    """All offers of one site but its plants: queue, early connection, energy, shell, chips."""
    found = []
    if has_grid(site):
        if np.any(np.add(site.queue_first, site.queue_growth) > 0):
            found.append(queue_offer(site, market))
        if np.any(np.asarray(site.flexible_limit) > 0):
            found.append(flexible_offer(site, market))
        if has_plants(site, market):
            found.append(energy_offer(site, market))
    return [*found, shell_offer(site, market), site_chips(site, market)]


def site_resources(site: Site, market: AbstractMarket) -> list[Resource]:
    """What the offers of a site give and draw; nothing is there without an offer, but energy to buy."""
    axis = axis_of(market)
    found = [
        flow(axis, f"shell:{site.name}", "W", f"{site.label}: powered IT space"),
        flow(axis, f"power:{site.name}", "W", f"{site.label}: facility power"),
    ]
    if not has_grid(site):
        return found
    if has_plants(site, market):
        return [*found, flow(axis, f"grid:{site.name}", "W", f"{site.label}: grid connection")]
    price = axis.constant(site.power_price * SECONDS_PER_PERIOD)
    label = f"{site.label}: energy from the grid"
    return [*found, flow(axis, f"energy:{site.name}", "W", label, supply=np.inf, price=price)]


def has_grid(site: Site) -> bool:
    """Whether the site can be connected at all."""
    return bool(np.any(site.queue_first + site.queue_growth + site.flexible_limit > 0))


def has_plants(site: Site, market: AbstractMarket) -> bool:
    """Whether any plant may feed the site."""
    return any(plant.site == site.name for plant in market.plants)


def _connection(site: Site, market: AbstractMarket) -> str:
    return f"{'grid' if has_plants(site, market) else 'power'}:{site.name}"


def queue_offer(site: Site, market: AbstractMarket) -> Offer:
    """A place in the grid queue, in W of facility power asked for; entered long before it is used.

    Notes
    -----
    All that can have been connected at a date is `queue_first` after one queue lead, then `queue_growth`
    more each quarter. Of the power asked for, the share `queue_completion` is connected (an expectation; in
    truth a request mostly comes whole or not at all). The deposit is charged over the shell's life.
    """
    axis = axis_of(market)
    time = axis.time(site.queue_first, site.queue_growth, site.queue_completion)
    asked = (site.queue_first + time * site.queue_growth) / site.queue_completion
    return compose(
        axis,
        name=f"queue-{site.name}",
        label=f"{site.label}: grid queue",
        kind="queue",
        standing=site.standing,
        site=site.name,
        unit="W",
        lead=lead_periods(site.queue_lead),
        life=life_periods(market.ground.shell_life),
        gives={_connection(site, market): axis.constant(site.queue_completion)},
        capital=axis.constant(site.queue_deposit),
        rate=axis.constant(market.finance.ground_rate),
        asset_life=market.ground.shell_life,
        limit_total=np.asarray(asked),
        source=site.source,
    )


def flexible_offer(site: Site, market: AbstractMarket) -> Offer:
    """An early connection in return for curtailment: what is cut counts as power that is not there."""
    axis = axis_of(market)
    return compose(
        axis,
        name=f"flexible-{site.name}",
        label=f"{site.label}: early connection with curtailment",
        kind="queue",
        standing=site.standing,
        site=site.name,
        unit="W",
        lead=lead_periods(site.flexible_lead),
        life=life_periods(market.ground.shell_life),
        gives={_connection(site, market): axis.constant(1 - site.flexible_curtailment)},
        capital=axis.constant(site.queue_deposit),
        rate=axis.constant(market.finance.ground_rate),
        asset_life=market.ground.shell_life,
        limit_total=axis.constant(site.flexible_limit),
        source=site.source,
    )


def energy_offer(site: Site, market: AbstractMarket) -> Offer:
    """Grid energy at a site with plants, in W for one quarter; needs as much connection."""
    axis = axis_of(market)
    return compose(
        axis,
        name=f"energy-{site.name}",
        label=f"{site.label}: energy from the grid",
        kind="power",
        standing=site.standing,
        site=site.name,
        unit="W",
        life=1,
        gives={f"power:{site.name}": 1.0},
        draws={(f"grid:{site.name}", "service"): 1.0},
        running=axis.constant(site.power_price * SECONDS_PER_PERIOD),
        source=site.source,
    )


def shell_offer(site: Site, market: AbstractMarket) -> Offer:
    """Building, cooling and electrical plant, in W of IT power, paid evenly while it is built."""
    axis, ground = axis_of(market), market.ground
    lead = lead_periods(site.shell_lead)
    return compose(
        axis,
        name=f"build-{site.name}",
        label=f"{site.label}: build a shell",
        kind="build",
        standing=site.standing,
        site=site.name,
        unit="W",
        unit_size=float(np.median(site.hall)),
        lead=lead,
        life=life_periods(ground.shell_life),
        gives={f"shell:{site.name}": 1.0},
        capital=axis.constant(site.shell_cost),
        payments=even_payments(lead),
        rate=axis.constant(market.finance.ground_rate),
        asset_life=ground.shell_life,
        running=axis.constant(site.shell_cost * ground.operations / 4),
        limit_order=axis.constant(site.shell_limit),
        source=site.source,
    )


def site_chips(site: Site, market: AbstractMarket) -> Offer:
    """Own chips at the site: they draw shell, facility power (IT times PUE) and, if all is grid, energy."""
    draws: dict[str, Real] = {f"power:{site.name}": site.pue}
    if has_grid(site) and not has_plants(site, market):
        draws[f"energy:{site.name}"] = site.pue
    return chip_offer(
        market,
        place=site.name,
        label=site.label,
        standing=site.standing,
        pool="ground",
        draws=draws,
        source=site.source,
    )


def _checks(site: Site, _market: AbstractMarket) -> Iterator[Problem]:
    if site.flexible_limit > 0 and site.queue_first > 0 and site.flexible_lead >= site.queue_lead:
        yield wrong(
            "flexible_lead",
            f"{site.flexible_lead:g} yr, not before the queue's {site.queue_lead:g} yr",
            "an early connection that comes before the ordinary one",
            f"flexible_lead: {site.queue_lead / 2:g} yr",
        )


QUEUE_WORDS: Final = Words(
    kind="queue",
    verb="enter the grid queue of",
    verb_many="enter the grid queues of",
    form="sum",
    chief=True,
    place=True,
    unit="W",
    smallest=1e6,
    capital="power",
)
BUILD_WORDS: Final = Words(
    kind="build",
    verb="build halls in",
    form="sum",
    place=True,
    unit="W",
    smallest=1e6,
    capital="shell",
    running="operations",
)
KIND: Final = Kind(
    block="ground.sites",
    item=Site,
    title="ground sites",
    words=(QUEUE_WORDS, POWER_WORDS, BUILD_WORDS, CHIP_WORDS),
    offers=several(site_offers),
    resources=site_resources,
    checks=_checks,
    example="""
name: texas
label: Texas
standing: operating
power_price: 50 USD/MWh
pue: 1.18
queue_lead: 1 yr
queue_first: 0.6 GW
queue_growth: 0.15 GW
queue_deposit: 0.05 USD/W
queue_completion: 0.7
flexible_lead: 0.5 yr
flexible_limit: 0.2 GW
flexible_curtailment: 3 %
shell_lead: 1 yr
shell_cost: 13.8 USD/W
shell_limit: 0.4 GW
hall: 30 MW
""",
)
