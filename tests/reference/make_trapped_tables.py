"""Makes the tables of `dawndusk.physics.environment.trapped` with aep8: run once, takes about eight minutes.

    python -m tests.reference.make_trapped_tables

AP8 and AE8 are evaluated on a grid of geocentric latitude and longitude on spheres of the table's
altitudes (above the equatorial radius), with aep8's field at the models' own epochs. Written are means
over longitude by altitude and latitude, and what a satellite meets of the South Atlantic Anomaly along a
month of its own ground track. Maps are kept only in memory.
"""

from __future__ import annotations

import csv
import sys
import warnings
from pathlib import Path

import numpy as np
from tests.reference.radiation_belts import DATE, local_flux

from dawndusk.core.constants import DAY
from dawndusk.physics.environment.trapped import MEV
from dawndusk.physics.motion.orbit import argument_of_latitude_rate, raan_rate

HERE = Path(__file__).resolve().parents[2] / "src" / "dawndusk" / "physics" / "environment" / "tables"
ALTITUDES = np.array(
    [*range(150, 701, 50), 800, 900, 1000, 1150, 1300, 1500, 1750, 2000, 2250, 2500], dtype=float
)  # km
LATITUDES = np.arange(-90.0, 90.1, 2.0)
LONGITUDES = np.arange(1.5, 360.0, 3.0)
ENERGIES = {
    "proton": np.array([1, 5, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300], dtype=float),
    "electron": np.array([0.1, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6], dtype=float),
}  # MeV
THRESHOLDS = (1.0, 10.0, 100.0)  # protons above 10 MeV, 1/(cm2 s)
INCLINATIONS = np.array(
    sorted({*range(0, 181, 5), *(x for i in (12.5, 17.5, 22.5, 27.5, 32.5) for x in (i, 180 - i))})
)
SIDEREAL_DAY = 86164.0905  # s
TRACK = np.arange(0.0, 30.0 * DAY, 20.0)  # s


def maps(altitude: float) -> dict[tuple[str, str], np.ndarray]:
    """(species, activity) -> integral flux, 1/(cm2 s), by energy, latitude, longitude."""
    latitude, longitude = np.meshgrid(np.radians(LATITUDES), np.radians(LONGITUDES), indexing="ij")
    return {
        (species, activity): local_flux(
            species, activity, energies[:, None, None] * MEV, altitude * 1e3, latitude, longitude
        )
        / 1e4
        for species, energies in ENERGIES.items()
        for activity in ("min", "max")
    }


def looked_up(grid: np.ndarray, latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    """Flux along a track, linear in its logarithm between points of a grid (latitude, longitude)."""
    logs = np.log(grid + 0.1)
    x = (np.degrees(latitude) + 90.0) / 2.0
    y = (np.degrees(longitude) - LONGITUDES[0]) % 360.0 / 3.0
    i, j = np.minimum(x.astype(int), LATITUDES.size - 2), y.astype(int) % LONGITUDES.size
    a, b, k = x - i, y - y.astype(int), (j + 1) % LONGITUDES.size
    low = (1 - b) * logs[i, j] + b * logs[i, k]
    high = (1 - b) * logs[i + 1, j] + b * logs[i + 1, k]
    return np.exp((1 - a) * low + a * high) - 0.1


def track(altitude: float, inclination: float) -> tuple[np.ndarray, np.ndarray]:
    """Geocentric latitude and longitude of a month, rad."""
    u = float(argument_of_latitude_rate(altitude * 1e3, inclination)) * TRACK
    node = (float(raan_rate(altitude * 1e3, inclination)) - 2 * np.pi / SIDEREAL_DAY) * TRACK
    return np.arcsin(np.sin(inclination) * np.sin(u)), np.arctan2(
        np.cos(inclination) * np.sin(u), np.cos(u)
    ) + node


def passages(inside: np.ndarray) -> tuple[float, float, float]:
    """Share of time inside, entries per day, and longest stay (s, a day at most)."""
    padded = np.concatenate([[False], inside, [False]]).astype(int)
    starts, ends = np.flatnonzero(np.diff(padded) == 1), np.flatnonzero(np.diff(padded) == -1)
    step = TRACK[1] - TRACK[0]
    longest = float((ends - starts).max(initial=0)) * step
    entries = np.count_nonzero(np.diff(inside.astype(int)) == 1) / (TRACK[-1] / DAY)
    return float(inside.mean()), float(entries), min(longest, DAY)


def anomaly(altitude: float, protons: np.ndarray) -> list[list[float]]:
    """Rows of the table of passages for one altitude; `protons` is AP8-min by energy and place."""
    energies = ENERGIES["proton"].tolist()
    rows = []
    for inclination in INCLINATIONS:
        place = track(altitude, np.radians(inclination))
        mild = looked_up(protons[energies.index(10.0)], *place)
        hard = looked_up(protons[energies.index(50.0)], *place)
        for threshold in THRESHOLDS:
            inside = mild > threshold
            fluence = float(hard[inside].sum() / max(hard.sum(), 1e-12))
            rows.append([altitude, inclination, threshold, *passages(inside), fluence])
    return rows


def write(name: str, header: list[str], rows: list[list[float]], digits: int) -> None:
    """One CSV file with so many significant digits."""
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows([f"{value:.{digits}g}" for value in row] for row in rows)


def main() -> None:
    """All three tables."""
    HERE.mkdir(exist_ok=True)
    means: dict[str, list[list[float]]] = {"proton": [], "electron": []}
    stays: list[list[float]] = []
    for altitude in ALTITUDES:
        found = maps(altitude)
        for (species, activity), flux in found.items():
            zonal = flux.mean(axis=-1)
            means[species] += [
                [float(activity == "max"), altitude, latitude, *zonal[:, k]]
                for k, latitude in enumerate(LATITUDES)
            ]
        stays += anomaly(altitude, found["proton", "min"])
        print(f"{altitude:g} km ({DATE})", file=sys.stderr, flush=True)
    for species, rows in means.items():
        heads = [f"{energy:g}" for energy in ENERGIES[species]]
        header = ["solar_max", "altitude_km", "latitude_deg", *heads]
        write(f"trapped_{species}s.csv", header, sorted(rows), 3)
    header = ["altitude_km", "inclination_deg", "threshold_cm2_s", "share", "per_day", "longest_s", "fluence"]
    write("anomaly.csv", header, sorted(stays), 4)


if __name__ == "__main__":
    warnings.simplefilter("error")
    main()
