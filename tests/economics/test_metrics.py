"""Waterfall, carbon, metrics, and the chain from a closed satellite to all of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.records import replace
from dawndusk.economics import carbon, ground_segment, launch_cost, metrics, projects, satellite_cost
from dawndusk.economics import waterfall as wf

SHARES = wf.Shares(powered=0.95, cooled=0.98, healthy=0.8, linked=0.97, used=0.8)
TERMS = projects.Money(rate=0.1, chip_rate=0.1, discount=0.1, price=2.0, horizon=13.0)
PRICES = satellite_cost.PartPrices(
    compute=28.0, array=3.0, battery=8.3e-5, radiator=3e3, loop=400.0, structure=400.0, propellant=7.0
)
AMOUNTS = satellite_cost.Amounts(
    compute=125e3,
    array=180e3,
    battery=3e7,
    radiator=110.0,
    loop=130.0,
    structure=400.0,
    propulsion=60.0,
    avionics=60.0,
    links=4.0,
    shielding=50.0,
    harness=60.0,
    propellant=40.0,
)
VEHICLE = launch_cost.Vehicle(price=60e6, payload=100e3, volume=900.0, reliability=0.97)


def orbit(terms=TERMS, mass=2100.0):
    """A satellite like AI1."""
    satellite = satellite_cost.satellite_cost(AMOUNTS, PRICES, size=120e3, units=1e4)
    return projects.in_orbit(
        satellite=satellite,
        launch=launch_cost.launch_cost(VEHICLE, mass=mass, volume=15.0, value=satellite.total),
        ground=ground_segment.ground_segment(1e4, gateways=100.0, life=5.0),
        satellites=1e4,
        terms=terms,
        power=120e3,
        mass=mass,
        installed=164.0,
        shares=SHARES,
        life=5.0,
        loss=0.01,
        platform_carbon=80.0 * 1400.0,
        methane=11.5,
        alumina_share=0.12,
    )


def ground(terms=TERMS):
    """The same chips in a building, 12.5 USD/W without chips."""
    return projects.on_ground(
        terms=terms,
        power=120e3,
        installed=164.0,
        shares=wf.Shares(powered=0.999, cooled=1.0, healthy=0.98, linked=1.0, used=0.8),
        chips=125e3 * 28.0,
        building=120e3 * 4.0,
        electrical=120e3 * 5.5,
        cooling=120e3 * 3.0,
        energy_price=0.07 / 3.6e6,
        pue=1.12,
        upkeep=5e4,
        failures=0.04,
    )


def named(project):
    """Metrics by name."""
    return {m.name: m for m in metrics.metrics(project.account)}


@given(*(st.floats(0, 1) for _ in range(5)))
def test_nothing_is_won_on_the_way(powered, cooled, healthy, linked, used):
    """Each stage keeps at most what the one before had, and the last is the product of all shares."""
    shares = wf.Shares(powered=powered, cooled=cooled, healthy=healthy, linked=linked, used=used)
    left = [amount for _, amount, _, _ in wf.waterfall(100.0, shares).table()]
    assert left == sorted(left, reverse=True)
    assert left[-1] == pytest.approx(100 * powered * cooled * healthy * linked * used)


def test_the_waterfall_has_words_for_each_stage():
    """Stages come in order with their share of the installed compute and what they count."""
    rows = list(wf.waterfall(164.0, SHARES).table())
    assert [r[0] for r in rows] == ["installed", "powered", "cooled", "healthy", "linked", "used"]
    assert rows[0][2] == 1.0
    assert all(r[3] for r in rows)


def test_methane_burns_to_carbon_dioxide():
    """16 g of methane give 44 g of CO2; a 1,150 t launch of 100 t emits 32 kg of CO2 per kg (E010: 18-32)."""
    assert pytest.approx(2.743, abs=1e-3) == carbon.METHANE_CO2
    burnt = carbon.launch_carbon(11.5, methane_supply=0.0, oxygen_supply=0.0)
    assert burnt == pytest.approx(31.5, abs=0.1)
    assert carbon.launch_carbon(11.5) > 1.3 * burnt


def test_carbon_adds_up():
    """Parts sum to the total, and the total over delivered hours is the metric."""
    found = orbit().carbon
    assert found.total == pytest.approx(found.chips + found.platform + found.launch + found.electricity)
    assert found.alumina == pytest.approx(0.12 * 2100)
    assert found.per_hour == pytest.approx(found.total / (orbit().stages.used * 8766 * 5))


def test_carbon_of_manufacture_by_part():
    """Masses times factors, with the same average for all unless said."""
    masses = {"array": 500.0, "structure": 300.0}
    assert carbon.manufacture(masses) == pytest.approx(80.0 * 800)
    own = carbon.PlatformFactors(array=200.0, structure=20.0)
    assert carbon.manufacture(masses, own) == pytest.approx(500 * 200 + 300 * 20)


def test_on_the_ground_the_grid_decides():
    """At 0.37 kg/kWh electricity is most of the carbon; without it what is left is manufacture."""
    found = ground().carbon
    assert found.electricity > 0.8 * found.total
    clean = carbon.carbon_on_ground(
        power=1e3, installed=1.0, hours=1.0, life=5.0, pue=1.1, grid=0.0, building_life=25.0
    )
    assert clean.total == pytest.approx(carbon.CARBON_PER_CHIP + 1.5 * 1e3 / 5)


def test_every_metric_says_where_it_ends():
    """Nine metrics, each with its unit and its boundary in words, no two the same."""
    for project in (orbit(), ground()):
        found = metrics.metrics(project.account)
        assert len(found) == 9
        assert len({m.boundary for m in found}) == 9
        assert all(m.unit and len(m.boundary) > 20 and np.isfinite(m.value) for m in found)


def test_metrics_hang_together():
    """PFLOP-days and tokens follow from the H100e-hour, capital with chips from that without."""
    found, account = named(orbit()), orbit().account
    hour = found["compute"].value
    assert found["PFLOP-day"].value == pytest.approx(hour * 24 / 0.989)
    assert metrics.pflop_day_cost(hour, precision="FP8") == pytest.approx(hour * 24 / 1.979)
    assert found["capital with chips"].value - found["capital without chips"].value == pytest.approx(
        account.compute / 120e3
    )
    assert account.charge == pytest.approx(sum(orbit().yearly.values()))


def test_launched_power_as_suncatcher_has_it():
    """575 kg at 200 USD/kg, 28.3 kW and 5 years make 813 USD per kW and year."""
    found = metrics.launched_power_price(575 * 200.0, power=28295.2, life=5.0) * 1e3
    assert found == pytest.approx(812.9, abs=0.1)


def test_ground_electricity_costs_what_it_should():
    """Energy at 70 USD/MWh and PUE 1.12 is 78.4; plant of 12.5 USD/W at 10 % adds 150 to 200."""
    assert 220 < named(ground())["electricity"].value < 290


def test_tokens_follow_the_rule_of_two():
    """A tenth of 1,979 TFLOP/s over 2 x 37e9 FLOP is 2,674 tokens a second."""
    load = metrics.TokenModel()
    assert metrics.tokens_per_second(load) == pytest.approx(2674, abs=1)
    assert metrics.million_tokens_cost(2.0, load) == pytest.approx(2.0 / (2674.3 * 3.6e-3), rel=1e-4)


@pytest.mark.parametrize("project", [orbit, ground])
def test_selling_at_cost_earns_nothing(project):
    """At the levelised cost as price, one rate for all, the net present value is zero over any horizon."""
    hour = named(project())["compute"].value
    at_cost = project(replace(TERMS, price=hour)).account
    scale = at_cost.charge * TERMS.horizon
    assert abs(at_cost.value) < 1e-9 * scale
    assert project(replace(TERMS, price=1.01 * hour)).account.value > 0


def test_cheaper_chips_later_raise_the_value():
    """If later chips are cheaper the same sales are worth more, and nothing else changes."""
    falling = orbit(replace(TERMS, chip_decline=0.2))
    assert falling.account.value > orbit().account.value
    assert falling.account.charge == orbit().account.charge


def test_draws_give_one_metric_each():
    """Arrays of masses go through the whole chain, and equal single calls."""
    masses = np.array([1500.0, 2100.0, 3000.0])
    many, one = named(orbit(mass=masses)), named(orbit(mass=3000.0))
    for name in ("launched power", "compute", "carbon", "net present value"):
        assert many[name].value.shape == (3,)
        assert many[name].value[2] == pytest.approx(one[name].value)
