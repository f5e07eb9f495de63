"""Constellations as filed: groups of shells, planes and slots, and the satellite that flies in them."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from dawndusk.core.records import record
from dawndusk.core.units import Unit

FORMAT: Final = "dawndusk-constellation-1"


@record
class Group:
    """Shells of equal make, evenly spaced in altitude.

    Parameters
    ----------
    name, label : str
        Key, and what people read.
    altitude_low, altitude_high : m
        Lowest and highest shell; equal for one shell.
    inclination_low, inclination_high : rad
        As filed, of the lowest and highest shell; equal where one number is filed.
    sun_synchronous : bool
        Whether each shell flies the sun-synchronous inclination of its own altitude (the filed number is
        then a rounded stand-in) or exactly what is filed.
    arrangement : str
        How planes lie: ``even`` (nodes evenly around the equator), ``dawn-dusk`` (local times of the node
        at 06:00 and 18:00 in turn), ``cluster`` (all satellites in formation around one orbit at 06:00).
    shells, planes, satellites : int
        Shells; planes in each shell; satellites in each plane.
    phasing : 1
        Shift of a plane against its neighbour, as a share of the distance between two of its satellites.
    raan_tolerance : rad
        Filed tolerance of a plane's node to either side.
    """

    name: str
    label: str
    altitude_low: Annotated[float, Unit("m", 150e3, 50e6)]
    altitude_high: Annotated[float, Unit("m", 150e3, 50e6)]
    inclination_low: Annotated[float, Unit("rad", 0.0, 3.1416)]
    inclination_high: Annotated[float, Unit("rad", 0.0, 3.1416)]
    sun_synchronous: bool
    arrangement: Literal["even", "dawn-dusk", "cluster"]
    shells: Annotated[int, Unit("1", 1, 1000)]
    planes: Annotated[int, Unit("1", 1, 10000)]
    satellites: Annotated[int, Unit("1", 1, 1000000)]
    phasing: Annotated[float, Unit("1", 0.0, 1.0)] = 0.0
    raan_tolerance: Annotated[float, Unit("rad", 0.0, 3.1416)] = 0.0
    note: str = ""
    source: str = ""

    @property
    def filed(self) -> int:
        """Most satellites filed."""
        return self.shells * self.planes * self.satellites


@record
class Craft:
    """The satellite of a constellation, as far as its orbit feels it.

    Parameters
    ----------
    mass : kg
        At the start of life.
    area_to_mass : m2/kg
        Mean cross-section against the flow per mass.
    drag_coefficient : 1
        Of free molecular flow, 2 to 3.
    radius : m
        Of the sphere that stands for the satellite in collisions.
    life : yr
        Service life; then disposal and replacement.
    disposal : m/s
        Velocity kept for disposal.
    failed : 1
        Share of satellites that cannot manoeuvre at any time.
    """

    mass: Annotated[float, Unit("kg", 0.1, 1e6)]
    area_to_mass: Annotated[float, Unit("m2/kg", 1e-4, 10.0)]
    drag_coefficient: Annotated[float, Unit("1", 1.0, 4.0)]
    radius: Annotated[float, Unit("m", 0.01, 1e4)]
    life: Annotated[float, Unit("yr", 0.1, 50.0)]
    disposal: Annotated[float, Unit("m/s", 0.0, 5000.0)]
    failed: Annotated[float, Unit("1", 0.0, 1.0)]
    source: str = ""


@record
class Constellation:
    """A constellation file.

    Parameters
    ----------
    format : str
        ``dawndusk-constellation-1``.
    name, title, note, source : str
        Key, headline, what the reader should know first, where it comes from.
    cap : int
        Most satellites in all groups together; 0 for no cap. Where the groups add up to more, every plane
        is thinned alike.
    """

    format: str
    name: str
    title: str
    note: str = ""
    source: str = ""
    cap: Annotated[int, Unit("1", 0, 100000000)] = 0
    craft: Craft
    groups: tuple[Group, ...]
