"""Fins: efficiency against the integrated equation, and its limits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import solve_ivp
from scipy.optimize import brentq

from dawndusk.physics.spacecraft.fin import Panel, areal_mass, fin_efficiency, fin_number, panel_efficiency

PANEL = Panel(
    pitch=0.10, bore=6e-3, wall=1.5e-3, thickness=0.5e-3, conductivity=180.0, density=2700.0, bond=5000.0
)


def integrated(number, sink):
    """Efficiency by shooting from the tip of theta'' = N (theta^4 - s^4)."""

    def root(tip):
        run = solve_ivp(
            lambda _, y: [y[1], number * (y[0] ** 4 - sink**4)], [0, 1], [tip, 0], rtol=1e-9, atol=1e-12
        )
        return run.y[:, -1]

    tip = brentq(lambda t: root(t)[0] - 1, sink, 1.0, xtol=1e-13)
    return root(tip)[1] / (number * (1 - sink**4))


@pytest.mark.parametrize("sink", [0.0, 0.5, 0.8, 0.95])
@pytest.mark.parametrize(("number", "allowed"), [(0.05, 2e-4), (0.2, 1e-3), (1.0, 1e-2), (5.0, 1e-2)])
def test_efficiency_is_that_of_the_integrated_equation(number, sink, allowed):
    """The closed form is within 0.1 % of the integral to N = 0.2 and within 1 % to N = 5."""
    assert fin_efficiency(number, sink) == pytest.approx(integrated(number, sink), rel=allowed)


def test_infinite_fin_follows_from_the_first_integral():
    """A very long fin at no sink rejects sqrt(2/5 / N) of the ideal heat."""
    assert fin_efficiency(1e6) == pytest.approx(np.sqrt(0.4 / 1e6), rel=1e-3)


def test_small_fin_loses_four_thirds_of_its_number():
    """To first order the efficiency is 1 - 4 N / 3, whatever the sink."""
    lost = 1 - fin_efficiency(1e-5, np.array([0.0, 0.6, 0.99, 1.2]))
    np.testing.assert_allclose(lost, 4e-5 / 3, rtol=1e-3)


@given(st.floats(0, 10), st.floats(0, 10), st.floats(0, 1.2))
def test_efficiency_falls_with_the_number(one, other, sink):
    """A longer or thinner fin is never better, and efficiency stays between 0 and 1."""
    low, high = sorted((one, other))
    first, second = fin_efficiency(low, sink), fin_efficiency(high, sink)
    assert 0 < second <= first + 1e-12 <= 1 + 2e-12


def test_number_of_a_usual_panel():
    """Half a millimetre of aluminium, 4.55 cm long, at 340 K: N = 0.0918."""
    number = fin_number(340.0, emissivity=0.9, length=0.0455, conductivity=180.0, thickness=5e-4)
    assert number == pytest.approx(2 * 0.9 * 5.670374419e-8 * 340**3 * 0.0455**2 / 0.09, rel=1e-12)
    assert number == pytest.approx(0.0923, abs=1e-3)


def test_a_usual_panel_is_worth_nine_tenths():
    """Tubes every 10 cm on half a millimetre of aluminium give the 0.87-0.92 that studies assume."""
    assert 0.87 < panel_efficiency(PANEL, 340.0, 180.0, emissivity=0.9) < 0.92


def test_lost_loops_cost_efficiency_but_less_than_their_share():
    """With every second tube dry the panel keeps more than half of its heat."""
    whole = panel_efficiency(PANEL, 340.0, 180.0, emissivity=0.9)
    half = panel_efficiency(PANEL, 340.0, 180.0, emissivity=0.9, spread=2.0)
    assert 0.5 < half / whole < 0.85


def test_mass_of_fins_and_tubes():
    """Fin 1.35, tubes 0.954, ammonia 0.164 kg/m2."""
    assert areal_mass(PANEL, coolant_density=579.0) == pytest.approx(1.35 + 0.954 + 0.1637, abs=1e-3)
