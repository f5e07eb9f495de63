"""Cost of a satellite by subsystem: sums, economies of size, learning."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.economics import satellite_cost as sc
from dawndusk.economics.learning import unit_price

ONE = sc.Amounts(**dict.fromkeys(sc.PARTS, 1.0))
AMOUNTS = {
    "compute": 120e3,
    "array": 180e3,
    "battery": 3e7,
    "radiator": 110.0,
    "loop": 130.0,
    "structure": 400.0,
    "propulsion": 60.0,
    "avionics": 60.0,
    "links": 4.0,
    "shielding": 50.0,
    "harness": 60.0,
    "propellant": 40.0,
}
PRICES = sc.PartPrices(
    compute=28.0, array=3.0, battery=8.3e-5, radiator=3e3, loop=400.0, structure=400.0, propellant=7.0
)
NO_SCALE = sc.Scale(**dict.fromkeys(sc.PARTS, 1.0))
NO_LEARNING = sc.Learning(**dict.fromkeys(sc.PARTS, 0.0))


def cost(size=120e3, made=500.0, scale=None, learning=None, amounts=None, units=1e4):
    """The usual satellite, with some things changed."""
    return sc.satellite_cost(
        sc.Amounts(**(amounts or AMOUNTS)),
        PRICES,
        size=size,
        made=made,
        units=units,
        scale=scale,
        learning=learning,
    )


def test_the_parts_add_up():
    """Without economies each part costs price times amount; shares and one unit's design come on top."""
    found = cost(scale=NO_SCALE, learning=NO_LEARNING)
    parts = {n: AMOUNTS[n] * getattr(PRICES, n) for n in sc.PARTS}
    bus = sum(x for n, x in parts.items() if n not in {"compute", "propellant"})
    assert found.compute == pytest.approx(120e3 * 28)
    assert found.platform == pytest.approx(bus * 1.14 * 1.2 + 280.0 + 1e9 / 1e4)
    assert found.total == pytest.approx(found.platform + found.compute)
    assert found.power + found.thermal == pytest.approx(
        sum(parts[n] for n in ("array", "battery", "radiator", "loop"))
    )


def test_every_line_says_what_it_holds():
    """Each line of the cost, subtotals apart, has its boundary in words."""
    assert set(sc.BOUNDARIES) == set(sc.SatelliteCost.__annotations__) - {"platform", "total"}


def test_reference_size_and_number_change_nothing():
    """At 100 kW and after 500 units the economies have no effect."""
    there = cost(size=sc.REFERENCE_POWER, made=sc.START_UNITS)
    without = cost(size=sc.REFERENCE_POWER, scale=NO_SCALE, learning=NO_LEARNING)
    assert there.total == pytest.approx(without.total)


@given(st.floats(1e3, 1e6), st.floats(0.7, 1.0))
def test_ten_times_the_size(size, scale):
    """A part of a ten times larger satellite costs 10^(scale - 1) per amount."""
    alike = sc.Scale(**dict.fromkeys(sc.PARTS, scale))
    small, large = (cost(size=s, scale=alike, learning=NO_LEARNING).array for s in (size, 10 * size))
    assert large / small == pytest.approx(10 ** (scale - 1))


@given(st.floats(0.0, 0.4), st.floats(1.0, 1e7))
def test_learning_is_wrights(rate, made):
    """What learning takes off is `learning.unit_price` from 500 units on."""
    expected = unit_price(1.0, made=made, start=500.0, rate=rate)
    alike = sc.Learning(**dict.fromkeys(sc.PARTS, rate))
    found = cost(made=made, scale=NO_SCALE, learning=alike).array / (AMOUNTS["array"] * PRICES.array)
    assert found == pytest.approx(expected)


def test_platforms_get_cheaper_per_watt_from_a_kilowatt_to_a_megawatt():
    """Per watt the default economies bring a megawatt satellite to 35 to 75 % of a kilowatt one."""
    price = []
    for size in (1e3, 1e6):
        grown = {n: x * size / 120e3 for n, x in AMOUNTS.items()}
        found = cost(size=size, amounts=grown)
        price.append((found.platform - found.nre) / size)
    assert 0.35 < price[1] / price[0] < 0.75


def test_draws_broadcast_and_match_single_calls():
    """A million draws are the same function: arrays of amounts, sizes and economies, sample axis last."""
    size, rate = np.array([1e4, 1e5, 1e6]), np.array([0.1, 0.2, 0.3])
    learning = sc.Learning(array=rate)
    found = cost(size=size, made=4000.0, learning=learning)
    alone = [
        cost(size=s, made=4000.0, learning=sc.Learning(array=r)).total
        for s, r in zip(size, rate, strict=True)
    ]
    assert found.total == pytest.approx(alone)
    assert found.array.shape == (3,)


def test_chips_learn_with_their_own_market():
    """By default making satellites makes no chips cheaper, but all platforms."""
    early, late = cost(made=500.0), cost(made=50_000.0)
    assert late.compute == early.compute
    assert late.platform < 0.4 * early.platform
