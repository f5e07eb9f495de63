"""Entry rates of satellites in nearly the same plane, against simulation and against crossing planes."""

from __future__ import annotations

import numpy as np
import pytest

from dawndusk.physics.traffic import crossings, drifts
from dawndusk.physics.traffic.dispersion import Spread

RADIUS, RATE = 7.1e6, 1.05e-3


def _spread(altitude, eccentricity, tilt):
    return Spread(
        altitude=np.array([altitude**2]),
        eccentricity=np.array([eccentricity**2]),
        tilt=np.array([tilt**2]),
    )


def _rate(offset, across, spread, distance, *, closing=0.0, **slots):
    one = np.ones(1)
    held = {name: value * one for name, value in slots.items()}
    found = drifts.entry_rate(
        offset * one, across * one, RADIUS * one, RATE * one, closing * one,
        spread=spread, distance=distance, **held,
    )  # fmt: skip
    return [float(part[0]) for part in found]


def _simulated(offset, across, sds, distance, *, slot=None, along=0.0, pairs=20_000, turns=2, steps=700):
    """Entries per second and pair, and the standard error, from relative paths stepped in time."""
    random = np.random.default_rng(7)
    level = offset + sds[0] * random.standard_normal(pairs)
    (p, q), (r, s) = (sd * random.standard_normal((2, pairs)) for sd in sds[1:])
    time = 2.0 * np.pi * turns / RATE
    half = distance + 8.0 * sds[1] + 1.5 * RATE * time * (abs(offset) + 4.0 * sds[0])
    start = random.uniform(-half, half, pairs) if slot is None else random.normal(slot, along, pairs)
    first = random.uniform(0.0, 2.0 * np.pi, pairs)
    entries, inside = np.zeros(pairs), np.ones(pairs, dtype=bool)
    for seconds in np.linspace(0.0, time, steps * turns):
        c, d = np.cos(RATE * seconds), np.sin(RATE * seconds)
        x, swing = level - p * c + q * d, 2.0 * (p * d + q * c)
        y = start - 1.5 * RATE * level * seconds * (slot is None) + swing
        z = across * np.sin(first + RATE * seconds) + r * c + s * d
        now = x**2 + y**2 + z**2 < distance**2
        entries += now & ~inside
        inside = now
    scale = (2.0 * half / (2.0 * np.pi * RADIUS) if slot is None else 1.0) / time
    return entries.mean() * scale, entries.std() / np.sqrt(pairs) * scale


@pytest.mark.parametrize(
    ("offset", "across", "sds", "distance"),
    [
        (0.0, 0.0, (70.0, 400.0, 300.0), 3000.0),
        (1500.0, 1000.0, (70.0, 400.0, 300.0), 1000.0),
        (800.0, 4000.0, (100.0, 150.0, 100.0), 1500.0),
        (-500.0, 200.0, (50.0, 1200.0, 600.0), 700.0),
    ],
)
def test_drifting_pairs_simulated(offset, across, sds, distance):
    """Pairs stepped along their relative paths enter as often as the surface integral says, and no rarer."""
    seen, error = _simulated(offset, across, sds, distance)
    ours, _ = _rate(offset, across, _spread(*sds), distance)
    assert error < 0.1 * seen
    assert abs(ours - seen) < 3.5 * error + 0.02 * seen


def test_neighbours_in_slots_simulated():
    """Neighbours 4 km ahead, held by 1 km, enter as often as stepped paths do."""
    sds = (1.0, 500.0, 300.0)
    seen, error = _simulated(0.0, 0.0, sds, 2000.0, slot=4000.0, along=1000.0)
    ours, within = _rate(0.0, 0.0, _spread(*sds), 2000.0, slot=4000.0, along=1000.0**2)
    assert within == 0.0
    assert abs(ours - seen) < 3.5 * error + 0.02 * seen


@pytest.mark.parametrize("closing", [0.0, 2.0 * RATE * RADIUS])
@pytest.mark.parametrize("offset", [0.0, 700.0])
def test_planes_further_apart_are_crossing_planes(offset, closing):
    """At 40 km between planes, co- and counter-rotating, the rate is that of crossing planes."""
    across, distance, spread = 40e3, 1000.0, _spread(70.0, 300.0, 300.0)
    angle = across / RADIUS if closing == 0.0 else np.pi - across / RADIUS
    radial = float(np.sqrt(spread.radial[0]))
    window = 2.0 * crossings.radial_mean(offset, radial, distance)
    wanted = crossings.crossing_rate(window, np.cos(0.5 * angle), RADIUS, RATE)
    ours, within = _rate(offset, across, spread, distance, closing=closing)
    assert ours == pytest.approx(float(wanted), rel=2e-3)
    square = crossings.radial_mean(offset, radial, distance, power=1.0)
    assert within == pytest.approx(float(crossings.crossing_pairs(square, np.sin(angle), RADIUS)), rel=2e-3)


def test_head_on_in_one_plane_is_a_tube():
    """Counter-rotating satellites of one plane meet twice a turn if they pass within the distance."""
    ours, _ = _rate(0.0, 0.0, _spread(10.0, 10.0, 10.0), 1000.0, closing=2.0 * RATE * RADIUS)
    assert ours == pytest.approx(2.0 * RATE / (2.0 * np.pi), rel=1e-3)


def test_far_shells_never_meet():
    """An offset of many spreads beyond the distance gives nothing."""
    assert _rate(9e3, 100.0, _spread(70.0, 300.0, 300.0), 1000.0) == [0.0, 0.0]


def test_no_pairs_no_rates():
    """An empty list of pairs is answered by empty arrays."""
    nothing = np.zeros(0)
    spread = Spread(altitude=nothing, eccentricity=nothing, tilt=nothing)
    rate, within = drifts.entry_rate(*[nothing] * 5, spread=spread, distance=1000.0)
    assert rate.size == within.size == 0
