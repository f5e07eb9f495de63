"""Delivered compute from the parts of a satellite: limits that have closed forms, and the order of losses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.library.design import read_design
from dawndusk.physics.spacecraft.hazards import Hazard, known_hazard
from dawndusk.physics.spacecraft.health import (
    QUARTER,
    FailingParts,
    at_rates,
    delivered_by_age,
    delivered_share,
    failing_parts,
    mean_delivered,
    mean_left,
    planned_decline,
)

NEVER = Hazard(infant=0.0, infant_shape=1.0, random=0.0, wear_life=1e9 * YEAR, wear_shape=1.0)
PERFECT = FailingParts(
    chip=NEVER,
    board=NEVER,
    pump=NEVER,
    satellite=NEVER,
    spare_chips=0.0,
    pumps=2,
    pumps_needed=1,
    available=1.0,
)
REAL = FailingParts(
    chip=known_hazard("chip"),
    board=known_hazard("board"),
    pump=known_hazard("pump"),
    satellite=known_hazard("satellite"),
    spare_chips=0.1,
    pumps=4,
    pumps_needed=3,
    available=0.999,
)


def test_two_rates_are_the_old_closed_form():
    """With constant hazards of chips and satellites only, the mean over a life is (1 - exp(-x)) / x."""
    parts = replace(
        PERFECT,
        chip=replace(NEVER, random=-np.log1p(-0.068) / YEAR),
        satellite=replace(NEVER, random=-np.log1p(-0.01) / YEAR),
    )
    x = -5.0 * np.log((1 - 0.068) * (1 - 0.01))
    assert mean_delivered(parts, 5 * YEAR) == pytest.approx(-np.expm1(-x) / x, rel=1e-7)


def test_perfect_parts_deliver_all():
    """Nothing fails, all is delivered, but for power that fades."""
    assert delivered_share(PERFECT, 5 * YEAR) == pytest.approx(1.0, abs=1e-7)
    assert delivered_share(PERFECT, 5 * YEAR, powered=0.8) == pytest.approx(0.8, abs=1e-7)


def test_the_smaller_of_chips_and_power_counts():
    """Chips and power fading alike cost that once, and spare chips are of no use without power."""
    fading = replace(PERFECT, chip=replace(NEVER, random=0.05 / YEAR))
    power = np.exp(-0.05 * 3)
    assert delivered_share(fading, 3 * YEAR, powered=power) == pytest.approx(power, rel=1e-7)
    assert delivered_share(replace(fading, spare_chips=1.0), 3 * YEAR, powered=power) == pytest.approx(power)


@given(st.floats(0, 12), st.floats(0, 1))
def test_older_is_never_better(years, step):
    """Delivered compute never grows with age and lies between 0 and 1."""
    young, old = (float(delivered_share(REAL, a * YEAR)) for a in (years, years + step))
    assert 0 <= old <= young <= 1


@pytest.mark.parametrize("spare", [0.0, 0.1, 0.3])
def test_mean_is_the_integral(spare):
    """The mean over a life is that of the curve by age, within 1e-3, also where spares run out."""
    parts = replace(REAL, spare_chips=spare)
    ages = (np.arange(20000) + 0.5) / 20000 * 5 * YEAR
    assert mean_delivered(parts, 5 * YEAR) == pytest.approx(np.mean(delivered_share(parts, ages)), abs=1e-3)


def test_spares_of_chips_and_pumps_help():
    """Each spare adds to what a life delivers."""
    few = replace(REAL, spare_chips=0.0, pumps=3)
    shares = [mean_delivered(p, 5 * YEAR) for p in (few, replace(few, pumps=4), REAL, replace(REAL, pumps=5))]
    assert np.all(np.diff(shares) > 0)


def test_too_few_pumps():
    """More pumps needed than installed are refused."""
    with pytest.raises(UserError, match="2 installed, 3 needed"):
        delivered_share(replace(REAL, pumps=2, pumps_needed=3), YEAR)


def test_draws_stand_last():
    """Ages in rows and draws in columns give a table."""
    draws = replace(REAL, chip=replace(REAL.chip, random=np.array([1e-9, 2e-9])))
    assert np.shape(delivered_share(draws, np.arange(3.0)[:, None] * YEAR)) == (3, 2)
    assert np.shape(mean_delivered(draws, 5 * YEAR)) == (2,)


def parts_of_ai1(**changes):
    """AI1 at 600 km behind its wall."""
    design, _ = read_design("ai1-2026-06")
    return failing_parts(design, **({"radiator": 110.0, "altitude": 600e3, "protons": 1e-9} | changes))


def test_debris_and_upsets_take_their_share():
    """A larger radiator is pierced more often, more protons upset more chips."""
    usual = parts_of_ai1()
    assert mean_delivered(parts_of_ai1(radiator=220.0), 5 * YEAR) < mean_delivered(usual, 5 * YEAR)
    assert parts_of_ai1(protons=1e-8).available < usual.available < 1


def test_rates_of_a_year_come_back():
    """Chips and satellites lose the stated share of their number in a year by accidents, storms on top."""
    parts = at_rates(REAL, chip=0.068, satellite=0.01)
    assert -np.expm1(-parts.chip.random * YEAR) == pytest.approx(0.068)
    assert -np.expm1(-parts.satellite.random * YEAR) == pytest.approx(0.01 + 0.0127 * 0.1, rel=2e-2)
    assert delivered_share(at_rates(PERFECT, chip=0.0, satellite=0.0), 4 * YEAR) > 0.99


@pytest.mark.parametrize("quarters", [4, 20, 40])
def test_the_planners_decline_keeps_the_mean_of_the_curve(quarters):
    """Over its life the constant loss delivers what the curve does, and its error is where it says."""
    parts = parts_of_ai1(altitude=700e3)
    found = planned_decline(parts, parts_of_ai1(), quarters=quarters)
    mean = found.level * mean_left(found.loss, quarters)
    assert mean == pytest.approx(mean_delivered(parts, quarters * QUARTER), rel=1e-12)
    k = np.arange(quarters)
    apart = found.level * (1 - found.loss) ** k - delivered_share(parts, (k + 0.5) * QUARTER)
    assert found.error == pytest.approx(np.max(np.abs(apart)), rel=1e-12)
    assert 0 < found.error < (0.04 if quarters <= 20 else 0.1)  # pumps wear out in ten years


def test_a_design_has_one_rate_of_loss():
    """Where it flies moves the planner's level, not its loss; parts that never fail lose nothing."""
    own = parts_of_ai1()
    low, high = (planned_decline(parts_of_ai1(altitude=h), own, quarters=20) for h in (500e3, 800e3))
    assert low.loss == high.loss
    assert low.level > high.level
    perfect = planned_decline(PERFECT, PERFECT, quarters=20)
    assert perfect.loss == pytest.approx(0.0, abs=1e-9)
    assert perfect.error == pytest.approx(0.0, abs=1e-6)


def test_ages_fall_within_their_band():
    """Compute by age falls, its mean lies in the band, and more launches make the band narrower."""
    parts = parts_of_ai1()
    many, few = (delivered_by_age(parts, 5 * YEAR, batches=n) for n in (100, 5))
    assert np.all(np.diff(many.mean) < 0)
    assert np.all((many.low[1:] <= many.mean[1:]) & (many.mean[1:] <= many.high[1:]))
    assert (few.high - few.low)[-1] > 3 * (many.high - many.low)[-1]
    assert many.mean == pytest.approx(delivered_share(parts, many.years * YEAR))
    assert many.years[-1] == 5
