"""Neighbours: exact pairs and approach rates of a million satellites; screening of 10,000 beside the rates.

Run: python -m benchmarks.neighbours
"""

from __future__ import annotations

import time

import numpy as np

from dawndusk.library.filing import read_constellation
from dawndusk.physics.motion.layout import elements_of, planes_of
from dawndusk.physics.motion.secular import positions
from dawndusk.physics.traffic.encounters import approach_rates, expected_pairs
from dawndusk.physics.traffic.phasing import safest_phases
from dawndusk.physics.traffic.proximity import nearest_distance, pair_counts, pairs_within
from dawndusk.validation.neighbours import screened

FILING = "spacex_2026_05"
EPOCH = 852076800.0  # s since J2000, January 2027
FAILED = 0.01


def timed(words, work):
    """Do it, print how long it took, hand back what came out."""
    started = time.perf_counter()
    found = work()
    print(f"{time.perf_counter() - started:7.2f} s  {words}", end="")
    return found


def main():
    """Print times and results."""
    planes = planes_of(read_constellation(FILING), EPOCH)
    safe = timed(f"safest phases of {planes.size:,} planes\n", lambda: safest_phases(planes))
    places = positions(elements_of(planes)[0], np.full(planes.total, EPOCH))
    radii = np.array([1e3, 5e3, 10e3])
    pairs = timed(f"pairs of {planes.total:,} satellites within 5 km: ", lambda: pairs_within(places, 5e3))
    print(f"{len(pairs):,}")
    counts = timed("counts within 1, 5 and 10 km: ", lambda: pair_counts(places, radii))
    print(", ".join(f"{count:,}" for count in counts))
    mean = timed(
        "what to expect of them on the average: ", lambda: [expected_pairs(planes, r) for r in radii[:2]]
    )
    print(", ".join(f"{number:,.0f}" for number in mean) + " (other planes, any phases)")
    nearest = timed("nearest neighbour of each: ", lambda: nearest_distance(places))
    print(f"median {np.median(nearest) / 1e3:.2f} km")
    for distance in (1e3, 100.0):
        for words, flown, phased in (("safest phases", safe, True), ("phases unknown", planes, False)):
            rates = timed(
                f"rates below {distance:g} m, {words}: ",
                lambda d=distance, f=flown, p=phased: approach_rates(f, d, failed=FAILED, phased=p),
            )
            by_group = " ".join(f"{rate:,.0f}" for rate in rates.kept_per_day())
            print(f"{by_group} a day, with failed ones {rates.unkept_per_day().sum():,.0f}")
    for row in timed("screening of 10,000 satellites over one turn\n", lambda: screened(1e3, 1)):
        print(f"{'':11}{row.quantity}: {row.published:.0f} counted, {row.ours:.0f} expected")


if __name__ == "__main__":
    main()
