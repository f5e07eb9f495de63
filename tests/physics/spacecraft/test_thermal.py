"""The network from chip to space: closed forms against integration, limits, derating."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad, solve_ivp
from tests.physics.spacecraft.rejection import net_flux

from dawndusk.core.constants import STEFAN_BOLTZMANN
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.fin import Panel
from dawndusk.physics.spacecraft.loop import AMMONIA, Loop
from dawndusk.physics.spacecraft.thermal import (
    ColdPlate,
    ThermalNetwork,
    flow_integral,
    power_limit,
    root_temperature,
    settled,
    sized,
)

NETWORK = ThermalNetwork(
    plate=ColdPlate(
        junction=4e-3, interface=4e-3, plate=6e-3, hbm=12e-3, junction_limit=378.15, hbm_limit=368.15
    ),
    coolant=AMMONIA,
    loop=Loop(
        kind="single-phase", rise=15.0, velocity=0.5, pressure=1e5, pump=0.4, quality=0.7, boiling=5000.0
    ),
    panel=Panel(
        pitch=0.10, bore=6e-3, wall=1.5e-3, thickness=0.5e-3, conductivity=180.0, density=2700.0, bond=5000.0
    ),
)
CASE = {"chip_power": 1833.0, "heat": 155e3, "taken": 110.0, "emissivity": 0.9}


def with_rise(rise):
    """The network with another rise of its coolant."""
    return replace(NETWORK, loop=replace(NETWORK.loop, rise=rise))


@given(st.floats(250, 400), st.floats(1, 60), st.floats(0, 200))
def test_flow_integral_is_the_integral(cold, rise, sink):
    """The closed form equals the quadrature of 1 / (T^4 - s^4)."""
    exact, _ = quad(lambda t: 1 / (t**4 - sink**4), cold, cold + rise)
    assert flow_integral(cold + rise, cold, sink) == pytest.approx(exact, rel=1e-7)


def test_flow_integral_without_sink():
    """At no sink it is a third of the difference of inverse cubes; below the sink no panel will do."""
    assert flow_integral(350.0, 330.0, 0.0) == pytest.approx((330.0**-3 - 350.0**-3) / 3, rel=1e-9)
    assert flow_integral(220.0, 190.0, 200.0) == np.inf


@given(st.floats(260, 400), st.floats(30, 2000), st.floats(0.5, 1), st.floats(0, 250))
def test_film_carries_what_the_root_radiates(coolant, film, efficiency, taken):
    """At the root found, film conductance times its drop is what the panel rejects there."""
    root = root_temperature(coolant, taken, emissivity=0.9, efficiency=efficiency, film=film)
    rejected = net_flux(root, taken, emissivity=0.9, fin_efficiency=efficiency)
    assert film * (coolant - root) == pytest.approx(rejected, abs=1e-3)


@pytest.mark.parametrize("rise", [5.0, 15.0, 40.0])
def test_area_is_that_of_the_integrated_flow(rise):
    """Coolant followed along the area found, by an adaptive solver, leaves at the supply temperature."""
    network = with_rise(rise)
    found = sized(network, **CASE)
    rate = found.loop.flow * AMMONIA.heat

    def slope(_, coolant):
        root = root_temperature(
            coolant, 110.0, emissivity=0.9, efficiency=found.efficiency, film=found.loop.film
        )
        return -net_flux(root, 110.0, emissivity=0.9, fin_efficiency=found.efficiency) / rate

    run = solve_ivp(slope, [0, found.area], [found.outlet], rtol=1e-9, atol=1e-9)
    assert run.y[0, -1] == pytest.approx(found.supply, abs=1e-4)


def test_sized_panel_has_the_hottest_node_at_its_limit():
    """One of junction and HBM sits at its limit, the other below."""
    found = sized(NETWORK, **CASE)
    assert found.hbm == pytest.approx(368.15)
    assert found.junction < 378.15
    assert found.outlet - found.supply == pytest.approx(15.0)


@pytest.mark.parametrize(("rise", "allowed"), [(15.0, 0.015), (40.0, 0.1)])
def test_sizing_and_rating_agree(rise, allowed):
    """The sized panel settles at the temperatures it was sized for, to 0.015 K at a rise of 15 K."""
    network = with_rise(rise)
    found = sized(network, **CASE)
    back = settled(network, area=found.area, **CASE)
    assert back.hbm == pytest.approx(found.hbm, abs=allowed)
    assert back.gradient == pytest.approx(found.gradient, rel=0.01)


def test_heat_balance_of_a_settled_panel():
    """Without a rise the panel rejects at its root just what the loop carries, pump included."""
    boiling = replace(NETWORK, loop=replace(NETWORK.loop, kind="two-phase"))
    found = settled(boiling, area=110.0, **CASE)
    rejected = 110.0 * net_flux(found.root, 110.0, emissivity=0.9, fin_efficiency=found.efficiency)
    assert rejected == pytest.approx(155e3 + found.loop.power, rel=1e-4)


def test_two_phase_sizing_and_rating_agree():
    """The isothermal panel of a boiling loop settles where it was sized."""
    boiling = replace(NETWORK, loop=replace(NETWORK.loop, kind="two-phase"))
    found = sized(boiling, **CASE)
    assert settled(boiling, area=found.area, **CASE).hbm == pytest.approx(found.hbm, abs=0.01)


def test_ideal_panel_is_the_law_of_stefan_and_boltzmann():
    """With perfect conduction and no rise to speak of, the area is heat over two-sided emission."""
    ideal = replace(
        with_rise(0.5),
        panel=replace(NETWORK.panel, conductivity=1e9, bond=1e9),
        loop=replace(NETWORK.loop, rise=0.5, velocity=50.0, pressure=0.0),
        plate=replace(NETWORK.plate, junction=0.0, interface=0.0, plate=0.0, hbm=0.0, hbm_limit=343.15),
    )
    found = sized(ideal, chip_power=0.0, heat=100e3, taken=0.0, emissivity=0.9)
    emission = 2 * 0.9 * STEFAN_BOLTZMANN * 343.15**4
    assert found.heat / found.area == pytest.approx(emission, rel=0.01)


@settings(deadline=None)
@given(st.floats(50e3, 200e3), st.floats(0.8, 0.95), st.floats(50, 250))
def test_more_heat_needs_more_area(heat, emissivity, taken):
    """Area grows with heat and with what is absorbed, and falls with emissivity."""
    base = {"chip_power": 1500.0, "heat": heat, "taken": taken, "emissivity": emissivity}
    area = sized(NETWORK, **base).area
    assert sized(NETWORK, **(base | {"heat": 1.1 * heat})).area > area
    assert sized(NETWORK, **(base | {"taken": taken + 20})).area > area
    assert sized(NETWORK, **(base | {"emissivity": emissivity + 0.02})).area < area


def test_no_panel_closes_above_the_limit():
    """Where the sink is hotter than the coolant may be, area is infinite and nothing is NaN."""
    found = sized(NETWORK, chip_power=1833.0, heat=155e3, taken=np.array([110.0, 2000.0]), emissivity=0.9)
    assert np.isfinite(found.area[0])
    assert found.area[1] == np.inf
    assert not any(np.isnan(x).any() for x in (found.heat, found.root, found.efficiency, found.gradient))


def limit_on(area, **changes):
    """Power of each of 65 chips on an area."""
    given = {"chips": 65.0, "other": 1e4, "loss": 1.03, "capacity": 1e4, "taken": 110.0, "emissivity": 0.9}
    return power_limit(NETWORK, area=area, **(given | changes))


@pytest.mark.parametrize("area", [60.0, 110.0, 300.0])
def test_power_at_the_limit_settles_at_the_limit(area):
    """Chips at the power found bring the hotter of junction and HBM to its limit within 0.05 K."""
    power = limit_on(area)
    heat = 65 * power * 1.03 + 1e4
    network = replace(
        with_rise(heat / 1e4), loop=replace(NETWORK.loop, rise=heat / 1e4, pressure=0.0, velocity=0.5)
    )
    found = settled(network, chip_power=power, heat=heat, area=area, taken=110.0, emissivity=0.9)
    excess = max(found.junction - 378.15, found.hbm - 368.15)
    assert excess == pytest.approx(0.0, abs=0.05)


def test_derating_curve():
    """Allowed power grows with area by less than in proportion, falls with age, and ends at nothing."""
    areas = np.array([20.0, 60.0, 110.0, 200.0, 400.0])
    powers = limit_on(areas)
    assert np.all(np.diff(powers) > 0)
    assert np.all(np.diff(powers / areas)[1:] < 0)
    assert limit_on(110.0, taken=150.0) < limit_on(110.0)
    assert limit_on(5.0) == 0.0


def test_draws_broadcast():
    """Arrays of draws, also in the records, give the numbers of the single cases."""
    rises, heats = np.array([10.0, 15.0]), np.array([100e3, 155e3])
    network = with_rise(rises)
    both = settled(network, chip_power=1500.0, heat=heats, area=110.0, taken=110.0, emissivity=0.9)
    alone = settled(with_rise(15.0), chip_power=1500.0, heat=155e3, area=110.0, taken=110.0, emissivity=0.9)
    assert both.junction[1] == pytest.approx(alone.junction, rel=1e-12)
