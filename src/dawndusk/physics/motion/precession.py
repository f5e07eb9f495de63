"""Precession: from the mean equator and equinox of date to those of J2000, which files ask for."""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.constants import DAY
from dawndusk.core.records import Floats, Real

_ARCSECOND: Final = np.pi / 648000.0  # rad
# Arcseconds by power of Julian centuries TT since J2000; Capitaine, Wallace & Chapront (2003), eq. 40
_ZETA: Final = (2.650545, 2306.083227, 0.2988499, 0.01801828)
_Z: Final = (-2.650545, 2306.077181, 1.0927348, 0.01826837)
_THETA: Final = (0.0, 2004.191903, -0.4294934, -0.04182264)

# Meeus (1998), ch. 22: the Moon's node and the mean longitudes of Sun and Moon (deg, deg per century);
# arcseconds by the node, twice the Sun, twice the Moon, twice the node
_NODE: Final = (125.04452, -1934.136261)
_SUN: Final = (280.4665, 36000.7698)
_MOON: Final = (218.3165, 481267.8813)
_ALONG: Final = np.array([-17.20, -1.32, -0.23, 0.21])
_ACROSS: Final = np.array([9.20, 0.57, 0.10, -0.09])
_OBLIQUITY: Final = 23.439  # deg; 0.01 deg a century matter here by millimetres


def precession_matrix(seconds: Real) -> Floats:
    """Rotation from J2000 to the mean equator and equinox of date, shape (3, 3, ...).

    Parameters
    ----------
    seconds : float or array
        Seconds TT since J2000, years 1972 to 2100.

    Notes
    -----
    Source: Capitaine, Wallace & Chapront (2003), IAU 2006 precession, doi:10.1051/0004-6361:20031539,
    eq. 40 to the third power (the rest stays below 1e-5 arcsec until 2100).
    """
    centuries = np.asarray(seconds, dtype=np.float64) / (36525.0 * DAY)
    zeta, z, theta = (
        sum(value * centuries**power for power, value in enumerate(series)) * _ARCSECOND
        for series in (_ZETA, _Z, _THETA)
    )
    cos_zeta, sin_zeta = np.cos(zeta), np.sin(zeta)
    cos_z, sin_z, cos_theta, sin_theta = np.cos(z), np.sin(z), np.cos(theta), np.sin(theta)
    return np.array(
        [
            [
                cos_z * cos_theta * cos_zeta - sin_z * sin_zeta,
                -cos_z * cos_theta * sin_zeta - sin_z * cos_zeta,
                -cos_z * sin_theta,
            ],
            [
                sin_z * cos_theta * cos_zeta + cos_z * sin_zeta,
                -sin_z * cos_theta * sin_zeta + cos_z * cos_zeta,
                -sin_z * sin_theta,
            ],
            [sin_theta * cos_zeta, -sin_theta * sin_zeta, cos_theta],
        ]
    )


def j2000_vectors(vectors: Floats, seconds: Real) -> Floats:
    """Vectors of the mean equator and equinox of date, turned to those of J2000 (EME2000).

    Parameters
    ----------
    vectors : array
        Shape (3, n) with one instant, or (3, n, instants). Velocities may be turned likewise: the turning of
        the frame itself is 6e-5 m/s in low orbit.
    seconds : float or array
        Seconds TT since J2000: a number, or shape (instants,).

    Notes
    -----
    EME2000 differs from GCRF and ICRF by 0.02 arcsec, 1 m in low orbit. Vectors in TEME (of SGP4) go through
    `vectors_of_date` first; the nutation would be missing otherwise, at most 0.4 km.
    """
    turn = precession_matrix(seconds)
    return np.asarray(np.einsum("ji...,jn...->in...", turn, vectors))


def teme_vectors(vectors: Floats, seconds: Real) -> Floats:
    """Vectors of the mean equator and equinox of date, turned to TEME, which SGP4 works in.

    Parameters
    ----------
    vectors : array
        Shape (3, n), or (3, n, instants).
    seconds : float or array
        Seconds TT since J2000, one or shape (instants,), years 1972 to 2100.

    Notes
    -----
    TEME has the true equator of date and the mean equinox: only the equator nods. Nutation of the node of the
    Moon and the longitudes of Sun and Moon, Meeus (1998), *Astronomical Algorithms*, ch. 22, good to 0.5
    arcsec, 17 m in low orbit.
    """
    return _nodded(vectors, seconds, 1.0)


def vectors_of_date(vectors: Floats, seconds: Real) -> Floats:
    """Vectors in TEME, turned to the mean equator and equinox of date: the inverse of `teme_vectors`."""
    return _nodded(vectors, seconds, -1.0)


def _nodded(vectors: Floats, seconds: Real, way: float) -> Floats:
    centuries = np.asarray(seconds, dtype=np.float64) / (36525.0 * DAY)
    node, sun, moon = np.deg2rad(_NODE), np.deg2rad(_SUN), np.deg2rad(_MOON)
    angles = np.array([a + b * centuries for a, b in (node, 2.0 * sun, 2.0 * moon, 2.0 * node)])
    longitude = way * (_ALONG @ np.sin(angles)) * _ARCSECOND * np.sin(np.deg2rad(_OBLIQUITY))
    tilt = way * (_ACROSS @ np.cos(angles)) * _ARCSECOND
    x, y, z = vectors
    return np.stack([x - longitude * z, y - tilt * z, z + longitude * x + tilt * y])
