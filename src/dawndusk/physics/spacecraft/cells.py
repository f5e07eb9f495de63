"""Solar cells and the wings made of them: four technologies as records, each number with a range.

Ratings hold at begin of life, 28 degC and normal sunlight at 1 au. Numbers without a source in the ledger
(S010 to S017) are our judgement; `TECHNOLOGIES` gives the low, central and high value of each, and the
width of a range is the honest part of it.
"""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import SOLAR_CONSTANT, YEAR
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.ranges import Distribution
from dawndusk.core.records import Real, record
from dawndusk.core.units import Unit

RATED_TEMPERATURE: Final = number("cell_rated_temperature")  # K, 28 degC: where cells for space are rated


@record
class Cell:
    """A cell technology, and the wing that carries it."""

    efficiency: Annotated[float, Unit("1", 0.01, 0.6)]  # of the cell in AM0 sunlight at 28 degC, new
    packing: Annotated[float, Unit("1", 0.1, 1.0)]  # share of the wing covered by cells
    coefficient: Annotated[float, Unit("1/K", -0.01, 0.0)]  # relative change of power with temperature
    absorptivity: Annotated[float, Unit("1", 0.3, 1.0)]  # of the sunny face, for sunlight
    emissivity: Annotated[float, Unit("1", 0.3, 1.0)]  # of the sunny face, in the infrared
    back_emissivity: Annotated[float, Unit("1", 0.05, 1.0)]
    blanket: Annotated[float, Unit("kg/m2", 0.01)]  # cells, cover, adhesive, substrate, wiring
    structure: Annotated[float, Unit("kg/m2", 0.0)]  # booms, hinges, gimbal, canister
    price: Annotated[float, Unit("USD/W", 0.0)]  # per rated W of the whole wing
    cover: Annotated[float, Unit("m", 1e-5, 5e-3)]  # in front of the cell, as aluminium
    backing: Annotated[float, Unit("m", 1e-5, 5e-3)]  # behind it, as aluminium
    ten_year_loss: Annotated[float, Unit("1", 0.0, 0.9)]  # by radiation alone in the reference orbit
    decade: Annotated[float, Unit("1", 0.01, 1.0)]  # power lost per tenfold of damage, once it is large
    other_loss: Annotated[float, Unit("1/s", 0.0, 3e-8)]  # ultraviolet, dirt, meteoroids, thermal cycles


Range = tuple[float, float, float]

# Low, central, high. S012, S013: W/m2; S014, S015: ageing; S016, S017: price; S010, S011: W/kg.
# XTJ cells (Fetzer et al., IEEE PVSC 2012): 29.8 %, 0.89 and 0.84 of their power left after 5e14 and 1e15
# electrons of 1 MeV per cm2, which makes `decade` 0.22. Ordinary silicon loses 35-40 % in ten years, III-V
# 10-15 %, thin silicon that anneals 4 % of its voltage (source of S014, S015).
# Masses are sums of parts (glass and silicon 2.3-2.6 g/cm3, germanium 5.3) and meet S010.
TECHNOLOGIES: Final[dict[str, dict[str, Range]]] = {
    "silicon": {
        "efficiency": (0.17, 0.20, 0.22),
        "packing": (0.80, 0.86, 0.92),
        "coefficient": (-0.0045, -0.0036, -0.0026),
        "absorptivity": (0.75, 0.86, 0.92),
        "emissivity": (0.80, 0.85, 0.89),
        "back_emissivity": (0.75, 0.85, 0.92),
        "blanket": (0.6, 0.9, 2.0),
        "structure": (0.4, 0.7, 2.0),
        "price": (0.5, 3.0, 10.0),
        "cover": (0.5e-4, 1e-4, 5e-4),
        "backing": (1e-4, 2e-4, 1e-3),
        "ten_year_loss": (0.22, 0.35, 0.40),
        "decade": (0.20, 0.50, 0.80),
        "other_loss": (0.001, 0.005, 0.010),
    },
    "thin silicon": {
        "efficiency": (0.17, 0.19, 0.205),
        "packing": (0.80, 0.86, 0.92),
        "coefficient": (-0.0040, -0.0030, -0.0026),
        "absorptivity": (0.70, 0.82, 0.90),
        "emissivity": (0.75, 0.85, 0.89),
        "back_emissivity": (0.75, 0.85, 0.92),
        "blanket": (0.2, 0.4, 0.7),
        "structure": (0.3, 0.6, 1.5),
        "price": (1.0, 10.0, 40.0),
        "cover": (0.2e-4, 0.5e-4, 1e-4),
        "backing": (0.3e-4, 1e-4, 3e-4),
        "ten_year_loss": (0.04, 0.08, 0.20),
        "decade": (0.10, 0.20, 0.45),
        "other_loss": (0.002, 0.007, 0.020),
    },
    "III-V": {
        "efficiency": (0.28, 0.298, 0.32),
        "packing": (0.80, 0.84, 0.90),
        "coefficient": (-0.0027, -0.0022, -0.0018),
        "absorptivity": (0.88, 0.91, 0.93),
        "emissivity": (0.80, 0.85, 0.89),
        "back_emissivity": (0.75, 0.85, 0.92),
        "blanket": (0.9, 1.5, 2.5),
        "structure": (0.5, 0.9, 2.5),
        "price": (50.0, 150.0, 400.0),
        "cover": (0.7e-4, 1e-4, 3e-4),
        "backing": (1e-4, 3e-4, 1e-3),
        "ten_year_loss": (0.10, 0.125, 0.15),
        "decade": (0.18, 0.22, 0.26),
        "other_loss": (0.001, 0.0025, 0.005),
    },
    "perovskite": {  # a concept: no array of it has flown, its stability outside the laboratory is unknown
        "efficiency": (0.12, 0.18, 0.24),
        "packing": (0.75, 0.85, 0.92),
        "coefficient": (-0.0030, -0.0015, -0.0010),
        "absorptivity": (0.75, 0.85, 0.92),
        "emissivity": (0.60, 0.80, 0.89),
        "back_emissivity": (0.60, 0.80, 0.92),
        "blanket": (0.1, 0.25, 0.6),
        "structure": (0.3, 0.6, 1.5),
        "price": (0.3, 3.0, 30.0),
        "cover": (0.1e-4, 0.3e-4, 1e-4),
        "backing": (0.2e-4, 0.5e-4, 2e-4),
        "ten_year_loss": (0.02, 0.06, 0.20),
        "decade": (0.05, 0.15, 0.40),
        "other_loss": (0.02, 0.08, 0.20),
    },
}


def _si(name: str, values: Range) -> Range:
    low, mode, high = values
    scale = 1.0 / YEAR if name == "other_loss" else 1.0  # given per year
    return low * scale, mode * scale, high * scale


def _technology(name: str) -> dict[str, Range]:
    if name not in TECHNOLOGIES:
        raise problem("array.technology", name, f"one of {', '.join(TECHNOLOGIES)}", "silicon")
    return {field: _si(field, values) for field, values in TECHNOLOGIES[name].items()}


def cell(name: str) -> Cell:
    """A technology at its central values.

    Parameters
    ----------
    name : str
        ``silicon`` (mass-made), ``thin silicon``, ``III-V`` or ``perovskite`` (a concept).

    Raises
    ------
    UserError
        For any other name.
    """
    return Cell(**{field: values[1] for field, values in _technology(name).items()})


def cell_ranges(name: str) -> dict[str, Distribution]:
    """Range of each number of a technology, triangular; prices by their logarithm.

    Parameters
    ----------
    name : str
        As in `cell`.
    """
    return {
        field: Distribution(
            low=low, mode=mode, high=high, shape="log-triangular" if field == "price" else "triangular"
        )
        for field, (low, mode, high) in _technology(name).items()
    }


def require_possible(found: Cell) -> None:
    """Refuse a cell that gives more than it takes in.

    Parameters
    ----------
    found : Cell
        Fields may be arrays of draws.

    Raises
    ------
    UserError
        Where the wing's efficiency exceeds its absorptivity, with the largest that does not.
    """
    given = np.asarray(found.efficiency * np.asarray(found.packing))
    taken = np.broadcast_to(np.asarray(found.absorptivity), given.shape)
    bad = ~(given <= taken)
    if np.any(bad):
        ratio = float(given[bad].flat[0]), float(taken[bad].flat[0])
        raise problem(
            "array.efficiency",
            f"{ratio[0]:.3g} of the sunlight turned into power, {ratio[1]:.3g} absorbed",
            f"energy balance of the array: power at most what is absorbed, short by "
            f"{100 * (ratio[0] / ratio[1] - 1):.0f} %",
            f"efficiency times packing of at most {ratio[1]:.3g}",
        )


def areal_power(efficiency: Real, packing: Real, irradiance: Real = SOLAR_CONSTANT) -> Real:
    """Rated power of the array per area of wing, W/m2, at begin of life and normal sunlight.

    Parameters
    ----------
    efficiency : Real
        Cell efficiency at operating temperature, 0 to 1.
    packing : Real
        Share of the wing covered by cells, 0 to 1.
    irradiance : Real
        Sunlight, W/m2; the mean at 1 au unless told. It swings by 3.4 % over the year.

    Notes
    -----
    Product of the three. Wiring and mismatch losses (2-5 %, a guess) are not in it: give them as
    converter efficiency.
    """
    return efficiency * packing * irradiance


def rated_areal_power(found: Cell) -> Real:
    """Rated power per area of wing (W/m2): new, at 28 degC, in normal sunlight at 1 au."""
    return areal_power(found.efficiency, found.packing, SOLAR_CONSTANT)


def wing_areal_mass(found: Cell) -> Real:
    """Mass of the whole wing per area (kg/m2)."""
    return found.blanket + found.structure


def specific_power(found: Cell) -> Real:
    """Rated power of the whole wing per mass (W/kg). Flown: 28 (ISS) to 59 (iROSA), ledger S010, S011."""
    return rated_areal_power(found) / wing_areal_mass(found)
