"""Battery, shedding or a part: balances of energy and time."""

import numpy as np
import pytest

from dawndusk.core.constants import YEAR
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.battery_life import chemistry
from dawndusk.physics.spacecraft.eclipse_strategy import (
    BusLoad,
    carried,
    largest_share,
    strategy,
)
from dawndusk.physics.spacecraft.shadow_calendar import LEVELS, ShadowCalendar

LIFE = 5 * YEAR
DEMAND = BusLoad(run=120e3, bus=4e3)
BATTERY = chemistry("nickel")


def season(days=96.0, longest=1272.0, period=5770.0):
    """Shadows of one season, half an ellipse, for one orbit; a column, so that samples fit beside it."""
    x = (np.arange(LEVELS)[:, None] + 0.5) / LEVELS
    orbits = np.full((LEVELS, 1), days * 86400 / period / LEVELS)
    whole = np.array([longest]), np.array([period])
    return ShadowCalendar(
        lengths=longest * np.sqrt(1 - x * x), orbits=orbits, longest=whole[0], period=whole[1]
    )


def told(calendar, demand=DEMAND):
    """Arguments of a strategy."""
    return {"demand": demand, "calendar": calendar, "battery": BATTERY, "life": LIFE}


def test_all_carried_and_all_shed():
    """All carried delivers the full load; shed loses the dark time, and a restart per shadow."""
    calendar = season()
    dark = float(calendar.dark_share[0])
    assert strategy(1.0, **told(calendar)).delivered == pytest.approx(120e3)
    assert strategy(0.0, **told(calendar)).delivered == pytest.approx(120e3 * (1 - dark))
    slow = replace(DEMAND, restart=120.0)
    lost = float(calendar.orbits.sum()) * 120 / YEAR
    found = strategy(0.0, **told(calendar, slow)).delivered
    assert found == pytest.approx(120e3 * (1 - dark - lost))


def test_energy_and_charge_balance():
    """Charge in sunlight times efficiency gives back what the longest shadow takes."""
    calendar = season()
    found = strategy(0.4, **told(calendar))
    taken = (4e3 + 0.4 * 120e3) * 1272.0
    assert found.charge * (5770.0 - 1272.0) * BATTERY.efficiency == pytest.approx(taken)
    assert found.array == pytest.approx(124e3 + found.charge)


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
    calendar = season()
    need = strategy(0.37, **told(calendar)).array
    limits = {"demand": DEMAND, "longest": 1272.0, "period": 5770.0, "efficiency": BATTERY.efficiency}
    assert largest_share(array=need, **limits) == pytest.approx(0.37)
    assert largest_share(array=124.1e3, **limits) < 0


def test_no_shadow_needs_no_battery():
    """Without shadow every share is the same and no battery is needed."""
    none = ShadowCalendar(
        lengths=np.zeros((LEVELS, 1)),
        orbits=np.zeros((LEVELS, 1)),
        longest=np.zeros(1),
        period=np.array([6800.0]),
    )
    found = strategy(0.0, **told(none, BusLoad(run=1e5, bus=0.0)))
    assert found.energy == 0.0
    assert found.delivered == 1e5
    assert found.array == 1e5
