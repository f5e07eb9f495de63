"""Ground sites: places in the grid queue, early connections, shells, chips, and power behind the meter.

Energy is charged once, by who feeds the site. Without plants, connections give ``power:SITE`` for nothing
and the chips pay the grid's price for what they draw (``energy:SITE``). Off the grid, plants give
``power:SITE`` and pay their fuel at full load, because they are built for load only. A site with both has
the offer ``energy-SITE`` between: it turns a connection (``grid:SITE``) into power at the grid's price,
quarter by quarter, so that a plant's watt is not billed by the grid as well.
"""

from __future__ import annotations

import numpy as np

from dawndusk.core.offers import Offer, Resource
from dawndusk.core.records import Floats, Real
from dawndusk.core.scenario import PowerPlant, Scenario, Site
from dawndusk.supply.chips import chip_offer
from dawndusk.supply.offer import compose, flow
from dawndusk.supply.tables import SECONDS_PER_PERIOD, axis_of, even_payments, lead_periods, life_periods


def site_offers(site: Site, scenario: Scenario) -> list[Offer]:
    """All offers of one site but its plants: queue, early connection, energy, shell, chips."""
    found = []
    if has_grid(site):
        if np.any(np.add(site.queue_first, site.queue_growth) > 0):
            found.append(queue_offer(site, scenario))
        if np.any(np.asarray(site.flexible_limit) > 0):
            found.append(flexible_offer(site, scenario))
        if has_plants(site, scenario):
            found.append(energy_offer(site, scenario))
    return [*found, shell_offer(site, scenario), site_chips(site, scenario)]


def site_resources(site: Site, scenario: Scenario) -> list[Resource]:
    """What the offers of a site give and draw; nothing is there without an offer, but energy to buy."""
    axis = axis_of(scenario)
    found = [
        flow(axis, f"shell:{site.name}", "W", f"{site.label}: powered IT space"),
        flow(axis, f"power:{site.name}", "W", f"{site.label}: facility power"),
    ]
    if not has_grid(site):
        return found
    if has_plants(site, scenario):
        return [*found, flow(axis, f"grid:{site.name}", "W", f"{site.label}: grid connection")]
    price = axis.constant(site.power_price * SECONDS_PER_PERIOD)
    label = f"{site.label}: energy from the grid"
    return [*found, flow(axis, f"energy:{site.name}", "W", label, supply=np.inf, price=price)]


def has_grid(site: Site) -> bool:
    """Whether the site can be connected at all."""
    return bool(np.any(site.queue_first + site.queue_growth + site.flexible_limit > 0))


def has_plants(site: Site, scenario: Scenario) -> bool:
    """Whether any plant may feed the site."""
    return any(plant.site == site.name for plant in scenario.plants)


def _connection(site: Site, scenario: Scenario) -> str:
    return f"{'grid' if has_plants(site, scenario) else 'power'}:{site.name}"


def queue_offer(site: Site, scenario: Scenario) -> Offer:
    """A place in the grid queue, in W of facility power asked for; entered long before it is used.

    Notes
    -----
    All that can have been connected at a date is `queue_first` after one queue lead, then `queue_growth`
    more each quarter. Of the power asked for, the share `queue_completion` is connected (an expectation; in
    truth a request mostly comes whole or not at all). The deposit is charged over the shell's life.
    """
    axis = axis_of(scenario)
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
        life=life_periods(scenario.ground.shell_life),
        gives={_connection(site, scenario): axis.constant(site.queue_completion)},
        capital=axis.constant(site.queue_deposit),
        rate=axis.constant(scenario.finance.ground_rate),
        asset_life=scenario.ground.shell_life,
        limit_total=np.asarray(asked),
        source=site.source,
    )


def flexible_offer(site: Site, scenario: Scenario) -> Offer:
    """An early connection in return for curtailment: what is cut counts as power that is not there."""
    axis = axis_of(scenario)
    return compose(
        axis,
        name=f"flexible-{site.name}",
        label=f"{site.label}: early connection with curtailment",
        kind="queue",
        standing=site.standing,
        site=site.name,
        unit="W",
        lead=lead_periods(site.flexible_lead),
        life=life_periods(scenario.ground.shell_life),
        gives={_connection(site, scenario): axis.constant(1 - site.flexible_curtailment)},
        capital=axis.constant(site.queue_deposit),
        rate=axis.constant(scenario.finance.ground_rate),
        asset_life=scenario.ground.shell_life,
        limit_total=axis.constant(site.flexible_limit),
        source=site.source,
    )


def energy_offer(site: Site, scenario: Scenario) -> Offer:
    """Grid energy at a site with plants, in W for one quarter; needs as much connection."""
    axis = axis_of(scenario)
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


def shell_offer(site: Site, scenario: Scenario) -> Offer:
    """Building, cooling and electrical plant, in W of IT power, paid evenly while it is built."""
    axis, ground = axis_of(scenario), scenario.ground
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
        rate=axis.constant(scenario.finance.ground_rate),
        asset_life=ground.shell_life,
        running=axis.constant(site.shell_cost * ground.operations / 4),
        limit_order=axis.constant(site.shell_limit),
        source=site.source,
    )


def site_chips(site: Site, scenario: Scenario) -> Offer:
    """Own chips at the site: they draw shell, facility power (IT times PUE) and, if all is grid, energy."""
    draws: dict[str, Real] = {f"power:{site.name}": site.pue}
    if has_grid(site) and not has_plants(site, scenario):
        draws[f"energy:{site.name}"] = site.pue
    return chip_offer(
        scenario,
        place=site.name,
        label=site.label,
        standing=site.standing,
        pool="ground",
        draws=draws,
        source=site.source,
    )


def plant_offer(plant: PowerPlant, scenario: Scenario) -> Offer:
    """Power behind the meter, in W installed; gives the share that is there on average.

    Notes
    -----
    The makers' limit is on deliveries per quarter, from `first` on. Fuel and operation are paid for all
    energy that the plant can give, also if a grid connection later makes it idle.
    """
    axis = axis_of(scenario)
    lead, first = lead_periods(plant.lead), axis.index(plant.first)
    energy = plant.heat_rate * plant.fuel_price + plant.running
    return compose(
        axis,
        name=plant.name,
        label=plant.label,
        kind="power",
        standing=plant.standing,
        site=plant.site,
        unit="W",
        unit_size=float(np.median(plant.block)),
        first=first - lead,
        lead=lead,
        life=life_periods(plant.life),
        gives={f"power:{plant.site}": axis.constant(plant.availability)},
        capital=axis.constant(plant.capital),
        payments=even_payments(lead),
        rate=axis.constant(scenario.finance.ground_rate),
        asset_life=plant.life,
        running=axis.constant(energy * plant.availability * SECONDS_PER_PERIOD),
        limit_order=deliveries(plant, scenario),
        source=plant.source,
    )


def deliveries(plant: PowerPlant, scenario: Scenario) -> Floats:
    """Largest order by period, W, such that the delivery one lead later respects the makers' limit."""
    axis = axis_of(scenario)
    first = axis.index(plant.first) - lead_periods(plant.lead)
    return axis.geometric(plant.limit, plant.growth, first)
