"""Density of the upper atmosphere by altitude and solar activity: NRLMSIS 2.1, direct or as global means.

Source: Emmert et al. (2022), *NRLMSIS 2.1: An empirical model of nitric oxide incorporated into MSIS*,
J. Geophys. Res. 127, e2022JA030896, doi:10.1029/2022JA030896, through the package pymsis. Solar flux
(F10.7 and its 81-day mean, 1e-22 W/m2/Hz) and the geomagnetic index Ap are always given; nothing is ever
downloaded.

How wrong: the density of one day differs from the model by 15-30 % (one sigma, more in storms), a mean over
years by about 15 %; above 1000 km the model is an extrapolation in diffusive equilibrium (helium and
hydrogen), good to a factor of two. The activity of a coming cycle is the larger doubt: minimum and maximum
differ by a factor of 36 at 560 km.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Final, Literal

import numpy as np
from numpy.typing import NDArray

from dawndusk.core.bounds import within
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.time import utc_from_seconds
from dawndusk.core.units import Unit
from dawndusk.physics.motion.orbit import DEGREE

Level = Literal["min", "low", "mean", "high", "max", "strong"]

LOWEST: Final = 100e3  # m, below it a satellite does not come round once
HIGHEST: Final = 3000e3  # m, above it drag moves nothing within a thousand years
GRID_STEP: Final = 1e3  # m; on this grid the logarithm of density is interpolated linearly, to 1e-4
LATITUDES: Final = np.arange(-85.0, 86.0, 10.0)  # deg, of the global mean
LONGITUDES: Final = np.arange(-180.0, 180.0, 30.0)  # deg; at 0 h UT they are local times too
_SEASONS: Final = np.array(["2027-03-20", "2027-06-21", "2027-09-22", "2027-12-21"], dtype="datetime64[s]")


@record
class Activity:
    """State of Sun and geomagnetic field.

    Parameters
    ----------
    f107, f107a : 1e-22 W/m2/Hz
        Solar radio flux at 10.7 cm of the day before, and its mean over 81 days.
    ap : 1
        Daily planetary geomagnetic index.
    """

    f107: Annotated[float, Unit("1", 50.0, 400.0)]
    f107a: Annotated[float, Unit("1", 50.0, 400.0)]
    ap: Annotated[float, Unit("1", 0.0, 400.0)]


# Levels held for years: a deep minimum, the middle of the high cycles 19-22 (cycle 24 averaged about 100),
# a high maximum, and its worst months with a storm every day. Guesses, those of the reference tables.
ACTIVITIES: Final[dict[Level, Activity]] = {
    "min": Activity(f107=67.0, f107a=67.0, ap=4.0),
    "low": Activity(f107=100.0, f107a=100.0, ap=9.0),
    "mean": Activity(f107=140.0, f107a=140.0, ap=15.0),
    "high": Activity(f107=180.0, f107a=180.0, ap=15.0),
    "max": Activity(f107=220.0, f107a=220.0, ap=15.0),
    "strong": Activity(f107=250.0, f107a=250.0, ap=45.0),
}


def msis(
    times: NDArray[np.datetime64], latitude: Floats, longitude: Floats, altitude: Floats, activity: Activity
) -> Floats:
    """Density (kg/m3) at points, all arrays of one shape (n,).

    Parameters
    ----------
    times : array of datetime64
        UTC.
    latitude, longitude : array
        Geodetic (rad), any turn.
    altitude : array
        Above the ellipsoid (m).
    activity : Activity
        Of all points.
    """
    import pymsis

    size = times.size
    found = pymsis.calculate(
        times,
        np.mod(np.asarray(longitude) / DEGREE + 180.0, 360.0) - 180.0,
        np.asarray(latitude) / DEGREE,
        np.asarray(altitude) / 1e3,
        np.full(size, activity.f107),
        np.full(size, activity.f107a),
        np.full((size, 7), activity.ap),
        version=2.1,
    )
    return np.asarray(found[..., pymsis.Variable.MASS_DENSITY], dtype=np.float64)


def density_at(
    altitude: Real,
    latitude: Real,
    longitude: Real,
    seconds: Real,
    *,
    f107: float,
    f107a: float,
    ap: float,
) -> Floats:
    """Density at places and times (kg/m3); the first four arguments broadcast.

    Parameters
    ----------
    altitude : float or array
        Above the ellipsoid (m), 100 to 3000 km.
    latitude, longitude : float or array
        Geodetic (rad).
    seconds : float or array
        Instant, seconds TT since J2000.
    f107, f107a, ap : float
        Solar flux of the day before and its 81-day mean (50 to 400), daily Ap (0 to 400).

    Raises
    ------
    UserError
        For anything out of its range.

    Notes
    -----
    Emmert et al. (2022); about 15-30 % off on a single day, some 30 microseconds a point.
    """
    height = _checked(altitude)
    within("latitude", latitude, -90 * DEGREE, 90 * DEGREE, scale=DEGREE, unit="deg", write="45 deg")
    for name, value, low in (("f107", f107, 50.0), ("f107a", f107a, 50.0), ("ap", ap, 0.0)):
        within(name, value, low, 400.0, scale=1.0, unit="", write="140 for f107, 15 for ap")
    height, north, east, when = np.broadcast_arrays(height, latitude, longitude, seconds)
    if not np.all(np.isfinite(east)):
        raise problem("longitude", "a value that is no number", "finite angles", "0 deg")
    activity = Activity(f107=f107, f107a=f107a, ap=ap)
    flat = [np.asarray(x, dtype=np.float64).ravel() for x in (north, east, height)]
    found = msis(utc_from_seconds(when.ravel()), flat[0], flat[1], flat[2], activity)
    return found.reshape(height.shape)


def global_mean(altitude: Floats, activity: Activity) -> Floats:
    """Density (kg/m3) averaged over the globe and four seasons, computed by NRLMSIS 2.1, shape (n,).

    Parameters
    ----------
    altitude : array
        Above the ellipsoid (m), shape (n,).
    activity : Activity
        Held.

    Notes
    -----
    Area-weighted over a 10 by 30 deg grid at 0 h UT of equinoxes and solstices; a finer grid changes it by
    0.1 %, twelve months instead of four days by 1 %. `density` reads it from a table.
    """
    weight = np.cos(LATITUDES * DEGREE) / (np.cos(LATITUDES * DEGREE).sum() * LONGITUDES.size * _SEASONS.size)
    shape = (_SEASONS.size, LONGITUDES.size, LATITUDES.size, np.size(altitude))
    season, *place = np.meshgrid(
        np.arange(_SEASONS.size), LONGITUDES * DEGREE, LATITUDES * DEGREE, altitude, indexing="ij"
    )
    east, north, height = (np.asarray(x.ravel(), dtype=np.float64) for x in place)
    found = msis(_SEASONS[season.ravel()], north, east, height, activity)
    return np.asarray(np.einsum("tolh,l->h", found.reshape(shape), weight))


@cache
def _table() -> tuple[Floats, dict[str, Floats]]:
    """Altitudes (m) and columns of the packaged table."""
    text = files("dawndusk.physics.environment").joinpath("tables/atmosphere.csv").read_text("utf-8").split()
    numbers = np.array([[float(x) for x in line.split(",")] for line in text[1:]])
    columns = dict(zip(text[0].split(","), numbers.T, strict=True))
    return columns.pop("altitude_km") * 1e3, columns


def _known(activity: Level) -> Level:
    if activity not in ACTIVITIES:
        raise problem("activity", activity, f"one of {', '.join(ACTIVITIES)}", "mean")
    return activity


@cache
def log_profile(activity: Level) -> tuple[Floats, Floats]:
    """Altitudes (m, every kilometre, 100 to 3000) and the natural logarithm of density (kg/m3) there.

    Parameters
    ----------
    activity : str
        A key of `ACTIVITIES`.

    Raises
    ------
    UserError
        For any other word.
    """
    from scipy.interpolate import CubicSpline

    altitude, columns = _table()
    grid = np.arange(LOWEST, HIGHEST + GRID_STEP / 2, GRID_STEP)
    profile = grid, np.asarray(CubicSpline(altitude, np.log(columns[_known(activity)]))(grid))
    for part in profile:
        part.flags.writeable = False
    return profile


def _checked(altitude: Real) -> Floats:
    return within("altitude", altitude, LOWEST, HIGHEST, scale=1e3, unit="km", write="560 km")


def density(altitude: Real, activity: Level = "mean") -> Floats:
    """Global mean density (kg/m3) at an altitude and a level of activity.

    Parameters
    ----------
    altitude : float or array
        Above the ellipsoid (m), 100 to 3000 km.
    activity : str
        ``min``, ``low``, ``mean``, ``high``, ``max`` or ``strong``: F10.7 of 67, 100, 140, 180, 220, 250.

    Raises
    ------
    UserError
        For an altitude out of range or an unknown level.

    Notes
    -----
    `global_mean` by cubic interpolation of its logarithm, within 0.1 % of it. Day and night, seasons and
    latitude are averaged: at one place it swings between a third and 2.3 times the mean at 560 km. Along
    an orbit of constant radius see `dawn_dusk_factor`; orbits at 30 deg see 0.92-1.00 of the mean
    between 400 and 1000 km.
    """
    grid, logarithm = log_profile(activity)
    return np.asarray(np.exp(np.interp(_checked(altitude), grid, logarithm)))


def dawn_dusk_factor(altitude: Real, activity: Level = "mean") -> Floats:
    """Mean density along a dawn-dusk sun-synchronous orbit, as a share of the global mean.

    Parameters
    ----------
    altitude : float or array
        Of the circular orbit above the equatorial radius (m), 100 to 3000 km.
    activity : str
        A key of `ACTIVITIES`.

    Notes
    -----
    0.69-0.77 at 200 km, 0.84-0.87 at 560 km, 0.86-0.92 at 650 km, 0.93-0.95 at 985 km. Most of it comes
    from Earth's flattening: a circle that clears the equator by 560 km clears the poles by 581 km. Morning
    and evening alone give 0.94-1.03 above 400 km. LTAN 18:00 is within 3 % of LTAN 06:00.
    """
    at, columns = _table()
    return np.asarray(np.interp(_checked(altitude), at, columns[f"dawn_dusk_{_known(activity)}"]))
