"""Count Starlink satellites by launch year: launched, and still listed at two dates.

Usage: python make_starlink_attrition.py LAUNCHLOG.tsv.gz FIRST_OMM.json.gz SECOND_TLE.gz > table.csv

The launch log is GCAT's (J. McDowell, planet4589.org, CC-BY), to 8 December 2024; the lists are
CelesTrak's GP data of 24 May 2025 (OMM) and 21 August 2026 (TLE). Only satellites of the log are counted,
also of 2024; those of 2025 are the ones in the first list.
"""

import csv
import datetime as dt
import gzip
import json
import math
import sys
from pathlib import Path

MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FIRST, SECOND = dt.date(2025, 5, 24), dt.date(2026, 8, 21)
ON_STATION = 450.0  # km: mean altitude above which a satellite is not on its way down

COLUMNS = [
    "cohort",
    "launched",
    "launches",
    "listed_2025_05",
    "on_station_2025_05",
    "listed_2026_08",
    "on_station_2026_08",
    "age_2025_05_yr",
    "age_2026_08_yr",
]


def launched(path: Path) -> dict[str, dt.date]:
    """Designator -> launch date of every Starlink payload of the log."""
    found = {}
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
        for line in file:
            cells = [x.strip() for x in line.split("\t")]
            if len(cells) > 4 and cells[3].startswith("P") and cells[4].startswith("Starlink"):
                year, month, day = cells[1].split()[:3]
                found[cells[2]] = dt.date(int(year), MONTHS.index(month) + 1, int(day))
    return found


def altitude(revolutions_per_day: float) -> float:
    """Mean altitude (km) by Kepler's third law."""
    return (398600.4418 / (revolutions_per_day * math.tau / 86400.0) ** 2) ** (1 / 3) - 6378.137


def listed_omm(path: Path) -> dict[str, float]:
    """Designator -> mean altitude (km)."""
    with gzip.open(path) as file:
        return {x["OBJECT_ID"]: altitude(x["MEAN_MOTION"]) for x in json.load(file)}


def listed_tle(path: Path) -> dict[str, float]:
    """Designator -> mean altitude (km); three lines each."""
    with gzip.open(path, "rt") as file:
        lines = file.read().splitlines()
    return {
        f"20{one[9:11]}-{one[11:17].strip()}": altitude(float(two[52:63]))
        for one, two in zip(lines[1::3], lines[2::3], strict=True)
    }


def main() -> None:
    """Write the table."""
    log, first, second = (
        f(Path(p)) for f, p in zip((launched, listed_omm, listed_tle), sys.argv[1:], strict=True)
    )
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    cohorts = {str(y): [k for k in log if log[k].year == y] for y in range(2019, 2025)}
    cohorts |= {tag: [k for k in log if k.startswith(tag)] for tag in ("2022-010", "2024-129")}
    cohorts["2025 listed in 2025-05"] = [k for k in first if k.startswith("2025")]
    for name, group in cohorts.items():
        born = [log[k] for k in group if k in log]
        ages = [sum((d - x).days for x in born) / max(len(born), 1) / 365.25 for d in (FIRST, SECOND)]
        counts = [
            sum(k in which and which[k] > above for k in group)
            for which in (first, second)
            for above in (-1e9, ON_STATION)
        ]
        out.writerow(
            [name, len(group), len({k[:8] for k in group}), *counts, *(f"{a:.2f}" if a else "" for a in ages)]
        )


if __name__ == "__main__":
    main()
