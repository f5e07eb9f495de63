"""The scenario: everything a planner may state, as records; see each module for one subject."""

from __future__ import annotations

from dawndusk.core.calendar import Calendar
from dawndusk.core.records import record
from dawndusk.core.scenario.chips import Chips, Fab
from dawndusk.core.scenario.contracts import CapacityContract, Colocation, Commitment, Lease, Rental
from dawndusk.core.scenario.demand import Demand, Gate
from dawndusk.core.scenario.finance import Finance
from dawndusk.core.scenario.ground import Ground, PowerPlant, Site
from dawndusk.core.scenario.orbit import Orbit

FORMAT = "dawndusk-scenario-1"

__all__ = [
    "FORMAT",
    "Calendar",
    "CapacityContract",
    "Chips",
    "Colocation",
    "Commitment",
    "Demand",
    "Fab",
    "Finance",
    "Gate",
    "Ground",
    "Lease",
    "Orbit",
    "PowerPlant",
    "Rental",
    "Scenario",
    "Site",
]


@record
class Scenario:
    """One scenario file: central values only; ranges live in `Uncertainty` beside it.

    Parameters
    ----------
    format : str
        ``dawndusk-scenario-1``.
    name, title, note : str
        Key, headline, and what the reader should know first.
    calendar : Calendar
        Horizon in quarters.
    finance, demand, chips, ground, orbit : records
        Money; the demand to serve; accelerators; sites; satellites, shells and launches.
    gates : tuple of Gate
        Yes-or-no events that the tree branches on (a licence).
    leases, rentals, commitments, colocations, plants, capacity, fabs : tuples of records
        Whole facilities to lease, compute to rent, compute already committed, powered shells to rent,
        power plants behind the meter, compute sold from orbit, chip fabs.
    """

    format: str
    name: str
    title: str
    note: str = ""
    calendar: Calendar
    finance: Finance
    demand: Demand
    gates: tuple[Gate, ...] = ()
    chips: Chips
    ground: Ground
    leases: tuple[Lease, ...] = ()
    rentals: tuple[Rental, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    colocations: tuple[Colocation, ...] = ()
    plants: tuple[PowerPlant, ...] = ()
    capacity: tuple[CapacityContract, ...] = ()
    fabs: tuple[Fab, ...] = ()
    orbit: Orbit
