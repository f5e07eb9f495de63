"""Batteries by chemistry: how deep they may be discharged so that they still last to the end of life."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.ranges import Distribution
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit

WORN: Final = number("battery_worn")  # share of capacity lost at which cycles to failure are counted
STEPS: Final = 4  # of Newton's method, from within a factor of two
_FIELDS: Final[dict[str, float]] = {  # SI per unit of the table below
    "specific_energy": 3600.0,  # Wh/kg
    "full_cycles": 1.0,
    "exponent": 1.0,
    "calendar": 1.0,  # per square root of a year
    "fade_limit": 1.0,
    "usable": 1.0,
    "efficiency": 1.0,
    "charge_rate": 1.0 / 3600.0,  # 1/h
    "discharge_rate": 1.0 / 3600.0,
    "price": 1.0 / 3.6e6,  # USD/kWh
}


@record
class Chemistry:
    """A battery pack; all numbers at 10-25 degC, which its heaters and its own loop must keep."""

    specific_energy: Annotated[float, Unit("J/kg", 1e4, 5e6)]  # pack, new
    full_cycles: Annotated[float, Unit("1", 1.0)]  # of full depth, until a fifth of the capacity is gone
    exponent: Annotated[float, Unit("1", 1.0, 5.0)]  # cycles go as depth to the minus this
    calendar: Annotated[float, Unit("1", 0.0, 0.3)]  # lost in the first year of rest; then as its square root
    fade_limit: Annotated[float, Unit("1", 0.05, 0.8)]  # never plan to lose more: beyond lies the knee
    usable: Annotated[float, Unit("1", 0.1, 1.0)]  # share of what is left that may be taken in a shadow
    efficiency: Annotated[float, Unit("1", 0.5, 1.0)]  # energy out over energy in
    charge_rate: Annotated[float, Unit("1/s", 1e-6)]  # power in over nameplate energy, largest
    discharge_rate: Annotated[float, Unit("1/s", 1e-6)]
    price: Annotated[float, Unit("USD/J", 0.0)]  # pack, nameplate


# Low, central, high; units as in _FIELDS. Specific energy S032. Depth over cycles is anchored to S033: five
# years in low orbit (27,500 cycles) at a depth of 35 % (20-50 %) cost nickel and iron cells a fifth of their
# capacity. JAXA's tests passed 30,000 such cycles (Naito et al. 2006). Calendar: Saft cells lose about 10 %
# in 15 years at geostationary orbit, with a square-root part. Consumer cells do far worse (300-600 full
# cycles): they are the low ends. The rest is judgement.
CHEMISTRIES: Final[dict[str, dict[str, tuple[float, float, float]]]] = {
    "nickel": {  # NCA or NMC against graphite
        "specific_energy": (110.0, 150.0, 200.0),
        "full_cycles": (500.0, 2000.0, 3000.0),
        "exponent": (1.6, 2.5, 2.7),
        "calendar": (0.015, 0.025, 0.05),
        "fade_limit": (0.20, 0.30, 0.40),
        "usable": (0.7, 0.8, 0.9),
        "efficiency": (0.88, 0.93, 0.96),
        "charge_rate": (0.3, 0.5, 1.0),
        "discharge_rate": (0.7, 1.0, 2.0),
        "price": (100.0, 300.0, 1000.0),
    },
    "iron": {  # lithium iron phosphate against graphite
        "specific_energy": (80.0, 110.0, 140.0),
        "full_cycles": (1500.0, 3400.0, 6000.0),
        "exponent": (1.4, 2.0, 2.3),
        "calendar": (0.010, 0.020, 0.05),
        "fade_limit": (0.20, 0.30, 0.40),
        "usable": (0.8, 0.85, 0.95),
        "efficiency": (0.90, 0.94, 0.97),
        "charge_rate": (0.5, 1.0, 2.0),
        "discharge_rate": (1.0, 2.0, 4.0),
        "price": (80.0, 250.0, 900.0),
    },
    "titanate": {  # manganese or nickel cathode against lithium titanate
        "specific_energy": (40.0, 60.0, 80.0),
        "full_cycles": (8e3, 15e3, 25e3),
        "exponent": (1.0, 1.3, 1.6),
        "calendar": (0.005, 0.010, 0.03),
        "fade_limit": (0.20, 0.25, 0.40),
        "usable": (0.85, 0.9, 0.97),
        "efficiency": (0.92, 0.95, 0.98),
        "charge_rate": (2.0, 4.0, 8.0),
        "discharge_rate": (2.0, 4.0, 8.0),
        "price": (250.0, 700.0, 2000.0),
    },
}


def _table(name: str) -> dict[str, tuple[float, float, float]]:
    if name not in CHEMISTRIES:
        raise problem("battery.chemistry", name, f"one of {', '.join(CHEMISTRIES)}", "nickel")
    rows = CHEMISTRIES[name]
    return {k: (rows[k][0] * s, rows[k][1] * s, rows[k][2] * s) for k, s in _FIELDS.items()}


def chemistry(name: str) -> Chemistry:
    """A chemistry at its central values: ``nickel`` (NCA, NMC), ``iron`` (LFP) or ``titanate`` (LTO).

    Raises
    ------
    UserError
        For any other name.
    """
    return Chemistry(**{field: values[1] for field, values in _table(name).items()})


def chemistry_ranges(name: str) -> dict[str, Distribution]:
    """Range of each number of a chemistry; prices and full cycles by their logarithm."""
    logs = ("price", "full_cycles")
    return {
        field: Distribution(
            low=low, mode=mode, high=high, shape="log-triangular" if field in logs else "triangular"
        )
        for field, (low, mode, high) in _table(name).items()
    }


def calendar_fade(cell: Chemistry, age: Real) -> Real:
    """Share of the capacity lost by rest alone after an age (s): as the square root of time."""
    return cell.calendar * np.sqrt(np.asarray(age) / YEAR)


def allowed_depth(cell: Chemistry, *, cycles: Real, age: Real) -> Real:
    """Largest depth of discharge, of the nameplate, that still works at the end of life; 0 where none does.

    Parameters
    ----------
    cell : Chemistry
        Fields may be arrays of draws.
    cycles : Real
        Equivalent cycles over the life at the deepest discharge.
    age : Real
        Life, s.

    Notes
    -----
    The deepest shadow takes `depth` of the nameplate; at the end of life that may be at most `usable` of
    what is left: depth = usable x what remains, and no more than the fade limit may be lost.
    The first is convex and rising: Newton's steps come down to its root from the lesser of two bounds (no
    wear, and all but wear); the second is closed.
    """
    rest = np.asarray(calendar_fade(cell, age), dtype=np.float64)
    wear = WORN * np.asarray(cycles) / cell.full_cycles
    power = np.asarray(cell.exponent)
    left, room = np.maximum(1.0 - rest, 0.0), np.maximum(cell.fade_limit - rest, 0.0)
    scale = np.maximum(wear, 1e-300) ** (-1.0 / power)
    depth = np.minimum(cell.usable * left, scale * left ** (1.0 / power)) + 1e-300
    for _ in range(STEPS):
        worn = cell.usable * wear * depth**power
        depth = depth - (depth + worn - cell.usable * left) / (1.0 + power * worn / depth)
    return np.where(room > 0, np.minimum(depth, scale * room ** (1.0 / power)), 0.0)[()]


def battery_energy(
    cell: Chemistry, *, taken: Real, depth: Real, discharge: Real = 0.0, charge: Real = 0.0
) -> Real:
    """Nameplate energy (J) of a pack that lasts and is not charged or discharged too fast.

    Parameters
    ----------
    cell : Chemistry
        Fields may be arrays of draws.
    taken : Real
        Energy on the bus in the longest shadow, J.
    depth : Real
        `allowed_depth`; where it is 0 the energy is infinite: no battery of this chemistry lasts.
    discharge, charge : Real
        Largest powers out of and into it, W.

    Notes
    -----
    The largest of three: by depth (half of the round trip's loss on the way out), by discharge rate, by
    charge rate. Short shadows of high load are bound by rate, not by energy.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        by_depth = np.where(np.asarray(taken) > 0, taken / (depth * np.sqrt(cell.efficiency)), 0.0)
    rated = np.maximum(discharge / np.asarray(cell.discharge_rate), charge / np.asarray(cell.charge_rate))
    return np.maximum(by_depth, rated)[()]


def charge_power(load: Real, *, shadow: Real, period: Real, efficiency: Real) -> Real:
    """Array power, W, that refills in the sunlit part of the same orbit what the shadow took.

    Parameters
    ----------
    load : Real
        Power on the bus in shadow, W.
    shadow, period : Real
        Length of the shadow and of the orbit, s; the shadow is the shorter.
    efficiency : Real
        Energy out over in, 0 to 1.

    Notes
    -----
    Energy balance of one orbit, Wertz & Larson (1999), ch. 11, with the day efficiency kept apart.
    """
    return load * shadow / (efficiency * (period - shadow))


def charge_loss(charge: Real, efficiency: Real) -> Real:
    """Heat of the battery, W, while it is charged at `charge` (all of the loss put there)."""
    return charge * (1 - efficiency)
