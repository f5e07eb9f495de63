"""The data centre beside which a satellite is put: the same chips at the same price, on the ground."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Real, record, replace
from dawndusk.core.scenario.numbers import AS_IN_LEDGER
from dawndusk.core.units import Unit
from dawndusk.economics.asset_classes import BUILDING_LIFE
from dawndusk.economics.carbon import carbon_on_ground
from dawndusk.economics.projects import Money, Project, on_ground
from dawndusk.economics.waterfall import Shares
from dawndusk.physics.spacecraft.closure import Budget
from dawndusk.physics.spacecraft.design import Design
from dawndusk.supply.in_service import range_in_ledger
from dawndusk.supply.scenario import Scenario

SCENARIO: Final = "colossus"
ELECTRICAL_SHARE: Final = number("building_electrical_share")  # of a data centre's cost without IT (X008)
COOLING_SHARE: Final = number("building_cooling_share")  # the same
GRID: Final = range_in_ledger("carbon_grid")  # kgCO2e/kWh
Share = Annotated[Real, Unit("1", 0.0, 1.0)]


@record
class GroundTerms:
    """The data centre beside which the satellite is put.

    Parameters
    ----------
    label : str
        Of the scenario's site.
    energy_price : USD/J
    pue : 1
    shell_cost : USD/W
        Per IT watt, all but IT.
    upkeep : 1/yr
        Of the shell's cost.
    network_cost : USD/W
        Installation and cluster network per IT watt.
    availability : 1
    failures : 1/yr
        Of chips; they are replaced.
    chip_life : yr
    grid : kg/kWh
        CO2e.
    money : Money
        Cost of capital and sale, on the ground.
    """

    label: str
    energy_price: Annotated[Real, Unit("USD/J", 0.0)]
    pue: Annotated[Real, Unit("1", 1.0, 3.0)]
    shell_cost: Annotated[Real, Unit("USD/W", 0.0)]
    upkeep: Annotated[Real, Unit("1/yr", 0.0, 1.0)]
    network_cost: Annotated[Real, Unit("USD/W", 0.0)]
    availability: Share
    failures: Annotated[Real, Unit("1/yr", 0.0, 0.9)]
    chip_life: Annotated[Real, Unit("yr", 0.25, 20.0)]
    grid: Annotated[Real, Unit("kg/kWh", 0.0)]
    money: Money


def money_of(scenario: Scenario, rate: Real) -> Money:
    """Cost of capital at a rate, and what rented compute sells for.

    Raises
    ------
    UserError
        For a scenario without rented compute, whose price says what a delivered hour is worth.
    """
    if not scenario.rentals:
        raise problem("rentals", "none", "rented compute, whose price values a delivered hour", SCENARIO)
    years = scenario.calendar.periods / 4.0
    return Money(
        rate=rate,
        chip_rate=rate,
        discount=scenario.finance.discount,
        price=np.divide(scenario.rentals[0].price, HOURS_PER_YEAR)[()],
        horizon=years,
    )


def ground_of(scenario: Scenario, drawn: Real | None = None) -> GroundTerms:
    """The scenario's first site on the grid; draws of the grid's carbon count where it states nothing else.

    Raises
    ------
    UserError
        For a scenario without one.
    """
    grid = scenario.numbers.carbon_grid
    if drawn is not None and np.all(grid == AS_IN_LEDGER.carbon_grid):
        grid = drawn
    sites = [item for item in scenario.ground.sites if np.all(np.asarray(item.power_price) > 0.0)]
    if not sites:
        raise problem(
            "ground.sites", "none on the grid", "a site with a power price", "power_price: 50 USD/MWh"
        )
    site, chips = sites[0], scenario.chips
    return GroundTerms(
        label=site.label,
        energy_price=site.power_price,
        pue=site.pue,
        shell_cost=site.shell_cost,
        upkeep=scenario.ground.operations,
        network_cost=chips.network_cost,
        availability=scenario.ground.availability,
        failures=chips.failure,
        chip_life=chips.life,
        grid=grid,
        money=money_of(scenario, scenario.finance.ground_rate),
    )


def build(design: Design, budget: Budget, terms: GroundTerms, *, sold: Real, chip: Real) -> Project:
    """The same chips, bought at the same price, in a data centre.

    Parameters
    ----------
    design, budget, terms : records
        Fields may be arrays of draws.
    sold : 1
        Share of the compute on offer that is sold.
    chip : kg
        CO2e per H100e made.
    """
    ground, power = terms, budget.power.run
    shell = ground.shell_cost * power
    installed = np.asarray(budget.gpus * design.payload.gpu_compute, dtype=np.float64)[()]
    shares = Shares(powered=1.0, cooled=1.0, healthy=ground.availability, linked=1.0, used=sold)
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
            chip=chip * (1.0 + ground.failures * ground.chip_life),
        )
    account = replace(project.account, carbon=carbon.per_hour)
    return replace(project, carbon=carbon, account=account)
