"""A small scenario built from records, with round numbers that closed forms can be read off."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.core.calendar import Calendar
from dawndusk.core.constants import HOURS_PER_YEAR
from dawndusk.core.records import replace
from dawndusk.core.scenario.chips import Chips, Generation
from dawndusk.core.scenario.demand import Demand, DemandClass, Gate, Regime
from dawndusk.core.scenario.finance import Finance
from dawndusk.core.scenario.orbit import Factory, Launch, Orbit, Pad, SatelliteOption, Shell
from dawndusk.library.design import read_design
from dawndusk.supply.capacity import CapacityContract
from dawndusk.supply.colocation import Colocation
from dawndusk.supply.commitment import Arrival, Commitment
from dawndusk.supply.fab import Fab
from dawndusk.supply.lease import Lease
from dawndusk.supply.plant import PowerPlant
from dawndusk.supply.rental import Rental
from dawndusk.supply.scenario import Scenario
from dawndusk.supply.site import Ground, Site

MWH = 3.6e9  # J
PERIODS = 24


@pytest.fixture(scope="session")
def designs():
    """The designs by their name in the scenario."""
    return {"ai1": read_design("ai1-2026-06")[0]}


@pytest.fixture
def grid_site():
    """A site on the grid, without plants."""
    return Site(
        name="north",
        label="North",
        standing="operating",
        power_price=50 / MWH,
        pue=1.2,
        queue_lead=2.0,
        queue_first=100e6,
        queue_growth=10e6,
        queue_deposit=0.1,
        queue_completion=0.5,
        flexible_lead=1.0,
        flexible_limit=40e6,
        flexible_curtailment=0.05,
        shell_lead=1.5,
        shell_cost=12.0,
        shell_limit=50e6,
        hall=20e6,
        source="X001",
    )


@pytest.fixture
def engine():
    """Engines for the site off the grid."""
    return PowerPlant(
        name="engines",
        label="Engines",
        standing="announced",
        site="south",
        first="2028Q1",
        limit=100e6,
        growth=0.1,
        lead=0.5,
        capital=2.0,
        heat_rate=2.5,
        fuel_price=15 / MWH,
        running=10 / MWH,
        availability=0.95,
        life=20.0,
        block=10e6,
    )


def _off_grid(site):
    return replace(
        site,
        name="south",
        label="South",
        queue_first=0.0,
        queue_growth=0.0,
        flexible_limit=0.0,
        power_price=0.0,
    )


def _demand():
    return Demand(
        in_use=1e5,
        usage_growth=80.0,
        efficiency_growth=8.0,
        planned_growth=10.0,
        trend=2.2,
        trend_end=1.25,
        trend_half_life=2.0,
        excess_half_life=0.75,
        noise_sd=0.08,
        noise_correlation=0.6,
        stagnation=Regime(probability=0.03, growth=1.1, duration=2.0),
        surge=Regime(probability=0.03, growth=4.0, duration=1.0),
        world_stock=15e6,
        world_growth=3.3,
        world_growth_end=1.4,
        world_half_life=3.0,
        world_share=0.1,
        classes=tuple(
            DemandClass(name=name, label=name, share=share, steps=(1.0,), target=0.9)
            for name, share in (("interactive", 0.45), ("batch", 0.2), ("training", 0.35))
        ),
        step_values=(4.0 * HOURS_PER_YEAR,),
        value_decline=0.2,
        service="value",
        target_from="2028Q1",
    )


def _orbit():
    dawn = Shell(
        name="dawn",
        label="Dawn",
        altitude_low=630e3,
        altitude_high=670e3,
        inclination=1.7,
        sun_synchronous=True,
        satellites=1000,
        raan_tolerance=0.1,
    )
    low = replace(dawn, name="low", label="Low", inclination=np.deg2rad(30.0), sun_synchronous=False)
    return Orbit(
        gate="licence",
        shells=(dawn, low),
        satellites=(
            SatelliteOption(
                name="ai1",
                label="AI1",
                standing="filed",
                design="ai1",
                platform_price=22.0,
                learning=0.2,
                first="2028Q1",
                volume=20.0,
                eclipse="cheaper",
                source="P017",
            ),
        ),
        launch=Launch(
            name="starship",
            label="Starship",
            price=60e6,
            learning=0.2,
            price_floor=30e6,
            payload_sso=60e3,
            payload_low=90e3,
            payload_per_km=0.2,
            volume=1000.0,
            first="2027Q1",
            flights=40.0,
            growth=2.0,
            share=0.25,
            reliability=0.96,
        ),
        pads=(
            Pad(
                name="pad",
                label="Pad",
                standing="concept",
                capital=2e9,
                launches=20.0,
                lead=2.0,
                life=15.0,
                first="2029Q1",
                limit=2.0,
            ),
        ),
        factory=Factory(first="2028Q1", output=400.0, growth=2.0),
        lead=0.5,
        life=5.0,
        satellite_loss=0.01,
        utilisation=0.9,
        operations=0.05,
        disposal_cost=50e3,
        interactive_share=0.5,
        batch_share=1.0,
        training_share=0.1,
    )


@pytest.fixture
def scenario(grid_site, engine):
    """Six years with one of each kind of supply."""
    per_hour = HOURS_PER_YEAR
    return Scenario(
        format="dawndusk-scenario-1",
        name="small",
        title="Small",
        calendar=Calendar(start="2026Q2", periods=PERIODS),
        finance=Finance(
            base_year=2026,
            discount=0.08,
            ground_rate=0.1,
            orbit_rate_early=0.15,
            orbit_rate_late=0.1,
            orbit_rate_from="2030Q1",
            spending=25e9,
            spending_share=1.0,
            cvar_weight=0.0,
            cvar_level=0.9,
            terminal_loss=0.0,
            near_optimal=0.01,
        ),
        demand=_demand(),
        gates=(Gate(name="licence", label="Licence", resolved="2028Q2", probability=0.7),),
        chips=Chips(
            generations=(
                Generation(name="A", start="2026Q1", compute=2.0, power=1400.0, price=40e3),
                Generation(name="B", start="2027Q2", compute=5.0, power=2000.0, price=60e3),
            ),
            efficiency_growth=0.3,
            efficiency_growth_late=0.1,
            price_performance_growth=0.25,
            late_from="2030Q1",
            supply=400e3,
            supply_growth=0.2,
            supply_growth_late=0.1,
            lead=0.5,
            life=5.0,
            failure=0.04,
            failure_orbit=0.07,
            network_cost=3.0,
        ),
        ground=Ground(
            sites=(grid_site, _off_grid(grid_site)), shell_life=20.0, operations=0.03, availability=0.95
        ),
        leases=(
            Lease(
                name="colossus",
                label="Colossus",
                standing="operating",
                power=300e6,
                compute=275e3,
                price=3.25 * per_hour,
                first="2026Q2",
                last="2026Q3",
                end="2029Q1",
                lead=1 / 12,
                earliest_exit=0.25,
                notice=0.25,
                recall=0.05,
            ),
        ),
        rentals=(
            Rental(
                name="cloud",
                label="Cloud",
                standing="operating",
                price=2.35 * per_hour,
                decline=0.2,
                limit=300e3,
                growth=0.1,
                term=1.0,
            ),
        ),
        commitments=(
            Commitment(
                name="in-use",
                label="In use",
                standing="operating",
                pool="ground",
                arrivals=(Arrival(start="2026Q2", amount=1e5),),
                retire=0.1,
                price=0.5 * per_hour,
            ),
        ),
        colocations=(
            Colocation(
                name="hall",
                label="Hall",
                standing="operating",
                rent=1.8,
                limit=100e6,
                lead=0.75,
                term=10.0,
            ),
        ),
        plants=(engine,),
        capacity=(
            CapacityContract(
                name="sky",
                label="Sky",
                standing="concept",
                price=3.0 * per_hour,
                decline=0.1,
                first="2029Q1",
                limit=50e3,
                growth=2.0,
                lead=0.5,
                term=3.0,
                shortfall=0.1,
                gate="licence",
            ),
        ),
        fabs=(
            Fab(
                name="fab",
                label="Fab",
                standing="announced",
                capital=50e9,
                output=8e6,
                output_growth=0.0,
                share=0.1,
                volume_early=0.3,
                volume_late=0.6,
                late_from="2030Q4",
                first="2029Q4",
                lead=2.0,
                life=10.0,
                unit_cost=0.0,
            ),
        ),
        orbit=_orbit(),
    )


@pytest.fixture
def supply(scenario, designs):
    """All offers of the small scenario."""
    from dawndusk.supply import assemble

    return assemble(scenario, designs)
