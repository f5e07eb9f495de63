"""How squarely sunlight meets a solar array: gimballed and body-fixed mountings over a year.

Only geometry: power goes with the cosine of the angle between the Sun and the array's normal (real cells
lose a few per cent more beyond 60 deg), the array has one active face unless said otherwise, and nothing on
the satellite shades it. Angles along the orbit count from its point nearest to the Sun.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, get_args

import numpy as np
from scipy.special import ellipeinc

from dawndusk.core.constants import ASTRONOMICAL_UNIT
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real, record
from dawndusk.core.units import Unit
from dawndusk.physics.light.sunlight import SunYear, Sweep, cosine_ratio, strips, sun_year, sweeps, year_mean
from dawndusk.physics.motion.sun import mean_sun_right_ascension

Mounting = Literal[
    "two-axis", "normal-axis", "velocity-axis", "normal-face", "zenith-face", "nadir-face", "mean-sun-face"
]
MOUNTINGS: Final[tuple[str, ...]] = get_args(Mounting)


@record
class IncidenceYear:
    """What a mounting makes of a year's sunlight; arrays of the planes' shape.

    Parameters
    ----------
    mounting : str
        As asked for.
    light : array
        Mean light over the year, whatever the array does.
    factor : array
        Mean cosine over the lit time; 0 where there is none.
    power : array
        Orbit-mean power over the year per rated power, with the Sun's true distance: rated at normal
        incidence and 1 au.
    energy : array
        Energy of the year per rated watt.
    """

    mounting: str
    light: Annotated[Floats, Unit("1", 0, 1)]
    factor: Annotated[Floats, Unit("1", 0, 1)]
    power: Annotated[Floats, Unit("1", 0, 1.04)]
    energy: Annotated[Floats, Unit("s")]


def mean_cosine(mounting: str, sine: Floats, cosine: Floats, half: Floats) -> Floats:
    """Mean cosine over one orbit for a Sun that is a point, 0 in shadow; arguments broadcast.

    Parameters
    ----------
    mounting : str
        ``two-axis`` gimbal (follows the Sun); ``normal-axis`` gimbal about the orbit's normal;
        ``velocity-axis`` gimbal about the direction of flight; ``normal-face``: fixed, facing along the
        orbit's normal on whichever side the Sun is; ``zenith-face`` and ``nadir-face``: fixed on the side
        away from Earth, and towards it.
    sine, cosine : array
        Of the angle b of the Sun above the plane.
    half : rad
        Half the arc h of the orbit in shadow, centred opposite to the Sun.

    Raises
    ------
    UserError
        For another mounting.

    Notes
    -----
    Closed forms. With f the angle along the orbit the Sun stands at (cos b cos f, cos b sin f, sin b) in
    zenith, along-track and normal direction; the mounting's cosine follows and is integrated from
    -(pi - h) to pi - h. ``velocity-axis`` is an incomplete elliptic integral of the second kind. A zenith
    face sees no shadow: where the Sun is above the local horizontal plane it is above Earth.
    """
    lit = 1.0 - half / np.pi
    if mounting == "two-axis":
        return np.asarray(lit)
    if mounting == "normal-axis":
        return np.asarray(cosine * lit)
    if mounting == "normal-face":
        return np.asarray(np.abs(sine) * lit)
    if mounting == "velocity-axis":
        return np.asarray(ellipeinc(np.pi - half, cosine * cosine) / np.pi)
    if mounting == "zenith-face":
        return np.asarray(cosine / np.pi + 0.0 * half)
    if mounting == "nadir-face":
        return np.asarray(cosine * (1.0 - np.sin(half)) / np.pi)
    known = ", ".join(name for name in MOUNTINGS if name != "mean-sun-face")
    raise problem("mounting", mounting, f"one of {known}", "two-axis")


def mean_sun_cosine(sun: SunYear, offset: float = 0.0) -> Floats:
    """Cosine between the Sun and a normal that turns with the mean Sun, shape (T, 1); 0 from behind.

    Parameters
    ----------
    sun : SunYear
        From `physics.light.sunlight.sun_year`.
    offset : rad
        Right ascension of the normal, which lies in the equator, less the mean Sun's. A sail that hangs
        north-south in a sun-synchronous plane with its node an hour off 06:00 or 18:00 has 15 deg.

    Notes
    -----
    What it loses against a gimbal is the Sun's declination and the equation of time: 4 % of the year at
    offset 0.
    """
    angle = mean_sun_right_ascension(sun.start + sun.elapsed) + offset
    facing = np.cos(angle) * sun.direction[0] + np.sin(angle) * sun.direction[1]
    return np.asarray(np.maximum(facing, 0.0))


def plane_incidence(
    altitude: Real,
    inclination: Real,
    raan: Real,
    year: int,
    *,
    mounting: Mounting,
    offset: float = 0.0,
) -> IncidenceYear:
    """A year of sunlight on the array of a mounting, in many planes at once.

    Parameters
    ----------
    altitude, inclination, raan : float or array
        Circular orbits (m, rad); the node holds on 1 January 0 h UTC.
    year : int
        Calendar year, 1972 to 2100.
    mounting : str
        As in `mean_cosine`, or ``mean-sun-face``: fixed in the equator against the mean Sun, a sail of a
        dawn-dusk orbit that turns once a year.
    offset : rad
        Of a mean-sun-face, see `mean_sun_cosine`; 0 for all others.

    Raises
    ------
    UserError
        For an orbit, a year or a mounting that is none.

    Notes
    -----
    Beta every 3 h, the Sun's disc in strips as in `physics.light.sunlight`: within 1e-5 of the light. Only
    the ``velocity-axis`` costs more than the light alone (elliptic integrals, about 10 s for 1,908 planes).
    """
    _require(mounting)
    arrays = np.broadcast_arrays(*(np.asarray(x, dtype=np.float64) for x in (altitude, inclination, raan)))
    height, tilt, node = (array.ravel() for array in arrays)
    sun = sun_year(year)
    nearer = (ASTRONOMICAL_UNIT / sun.distance) ** 2
    facing = mean_sun_cosine(sun, offset) if mounting == "mean-sun-face" else np.ones_like(nearer)
    seen = "two-axis" if mounting == "mean-sun-face" else mounting
    light, cosine, power = (np.empty(height.size) for _ in range(3))
    for sweep in sweeps(sun, height, tilt, node):
        lit, meeting = _over_disc(sun, sweep, seen)
        light[sweep.part] = year_mean(lit)
        cosine[sweep.part] = year_mean(meeting * facing)
        power[sweep.part] = year_mean(meeting * facing * nearer)
    factor = np.divide(cosine, light, out=np.zeros_like(light), where=light > 0.0)
    shape = arrays[0].shape
    return IncidenceYear(
        mounting=mounting,
        light=light.reshape(shape),
        factor=factor.reshape(shape),
        power=power.reshape(shape),
        energy=(power * sun.elapsed[-1]).reshape(shape),
    )


def _require(mounting: str) -> None:
    if mounting not in MOUNTINGS:
        raise problem("mounting", mounting, f"one of {', '.join(MOUNTINGS)}", "two-axis")


def _over_disc(sun: SunYear, sweep: Sweep, mounting: str) -> tuple[Floats, Floats]:
    """Light and mean cosine of each orbit, strip by strip of the Sun's disc, both of shape (T, planes)."""
    light, meeting = np.zeros_like(sweep.sine), np.zeros_like(sweep.sine)
    for place, weight in strips():
        half = np.arccos(np.minimum(cosine_ratio(sun, sweep, place), 1.0))
        light += weight * (1.0 - half / np.pi)
        meeting += weight * mean_cosine(mounting, sweep.sine, sweep.cosine, half)
    return light, meeting
