"""Nanoseconds per satellite-step of the propagation, beside other libraries and the machine's own limit.

Everything runs in one go, so that the ratios hold whatever else the machine does. The limit is the bytes that
a position must read and write, over the memory bandwidth of the STREAM triad (a = b + 3 c, 24 bytes per
element). heyoka is not a dependency; it is measured where it is installed.
Run: python -m benchmarks.orbit
"""

from __future__ import annotations

import importlib
import os
import time

import numpy as np

from dawndusk.core.compiled import kernel, spread, thread_count
from dawndusk.core.constants import DAY, EARTH_RADIUS
from dawndusk.physics.motion import propagation, secular
from dawndusk.physics.motion.elements import Elements

EPOCH = 8.6e8
COUNTS = (100_000, 1_000_000)
STEPS = 32
TIMES = 9
TLES = 20_000  # of sgp4, which needs 6 us to set up each
TRIAD = 20_000_000  # elements: 480 MB, far more than any cache


def seconds(work, times=TIMES):
    """Shortest and median wall time of a few calls, after one that compiles."""
    work()
    found = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        found.append(time.perf_counter() - started)
    return min(found), float(np.median(found))


def satellites(count, eccentricity):
    """Random satellites between 500 and 2,000 km."""
    draw = np.random.default_rng(1).uniform
    shape = draw(0.0, eccentricity, count)
    values = ((EARTH_RADIUS + draw(5e5, 2e6, count)) / (1.0 - shape), shape, draw(0.0, np.pi, count))
    names = tuple(Elements.__annotations__)
    angles = draw(0.0, 2.0 * np.pi, (3, count))
    return Elements(**dict(zip(names, (*values, *angles, np.full(count, EPOCH)), strict=True)))


@kernel
def triad(a, b, c, start, stop):
    """The STREAM triad on a part of three arrays."""
    for i in range(start, stop):
        a[i] = b[i] + 3.0 * c[i]


def bandwidth():
    """Bytes per second of the triad on all threads, best of a few."""
    a, b, c = (np.ones(TRIAD) for _ in range(3))
    return 24.0 * TRIAD / seconds(lambda: spread(lambda lo, hi: triad(a, b, c, lo, hi), TRIAD))[0]


def ours():
    """Name, satellites, best and median time of a satellite-step (s), bytes that it moves or None."""
    yield from (
        row for kind in (("circular", 0.0), ("e <= 0.01", 0.01), ("e <= 0.5", 0.5)) for row in _kind(*kind)
    )


def _kind(name, eccentricity):
    for count in COUNTS:
        motion = propagation.motion_of(satellites(count, eccentricity))
        out = np.empty((3, count))
        took = seconds(lambda: propagation.positions(motion, EPOCH + DAY, out))  # noqa: B023
        yield f"positions, {name}", count, *(t / count for t in took), 8.0 * (motion.table.shape[0] + 3)
    instants = EPOCH + np.arange(STEPS) * 180.0
    took = seconds(lambda: propagation.light(motion, instants), 3)
    yield f"fused light, {STEPS} steps, {name}", count, *(t / count / STEPS for t in took), None


def twin():
    """The plain numpy twin."""
    elements = satellites(COUNTS[0], 0.01)
    took = seconds(lambda: secular.positions(elements, EPOCH + DAY), 5)
    yield "numpy twin, e <= 0.01", COUNTS[0], *(t / COUNTS[0] for t in took), None


def catalogue():
    """Near-Earth satellites of the sgp4 package."""
    from sgp4.api import WGS72, Satrec

    draw = np.random.default_rng(2).uniform
    rows = np.stack(
        [draw(0.0, 0.01, TLES), *draw(0.0, 2.0 * np.pi, (3, TLES)), draw(0.055, 0.066, TLES)], axis=1
    )
    found = []
    for number, (shape, perigee, anomaly, node, rate) in enumerate(rows):
        satellite = Satrec()
        satellite.sgp4init(
            WGS72, "i", number, 27000.0, 1e-4, 0.0, 0.0, shape, perigee, 1.0, anomaly, rate, node
        )
        found.append(satellite)
    return found


def others():
    """sgp4's SatrecArray (one thread, positions and velocities), heyoka's SGP4 where there is one."""
    from sgp4.api import SatrecArray

    listed = catalogue()
    array, day = SatrecArray(listed), np.array([2460310.5])
    took = seconds(lambda: array.sgp4(day, np.array([0.25])), 5)
    yield "sgp4 SatrecArray, 1 thread", TLES, *(t / TLES for t in took), None
    try:
        heyoka = importlib.import_module("heyoka")
    except ImportError:
        print("heyoka is not installed: left out")
        return
    propagator = heyoka.model.sgp4_propagator(listed)
    minutes = np.full(TLES, 360.0)
    took = seconds(lambda: propagator(minutes), 5)
    yield "heyoka SGP4", TLES, *(t / TLES for t in took), None


def main():
    """Print each row with its ratio to the first, and the share of the triad's bandwidth."""
    limit = bandwidth()
    print(f"{thread_count()} threads, load {os.getloadavg()[0]:.1f}; triad {limit / 1e9:.1f} GB/s")
    print(
        f"{'ns per satellite-step':36}{'satellites':>11}{'best':>9}{'median':>9}{'ratio':>8}{'of triad':>10}"
    )
    first = None
    for name, count, best, median, moved in (*ours(), *twin(), *others()):
        first = first or best
        share = "" if moved is None else f"{moved / limit / best:.0%}"
        print(
            f"{name:36}{count:11,}{1e9 * best:9.2f}{1e9 * median:9.2f}{best / first:8.1f}{share:>10}",
            flush=True,
        )
    print("ratio: to the first row; of triad: share of the triad's bandwidth (100,000 fit into a cache)")
    print(f"triad at the end: {bandwidth() / 1e9:.1f} GB/s, load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
