"""Delivered compute from the parts of a satellite: limits that have closed forms, and the order of losses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dawndusk.core.constants import YEAR
from dawndusk.core.errors import UserError
from dawndusk.core.records import replace
from dawndusk.physics.spacecraft.fleet_health import (
    Parts,
    delivered_share,
    lost_before_life,
    mean_share_delivered,
    replacement_rate,
)
from dawndusk.physics.spacecraft.hazards import Hazard, drawn_lives, known_hazard
from dawndusk.physics.spacecraft.reliability import mean_delivered

NEVER = Hazard(infant=0.0, infant_shape=1.0, random=0.0, wear_life=1e9 * YEAR, wear_shape=1.0)
PERFECT = Parts(
    chip=NEVER,
    board=NEVER,
    pump=NEVER,
    satellite=NEVER,
    spare_chips=0.0,
    pumps=2,
    pumps_needed=1,
    available=1.0,
)
REAL = Parts(
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
    """With constant hazards of chips and satellites only, the mean over a life is that of `reliability`."""
    parts = replace(
        PERFECT,
        chip=replace(NEVER, random=-np.log1p(-0.068) / YEAR),
        satellite=replace(NEVER, random=-np.log1p(-0.01) / YEAR),
    )
    wanted = mean_delivered(chip_failure=0.068, satellite_loss=0.01, life=5.0)
    assert mean_share_delivered(parts, 5 * YEAR) == pytest.approx(wanted, rel=1e-7)


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
    assert mean_share_delivered(parts, 5 * YEAR) == pytest.approx(
        np.mean(delivered_share(parts, ages)), abs=1e-3
    )


def test_spares_of_chips_and_pumps_help():
    """Each spare adds to what a life delivers."""
    few = replace(REAL, spare_chips=0.0, pumps=3)
    shares = [
        mean_share_delivered(p, 5 * YEAR) for p in (few, replace(few, pumps=4), REAL, replace(REAL, pumps=5))
    ]
    assert np.all(np.diff(shares) > 0)


def test_replacements_are_a_renewal():
    """A fleet kept up by new satellites takes one for each mean time that one works, as simulated."""
    hazard, life = replace(known_hazard("satellite"), random=0.05 / YEAR), 5 * YEAR
    lives = np.minimum(drawn_lives(hazard, np.random.default_rng(5), (200_000,)), life)
    assert replacement_rate(hazard, life) == pytest.approx(1 / lives.mean(), rel=5e-3)
    assert lost_before_life(hazard, life) == pytest.approx(np.mean(lives < life), abs=5e-3)


def test_too_few_pumps():
    """More pumps needed than installed are refused."""
    with pytest.raises(UserError, match="2 installed, 3 needed"):
        delivered_share(replace(REAL, pumps=2, pumps_needed=3), YEAR)


def test_draws_stand_last():
    """Ages in rows and draws in columns give a table."""
    draws = replace(REAL, chip=replace(REAL.chip, random=np.array([1e-9, 2e-9])))
    assert np.shape(delivered_share(draws, np.arange(3.0)[:, None] * YEAR)) == (3, 2)
    assert np.shape(mean_share_delivered(draws, 5 * YEAR)) == (2,)
