"""Mass of a box around the payload against the dose behind it, and the thinnest box that lasts a life.

Thickness is always that of the aluminium which stops as much (m), as dose tables have it; a material has
its own mass for the same. Dose comes from `environment.dose` (centre of a sphere, a factor of 2 either way
up to 700 km and 3.2 from 1,000 km); a box of the same wall lets through less at its edges and more where
cables, coolant and doors pierce it: another factor of 1.5. What boards, cold plates and radiators shield by
themselves is not in it: give the wall less what is there already.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

import numpy as np

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import problem
from dawndusk.core.numbers import number
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.environment.dose import (
    ALUMINIUM,
    KRAD,
    THICKEST,
    THINNEST,
    Activity,
    dose,
)

Kind = Literal["aluminium", "polyethylene", "tantalum"]

GRID: Final = 64  # thicknesses of a curve
POLYETHYLENE: Final = number("polyethylene_density")  # kg/m3
POLYETHYLENE_SHARE: Final = number("polyethylene_stopping_share")  # mass per area over aluminium's
TANTALUM: Final = number("tantalum_density")  # kg/m3
TANTALUM_SHARE: Final = number("tantalum_stopping_share")  # mass per area over aluminium's
DESIGN_MARGIN: Final = number("dose_design_margin")  # on life dose


@record
class Material:
    """What a shield is made of.

    Parameters
    ----------
    density : float or array
        kg/m3.
    share : float or array
        Mass per area over that of aluminium which stops the same protons.
    """

    density: Annotated[Real, Unit("kg/m3", 100.0, 25000.0)]
    share: Annotated[Real, Unit("1", 0.3, 3.0)]


@record
class DoseCurve:
    """Mean dose rates by thickness of one orbit or of many.

    Parameters
    ----------
    thickness : array, shape (k,)
        Aluminium (m), rising from 0.5 to 20 mm.
    rate, protons : array, shape (k, ...)
        All of it, and what protons leave (the part that upsets chips); Gy/s.
    factor : array, shape (...)
        Model error either way.
    """

    thickness: Floats
    rate: Floats
    protons: Floats
    factor: Floats


def material(kind: Kind) -> Material:
    """Density and mass share of a shield's material.

    Parameters
    ----------
    kind : {"aluminium", "polyethylene", "tantalum"}
        Shares are ranges of protons by Bethe's formula over those in aluminium, 30 to 70 MeV (what 5 to 20 mm
        stop): polyethylene 0.70 to 0.74, tantalum 1.5 to 1.7. Of electrons polyethylene stops as much by
        mass as aluminium (up to 30 % worse than said here) and tantalum more; below 3 mm, where electrons
        rule the dose, use aluminium.
    """
    known = {
        "aluminium": (ALUMINIUM, 1.0),
        "polyethylene": (POLYETHYLENE, POLYETHYLENE_SHARE),
        "tantalum": (TANTALUM, TANTALUM_SHARE),
    }
    density, share = known[kind]
    return Material(density=density, share=share)


def box_mass(
    length: Real, width: Real, height: Real, thickness: Real, *, made_of: Material | None = None
) -> Real:
    """Mass of a closed box around a cavity (kg).

    Parameters
    ----------
    length, width, height : float or array
        Of the cavity (m), above 0. Edges and corners are full.
    thickness : float or array
        Wall, as aluminium that stops as much (m), not negative.
    made_of : Material, optional
        Aluminium if left out.

    Notes
    -----
    Frames, lids and fasteners are not in it (10 to 30 % on top).
    """
    made = made_of or material("aluminium")
    wall = 2.0 * thickness * ALUMINIUM * made.share / made.density
    walls: Real = (length + wall) * (width + wall) * (height + wall) - length * width * height
    return made.density * walls


def dose_curve(altitude: Real, inclination: Real, *, activity: Activity = "worst") -> DoseCurve:
    """Dose rates of circular orbits behind 0.5 to 20 mm, computed once for any number of shields.

    Parameters
    ----------
    altitude, inclination : float or array
        m and rad; they broadcast.
    activity : {"worst", "min", "max"}
        As for `environment.dose.dose`; solar protons of the mean year are in it.

    Raises
    ------
    UserError
        For an orbit out of the tables' range.
    """
    shape = np.broadcast_shapes(np.shape(altitude), np.shape(inclination))
    grid = np.geomspace(THINNEST, THICKEST, GRID)
    grid[0], grid[-1] = THINNEST, THICKEST
    found = dose(altitude, inclination, grid.reshape(-1, *(1,) * len(shape)), activity=activity)
    return DoseCurve(
        thickness=grid, rate=found.rate, protons=found.protons + found.solar, factor=found.factor[0]
    )


def dose_behind(curve: DoseCurve, thickness: Real) -> Floats:
    """Dose rate behind a shield (Gy/s), between the curve's points by power laws.

    Parameters
    ----------
    curve : DoseCurve
        Of one orbit or of many.
    thickness : float or array
        Aluminium (m), broadcasting with the curve's orbits; outside 0.5 to 20 mm its ends are used.

    Notes
    -----
    Within 0.2 % rms, 1.5 % at worst, of `environment.dose.dose`: the steps of its integrals over energy.
    """
    return _between(curve.thickness, curve.rate, thickness)


def protons_behind(curve: DoseCurve, thickness: Real) -> Floats:
    """Dose rate of protons behind a shield (Gy/s): what `environment.upsets.upset_rate` takes.

    Parameters
    ----------
    curve : DoseCurve
        Of one orbit or of many.
    thickness : float or array
        As for `dose_behind`.
    """
    return _between(curve.thickness, curve.protons, thickness)


def thickness_for(curve: DoseCurve, rate: Real) -> Floats:
    """Thinnest shield that lets through no more than a dose rate (m).

    Parameters
    ----------
    curve : DoseCurve
        Of one orbit or of many.
    rate : float or array
        Gy/s, above 0, broadcasting with the curve's orbits.

    Returns
    -------
    array
        0.5 mm where even that is more than enough; infinite where 20 mm are not enough.
    """
    if curve.rate.ndim == 1:  # one orbit for all draws
        logs = np.log(curve.rate[::-1]), np.log(curve.thickness[::-1])
        one = np.exp(np.interp(np.log(rate), *logs))
        return np.asarray(np.where(np.asarray(rate) < curve.rate[-1], np.inf, one))
    shape = np.broadcast_shapes(np.shape(rate), curve.rate.shape[1:])
    curves = _spread(curve.rate, shape)
    wanted = np.broadcast_to(np.asarray(rate, dtype=np.float64), shape)
    above = np.sum(curves > wanted, axis=0)
    upper = np.clip(above, 1, GRID - 1)
    low, high = (np.log(np.take_along_axis(curves, k[None], axis=0)[0]) for k in (upper - 1, upper))
    share = np.clip((low - np.log(wanted)) / (low - high), 0.0, 1.0)
    grid = np.log(curve.thickness)
    found = np.exp(grid[upper - 1] + share * (grid[upper] - grid[upper - 1]))
    return np.asarray(np.where(above == GRID, np.inf, np.clip(found, THINNEST, THICKEST)))


def thinnest_shield(curve: DoseCurve, *, life: Real, limit: Real, margin: Real = DESIGN_MARGIN) -> Floats:
    """Thinnest shield behind which margin times the dose of a life stays below a limit (m of aluminium).

    Parameters
    ----------
    curve : DoseCurve
        Of one orbit or of many.
    life : float or array
        s, above 0.
    limit : float or array
        Gy: 20 where HBM became irregular (R008, one chip type), 150 without hard failure (R007).
    margin : float or array
        Design margin on dose; 2 covers the models' own factor up to 700 km, not above.

    Returns
    -------
    array
        As for `thickness_for`; hand it to `checked_shield` where an infinite one is the user's mistake.
    """
    return thickness_for(curve, limit / (margin * life))


def checked_shield(curve: DoseCurve, *, life: Real, limit: Real, margin: Real = DESIGN_MARGIN) -> Floats:
    """The same as `thinnest_shield` where 20 mm suffice.

    Raises
    ------
    UserError
        Naming the first that does not: the dose behind 20 mm, and the longest life that it allows.
    """
    found = thinnest_shield(curve, life=life, limit=limit, margin=margin)
    if np.isfinite(found).all():
        return found
    worst = np.unravel_index(int(np.argmax(np.isinf(found))), found.shape)
    years, allowed, factor, rate = (
        float(np.broadcast_to(x, found.shape)[worst]) for x in (life, limit, margin, curve.rate[-1])
    )
    longest = allowed / factor / rate
    raise problem(
        "shielding",
        f"{rate * years / KRAD:.3g} krad in the life behind {THICKEST * 1e3:g} mm of aluminium, "
        f"times a margin of {factor:g}",
        f"at most {allowed / KRAD:.3g} krad",
        f"a life of at most {longest / YEAR:.2g} yr, a lower orbit, or parts that stand "
        f"{rate * years * factor / KRAD:.3g} krad",
    )


def checked_mass(shield: Real, satellite: Real, *, thickness: Real) -> Real:
    """The shield's mass (kg), if it is less than the whole satellite's.

    Parameters
    ----------
    shield, satellite : float or array
        kg; the satellite with its shield, as launched.
    thickness : float or array
        Of the shield (m), for the message.

    Raises
    ------
    UserError
        Naming the first shield that is heavier, and about how thick it may be.
    """
    heavy = np.asarray(shield) >= np.asarray(satellite)
    if not heavy.any():
        return shield
    worst = np.unravel_index(int(np.argmax(heavy)), heavy.shape)
    mass, whole, wall = (
        float(np.broadcast_to(x, heavy.shape)[worst]) for x in (shield, satellite, thickness)
    )
    raise problem(
        "shielding",
        f"a shield of {mass:,.0f} kg ({wall * 1e3:.3g} mm) in a satellite of {whole:,.0f} kg",
        f"a shield lighter than the satellite, which is {mass - whole:,.0f} kg short",
        f"less than {wall * whole / mass * 1e3:.3g} mm, a smaller box, or a heavier satellite",
    )


def _spread(values: Floats, shape: tuple[int, ...]) -> Floats:
    """Curves (k, orbits) seen as (k, *shape), new axes first among the trailing ones."""
    missing = len(shape) - (values.ndim - 1)
    return np.broadcast_to(values.reshape(-1, *(1,) * missing, *values.shape[1:]), (len(values), *shape))


def _between(grid: Floats, values: Floats, at: Real) -> Floats:
    """Power laws between the points of curves along their first axis; the ends are held."""
    shape = np.broadcast_shapes(np.shape(at), values.shape[1:])
    curves = _spread(values, shape)
    x = np.broadcast_to(np.log(np.clip(at, grid[0], grid[-1])), shape)
    axis = np.log(grid)
    upper = np.clip(np.searchsorted(axis, x), 1, len(grid) - 1)
    low, high = (np.log(np.take_along_axis(curves, k[None], axis=0)[0]) for k in (upper - 1, upper))
    share = (x - axis[upper - 1]) / (axis[upper] - axis[upper - 1])
    return np.asarray(np.exp(low + share * (high - low)))
