"""Battery, shedding or a part: the cheapest share against brute force, and where it must be."""

import numpy as np
import pytest

from dawndusk.core.constants import YEAR
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.battery_life import chemistry
from dawndusk.physics.spacecraft.eclipse_strategy import (
    Demand,
    Worth,
    carried,
    cheapest,
    largest_share,
    strategy,
)
from dawndusk.physics.spacecraft.shadow_calendar import LEVELS, ShadowCalendar

LIFE = 5 * YEAR
DEMAND = Demand(run=120e3, bus=4e3)
BATTERY = chemistry("nickel")


def season(days=96.0, longest=1272.0, period=5770.0):
    """Shadows of one season, half an ellipse, for one orbit; a column, so that samples fit beside it."""
    x = (np.arange(LEVELS)[:, None] + 0.5) / LEVELS
    orbits = np.full((LEVELS, 1), days * 86400 / period / LEVELS)
    whole = np.array([longest]), np.array([period])
    return ShadowCalendar(
        lengths=longest * np.sqrt(1 - x * x), orbits=orbits, longest=whole[0], period=whole[1]
    )


def alike():
    """The same shadow in every orbit of the year."""
    return ShadowCalendar(
        lengths=np.full((LEVELS, 1), 2100.0),
        orbits=np.full((LEVELS, 1), YEAR / 5740 / LEVELS),
        longest=np.array([2100.0]),
        period=np.array([5740.0]),
    )


def told(calendar, worth, **changes):
    """Arguments of a choice."""
    return {
        "demand": DEMAND,
        "calendar": calendar,
        "battery": BATTERY,
        "worth": worth,
        "life": LIFE,
    } | changes


def drawn(n=60):
    """Prices of many samples, from cheap to dear."""
    rng = np.random.default_rng(3)
    low, high = np.log([1e-5, 3.0, 1.0]), np.log([1e-3, 60.0, 300.0])
    battery, array, rest = np.exp(low[:, None] + (high - low)[:, None] * rng.random((3, n)))
    return Worth(battery=battery, array=array, rest=rest)


@pytest.mark.parametrize("calendar", [season(), season(days=300, longest=2000.0), alike()])
def test_cheapest_is_that_of_four_thousand_shares(calendar):
    """No share of a fine grid is cheaper by more than 2e-5, for any of 60 draws of prices."""
    worth = drawn()
    best = cheapest(**told(calendar, worth))
    costs = np.stack([strategy(x, **told(calendar, worth)).cost for x in np.linspace(0, 1, 801)])
    assert np.all(best.cost <= costs.min(axis=0) * (1 + 2e-5))
    assert len(np.unique(np.round(best.share, 2))) > 1


def test_shadows_that_are_alike_make_it_all_or_nothing():
    """Without rate limits the cost is a ratio of straight lines in the share: the best is 0 or 1."""
    quick = replace(BATTERY, charge_rate=1.0, discharge_rate=1.0)
    shares = cheapest(**told(alike(), drawn(), battery=quick)).share
    assert np.all((shares < 1e-9) | (shares > 1 - 1e-9))
    assert 0 < np.mean(shares) < 1


def test_a_part_is_best_for_some_prices_of_a_season():
    """With cells that hardly wear a season of unequal shadows makes a part best for many prices."""
    worth = Worth(array=5.0, battery=np.geomspace(1e-5, 3e-2, 200), rest=60.0)
    shares = cheapest(**told(season(), worth, battery=chemistry("titanate"))).share
    assert np.mean((shares > 0.05) & (shares < 0.95)) > 0.1
    assert shares[0] > 0.8
    assert shares[-1] < 0.05


def test_all_carried_and_all_shed():
    """All carried delivers the full load; shed loses the dark time, and a restart per shadow."""
    calendar = season()
    worth = Worth(array=5.0, battery=1e-4, rest=30.0)
    dark = float(calendar.dark_share[0])
    assert strategy(1.0, **told(calendar, worth)).delivered == pytest.approx(120e3)
    assert strategy(0.0, **told(calendar, worth)).delivered == pytest.approx(120e3 * (1 - dark))
    slow = replace(DEMAND, restart=120.0)
    lost = float(calendar.orbits.sum()) * 120 / YEAR
    found = strategy(0.0, **told(calendar, worth, demand=slow)).delivered
    assert found == pytest.approx(120e3 * (1 - dark - lost))


def test_energy_and_charge_balance():
    """Charge in sunlight times efficiency gives back what the longest shadow takes; cost is its sum."""
    calendar, worth = season(), Worth(array=7.0, battery=2e-4, rest=11.0, fixed=1e5)
    found = strategy(0.4, **told(calendar, worth))
    taken = (4e3 + 0.4 * 120e3) * 1272.0
    assert found.charge * (5770.0 - 1272.0) * BATTERY.efficiency == pytest.approx(taken)
    assert found.array == pytest.approx(124e3 + found.charge)
    total = 7 * found.array + 2e-4 * found.energy + 11 * 120e3 + 1e5
    assert found.cost * found.delivered == pytest.approx(total)


def test_carried_shares():
    """Half of the longest carries all of a shadow half as long; the rate caps it; nothing carries nothing."""
    calendar = season()
    shares = carried(calendar, 0.5)[:, 0]
    short = calendar.lengths[:, 0] <= 636.0
    assert np.all(shares[short] == 1.0)
    assert np.all(shares[~short] == pytest.approx(0.5 * 1272.0 / calendar.lengths[~short, 0]))
    assert np.all(carried(calendar, 0.5, headroom=1.2) <= 0.6)
    assert np.all(carried(calendar, 0.0) == 0.0)


def test_largest_share_of_a_given_array():
    """The array that a share needs allows just that share; without enough for the bus it is negative."""
    calendar, worth = season(), Worth(array=1.0, battery=1e-4, rest=1.0)
    need = strategy(0.37, **told(calendar, worth)).array
    limits = {"demand": DEMAND, "longest": 1272.0, "period": 5770.0, "efficiency": BATTERY.efficiency}
    assert largest_share(array=need, **limits) == pytest.approx(0.37)
    assert largest_share(array=124.1e3, **limits) < 0
    bound = cheapest(**told(calendar, Worth(array=1.0, battery=1e-9, rest=100.0)), most=0.37)
    assert bound.share == pytest.approx(0.37, abs=1e-4)


def test_no_shadow_needs_no_battery():
    """Without shadow every share is the same and no battery is needed."""
    none = ShadowCalendar(
        lengths=np.zeros((LEVELS, 1)),
        orbits=np.zeros((LEVELS, 1)),
        longest=np.zeros(1),
        period=np.array([6800.0]),
    )
    found = strategy(
        0.0, **told(none, Worth(array=1.0, battery=1.0, rest=1.0), demand=Demand(run=1e5, bus=0.0))
    )
    assert found.energy == 0.0
    assert found.delivered == 1e5
    assert found.array == 1e5
