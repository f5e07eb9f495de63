"""Make the packaged table of mean densities with NRLMSIS 2.1; run by hand, about a minute.

    python -m tests.reference.make_atmosphere

Writes ``src/dawndusk/physics/environment/tables/atmosphere.csv``:
global mean density by altitude and activity.
"""

import csv
from pathlib import Path

import numpy as np
from tests.reference.msis import global_mean

from dawndusk.physics.environment.atmosphere import ACTIVITIES

TARGET = Path(__file__).parents[2].joinpath("src/dawndusk/physics/environment/tables/atmosphere.csv")
PARTS = ((100, 200, 5), (200, 400, 10), (400, 1000, 20), (1000, 1500, 50), (1500, 3001, 100))
ALTITUDES = np.concatenate([np.arange(*part) for part in PARTS])  # km: at most a third of a scale height


def main():
    """Write the table."""
    names = list(ACTIVITIES)
    means = {name: global_mean(ALTITUDES * 1e3, ACTIVITIES[name]) for name in names}
    with TARGET.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["altitude_km", *names])
        for i, altitude in enumerate(ALTITUDES):
            out.writerow([altitude, *(f"{means[n][i]:.6e}" for n in names)])


if __name__ == "__main__":
    main()
