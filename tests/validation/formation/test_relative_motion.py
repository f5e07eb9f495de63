"""Hill's equations and their J2 form: closed forms, and the differential equations they solve."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dawndusk.core.errors import UserError
from dawndusk.physics.motion.orbit import mean_motion, sun_synchronous_inclination
from dawndusk.validation.formation.relative_motion import (
    carried,
    oblateness_factor,
    radial_axis,
    staying,
    transition,
)

RATE = float(mean_motion(650e3))
TURN = 2.0 * np.pi / RATE


def test_hills_solution_is_the_one_in_the_textbooks() -> None:
    """Without J2 the matrix is Clohessy and Wiltshire's."""
    t = 1234.0
    s, c, n = np.sin(RATE * t), np.cos(RATE * t), RATE
    expected = np.array(
        [
            [4 - 3 * c, 0, 0, s / n, 2 * (1 - c) / n, 0],
            [6 * (s - n * t), 1, 0, -2 * (1 - c) / n, (4 * s - 3 * n * t) / n, 0],
            [0, 0, c, 0, 0, s / n],
            [3 * n * s, 0, 0, c, 2 * s, 0],
            [-6 * n * (1 - c), 0, 0, -2 * s, 4 * c - 3, 0],
            [0, 0, -n * s, 0, 0, c],
        ]
    )
    assert transition(RATE, t) == pytest.approx(expected, rel=1e-12, abs=1e-12)


@settings(max_examples=40, deadline=None)
@given(first=st.floats(-2e4, 2e4), second=st.floats(-2e4, 2e4), oblateness=st.floats(-0.01, 0.01))
def test_two_steps_are_one(first: float, second: float, oblateness: float) -> None:
    """Carrying over two times one after the other is carrying over their sum; back is the inverse."""
    one, two = transition(RATE, first, oblateness), transition(RATE, second, oblateness)
    scale = np.array([1.0, 1.0, 1.0, RATE, RATE, RATE])
    both = (two @ one - transition(RATE, first + second, oblateness)) * scale[None, :] / scale[:, None]
    assert np.abs(both).max() < 1e-8


@pytest.mark.parametrize("oblateness", [0.0, -6.3e-4, 0.05])
def test_the_matrix_solves_its_differential_equations(oblateness: float) -> None:
    """The time derivative of the matrix is the system's matrix times it."""
    square = 1.0 + oblateness
    system = np.zeros((6, 6))
    system[:3, 3:] = np.eye(3)
    system[3, 0], system[3, 4] = (5.0 * square - 2.0) * RATE**2, 2.0 * RATE * np.sqrt(square)
    system[4, 3], system[5, 2] = -2.0 * RATE * np.sqrt(square), -(3.0 * square - 2.0) * RATE**2
    t, step = 3000.0, 0.5
    slope = (transition(RATE, t + step, oblateness) - transition(RATE, t - step, oblateness)) / (2.0 * step)
    expected = system @ transition(RATE, t, oblateness)
    scale = np.array([1.0, 1.0, 1.0, RATE, RATE, RATE])
    assert np.abs((slope - expected) * scale[None, :] / scale[:, None]).max() < 1e-6 * RATE


@pytest.mark.parametrize("oblateness", [0.0, -6.3e-4])
def test_a_staying_satellite_comes_back(oblateness: float) -> None:
    """It is back after its period, and its ellipse is centred and 2 : k."""
    states = staying(np.array([[300.0], [-700.0]]), RATE, oblateness)
    period = TURN / np.sqrt(1.0 - oblateness)
    paths = carried(states, RATE, np.linspace(0.0, 3.0 * period, 3001), oblateness)
    assert paths[:, 0, -1] == pytest.approx(states[:, 0], abs=1e-7)
    radial, along = paths[0, 0], paths[1, 0]
    axis = radial_axis(oblateness)
    assert (radial / axis) ** 2 + (along / 2.0) ** 2 == pytest.approx(
        (300.0 / axis) ** 2 + 350.0**2, rel=1e-9
    )


def test_the_axes_under_j2() -> None:
    """At 650 km, sun-synchronous, s is -6.3e-4 and the axes 2 : 1.00063; at 54.7 deg s is zero."""
    s = oblateness_factor(650e3, sun_synchronous_inclination(650e3))
    assert s == pytest.approx(-6.300e-4, abs=1e-7)
    assert radial_axis(s) == pytest.approx(1.0 - s, abs=1e-6)
    assert oblateness_factor(650e3, np.arccos(-1.0 / 3.0) / 2.0) == pytest.approx(0.0, abs=1e-12)
    assert oblateness_factor(650e3, 0.0) == pytest.approx(1.5 * 8.917e-4, rel=1e-3)


def test_a_satellite_above_falls_behind() -> None:
    """Set down at rest a height x above, it falls behind by 12 pi x in an orbit."""
    found = carried(np.array([[1.0], [0], [0], [0], [0], [0]]), RATE, np.array([TURN]))
    assert found[1, 0, 0] == pytest.approx(-12.0 * np.pi, rel=1e-12)


@pytest.mark.parametrize("bad", [(0.0, 1.0, 0.0), (RATE, np.nan, 0.0), (RATE, 1.0, 0.4), (np.nan, 1.0, 0.0)])
def test_numbers_out_of_range_are_refused(bad: tuple[float, float, float]) -> None:
    """A mean motion of zero, no number, and an oblateness beyond the equations are the caller's mistake."""
    with pytest.raises(UserError, match="positive mean motion"):
        transition(*bad)
