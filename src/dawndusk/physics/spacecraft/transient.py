"""Coolant and radiator over an orbit with a shadow, in the cycle that repeats itself.

Two lumped nodes: electronics with coolant, and the panel. Chips follow their coolant within seconds and need
no node of their own.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from dawndusk.core.constants import STEFAN_BOLTZMANN
from dawndusk.core.errors import problem
from dawndusk.core.records import Floats, Real, record

SUNLIT_STEPS: Final = 60  # of the sunlit part: 0.05 K
SHADOW_STEPS: Final = 40  # of the shadow: 0.05 K
FIRST: Final = np.linspace(0.0, 1.0, SUNLIT_STEPS + 1) ** 2  # shares of the phase: short steps after a jump
SECOND: Final = np.linspace(0.0, 1.0, SHADOW_STEPS + 1) ** 2
ROUNDS: Final = 5  # orbits followed until the cycle repeats itself within 1e-3 K


@record
class Nodes:
    """The two nodes and what joins them to each other and to space; fields broadcast."""

    capacity: Real  # J/K, electronics and coolant
    panel_capacity: Real  # J/K
    conductance: Real  # W/K, coolant to fin roots
    area: Real  # m2, planform
    emissivity: Real  # of each face
    efficiency: Real  # of the panel


@record
class Phase:
    """A part of the orbit with steady loads."""

    length: Real  # s
    load: Real  # W, into the coolant
    taken: Real  # W/m2, absorbed by both faces


@record
class Cycle:
    """An orbit that repeats itself: it begins as the sunlit part does. Time runs along the first axis."""

    time: Floats  # s
    coolant: Floats  # K
    panel: Floats  # K
    drift: Floats  # K, largest difference between end and start of the last round


Pair = tuple[Floats, Floats]


def orbit_cycle(nodes: Nodes, sunlit: Phase, shadow: Phase) -> Cycle:
    """Temperatures over an orbit that repeats itself.

    Parameters
    ----------
    nodes : Nodes
        Fields are numbers or arrays of designs.
    sunlit, shadow : Phase
        Of the same orbit; a shadow of length 0 is allowed. Shed compute as a smaller load in shadow.

    Returns
    -------
    Cycle
        Shape (101, ...).

    Raises
    ------
    UserError
        For a negative length, an orbit of no length, or an area, conductance or capacity of nothing.

    Notes
    -----
    Exponential Rosenbrock-Euler (Hochbruck & Ostermann 2010, Acta Numerica 19, 209,
    doi:10.1017/S0962492910000048, eq. 2.34): exact for the linearised nodes, second order in the rest,
    stable at any step (a panel of less than a second's time constant overshoots after a jump). Steps end
    where the shadow does. The start is mended after each round by the linearised orbit, (1 - exp(J P))^-1
    (end - start), so that a satellite of days' time constant needs no more rounds. Against an adaptive
    solver within 0.05 K with all compute shed and a panel of ten minutes' time constant.
    One efficiency stands for all temperatures, and the panel is one node: its cold end is half the coolant's
    rise colder.
    """
    _check(nodes, sunlit, shadow)
    period = np.asarray(sunlit.length + shadow.length)
    share = np.asarray(sunlit.length) / period
    mean = Phase(
        length=period,
        load=share * sunlit.load + (1 - share) * shadow.load,
        taken=share * sunlit.taken + (1 - share) * shadow.taken,
    )
    middle = _balance(nodes, mean)
    start = middle
    for turn in range(ROUNDS):
        path = [start]
        for phase, marks in ((sunlit, FIRST), (shadow, SECOND)):
            for span in np.diff(marks):
                path.append(_step(nodes, phase, path[-1], span * phase.length))
        ahead = (path[-1][0] - path[0][0], path[-1][1] - path[0][1])
        if turn < ROUNDS - 1:
            more = _mended(nodes, middle, ahead, period)
            start = (start[0] + more[0], start[1] + more[1])
    shape = path[-1][0].shape
    first, second = (m.reshape((-1,) + (1,) * len(shape)) for m in (FIRST[:-1], SECOND))
    times = [first * sunlit.length, sunlit.length + second * shadow.length]
    return Cycle(
        time=np.concatenate([np.broadcast_to(t, (t.shape[0], *shape)) for t in times]),
        coolant=np.stack([np.broadcast_to(p[0], shape) for p in path]),
        panel=np.stack([np.broadcast_to(p[1], shape) for p in path]),
        drift=np.maximum(np.abs(ahead[0]), np.abs(ahead[1])),
    )


def _check(nodes: Nodes, sunlit: Phase, shadow: Phase) -> None:
    for name, value in (("sunlit", sunlit.length), ("shadow", shadow.length)):
        if not np.all(np.asarray(value) >= 0):
            raise problem(f"{name}.length", f"{np.min(value):g} s", "0 s or more", "2100 s")
    if not np.all(np.asarray(sunlit.length + shadow.length) > 0):
        raise problem("sunlit.length", "an orbit of 0 s", "more than 0 s", "5700 s")
    for name in ("capacity", "panel_capacity", "conductance", "area", "emissivity", "efficiency"):
        value = np.asarray(getattr(nodes, name))
        if not np.all((value > 0) & np.isfinite(value)):
            raise problem(f"nodes.{name}", f"{value.min():g}", "a finite number above 0", "1")


def _balance(nodes: Nodes, phase: Phase) -> Pair:
    """Temperatures at which nothing changes."""
    gain = 2 * nodes.emissivity * STEFAN_BOLTZMANN
    flux = phase.load / (nodes.area * nodes.efficiency)
    panel = np.sqrt(np.sqrt(np.maximum(flux + phase.taken, 1.0) / gain))
    return np.asarray(panel + phase.load / nodes.conductance), np.asarray(panel)


def _rates(nodes: Nodes, phase: Phase, at: Pair) -> tuple[Pair, tuple[Real, Real, Real, Real]]:
    """Rates of both nodes, K/s, and the Jacobian by rows, 1/s."""
    coolant, panel = at
    through = nodes.conductance * (coolant - panel)
    gain = 2 * nodes.emissivity * STEFAN_BOLTZMANN
    given = nodes.area * nodes.efficiency
    cube = panel * panel * panel
    rates = (
        np.asarray((phase.load - through) / nodes.capacity),
        np.asarray((through - given * (gain * cube * panel - phase.taken)) / nodes.panel_capacity),
    )
    one, two = nodes.conductance / nodes.capacity, nodes.conductance / nodes.panel_capacity
    return rates, (-one, one, two, -two - 4 * given * gain * cube / nodes.panel_capacity)


def _step(nodes: Nodes, phase: Phase, at: Pair, span: Real) -> Pair:
    """One exponential step: at + span phi(span J) f."""
    rates, jacobian = _rates(nodes, phase, at)
    fast, slow, gap = _eigenvalues(jacobian)
    gain_fast, gain_slow = np.expm1(span * fast) / fast, np.expm1(span * slow) / slow
    slope = (gain_slow - gain_fast) / gap
    moved = _times(jacobian, rates)
    level = gain_fast - slope * fast
    return at[0] + level * rates[0] + slope * moved[0], at[1] + level * rates[1] + slope * moved[1]


def _mended(nodes: Nodes, middle: Pair, ahead: Pair, period: Real) -> Pair:
    """(1 - exp(J period))^-1 of what an orbit is ahead of its start."""
    still = Phase(length=period, load=0.0, taken=0.0)
    _, jacobian = _rates(nodes, still, middle)
    fast, slow, gap = _eigenvalues(jacobian)
    gain_fast, gain_slow = -1 / np.expm1(period * fast), -1 / np.expm1(period * slow)
    slope = (gain_slow - gain_fast) / gap
    moved = _times(jacobian, ahead)
    level = gain_fast - slope * fast
    return level * ahead[0] + slope * moved[0], level * ahead[1] + slope * moved[1]


def _eigenvalues(jacobian: tuple[Real, Real, Real, Real]) -> tuple[Floats, Floats, Floats]:
    """Both (negative) eigenvalues of the Jacobian, and their difference."""
    a, b, c, d = jacobian
    gap = np.sqrt((a - d) ** 2 + 4 * b * c)
    fast = 0.5 * (a + d - gap)
    return np.asarray(fast), np.asarray((a * d - b * c) / fast), np.asarray(gap)


def _times(jacobian: tuple[Real, Real, Real, Real], pair: Pair) -> Pair:
    a, b, c, d = jacobian
    return np.asarray(a * pair[0] + b * pair[1]), np.asarray(c * pair[0] + d * pair[1])
