"""Pumped loop: film, friction, pump, and loops that are pierced."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq
from scipy.stats import binom

from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.fin import Panel
from dawndusk.physics.spacecraft.loop import (
    AMMONIA,
    WATER,
    Loop,
    enough_alive,
    film_conductance,
    friction,
    loops_alive,
    nusselt,
    piercing_diameter,
    pump_share,
    pumped,
    reynolds,
    tube_length,
    tube_share,
)

PANEL = Panel(
    pitch=0.10, bore=6e-3, wall=1.5e-3, thickness=0.5e-3, conductivity=180.0, density=2700.0, bond=5000.0
)
LOOP = Loop(kind="single-phase", rise=15.0, velocity=0.5, pressure=1e5, pump=0.4, quality=0.7, boiling=5000.0)


@pytest.mark.parametrize("number", [4e3, 1e4, 1e5])
def test_friction_of_a_smooth_tube(number):
    """Turbulent friction is within 4 % of the law of Kármán and Prandtl."""
    law = brentq(lambda f: 1 / np.sqrt(f) - 2 * np.log10(number * np.sqrt(f)) + 0.8, 5e-3, 0.2)
    assert friction(number) == pytest.approx(law, rel=0.04)


def test_laminar_friction_is_that_of_hagen_and_poiseuille():
    """At Re 500 the factor is 64/Re: 32 mu L v / D^2."""
    assert friction(500.0) == pytest.approx(0.128)


@given(st.floats(10, 1e6), st.floats(10, 1e6))
def test_nusselt_never_falls(one, other):
    """Faster flow never takes up heat worse, and laminar flow has 48/11."""
    low, high = sorted((one, other))
    assert 48 / 11 - 1e-12 <= nusselt(low, 1.3) <= nusselt(high, 1.3) + 1e-9


@pytest.mark.parametrize("prandtl", [1.3, 5.0])
def test_turbulent_nusselt_is_that_of_petukhov(prandtl):
    """For liquids at Re 1e5 Petukhov's law (1970, Adv. Heat Transfer 6, 503), good to 6 %, is met."""
    eighth = (1.82 * np.log10(1e5) - 1.64) ** -2 / 8
    law = eighth * 1e5 * prandtl / (1.07 + 12.7 * np.sqrt(eighth) * (prandtl ** (2 / 3) - 1))
    assert nusselt(1e5, prandtl) == pytest.approx(law, rel=0.06)


def test_flow_balance():
    """155 kW over 15 K need 2.1 kg/s of ammonia: flow x heat x rise is what is carried, with the pump."""
    work = pumped(LOOP, AMMONIA, PANEL, heat=155e3, area=110.0)
    assert work.flow * AMMONIA.heat * LOOP.rise == pytest.approx(155e3 + work.power, rel=1e-12)
    assert work.power == pytest.approx(work.flow * work.pressure / (AMMONIA.density * LOOP.pump), rel=1e-12)
    assert 0.002 < work.power / 155e3 < 0.02


def test_tubes_carry_what_the_panel_rejects():
    """Tubes of the length found, side by side at the pitch, make up the panel and carry its flow."""
    length = tube_length(LOOP, AMMONIA, PANEL, 1000.0)
    tubes = 110.0 / (length * PANEL.pitch)
    flow = tubes * AMMONIA.density * LOOP.velocity * np.pi / 4 * PANEL.bore**2
    assert flow * AMMONIA.heat * LOOP.rise == pytest.approx(110e3, rel=1e-12)


def test_two_phase_loop_pumps_a_tenth():
    """Ammonia that boils to 70 % carries ten times the heat per kilogram of 15 K of liquid."""
    boiling = replace(LOOP, kind="two-phase")
    one = pumped(LOOP, AMMONIA, PANEL, heat=155e3, area=110.0)
    two = pumped(boiling, AMMONIA, PANEL, heat=155e3, area=110.0)
    assert one.flow / two.flow == pytest.approx(0.7 * 1.099e6 / (4930 * 15), rel=0.02)
    assert two.rise == 0.0


def test_film_is_in_series_with_the_bond():
    """With a perfect bond the film conducts better, and never better than Nusselt's number says."""
    number = reynolds(AMMONIA, LOOP.velocity, PANEL.bore)
    prandtl = AMMONIA.heat * AMMONIA.viscosity / AMMONIA.conductivity
    ideal = nusselt(number, prandtl) * AMMONIA.conductivity * np.pi / PANEL.pitch
    assert film_conductance(LOOP, AMMONIA, PANEL) < ideal
    perfect = replace(PANEL, bond=1e12)
    assert film_conductance(LOOP, AMMONIA, perfect) == pytest.approx(ideal, rel=1e-6)


def test_water_needs_more_flow_than_ammonia():
    """Per kilogram ammonia takes up 18 % more heat than water."""
    flows = [pumped(LOOP, c, PANEL, heat=155e3, area=110.0).flow for c in (WATER, AMMONIA)]
    assert flows[0] / flows[1] == pytest.approx(4930 / 4180, rel=0.01)


def test_pump_share_broadcasts():
    """Arrays of draws give arrays of shares."""
    loop = replace(LOOP, velocity=np.array([0.2, 0.5, 1.0]))
    assert np.all(np.diff(pump_share(loop, AMMONIA, PANEL, 1000.0)) > 0)


def test_a_wall_of_a_millimetre_and_a_half_stops_a_third_of_a_millimetre():
    """Cour-Palais: four diameters of aluminium at 10 km/s, and nearly in proportion."""
    assert piercing_diameter(1.5e-3) == pytest.approx(1.5e-3 / 4, rel=0.05)
    assert piercing_diameter(3e-3) / piercing_diameter(1.5e-3) == pytest.approx(2 ** (18 / 19), rel=1e-12)
    assert piercing_diameter(1.5e-3, 14e3) < piercing_diameter(1.5e-3)


def test_share_of_tubes():
    """Tubes of 6 mm every 10 cm are 6 % of the panel."""
    assert tube_share(PANEL) == pytest.approx(0.06)


@given(st.floats(0, 1e-7), st.floats(0, 3e8), st.integers(1, 6))
def test_chances_are_binomial(rate, age, loops):
    """Chances of the number of loops alive are those of the binomial law and add up to 1."""
    chances = loops_alive(rate, age, loops)
    assert chances.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(
        chances, binom.pmf(np.arange(loops + 1), loops, np.exp(-rate * age)), atol=1e-12
    )


def test_a_spare_loop_helps():
    """One loop of two needed is likelier than one of one; all of two less likely."""
    rate, age = 1e-9, 1.5e8
    alone = np.exp(-rate * age)
    assert enough_alive(rate, age, loops=2, needed=1) == pytest.approx(1 - (1 - alone) ** 2)
    assert enough_alive(rate, age, loops=2, needed=2) == pytest.approx(alone**2)
