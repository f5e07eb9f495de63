"""The Sun: apparent geocentric direction and distance, and the mean Sun of civil time.

Directions are unit vectors in the mean equator and equinox of date, shape (3, ...); time is seconds TT
since J2000 (`dawndusk.core.time`).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core import time
from dawndusk.core.constants import ABERRATION, ASTRONOMICAL_UNIT, DAY
from dawndusk.core.records import Floats, Real

MILLENNIUM: Final = 365250.0 * DAY  # s, Julian millennium: the time unit of VSOP87

# VSOP87D of the Earth, largest terms: amplitude (1e-8 rad or au), phase (rad), rate (rad/millennium).
# Heliocentric longitude on the mean equinox of date: terms of 3.1e-6 rad and more.
_LONGITUDE: Final = (
    np.array(
        [
            (3341656, 4.6692568, 6283.0758500),
            (34894, 4.62610, 12566.15170),
            (3497, 2.7441, 5753.3849),
            (3418, 2.8289, 3.5231),
            (3136, 3.6277, 77713.7715),
            (2676, 4.4181, 7860.4194),
            (2343, 6.1352, 3930.2097),
            (1324, 0.7425, 11506.7698),
            (1273, 2.0371, 529.6910),
            (1199, 1.1096, 1577.3435),
            (990, 5.233, 5884.927),
            (902, 2.045, 26.298),
            (857, 3.508, 398.149),
            (780, 1.179, 5223.694),
            (753, 2.533, 5507.553),
            (505, 4.583, 18849.228),
            (492, 4.205, 775.523),
            (357, 2.920, 0.067),
            (317, 5.849, 11790.629),
        ]
    ),
    np.array([(206059, 2.678235, 6283.07585), (4303, 2.6351, 12566.1517), (425, 1.590, 3.523)]),
    np.array([(8720, 1.0721, 6283.0758), (309, 0.867, 12566.152)]),
)
_LONGITUDE_SECULAR: Final = (1.75347046, 6283.31966747, 5.2919e-4)  # rad, by power of the time
_DISTANCE: Final = (
    np.array(
        [
            (1670700, 3.0984635, 6283.0758500),
            (13956, 3.05525, 12566.15170),
            (3084, 5.1985, 77713.7715),
            (1628, 1.1739, 5753.3849),
            (1576, 2.8469, 7860.4194),
            (925, 5.453, 11506.770),
        ]
    ),
    np.array([(103019, 1.107490, 6283.075850), (1721, 1.0644, 12566.1517)]),
)
_DISTANCE_MEAN: Final = 1.00013989  # au


def _series(terms: Floats, millennia: Floats) -> Floats:
    amplitude, phase, rate = (terms[:, k].reshape(-1, *(1,) * millennia.ndim) for k in range(3))
    return np.asarray(1e-8 * np.sum(amplitude * np.cos(phase + rate * millennia), axis=0))


def sun_distance(seconds: Real) -> Floats:
    """Distance from Earth's centre to the Sun's (m).

    Parameters
    ----------
    seconds : float or array
        Seconds TT since J2000, years 1972 to 2100.

    Notes
    -----
    Source: Bretagnon & Francou (1988), VSOP87, Astron. Astrophys. 202, 309; series cut at 9e-6 au.
    Against DE421 every 6 h of 1972-2050 wrong by at most 2.3e-5 of the distance.
    """
    tau = np.asarray(seconds, dtype=np.float64) / MILLENNIUM
    periodic = [_series(terms, tau) * tau**k for k, terms in enumerate(_DISTANCE)]
    return ASTRONOMICAL_UNIT * (_DISTANCE_MEAN + periodic[0] + periodic[1])


def sun_longitude(seconds: Real) -> Floats:
    """Apparent ecliptic longitude of the Sun (rad, not reduced), mean equinox of date.

    Geometric longitude less the annual aberration; nutation is left out on purpose because orbits refer
    to the mean equator too.

    Parameters
    ----------
    seconds : float or array
        Seconds TT since J2000, years 1972 to 2100.

    Notes
    -----
    Source: Bretagnon & Francou (1988), VSOP87, Astron. Astrophys. 202, 309; aberration constant over
    distance, Meeus, *Astronomical Algorithms* (1998), ch. 25.
    """
    tau = np.asarray(seconds, dtype=np.float64) / MILLENNIUM
    powers = enumerate(zip(_LONGITUDE_SECULAR, _LONGITUDE, strict=True))
    earth = np.sum([(secular + _series(terms, tau)) * tau**k for k, (secular, terms) in powers], axis=0)
    aberration = ABERRATION * ASTRONOMICAL_UNIT / sun_distance(seconds)
    return np.asarray(earth + np.pi - aberration, dtype=np.float64)


def mean_obliquity(seconds: Real) -> Floats:
    """Mean obliquity of the ecliptic of date (rad).

    Parameters
    ----------
    seconds : float or array
        Seconds TT since J2000, years 1972 to 2100.

    Notes
    -----
    Source: Hilton et al. (2006), IAU 2006 precession, doi:10.1007/s10569-006-0001-2; terms above
    the first power (under 0.001 arcsec in a century) left out.
    """
    centuries = np.asarray(seconds, dtype=np.float64) / MILLENNIUM * 10.0
    return np.asarray(np.deg2rad((84381.406 - 46.836769 * centuries) / 3600.0))


def sun_direction(seconds: Real) -> Floats:
    """Unit vector from Earth's centre to the apparent Sun, mean equator and equinox of date.

    Parameters
    ----------
    seconds : float or array
        Seconds TT since J2000, years 1972 to 2100.

    Returns
    -------
    ndarray
        Shape (3, ...), the shape of `seconds` behind the three components.

    Notes
    -----
    Against DE421 (apparent place through skyfield, no nutation, every 6 h) wrong by at most 0.00103 deg in
    2020-2050 (rms 0.0003 deg) and 0.00106 deg in 1972-2020. After 2050 it has not been compared; the
    series itself is made for centuries. The Sun's ecliptic latitude (at most 1.2 arcsec) is left out.
    """
    longitude, tilt = sun_longitude(seconds), mean_obliquity(seconds)
    sine = np.sin(longitude)
    return np.stack([np.cos(longitude), sine * np.cos(tilt), sine * np.sin(tilt)])


def mean_sun_right_ascension(seconds: Real) -> Floats:
    """Right ascension of the fictitious mean Sun (rad, not reduced): what mean local time is counted from.

    Mean local time = 12 h + (right ascension - this) / 15 deg. It is Greenwich mean sidereal time less
    universal time less 12 h.

    Parameters
    ----------
    seconds : float or array
        Seconds TT since J2000, years 1972 to 2100. UT1 is taken as UTC (4e-3 deg per second apart in
        Earth's rotation, but only 1e-5 deg in this angle).

    Notes
    -----
    Source: Aoki et al. (1982), Astron. Astrophys. 105, 359 (GMST of 1982), as in Meeus, *Astronomical
    Algorithms* (1998), eq. 12.4, without the cubic term. Against IAU 2006 within 0.001 deg in 1972-2050.
    """
    ut = np.asarray(seconds, dtype=np.float64) - time.utc_offset(seconds)
    centuries = ut / (36525.0 * DAY)
    return np.deg2rad(280.46061837 + 36000.770053608 * centuries + 3.87933e-4 * centuries**2)
