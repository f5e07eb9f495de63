"""Density of the upper atmosphere by NRLMSIS 2.1 itself: the oracle behind the shipped table of global means.

Source: Emmert et al. (2022), doi:10.1029/2022JA030896, through the package pymsis. Solar flux and Ap are
always given, so nothing is downloaded.
"""

from __future__ import annotations

import numpy as np
import pymsis

LATITUDES = np.arange(-85.0, 86.0, 10.0)  # deg, of the global mean
LONGITUDES = np.arange(-180.0, 180.0, 30.0)  # deg; at 0 h UT they are local times too
SEASONS = np.array(["2027-03-20", "2027-06-21", "2027-09-22", "2027-12-21"], dtype="datetime64[s]")


def msis(times, latitude, longitude, altitude, activity):
    """Density (kg/m3) at UTC times, geodetic places (rad) and heights above the ellipsoid (m), shape (n,)."""
    size = times.size
    found = pymsis.calculate(
        times,
        np.mod(np.rad2deg(longitude) + 180.0, 360.0) - 180.0,
        np.rad2deg(latitude),
        np.asarray(altitude) / 1e3,
        np.full(size, activity.f107),
        np.full(size, activity.f107a),
        np.full((size, 7), activity.ap),
        version=2.1,
    )
    return np.asarray(found[..., pymsis.Variable.MASS_DENSITY], dtype=np.float64)


def global_mean(altitude, activity):
    """Density (kg/m3) averaged over the globe and four seasons at heights (m), shape (n,).

    Area-weighted over a 10 by 30 deg grid at 0 h UT of equinoxes and solstices; a finer grid changes it by
    0.1 %, twelve months instead of four days by 1 %.
    """
    north = np.deg2rad(LATITUDES)
    weight = np.cos(north) / (np.cos(north).sum() * LONGITUDES.size * SEASONS.size)
    places = np.meshgrid(SEASONS, np.deg2rad(LONGITUDES), north, altitude, indexing="ij")
    times, east, north, height = (x.ravel() for x in places)
    found = msis(times, north, east, height, activity)
    return np.einsum("tolh,l->h", found.reshape(places[0].shape), weight)
