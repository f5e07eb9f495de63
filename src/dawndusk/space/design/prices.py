"""Candidates priced: cost by subsystem, launch, project, and a cost per delivered H100e-hour for each.

The closure, the prices, the launch and the project are the modules' own; here they are put in a row. All
functions take arrays of candidates.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record, replace
from dawndusk.economics.carbon import manufacture
from dawndusk.economics.ground_segment import GroundSegment
from dawndusk.economics.launch_cost import LaunchCost, Vehicle, launch_cost, satellites_per_launch
from dawndusk.economics.metrics import compute_cost
from dawndusk.economics.projects import Project, in_orbit
from dawndusk.economics.projects import Terms as Money
from dawndusk.economics.satellite_cost import (
    Amounts,
    SatelliteCost,
    satellite_cost,
)
from dawndusk.economics.waterfall import Shares
from dawndusk.physics.environment.disposal import ALUMINA_SHARE
from dawndusk.physics.spacecraft.closure import Budget, close
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.health import at_rates, failing_parts, mean_delivered
from dawndusk.space.account.flight import part_prices
from dawndusk.space.design.candidates import (
    Basis,
    Candidates,
    Here,
    Way,
    changed,
    chips,
    close_with_drag,
    design_of,
    here,
)
from dawndusk.space.design.frame import STOWED_DENSITY, Terms
from dawndusk.supply.shells import cooled_share

DEPLOYED_SHARE: Final = number("stowed_deployed_share")  # of the stowed volume: folded wings and radiators
AVIONICS_SHARE: Final = number("bus_avionics_share")  # of the bus mass; the rest is harness
TERMINALS: Final = number("link_terminals")  # laser terminals of a satellite
METHANE: Final = number("launch_methane")  # kg per launch (L018)
BALANCES: Final = ("heat", "power", "mass", "dose", "launch")


@record
class Assessed:
    """Candidates closed and priced.

    Parameters
    ----------
    design, budget : Design, Budget
    cost, launch, project : SatelliteCost, LaunchCost, Project
        Per satellite.
    hour : USD/(H100e*h)
        Infinite where the satellite cannot be made.
    specific : kg/W
        Launched mass per orbit-average compute.
    dose : Gy
        Over the life, behind the shield, with the design margin.
    short : mapping
        By balance: how far a candidate is from closing, relative; at most 0 where it closes.
    volume : m3
        Stowed.
    fleet : 1
        Satellites in service.
    """

    design: Design
    budget: Budget
    cost: SatelliteCost
    launch: LaunchCost
    project: Project
    hour: Real
    specific: Real
    dose: Real
    short: dict[str, Real]
    volume: Real
    fleet: Real

    @property
    def violation(self) -> Floats:
        """Sum of all that is short; 0 where a candidate closes."""
        total = sum(np.maximum(x, 0.0) for x in self.short.values())
        return np.asarray(total, dtype=np.float64)


def assess(base: Basis, way: Way, chosen: Candidates) -> Assessed:
    """Close and price candidates.

    Parameters
    ----------
    base : Basis
    way : Way
        One for all candidates.
    chosen : Candidates
        Fields of shape (n,).
    """
    wall = np.asarray(chosen.shield) + base.frame.design.body.housing
    there = here(base.frame.orbits[way.kind], chosen.altitude, wall)
    where = replace(there.conditions, damage=there.damage[way.cells])
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        design, budget = close_with_drag(design_of(base, way, chosen, there), where, there.drag)
        return priced(base, design, budget, there)


def assess_own(base: Basis) -> Assessed:
    """The frame's design as its maker has it, with the chips, prices and life of the terms."""
    start, terms = base.frame.design, base.terms
    mine = changed(
        start,
        life=terms.life * YEAR,
        payload=chips(start, terms),
        prices={"compute": terms.chip_price / terms.watts},
    )
    return priced(base, mine, close(mine, base.place.conditions), base.place)


def priced(base: Basis, design: Design, budget: Budget, there: Here) -> Assessed:
    """Launch, cost, and project of closed satellites.

    Parameters
    ----------
    base : Basis
    design, budget : Design, Budget
        Of one shape.
    there : Here
    """
    terms = base.terms
    volume = _volume(base, budget)
    vehicle = Vehicle(
        price=terms.launch_price,
        payload=np.maximum(there.payload, 1.0),
        volume=terms.launch.volume,
        reliability=terms.launch.reliability,
    )
    weight = np.asarray(budget.mass.total)
    room = satellites_per_launch(vehicle, mass=weight, volume=volume, packing=1.0)
    fleet = np.maximum(np.minimum(terms.satellites, terms.launches * room) * terms.life, 1e-3)
    cost = _cost(design, budget, fleet)
    launch = launch_cost(vehicle, mass=weight, volume=volume, value=cost.total, packing=1.0)
    project = _project(terms, design, budget, cost, launch, there)
    hour = compute_cost(project.account.charge, delivered=project.account.delivered)
    dose = there.rate * terms.life * YEAR * design.body.dose_margin
    return Assessed(
        design=design,
        budget=budget,
        cost=cost,
        launch=launch,
        project=project,
        hour=np.where(np.isfinite(hour), hour, np.inf),
        specific=weight / budget.power.compute,
        dose=dose,
        short=_short(base, design, budget, there, dose, volume),
        volume=volume,
        fleet=fleet,
    )


def _volume(base: Basis, budget: Budget) -> Real:
    """Stowed volume: the design's own, one part with what unfolds, the other with the compute on board."""
    own = base.own
    known = base.terms.volume or float(own.mass.total) / STOWED_DENSITY
    unfolded = (budget.area.array + np.asarray(budget.area.radiator)) / (own.area.array + own.area.radiator)
    return known * (DEPLOYED_SHARE * unfolded + (1.0 - DEPLOYED_SHARE) * budget.power.run / own.power.run)


def _short(
    base: Basis, design: Design, budget: Budget, there: Here, dose: Real, volume: Real
) -> dict[str, Real]:
    """By how much of its limit each balance fails; negative where it holds."""
    weight, payload = np.asarray(budget.mass.total), np.maximum(there.payload, 1.0)
    lift = np.minimum(weight, 1e9) / payload
    room = np.minimum(volume, 1e6) / base.terms.launch.volume
    needed = np.where(np.isfinite(budget.array_needed), budget.array_needed / budget.area.array - 1.0, 1.0)
    return {
        "heat": np.where(np.isfinite(budget.area.radiator), -1.0, 1.0),
        "power": needed,
        "mass": np.where(np.isfinite(weight), -1.0, 1.0),
        "dose": dose / design.body.dose_limit - 1.0,
        "launch": np.maximum(lift, room) - 1.0,
    }


def _cost(design: Design, budget: Budget, fleet: Real) -> SatelliteCost:
    mass = budget.mass
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
    return satellite_cost(amounts, part_prices(design), size=budget.power.compute, units=fleet)


def _project(
    terms: Terms, design: Design, budget: Budget, cost: SatelliteCost, launch: LaunchCost, there: Here
) -> Project:
    power, mass = budget.power, budget.mass
    parts = failing_parts(
        design,
        radiator=budget.area.radiator,
        altitude=there.conditions.altitude,
        protons=there.protons,
    )
    parts = at_rates(parts, chip=terms.chip_failure, satellite=terms.satellite_loss)
    ground = GroundSegment(
        gateways=0.0,
        licence=0.0,
        operations=terms.operations * np.asarray(cost.platform),
        spectrum=0.0,
        disposal=terms.disposal / terms.life,
    )
    return in_orbit(
        satellite=cost,
        launch=launch,
        ground=ground,
        satellites=1.0,
        terms=Money(
            rate=terms.rate, chip_rate=terms.rate, discount=terms.rate, price=0.0, horizon=terms.life
        ),
        power=power.compute,
        mass=mass.total,
        installed=power.run / terms.watts,
        shares=Shares(
            powered=power.compute / np.asarray(power.run),
            cooled=cooled_share(budget),
            healthy=mean_delivered(parts, terms.life * YEAR),
            linked=terms.utilisation,
            used=1.0,
        ),
        life=terms.life,
        loss=0.0,
        platform_carbon=manufacture({"structure": mass.total - np.asarray(mass.compute)}),
        methane=METHANE / np.maximum(there.payload, 1.0),
        alumina_share=ALUMINA_SHARE,
    )
