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
from dawndusk.economics.launch_cost import LaunchCost
from dawndusk.economics.metrics import compute_cost
from dawndusk.economics.projects import Money, Project
from dawndusk.economics.satellite_cost import SatelliteCost
from dawndusk.physics.spacecraft.closure import Budget, close
from dawndusk.physics.spacecraft.design import Design
from dawndusk.physics.spacecraft.health import at_rates, failing_parts
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
from dawndusk.supply.in_service import (
    by_parts,
    fleet_of,
    launched,
    own_cost,
    planned_segment,
    platform_scaled,
    serve,
    stowed,
)

DEPLOYED_SHARE: Final = number("stowed_deployed_share")  # of the stowed volume: folded wings and radiators
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
    volume, weight = _volume(base, budget), np.asarray(budget.mass.total)
    room = launched(terms, payload=there.payload, mass=weight, volume=volume, value=0.0)
    fleet = fleet_of(terms, room.per_launch)
    cost = _cost(base, design, budget, fleet)
    launch = launched(terms, payload=there.payload, mass=weight, volume=volume, value=cost.total)
    parts = failing_parts(
        design,
        radiator=budget.area.radiator,
        altitude=there.conditions.altitude,
        protons=there.protons,
    )
    served = serve(
        design,
        budget,
        at_rates(parts, chip=terms.chip_failure, satellite=terms.satellite_loss),
        terms,
        Money(rate=terms.rate, chip_rate=terms.rate, discount=terms.rate, price=0.0, horizon=terms.life),
        cost=cost,
        launch=launch,
        segment=planned_segment(terms, cost),
        fleet=1.0,
    )
    project = served.project
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
    known = stowed(base.terms, own.mass.total)
    unfolded = (budget.area.array + np.asarray(budget.area.radiator)) / (own.area.array + own.area.radiator)
    return known * (DEPLOYED_SHARE * unfolded + (1.0 - DEPLOYED_SHARE) * budget.power.run / own.power.run)


def _cost(base: Basis, design: Design, budget: Budget, fleet: Real) -> SatelliteCost:
    """By parts, with economies of size and number, on the scale of what the frame's own design costs.

    Notes
    -----
    That is the scenario's price per watt for its volume by then, or the design's own parts where the
    scenario offers no such design: so the frame's own design costs here what it costs the planner.
    """
    own, terms = base.own, base.terms
    said = terms.platform * own.power.compute
    wanted = np.where(np.asarray(terms.platform) > 0.0, said, own_cost(own).platform)
    return platform_scaled(by_parts(design, budget, fleet), wanted / base.reference)


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
