"""Screening over time: every approach of given satellites, found by stepping and refining.

The brute-force counterpart of `physics.traffic.encounters`, for tens of thousands of satellites over hours.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import numpy as np

from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Ints, record
from dawndusk.core.units import Unit
from dawndusk.physics.traffic.proximity import pairs_within

States = Callable[[float], tuple[Floats, Floats]]


@record
class Entries:
    """Entries of one satellite into the sphere around another, each array of shape (entries,).

    Parameters
    ----------
    seconds : array
        When the distance fell below the limit.
    first, second : array of int
        Numbers of the two satellites, the smaller first.
    closest : array
        Least distance of the straight relative path (m).
    speed : array
        Relative speed (m/s).
    """

    seconds: Annotated[Floats, Unit("s")]
    first: Ints
    second: Ints
    closest: Annotated[Floats, Unit("m")]
    speed: Annotated[Floats, Unit("m/s")]


def entries_within(states: States, start: float, steps: int, step: float, distance: float) -> Entries:
    """Every time that two satellites come closer than a distance.

    Parameters
    ----------
    states : function of seconds
        Positions (m) and velocities (m/s), each of shape (3, n), in one inertial frame.
    start : s
        Beginning of the window.
    steps : int
        Number of steps.
    step : s
        Length of a step. Relative paths are taken as straight within a step, which is wrong by about
        (orbital rate)2 x separation x step2 / 8: 0.06 m at 1 km and 20 s.
    distance : m
        Below which two satellites are near.

    Raises
    ------
    UserError
        For a step or a distance that is not above zero, or more neighbours than memory allows.

    Notes
    -----
    All pairs within distance + largest relative speed x step / 2 at the middle of a step are refined, so none
    is missed as long as the paths are straight. Pairs that are near from the start on are not entries.
    """
    if not (step > 0.0 and steps > 0):
        raise problem("step", f"{steps} x {step:g} s", "at least one step above 0 s", "4 s")
    found = [_entries(*states(t), t, 0.5 * step, distance) for t in start + step * (np.arange(steps) + 0.5)]
    seconds, pairs, closest, speed = (np.concatenate(part) for part in zip(*found, strict=True))
    return Entries(seconds=seconds, first=pairs[:, 0], second=pairs[:, 1], closest=closest, speed=speed)


def _entries(
    position: Floats, velocity: Floats, middle: float, half: float, distance: float
) -> tuple[Floats, Ints, Floats, Floats]:
    fastest = 2.0 * float(np.sqrt((velocity**2).sum(axis=0).max()))
    pairs = pairs_within(position, distance + fastest * half)
    apart = position[:, pairs[:, 0]] - position[:, pairs[:, 1]]
    moving = velocity[:, pairs[:, 0]] - velocity[:, pairs[:, 1]]
    closing, square = (apart * moving).sum(axis=0), np.maximum((moving**2).sum(axis=0), 1e-30)
    miss = (apart**2).sum(axis=0) - closing**2 / square
    enters = -closing / square - np.sqrt(np.maximum(distance**2 - miss, 0.0) / square)
    hit = (miss < distance**2) & (enters >= -half) & (enters < half)
    return middle + enters[hit], pairs[hit], np.sqrt(np.maximum(miss[hit], 0.0)), np.sqrt(square[hit])
