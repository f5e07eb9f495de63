"""Density of the upper atmosphere by altitude and solar activity: global means of NRLMSIS 2.1 from a table.

Source: Emmert et al. (2022), *NRLMSIS 2.1: An empirical model of nitric oxide incorporated into MSIS*,
J. Geophys. Res. 127, e2022JA030896, doi:10.1029/2022JA030896. The table is made and tested with the model
itself (`tests/reference`), for a solar flux (F10.7 and its 81-day mean, 1e-22 W/m2/Hz) and geomagnetic
index Ap held at six levels.

How wrong: interpolation adds less than 0.1 % to the model's global mean. The density of one day differs
from the model by 15-30 % (one sigma, more in storms), a mean over years by about 15 %; above 1000 km the
model is an extrapolation in diffusive equilibrium (helium and hydrogen), good to a factor of two. The
activity of a coming cycle is the larger doubt: minimum and maximum differ by a factor of 36 at 560 km.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Annotated, Final, Literal

import numpy as np

from dawndusk.core.bounds import within
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit

Level = Literal["min", "low", "mean", "high", "max", "strong"]

LOWEST: Final = 100e3  # m, below it a satellite does not come round once
HIGHEST: Final = 3000e3  # m, above it drag moves nothing within a thousand years
GRID_STEP: Final = 1e3  # m; on this grid the logarithm of density is interpolated linearly, to 1e-4


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
    By cubic interpolation of the table's logarithm, within 0.1 % of the model's mean. Day and night,
    seasons and latitude are averaged: at one place it swings between a third and 2.3 times the mean at
    560 km. A dawn-dusk orbit of constant radius sees 0.84-0.87 of it at 560 km (Earth is flat, so the
    orbit is higher over the poles), orbits at 30 deg 0.92-1.00 between 400 and 1000 km.
    """
    grid, logarithm = log_profile(activity)
    return np.asarray(np.exp(np.interp(_checked(altitude), grid, logarithm)))
