"""One satellite in service, and the same chips in a data centre: closed budgets and terms into projects.

Every field may be an array of draws, sample axis last.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.constants import HOURS_PER_YEAR, YEAR
from dawndusk.core.numbers import number
from dawndusk.core.records import Real, record, replace
from dawndusk.economics.asset_classes import BUILDING_LIFE
from dawndusk.economics.carbon import (
    Carbon,
    PlatformFactors,
    carbon_in_orbit,
    carbon_on_ground,
    manufacture,
)
from dawndusk.economics.ground_segment import GroundSegment, gateways_for, ground_segment
from dawndusk.economics.launch_cost import LaunchCost, launch_cost
from dawndusk.economics.projects import Project, in_orbit, on_ground
from dawndusk.economics.satellite_cost import Amounts, PartPrices, SatelliteCost, satellite_cost
from dawndusk.economics.waterfall import Shares
from dawndusk.physics.environment.disposal import ALUMINA_SHARE
from dawndusk.physics.network.downlink import usable_share
from dawndusk.physics.network.terminals import links_of as terminals_of
from dawndusk.physics.network.workload_traffic import BITS, Workload, link_need
from dawndusk.physics.spacecraft.closure import Budget
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.health import FailingParts, mean_delivered
from dawndusk.space.account.links import SITE_CLEAR
from dawndusk.space.account.terms import COOLING_SHARE, ELECTRICAL_SHARE, Terms

METHANE_LOAD: Final = number("launch_methane")  # kg in a launch (L018)
GATEWAYS: Final = number("gateways_least")  # ground stations at least: sight and weather


@record
class Health:
    """Share of a new satellite's compute delivered on average over its life, lost satellites counted.

    Parameters
    ----------
    mean, plain : Real
        Later compute discounted, and not.
    available : Real
        Share left by upsets, resets and checks; it is in both.
    """

    mean: Real
    plain: Real
    available: Real


def health_of(parts: FailingParts, life: Real, *, rate: Real) -> Health:
    """Failures over a life (s) at a cost of capital (1/yr)."""
    return Health(
        mean=mean_delivered(parts, life, discount=np.log1p(rate) / YEAR),
        plain=mean_delivered(parts, life),
        available=parts.available,
    )


@record
class Flown:
    """A satellite in service on given terms; fields may be arrays of draws."""

    cost: SatelliteCost
    launch: LaunchCost
    ground_segment: GroundSegment
    health: Health
    shares: Shares
    project: Project


def own_cost(budget: Budget) -> SatelliteCost:
    """The satellite's price by subsystem from the design's own prices.

    Notes
    -----
    Its price of the body, in USD/kg, is split by mass; margin and development are in no line of their own,
    as a quoted price holds them already. Harness and links are in the mass of the bus.
    """
    cost, mass = budget.cost, budget.mass
    body = {
        "structure": mass.structure,
        "avionics": mass.bus,
        "loop": mass.loop,
        "shielding": mass.shielding,
        "propulsion": mass.propulsion,
    }
    whole: Real = sum(body.values())
    return SatelliteCost(
        compute=cost.compute,
        array=cost.array,
        battery=cost.battery,
        radiator=cost.radiator,
        **{name: cost.body * (part / np.maximum(whole, 1e-9)) for name, part in body.items()},
        links=0.0,
        harness=0.0,
        propellant=cost.propellant,
        assembly=cost.assembly,
        margin=0.0,
        nre=0.0,
        platform=cost.platform,
        total=cost.total,
    )


def part_prices(design: Design) -> PartPrices:
    """What a design's own price list says of parts; the rest stays as in `economics.satellite_cost`."""
    price = design.prices
    return PartPrices(
        compute=price.compute,
        array=price.array,
        battery=price.battery,
        radiator=price.radiator,
        loop=price.body,
        structure=price.body,
        propellant=price.propellant,
    )


def by_parts(design: Design, budget: Budget, terms: Terms) -> SatelliteCost:
    """The same satellite from prices of parts, with assembly, margin and a share of development.

    Notes
    -----
    Array, battery, radiator and body at the design's prices, the rest at `economics.satellite_cost`'s; four
    laser terminals. Judge it within a factor of 3 either way.
    """
    mass = budget.mass
    amounts = Amounts(
        compute=budget.power.run,
        array=budget.power.array_bol,
        battery=budget.battery_energy,
        radiator=budget.area.radiator,
        loop=mass.loop,
        structure=mass.structure,
        propulsion=mass.propulsion,
        avionics=mass.bus,
        links=float(terminals_of("grid")),
        shielding=mass.shielding,
        harness=0.0,
        propellant=mass.propellant,
    )
    return satellite_cost(amounts, part_prices(design), size=budget.power.compute, units=terms.satellites)


def shares_of(
    design: Design, budget: Budget, terms: Terms, health: Health, work: Workload, link: float
) -> Shares:
    """What passes each step of the waterfall, of what passed the one before.

    Notes
    -----
    *powered*: orbit-average over installed, below 1 where compute is switched off in shadow. *cooled*: what
    the radiator holds at end of life with the hottest chip at its limit, 1 if that is all. *healthy*:
    `physics.spacecraft.health`. *linked*: share of time with links, times what the workload's need leaves.
    *used*: sold.
    """
    power = budget.power
    alive = budget.gpus * design.payload.gpu_compute * health.mean
    return Shares(
        powered=power.compute / power.run,
        cooled=np.clip(power.held / power.run, 0.0, 1.0),
        healthy=health.mean,
        linked=terms.reachable * usable_share(work, np.maximum(alive, 0.0), link, link),
        used=terms.sold,
    )


def fly(design: Design, budget: Budget, terms: Terms, health: Health, work: Workload, link: float) -> Flown:
    """One satellite of a fleet on given terms.

    Parameters
    ----------
    design, budget, terms, health : records
        Closed before; fields may be arrays of draws.
    work : Workload
        That the fleet serves.
    link : float
        Into the mesh (bit/s).
    """
    cost = own_cost(budget)
    launch = _launched(budget, terms, cost)
    shares = shares_of(design, budget, terms, health, work, link)
    segment = _segment(design, budget, terms, health, work)
    methane = METHANE_LOAD / (np.maximum(launch.per_launch, 1.0) * budget.mass.total)
    with np.errstate(divide="ignore", invalid="ignore"):  # no compute: every cost of it is infinite
        project = in_orbit(
            satellite=cost,
            launch=launch,
            ground=segment,
            satellites=terms.satellites,
            terms=terms.money,
            power=budget.power.compute,
            mass=budget.mass.total,
            installed=_installed(design, budget),
            shares=shares,
            life=design.life / YEAR,
            loss=0.0,
            platform_carbon=_made(budget, terms),
            methane=methane,
            alumina_share=ALUMINA_SHARE,
        )
        carbon = _carbon(design, budget, terms, health, project, methane)
    return Flown(
        cost=cost,
        launch=launch,
        ground_segment=segment,
        health=health,
        shares=shares,
        project=_emitting(project, carbon),
    )


def _installed(design: Design, budget: Budget) -> Real:
    found: Real = np.asarray(budget.gpus * design.payload.gpu_compute, dtype=np.float64)[()]
    return found


def _launched(budget: Budget, terms: Terms, cost: SatelliteCost) -> LaunchCost:
    mass = budget.mass.total
    volume = np.where(np.asarray(terms.volume) > 0.0, terms.volume, mass / terms.density)[()]
    return launch_cost(terms.vehicle, mass=mass, volume=volume, value=cost.total)


def _segment(design: Design, budget: Budget, terms: Terms, health: Health, work: Workload) -> GroundSegment:
    """Ground stations for what the fleet's compute needs, `GATEWAYS` at least."""
    need = link_need(work, _installed(design, budget) * health.plain)
    rate = (need.download + need.upload) / BITS * terms.satellites
    return ground_segment(
        terms.satellites,
        gateways=np.maximum(gateways_for(rate, availability=SITE_CLEAR), GATEWAYS),
        life=design.life / YEAR,
        disposal=terms.disposal,
    )


def _carbon(
    design: Design, budget: Budget, terms: Terms, health: Health, project: Project, methane: Real
) -> Carbon:
    """Over the plain mean of a life, with the launches and satellites that are lost."""
    hours = project.stages.used / health.mean * health.plain * HOURS_PER_YEAR * design.life / YEAR
    return carbon_in_orbit(
        platform=_made(budget, terms),
        mass=budget.mass.total,
        installed=_installed(design, budget),
        hours=hours,
        methane=methane,
        alumina_share=ALUMINA_SHARE,
        lost=1.0 - terms.vehicle.reliability,
        chip=terms.carbon_chip,
    )


def _made(budget: Budget, terms: Terms) -> Real:
    """kgCO2e of the satellite without its chips."""
    mass, each = budget.mass, terms.carbon_platform
    fields = ("array", "battery", "thermal", "structure", "electronics", "shielding")
    return manufacture(
        {
            "array": mass.array,
            "battery": mass.battery,
            "thermal": mass.radiator + mass.loop,
            "structure": mass.structure + mass.margin + mass.propulsion,
            "electronics": mass.bus,
            "shielding": mass.shielding,
        },
        PlatformFactors(**dict.fromkeys(fields, each)),
    )


def _emitting(project: Project, carbon: Carbon) -> Project:
    return replace(project, carbon=carbon, account=replace(project.account, carbon=carbon.per_hour))


def build(design: Design, budget: Budget, terms: Terms) -> Project:
    """The same chips, bought at the same price, in a data centre.

    Parameters
    ----------
    design, budget, terms : records
        Fields may be arrays of draws.
    """
    ground, power = terms.ground, budget.power.run
    shell = ground.shell_cost * power
    installed = _installed(design, budget)
    shares = Shares(powered=1.0, cooled=1.0, healthy=ground.availability, linked=1.0, used=terms.sold)
    with np.errstate(divide="ignore", invalid="ignore"):
        project = on_ground(
            terms=ground.money,
            power=power,
            installed=installed,
            shares=shares,
            chips=budget.cost.compute + ground.network_cost * power,
            building=shell * (1.0 - ELECTRICAL_SHARE - COOLING_SHARE),
            electrical=shell * ELECTRICAL_SHARE,
            cooling=shell * COOLING_SHARE,
            energy_price=ground.energy_price,
            pue=ground.pue,
            upkeep=ground.upkeep * shell,
            chip_life=ground.chip_life,
            failures=ground.failures,
            grid=ground.grid,
        )
        carbon = carbon_on_ground(
            power=power,
            installed=installed,
            hours=project.stages.used * HOURS_PER_YEAR * ground.chip_life,
            life=ground.chip_life,
            pue=ground.pue,
            grid=ground.grid,
            building_life=BUILDING_LIFE,
            chip=terms.carbon_chip * (1.0 + ground.failures * ground.chip_life),
        )
    return _emitting(project, carbon)
