"""Fits the coefficients of `dawndusk.physics.environment.dose` to SPENVIS's doses at 550 km, and prints them.

    python tests/reference/make_dose_fit.py

Least squares of the logarithm over 1 to 10 mm of aluminium: protons at 10 to 90 deg (one scale),
electrons (1 to 7 mm) and bremsstrahlung at 25 to 90 deg (three numbers each).
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
from scipy.optimize import least_squares

from dawndusk.physics.environment import dose
from dawndusk.physics.environment.trapped import spectrum

DATA = Path(__file__).with_name("spenvis_dose_550km.csv")
SHIELDS = np.array([1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 7.0, 10.0])  # mm
GRAYS_PER_SECOND = 1 / (100.0 * 5 * 365 * 86400.0)  # in rad in five years of 365 days


def published(part: str, tilts: range, shields: np.ndarray) -> np.ndarray:
    """Dose (Gy/s) by shield and inclination."""
    with DATA.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = {(float(r["inclination_deg"]), float(r["thickness_mm"])): float(r[part]) for r in rows}
    return np.array([[found[i, t] for i in tilts] for t in shields]) * GRAYS_PER_SECOND


def fit(names: list[str], start: list[float], part: str, tilts: range, shields: np.ndarray) -> None:
    """Print the named coefficients of one part, and what is left."""
    species, activity = ("proton", "min") if part.startswith("protons") else ("electron", "max")
    energies, flux = spectrum(species, activity, 550e3, np.radians(list(tilts)))
    function = getattr(dose, {"p": "proton_dose", "e": "electron_dose", "b": "bremsstrahlung_dose"}[part[0]])
    wanted = published(part, tilts, shields)

    def left(values: np.ndarray) -> np.ndarray:
        for name, value in zip(names, values, strict=True):
            setattr(dose, name, float(value))
        ours = np.array([function(energies, flux, t * 1e-3) for t in shields])
        return np.log(ours / wanted).ravel()

    found = least_squares(left, start)
    values = ", ".join(f"{name} {value:.4g}" for name, value in zip(names, found.x, strict=True))
    print(f"{values}: rms {np.std(found.fun):.3f}, worst {np.abs(found.fun).max():.3f}")


def main() -> None:
    """All three parts."""
    fit(["PROTON_SCALE"], [1.2], "protons_rad_5yr", range(10, 91, 5), SHIELDS)
    names = ["ELECTRON_SCALE", "ELECTRON_REACH", "ELECTRON_EDGE"]
    fit(names, [3.0, 1.1, 4.8], "electrons_rad_5yr", range(25, 91, 5), SHIELDS[:-1])
    names = ["BREMSSTRAHLUNG_SCALE", "BREMSSTRAHLUNG_POWER", "BREMSSTRAHLUNG_DECAY"]
    fit(names, [3e-3, 1.7, 1.0], "bremsstrahlung_rad_5yr", range(25, 91, 5), SHIELDS)


if __name__ == "__main__":
    main()
