"""Compiled loops over satellites and instants: the place on the orbit, and the light there.

The coefficients of a satellite are a column of a table (`physics.motion.propagation.Motion`); every angle
in it is counted in half-turns (see `physics.motion.sincos`). Results go first to a small buffer of the
loop's own: the compiler then knows that writing them changes no coefficient, and works on several at once.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from dawndusk.core.compiled import inlined, kernel
from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.records import Floats
from dawndusk.physics.motion.sincos import sincos

# Ways to solve Kepler's equation, by the largest eccentricity for which the place stays right to a micrometre
# at 7,000 km: exactly, by one Newton step without trigonometry, by three Halley steps.
CIRCULAR, NEARLY_CIRCULAR, ECCENTRIC = 0, 1, 2
LIMITS: Final = (0.0, 0.01, 0.9)
# Rows of the table; the circular way needs the first seven, with the argument of latitude as PHASE.
AXIS, COSINE_TILT, SINE_TILT, NODE, NODE_RATE, PHASE, PHASE_RATE = range(7)
ECCENTRICITY, FLATNESS, PERIGEE, PERIGEE_RATE = range(7, 11)

BLOCK: Final = 512  # satellites or instants at a time: the buffers stay in the nearest cache
# Light behind a straight limb, 1/2 + (z sqrt(1 - z^2) + arcsin z)/pi, as 1/2 and an odd polynomial of z on
# [-1, 1] that is 1 at 1: least largest error, 4.6e-4 of the disc.
LIMB: Final = (0.64011604, -0.13991027, 0.06713152, -0.06733729)
INVERSE_PI: Final = 1.0 / math.pi


Place = tuple[float, float, float, float]  # x, y, z and distance from Earth's centre
Orbit = tuple[float, ...]  # a column of the table
Sky = tuple[float, ...]  # a column of Sun and shadow at one instant


@inlined
def turned(orbit: Orbit, since: float, ahead: float, aside: float, radius: float) -> Place:
    """A place in the plane (along the node, a quarter turn ahead of it) in the frame of the equator."""
    across, along = sincos(orbit[NODE] + orbit[NODE_RATE] * since)
    flat = aside * orbit[COSINE_TILT]
    return ahead * along - flat * across, ahead * across + flat * along, aside * orbit[SINE_TILT], radius


@inlined
def circular(orbit: Orbit, since: float) -> Place:
    """Place on a circular orbit."""
    sine, cosine = sincos(orbit[PHASE] + orbit[PHASE_RATE] * since)
    return turned(orbit, since, orbit[AXIS] * cosine, orbit[AXIS] * sine, orbit[AXIS])


@inlined
def from_perigee(orbit: Orbit, since: float, sine: float, cosine: float) -> Place:
    """Place from sine and cosine of the eccentric anomaly."""
    ahead = orbit[AXIS] * (cosine - orbit[ECCENTRICITY])
    aside = orbit[AXIS] * orbit[FLATNESS] * sine
    across, along = sincos(orbit[PERIGEE] + orbit[PERIGEE_RATE] * since)
    radius = orbit[AXIS] * (1.0 - orbit[ECCENTRICITY] * cosine)
    return turned(orbit, since, ahead * along - aside * across, ahead * across + aside * along, radius)


@inlined
def nudged(step: float, sine: float, cosine: float) -> tuple[float, float]:
    """Sine and cosine of an angle a small step on; wrong by a sixth of the step's cube."""
    bend = 0.5 * step * step
    return sine + step * cosine - bend * sine, cosine - step * sine - bend * cosine


@inlined
def nearly_circular(orbit: Orbit, since: float) -> Place:
    """Place on an orbit of eccentricity up to 0.01: E - M by series to second order, then one Newton step.

    The series is wrong by at most 1.5 e^3, the step leaves half of e times its square: 1e-14 rad.
    """
    sine, cosine = sincos(orbit[PHASE] + orbit[PHASE_RATE] * since)
    eccentricity = orbit[ECCENTRICITY]
    lead = eccentricity * sine * (1.0 + eccentricity * cosine)
    square = lead * lead
    up = lead * (1.0 - square * (1.0 / 6.0 - square / 120.0))
    over = 1.0 - square * (0.5 - square * (1.0 / 24.0 - square / 720.0))
    sine, cosine = sine * over + cosine * up, cosine * over - sine * up
    slope = eccentricity * cosine  # 1/(1 - slope) as a series: cheaper than a division, and right to 1e-8
    step = (eccentricity * sine - lead) * (1.0 + slope * (1.0 + slope * (1.0 + slope)))
    sine, cosine = nudged(step, sine, cosine)
    return from_perigee(orbit, since, sine, cosine)


@inlined
def halley(mean: float, eccentricity: float, anomaly: float) -> tuple[float, float, float]:
    """One Halley step towards Kepler's solution: the step, and sine and cosine from where it starts."""
    sine, cosine = sincos(anomaly * INVERSE_PI)
    slope = 1.0 - eccentricity * cosine
    newton = (mean - anomaly + eccentricity * sine) / slope
    return newton / (1.0 + 0.5 * newton * eccentricity * sine / slope), sine, cosine


@inlined
def eccentric(orbit: Orbit, since: float) -> Place:
    """Place on an orbit of eccentricity up to 0.9: three Halley steps from the least of three upper bounds.

    The last step is below 5e-6 rad at eccentricity 0.9, so its effect on sine and cosine is a short series.
    """
    phase = orbit[PHASE] + orbit[PHASE_RATE] * since
    part = phase - 2.0 * np.rint(0.5 * phase)
    eccentricity = orbit[ECCENTRICITY]
    mean = abs(part) * math.pi
    anomaly = min(mean / (1.0 - eccentricity), (mean + math.pi * eccentricity) / (1.0 + eccentricity))
    anomaly = min(anomaly, mean + eccentricity)
    anomaly += halley(mean, eccentricity, anomaly)[0]
    anomaly += halley(mean, eccentricity, anomaly)[0]
    step, sine, cosine = halley(mean, eccentricity, anomaly)
    sine, cosine = nudged(step, sine, cosine)
    return from_perigee(orbit, since, sine if part > 0.0 else -sine, cosine)


@kernel
def fill(table: Floats, way: int, since: float, start: int, stop: int, out: Floats) -> None:
    """Places of satellites `start` to `stop` at one instant, into columns of `out` (3, n)."""
    x, y, z = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    for first in range(start, stop, BLOCK):
        last = min(first + BLOCK, stop)
        a, ct, st = table[AXIS, first:last], table[COSINE_TILT, first:last], table[SINE_TILT, first:last]
        n0, n1 = table[NODE, first:last], table[NODE_RATE, first:last]
        p0, p1 = table[PHASE, first:last], table[PHASE_RATE, first:last]
        if way == CIRCULAR:
            for i in range(last - first):
                x[i], y[i], z[i], _ = circular((a[i], ct[i], st[i], n0[i], n1[i], p0[i], p1[i]), since)
        else:
            e, f = table[ECCENTRICITY, first:last], table[FLATNESS, first:last]
            w0, w1 = table[PERIGEE, first:last], table[PERIGEE_RATE, first:last]
            if way == NEARLY_CIRCULAR:
                for i in range(last - first):
                    orbit = (a[i], ct[i], st[i], n0[i], n1[i], p0[i], p1[i], e[i], f[i], w0[i], w1[i])
                    x[i], y[i], z[i], _ = nearly_circular(orbit, since)
            else:
                for i in range(last - first):
                    orbit = (a[i], ct[i], st[i], n0[i], n1[i], p0[i], p1[i], e[i], f[i], w0[i], w1[i])
                    x[i], y[i], z[i], _ = eccentric(orbit, since)
        out[0, first:last] = x[: last - first]
        out[1, first:last] = y[: last - first]
        out[2, first:last] = z[: last - first]


@inlined
def column(table: Floats, j: int, way: int) -> Orbit:
    """Coefficients of one satellite; zeros where a circular orbit has none."""
    plane = (
        *(table[AXIS, j], table[COSINE_TILT, j], table[SINE_TILT, j]),
        *(table[NODE, j], table[NODE_RATE, j], table[PHASE, j], table[PHASE_RATE, j]),
    )
    if way == CIRCULAR:
        return (*plane, 0.0, 1.0, 0.0, 0.0)
    shape = table[ECCENTRICITY, j], table[FLATNESS, j]
    return (*plane, *shape, table[PERIGEE, j], table[PERIGEE_RATE, j])


@kernel
def follow(table: Floats, way: int, since: Floats, start: int, stop: int, out: Floats) -> None:
    """Places of satellites `start` to `stop` at all instants, into rows of `out` (3, n, instants)."""
    x, y, z = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    for j in range(start, stop):
        orbit = column(table, j, way)
        for first in range(0, since.size, BLOCK):
            part = since[first : first + BLOCK]
            if way == CIRCULAR:
                for i in range(part.size):
                    x[i], y[i], z[i], _ = circular(orbit, part[i])
            elif way == NEARLY_CIRCULAR:
                for i in range(part.size):
                    x[i], y[i], z[i], _ = nearly_circular(orbit, part[i])
            else:
                for i in range(part.size):
                    x[i], y[i], z[i], _ = eccentric(orbit, part[i])
            out[0, j, first : first + BLOCK] = x[: part.size]
            out[1, j, first : first + BLOCK] = y[: part.size]
            out[2, j, first : first + BLOCK] = z[: part.size]


@inlined
def shaded(place: Place, sky: Sky) -> tuple[float, float]:
    """Lost part of the Sun's disc, and 1 where any is lost.

    `sky` is the unit vector to the Sun, the inverse of its distance, and its distance in radii of its own.
    The sine of the Sun's height above Earth's limb, in apparent radii of the Sun, says how much is seen; the
    Sun stands a little further from the anti-Earth direction for the satellite than for Earth's centre.
    """
    x, y, z, r = place
    sun_x, sun_y, sun_z, nearness, radii = sky
    behind = -(x * sun_x + y * sun_y + z * sun_z)
    off = math.sqrt(max(r * r - behind * behind, 0.0))
    deep = max(behind, 0.0)
    parallax = off * nearness * (1.0 - deep * nearness)
    limb = math.sqrt(r * r - EARTH_RADIUS * EARTH_RADIUS)
    height = ((off - deep * parallax) * limb - (deep + off * parallax) * EARTH_RADIUS) / (r * r)
    edge = height * radii * (1.0 + deep * nearness)
    edge = min(max(edge, -1.0), 1.0) if behind > 0.0 else 1.0
    square = edge * edge
    seen = edge * (LIMB[0] + square * (LIMB[1] + square * (LIMB[2] + square * LIMB[3])))
    dark = 1.0 if edge < 1.0 else 0.0
    return dark * (0.5 - seen), dark


@kernel
def shade(
    table: Floats, way: int, since: Floats, skies: Floats, start: int, stop: int, lost: Floats, dark: Floats
) -> None:
    """Sums over the instants, per satellite: lost part of the disc, and number of instants in any shadow."""
    sx, sy, sz, near, radii = skies[0], skies[1], skies[2], skies[3], skies[4]
    for j in range(start, stop):
        orbit = column(table, j, way)
        total, count = 0.0, 0.0
        if way == CIRCULAR:
            for k in range(since.size):
                sky = (sx[k], sy[k], sz[k], near[k], radii[k])
                part, shadow = shaded(circular(orbit, since[k]), sky)
                total += part
                count += shadow
        elif way == NEARLY_CIRCULAR:
            for k in range(since.size):
                sky = (sx[k], sy[k], sz[k], near[k], radii[k])
                part, shadow = shaded(nearly_circular(orbit, since[k]), sky)
                total += part
                count += shadow
        else:
            for k in range(since.size):
                sky = (sx[k], sy[k], sz[k], near[k], radii[k])
                part, shadow = shaded(eccentric(orbit, since[k]), sky)
                total += part
                count += shadow
        lost[j] = total
        dark[j] = count
