"""Power systems sized for the end of life, and errors that name the balance."""

import numpy as np
import pytest

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.battery_life import chemistry
from dawndusk.physics.spacecraft.cells import cell, cell_ranges
from dawndusk.physics.spacecraft.eclipse_strategy import BusLoad
from dawndusk.physics.spacecraft.power_system import (
    Load,
    bus_demand,
    recharge_shortfall,
    require_battery,
    require_recharge,
    size_power,
)
from dawndusk.physics.spacecraft.shadow_calendar import LEVELS, ShadowCalendar
from dawndusk.physics.spacecraft.wing import Chain, bus_areal_power, wing_sky

LIFE = 5 * YEAR
LOAD = Load(compute=100e3, bus=3e3, pump=1e3, converter=0.95)
CALENDAR = ShadowCalendar(
    lengths=np.linspace(1250.0, 200.0, LEVELS)[:, None],
    orbits=np.full((LEVELS, 1), 180.0),
    longest=np.array([1272.0]),
    period=np.array([5770.0]),
)
SKY = wing_sky(575e3, 1.3, 0.0)
TIGHT = {"longest": 2100.0, "period": 5740.0, "efficiency": 0.9}


def sized(load=LOAD, share=1.0, name="silicon", **changes):
    """A power system of a dawn-dusk orbit."""
    found = {"calendar": CALENDAR, "cell": cell(name), "sky": SKY, "chain": Chain(), "damage": 1.2}
    found |= {"battery": chemistry("nickel"), "life": LIFE}
    return size_power(load, share=share, **(found | changes))


def test_the_last_orbit_closes():
    """Area times the aged, hot power per area is load and recharging; the rating is larger than both."""
    found = sized()
    areal = bus_areal_power(cell("silicon"), SKY, Chain(), remaining=found.remaining)
    assert found.array_area * areal == pytest.approx(104e3 / 0.95 + found.charge)
    assert found.array_eol == pytest.approx(found.array_area * areal)


def test_pump_power_goes_with_compute():
    """Pumps are fed in shadow by the share of compute that runs."""
    shed, kept = sized(share=0.0), sized(share=1.0)
    assert shed.charge == pytest.approx(3e3 / 0.95 * 1272 / (0.93 * 4498))
    assert kept.charge == pytest.approx(104e3 / 0.95 * 1272 / (0.93 * 4498))


def test_rates_stay_within_the_pack():
    """Charge and discharge over the nameplate are within the chemistry's rates."""
    pack = chemistry("nickel")
    found = sized(battery=replace(pack, discharge_rate=0.6 / 3600, charge_rate=0.15 / 3600))
    assert 104e3 / 0.95 / found.battery_energy <= 0.6 / 3600 * (1 + 1e-12)
    assert found.charge / found.battery_energy == pytest.approx(0.15 / 3600)


def test_draws_broadcast():
    """Drawn cells and loads give a row of sizes, all finite, the single case among them."""
    rng = np.random.default_rng(5)
    many = {k: r.quantile(rng.random(500)) for k, r in cell_ranges("silicon").items()}
    found = sized(
        cell=replace(cell("silicon"), **many), load=replace(LOAD, compute=rng.uniform(9e4, 11e4, 500))
    )
    assert found.array_area.shape == found.battery_energy.shape == (500,)
    assert np.all(np.isfinite(found.array_area))
    assert found.array_area.min() < sized().array_area < found.array_area.max()


def test_a_life_that_no_array_or_battery_reaches():
    """Ages that use up cells or pack make an infinite size, and no NaN."""
    dead = sized(damage=1e6)
    assert np.isinf(dead.array_area).all()
    old = sized(life=200 * YEAR)
    assert np.isinf(old.battery_energy).all()


def test_shortfall_is_zero_where_it_closes():
    """Load and recharging leave nothing over; a watt less is a watt short."""
    demand = BusLoad(run=100e3, bus=5e3)
    need = recharge_shortfall(array=0.0, demand=demand, share=1.0, **TIGHT)
    assert need == pytest.approx(105e3 * (1 + 2100 / (0.9 * 3640)))
    assert recharge_shortfall(array=need - 1, demand=demand, share=1.0, **TIGHT) == pytest.approx(1.0)
    require_recharge(array=float(need) + 1e-6, demand=demand, share=1.0, **TIGHT)


def test_an_array_that_can_never_recharge_says_what_closes():
    """Which balance fails, by how much; each of the three values it offers does close."""
    demand = BusLoad(run=100e3, bus=5e3)
    with pytest.raises(UserError, match=r"over the worst orbit, takes 172\.3 kW") as raised:
        require_recharge(array=150e3, demand=demand, share=1.0, **TIGHT)
    words = raised.value.problems[0]
    assert "22.3 kW (13 %) short" in words.expected
    assert words.write == (
        "an array of 172.3 kW at end of life, or a share of at most 0.652 of compute carried through "
        "shadow, or compute of at most 86.406 kW on the bus"
    )
    require_recharge(array=150e3, demand=demand, share=0.652, **TIGHT)
    require_recharge(array=150e3, demand=BusLoad(run=86.406e3, bus=5e3), share=1.0, **TIGHT)


def test_an_array_below_the_load_fails_in_sunlight():
    """Less than the load in sunlight is said as such, and no share in shadow is offered."""
    with pytest.raises(UserError, match="in sunlight the load alone takes 105 kW") as raised:
        require_recharge(array=90e3, demand=BusLoad(run=100e3, bus=5e3), share=0.0, **TIGHT)
    assert "share" not in raised.value.problems[0].write


def test_a_battery_that_rest_alone_wears_out():
    """A life beyond the chemistry's calendar is refused with the longest that closes."""
    pack = chemistry("nickel")
    require_battery(pack, cycles=100.0, life=LIFE, depth=0.5)
    with pytest.raises(UserError, match="a life below 144 yr"):
        require_battery(pack, cycles=100.0, life=200 * YEAR, depth=0.0)


def test_bus_demand_counts_converters():
    """Loads at the plugs are divided by the converter's efficiency."""
    found = bus_demand(LOAD)
    assert (found.run, found.bus) == pytest.approx((101e3 / 0.95, 3e3 / 0.95))
