"""Make the packaged table of mean densities with NRLMSIS 2.1; run by hand, about a minute.

    python -m tests.reference.make_atmosphere

Writes ``src/dawndusk/physics/environment/tables/atmosphere.csv``: by altitude and activity the global mean
density, and the mean along a dawn-dusk sun-synchronous circular orbit as a share of it.
"""

import csv
from pathlib import Path

import numpy as np
from tests.reference.msis import SEASONS, global_mean, msis

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.physics.environment.atmosphere import ACTIVITIES
from dawndusk.physics.motion.orbit import sun_synchronous_inclination

TARGET = Path(__file__).parents[2].joinpath("src/dawndusk/physics/environment/tables/atmosphere.csv")
PARTS = ((100, 200, 5), (200, 400, 10), (400, 1000, 20), (1000, 1500, 50), (1500, 3001, 100))
ALTITUDES = np.concatenate([np.arange(*part) for part in PARTS])  # km: at most a third of a scale height
FLATTENING = 1 / 298.257223563  # WGS 84
STEPS = 72  # along an orbit


def dawn_dusk_mean(altitude, activity):
    """Mean density (kg/m3) along a circular sun-synchronous orbit, LTAN 06:00, over four seasons.

    The altitude counts from the equatorial radius; MSIS is asked at the height above the ellipsoid, which
    is up to 21 km more over the poles.
    """
    tilt = float(sun_synchronous_inclination(max(altitude, 150e3)))
    along = 2 * np.pi * (np.arange(STEPS) + 0.5) / STEPS
    latitude = np.arcsin(np.sin(tilt) * np.sin(along))
    longitude = np.deg2rad(15.0 * 6.0) + np.arctan2(np.cos(tilt) * np.sin(along), np.cos(along))
    height = altitude + EARTH_RADIUS * FLATTENING * np.sin(latitude) ** 2
    times, where = np.repeat(SEASONS, STEPS), np.tile(np.arange(STEPS), SEASONS.size)
    return msis(times, latitude[where], longitude[where], height[where], activity).mean()


def main():
    """Write the table."""
    names = list(ACTIVITIES)
    means = {name: global_mean(ALTITUDES * 1e3, ACTIVITIES[name]) for name in names}
    with TARGET.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["altitude_km", *names, *(f"dawn_dusk_{name}" for name in names)])
        for i, altitude in enumerate(ALTITUDES):
            ratios = [dawn_dusk_mean(altitude * 1e3, ACTIVITIES[name]) / means[name][i] for name in names]
            out.writerow([altitude, *(f"{means[n][i]:.6e}" for n in names), *(f"{r:.4f}" for r in ratios)])


if __name__ == "__main__":
    main()
