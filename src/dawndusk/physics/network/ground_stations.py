"""Ground stations: where they are, where Earth's rotation carries them, which satellites they see."""

from __future__ import annotations

from typing import Annotated, Final

import numpy as np

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Ints, Real, record
from dawndusk.core.units import Unit

FLATTENING: Final = 1.0 / 298.257223563  # of the WGS 84 ellipsoid (NGA.STND.0036)
BLOCK: Final = 4_000_000  # station-satellite pairs looked at in one go: 32 MB per array


@record
class Sightings:
    """Pairs of a station and a satellite that it sees, sorted by station.

    Parameters
    ----------
    station, satellite : array of int
        Numbers of both, shape (pairs,).
    distance : array
        Slant range (m).
    sine : array
        Sine of the elevation over the station's horizon.
    """

    station: Ints
    satellite: Ints
    distance: Annotated[Floats, Unit("m")]
    sine: Annotated[Floats, Unit("1")]

    def count(self, stations: int) -> Ints:
        """Satellites seen by each of so many stations, shape (stations,)."""
        return np.bincount(self.station, minlength=stations)


def _angles(latitude: Real, longitude: Real) -> tuple[Floats, Floats]:
    north, east = np.broadcast_arrays(
        np.asarray(latitude, dtype=np.float64), np.asarray(longitude, dtype=np.float64)
    )
    for path, angle, most in (("latitude", north, np.pi / 2.0), ("longitude", east, 2.0 * np.pi)):
        good = np.abs(angle) <= most * (1.0 + 1e-12)
        if not np.all(good):
            read, limit = np.degrees([angle[~good].flat[0], most])
            expected = f"an angle in rad of -{limit:g} to {limit:g} deg"
            raise problem(path, f"{read:g} deg", expected, "np.radians(14.6042) for 14.6042 deg")
    return north, east


def zenith(latitude: Real, longitude: Real) -> Floats:
    """Unit vector straight up from a station, Earth-fixed, shape (3, ...).

    Parameters
    ----------
    latitude, longitude : float or array
        Geodetic, north and east positive (rad).
    """
    north, east = _angles(latitude, longitude)
    return np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])


def station_position(
    latitude: Real, longitude: Real, height: Real = 0.0, flattening: float = FLATTENING
) -> Floats:
    """Earth-fixed position of a station (m), shape (3, ...).

    Parameters
    ----------
    latitude, longitude : float or array
        Geodetic, north and east positive (rad).
    height : float or array
        Above the ellipsoid (m).
    flattening : float
        Of the ellipsoid; 0 for a sphere of the equatorial radius.

    Raises
    ------
    UserError
        For a latitude beyond 90 deg, a longitude beyond 360 deg, or an angle that is no number.

    Notes
    -----
    WGS 84 (NGA.STND.0036, 2014, ch. 4). A sphere instead moves a station by up to 21 km, so a round trip by
    up to 0.14 ms per ground link.
    """
    up = zenith(latitude, longitude)
    squash = (1.0 - flattening) ** 2
    across = EARTH_RADIUS / np.sqrt(up[0] ** 2 + up[1] ** 2 + squash * up[2] ** 2)
    return (np.stack([across, across, across * squash]) + height) * up


def turned(vectors: Floats, angle: Real) -> Floats:
    """Vectors turned east about Earth's axis: Earth-fixed to inertial by `rotation.earth_rotation`.

    Parameters
    ----------
    vectors : array
        Shape (3, ...).
    angle : float or array
        In rad, broadcast against (...); negative to turn back.
    """
    cosine, sine = np.cos(angle), np.sin(angle)
    x, y, z = vectors
    turned_x = cosine * x - sine * y
    return np.stack([turned_x, sine * x + cosine * y, np.broadcast_to(z, np.shape(turned_x))])


def sightings(
    stations: Floats,
    zeniths: Floats,
    positions: Floats,
    *,
    minimum_elevation: float = 0.0,
    longest: float = np.inf,
) -> Sightings:
    """Every station-satellite pair above an elevation and within a range.

    Parameters
    ----------
    stations, zeniths : array
        Positions (m) and upward unit vectors, shape (3, stations), in the frame of the satellites.
    positions : array
        Satellites, shape (3, satellites), m.
    minimum_elevation : float
        Over the station's horizon (rad), -pi/2 to pi/2; no refraction.
    longest : float
        Longest slant range (m).

    Notes
    -----
    A product of zenith and position drops all satellites below the plane of the horizon first (over nine in
    ten in low orbits), so a station costs one pass over the satellites: about 10 ms per million.
    """
    if not -np.pi / 2.0 <= minimum_elevation <= np.pi / 2.0:
        read = f"{np.degrees(minimum_elevation):g} deg"
        raise problem("minimum_elevation", read, "-90 to 90 deg, in rad", "np.radians(30)")
    rows = max(1, BLOCK // max(positions.shape[1], 1))
    parts = [
        _seen(stations[:, k : k + rows], zeniths[:, k : k + rows], positions, minimum_elevation, longest, k)
        for k in range(0, stations.shape[1], rows)
    ]
    station, satellite, distance, sine = (np.concatenate(column) for column in zip(*parts, strict=True))
    return Sightings(station=station, satellite=satellite, distance=distance, sine=sine)


def _seen(
    stations: Floats, zeniths: Floats, positions: Floats, elevation: float, longest: float, first: int
) -> tuple[Ints, Ints, Floats, Floats]:
    """Station, satellite, distance and sine of elevation of all pairs of a block of stations."""
    horizon = np.einsum("ks,ks->s", zeniths, stations)[:, None]
    if elevation >= 0.0:
        station, satellite = np.nonzero(zeniths.T @ positions >= horizon)
    else:
        station, satellite = (k.ravel() for k in np.indices((stations.shape[1], positions.shape[1])))
    away = positions[:, satellite] - stations[:, station]
    distance = np.sqrt(np.einsum("kn,kn->n", away, away))
    sine = np.einsum("kn,kn->n", away, zeniths[:, station]) / distance
    kept = (sine >= np.sin(elevation)) & (distance <= longest)
    return station[kept] + first, satellite[kept], distance[kept], sine[kept]


def slant_range(altitude: Real, elevation: Real) -> Floats:
    """Distance from the ground to a satellite at an elevation (m), round Earth.

    Parameters
    ----------
    altitude : float or array
        Of the satellite (m).
    elevation : float or array
        Over the horizon (rad), 0 to pi/2.

    Notes
    -----
    Law of sines in the triangle of station, satellite and Earth's centre; sphere of the equatorial radius.
    """
    sine = np.sin(elevation)
    height = np.asarray(altitude, dtype=np.float64)
    return np.asarray(
        np.sqrt((EARTH_RADIUS * sine) ** 2 + height * (2.0 * EARTH_RADIUS + height)) - EARTH_RADIUS * sine
    )


def flat_range(altitude: Real, elevation: Real) -> Floats:
    """Distance to a satellite at an elevation over a flat ground (m): altitude / sin(elevation).

    Parameters
    ----------
    altitude : float or array
        Of the satellite (m).
    elevation : float or array
        Over the horizon (rad), above 0 to pi/2.

    Notes
    -----
    What Kassing et al. (2020), doi:10.1145/3419394.3423635 (Hypatia), use in place of a least elevation: the
    longest ground link. It reaches further than the round Earth does: at 630 km and 30 deg 1,260 km instead
    of 1,124 km, where the true elevation is 25.2 deg. Use it to compare with their results.
    """
    return np.asarray(np.asarray(altitude, dtype=np.float64) / np.sin(elevation))
