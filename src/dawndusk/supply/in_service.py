"""What one satellite in service costs, computes, loses and emits on given terms: the one answer to it.

`dawndusk satellite` asks it with the design's own chips and prices, `dawndusk design` with the planner's, and
`supply.bridge` walks from the one number to the other and to the planner's offer. Every field may be an array
of draws or candidates (last axis).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import HOURS_PER_YEAR, YEAR
from dawndusk.core.numbers import all_numbers, number
from dawndusk.core.ranges import Distribution
from dawndusk.core.records import Real, record, replace
from dawndusk.core.scenario.numbers import AS_IN_LEDGER
from dawndusk.core.scenario.orbit import Launch, SatelliteOption
from dawndusk.core.units import Unit
from dawndusk.economics.annuity import annuity
from dawndusk.economics.carbon import (
    PlatformFactors,
    carbon_in_orbit,
    manufacture,
)
from dawndusk.economics.ground_segment import GroundSegment
from dawndusk.economics.launch_cost import LaunchCost, Vehicle, launch_cost
from dawndusk.economics.projects import Money, Project, in_orbit
from dawndusk.economics.satellite_cost import Amounts, PartPrices, SatelliteCost, satellite_cost
from dawndusk.economics.waterfall import Shares
from dawndusk.physics.environment.disposal import ALUMINA_SHARE
from dawndusk.physics.spacecraft.closure import Budget
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.health import FailingParts, mean_delivered
from dawndusk.supply.chips import technology
from dawndusk.supply.option_cost import order_for, target_period
from dawndusk.supply.orbital import launch_price, orbit_rate, platform_price
from dawndusk.supply.satellite import cooled_share
from dawndusk.supply.scenario import Scenario
from dawndusk.supply.tables import PERIODS_PER_YEAR, axis_of, lead_periods

METHANE_LOAD: Final = number("launch_methane")  # kg in a launch (L018)
AVIONICS_SHARE: Final = number("bus_avionics_share")  # of the bus mass; the rest is harness
TERMINALS: Final = number("link_terminals")  # laser terminals of a satellite
GUESSED: Final = MappingProxyType(  # term -> number of the world
    {
        "sold": "sold_share",
        "density": "stowed_density",
        "carbon_chip": "carbon_per_chip",
        "carbon_platform": "carbon_spacecraft",
    }
)
Share = Annotated[Real, Unit("1", 0.0, 1.0)]


@record
class ServiceTerms:
    """Prices, rates and lives of one quarter, as a scenario has them for what flies.

    Parameters
    ----------
    scenario, quarter : str
        Where they come from; quarter of the first day in service.
    rate, lead : 1/yr, quarters
        Cost of capital of all that flies, chips too; from the order to service.
    watts, chip_price : W/H100e, USD/H100e
        Of the chips on sale at the order.
    launch, launch_price : Launch, USD
        Vehicle; price of one launch.
    launches, satellites : 1/yr
        That can be ours; that the factory makes, of whatever size.
    platform : USD/W
        The scenario's price of the design's platform at the order, for the industry's volume by then; 0 where
        it offers no such design.
    volume, density : m3, kg/m3
        Of the design, stowed, 0 where not known; then its density.
    life, satellite_loss, chip_failure, utilisation, operations, disposal
        As `core.scenario.orbit.Orbit` and `Chips` have them (yr, 1/yr, 1/yr, 1, 1/yr, USD).
    sold : 1
        Share of the compute on offer that is sold and scheduled, where not all of it is.
    carbon_chip, carbon_platform : kg
        CO2e per H100e made, and per kg of satellite without chips.
    """

    scenario: str
    quarter: str
    rate: Annotated[Real, Unit("1/yr", 0.0)]
    lead: int
    watts: Annotated[Real, Unit("W/H100e", 0.0)]
    chip_price: Annotated[Real, Unit("USD/H100e", 0.0)]
    launch: Launch
    launch_price: Annotated[Real, Unit("USD", 0.0)]
    launches: Annotated[Real, Unit("1/yr", 0.0)]
    satellites: Annotated[Real, Unit("1/yr", 0.0)]
    platform: Annotated[Real, Unit("USD/W", 0.0)]
    volume: Annotated[Real, Unit("m3", 0.0)]
    density: Annotated[Real, Unit("kg/m3", 10.0, 2000.0)]
    life: Annotated[Real, Unit("yr", 0.25)]
    satellite_loss: Share
    chip_failure: Share
    utilisation: Share
    operations: Annotated[Real, Unit("1/yr", 0.0)]
    disposal: Annotated[Real, Unit("USD", 0.0)]
    sold: Share
    carbon_chip: Annotated[Real, Unit("kg", 0.0)]
    carbon_platform: Annotated[Real, Unit("kg", 0.0)]


@record
class InService:
    """A satellite in service on given terms.

    Parameters
    ----------
    cost, launch, project : SatelliteCost, LaunchCost, Project
        Of one satellite.
    segment, fleet : GroundSegment, Real
        Of the whole fleet; satellites in service that share it.
    left, plain : Real
        Mean of the failure law over its life: later compute discounted (where asked for), and not.
    """

    cost: SatelliteCost
    launch: LaunchCost
    project: Project
    segment: GroundSegment
    fleet: Real
    left: Real
    plain: Real


def guesses() -> dict[str, Distribution]:
    """Ranges of the terms that a scenario may leave to the ledger, by name."""
    return {term: range_in_ledger(name, log=term.startswith("carbon")) for term, name in GUESSED.items()}


def range_in_ledger(name: str, *, log: bool = False) -> Distribution:
    """The range of a row of ``numbers.csv``, triangular or, of its logarithm, log-triangular."""
    row = all_numbers()[name]
    return Distribution(
        low=row.low, mode=row.value, high=row.high, shape="log-triangular" if log else "triangular"
    )


def terms_of(
    scenario: Scenario,
    option: SatelliteOption | None,
    *,
    priced: bool = True,
    guess: dict[str, Real] | None = None,
) -> ServiceTerms:
    """Terms of what is in service in `option_cost.QUARTER`, or as near to it as can be ordered.

    Parameters
    ----------
    scenario : Scenario
        Central values or draws.
    option : SatelliteOption or None
        Whose first quarter, platform price and stowed volume count; None if it offers no satellite.
    priced : bool
        False where the option only dates the terms: it is another design.
    guess : dict, optional
        Draws of `guesses`, where the scenario states nothing else.
    """
    stated, usual = ({x: getattr(n, y) for x, y in GUESSED.items()} for n in (scenario.numbers, AS_IN_LEDGER))
    found = stated | {x: y for x, y in (guess or {}).items() if np.all(stated[x] == usual[x])}
    axis, orbit, chips = axis_of(scenario), scenario.orbit, technology(scenario)
    lead = lead_periods(orbit.lead)
    first = axis.index(option.first if option else orbit.factory.first) - lead
    order = axis.clip(order_for(first, axis.last_order(lead), lead, target_period(scenario.calendar)))
    service = axis.clip(order + lead)
    launch, factory = orbit.launch, orbit.factory
    flights = axis.ramp(launch.flights, launch.growth, axis.index(launch.first))[service]
    made = axis.ramp(factory.output, factory.growth, axis.index(factory.first))[service]
    return ServiceTerms(
        scenario=scenario.name,
        quarter=scenario.calendar.label(service),
        rate=orbit_rate(scenario)[order],
        lead=lead,
        watts=chips.watts[order],
        chip_price=chips.price[order],
        launch=launch,
        launch_price=launch_price(scenario)[service],
        launches=flights * PERIODS_PER_YEAR * launch.share,
        satellites=made * PERIODS_PER_YEAR,
        platform=platform_price(option, scenario)[order] if option and priced else 0.0,
        volume=option.volume if option and priced else 0.0,
        density=found["density"],
        life=orbit.life,
        satellite_loss=orbit.satellite_loss,
        chip_failure=scenario.chips.failure_orbit,
        utilisation=orbit.utilisation,
        operations=orbit.operations,
        disposal=orbit.disposal_cost,
        sold=found["sold"],
        carbon_chip=found["carbon_chip"],
        carbon_platform=found["carbon_platform"],
    )


def lead_interest(rate: Real, lead: int, *, spread: bool) -> Real:
    """Interest factor on what is paid from the order to service: in even parts, or all at the order.

    Parameters
    ----------
    rate, lead : 1/yr, int
        Quarters of lead.
    spread : bool
        Progress payments (a satellite) or at the order (chips).
    """
    count = max(lead, 1) if spread else 1
    grown: Real = sum((1.0 + rate) ** ((lead - lag) / PERIODS_PER_YEAR) for lag in range(count))
    return grown / count


def own_cost(budget: Budget) -> SatelliteCost:
    """The satellite's price by subsystem from the design's own prices: the one price of a platform.

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


def by_parts(design: Design, budget: Budget, fleet: Real) -> SatelliteCost:
    """The same satellite from prices of parts, with economies of size, assembly, margin and development.

    Notes
    -----
    Array, battery, radiator and body at the design's prices, the rest at `economics.satellite_cost`'s. Judge
    it within a factor of 3 either way.
    """
    mass, price = budget.mass, design.prices
    amounts = Amounts(
        compute=budget.power.run,
        array=budget.power.array_bol,
        battery=budget.battery_energy,
        radiator=budget.area.radiator,
        loop=mass.loop,
        structure=mass.structure,
        propulsion=mass.propulsion,
        avionics=AVIONICS_SHARE * np.asarray(mass.bus),
        links=TERMINALS,
        shielding=mass.shielding,
        harness=(1.0 - AVIONICS_SHARE) * np.asarray(mass.bus),
        propellant=mass.propellant,
    )
    prices = PartPrices(
        compute=price.compute,
        array=price.array,
        battery=price.battery,
        radiator=price.radiator,
        loop=price.body,
        structure=price.body,
        propellant=price.propellant,
    )
    return satellite_cost(amounts, prices, size=budget.power.compute, units=fleet)


def platform_scaled(cost: SatelliteCost, factor: Real) -> SatelliteCost:
    """The same cost with every part of the platform dearer by a factor, chips as they are.

    Development goes with the margin: a price per satellite is repaid over its life with all that is in it.
    """
    names = [x for x in SatelliteCost.__annotations__ if x not in {"compute", "total"}]
    scaled = {name: getattr(cost, name) * factor for name in names}
    scaled |= {"margin": scaled["margin"] + scaled["nre"], "nre": 0.0}
    return replace(cost, **scaled, total=scaled["platform"] + cost.compute)


def launched(terms: ServiceTerms, *, payload: Real, mass: Real, volume: Real, value: Real) -> LaunchCost:
    """Launch of one satellite of a mass (kg), stowed volume (m3) and value (USD) where `payload` kg go."""
    vehicle = Vehicle(
        price=terms.launch_price,
        payload=np.maximum(payload, 1.0),
        volume=terms.launch.volume,
        reliability=terms.launch.reliability,
    )
    return launch_cost(vehicle, mass=mass, volume=volume, value=value, packing=1.0)


def stowed(terms: ServiceTerms, mass: Real) -> Real:
    """Stowed volume of the terms' own design, m3."""
    known = np.asarray(terms.volume)
    return np.where(known > 0.0, known, np.asarray(mass) / terms.density)[()]


def fleet_of(terms: ServiceTerms, per_launch: Real) -> Real:
    """Satellites in service: as many a year as are made and lifted, for as long as they live."""
    yearly = np.minimum(terms.satellites, terms.launches * per_launch)
    return np.maximum(yearly * terms.life, 1e-3)


def planned_segment(terms: ServiceTerms, cost: SatelliteCost) -> GroundSegment:
    """Operations as the planner has them, for one satellite: a share of its platform, and its disposal."""
    once = lead_interest(terms.rate, terms.lead, spread=True) * annuity(terms.rate, terms.life)
    return GroundSegment(
        gateways=0.0,
        licence=0.0,
        operations=terms.operations * np.asarray(cost.platform),
        spectrum=0.0,
        disposal=terms.disposal * once,
    )


def serve(
    design: Design,
    budget: Budget,
    parts: FailingParts,
    terms: ServiceTerms,
    money: Money,
    *,
    cost: SatelliteCost,
    launch: LaunchCost,
    segment: GroundSegment,
    fleet: Real,
    usable: Real = 1.0,
    sold: Real = 1.0,
    discount: Real = 0.0,
) -> InService:
    """One satellite of a fleet in service.

    Parameters
    ----------
    design, budget, parts : Design, Budget, FailingParts
        Closed, and what can fail of it there.
    terms, money : ServiceTerms, Money
        Of what flies; what a delivered hour sells for.
    cost, launch, segment, fleet
        See `InService`.
    usable, sold : 1
        Of what links leave to a workload, and of what is on offer.
    discount : 1/yr
        At which later compute counts less.

    Notes
    -----
    Stages: *powered*, orbit average over installed; *cooled*, what the radiator holds at end of life with the
    hottest chip at its limit; *healthy*, the failure law's mean, lost satellites in it; *linked*, share of
    time with links times `usable`; *used*, sold. What is lost at launch is bought again.
    """
    power, life, mass = budget.power, design.life, budget.mass.total
    left = mean_delivered(parts, life, discount=np.log1p(discount) / YEAR)
    installed: Real = np.asarray(budget.gpus * design.payload.gpu_compute, dtype=np.float64)[()]
    linked = terms.utilisation * usable
    made = _made(budget, terms)
    methane = METHANE_LOAD / (np.maximum(launch.per_launch, 1.0) * np.asarray(mass))
    with np.errstate(divide="ignore", invalid="ignore"):  # no compute: every cost of it is infinite
        project = in_orbit(
            satellite=cost,
            launch=launch,
            ground=segment,
            satellites=fleet,
            terms=money,
            power=power.compute,
            mass=mass,
            installed=installed,
            shares=_shares(budget, healthy=left, linked=linked, used=sold),
            life=life / YEAR,
            loss=0.0,
            interest=_interest(terms, cost),
            platform_carbon=made,
            methane=methane,
            alumina_share=ALUMINA_SHARE,
        )
    plain = mean_delivered(parts, life)
    hours = plain / left * life / YEAR
    return InService(
        cost=cost,
        launch=launch,
        project=_emitting(project, budget, terms, hours=hours, made=made, methane=methane),
        segment=segment,
        fleet=fleet,
        left=left,
        plain=plain,
    )


def _shares(budget: Budget, *, healthy: Real, linked: Real, used: Real) -> Shares:
    power = budget.power
    powered = power.compute / np.asarray(power.run)
    return Shares(powered=powered, cooled=cooled_share(budget), healthy=healthy, linked=linked, used=used)


def _emitting(
    project: Project, budget: Budget, terms: ServiceTerms, *, hours: Real, made: Real, methane: Real
) -> Project:
    """Carbon over the plain mean of a life, with the launches that are lost.

    `hours` is the years of compute as the stages have it; `made` and `methane` as in `carbon_in_orbit`.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        carbon = carbon_in_orbit(
            platform=made,
            mass=budget.mass.total,
            installed=project.stages.installed,
            hours=project.stages.used * HOURS_PER_YEAR * hours,
            methane=methane,
            alumina_share=ALUMINA_SHARE,
            lost=1.0 - terms.launch.reliability,
            chip=terms.carbon_chip,
        )
    return replace(project, carbon=carbon, account=replace(project.account, carbon=carbon.per_hour))


def _interest(terms: ServiceTerms, cost: SatelliteCost) -> Real:
    """Interest until the first day of service, USD, on all satellites and chips that are bought."""
    platform, chips = (lead_interest(terms.rate, terms.lead, spread=x) - 1.0 for x in (True, False))
    paid: Real = (platform * cost.platform + chips * cost.compute) / terms.launch.reliability
    return paid


def _made(budget: Budget, terms: ServiceTerms) -> Real:
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
