"""Accelerators: generations, and what the market sells."""

from __future__ import annotations

from typing import Annotated

from dawndusk.core.calendar import Quarter
from dawndusk.core.records import record
from dawndusk.core.units import Unit


@record
class Generation:
    """One accelerator generation, per GPU in its rack.

    Parameters
    ----------
    name : str
        ``GB300``.
    start : str
        First quarter in which it can be ordered.
    compute : H100e/GPU
        Dense BF16 relative to one H100.
    power : W/GPU
        Power of the rack per GPU (IT, without PUE).
    price : USD/GPU
        Price in the rack, all included.
    """

    name: str
    start: Quarter
    compute: Annotated[float, Unit("H100e/GPU", low=1e-3)]
    power: Annotated[float, Unit("W/GPU", low=1)]
    price: Annotated[float, Unit("USD/GPU", low=0)]


@record
class Chips:
    """Accelerators that can be bought, and how many.

    Parameters
    ----------
    generations : tuple of Generation
        In order of `start`; after the last, a new generation each year follows the trends below.
    efficiency_growth, efficiency_growth_late : 1/yr
        Growth of H100e per watt, before and from `late_from`.
    price_performance_growth : 1/yr
        Growth of H100e per USD.
    late_from : str
        Quarter of the change, also for the supply's growth.
    supply : H100e/yr
        What the market sells us in the first period, as a yearly rate.
    supply_growth, supply_growth_late : 1
        Growth per quarter of that supply, before and from `late_from`.
    lead : yr
        Order to installation.
    life : yr
        Useful life.
    failure : 1/yr
        Permanent failures on the ground.
    failure_orbit : 1/yr
        Permanent failures in orbit, without repair.
    network_cost : USD/W
        Installation and cluster network per IT watt, not in the rack's price.
    """

    generations: tuple[Generation, ...]
    efficiency_growth: Annotated[float, Unit("1/yr", low=-0.5, high=5)]
    efficiency_growth_late: Annotated[float, Unit("1/yr", low=-0.5, high=5)]
    price_performance_growth: Annotated[float, Unit("1/yr", low=-0.5, high=5)]
    late_from: Quarter
    supply: Annotated[float, Unit("H100e/yr", low=0)]
    supply_growth: Annotated[float, Unit("1", low=-0.5, high=2)]
    supply_growth_late: Annotated[float, Unit("1", low=-0.5, high=2)]
    lead: Annotated[float, Unit("yr", low=0, high=5)]
    life: Annotated[float, Unit("yr", low=0.25, high=20)]
    failure: Annotated[float, Unit("1/yr", low=0, high=0.95)]
    failure_orbit: Annotated[float, Unit("1/yr", low=0, high=0.95)]
    network_cost: Annotated[float, Unit("USD/W", low=0)]
