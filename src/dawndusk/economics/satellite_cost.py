"""What a satellite costs to make, by subsystem: price of each part, economies of size, learning.

A part costs `price` times `amount`, less by (size / `REFERENCE_POWER`)^(scale - 1) on a larger satellite,
where size is its orbit-average compute power, and less by learning on every unit made since `START_UNITS`.
The same power measures size for all parts, so that the closure's amounts (which already grow with it)
are not counted twice. Launch, ground segment and operations are in other modules.

Judge a bottom-up platform price as a factor of 3 either way: published ones spread 40-fold (ledger S018).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

import numpy as np

from dawndusk.core.numbers import number
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit
from dawndusk.economics.learning import exponent

REFERENCE_POWER: Final = number("part_price_power")  # W of compute, where `scale` changes nothing
START_UNITS: Final = number("part_price_units")  # satellites made before prices count
LEARNING: Final = number("satellite_learning")  # share saved per doubling, of parts made for space (L017)
ASSEMBLY_SHARE: Final = number("assembly_share")  # of the platform's parts: integration and test
MARGIN_SHARE: Final = number("cost_margin_share")  # of parts and assembly, kept against growth of cost
NRE_SHARED: Final = number("nonrecurring_cost")  # USD of design, qualification and tooling
LINK_PRICE: Final = number("link_terminal_price")  # USD per laser terminal
AVIONICS_PRICE: Final = number("avionics_price")  # USD/kg of computers, sensors, wheels, radios
PROPULSION_PRICE: Final = number("propulsion_price")  # USD/kg of thrusters, feed and power units
SHIELDING_PRICE: Final = number("shielding_price")  # USD/kg of worked aluminium
HARNESS_PRICE: Final = number("harness_price")  # USD/kg of cables and connectors
SCALE_COMPUTE: Final = number("scale_compute")  # exponent of cost with size: 1 is no economy
SCALE_AREA: Final = number("scale_area")  # array, battery: many equal cells
SCALE_THERMAL: Final = number("scale_thermal")  # panels, loops, pumps
SCALE_BODY: Final = number("scale_body")  # structure, shielding, harness, propulsion
SCALE_AVIONICS: Final = number("scale_avionics")  # computers and radios hardly grow with the satellite

BOUNDARIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "compute": "chips, boards, hosts, memory and their cold plates as bought, adapted for space",
        "array": "cells, blankets, mechanisms and pointing drives of the solar array, delivered",
        "battery": "cells, pack and management",
        "radiator": "panels with manifolds and deployment",
        "loop": "coolant, pumps, valves, heat exchangers",
        "structure": "primary structure, mechanisms, separation",
        "propulsion": "thrusters, feed, power units and tanks, dry",
        "avionics": "computers, attitude control, radio, power distribution",
        "links": "laser terminals",
        "shielding": "aluminium against radiation and debris beyond what the structure gives",
        "harness": "cables and connectors",
        "propellant": "propellant as loaded",
        "assembly": "integration, test, transport to the pad",
        "margin": "reserve against growth of cost; spent in the mean, not a profit",
        "nre": "one unit's share of design, qualification and tooling",
    }
)


@record
class Amounts:
    """How much of each part one satellite carries, as its closure gives them."""

    compute: Annotated[Real, Unit("W", 0.0)]  # while running
    array: Annotated[Real, Unit("W", 0.0)]  # rated, begin of life
    battery: Annotated[Real, Unit("J", 0.0)]  # nameplate
    radiator: Annotated[Real, Unit("m2", 0.0)]  # planform
    loop: Annotated[Real, Unit("kg", 0.0)]
    structure: Annotated[Real, Unit("kg", 0.0)]
    propulsion: Annotated[Real, Unit("kg", 0.0)]
    avionics: Annotated[Real, Unit("kg", 0.0)]
    links: Annotated[Real, Unit("1", 0.0)]  # terminals
    shielding: Annotated[Real, Unit("kg", 0.0)]
    harness: Annotated[Real, Unit("kg", 0.0)]
    propellant: Annotated[Real, Unit("kg", 0.0)]


@record
class PartPrices:
    """Price of each part per unit of `Amounts`, at `REFERENCE_POWER` and after `START_UNITS`."""

    compute: Annotated[Real, Unit("USD/W", 0.0)]
    array: Annotated[Real, Unit("USD/W", 0.0)]
    battery: Annotated[Real, Unit("USD/J", 0.0)]
    radiator: Annotated[Real, Unit("USD/m2", 0.0)]
    loop: Annotated[Real, Unit("USD/kg", 0.0)]
    structure: Annotated[Real, Unit("USD/kg", 0.0)]
    propellant: Annotated[Real, Unit("USD/kg", 0.0)]
    propulsion: Annotated[Real, Unit("USD/kg", 0.0)] = PROPULSION_PRICE
    avionics: Annotated[Real, Unit("USD/kg", 0.0)] = AVIONICS_PRICE
    links: Annotated[Real, Unit("USD", 0.0)] = LINK_PRICE
    shielding: Annotated[Real, Unit("USD/kg", 0.0)] = SHIELDING_PRICE
    harness: Annotated[Real, Unit("USD/kg", 0.0)] = HARNESS_PRICE


@record
class Scale:
    """Exponent of each part's cost with the satellite's size; 1 gives no economy, range 0.5 to 1.2."""

    compute: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_COMPUTE
    array: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_AREA
    battery: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_AREA
    radiator: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_THERMAL
    loop: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_THERMAL
    structure: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_BODY
    propulsion: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_BODY
    avionics: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_AVIONICS
    links: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_AREA
    shielding: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_COMPUTE
    harness: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_BODY
    propellant: Annotated[Real, Unit("1", 0.5, 1.2)] = SCALE_COMPUTE


@record
class Learning:
    """Share of each part's cost saved per doubling of satellites made; chips follow their own market."""

    compute: Annotated[Real, Unit("1", 0.0, 0.6)] = 0.0
    array: Annotated[Real, Unit("1", 0.0, 0.6)] = LEARNING
    battery: Annotated[Real, Unit("1", 0.0, 0.6)] = LEARNING
    radiator: Annotated[Real, Unit("1", 0.0, 0.6)] = LEARNING
    loop: Annotated[Real, Unit("1", 0.0, 0.6)] = LEARNING
    structure: Annotated[Real, Unit("1", 0.0, 0.6)] = LEARNING
    propulsion: Annotated[Real, Unit("1", 0.0, 0.6)] = LEARNING
    avionics: Annotated[Real, Unit("1", 0.0, 0.6)] = LEARNING
    links: Annotated[Real, Unit("1", 0.0, 0.6)] = LEARNING
    shielding: Annotated[Real, Unit("1", 0.0, 0.6)] = 0.0
    harness: Annotated[Real, Unit("1", 0.0, 0.6)] = LEARNING
    propellant: Annotated[Real, Unit("1", 0.0, 0.6)] = 0.0


@record
class SatelliteCost:
    """USD of one satellite on the ground, ready for launch; `platform` is all but compute.

    What each line holds is in `BOUNDARIES`.
    """

    compute: Real
    array: Real
    battery: Real
    radiator: Real
    loop: Real
    structure: Real
    propulsion: Real
    avionics: Real
    links: Real
    shielding: Real
    harness: Real
    propellant: Real
    assembly: Real
    margin: Real
    nre: Real
    platform: Real
    total: Real

    @property
    def power(self) -> Real:
        """Array and battery."""
        return self.array + self.battery

    @property
    def thermal(self) -> Real:
        """Radiator and coolant loop."""
        return self.radiator + self.loop


PARTS: Final = tuple(Amounts.__annotations__)


def _power_law(decades: Real, doublings: Real, scale: Real, learning: Real) -> Real:
    """Price of a part per its price at `REFERENCE_POWER` and `START_UNITS`, from logarithms of both ratios.

    Notes
    -----
    (size / reference)^(scale - 1) x (made / start)^log2(1 - learning): the power law of Williams, R.,
    *Chemical Engineering* 54(12), 124 (1947), and Wright (1936), see `economics.learning`. An exponent
    off by 0.1 moves the cost by 26 % per decade of size.
    """
    flat, known = _only(scale, 1.0), _only(learning, 0.0)
    if flat and known:
        return 1.0
    power: Real = 0.0
    if not flat:
        power = (scale - 1.0) * decades
    if not known:
        power = power - exponent(learning) * doublings
    return np.exp(power)


def _factors(decades: Real, doublings: Real, scale: Scale, learning: Learning) -> dict[str, Real]:
    """`_power_law` of every part; parts that share their economies share the work."""
    known: dict[tuple[object, ...], Real] = {}
    found = {}
    for name in PARTS:
        pair = getattr(scale, name), getattr(learning, name)
        key = tuple(id(x) if isinstance(x, np.ndarray) else x for x in pair)
        if key not in known:
            known[key] = _power_law(decades, doublings, *pair)
        found[name] = known[key]
    return found


def _only(value: Real, constant: float) -> bool:
    return not isinstance(value, np.ndarray) and value == constant


def satellite_cost(
    amounts: Amounts,
    prices: PartPrices,
    *,
    size: Real,
    made: Real = START_UNITS,
    units: Real,
    scale: Scale | None = None,
    learning: Learning | None = None,
    assembly: Real = ASSEMBLY_SHARE,
    margin: Real = MARGIN_SHARE,
    nre: Real = NRE_SHARED,
) -> SatelliteCost:
    """Cost of the satellite made when `made` stand to count.

    Parameters
    ----------
    amounts, prices : Amounts, PartPrices
        Per satellite; every field may be an array (sample axis last).
    size : Real
        Orbit-average compute power, W, above 0.
    made : Real
        Cumulative satellites, above 0.
    units : Real
        Satellites in service that share `nre`, above 0.
    scale, learning : Scale, Learning, optional
        Economies; default the module's guesses. `Learning` must be 0 where prices already carry it.
    assembly : Real
        Share of the platform's parts (without compute and propellant).
    margin : Real
        Share of parts and assembly (without compute: chips are bought at a known price).
    nre : Real
        USD, for all `units`.

    Notes
    -----
    Assembly as a share of hardware follows the cost model of Wertz & Larson, *Space Mission Analysis and
    Design*, 3rd ed. (1999), table 20-9 (13.9 % of the bus), made for single small satellites.
    """
    scale, learning = scale or Scale(), learning or Learning()
    decades, doublings = np.log(size / REFERENCE_POWER), np.log(made / START_UNITS)
    factors = _factors(decades, doublings, scale, learning)
    parts = {name: getattr(amounts, name) * getattr(prices, name) * factors[name] for name in PARTS}
    hardware: Real = sum(parts[name] for name in PARTS if name not in {"compute", "propellant"})
    assembled = assembly * hardware
    reserve = margin * (hardware + assembled)
    shared = nre / units
    platform = hardware + parts["propellant"] + assembled + reserve + shared
    return SatelliteCost(
        **parts,
        assembly=assembled,
        margin=reserve,
        nre=shared,
        platform=platform,
        total=platform + parts["compute"],
    )
