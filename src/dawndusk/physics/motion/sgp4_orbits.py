"""Real satellites through SGP4, and the way between its mean elements and those of the J2-secular theory.

SGP4 itself is the package `sgp4` (Vallado, Crawford, Hujsak, Kelso 2006, *Revisiting Spacetrack Report #3*,
AIAA 2006-6753, doi:10.2514/6.2006-6753), with the constants of WGS-72 that element sets are fitted with. Its
own error against the real satellite is usually given as 1 km at the epoch, growing by 1-3 km a day in low
orbit and by more where the satellite thrusts. It counts time in days of UTC: a span across a leap second
(none since 2017) is a second, 7.5 km, off.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Final

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.catalogue import Catalogue
from dawndusk.core.constants import DAY, EARTH_RADIUS, GRAVITATIONAL_PARAMETER
from dawndusk.core.errors import Problem, UserError
from dawndusk.core.records import Floats, Ints, Real, record
from dawndusk.core.time import utc_offset
from dawndusk.core.units import Unit
from dawndusk.physics.motion.elements import Elements

if TYPE_CHECKING:
    from sgp4.api import SatrecArray

_ITERATIONS: Final = 8  # each gains three digits
_J2000_JULIAN: Final = 2451545.0  # d, Julian date of 2000-01-01 12:00
_SGP4_JULIAN: Final = 2433281.5  # d, Julian date of 1949-12-31 00:00, from which sgp4 counts
_MINUTE: Final = 60.0  # s
_KM: Final = 1e3  # m


@record
class States:
    """Where satellites are, and which of them SGP4 could not place.

    Parameters
    ----------
    positions, velocities : array
        TEME (m, m/s), shape (3, n) or (3, n, instants); NaN exactly where `failed`.
    failed : array of bool
        Shape (n,) or (n, instants).
    """

    positions: Annotated[Floats, Unit("m")]
    velocities: Annotated[Floats, Unit("m/s")]
    failed: NDArray[np.bool_]


def brouwer_mean_motion(mean_motion: Real, eccentricity: Real, inclination: Real) -> Floats:
    """Brouwer mean motion (rad/s) of the Kozai mean motion that TLE and OMM carry.

    Parameters
    ----------
    mean_motion : float or array
        Kozai mean motion (rad/s), above 0.
    eccentricity : float or array
        0 to below 1.
    inclination : float or array
        Tilt against the equator (rad).

    Notes
    -----
    Source: Hoots & Roehrich (1980), Spacetrack Report No. 3, sec. 6, first equations; WGS-72.
    """
    from sgp4.earth_gravity import wgs72

    motion, e = np.asarray(mean_motion, dtype=np.float64), np.asarray(eccentricity, dtype=np.float64)
    share = 0.75 * wgs72.j2 * (3.0 * np.cos(inclination) ** 2 - 1.0) / (1.0 - e**2) ** 1.5
    axis = np.cbrt(wgs72.xke / (motion * _MINUTE)) ** 2
    first = share / axis**2
    axis *= 1.0 - first * (1.0 / 3.0 + first * (1.0 + 134.0 / 81.0 * first))
    return np.asarray(motion / (1.0 + share / axis**2))


def kozai_mean_motion(mean_motion: Real, eccentricity: Real, inclination: Real) -> Floats:
    """Kozai mean motion (rad/s) of a Brouwer one: the inverse of `brouwer_mean_motion`, to rounding.

    Parameters
    ----------
    mean_motion : float or array
        Brouwer mean motion (rad/s), above 0.
    eccentricity, inclination : float or array
        As for `brouwer_mean_motion`.
    """
    wanted = np.asarray(mean_motion, dtype=np.float64)
    motion = wanted
    for _ in range(_ITERATIONS):
        motion = motion * (wanted / brouwer_mean_motion(motion, eccentricity, inclination))
    return motion


def semi_major_axis(catalogue: Catalogue) -> Floats:
    """Mean semi-major axis (m), shape (n,): what turns at the Brouwer mean motion around our Earth.

    Parameters
    ----------
    catalogue : Catalogue
        Eccentricities below 1, mean motions above 0.

    Notes
    -----
    With the gravitational parameter of `core.constants`, 9e-7 below the one of WGS-72, so that the mean
    motion is kept and the axis is 2 m short in low orbit instead.
    """
    motion = brouwer_mean_motion(catalogue.mean_motion, catalogue.eccentricity, catalogue.inclination)
    return np.asarray(np.cbrt(GRAVITATIONAL_PARAMETER / motion**2))


def mean_altitude(catalogue: Catalogue) -> Floats:
    """Mean semi-major axis above the equatorial radius (m), shape (n,).

    Parameters
    ----------
    catalogue : Catalogue
        Eccentricities below 1, mean motions above 0.
    """
    return semi_major_axis(catalogue) - EARTH_RADIUS


def perigee_altitude(catalogue: Catalogue) -> Floats:
    """Height of the mean perigee above the equatorial radius (m), shape (n,).

    Parameters
    ----------
    catalogue : Catalogue
        Eccentricities below 1, mean motions above 0.
    """
    return semi_major_axis(catalogue) * (1.0 - catalogue.eccentricity) - EARTH_RADIUS


def as_elements(catalogue: Catalogue) -> Elements:
    """Mean elements of real satellites for the J2-secular kernels, each at its own epoch.

    Parameters
    ----------
    catalogue : Catalogue
        As read; TEME is taken for the mean equator and equinox of date (at most 0.4 km apart in low orbit).

    Notes
    -----
    Measured on Starlink (10,743 satellites of 2026-08, 7,483 of 2025-05) against SGP4 from the same elements:
    12 km at the epoch (median; 17 km at most), 9 km (17 km) after an hour, 10-13 km after a day for half of
    the satellites. Up to a day that is the short-period terms of J2, which a secular theory leaves out. What
    it also leaves out is drag: with it a day later 95 % of the station-kept satellites (above 430 km) are
    within 22 km and the fastest sinking 100 to 7,600 km off; without drag (bstar 0) all are within 18 km.
    """
    return Elements(
        semi_major_axis=semi_major_axis(catalogue),
        eccentricity=catalogue.eccentricity,
        inclination=catalogue.inclination,
        raan=catalogue.raan,
        argument_of_perigee=catalogue.argument_of_perigee,
        mean_anomaly=catalogue.mean_anomaly,
        epoch=catalogue.epoch,
    )


def as_catalogue(elements: Elements, names: Sequence[str], numbers: Ints | None = None) -> Catalogue:
    """Elements of a constellation of our own as SGP4 takes them: approximate, without drag.

    Parameters
    ----------
    elements : Elements
        Mean elements (J2-secular), n of them.
    names : sequence of str
        One name for each.
    numbers : array of int, optional
        Catalogue numbers; 0 (none) without.

    Raises
    ------
    UserError
        If there is not one name for each satellite.

    Notes
    -----
    The semi-major axis becomes the Kozai mean motion of SGP4; the angles are kept. Between the two theories
    lie the short-period terms of J2 that SGP4 adds, see `as_elements`.
    """
    n = elements.size
    if len(names) != n:
        raise UserError(
            Problem(path="names", read=f"{len(names)} names", expected=str(n), write="one for each satellite")
        )
    motion = np.sqrt(GRAVITATIONAL_PARAMETER / elements.semi_major_axis**3)
    turn, zero, whole = 2.0 * np.pi, np.zeros(n), np.zeros(n, dtype=np.int64)
    return Catalogue(
        names=tuple(names),
        designators=("",) * n,
        classifications=("U",) * n,
        numbers=whole if numbers is None else np.asarray(numbers, dtype=np.int64),
        epoch=elements.epoch,
        mean_motion=kozai_mean_motion(motion, elements.eccentricity, elements.inclination),
        eccentricity=elements.eccentricity,
        inclination=elements.inclination,
        raan=np.mod(elements.raan, turn),
        argument_of_perigee=np.mod(elements.argument_of_perigee, turn),
        mean_anomaly=np.mod(elements.mean_anomaly, turn),
        bstar=zero,
        mean_motion_dot=zero,
        mean_motion_ddot=zero,
        element_sets=whole + 1,
        revolutions=whole,
    )


def states(catalogue: Catalogue, seconds: Real, *, skip_failed: bool = False) -> States:
    """Positions and velocities of real satellites by SGP4, in TEME.

    Parameters
    ----------
    catalogue : Catalogue
        n satellites.
    seconds : float or array of shape (instants,)
        Seconds TT since J2000, the same for all satellites.
    skip_failed : bool
        Whether to go on, with NaN and a mask, where SGP4 fails.

    Raises
    ------
    UserError
        If SGP4 fails for any satellite (it has decayed, or its elements left the model), unless
        `skip_failed`.

    Notes
    -----
    About 6 microseconds per satellite to begin and 1 per satellite and instant, one thread.
    """
    whole, part = _utc_days_since_j2000(np.atleast_1d(np.asarray(seconds, dtype=np.float64)))
    code, position, velocity = _started(catalogue).sgp4(whole + _J2000_JULIAN, part)
    failed = (code != 0) | ~np.isfinite(position).all(-1) | ~np.isfinite(velocity).all(-1)
    if failed.any() and not skip_failed:
        raise _failure(catalogue, code, failed)
    found = [np.where(failed, np.nan, np.moveaxis(x, -1, 0) * _KM) for x in (position, velocity)]
    if np.ndim(seconds) == 0:
        return States(positions=found[0][..., 0], velocities=found[1][..., 0], failed=failed[:, 0])
    return States(positions=found[0], velocities=found[1], failed=failed)


def _utc_days_since_j2000(seconds: Floats) -> tuple[Floats, Floats]:
    """Whole days and the rest, so that no digit of the time of day is lost."""
    utc = seconds - utc_offset(seconds)
    whole = np.floor(utc / DAY)
    return whole, (utc - whole * DAY) / DAY


def _started(catalogue: Catalogue) -> SatrecArray:
    """The satellites as sgp4 keeps them; it starts them one by one."""
    from sgp4.api import WGS72, Satrec, SatrecArray

    whole, part = _utc_days_since_j2000(catalogue.epoch)
    c, minute = catalogue, _MINUTE
    columns: tuple[Floats, ...] = (
        (_J2000_JULIAN - _SGP4_JULIAN) + whole + part,
        c.bstar,
        c.mean_motion_dot * minute**2,
        c.mean_motion_ddot * minute**3,
        c.eccentricity,
        c.argument_of_perigee,
        c.inclination,
        c.mean_anomaly,
        c.mean_motion * minute,
        c.raan,
    )
    made: list[Any] = []
    for values in zip(*(column.tolist() for column in columns), strict=True):
        satellite = Satrec()
        satellite.sgp4init(WGS72, "i", 0, *values)
        made.append(satellite)
    return SatrecArray(made)


def _failure(catalogue: Catalogue, code: NDArray[np.uint8], failed: NDArray[np.bool_]) -> UserError:
    from sgp4.api import SGP4_ERRORS

    first = int(np.flatnonzero(failed.any(axis=1))[0])
    reason = SGP4_ERRORS.get(int(code[first, int(np.argmax(failed[first]))]), "no finite position")
    count = int(failed.any(axis=1).sum())
    return UserError(
        Problem(
            path=f"{catalogue.names[first]} (catalogue number {catalogue.numbers[first]})",
            read=f"{reason}; {count} of {catalogue.size} satellites fail",
            expected="satellites that SGP4 can place at every instant asked for",
            write="instants nearer to the epochs, or leave these satellites out (skip_failed)",
        )
    )
