"""What trapped particles leave of a solar cell: displacement dose of an orbit, and power after it.

Cells lose power by displaced atoms, not by ionisation: slow protons that just pass the cover count most.
Only the dose relative to the reference orbit matters here, because each technology is anchored to its loss
after ten years there (ledger S014, S015). Solar protons are left out: at these covers they add, at a guess,
10-30 % in sun-synchronous orbits in bad years, about the same in the reference orbit, nothing at 30 deg.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.constants import YEAR
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real
from dawndusk.physics.environment.dose import ALUMINIUM, RANGE_EXPONENT, RANGE_SCALE, electron_range
from dawndusk.physics.environment.trapped import MEV, above, distinct, spectrum
from dawndusk.physics.spacecraft.cells import Cell

STEPS: Final = 48  # of the sums over energy
DAMAGE: Final = MEV * 0.1  # J m2/kg in MeV cm2/g
PROTON_DAMAGE: Final = number("proton_damage")  # MeV cm2/g at 10 MeV
PROTON_SLOW: Final = number("proton_damage_slow")  # falls with energy to this power below 10 MeV
PROTON_FAST: Final = number("proton_damage_fast")  # and to this one above
ELECTRON_DAMAGE: Final = number("electron_damage")  # MeV cm2/g at 1 MeV
ELECTRON_RISE: Final = number("electron_damage_rise")  # grows with energy to this power
REFERENCE_ALTITUDE: Final = number("cell_loss_altitude")  # m, of the orbit that `Cell.ten_year_loss` is about
REFERENCE_INCLINATION: Final = number("cell_loss_inclination")  # rad, 97.6 deg
REFERENCE_TIME: Final = number("cell_loss_time") * YEAR  # s


def displacement_rate(altitude: Real, inclination: Real, shield: Real) -> Floats:
    """Displacement dose rate of silicon behind a flat shield on one side (Gy/s), orbit mean.

    Parameters
    ----------
    altitude : float or array
        m, 150 to 2500 km.
    inclination : float or array
        rad, 0 to pi.
    shield : float or array
        Aluminium (m), 0.01 to 5 mm.

    Raises
    ------
    UserError
        For values out of range.

    Notes
    -----
    Trapped protons at solar minimum and electrons at maximum (AP8, AE8), half the sky. Energy lost to
    displacements by protons 7.9e-3 (E / 10 MeV)^-0.89, above 10 MeV ^-0.46; by electrons 2.9e-5 E^0.75
    above 0.3 MeV (MeV cm2/g, E in MeV): power laws through Summers et al. (1993), IEEE Trans. Nucl. Sci.
    40, 1372, doi:10.1109/23.273529, believed within 25 % (not checked against its tables). Protons slow
    down along a power law of range; all come in at right angles, so a shield acts 1.5-2 times thinner than
    it is, in every orbit alike.
    Good for ratios between orbits within a factor of 1.5 besides the belts' own factor of 2.
    """
    thick = within("shield", shield, 1e-5, 5e-3, scale=1e-3, unit="mm", write="0.1 mm")
    height, tilt = np.asarray(altitude, dtype=np.float64), np.asarray(inclination, dtype=np.float64)
    shape = np.broadcast_shapes(height.shape, tilt.shape, thick.shape)
    (height, tilt, thick), back = distinct(*np.broadcast_arrays(height, tilt, thick))
    protons = _protons(*spectrum("proton", "min", height, tilt), thick)
    electrons = _electrons(*spectrum("electron", "max", height, tilt), thick)
    return np.asarray((0.5 * (protons + electrons))[back].reshape(shape))


def _protons(energies: Floats, flux: Floats, thick: Floats) -> Floats:
    kept = np.geomspace(0.3, 390.0, STEPS + 1)[:, None]
    arriving = (kept**RANGE_EXPONENT + ALUMINIUM * thick / RANGE_SCALE) ** (1.0 / RANGE_EXPONENT)
    number = -np.diff(above("proton", np.minimum(arriving, 400.0) * MEV, energies, flux), axis=0)
    middle = np.sqrt(kept[1:] * kept[:-1]) / 10.0
    damage = np.where(middle < 1.0, middle**-PROTON_SLOW, middle**-PROTON_FAST)
    return np.asarray(PROTON_DAMAGE * DAMAGE * np.sum(number * damage, axis=0))


def _electrons(energies: Floats, flux: Floats, thick: Floats) -> Floats:
    edges = np.geomspace(0.3, 7.0, STEPS + 1)[:, None]
    number = -np.diff(above("electron", edges * MEV, energies, flux), axis=0)
    middle = np.sqrt(edges[1:] * edges[:-1])
    left = np.maximum(1.0 - ALUMINIUM * thick / electron_range(middle * MEV), 0.0)
    return np.asarray(ELECTRON_DAMAGE * DAMAGE * np.sum(number * left * middle**ELECTRON_RISE, axis=0))


@cache
def _grid(altitude: float, inclination: float) -> tuple[Floats, Floats]:
    """Shields (m) and their damage rates in one orbit: what drawn covers are read from."""
    shields = np.geomspace(1e-5, 5e-3, 28)
    return shields, displacement_rate(altitude, inclination, shields)


def damage_ratio(altitude: Real, inclination: Real, found: Cell) -> Real:
    """Damage rate of a cell in an orbit over that of the same cell in the reference orbit.

    Parameters
    ----------
    altitude, inclination : float or array
        As in `displacement_rate`. Orbits given as single numbers are cheap for any number of draws: the
        covers are then read from a table, log-linear, within 1 %.
    found : Cell
        Its `cover` counts in front, its `backing` behind.

    Notes
    -----
    The reference is 550 km at 97.6 deg (sun-synchronous), where ledger R001 to R004 give the dose.
    """
    there = _both_sides(altitude, inclination, found)
    return there / _both_sides(REFERENCE_ALTITUDE, REFERENCE_INCLINATION, found)


def _both_sides(altitude: Real, inclination: Real, found: Cell) -> Real:
    if np.ndim(altitude) or np.ndim(inclination):
        front = displacement_rate(altitude, inclination, found.cover)
        return np.asarray(front + displacement_rate(altitude, inclination, found.backing))[()]
    shields, rates = _grid(float(altitude), float(inclination))
    logs = np.log(shields), np.log(np.maximum(rates, 1e-30))
    sides = (np.exp(np.interp(np.log(x), *logs)) for x in (found.cover, found.backing))
    return np.asarray(sum(sides))[()]


def radiation_share(found: Cell, *, ratio: Real, age: Real) -> Real:
    """Share of the power that radiation leaves, 0 to 1.

    Parameters
    ----------
    found : Cell
        Technology.
    ratio : Real
        `damage_ratio` of its orbit; 1 in the reference orbit.
    age : Real
        s, not negative.

    Notes
    -----
    1 - C log10(1 + D / D0), the semi-empirical law of Anspaugh (1996), *GaAs Solar Cell Radiation
    Handbook*, JPL 96-9, and of displacement doses (Messenger et al. 2001, doi:10.1002/pip.357), with D0
    such that ten years in the reference orbit cost `ten_year_loss`. Fast at first: ordinary silicon loses
    7 % in its first year there and 24 % in five, where S015 says 12-23 % (2.5-5 %/yr). Beyond a loss of
    about 0.6 the law itself is spent.
    """
    grown = 10.0 ** (found.ten_year_loss / np.asarray(found.decade)) - 1.0
    lost = found.decade * np.log10(1.0 + grown * ratio * np.asarray(age) / REFERENCE_TIME)
    left: Real = np.maximum(1.0 - lost, 0.0)[()]
    return left


def array_share(found: Cell, *, ratio: Real, age: Real) -> Real:
    """Share of the rated power left at an age: radiation, and all other ageing per year on top.

    Parameters
    ----------
    found, ratio, age
        As in `radiation_share`.
    """
    other: Real = np.exp(np.log1p(-np.asarray(found.other_loss) * YEAR) * (np.asarray(age) / YEAR))
    return radiation_share(found, ratio=ratio, age=age) * other
