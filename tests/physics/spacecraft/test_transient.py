"""The orbit's cycle of temperatures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import solve_ivp

from dawndusk.core.constants import STEFAN_BOLTZMANN
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.transient import Nodes, Phase, orbit_cycle

NODES = Nodes(capacity=4e5, panel_capacity=3e5, conductance=4e4, area=110.0, emissivity=0.9, efficiency=0.88)
SUNLIT = Phase(length=4500.0, load=155e3, taken=140.0)
SHADOW = Phase(length=1300.0, load=10e3, taken=120.0)


def followed(nodes, cycle):
    """The same cycle by an adaptive implicit solver, from the same start: coolant and panel."""
    gain = 2 * nodes.emissivity * STEFAN_BOLTZMANN

    def rates(_, y, phase):
        through = nodes.conductance * (y[0] - y[1])
        given = nodes.area * nodes.efficiency * (gain * y[1] ** 4 - phase.taken)
        return [(phase.load - through) / nodes.capacity, (through - given) / nodes.panel_capacity]

    at, parts = [cycle.coolant[0], cycle.panel[0]], []
    for phase, first, last in ((SUNLIT, 0, 61), (SHADOW, 60, 101)):
        times = cycle.time[first:last] - cycle.time[first]
        times[-1] = phase.length
        run = solve_ivp(rates, (0, phase.length), at, "Radau", times, args=(phase,), rtol=1e-8, atol=1e-8)
        at = run.y[:, -1]
        parts.append(run.y)
    return np.concatenate([parts[0], parts[1][:, 1:]], axis=1)


@pytest.mark.parametrize("capacity", [1e5, 4e5, 5e6])
def test_cycle_is_that_of_an_adaptive_solver(capacity):
    """With all compute shed in shadow both nodes stay within 0.05 K of solve_ivp, and the cycle closes."""
    nodes = replace(NODES, capacity=capacity)
    cycle = orbit_cycle(nodes, SUNLIT, SHADOW)
    exact = followed(nodes, cycle)
    np.testing.assert_allclose(cycle.coolant, exact[0], atol=0.05)
    np.testing.assert_allclose(cycle.panel, exact[1], atol=0.05)
    assert cycle.drift < 1e-3
    assert exact[:, -1] == pytest.approx(exact[:, 0], abs=0.05)


def test_more_capacity_swings_less():
    """Heat capacity smooths the cycle; the mean of the fourth power of the panel does not move."""
    nodes = replace(NODES, capacity=np.array([1e5, 4e5, 5e6, 5e7]))
    cycle = orbit_cycle(nodes, SUNLIT, SHADOW)
    swing = cycle.coolant.max(axis=0) - cycle.coolant.min(axis=0)
    assert np.all(np.diff(swing) < 0)
    assert np.all(cycle.drift < 1e-3)
    fourth = np.trapezoid(cycle.panel**4, cycle.time, axis=0) / 5800.0
    load = (4500 * 155e3 + 1300 * 10e3) / 5800 / (110 * 0.88)
    taken = (4500 * 140 + 1300 * 120) / 5800
    np.testing.assert_allclose(2 * 0.9 * STEFAN_BOLTZMANN * fourth, load + taken, rtol=2e-3)


def test_without_shadow_nothing_moves():
    """A shadow of no length leaves the steady temperatures."""
    cycle = orbit_cycle(NODES, SUNLIT, replace(SHADOW, length=0.0))
    assert np.ptp(cycle.coolant) < 1e-9
    emitted = 110 * 0.88 * (2 * 0.9 * STEFAN_BOLTZMANN * cycle.panel[0] ** 4 - 140.0)
    assert emitted == pytest.approx(155e3, rel=1e-9)


@settings(deadline=None, max_examples=15)
@given(st.floats(1, 1e9), st.floats(1e3, 1e9), st.floats(1e2, 1e6), st.floats(0, 3e5))
def test_stable_at_any_time_constant(capacity, panel_capacity, conductance, load):
    """From a second to years of time constant temperatures stay finite and below the sunlit balance."""
    nodes = replace(NODES, capacity=capacity, panel_capacity=panel_capacity, conductance=conductance)
    cycle = orbit_cycle(nodes, SUNLIT, replace(SHADOW, load=min(load, 155e3)))
    steady = orbit_cycle(nodes, SUNLIT, replace(SHADOW, length=0.0))
    assert np.all(np.isfinite(cycle.coolant))
    assert cycle.panel.min() > 150
    assert cycle.coolant.max() < steady.coolant[0] + 1.0


def test_bad_input_is_told():
    """A negative shadow and a panel without capacity are named."""
    with pytest.raises(UserError, match=r"shadow\.length"):
        orbit_cycle(NODES, SUNLIT, replace(SHADOW, length=-1.0))
    with pytest.raises(UserError, match=r"nodes\.panel_capacity"):
        orbit_cycle(replace(NODES, panel_capacity=0.0), SUNLIT, SHADOW)
