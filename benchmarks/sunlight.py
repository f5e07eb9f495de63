"""A year of sunlight for a million satellites: planes at once, beside the orbit-by-orbit calculation.

Run: python -m benchmarks.sunlight
"""

from __future__ import annotations

import time

import numpy as np

from dawndusk.core.time import seconds_from_utc
from dawndusk.library.filing import read_constellation
from dawndusk.physics.light import local_time, sunlight
from dawndusk.physics.light.eclipse import orbit_year
from dawndusk.physics.motion import layout

YEAR = 2027
SAMPLE = 40  # planes for the slow calculation


def timed(call):
    """What a call returns and the seconds it took, the better of two."""
    best = np.inf
    for _ in range(2):
        start = time.perf_counter()
        found = call()
        best = min(best, time.perf_counter() - start)
    return found, best


def main():
    """Print seconds for the filing and how far the two calculations are apart."""
    epoch = float(seconds_from_utc(f"{YEAR}-01-01"))
    filed = read_constellation("spacex_2026_05")
    planes, laid = timed(lambda: layout.planes_of(filed, epoch))
    (elements, _), spread = timed(lambda: layout.elements_of(planes))
    found, took = timed(lambda: sunlight.constellation_year(planes, YEAR))
    tolerance = np.array([group.raan_tolerance for group in filed.groups])[planes.group]
    edge, edges = timed(lambda: local_time.raan_edge(planes, tolerance, YEAR))
    rows = np.linspace(0, planes.size - 1, SAMPLE).astype(int)
    part = layout.select(planes, rows)
    slow, each = timed(
        lambda: orbit_year(altitude=part.altitude, inclination=part.inclination, raan=part.raan, year=YEAR)
    )
    off = np.abs(slow.sunlit_fraction - found.sunlit_fraction[rows]).max()
    print(
        f"{planes.size:,} planes in {laid * 1e3:.0f} ms, {elements.size:,} elements in {spread * 1e3:.0f} ms"
    )
    print(f"a year of every plane: {took:.2f} s; both edges of the nodes' tolerance: {edges:.2f} s")
    print(f"orbit by orbit: {each / SAMPLE * planes.size:.1f} s, {each / SAMPLE / took * planes.size:.0f}x")
    print(f"largest difference of the year's light: {off:.1e}")
    shown = sunlight.group_mean(planes, found.sunlit_fraction), sunlight.group_mean(planes, edge.edge)
    for group, light, aside in zip(filed.groups, *shown, strict=True):
        print(f"{group.name}: light {light:.2%}, at the edge of the tolerance {aside:.2%}")


if __name__ == "__main__":
    main()
