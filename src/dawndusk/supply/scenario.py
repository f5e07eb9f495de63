"""The scenario: everything a planner may state, and the kinds of supply that it may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dawndusk.core.calendar import Calendar
from dawndusk.core.records import record
from dawndusk.core.scenario.chips import Chips
from dawndusk.core.scenario.demand import Demand, Gate
from dawndusk.core.scenario.finance import Finance
from dawndusk.core.scenario.numbers import AS_IN_LEDGER, Numbers
from dawndusk.core.scenario.orbit import Orbit
from dawndusk.supply import capacity, colocation, commitment, fab, lease, orbital, pad, plant, rental, site
from dawndusk.supply.capacity import CapacityContract
from dawndusk.supply.colocation import Colocation
from dawndusk.supply.commitment import Commitment
from dawndusk.supply.fab import Fab
from dawndusk.supply.kinds import Kind, Words
from dawndusk.supply.lease import Lease
from dawndusk.supply.plant import PowerPlant
from dawndusk.supply.rental import Rental
from dawndusk.supply.site import Ground

FORMAT: Final = "dawndusk-scenario-1"
# The order is that of offers in plans and results.
KINDS: Final[tuple[Kind, ...]] = (
    commitment.KIND,
    lease.KIND,
    rental.KIND,
    colocation.KIND,
    site.KIND,
    plant.KIND,
    fab.KIND,
    pad.KIND,
    capacity.KIND,
    orbital.KIND,
)
WORDS: Final[Mapping[str, Words]] = {words.kind: words for kind in KINDS for words in kind.words}
_OTHER: Final = Words(kind="", verb="order", unit="", smallest=1e-3)


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
    numbers : Numbers
        Numbers of the world that this scenario states otherwise than the ledger.
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
    numbers: Numbers = AS_IN_LEDGER


def words_of(kind: str) -> Words:
    """Words for the offers of a kind; plain ones for what cannot be ordered or is not known here."""
    return WORDS.get(kind, _OTHER)


def items(scenario: Scenario) -> list[tuple[Kind, Any]]:
    """Every item of a scenario with its kind, in the order of the kinds."""
    return [(kind, item) for kind in KINDS for item in kind.items(scenario)]
