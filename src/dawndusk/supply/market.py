"""What a kind of supply may ask of the scenario that it stands in, besides its own item.

A scenario is a market; drawn scenarios, whose numbers are arrays, are as well.
"""

from __future__ import annotations

from typing import Protocol

from dawndusk.core.calendar import Calendar
from dawndusk.core.scenario.chips import Chips
from dawndusk.core.scenario.demand import Demand, Gate
from dawndusk.core.scenario.finance import Finance
from dawndusk.core.scenario.numbers import Numbers
from dawndusk.core.scenario.orbit import Orbit


class AbstractNamed(Protocol):
    """Anything with a name."""

    @property
    def name(self) -> str:
        """Key by which others speak of it."""


class AbstractFeeder(Protocol):
    """Anything that gives power at a site."""

    @property
    def site(self) -> str:
        """Name of the site."""


class AbstractGround(Protocol):
    """What ground sites have in common; see `supply.site.Ground`."""

    @property
    def sites(self) -> tuple[AbstractNamed, ...]:
        """The sites."""

    @property
    def shell_life(self) -> float:
        """Service life of building and plant, yr."""

    @property
    def operations(self) -> float:
        """Yearly operation as a share of shell capital, 1/yr."""

    @property
    def availability(self) -> float:
        """Share of installed compute that is up."""


class AbstractMarket(Protocol):
    """Dates, money, chips, demand, and what is common on the ground and in orbit."""

    @property
    def calendar(self) -> Calendar:
        """The horizon."""

    @property
    def finance(self) -> Finance:
        """Cost of capital by asset class."""

    @property
    def demand(self) -> Demand:
        """Classes of demand."""

    @property
    def gates(self) -> tuple[Gate, ...]:
        """Events that an offer may wait for."""

    @property
    def chips(self) -> Chips:
        """What accelerators can be bought."""

    @property
    def ground(self) -> AbstractGround:
        """Terms of ground sites."""

    @property
    def numbers(self) -> Numbers:
        """Numbers of the world that the scenario states otherwise."""

    @property
    def plants(self) -> tuple[AbstractFeeder, ...]:
        """What gives power behind the meter."""

    @property
    def orbit(self) -> Orbit:
        """Terms of what flies."""
