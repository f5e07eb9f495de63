"""Neighbours: pair counts, the kinetic limit, and statistical rates against brute-force screening.

Allowed differences were set before the first comparison: three standard deviations of what is counted, plus
3 % for what the closed forms leave out where they meet a simulation.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.constants import EARTH_RADIUS
from dawndusk.core.records import Floats, replace
from dawndusk.physics.motion import layout, orbit
from dawndusk.physics.motion.layout import Planes
from dawndusk.physics.traffic.dispersion import Dispersion
from dawndusk.physics.traffic.encounters import approach_rates, expected_pairs
from dawndusk.physics.traffic.proximity import pair_counts
from dawndusk.validation.row import Row
from dawndusk.validation.swarm import counted, drawn, position

STORIES: Final = {
    "random-shell": (
        "Pairs of satellites placed at random in a thick shell, counted one by one: the same code counts "
        "a million of the filing at an epoch."
    ),
    "pairs-at-instants": (
        "Pairs below a distance at sampled instants of the whole filing, counted and by the theory of rates."
    ),
    "kinetic-limit": (
        "Satellites in all directions in a thick shell collide like a gas: n sigma v in closed form. The "
        "theory of crossing planes has to reach it."
    ),
    "screening-10000": (
        "Ten thousand satellites on four shells, stepped through an orbit and screened pair by pair, beside "
        "the theory of rates that is used for a million."
    ),
    "screening-slots": (
        "The same with phases held: satellites stray around their slots, and only strays meet."
    ),
}
_MODEL = 0.03  # of the rate: curvature, speeds and finite numbers left out by the closed forms
_SIGMAS = 3.0


def rows() -> list[Row]:
    """All comparisons of this part."""
    return [*_random_shells(), *_instant(), _kinetic(), *screened(1e3, 1), *_slotted()]


def joined(*parts: Planes) -> Planes:
    """Planes of several parts, one group for each."""
    grouped = [replace(part, group=part.group + k) for k, part in enumerate(parts)]
    names = [n for n in Planes.__dataclass_fields__ if n != "epoch"]
    return Planes(epoch=0.0, **{n: np.concatenate([getattr(p, n) for p in grouped]) for n in names})


def shells(altitudes: list[float], inclination: float | None, planes: int, satellites: int) -> Planes:
    """Shells of evenly spaced planes; without an inclination, sun-synchronous."""
    parts = []
    for number, altitude in enumerate(altitudes):
        found = orbit.sun_synchronous_inclination(altitude) if inclination is None else inclination
        part = layout.walker(planes * satellites, planes, 0, inclination=float(found), altitude=altitude)
        parts.append(replace(part, shell=part.shell + number))
    whole = joined(*parts)
    return replace(whole, group=np.zeros_like(whole.group))


def ten_thousand() -> Planes:
    """Two shells of 30 deg and two of sun-synchronous planes among them, 2,500 satellites in each."""
    return joined(
        shells([565e3, 567.2e3], np.deg2rad(30.0), 10, 250), shells([565e3, 567.2e3], None, 2, 1250)
    )


def _random_shells() -> list[Row]:
    published = {
        (100_000, 10e3): 19,
        (100_000, 50e3): 2410,
        (1_000_000, 10e3): 1962,
        (1_000_000, 20e3): 15755,
    }
    made = []
    for satellites in (100_000, 1_000_000):
        radii = [r for n, r in published if n == satellites]
        counts = pair_counts(_random_shell(satellites), np.array(radii))
        for radius, ours in zip(radii, counts.tolist(), strict=True):
            theirs = published[satellites, radius]
            made.append(
                Row(
                    case="random-shell",
                    quantity=f"pairs within {radius / 1e3:g} km of {satellites:,} satellites",
                    unit="1",
                    published=float(theirs),
                    ours=float(ours),
                    allowed=_SIGMAS * np.sqrt(2.0 * theirs),
                    why="three standard deviations of the difference of two random draws",
                    source="project notes on the numeric stack, section 5 (k-d tree and hash agreed)",
                )
            )
    return made


def _random_shell(satellites: int) -> Floats:
    """Even over altitudes from 500 to 2,000 km and over directions."""
    random = np.random.default_rng(3)
    direction = random.standard_normal((3, satellites))
    direction *= (EARTH_RADIUS + random.uniform(500e3, 2000e3, satellites)) / np.sqrt(
        (direction**2).sum(axis=0)
    )
    return direction


def _instant() -> list[Row]:
    """Pairs in different planes at 20 epochs; independent draws, so that counts add up."""
    planes, distance, epochs = ten_thousand(), 10e3, 20
    found = 0
    for epoch in range(epochs):
        swarm = drawn(planes, Dispersion(), epoch, slotted=False)
        places = position(swarm, 0.0)
        found += int(pair_counts(places, np.array([distance]))[0])
        for plane in range(planes.size):
            found -= int(pair_counts(places[:, swarm.plane == plane], np.array([distance]))[0])
    expected = expected_pairs(planes, distance) * epochs
    return [
        Row(
            case="pairs-at-instants",
            quantity=f"pairs within 10 km of 10,000 satellites in different planes, {epochs} epochs",
            unit="1",
            published=float(found),
            ours=expected,
            allowed=_SIGMAS * np.sqrt(found) + 0.01 * found,
            why="three standard deviations of the count and 1 % for the curvature of the shell",
            source="exact count, dawndusk.physics.traffic.proximity",
        )
    ]


def _kinetic() -> Row:
    """Planes in all directions: the ideal gas on a sphere."""
    planes, distance, spread = 1500, 100.0, Dispersion(eccentricity=1e-4)
    number = np.arange(planes) + 0.5
    part = shells([700e3], 1.0, planes, 10)
    isotropic = replace(
        part,
        inclination=np.arccos(1.0 - 2.0 * number / planes),
        raan=np.mod(number * np.pi * (3.0 - np.sqrt(5.0)), 2.0 * np.pi),
    )
    radius = EARTH_RADIUS + 700e3
    sd = float(np.sqrt(spread.spread(np.array([radius])).radial[0]))
    pairs = 0.5 * planes * (planes - 1) * 10.0**2
    speed = 4.0 / np.pi * float(orbit.mean_motion(700e3)) * radius
    gas = pairs * np.pi * distance**2 * speed / (np.sqrt(2.0 * np.pi) * sd * 4.0 * np.pi * radius**2)
    ours = approach_rates(isotropic, distance, dispersion=spread, phased=False).kept.sum()
    return Row(
        case="kinetic-limit",
        quantity="approaches below 100 m of planes in all directions",
        unit="1/s",
        published=gas,
        ours=float(ours),
        allowed=0.015 * gas,
        why="1,500 planes instead of all directions, J2 in the rate, heights uneven over 100 m",
        source="kinetic theory: n sigma v with mean relative speed 4 v / pi on a sphere",
    )


def screened(distance: float, seed: int) -> list[Row]:
    """10,000 satellites of independent phases over one turn, all pairs, also within planes."""
    planes, step = ten_thousand(), 30.0
    steps = _steps_in_turn(planes, step)
    alike = Dispersion(loose=Dispersion().eccentricity)
    swarm = drawn(planes, alike, seed, slotted=False)
    counts, variance, _ = counted(planes, swarm, distance, steps=steps, step=step)
    rates = approach_rates(planes, distance, dispersion=alike, failed=1.0, drop=0.0).loose * steps * step
    made = []
    for a, b, name in ((0, 0, "30 deg"), (1, 1, "dawn-dusk"), (0, 1, "30 deg and dawn-dusk")):
        text = f"approaches below {distance / 1e3:g} km in one turn, {name}"
        seen, ours = ((1.0 + (a != b)) * float(table[a, b]) for table in (counts, rates))
        made.append(_screening_row("screening-10000", text, seen, ours, float(variance[a, b])))
    return made


def _slotted() -> list[Row]:
    """One shell whose satellites hold their slots, at a phasing where some planes nearly collide."""
    made = []
    for name, planes in (
        ("10 x 278 at 30 deg", shells([570e3], np.deg2rad(30.0), 10, 278)),
        ("2 x 800 dawn-dusk", shells([575e3], None, 2, 800)),
    ):
        steps, step = _steps_in_turn(planes, 30.0), 30.0
        swarm = drawn(planes, Dispersion(), 5, slotted=True)
        counts, variance, _ = counted(planes, swarm, 1e3, steps=steps, step=step)
        ours = float(approach_rates(planes, 1e3).kept.sum()) * steps * step
        text = f"approaches below 1 km in one turn, {name}, slots held"
        made.append(_screening_row("screening-slots", text, float(counts.sum()), ours, float(variance.sum())))
    return made


def _steps_in_turn(planes: Planes, step: float) -> int:
    """Steps in one turn: every satellite then passes each crossing once, or the counts would scatter more."""
    return round(float(orbit.nodal_period(planes.altitude, planes.inclination).mean()) / step)


def _screening_row(case: str, quantity: str, seen: float, ours: float, variance: float) -> Row:
    return Row(
        case=case,
        quantity=quantity,
        unit="1",
        published=seen,
        ours=ours,
        allowed=_SIGMAS * float(np.sqrt(variance)) + _MODEL * ours,
        why="three standard deviations of the count and 3 % for the closed forms",
        source="brute-force screening, dawndusk.validation.formation.screening",
    )
